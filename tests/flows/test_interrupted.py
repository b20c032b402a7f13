"""A run that is stopped or killed: the state is right, nothing is half-done, the next run does the rest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsroom_helpers import write_settings

from flows.settings import Settings, load_settings
from load.connection import writer
from sample.server import serve_newsroom


def ingest(settings: Settings) -> subprocess.Popen[bytes]:
    """Start an ingest; what it says goes to a file."""
    command = [sys.executable, "-m", "flows", "ingest", "--config", str(settings.file)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    with said_file(settings).open("ab") as said:
        return subprocess.Popen(command, env=environment, stdout=said, stderr=said, preexec_fn=heed_interrupts)


def heed_interrupts() -> None:
    """Undo what a shell does to programs in the background, which ignore Ctrl-C's signal: they would pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def said_file(settings: Settings) -> Path:
    return settings.data_dir.parent / "said.txt"


def run_states(settings: Settings) -> list[str]:
    with writer(settings.warehouse, owner="test") as connection:
        return [row[0] for row in connection.execute("select state from runs order by started_at").fetchall()]


def claims(settings: Settings) -> list[tuple[object, ...]]:
    with writer(settings.warehouse, owner="test") as connection:
        return connection.execute(
            "select version_id, surface, start, low, thing, attribution_id from quantities order by all"
        ).fetchall()


@pytest.fixture(scope="module")
def newsroom():
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def uninterrupted(newsroom, tmp_path_factory):
    settings = write_settings(tmp_path_factory.mktemp("whole"), newsroom)
    assert ingest(settings).wait(120) == 0
    return claims(settings)


def started(settings: Settings) -> None:
    """Wait until the run has archived its first page."""
    deadline = time.monotonic() + 60
    while not list(settings.archive_dir.rglob("*.gz")) and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code", "state"), [(signal.SIGTERM, 143, "cancelled"), (signal.SIGINT, 130, "cancelled")]
)
def test_a_stopped_run_says_so_and_the_next_one_finishes(newsroom, uninterrupted, tmp_path, sent, code, state):
    settings = write_settings(tmp_path, newsroom)
    run = ingest(settings)
    started(settings)
    run.send_signal(sent)
    assert run.wait(60) == code
    assert "the next run takes up the rest" in said_file(settings).read_text()
    assert run_states(settings)[0] == state
    assert ingest(settings).wait(120) == 0
    assert claims(settings) == uninterrupted


@pytest.mark.slow
@pytest.mark.parametrize("pause_s", [0.0, 1.5, 4.0])
def test_a_killed_run_is_closed_as_crashed_and_the_next_one_finishes(newsroom, uninterrupted, tmp_path, pause_s):
    settings = write_settings(tmp_path, newsroom)
    run = ingest(settings)
    started(settings)
    time.sleep(pause_s)
    run.kill()
    run.wait(10)
    assert ingest(settings).wait(120) == 0
    assert claims(settings) == uninterrupted
    assert run_states(settings)[-1] == "finished"
    assert "running" not in run_states(settings)
    assert not list(Path(settings.data_dir).rglob("*.tmp"))


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_build_stopped_in_its_models_ends_at_once_and_the_next_one_does_them(ran, tmp_path, sent, code):
    file = shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True) / "newsledger.toml"
    settings = load_settings(file)
    command = [sys.executable, "-m", "flows", "build", "--config", str(file)]
    run = subprocess.Popen([*command, "--full"], preexec_fn=heed_interrupts)
    models_begin(settings)
    run.send_signal(sent)
    assert run.wait(30) == code
    assert run_states(settings)[-1] == "cancelled"
    assert subprocess.run(command, timeout=120, check=False).returncode == 0
    with writer(settings.warehouse, owner="test") as connection:
        last = connection.execute("select passed from builds order by built_at desc limit 1").fetchone()
        undone = connection.execute("select count(*) from changed_days").fetchone()
    assert (last, undone) == ((True,), (0,))


def models_begin(settings: Settings) -> None:
    """Wait until dbt has read the project, which it writes down, and runs its first models."""
    manifest = settings.warehouse.build_dir / "target" / "manifest.json"
    before, deadline = manifest.stat().st_mtime_ns, time.monotonic() + 60
    while manifest.stat().st_mtime_ns == before and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.mark.slow
def test_a_stopped_fetch_asks_for_no_further_page_and_keeps_what_came(tmp_path):
    with serve_newsroom(crawl_delay=3.0, misbehave=False) as newsroom:
        settings = write_settings(tmp_path, newsroom)
        run = ingest(settings)
        deadline = time.monotonic() + 60
        while asked_pages(newsroom) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        assert run.wait(60) == 143
        asked = asked_pages(newsroom)
    with writer(settings.warehouse, owner="test") as connection:
        kept = connection.execute("select count(*) from fetches where purpose = 'page'").fetchone()[0]
        candidates = connection.execute("select count(distinct url) from candidates").fetchone()[0]
    assert 3 <= kept == asked < candidates


def asked_pages(newsroom) -> int:
    announcements = ("/robots.txt", "feed", "rss", "sitemap", "atom", ".xml")
    return sum(not any(word in request.path for word in announcements) for request in newsroom.requests)
