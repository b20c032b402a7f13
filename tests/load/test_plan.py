"""Plans: what is present, stale, missing and quarantined, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from benchmarks.synthetic import OUTLETS, Page, read
from extract.types import Candidate
from load.config import WarehouseConfig
from load.connection import writer
from load.errors import QueryError
from load.ledger import Batch, MergeCounts
from load.merge import merge_candidates, merge_fetches
from load.plan import Plan, PlanCell, Selection, make_plan, planned_fetches

DAY = date(2024, 1, 1)


def plan(config: WarehouseConfig, now: datetime, version: str = "1", **selection: object) -> Plan:
    with writer(config, owner="test") as con:
        return make_plan(con, Selection(**selection), extractor_version=version, now=now)  # type: ignore[arg-type]


@pytest.fixture
def filled(config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime) -> WarehouseConfig:
    """Of one outlet and day: one page read, one unread, one announced, one broken for good, two failing for now."""
    pages = [read(Page(n, OUTLETS[0], 0), quantities=1) for n in range(6)]
    load(pages[:1])
    fetches = [
        pages[1].fetch,
        replace(pages[3].fetch, outcome="http_error", status=410, page_sha256=None, warc_file=None),
        replace(pages[4].fetch, outcome="timeout", is_retryable=True, warc_file=None),
        replace(
            pages[5].fetch,
            outcome="rate_limited",
            is_retryable=True,
            retry_after_at=now + timedelta(hours=1),
            warc_file=None,
        ),
    ]
    announced = [
        Candidate(p.fetch.url, OUTLETS[0], "feed", title=str(n), published_at=p.article.published_at)
        for n, p in enumerate(pages)
    ]
    with writer(config, owner="test") as con:
        merge_candidates(con, announced, now)
        merge_fetches(con, fetches, Batch("b", "fetch", now))
    return config


def test_every_page_has_one_state(filled: WarehouseConfig, now: datetime) -> None:
    found = plan(filled, now)
    assert found.cells == (PlanCell(DAY, OUTLETS[0], present=1, stale=0, missing=4, quarantined=1),)
    assert [c.url.rsplit("/")[-1] for c in found.candidates] == ["2", "4"]
    with writer(filled, owner="test") as con:
        assert [f.url.rsplit("/")[-1] for f in planned_fetches(con, found.pages)] == ["1"]
    assert found.days == (DAY,)
    assert found.expected_minutes > 0


def test_retry_after_is_heeded(filled: WarehouseConfig, now: datetime) -> None:
    later = plan(filled, now + timedelta(hours=2), stage="fetch")
    assert [c.url.rsplit("/")[-1] for c in later.candidates] == ["2", "4", "5"]
    assert later.pages == ()


def test_a_newer_extractor_makes_pages_stale(filled: WarehouseConfig, now: datetime) -> None:
    found = plan(filled, now, version="2", stage="extract")
    assert found.cells[0].stale == 1
    assert len(found.pages) == 2
    assert found.candidates == ()
    assert plan(filled, now, version="2", extractor_version="1").cells == (PlanCell(DAY, OUTLETS[0], 0, 1, 0, 0),)


def test_naming_the_present_extractor_has_its_pages_read_again(filled: WarehouseConfig, now: datetime) -> None:
    both = plan(filled, now, version="2", stage="extract").pages
    unread = plan(filled, now, stage="extract").pages
    again = plan(filled, now, stage="extract", extractor_version="1")
    assert again.cells == (PlanCell(DAY, OUTLETS[0], 0, 1, 0, 0),)
    # No version has read the other one, which is read in any case.
    assert (set(again.pages), len(again.pages)) == (set(both) - set(unread), 1)
    assert plan(filled, now, version="2", stage="extract", extractor_version="2").pages == ()


def test_a_newer_modification_is_fetched_again(filled: WarehouseConfig, now: datetime) -> None:
    page = read(Page(0, OUTLETS[0], 0))
    with writer(filled, owner="test") as con:
        again = Candidate(page.fetch.url, OUTLETS[0], "sitemap", modified_at=page.fetch.fetched_at + timedelta(days=1))
        merge_candidates(con, [again], now)
    found = plan(filled, now)
    assert page.fetch.url in [c.url for c in found.candidates]
    assert found.cells[0].stale == 1


def test_selections_restrict(filled: WarehouseConfig, now: datetime) -> None:
    assert plan(filled, now, sources=("nobody",)).is_empty
    assert plan(filled, now, published_from=date(2024, 1, 2)).cells == ()
    assert plan(filled, now, fetched_to=date(2023, 12, 31)).cells == ()
    assert [c.url.rsplit("/")[-1] for c in plan(filled, now, outcomes=("timeout",)).candidates] == ["4"]
    assert len(plan(filled, now, limit=1).candidates) == 1
    assert plan(filled, now, stage="models").days == (DAY,)


def test_a_plan_knows_the_fetches_of_its_pages(filled: WarehouseConfig, now: datetime) -> None:
    found = plan(filled, now, version="2", stage="extract")
    with writer(filled, owner="test") as con:
        fetches = planned_fetches(con, found.pages)
        assert planned_fetches(con, ()) == ()
    assert tuple(fetch.fetch_id for fetch in fetches) == found.pages
    assert all(fetch.warc_file and fetch.redirects == () for fetch in fetches)


def test_estimates_come_from_measured_batches(filled: WarehouseConfig, now: datetime) -> None:
    with writer(filled, owner="test") as con:
        con.execute("update batches set seconds = 60, load_seconds = 0, items = 1")
        found = make_plan(con, Selection(stage="fetch"), extractor_version="1", now=now)
    assert found.expected_minutes == pytest.approx(2 + 2)


def test_an_interval_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(QueryError, match="ends"):
        Selection(published_from=date(2024, 2, 1), published_to=date(2024, 1, 1))
