"""When feeds are asked and articles looked at again, worked out from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks.synthetic import OUTLETS, Page, read
from extract.fetch.polling import FeedState
from extract.identity import stable_id
from extract.types import Candidate, Fetch
from load.config import WarehouseConfig
from load.connection import writer
from load.feeds import feed_states
from load.ledger import Batch, MergeCounts, answers_304, last_announcements, last_pages
from load.merge import merge_candidates, merge_fetches
from load.rechecks import due_rechecks

FEED, INDEX, CHILD = "http://localhost/rss", "http://localhost/index.xml", "http://localhost/2025.xml"
HOUR = timedelta(hours=1)
LATER = datetime(2026, 1, 1, tzinfo=UTC)


def poll(url: str, at: datetime, outcome: str = "ok", **more: object) -> Fetch:
    return Fetch(stable_id(url, at.isoformat()), "s", url, at, outcome, purpose="announcement", **more)  # type: ignore[arg-type]


def enter(config: WarehouseConfig, fetches: Sequence[Fetch]) -> None:
    with writer(config, owner="test") as con:
        merge_fetches(con, fetches, Batch("b", "discover", fetches[0].fetched_at))


def announce(config: WarehouseConfig, found_in: str, at: datetime, *names: str) -> None:
    items = [Candidate(f"http://localhost/{name}", "s", found_in, name) for name in names]
    with writer(config, owner="test") as con:
        merge_candidates(con, items, at)


def states(config: WarehouseConfig, now: datetime = LATER) -> dict[str, FeedState]:
    with writer(config, owner="test") as con:
        return feed_states(con, "s", [FEED, INDEX], sitemaps=[INDEX], now=now)


def test_a_feed_that_was_never_asked_has_no_state(config: WarehouseConfig) -> None:
    assert states(config) == {}


def test_a_feed_is_asked_at_the_interval_that_it_states(config: WarehouseConfig, now: datetime) -> None:
    enter(config, [poll(FEED, now, asked_interval_s=7200)])
    state = states(config)[FEED]
    assert timedelta(hours=1.8) < state.next_at - now < timedelta(hours=2.2)
    assert state.last_ok_at == now


def test_a_busy_feed_is_asked_more_often_than_a_quiet_one(config: WarehouseConfig, now: datetime) -> None:
    hours = [now + n * HOUR for n in range(6)]
    enter(config, [poll(FEED, at) for at in hours] + [poll(INDEX, at) for at in hours])
    for n, at in enumerate(hours):
        announce(config, FEED, at + timedelta(seconds=5), *(f"{n}-{k}" for k in range(3)))
    found = states(config)
    assert found[FEED].next_at < found[INDEX].next_at


def test_what_the_sitemaps_of_an_index_announce_counts_for_the_index(config: WarehouseConfig, now: datetime) -> None:
    hours = [now + n * HOUR for n in range(6)]
    enter(config, [poll(INDEX, at) for at in hours])
    quiet = states(config)[INDEX].next_at
    for n, at in enumerate(hours):
        announce(config, CHILD, at + timedelta(seconds=5), *(f"{n}-{k}" for k in range(3)))
    assert states(config)[INDEX].next_at < quiet


def test_answers_that_nothing_is_new_are_counted_since_the_last_whole_one(
    config: WarehouseConfig, now: datetime
) -> None:
    said = ["304", "200", "304", "304", "503", "304"]
    polls = [
        poll(FEED, now + n * HOUR, {"304": "not_modified", "200": "ok"}.get(status, "http_error"), status=int(status))
        for n, status in enumerate(said)
    ]
    enter(config, [*polls, poll(INDEX, now, status=200), poll(CHILD, now, "not_modified", status=304)])
    with writer(config, owner="test") as con:
        assert answers_304(con, "s") == {FEED: 3}
        assert answers_304(con, "other") == {}
    # The same content, sent again: it has said all of itself.
    enter(config, [poll(FEED, now + 9 * HOUR, "not_modified", status=200)])
    with writer(config, owner="test") as con:
        assert answers_304(con, "s") == {}


def test_a_dead_feed_is_paused_and_comes_back(config: WarehouseConfig, now: datetime) -> None:
    days = [now + timedelta(days=n) for n in range(10)]
    enter(config, [poll(FEED, at, "http_error", status=404) for at in days])
    dead = states(config)[FEED]
    assert dead.is_paused
    assert dead.next_at - days[-1] > timedelta(days=6)
    enter(config, [poll(FEED, days[-1] + HOUR)])
    assert not states(config)[FEED].is_paused


def test_an_index_is_asked_without_conditions(config: WarehouseConfig, now: datetime) -> None:
    enter(config, [poll(FEED, now, etag='"a"'), poll(INDEX, now, etag='"b"'), poll(CHILD, now, etag='"c"')])
    announce(config, FEED, now, "one")
    announce(config, CHILD, now, "two")
    with writer(config, owner="test") as con:
        assert {fetch.url for fetch in last_announcements(con, "s", LATER)} == {FEED, CHILD}


def test_an_article_is_looked_at_again_ever_more_rarely(
    config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime
) -> None:
    page = read(Page(0, OUTLETS[0], 0), quantities=1)
    first = page.fetch.fetched_at
    load([replace(page, article=replace(page.article, published_at=first))])

    def due(at: datetime, longest: timedelta = timedelta(days=30)) -> bool:
        with writer(config, owner="test") as con:
            return bool(due_rechecks(con, [page.fetch.source], now=at, longest=longest))

    assert not due(first + 2 * HOUR), "only what is announced is fetched"
    with writer(config, owner="test") as con:
        merge_candidates(con, [Candidate(page.fetch.url, page.fetch.source, FEED)], first)
        assert [fetch.url for fetch in last_pages(con, [page.fetch.url], LATER)] == [page.fetch.url]
    assert not due(first + HOUR / 2)
    assert due(first + HOUR)
    assert not due(first + HOUR, longest=timedelta(0))
    again = replace(page.fetch, fetch_id="f" * 32, fetched_at=first + HOUR, outcome="not_modified")
    enter(config, [again])
    assert not due(first + 2 * HOUR)
    assert due(first + 3 * HOUR)
    assert not due(first + timedelta(days=31))
