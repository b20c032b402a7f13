"""Compaction gives space back, changes nothing, and may be killed."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest
from warehouse_helpers import NOW, load_all

from benchmarks.synthetic import pages, read
from load.build import build
from load.compact import compact
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.faults import VARIABLE
from load.publish import publish

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def bloated(tmp_path_factory: pytest.TempPathFactory) -> WarehouseConfig:
    folder = tmp_path_factory.mktemp("bloated")
    config = WarehouseConfig(path=folder / "w.duckdb", published=folder / "p.duckdb", keep_published=0)
    load_all(config, [read(page, quantities=2) for page in pages(60, days=4)])
    build(config, now=NOW)
    return config


def bloat(config: WarehouseConfig) -> dict[str, str]:
    with writer(config, owner="test") as con:
        con.execute("create table waste as select hash(i) as h, hash(i + 1) as g from range(2_000_000) as r(i)")
        con.execute("checkpoint")
        con.execute("drop table waste")
        return digest(con)


def contents(config: WarehouseConfig) -> dict[str, str]:
    with writer(config, owner="test") as con:
        return digest(con)


def killed_at(config: WarehouseConfig, step: str) -> int | None:
    child = get_context("fork").Process(target=_compact_and_die, args=(config, step))
    child.start()
    child.join()
    return child.exitcode


def _compact_and_die(config: WarehouseConfig, step: str) -> None:
    os.environ[VARIABLE] = step
    compact(config)


@pytest.mark.parametrize("step", ["compact.before_rename", "compact.after_rename"])
def test_a_kill_leaves_the_old_file_or_the_new(bloated: WarehouseConfig, step: str) -> None:
    before = bloat(bloated)
    assert killed_at(bloated, step) == -signal.SIGKILL
    assert contents(bloated) == before
    result = compact(bloated)
    assert (result.after < result.before) == (step == "compact.before_rename")
    assert contents(bloated) == before
    assert not [path for path in bloated.path.parent.iterdir() if path.name.startswith(".w.duckdb")]


def test_space_comes_back_and_the_warehouse_goes_on(bloated: WarehouseConfig) -> None:
    before = bloat(bloated)
    kept = bloated.model_copy(update={"compact_from": None})
    assert compact(kept).after == compact(kept).before
    result = compact(bloated)
    assert result.after < 0.8 * result.before
    assert contents(bloated) == before
    assert compact(bloated).after == result.after
    load_all(bloated, [read(page, quantities=2) for page in pages(62, days=4)])
    assert build(bloated, now=NOW.replace(hour=5)).models
    assert publish(bloated, NOW).is_new
    assert Path(bloated.published).exists()
