"""A clock that was ahead by months and has been put right: nothing waits for the times that it told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from warehouse_helpers import config_in, load_all

from benchmarks.synthetic import OUTLETS, Page, read
from extract.identity import stable_id
from extract.types import Candidate, Fetch
from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.feeds import feed_states
from load.ledger import Batch, last_announcements
from load.merge import merge_candidates, merge_fetches
from load.plan import Plan, Selection, make_plan
from load.rechecks import due_rechecks

FEED, PAGE = "http://localhost/rss", "http://localhost/a"
HOUR, AHEAD = timedelta(hours=1), [timedelta(hours=2), timedelta(days=365)]


def attempt(url: str, at: datetime, outcome: str = "ok", **more: object) -> Fetch:
    purpose = "announcement" if url == FEED else "page"
    return Fetch(stable_id(url, at.isoformat()), "s", url, at, outcome, purpose=purpose, **more)  # type: ignore[arg-type]


def enter(config: WarehouseConfig, *fetches: Fetch) -> None:
    with writer(config, owner="test") as con:
        merge_fetches(con, fetches, Batch("b", "fetch", fetches[0].fetched_at))


def announce(config: WarehouseConfig, item: Candidate, at: datetime) -> None:
    with writer(config, owner="test") as con:
        merge_candidates(con, [item], at)


def plan(config: WarehouseConfig, now: datetime) -> Plan:
    with writer(config, owner="test") as con:
        return make_plan(con, Selection(), extractor_version=a_page().article.extractor_version, now=now)


def a_page() -> Extraction:
    page = read(Page(0, OUTLETS[0], 0), quantities=1)
    return replace(page, article=replace(page.article, published_at=page.fetch.fetched_at))


def load_ahead(folder: Path, ahead: timedelta) -> tuple[WarehouseConfig, Fetch]:
    """Load a page that was fetched, as its clock had it, so much later than it was published."""
    config, page = config_in(folder), a_page()
    at = page.fetch.fetched_at + ahead
    load_all(config, [replace(page, fetch=replace(page.fetch, fetched_at=at))])
    return config, page.fetch


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_feed_is_asked_by_the_polls_that_were_right(config: WarehouseConfig, now: datetime, ahead: timedelta) -> None:
    def next_at() -> datetime:
        with writer(config, owner="test") as con:
            states = feed_states(con, "s", [FEED], sitemaps=[], now=now)
        return states[FEED].next_at if states else now

    enter(config, attempt(FEED, now + ahead, "http_error", status=429, retry_after_at=now + ahead + HOUR))
    assert next_at() == now
    enter(config, attempt(FEED, now, asked_interval_s=3600))
    assert 0.9 * HOUR < next_at() - now < 1.1 * HOUR, "not in each run until the clock has caught up"


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_page_that_was_to_wait_is_fetched_and_one_that_is_to_wait_waits(
    config: WarehouseConfig, now: datetime, ahead: timedelta
) -> None:
    announce(config, Candidate(PAGE, "s", FEED), now - HOUR)
    late = attempt(PAGE, now + ahead, "rate_limited", retry_after_at=now + ahead + HOUR, is_retryable=True)
    enter(config, late)
    assert len(plan(config, now).candidates) == 1
    enter(config, attempt(PAGE, now, "rate_limited", retry_after_at=now + HOUR, is_retryable=True))
    assert not plan(config, now).candidates
    enter(config, attempt(PAGE, now + HOUR / 60, "http_error", status=404, is_retryable=False))
    assert not plan(config, now + HOUR / 30).candidates, "the newest attempt is the one that a right clock saw last"


@pytest.mark.parametrize("ahead", AHEAD)
def test_an_article_is_looked_at_again(tmp_path: Path, ahead: timedelta) -> None:
    config, fetch = load_ahead(tmp_path, ahead)
    first = fetch.fetched_at
    announce(config, Candidate(fetch.url, fetch.source, FEED), first)

    def due(at: datetime) -> bool:
        with writer(config, owner="test") as con:
            return bool(due_rechecks(con, [fetch.source], now=at, longest=timedelta(days=30)))

    assert due(first + HOUR)
    enter(config, replace(fetch, fetch_id="f" * 32, fetched_at=first + HOUR, outcome="not_modified"))
    assert not due(first + 1.5 * HOUR)
    assert due(first + 24 * HOUR)
    assert not due(first + timedelta(days=31))


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_page_that_is_announced_as_changed_is_fetched(tmp_path: Path, ahead: timedelta) -> None:
    config, fetch = load_ahead(tmp_path, ahead)
    first = fetch.fetched_at
    changed = Candidate(fetch.url, fetch.source, FEED, modified_at=first + HOUR / 2)
    announce(config, changed, first + HOUR)
    assert len(plan(config, first + HOUR).candidates) == 1
    enter(config, replace(fetch, fetch_id="f" * 32, fetched_at=first + HOUR + HOUR / 60, outcome="not_modified"))
    assert not plan(config, first + HOUR + HOUR / 30).candidates


def test_what_a_clock_that_was_ahead_saw_announced_is_not_fetched_in_each_run(tmp_path: Path) -> None:
    config, fetch = load_ahead(tmp_path, timedelta(0))
    first = fetch.fetched_at
    changed = Candidate(fetch.url, fetch.source, FEED, modified_at=first + HOUR)
    announce(config, changed, first + AHEAD[1])
    enter(config, replace(fetch, fetch_id="f" * 32, fetched_at=first + 2 * HOUR, outcome="not_modified"))
    assert not plan(config, first + 3 * HOUR).candidates


def test_a_feed_is_asked_about_the_version_that_came_last(config: WarehouseConfig, now: datetime) -> None:
    enter(config, attempt(FEED, now + AHEAD[1], etag='"old"'), attempt(FEED, now, etag='"new"'))
    announce(config, Candidate(PAGE, "s", FEED), now)
    with writer(config, owner="test") as con:
        assert [fetch.etag for fetch in last_announcements(con, "s", now)] == ['"new"']
