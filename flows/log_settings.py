"""The settings of the log; a module of its own, because commands that read no settings import the log too."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from flows.log import Level
from flows.source_settings import Section


class LogSettings(Section):
    """What runs log while they work."""

    format: Literal["text", "json"] = Field(
        "text", description="json: one JSON object a line, instead of text for people."
    )
    level: Level = Field(
        "info", description="debug: each page; info: each batch, and messages for people; warning; error."
    )
    file: Path | None = Field(None, description="File that JSON lines are appended to; standard error by default.")
