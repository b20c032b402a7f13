"""What several test modules need of a newsroom."""

from __future__ import annotations

from pathlib import Path

from flows.commands.demo import HEAD
from flows.settings import Settings, load_settings
from sample.server import Newsroom, source_toml


def write_settings(folder: Path, newsroom: Newsroom) -> Settings:
    """Write a settings file that follows every outlet of the newsroom."""
    file = folder / "newsledger.toml"
    file.write_text(HEAD + "\n".join(source_toml(source) for source in newsroom.sources), encoding="utf-8")
    return load_settings(file)
