"""What the landing tables hold depends on the pages and the extractor, not on how they were loaded."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehouse_helpers import load_all

from benchmarks.synthetic import Page, pages, read
from extract.types import Candidate, Source
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.extraction import Extraction
from load.ledger import Batch, MergeCounts
from load.merge import merge_candidates, merge_extractions, merge_fetches, merge_sources

HOUR = timedelta(hours=1)


def sightings(count: int = 30) -> list[Extraction]:
    """Pages, some of them seen twice without a change."""
    found = [read(p, quantities=3) for p in pages(count, days=5)]
    return found + [read(p, quantities=3, seen=HOUR) for p in list(pages(count, days=5))[::3]]


def contents(config: WarehouseConfig) -> dict[str, str]:
    with writer(config, owner="test") as con:
        return digest(con)


def fresh(path: Path) -> WarehouseConfig:
    return WarehouseConfig(path=path / "w.duckdb", published=path / "p.duckdb")


def test_loading_again_changes_nothing(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    first = load(sightings())
    before = contents(config)
    again = load(sightings())
    assert first.added > 0
    assert again.is_quiet
    assert contents(config) == before


def test_counts_say_what_happened(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    page = read(Page(1, "outlet-a", 0), quantities=2)
    assert load([page]) == MergeCounts(added=1 + 2 + 1 + 2 + 2)
    newer = read(Page(1, "outlet-a", 0), quantities=2, version="2")
    # The reader of version 2 is surer of its quantities; the article carries the version.
    assert load([newer]) == MergeCounts(changed=1 + 2, unchanged=1 + 2 + 2)
    fewer = replace(newer, rows=replace(newer.rows, dates=newer.rows.dates[:1]))
    assert load([fewer]) == MergeCounts(withdrawn=1, unchanged=7)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    config = fresh(tmp_path_factory.mktemp("in-order"))
    load_all(config, sightings(12))
    return contents(config)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), size=st.sampled_from((1, 3, 7, 60)))
def test_order_and_batches_do_not_count(
    tmp_path_factory: pytest.TempPathFactory, in_order: dict[str, str], seed: int, size: int
) -> None:
    shuffled = fresh(tmp_path_factory.mktemp("w"))
    todo = sightings(12)
    random.Random(seed).shuffle(todo)
    load_all(shuffled, todo, size)
    assert contents(shuffled) == in_order


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[WarehouseConfig, dict[str, str]]:
    """A warehouse of what an older extractor read, and what one holds that only the newer has read."""
    older, newer = (fresh(tmp_path_factory.mktemp("w")) for _ in range(2))
    load_all(older, sightings(9))
    load_all(newer, [read_again(e) for e in sightings(9)])
    return older, contents(newer)


@settings(max_examples=5)
@given(seed=st.integers(0, 10_000))
def test_reading_again_gives_what_reading_once_gives(
    tmp_path_factory: pytest.TempPathFactory, read_once: tuple[WarehouseConfig, dict[str, str]], seed: int
) -> None:
    """Whatever the order in which a newer extractor reads the pages, nothing of the older one remains."""
    older, once = read_once
    upgraded = fresh(Path(shutil.copytree(older.path.parent, tmp_path_factory.mktemp("w") / "upgraded")))
    new = [read_again(e) for e in sightings(9)]
    random.Random(seed).shuffle(new)
    load_all(upgraded, new, 7)
    assert contents(upgraded) == once


def read_again(extraction: Extraction) -> Extraction:
    """A newer reading: surer, without dates, and of another text (so another version) for every fifth page."""
    article, rows = extraction.article, extraction.rows
    article = replace(article, extractor_version="2")
    rows = replace(rows, quantities=tuple(replace(q, confidence=0.5) for q in rows.quantities), dates=())
    if int(article.article_id, 16) % 5 == 0:
        other = article.version_id[::-1]
        article = replace(article, version_id=other, text=article.text + " More.")
        rows = replace(
            rows,
            quantities=tuple(replace(q, quantity_id=q.quantity_id[::-1], version_id=other) for q in rows.quantities),
            attributions=(),
            mentions=(),
        )
    return Extraction(extraction.fetch, article, rows)


def test_a_version_belongs_to_its_earliest_page(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    page = Page(1, "outlet-a", 0)
    late, early = read(page, seen=HOUR), read(page)
    load([late])
    load([early])
    with writer(config, owner="test") as con:
        assert con.execute("select fetched_at, fetch_id from articles").fetchall() == [
            (early.fetch.fetched_at, early.fetch.fetch_id)
        ]


def test_a_page_whose_rows_are_not_at_hand_is_asked_for_again(
    config: WarehouseConfig, load: Callable[..., MergeCounts]
) -> None:
    page = Page(1, "outlet-a", 0)
    early, late = read(page), read(page, seen=HOUR)
    load([early, late])
    # The same extractor now reads another text out of the page that gave the rows.
    load([read_again(replace(early, article=replace(early.article, article_id="0" * 32)))])
    with writer(config, owner="test") as con:
        unread = con.execute("select fetch_id from extractions where row_digest is null").fetchall()
    assert unread == [(late.fetch.fetch_id,)]


def test_withdrawn_versions_take_their_rows_along(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    good = read(Page(1, "outlet-a", 0), quantities=2)
    load([good])
    stub = replace(good.article, outcome="paywall", page_kind="paywall", reason="Only the first lines are there.")
    counts = load([replace(good, article=stub)])
    assert counts == MergeCounts(withdrawn=8)
    with writer(config, owner="test") as con:
        for table in ("articles", "quantities", "attributions", "dates", "mentions"):
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert con.execute("select stage, reason, attempts, resolved_at from rejects").fetchall() == [
            ("extract", "paywall", 1, None)
        ]
        days = con.execute("select news_date from changed_days").fetchall()
    assert days == [(good.article.published_at.date(),)]


def test_rejects_are_resolved_by_a_later_success(config: WarehouseConfig, now: datetime) -> None:
    fetch = read(Page(1, "outlet-a", 0)).fetch
    attempts = [
        replace(fetch, fetch_id="1", outcome="timeout", is_retryable=True, detail="after 30 s"),
        replace(fetch, fetch_id="2", outcome="http_error", fetched_at=fetch.fetched_at + HOUR, status=500),
        replace(fetch, fetch_id="3", fetched_at=fetch.fetched_at + 2 * HOUR),
    ]
    with writer(config, owner="test") as con:
        for attempt in reversed(attempts):
            merge_fetches(con, [attempt], Batch(attempt.fetch_id, "fetch", now))
        rows = con.execute("select reason, attempts, first_at, last_at, resolved_at from rejects").fetchall()
    first, second, third = (a.fetched_at for a in attempts)
    assert rows == [("http_error", 2, first, second, third)]


def test_the_later_announcement_counts(config: WarehouseConfig, now: datetime) -> None:
    old = Candidate("http://a.example/1", "a", "feed", title="Old", modified_at=now - HOUR)
    new = replace(old, title="New", modified_at=now)
    with writer(config, owner="test") as con:
        assert merge_candidates(con, [new, old], now).added == 1
        assert merge_candidates(con, [old], now + HOUR).is_quiet
        assert con.execute("select title, first_seen_at from candidates").fetchall() == [("New", now)]
        assert merge_candidates(con, [replace(new, modified_at=now + HOUR)], now).changed == 1


def test_sources_follow_the_settings(config: WarehouseConfig) -> None:
    with writer(config, owner="test") as con:
        assert merge_sources(con, [Source("a"), Source("b")]).added == 2
        assert merge_sources(con, [Source("a", publisher="The A"), Source("b")]) == MergeCounts(changed=1, unchanged=1)


def test_a_batch_is_one_transaction(config: WarehouseConfig, now: datetime) -> None:
    good = read(Page(1, "outlet-a", 0))
    bad = replace(good, article=replace(good.article, headline=None, text=None))  # type: ignore[arg-type]
    with writer(config, owner="test") as con:
        with pytest.raises(Exception, match=r"(?i)null"):
            merge_extractions(con, [bad], Batch("b", "extract", now))
        for table in ("extractions", "articles", "quantities", "batches", "changed_days"):
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert merge_extractions(con, [good], Batch("b", "extract", now)).added > 0


def test_odd_characters_survive(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    page = read(Page(1, "outlet-a", 0), quantities=0)
    text = "A \x00 nul, a lone \ud800 surrogate, \U0001f600 and é."
    load([replace(page, article=replace(page.article, text=text))])
    with writer(config, owner="test") as con:
        assert con.execute("select text from articles").fetchone() == (text.replace("\ud800", "\ufffd"),)
