"""A newsroom on loopback and a folder that has ingested it, for the tests of flows and commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from newsroom_helpers import write_settings

from flows import cli
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


@dataclass(frozen=True)
class Said:
    """What a command printed, and the code it left with."""

    code: int
    out: str
    err: str


@pytest.fixture
def newsledger(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command of ``newsledger`` in this process, in a folder."""

    def run(folder: Path, *arguments: str) -> Said:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["newsledger", *arguments])
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        os.chdir(folder)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
