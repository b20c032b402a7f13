"""A newsroom on loopback and a folder that has ingested it, for the tests of flows and commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from newsroom_helpers import write_settings

from flows import pipeline
from flows.pipeline import ingest
from flows.run_report import Report
from flows.settings import Settings
from sample.server import Newsroom, serve_newsroom


@dataclass(frozen=True)
class Ran:
    """A newsroom that was ingested twice: as it first stood, and after an article was changed."""

    newsroom: Newsroom
    settings: Settings
    first: Report
    second: Report


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("newsroom")
    with serve_newsroom(crawl_delay=0.0) as newsroom:
        settings = write_settings(folder, newsroom)
        first = ingest.fn(config=settings.file)
        newsroom.advance()
        second = ingest.fn(config=settings.file)
        yield Ran(newsroom, settings, first, second)


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs end before the models are built, for tests of what they leave in the landing tables."""
    monkeypatch.setattr(pipeline, "_build_and_publish", lambda context, report, **_: report)
