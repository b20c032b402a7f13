"""The publication day is that of the place where the article was published, and says what told it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from extract import extract_article, read_rows
from extract.strip.local_day import PublicationDay, publication_day, zone_clock
from extract.strip.timestamps import Evidence, parse_stamp
from extract.types import Article, KnownZone

BODY = "<p>The ferry lay on the sandbank until the evening tide lifted it off, the harbour master said.</p>" * 8


def told(
    raw: str, *, url_day: str | None = None, zone: str | None = None, country: str | None = None
) -> PublicationDay:
    stamp = parse_stamp(raw, Evidence())
    assert stamp is not None
    return publication_day(stamp, url_day, KnownZone(zone) if zone else None, country)


@pytest.mark.parametrize(
    ("offset", "before", "after"),
    [
        ("-10:00", "2024-05-03T23:59:00", "2024-05-04T00:01:00"),
        ("-08:00", "2024-05-03T21:30:00", "2024-05-04T07:59:00"),
        ("-05:00", "2024-02-29T23:10:00", "2024-03-01T00:20:00"),
        ("-03:30", "2024-12-31T22:00:00", "2025-01-01T01:00:00"),
        ("-03:00", "2024-05-03T21:01:00", "2024-05-04T20:59:00"),
        ("+01:00", "2024-05-03T23:59:00", "2024-05-04T00:30:00"),
        ("+02:00", "2024-05-03T12:00:00", "2024-05-04T01:59:00"),
        ("+03:30", "2024-05-03T23:00:00", "2024-05-04T03:00:00"),
        ("+05:30", "2024-05-03T23:00:00", "2024-05-04T05:29:00"),
        ("+05:45", "2024-05-03T23:00:00", "2024-05-04T05:44:00"),
        ("+09:00", "2024-05-03T08:59:00", "2024-05-04T08:59:00"),
        ("+13:00", "2024-05-03T12:59:00", "2024-05-04T12:30:00"),
    ],
)
def test_a_time_with_its_offset_is_of_the_day_that_is_written(offset: str, before: str, after: str) -> None:
    for clock in (before, after):
        day = told(clock + offset)
        assert (day.day.isoformat(), day.zone, day.teller) == (clock[:10], offset, "page")
        assert day.at == datetime.fromisoformat(clock + offset)
        assert day.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("America/New_York", "2024-03-10T04:59:00Z", "2024-03-09"),  # an hour before the clocks go forward
        ("America/New_York", "2024-03-11T03:59:00Z", "2024-03-10"),
        ("America/New_York", "2024-03-11T04:01:00Z", "2024-03-11"),
        ("America/New_York", "2024-11-04T04:30:00Z", "2024-11-03"),  # after they went back
        ("America/Los_Angeles", "2024-07-05T06:59:00Z", "2024-07-04"),
        ("America/Sao_Paulo", "2024-07-05T02:59:00Z", "2024-07-04"),
        ("Europe/London", "2024-07-04T23:10:00Z", "2024-07-05"),
        ("Europe/London", "2024-12-04T23:10:00Z", "2024-12-04"),
        ("Europe/Berlin", "2024-03-30T22:59:00Z", "2024-03-30"),
        ("Europe/Berlin", "2024-03-31T22:01:00Z", "2024-04-01"),
        ("Asia/Kolkata", "2024-07-04T18:31:00Z", "2024-07-05"),
        ("Asia/Tokyo", "2024-07-04T14:59:00Z", "2024-07-04"),
        ("Australia/Sydney", "2024-10-05T14:01:00Z", "2024-10-06"),
        ("Pacific/Auckland", "2024-07-04T12:01:00Z", "2024-07-05"),
        ("Pacific/Honolulu", "2024-07-05T09:59:00Z", "2024-07-04"),
    ],
)
def test_a_time_kept_in_utc_is_of_the_day_in_the_zone_of_its_source(zone: str, utc: str, day: str) -> None:
    found = told(utc, zone=zone)
    assert (found.day.isoformat(), found.zone, found.teller) == (day, zone, "source")
    assert told(utc).day.isoformat() == utc[:10]
    assert told(utc).teller == "utc"


def test_what_the_page_tells_comes_before_what_is_known_of_its_source() -> None:
    assert told("2024-05-03T23:30:00+02:00", zone="Asia/Tokyo").day == date(2024, 5, 3)
    assert told("2024-05-03", zone="Asia/Tokyo") == PublicationDay(
        datetime(2024, 5, 3, tzinfo=UTC), date(2024, 5, 3), None, "page"
    )
    # A day that was kept as its midnight in UTC is no evening before.
    assert told("2024-05-03T00:00:00Z", zone="America/New_York").day == date(2024, 5, 3)


def test_a_time_without_a_zone_is_on_the_clock_of_its_source() -> None:
    found = told("2024-05-03 21:30", zone="America/New_York")
    assert (found.day, found.at) == (date(2024, 5, 3), datetime(2024, 5, 4, 1, 30, tzinfo=UTC))
    assert told("2024-05-03 21:30").at == datetime(2024, 5, 3, 21, 30, tzinfo=UTC)


def test_the_day_in_the_address_tells_where_it_is_beside_the_one_in_utc() -> None:
    assert told("2024-05-04T02:10:00Z", url_day="2024-05-03") == PublicationDay(
        datetime(2024, 5, 4, 2, 10, tzinfo=UTC), date(2024, 5, 3), None, "page"
    )
    assert told("2024-05-03T22:10:00Z", url_day="2024-05-04").day == date(2024, 5, 4)
    # No clock on earth shows these days then.
    assert told("2024-05-04T14:10:00Z", url_day="2024-05-03").day == date(2024, 5, 4)
    assert told("2024-05-03T02:10:00Z", url_day="2024-05-04").day == date(2024, 5, 3)
    assert told("2024-05-31T02:10:00Z", url_day="2024-05-03").day == date(2024, 5, 31)


def test_a_country_of_one_clock_tells_and_one_of_several_does_not() -> None:
    assert told("2024-05-03T18:45:00Z", country="IN") == PublicationDay(
        datetime(2024, 5, 3, 18, 45, tzinfo=UTC), date(2024, 5, 4), "+05:30", "country"
    )
    assert told("2024-05-04T02:00:00Z", country="US").teller == "utc"
    assert told("2024-05-03T18:45:00Z", country="IN", zone="Europe/London").teller == "source"


def test_a_zone_that_there_is_not_is_refused() -> None:
    assert zone_clock("-03:30").utcoffset(None) == timedelta(hours=-3.5)
    for name in ("Mars/Olympus", "+99:00", "", "../etc/passwd"):
        with pytest.raises(ValueError, match="no time zone"):
            zone_clock(name)


def page(stamp: str, zone: str | None = None) -> Article:
    head = f"<meta property=article:published_time content={stamp}>"
    html = f"<html lang=en><head>{head}</head><body><main><h1>Ferry runs aground</h1>{BODY}</main></body></html>"
    known = KnownZone(zone) if zone else None
    return extract_article(html.encode(), url="https://paper.example/ferry", known_zone=known)


@pytest.mark.parametrize(("stamp", "zone"), [("2024-05-03T21:30:00-05:00", None), ("2024-05-04T02:30:00Z", "EST5EDT")])
def test_days_in_the_text_count_from_the_day_of_its_readers(stamp: str, zone: str | None) -> None:
    article = page(stamp, zone)
    assert article.published_at == datetime(2024, 5, 4, 2, 30, tzinfo=UTC)
    assert article.published_on == date(2024, 5, 3)
    text = "Some 40 boats sank yesterday, and 12 are missing today."
    rows = read_rows(text, published_at=article.reading_day)
    assert [d.resolved_start for d in rows.dates] == [date(2024, 5, 2), date(2024, 5, 3)]
    assert [q.as_of_end for q in rows.quantities] == [date(2024, 5, 2), date(2024, 5, 3)]


def test_the_reader_takes_the_day_as_the_given_zone_has_it() -> None:
    evening = datetime(2024, 5, 3, 21, 30, tzinfo=timezone(timedelta(hours=-5)))
    for at, day in ((evening, 3), (evening.astimezone(UTC), 4)):
        assert read_rows("It opened today.", published_at=at).dates[0].resolved_start == date(2024, 5, day)


def test_a_page_without_a_date_has_no_day() -> None:
    article = extract_article(f"<main><h1>Ferry</h1>{BODY}</main>".encode())
    assert (article.published_on, article.published_on_from, article.reading_day) == (None, None, None)
