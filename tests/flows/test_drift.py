"""A source against its own past: drops and worse pages are found, and an ordinary week is none."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from flows.drift import Drift, find_drifts
from load.schema import create_all

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def ledger():
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(create_all())
        # Columns that do not matter here may stay empty.
        connection.execute("create or replace table articles as from articles limit 0")
        yield connection


def add_day(connection, ago, pages, source="courier", **page):
    """Enter the pages that a source brought a number of days ago: each gave an article, unless told otherwise."""
    for number in range(pages):
        add_page(connection, f"{source} {ago} {number}", NOW - timedelta(days=ago, minutes=number + 5), source, **page)


def add_page(connection, key, at, source, *, outcome="ok", dated=True, authors=("A",), rows=20):
    version = key if outcome == "ok" else None
    connection.execute(
        "insert into extractions by name select ? as fetch_id, ? as source, 'u' as url, ? as fetched_at,"
        " '1' as extractor_version, ? as outcome, 'article' as page_kind, ? as article_id, ? as version_id,"
        " ? as row_count, 'b' as batch_id",
        [key, source, at, outcome, version, version, rows],
    )
    if version:
        insert_article(connection, version, source, at if dated else None, list(authors))


def insert_article(connection, version, source, published_at, authors):
    connection.execute(
        "insert into articles by name select ? as version_id, ? as source, ? as published_at, ? as authors",
        [version, source, published_at, authors],
    )


def found(connection, *sources):
    return {(d.source, d.of): (d.before, d.after) for d in find_drifts(connection, sources or ("courier",), NOW)}


def test_an_even_source_has_not_drifted(ledger):
    for ago in range(20):
        add_day(ledger, ago, 8 + ago % 3)
    assert found(ledger) == {}


def test_a_day_with_far_fewer_articles_than_any_before_is_a_drop(ledger):
    add_day(ledger, 0, 1)
    for ago in range(1, 16):
        add_day(ledger, ago, 10)
    assert found(ledger) == {("courier", "articles a day"): (10.0, 1.0)}
    assert find_drifts(ledger, ("another",), NOW) == ()


def test_a_small_source_may_bring_little_by_chance(ledger):
    for ago in range(1, 16):
        add_day(ledger, ago, 5)
        add_day(ledger, ago, 8, source="larger")
    assert found(ledger, "courier", "larger") == {("larger", "articles a day"): (8.0, 0.0)}


def test_a_quiet_weekend_and_a_young_source_are_no_drop(ledger):
    for ago in range(1, 16):
        add_day(ledger, ago, 1 if ago % 7 in (0, 6) else 12)
    add_day(ledger, 0, 1)
    for ago in range(1, 5):
        add_day(ledger, ago, 10, source="young")
    assert found(ledger, "courier", "young") == {}


@pytest.mark.parametrize(
    ("of", "page"),
    [("text", {"outcome": "not_article"}), ("date", {"dated": False}), ("author", {"authors": ()})],
)
def test_pages_that_lack_what_they_used_to_have_are_a_drift(ledger, of, page):
    for ago in range(2, 16):
        add_day(ledger, ago, 6)
    for ago in (0, 1):
        add_day(ledger, ago, 6, **page)
    assert found(ledger)["courier", of] == (0.0, 1.0)


def test_a_source_that_never_names_authors_has_not_drifted(ledger):
    for ago in range(16):
        add_day(ledger, ago, 6, authors=())
    assert found(ledger) == {}


def test_fewer_rows_a_page_are_a_drift(ledger):
    for ago in range(16):
        add_day(ledger, ago, 6, rows=4 if ago < 2 else 20)
    assert found(ledger) == {("courier", "rows a page"): (20.0, 4.0)}


def test_a_drift_is_told_in_words():
    assert Drift("courier", "date", 0.02, 0.5).what.startswith("courier: 50% of its pages of the last 2 days have no")
    assert Drift("courier", "articles a day", 30.0, 2.0).what == (
        "courier: 2.0 articles a day in the last 24 hours, 30.0 before"
    )
