"""A run that is stopped or killed: the state is right, nothing is half-done, the next run does the rest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from newsroom_helpers import write_settings

from flows.fetching import fetch_side_by_side
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
    assert ingest(settings).wait(600) == 0
    return claims(settings)


def started(settings: Settings) -> None:
    """Wait until the run has archived its first page."""
    deadline = time.monotonic() + 240
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
    assert run.wait(120) == code
    assert "the next run does the rest" in said_file(settings).read_text()
    assert run_states(settings)[0] == state
    assert ingest(settings).wait(600) == 0
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
    assert ingest(settings).wait(600) == 0
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
    project = settings.warehouse.build_dir / "target" / "perf_info.json"
    before, deadline = project.stat().st_mtime_ns, time.monotonic() + 240
    while project.stat().st_mtime_ns == before and time.monotonic() < deadline:
        time.sleep(0.05)


# Longer than the test waits, so a fetch that sat out its turn would fail it.
HOST_INTERVAL = "min_host_interval_s = 100.0"


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_fetch_waits_for_no_host_and_keeps_what_came(tmp_path, sent, code):
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as newsroom:
        settings = write_settings(tmp_path, newsroom)
        file = tmp_path / "newsledger.toml"
        # Four sources are asked at once: each for its robots.txt, and for its feed only after the interval.
        file.write_text(file.read_text().replace("min_host_interval_s = 0.0", HOST_INTERVAL))
        run = ingest(settings)
        deadline = time.monotonic() + 240
        while len(newsroom.requests) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(sent)
        assert run.wait(120) == code
        asked = len(newsroom.requests)
    with writer(settings.warehouse, owner="test") as connection:
        state = connection.execute("select state from runs").fetchone()
    assert state == ("cancelled",)
    assert asked > 0


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_fetch_asks_for_no_further_page_and_keeps_what_came(tmp_path, sent, code):
    with serve_newsroom(crawl_delay=3.0, misbehave=False) as newsroom:
        settings = write_settings(tmp_path, newsroom)
        run = ingest(settings)
        deadline = time.monotonic() + 240
        while asked_pages(newsroom) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(sent)
        assert run.wait(120) == code
        asked = asked_pages(newsroom)
    with writer(settings.warehouse, owner="test") as connection:
        kept = connection.execute("select count(*) from fetches where purpose = 'page'").fetchone()[0]
        candidates = connection.execute("select count(distinct url) from candidates").fetchone()[0]
    assert 3 <= kept == asked < candidates


TWICE = """
import time
from flows.cli.exits import run

def app(standalone_mode):
    try:
        print("ready", flush=True)
        time.sleep(120)
    finally:
        print("unwinding", flush=True)
        time.sleep(120)

run(app)
"""


def test_a_second_ctrl_c_leaves_at_once():
    command = [sys.executable, "-c", TWICE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=heed_interrupts) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "unwinding\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


def test_a_transfer_that_hangs_is_left_behind_and_the_others_are_kept():
    stopping, hang = threading.Event(), threading.Event()

    def fetch(item):
        if item == "hangs":
            stopping.set()
            hang.wait(300)
        return item

    items = ["a", "b", "hangs", *"cdefgh"]
    results, all_ended = fetch_side_by_side(fetch, items, 1, stopping)
    hang.set()
    assert (results, all_ended) == (["a", "b"], False)
    assert fetch_side_by_side(fetch, list("xyz"), 2, threading.Event()) == (["x", "y", "z"], True)


def asked_pages(newsroom) -> int:
    announcements = ("/robots.txt", "feed", "rss", "sitemap", "atom", ".xml")
    return sum(not any(word in request.path for word in announcements) for request in newsroom.requests)
