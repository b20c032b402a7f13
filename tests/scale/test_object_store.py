"""The archive in an object store: the same pages as from a folder, by range request, and whole after every kill."""

import os
import signal
import subprocess
import sys
import time

import pytest
from fsspec.core import url_to_fs

pytest.importorskip("s3fs")
pytest.importorskip("moto.server")

from lake_writer import load_batch

from benchmarks.s3 import s3_server
from extract.archive import ArchiveError, ArchiveStoreError, read_page, verify
from extract.errors import SettingsError
from extract.fetch.fetcher import utc_now
from flows.doctor import check_archive
from flows.reading import reader
from flows.settings import load_settings
from flows.stages import RunContext, Visit, discover_source, recover, verify_archive
from load.compact import compact
from load.config import WarehouseConfig
from load.connection import writer
from load.copy import copy_warehouse
from load.digest import digest
from load.faults import VARIABLE
from load.plan import Selection, make_plan, planned_fetches
from load.schema import tables
from sample.generator import generate_articles, write_warc

pytestmark = pytest.mark.long

PAGES = 12
TAKE_IN = """
import sys
from pathlib import Path
from flows.settings import load_settings
from flows.stages import RunContext, Visit, discover_source
settings = load_settings(Path(sys.argv[1]))
discover_source(Visit(settings.all_sources()[0]), RunContext(settings, "killed", print))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture
def settings(server, tmp_path, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    write_warc(generate_articles(PAGES, seed=3), tmp_path / "pages.warc.gz")
    return settings_of(tmp_path, f"s3://news/{tmp_path.name}")


def settings_of(folder, url):
    file = folder / "newsledger.toml"
    file.write_text(
        f'[archive]\nurl = "{url}"\n[run]\nworkers = 1\nbatch_pages = 6\n'
        '[[sources]]\nname = "crawl"\nwarcs = ["pages.warc.gz"]\n'
    )
    return load_settings(file)


def take_in(settings):
    context = RunContext(settings, "run", print)
    return recover(context) + discover_source(Visit(settings.all_sources()[0]), context)


def take_in_elsewhere(settings, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", TAKE_IN, str(settings.file)], env=os.environ | environment, stderr=subprocess.DEVNULL
    )


def pages(settings):
    with writer(settings.warehouse, owner="test") as connection:
        plan = make_plan(connection, Selection(stage="extract"), extractor_version="1", now=utc_now())
        fetches = planned_fetches(connection, plan.pages)
        attempts = connection.execute("select count(*), count(distinct url) from fetches").fetchone()
    assert attempts[0] == attempts[1], "no page is entered twice"
    return fetches


def is_whole(settings):
    found = pages(settings)
    bodies = [read_page(settings.archive_place, page).body for page in found]
    assert len(found) == len(set(bodies)) == PAGES
    assert {page.warc_file for page in found} <= set(settings.archive_place.files())
    assert list(verify(settings.archive_place)) == []
    assert not [path for path in settings.archive_dir.rglob("*") if path.is_file()]
    return True


def test_pages_go_to_the_store_and_are_read_from_there_by_range(settings, server):
    take_in(settings)
    assert is_whole(settings)
    assert check_archive(settings).is_ok
    asked_before = server.log.read_text().count(" 206 ")
    with reader(settings) as opened:
        assert [extraction.article.outcome for extraction in opened.read(pages(settings))] == ["ok"] * PAGES
    assert server.log.read_text().count(" 206 ") - asked_before <= len(settings.archive_place.files())
    assert take_in(settings).outcomes == ()


def test_an_object_that_ends_too_soon_or_is_gone_rejects_its_pages_alone(settings):
    take_in(settings)
    first, *_, last = pages(settings)
    store, name = url_to_fs(settings.archive.url)
    place = f"{name}/{last.warc_file}"
    store.pipe_file(place, store.cat_file(place)[: last.warc_offset + 50])
    with pytest.raises(ArchiveError, match="cut off"):
        read_page(settings.archive_place, last)
    assert len(list(verify(settings.archive_place))) == 1
    assert verify_archive(RunContext(settings, "run", print)) == (), "not fetched unasked"
    store.rm(f"{name}/{first.warc_file}")
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_page(settings.archive_place, first)


def test_a_kill_between_store_and_ledger_ends_the_same(settings):
    run = take_in_elsewhere(settings, **{VARIABLE: "fetch.before_commit"})
    assert run.wait(60) == -signal.SIGKILL
    assert len(settings.archive_place.files()) == 1
    assert not pages(settings)
    take_in(settings)
    assert is_whole(settings)


def test_a_kill_on_the_way_to_the_store_ends_the_same(settings, server):
    server.process.send_signal(signal.SIGSTOP)
    try:
        run = take_in_elsewhere(settings)
        deadline = time.monotonic() + 60
        while not list(settings.archive_dir.rglob("*.open")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        run.kill()
        run.wait()
    finally:
        server.process.send_signal(signal.SIGCONT)
    assert list(settings.archive_dir.rglob("*.open"))
    take_in(settings)
    assert is_whole(settings)


def test_a_store_that_does_not_answer_stops_the_run_and_judges_no_page(settings, monkeypatch):
    take_in(settings)
    found = pages(settings)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(ArchiveStoreError, match="s3://news"), reader(settings) as opened:
        list(opened.read(found[:1]))
    assert not check_archive(settings).is_ok
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_store_that_is_none_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="nosuch"):
        _ = settings_of(tmp_path, "nosuch://bucket/x").archive_place


def landed(config):
    with writer(config, owner="test") as con:
        return {name: value for name, value in digest(con).items() if name in tables()}


@pytest.mark.slow
def test_a_lake_with_its_rows_in_the_store_is_loaded_copied_and_tidied(server, tmp_path, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    lake, file = (
        WarehouseConfig(path=tmp_path / name / "w.duckdb", published=tmp_path / name / "public.duckdb", **more)
        for name, more in (
            ("lake", {"url": f"ducklake:sqlite:{tmp_path}/catalog", "data_path": f"s3://news/lake-{tmp_path.name}"}),
            ("file", {}),
        )
    )
    load_batch(lake, 0)
    file.path.parent.mkdir()
    copy_warehouse(lake, file)
    assert landed(file)["articles"].split(":")[0] != "0"
    assert landed(lake) == landed(file)
    compact(lake)
    assert landed(lake) == landed(file)
    assert not list(tmp_path.rglob("*.parquet"))
