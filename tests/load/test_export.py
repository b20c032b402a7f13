"""Parquet and the search index of a later publication: only what was built since is written, and all is there."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context

import duckdb
import pytest

from benchmarks.synthetic import OUTLETS, Page, read
from load.build import build
from load.built import days_built_since
from load.config import WarehouseConfig
from load.connection import private, reader
from load.export import EXPORTED
from load.extraction import Extraction
from load.faults import VARIABLE
from load.ledger import MergeCounts
from load.publish import publish

HOUR = timedelta(hours=1)
LATE, EARLY = "2024-03", "2024-01"


def article(number: int, day: int) -> Extraction:
    return read(Page(number, OUTLETS[number % 3], day), quantities=3)


def withdrawn(extraction: Extraction) -> Extraction:
    stub = replace(extraction.article, outcome="not_an_article", page_kind="other", reason="It became a list.")
    return replace(extraction, article=stub)


def killed_publishing_at(config: WarehouseConfig, step: str, now: datetime) -> None:
    child = get_context("fork").Process(target=_publish_and_die, args=(config, step, now))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL


def _publish_and_die(config: WarehouseConfig, step: str, now: datetime) -> None:
    os.environ[VARIABLE] = step
    publish(config, now)


def file_of(config: WarehouseConfig, month: str) -> int:
    assert config.parquet is not None
    (file,) = (config.parquet / "claims" / f"month={month}").iterdir()
    return file.stat().st_ino


def check(config: WarehouseConfig) -> None:
    """Compare the export and the index with the published copy, row by row."""
    assert config.parquet is not None
    with reader(config) as con:
        for table in EXPORTED:
            if not (config.parquet / table).is_dir():
                assert con.execute(f"select count(*) from {table}").fetchone() == (0,)
                continue
            files = f"read_parquet('{config.parquet}/{table}/*/*.parquet', hive_partitioning = false)"
            for one, other in ((table, files), (files, table)):
                missing = con.execute(f"select count(*) from (from {one} except all from {other})").fetchone()
                assert missing == (0,), table
        claims = con.execute("select claim_id, quote from claims order by 1").fetchall()
    with closing(sqlite3.connect(config.search)) as index:
        quotes = index.execute(
            "select claim_id, body from documents inner join words on words.rowid = id where kind = 'quote' order by 1"
        )
        assert quotes.fetchall() == claims


@pytest.mark.slow
def test_what_was_not_built_is_not_written_again(
    config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime
) -> None:
    """One story instead of six tests, since each build costs seconds."""
    early, late = [article(n, 3) for n in range(6)], [article(n, 70) for n in range(6, 12)]
    load([*early, read(Page(0, OUTLETS[0], 3, revision=1), quantities=3), *late])
    build(config, now=now)
    publish(config, now)
    check(config)
    files = file_of(config, EARLY), file_of(config, LATE)
    assert config.parquet is not None
    first = config.parquet.resolve()

    # The month of a new article is written, the other is the same file; the export before is as it was.
    before = duckdb.sql(f"select count(*) from '{first}/claims/*/*.parquet'").fetchone()
    load([article(20, 71)])
    build(config, now=now + HOUR)
    publish(config, now + HOUR)
    check(config)
    assert file_of(config, EARLY) == files[0]
    assert file_of(config, LATE) != files[1]
    assert duckdb.sql(f"select count(*) from '{first}/claims/*/*.parquet'").fetchone() == before

    # A month that nothing is left of goes; the export that was two ago goes, the shared file stays.
    load([withdrawn(e) for e in (*late, article(20, 71))])
    build(config, now=now + 2 * HOUR)
    publish(config, now + 2 * HOUR)
    check(config)
    assert not first.exists()
    assert file_of(config, EARLY) == files[0]
    assert not (config.parquet / "claims" / f"month={LATE}").exists()

    # Killed before and between the renames: the next publication takes all from the build before, or from its own.
    for hours, step in ((3, "publish.before_rename"), (4, "publish.between_renames")):
        load([article(20 + hours, 70 + hours)])
        build(config, now=now + hours * HOUR)
        killed_publishing_at(config, step, now + hours * HOUR)
        publish(config, now + hours * HOUR)
        check(config)
        assert file_of(config, EARLY) == files[0]

    # An export and an index of which nothing is known are not built upon.
    config.parquet.unlink()
    config.parquet.symlink_to(config.parquet.with_name("parquet.20200101T000000000000").name)
    config.parquet.resolve().mkdir()
    with closing(sqlite3.connect(config.search)) as index:
        index.execute("update indexed_build set built_at = '2020-01-01T00:00:00+00:00'")
        lost = "select id from documents where version_id = (select min(version_id) from documents)"
        index.execute(f"delete from words where rowid in ({lost})")
        index.execute(f"delete from documents where id in ({lost})")
        index.commit()
    load([article(30, 75)])
    build(config, now=now + 5 * HOUR)
    publish(config, now + 5 * HOUR)
    check(config)
    assert file_of(config, EARLY) != files[0]


def test_days_are_known_from_one_good_build_to_the_last(config: WarehouseConfig, now: datetime) -> None:
    with private(config) as con:
        assert days_built_since(con, None) is None
        builds = [(0, True, 2, True), (1, False, 1, True), (2, False, 1, False), (3, False, 2, True)]
        for hours, is_full, days, passed in builds:
            built_at = now + hours * HOUR
            con.execute("insert into builds values (?, 'f', 0, ?, ?, ?)", [built_at, is_full, days, passed])
            if passed:
                con.execute(
                    "insert into built_days select ?, date '2024-01-01' + i::int from range(?) as r(i)",
                    [built_at, days],
                )
        assert days_built_since(con, now) == days_built_since(con, now + HOUR) == (date(2024, 1, 1), date(2024, 1, 2))
        assert days_built_since(con, now + 3 * HOUR) == ()
        # A build that failed or is unknown was never published; before a full build all may have been otherwise.
        assert days_built_since(con, now + 2 * HOUR) is None
        assert days_built_since(con, now - HOUR) is None
        con.execute("update builds set is_full = true where built_at = ?", [now + 3 * HOUR])
        assert days_built_since(con, now + HOUR) is None
        # So does a build whose days were not kept.
        con.execute("update builds set is_full = false")
        con.execute("delete from built_days where built_at = ?", [now + HOUR])
        assert days_built_since(con, now) is None
        assert days_built_since(con, now + HOUR) is not None
