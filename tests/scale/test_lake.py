"""A lake holds what the file holds: loaded, built, published, copied, by several writers, and when its catalog dies."""

import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import lake_writer
import psycopg
import pytest
from lake_writer import BATCHES, load_batch

import load.merge
from benchmarks.postgres import postgres, postgres_bin
from extract.errors import InputError
from load.build import build
from load.compact import compact
from load.config import WarehouseConfig
from load.connection import writer
from load.copy import copy_warehouse
from load.digest import digest
from load.errors import WarehouseBusy, WarehouseError
from load.lake import LakeError
from load.publish import publish
from load.schema import tables

pytestmark = pytest.mark.long

NOW = datetime(2025, 2, 1, tzinfo=UTC)
needs_postgres = pytest.mark.skipif(postgres_bin() is None, reason="PostgreSQL is not installed")


def file_config(folder):
    return WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "public.duckdb")


def lake_config(folder, url=None, **more):
    url = url or f"ducklake:sqlite:{folder}/catalog.sqlite"
    return WarehouseConfig(
        path=folder / "w.duckdb", published=folder / "public.duckdb", url=url, data_path=folder / "lake", **more
    )


def landed(config):
    with writer(config, owner="test") as con:
        return {name: value for name, value in digest(con).items() if name in tables()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    config = file_config(tmp_path_factory.mktemp("file"))
    for number in range(BATCHES):
        load_batch(config, number)
    return config


@pytest.fixture(scope="module")
def expected(filled):
    return landed(filled)


@pytest.fixture(scope="module")
def server():
    with postgres() as running:
        yield running


@pytest.fixture
def lake(server, tmp_path):
    """A lake whose catalog is a database of its own."""
    with psycopg.connect(server.connection, autocommit=True) as con:
        name = f"catalog_{time.time_ns()}"
        con.execute(f"create database {name}")
    return lake_config(tmp_path, f"ducklake:postgres:{server.connection.replace('dbname=postgres', f'dbname={name}')}")


def published(config):
    build(config, now=NOW)
    publish(config, NOW)
    with duckdb.connect(str(config.published), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        return digest(con)


@pytest.mark.parametrize("left", ["part of a copy", "nothing", "half", "no origin"])
def test_extensions_that_a_kill_or_a_power_cut_left_half_installed_are_installed_again(filled, tmp_path, left):
    config = lake_config(tmp_path)
    load_batch(config, 0)
    installed = list(config.build_dir.rglob("*.duckdb_extension"))
    assert len(installed) == 2
    for file in installed:
        held = file.read_bytes()
        file.with_name(f"{file.name}.info").unlink()
        if left == "part of a copy":
            file.unlink()
            file.with_name(f"{file.name}.tmp-6434ef5c.duckdb_extension").write_bytes(held[:8192])
        elif left != "no origin":
            file.unlink()  # this process holds the file
            file.write_bytes(held[: len(held) // 2] if left == "half" else b"")
    for number in range(1, BATCHES):
        load_batch(config, number)
    assert landed(config) == landed(filled)


@pytest.mark.slow
def test_every_mart_of_a_lake_is_that_of_the_file(filled, expected, tmp_path):
    lake = lake_config(tmp_path)
    copy_warehouse(filled, lake)
    assert landed(lake) == expected
    marts = published(lake)
    assert marts["claims"].split(":")[0] != "0"
    own = file_config(tmp_path / "own")
    own.path.parent.mkdir()
    shutil.copyfile(filled.path, own.path)
    assert marts == published(own)


@pytest.mark.slow
def test_loading_into_a_lake_twice_changes_nothing_and_tidying_neither(tmp_path, expected):
    lake = lake_config(tmp_path)
    for number in (*range(BATCHES), 0, BATCHES - 1):
        load_batch(lake, number)
    assert landed(lake) == expected
    done = compact(lake)
    assert 0 < done.after <= done.before
    files = list(lake.data_path.rglob("*.parquet"))
    assert len(files) == len({file.parent for file in files})
    assert landed(lake) == expected


def test_a_copy_to_a_lake_and_back_holds_the_same(filled, expected, tmp_path):
    lake, back = lake_config(tmp_path), file_config(tmp_path / "back")
    copy_warehouse(filled, lake)
    copy_warehouse(lake, back)
    assert landed(back) == expected
    with pytest.raises(InputError, match="holds rows already"):
        copy_warehouse(filled, lake)


def start_writers(config, count):
    command = [sys.executable, lake_writer.__file__, config.url, str(config.data_path.parent)]
    # A program in the tests' folder does not see the project's other folders by itself.
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return [
        subprocess.Popen([*command, str(first * BATCHES // count)], env=environment, stderr=subprocess.PIPE, text=True)
        for first in range(count)
    ]


def wait_for(writers):
    said = [one.communicate(timeout=240)[1] for one in writers]
    assert [one.returncode for one in writers] == [0] * len(writers), said
    return "".join(said)


@pytest.mark.slow
@needs_postgres
def test_four_writers_at_once_lose_nothing_and_double_nothing(lake, expected):
    assert wait_for(start_writers(lake, 4)) == ""
    assert landed(lake) == expected


@pytest.mark.slow
@needs_postgres
def test_four_writers_outlast_restarts_of_the_catalog(lake, server, expected):
    writers = start_writers(lake, 4)
    for _ in range(2):
        time.sleep(3)
        server.restart()
    ends = {one: one.communicate(timeout=240)[1] for one in writers}
    failed = {one.returncode: said for one, said in ends.items() if one.returncode}
    # DuckDB's own code may abort the process whose catalog vanished in mid-statement: that is a kill, and is rerun.
    assert failed.keys() <= {-signal.SIGABRT}, failed
    if failed:
        wait_for(start_writers(lake, 4))
    assert landed(lake) == expected


@pytest.mark.slow
@needs_postgres
def test_a_catalog_that_restarts_before_the_commit_leaves_no_half_batch(lake, server, expected, monkeypatch):
    load_batch(lake, 0)
    before = landed(lake)

    def restart(step):
        if step == "extract.before_commit":
            server.restart()

    with monkeypatch.context() as patch:
        patch.setattr(load.merge, "fault", restart)
        with pytest.raises(duckdb.Error):
            load_batch(lake, 1)
    after = landed(lake)
    assert {name: after[name] for name in ("articles", "quantities", "extractions")} == {
        name: before[name] for name in ("articles", "quantities", "extractions")
    }
    for number in range(1, BATCHES):
        load_batch(lake, number)
    assert landed(lake) == expected


@needs_postgres
def test_a_second_writer_waits_and_is_told(lake):
    other = lake.model_copy(update={"lock_wait_s": 0.5})
    told = []
    with (
        writer(lake, owner="first"),
        pytest.raises(WarehouseBusy, match="another run"),
        writer(other, owner="second", on_wait=told.append),
    ):
        pass
    assert len(told) == 1


def test_a_catalog_that_does_not_answer_is_named_without_its_password(tmp_path):
    lake = lake_config(tmp_path, f"ducklake:postgres:dbname=x host={tmp_path} password=secret")
    with pytest.raises(LakeError, match="does not answer") as raised, writer(lake, owner="test"):
        pass
    assert "secret" not in str(raised.value)


def test_extensions_of_another_version_are_refused_in_plain_words(tmp_path, monkeypatch):
    real = importlib.metadata.version
    monkeypatch.setattr("load.lake.version", lambda name: "1.4.4" if "ducklake" in name else real(name))
    with (
        pytest.raises(WarehouseError, match=r"is 1\.4\.4, but DuckDB is") as raised,
        writer(lake_config(tmp_path), owner="test"),
    ):
        pass
    assert f"duckdb-extension-ducklake=={duckdb.__version__}" in raised.value.hint


def test_the_settings_name_the_folder_of_a_lake(tmp_path):
    from flows.settings import load_settings

    (tmp_path / "newsledger.toml").write_text('[warehouse]\nurl = "ducklake:sqlite:catalog.sqlite"\n')
    assert load_settings(tmp_path / "newsledger.toml").warehouse.data_path == tmp_path / "data" / "lake"
