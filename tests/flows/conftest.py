"""A newsroom on loopback and a folder that has ingested it, for the tests of flows and commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from newsroom_helpers import write_settings
from once import made_once

from flows import pipeline
from flows.pipeline import ingest
from flows.run_report import Report
from flows.settings import Settings, load_settings
from sample.server import serve_newsroom


@dataclass(frozen=True)
class Ran:
    """A newsroom that was ingested twice: as it first stood, and after an article was changed.

    ``homes`` are the addresses of its outlets, which answer as long as the tests run.
    """

    homes: dict[str, str]
    settings: Settings
    first: Report
    second: Report


def ingest_newsroom(folder: Path, stack: ExitStack) -> tuple[dict[str, str], Report, Report]:
    newsroom = stack.enter_context(serve_newsroom(crawl_delay=0.0))
    settings = write_settings(folder, newsroom)
    first = ingest.fn(config=settings.file)
    newsroom.advance()
    second = ingest.fn(config=settings.file)
    return {outlet: newsroom.base_url(outlet) for outlet in newsroom.sites}, first, second


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Give a copy of the folder, in which the tests of this process may write."""
    with made_once(tmp_path_factory, "newsroom", ingest_newsroom) as (folder, (homes, first, second)):
        copy = shutil.copytree(folder, tmp_path_factory.mktemp("ran") / "newsroom", symlinks=True)
        yield Ran(homes, load_settings(copy / "newsledger.toml"), first, second)


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs end before the models are built, for tests of what they leave in the landing tables."""
    monkeypatch.setattr(pipeline, "_build_and_publish", lambda context, report, **_: report)
