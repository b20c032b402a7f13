"""Searches of a small index: which of many are ranked, what filters leave, and which index can be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from load import search as searching
from load.config import WarehouseConfig
from load.errors import WarehouseError
from load.search import Filters, search, search_ids
from load.search_index import is_sound, update_search

BUILT = datetime(2025, 2, 1, tzinfo=UTC)
FIRST = date(2025, 1, 1)
# Quotes of each of ten days; the first day's is the shortest, so the best.
TABLES = """
    create table articles as
    select 'v' || n as version_id, 'Harbour news' as headline, if(n % 2 = 0, 'Even', 'Odd') as publisher, 's' as source,
        'http://a/' || n as url, now() as fetched_at, date '2025-01-01' + n::integer as published_on,
        'The harbour had a long day ' || n as text
    from range(10) as t(n);
    create table claims as
    select 'c' || n || part as claim_id, version_id, 'Ferries: ' || n || part || repeat(' more', n::integer) as quote,
        headline, publisher, url, published_on as news_date, 0 as claim_start
    from (select row_number() over (order by published_on) - 1 as n, * from articles), (values ('a'), ('b')) as p(part);
    create table builds as select timestamptz '2025-02-01' as built_at, true as passed, true as is_full, 1 as days;
    create table built_days as select current_date as news_date, timestamptz '2025-02-01' as built_at;
"""


@pytest.fixture
def con(config: WarehouseConfig) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to what is indexed, with the index made."""
    config.search.parent.mkdir()
    with duckdb.connect() as con:
        con.execute(TABLES)
        update_search(con, BUILT, None, config.search)
        yield con


@pytest.mark.usefixtures("con")
def test_of_few_all_are_ranked_the_best_first(config: WarehouseConfig):
    found = search_ids(config, "ferry", Filters("quote"), 100)
    assert found == [f"c{n}{part}" for n in range(10) for part in "ab"]
    assert search_ids(config, "ferry", Filters("quote"), 3) == found[:3]
    assert search_ids(config, "ferry", Filters("article"), 100) == []
    assert [hit.claim_id for hit in search(config, "ferry", limit=100)] == found


@pytest.mark.usefixtures("con")
def test_of_too_many_those_of_the_newest_days_are_ranked(config: WarehouseConfig, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searching, "MOST_RANKED", 5)
    # Whole days: three days of two quotes hold the newest five.
    assert search_ids(config, "ferry", Filters("quote"), 100) == [f"c{n}{part}" for n in (7, 8, 9) for part in "ab"]
    # Of the days that are asked for, when days are.
    to = FIRST + timedelta(days=3)
    assert search_ids(config, "ferry", Filters("quote", published_to=to), 100) == [
        f"c{n}{part}" for n in (1, 2, 3) for part in "ab"
    ]
    # Of each kind for itself.
    assert len(search_ids(config, "harbour", Filters("article"), 100)) == 5


@pytest.mark.usefixtures("con")
def test_filters_leave_days_and_outlets(config: WarehouseConfig):
    days = Filters("quote", FIRST + timedelta(days=2), FIRST + timedelta(days=3))
    assert search_ids(config, "ferry", days, 100) == ["c2a", "c2b", "c3a", "c3b"]
    odd = search(config, "ferry", publishers=["Odd"], published_from=FIRST + timedelta(days=6))
    assert [hit.claim_id for hit in odd] == ["c7a", "c7b", "c9a", "c9b"]
    assert search(config, "ferry", publishers=["Nobody"]) == []


def test_what_changed_is_found_as_in_an_index_made_afresh(con, config: WarehouseConfig, tmp_path):
    con.execute("update claims set quote = 'Ferries: none' where version_id in ('v4', 'v8')")
    con.execute("delete from claims where version_id = 'v2'")
    con.execute("delete from articles where version_id = 'v2'")
    con.execute("insert into builds values (timestamptz '2025-02-02', true, false, 3)")
    con.execute("insert into built_days select date '2025-01-01' + unnest([2, 4, 8]), timestamptz '2025-02-02'")
    update_search(con, BUILT + timedelta(days=1), config.search, tmp_path / "new").replace(config.search)
    changed = search_ids(config, "ferry", Filters("quote"), 100)
    hits = search(config, "ferry none")
    update_search(con, BUILT, None, tmp_path / "new").replace(config.search)
    assert search_ids(config, "ferry", Filters("quote"), 100) == changed
    assert search(config, "ferry none") == hits
    # Equals stand newest first, and one sentence of an address is one answer.
    assert "c2a" not in changed
    assert changed.index("c8a") < changed.index("c4a")
    assert [hit.version_id for hit in hits] == ["v8", "v4"]


def test_an_index_of_another_version_is_refused_and_rewritten(con, config: WarehouseConfig, tmp_path):
    with sqlite3.connect(config.search) as index:
        index.execute("pragma user_version = 0")
    assert not is_sound(config.search)
    with pytest.raises(WarehouseError, match="another version") as refused:
        search(config, "ferry")
    assert "newsledger build" in (refused.value.hint or "")
    update_search(con, BUILT, config.search, tmp_path / "new").replace(config.search)
    assert is_sound(config.search)
    assert len(search(config, "ferry")) == 20
