"""The day that plans, builds and aggregates go by is the publication day where the article was published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from benchmarks.synthetic import OUTLETS, Page, read
from extract.types import Candidate
from load import migrate as migrations
from load.arrow import to_arrow
from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.ledger import MergeCounts
from load.merge import merge_candidates
from load.plan import Plan, Selection, make_plan
from load.schema import tables

FRIDAY, SATURDAY = date(2024, 5, 3), date(2024, 5, 4)
FRIDAY_EVENING = datetime(2024, 5, 4, 1, 30, tzinfo=UTC)


def of_friday_evening(number: int = 0, timezone: str | None = None) -> Extraction:
    """An article of 21:30 in New York on a Friday, read with the source's time zone or without."""
    page = read(Page(number, OUTLETS[0], 0), quantities=1)
    article = replace(
        page.article,
        published_at=FRIDAY_EVENING,
        published_on=FRIDAY if timezone else SATURDAY,
        published_on_zone=timezone,
        published_on_from="source" if timezone else "utc",
    )
    return replace(page, article=article, timezone=timezone)


def plan(config: WarehouseConfig, now: datetime, timezone: str | None, **selection: date) -> Plan:
    with writer(config, owner="test") as con:
        return make_plan(
            con,
            Selection(**selection),  # type: ignore[arg-type]
            extractor_version="1",
            now=now,
            timezones={OUTLETS[0]: timezone} if timezone else {},
        )


def test_the_day_of_a_plan_and_of_what_is_to_build_is_the_local_one(
    config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime
) -> None:
    load([of_friday_evening(timezone="America/New_York")])
    found = plan(config, now, "America/New_York")
    assert [(cell.day, cell.present) for cell in found.cells] == [(FRIDAY, 1)]
    assert found.days == (FRIDAY,)
    assert plan(config, now, "America/New_York", published_from=SATURDAY).cells == ()


@pytest.mark.parametrize(
    ("timezone", "day"), [("America/New_York", FRIDAY), (None, SATURDAY), ("Asia/Tokyo", SATURDAY)]
)
def test_what_is_only_announced_is_of_the_day_on_the_clock_of_its_source(
    config: WarehouseConfig, now: datetime, timezone: str | None, day: date
) -> None:
    with writer(config, owner="test") as con:
        merge_candidates(con, [Candidate("https://a.example/1", OUTLETS[0], "feed", published_at=FRIDAY_EVENING)], now)
    assert [cell.day for cell in plan(config, now, timezone).cells] == [day]


def test_pages_are_read_again_when_the_time_zone_of_their_source_was_set_anew(
    config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime
) -> None:
    as_utc, there = of_friday_evening(), of_friday_evening(timezone="America/New_York")
    load([as_utc])
    assert plan(config, now, None).pages == ()
    assert plan(config, now, "America/New_York").pages == (as_utc.fetch.fetch_id,)
    assert plan(config, now, "America/New_York").cells[0].stale == 1
    load([there])
    assert plan(config, now, "America/New_York").pages == ()
    assert plan(config, now, None).pages == (as_utc.fetch.fetch_id,)
    # Both days are to be built: the one that it left, too.
    assert plan(config, now, "America/New_York").days == (FRIDAY, SATURDAY)
    with writer(config, owner="test") as con:
        assert con.execute("select published_on, published_on_from from articles").fetchall() == [(FRIDAY, "source")]


def test_an_older_warehouse_gets_the_days_of_the_zones_it_has_kept(
    config: WarehouseConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = migrations.available()
    monkeypatch.setattr(migrations, "available", lambda: steps[:3])
    zones = {"a": "-05:00", "b": "+00:00", "c": None, "d": "+05:45", "e": "-03:30", "f": "-01:15", "g": None}
    with writer(config, owner="old") as con:
        old = [row[0] for row in con.execute("describe articles").fetchall()]
        for version, zone in zones.items():
            at = FRIDAY_EVENING if version != "g" else None
            filled = replace(of_friday_evening().article, version_id=version, published_at=at, published_zone=zone)
            con.register("rows", to_arrow(tables()["articles"], [filled], fetch_id=["f"], fetched_at=[FRIDAY_EVENING]))
            con.execute(f"insert into articles by name select {', '.join(old)} from rows")
    monkeypatch.undo()
    with writer(config, owner="new") as con:
        days = dict(con.execute("select version_id, published_on from articles").fetchall())
        marked = con.execute("select news_date from changed_days order by 1").fetchall()
    assert days == {"a": FRIDAY, "b": SATURDAY, "c": SATURDAY, "d": SATURDAY, "e": FRIDAY, "f": SATURDAY, "g": None}
    assert marked == [(FRIDAY,), (SATURDAY,)]
