"""Two Prefect workers of a real server take shares of an ingest; one dies in mid-share: nothing is lost or doubled."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from contextlib import ExitStack

import pytest
from prefect import get_client
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness

from benchmarks.workers import landed, worker
from extract import EXTRACTOR_VERSION
from extract.errors import SettingsError
from extract.fetch.fetcher import utc_now
from flows.declared import prefect_file
from flows.deploy import deploy
from flows.engine import run_flow
from flows.pipeline import ingest
from flows.server import Server
from flows.settings import load_settings
from load.connection import writer
from load.plan import Selection, make_plan
from sample.generator import generate_articles, write_warc

pytestmark = pytest.mark.long

PAGES = 24
SHARE = 12


def settings_in(folder, engine):
    folder.mkdir(parents=True, exist_ok=True)
    # One file for all: the ledger knows it by its place and time.
    warc = folder.parent / "pages.warc.gz"
    if not warc.exists():
        write_warc(generate_articles(PAGES, seed=5), warc)
    file = folder / "newsledger.toml"
    file.write_text(
        f'[run]\nworkers = 1\nbatch_pages = 1\nengine = "{engine}"\npool_pages = {SHARE}\n'
        '[[sources]]\nname = "generated"\nwarcs = ["../pages.warc.gz"]\n'
    )
    return load_settings(file)


def runs_of_shares():
    with get_client(sync_client=True) as client:
        return [run for run in client.read_flow_runs() if run.name.startswith("read ")]


def kill_one_in_mid_share(settings, workers, killed):
    """When a run has merged some of its batches, kill its process and the worker that started it.

    The warehouse is held meanwhile, so that the run cannot come to its end.
    """
    while not killed:
        time.sleep(0.05)
        for run in runs_of_shares():
            if not run.infrastructure_pid or not run.state.is_running():
                continue
            with writer(settings.warehouse, owner="test") as con:
                merged = con.execute("select count(*) from batches where run_id = ?", [str(run.id)]).fetchone()[0]
                if merged and _unread(con, run.parameters["selection"]["share"]):
                    kill(run.infrastructure_pid, workers)
                    killed.append(run.id)
                    return


def _unread(con, share):
    return make_plan(
        con, Selection(stage="extract", share=share), extractor_version=EXTRACTOR_VERSION, now=utc_now()
    ).pages


def kill(pid, workers):
    parent = int(subprocess.check_output(["ps", "-o", "ppid=", "-p", pid]))
    next(one for one in workers if one.pid == parent).kill()
    os.kill(int(pid), signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.server
def test_a_dead_worker_costs_its_batch_and_the_result_is_that_of_a_local_run(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    # The one who kills must get hold of the warehouse between two merges of others.
    monkeypatch.setattr("load.lock.POLL_S", 0.002)
    local, pooled = settings_in(tmp_path / "local", "local"), settings_in(tmp_path / "pooled", "prefect")
    assert not ingest.fn(config=local.file).failed
    killed = []
    with prefect_test_harness(server_startup_timeout=120), ExitStack() as stack:
        server = Server(PREFECT_API_URL.value())
        deploy(server, prefect_file(), pooled)
        workers = [stack.enter_context(worker(pooled, server, name)) for name in ("first", "second")]
        killer = threading.Thread(target=kill_one_in_mid_share, args=(pooled, workers, killed), daemon=True)
        killer.start()
        report = run_flow(ingest, server, config=pooled.file)
        states = Counter(run.state_name for run in runs_of_shares())
    assert len(killed) == 1
    assert states == {"Completed": 2, "Crashed": 1}
    assert report.failed == ()
    assert report.extracted.pages == PAGES
    assert landed(pooled) == landed(local)


def test_without_a_server_the_engine_says_what_to_start(tmp_path):
    with pytest.raises(SettingsError, match="no Prefect server answers"):
        ingest.fn(config=settings_in(tmp_path / "home", "prefect").file)


def test_shares_hold_every_page_once(tmp_path):
    settings = settings_in(tmp_path / "home", "prefect")
    with pytest.raises(SettingsError):
        ingest.fn(config=settings.file)
    with writer(settings.warehouse, owner="test") as con:
        whole, *shares = (
            make_plan(con, Selection(stage="extract", share=share), extractor_version="1", now=utc_now()).pages
            for share in (None, (0, 3), (1, 3), (2, 3))
        )
    assert len(whole) == PAGES
    assert sorted(whole) == sorted(page for share in shares for page in share)
    assert all(shares)
