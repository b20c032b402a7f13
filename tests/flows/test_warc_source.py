"""A WARC file that a source names is read once: not again while it is the same, whole after a kill or growth."""

import os
import signal
import subprocess
import sys
import time

import pytest

from extract.discover import local
from flows.settings import load_settings
from flows.stages import RunContext, Visit, discover_source
from load.connection import writer
from sample.generator import generate_articles, write_warc

PAGES = 24
TAKE_IN = """
import sys
from pathlib import Path
from flows.settings import load_settings
from flows.stages import RunContext, Visit, discover_source
settings = load_settings(Path(sys.argv[1]))
discover_source(Visit(settings.all_sources()[0]), RunContext(settings, "killed", print))
"""


@pytest.fixture
def settings(tmp_path):
    write_warc(generate_articles(PAGES, seed=3), tmp_path / "pages.warc.gz")
    file = tmp_path / "newsledger.toml"
    file.write_text('[run]\nbatch_pages = 4\n[[sources]]\nname = "crawl"\nwarcs = ["pages.warc.gz"]\n')
    return load_settings(file)


@pytest.fixture
def opened(monkeypatch):
    """Every WARC file that is opened to be read."""
    paths = []
    read = local.read_warc

    def counted(path, *rest):
        paths.append(path.name)
        return read(path, *rest)

    monkeypatch.setattr(local, "read_warc", counted)
    return paths


def take_in(settings):
    return discover_source(Visit(settings.all_sources()[0]), RunContext(settings, "run", print))


def entered(settings):
    with writer(settings.warehouse, owner="test") as connection:
        rows = connection.execute("select purpose, count(*), count(distinct url) from fetches group by 1 order by 1")
        return {purpose: (rows, urls) for purpose, rows, urls in rows.fetchall()}


def test_a_file_that_is_the_same_is_not_read_again(settings, opened):
    assert take_in(settings).rows.added == PAGES + 1
    assert take_in(settings).outcomes == ()
    assert opened == ["pages.warc.gz"]
    assert entered(settings) == {"page": (PAGES, PAGES), "announcement": (1, 1)}


def test_of_a_file_that_grew_what_is_new_is_taken_in(settings, tmp_path, opened):
    take_in(settings)
    write_warc(generate_articles(5, seed=4), tmp_path / "more.warc.gz")
    with (tmp_path / "pages.warc.gz").open("ab") as file:
        file.write((tmp_path / "more.warc.gz").read_bytes())
    assert take_in(settings).rows.added == 5 + 1
    assert take_in(settings).outcomes == ()
    assert len(opened) == 2
    assert entered(settings)["page"] == (PAGES + 5, PAGES + 5)


@pytest.mark.long
def test_a_file_whose_reading_was_killed_is_read_to_its_end(settings, opened):
    run = subprocess.Popen([sys.executable, "-c", TAKE_IN, str(settings.file)])
    deadline = time.monotonic() + 60
    while not list(settings.archive_dir.rglob("*.warc.gz")) and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert "announcement" not in entered(settings)
    take_in(settings)
    assert opened == ["pages.warc.gz"]
    assert entered(settings) == {"page": (PAGES, PAGES), "announcement": (1, 1)}
