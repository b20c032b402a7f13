"""Reading on a Dask cluster of two worker processes gives what reading here gives, also when one of them is killed."""

import os
import sys
import threading
import time
from collections import Counter

import dask
import duckdb
import pytest
from distributed import Client
from prefect import get_client
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness

from benchmarks.dask_cluster import dask_cluster
from extract.errors import SettingsError
from flows.cluster import ClusterError
from flows.engine import run_flow
from flows.pipeline import ingest
from flows.reading import reader
from flows.server import Server
from flows.settings import load_settings
from load.digest import digest
from sample.generator import generate_articles, write_warc

pytestmark = pytest.mark.long

PAGES = 60
DEAD_ADDRESS = "tcp://127.0.0.1:9"


def write_settings(folder, warc, run=""):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "newsledger.toml"
    file.write_text(f'[run]\nbatch_pages = 6\n{run}\n[[sources]]\nname = "generated"\nwarcs = ["{warc}"]\n')
    return file


def on_dask(address):
    return f'engine = "dask"\ndask_address = "{address}"\n'


def digests(file):
    with duckdb.connect(str(load_settings(file).warehouse.path), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        # The places of pages in the archive come from the file names that a run draws.
        return digest(con, without=frozenset({"warc_file", "warc_offset", "warc_length"}))


@pytest.fixture(scope="module")
def warc(tmp_path_factory):
    path = tmp_path_factory.mktemp("warc") / "pages.warc.gz"
    write_warc(generate_articles(PAGES, seed=5), path)
    return path


@pytest.fixture(scope="module")
def local(tmp_path_factory, warc):
    file = write_settings(tmp_path_factory.mktemp("local"), warc)
    assert not ingest.fn(config=file).failed
    return digests(file)


def kill_in_mid_batch(cluster, killed):
    """Kill the first worker when it has finished a batch and has another in work."""
    with Client(cluster.address) as client:
        victim = {pid: worker for worker, pid in client.run(os.getpid).items()}[cluster.workers[0].pid]
        seen = set()
        while not (now := reading(client, victim)) or not seen - now:
            seen |= now
            time.sleep(0.02)
        cluster.workers[0].kill()
        cluster.workers[0].wait()
        killed.set()


def reading(client, worker):
    return {key for key in client.processing([worker])[worker] if key.startswith("read_batch")}


@pytest.mark.slow
def test_a_killed_worker_costs_its_batch_and_the_result_is_that_of_a_local_run(tmp_path, warc, local):
    with dask_cluster(tmp_path) as cluster:
        file = write_settings(tmp_path / "home", warc, on_dask(cluster.address))
        killed = threading.Event()
        killer = threading.Thread(target=kill_in_mid_batch, args=(cluster, killed), daemon=True)
        killer.start()
        report = ingest.fn(config=file)
        killer.join(30)
        assert killed.is_set()
        assert cluster.workers[1].poll() is None
    assert report.failed == ()
    assert report.extracted.pages == PAGES
    assert digests(file) == local


@pytest.mark.slow
@pytest.mark.server
def test_with_a_server_each_batch_is_a_prefect_task_on_a_worker(tmp_path, warc, local, monkeypatch):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    with prefect_test_harness(server_startup_timeout=120), dask_cluster(tmp_path) as cluster:
        file = write_settings(tmp_path / "home", warc, on_dask(cluster.address))
        report = run_flow(ingest, Server(PREFECT_API_URL.value()), config=file)
        with get_client(sync_client=True) as client:
            states = Counter(run.state_name for run in client.read_task_runs(limit=200) if run.name.startswith("read"))
    assert report.failed == ()
    assert states == {"Completed": PAGES / 6}
    assert digests(file) == local


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, warc):
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        settings = load_settings(write_settings(tmp_path, warc, on_dask(DEAD_ADDRESS)))
        with pytest.raises(ClusterError, match=DEAD_ADDRESS), reader(settings):
            pass


def test_a_cluster_without_workers_is_named(tmp_path, warc):
    with dask_cluster(tmp_path, workers=0) as cluster:
        settings = load_settings(write_settings(tmp_path / "home", warc, on_dask(cluster.address)))
        with pytest.raises(ClusterError, match="has no workers"), reader(settings):
            pass


def test_workers_that_do_not_see_the_archive_are_named(tmp_path, warc):
    with dask_cluster(tmp_path, workers=1) as cluster:
        settings = load_settings(write_settings(tmp_path / "home", warc, on_dask(cluster.address)))
        with pytest.raises(ClusterError, match="does not see the archive"), reader(settings):
            pass


def test_without_the_extra_the_message_says_how_to_get_it(tmp_path, warc, monkeypatch):
    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)
    settings = load_settings(write_settings(tmp_path, warc, on_dask(DEAD_ADDRESS)))
    with pytest.raises(SettingsError, match="not installed") as raised, reader(settings):
        pass
    assert "newsledger[dask]" in raised.value.hint


def test_the_engine_needs_an_address(tmp_path, warc):
    with pytest.raises(SettingsError, match="dask_address"):
        load_settings(write_settings(tmp_path, warc, 'engine = "dask"'))
