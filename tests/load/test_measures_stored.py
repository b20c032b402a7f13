"""Measures as they are stored: whole after a kill, the same in any order of arrival, bounded in what is compared."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from benchmarks.synthetic import pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import private, writer
from load.extraction import Extraction
from load.faults import VARIABLE
from load.forget import Forgettable, forget
from load.measures.candidates import MOST, candidates, note_unlinked, start_unlinked
from load.measures.update import update_measures
from load.transaction import transaction
from tests.load.warehouse_helpers import load_all

NOW = datetime(2025, 3, 1, tzinfo=UTC)
STORED = ("entity_names", "claim_profiles", "claim_keys", "claim_links", "claim_measures")


def _config(folder: Path) -> WarehouseConfig:
    return WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")


def _stored(config: WarehouseConfig) -> dict[str, list[tuple[object, ...]]]:
    with private(config) as con:
        return {table: con.execute(f"from {table} order by all").fetchall() for table in STORED}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    return _match(_config(tmp_path_factory.mktemp("at-once")), [read(page, quantities=4) for page in pages(30, days=5)])


def test_claims_meet_at_all(at_once: dict[str, list[tuple[object, ...]]]) -> None:
    assert at_once["claim_links"]
    keys = [row[3] for row in at_once["claim_measures"]]
    assert len(set(keys)) < len(keys)


def _build_killed(config: WarehouseConfig, step: str) -> None:
    os.environ[VARIABLE] = step
    build(config, now=NOW)


@pytest.mark.long
@pytest.mark.parametrize("step", ["measures.before_links", "measures.before_assign"])
def test_of_a_build_that_is_killed_while_matching_nothing_is_kept_and_the_next_is_whole(
    tmp_path: Path, at_once: dict[str, list[tuple[object, ...]]], step: str
) -> None:
    config = _config(tmp_path)
    load_all(config, [read(page, quantities=4) for page in pages(30, days=5)])
    child = multiprocessing.get_context("spawn").Process(target=_build_killed, args=(config, step))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert not any(_stored(config).values())
    assert _match(config, []) == at_once


@pytest.mark.parametrize("seed", [1])
def test_any_order_of_arrival_gives_the_same_measures(
    tmp_path: Path, at_once: dict[str, list[tuple[object, ...]]], seed: int
) -> None:
    todo = [read(page, quantities=4) for page in pages(30, days=5)]
    random.Random(seed).shuffle(todo)
    assert _match(_config(tmp_path), *(todo[at : at + 12] for at in range(0, len(todo), 12))) == at_once


def _match(config: WarehouseConfig, *arrivals: Sequence[Extraction]) -> dict[str, list[tuple[object, ...]]]:
    """Load articles, arrival by arrival, match the claims after each, and return what is stored."""
    for some in arrivals:
        load_all(config, some)
        with writer(config, owner="test") as con:
            _update(con)
    return _stored(config)


def _update(con: duckdb.DuckDBPyConnection) -> None:
    with transaction(con):
        update_measures(con)
        con.execute("delete from changed_days")


def test_an_article_that_comes_late_or_is_forgotten_changes_what_looks_at_it(
    tmp_path: Path, at_once: dict[str, list[tuple[object, ...]]]
) -> None:
    todo = [read(page, quantities=4) for page in pages(30, days=5)]
    late = [page for page in todo if page.fetch.url == todo[3].fetch.url]
    others = [page for page in todo if page not in late]
    without = _match(_config(tmp_path / "without"), others)
    config = _config(tmp_path / "late")
    assert _match(config, others, late) == at_once != without
    with writer(config, owner="test") as con:
        forget(con, Forgettable(url=late[0].fetch.url))
        _update(con)
    assert _stored(config) == without


def _pairs(config: WarehouseConfig, articles: int) -> tuple[int, Counter[int]]:
    """Match the claims of so many articles of 100 days; return how many there are, and how many each is compared with.

    ``FEW`` words make nearly every claim like many others.
    """
    load_all(config, [read(page, quantities=2) for page in pages(articles, days=100)])
    with writer(config, owner="test") as con:
        with transaction(con):
            update_measures(con)
        start_unlinked(con)
        days = note_unlinked(con)
        parts = [candidates(con, days[at : at + 7]) for at in range(0, len(days), 7)]
        ((claims,),) = con.execute("select count(*) from claim_profiles").fetchall()
    return claims, Counter(claim for part in parts for claim in part["a"].to_pylist())


@pytest.mark.long
def test_what_a_claim_is_compared_with_is_bounded_however_many_claims_there_are(tmp_path: Path) -> None:
    few, many = (_pairs(_config(tmp_path / str(articles)), articles) for articles in (100, 400))
    # Compared with all that share a key, four times the claims would make sixteen times the pairs.
    assert many[1].total() / many[0] < 1.5 * few[1].total() / few[0]
    assert max(many[1].values()) <= 2 * MOST
