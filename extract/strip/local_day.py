"""The publication day: the calendar day where the article was published, and what told it.

Sites keep times in UTC; an article of Friday evening in New York is then one of Saturday. What the page tells of its
own clock comes first, then what is known of its source, then the clocks of its country.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytz

from extract.strip.timestamps import Stamp, offset_of
from extract.types import DayTeller, KnownZone

# No clock is further behind or ahead of UTC than these.
BEHIND, AHEAD = timedelta(hours=-12), timedelta(hours=14)
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """When an article was published (in UTC), on which day there, in which zone if one is known, and what told it."""

    at: datetime
    day: date
    zone: str | None
    teller: DayTeller


def zone_clock(name: str) -> tzinfo:
    """Return the clock of a zone: an IANA name, or an offset as ``+02:00``. Raises ValueError for anything else."""
    return offset_of(name) or _named_clock(name)


@lru_cache(maxsize=600)
def _named_clock(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(f"no time zone is called {name!r}") from None


def publication_day(stamp: Stamp, url_day: str | None, known: KnownZone | None, country: str | None) -> PublicationDay:
    """Work out the day of a stamp; ``url_day`` is the day in the page's URL, ``country`` the site's ISO 3166 code."""
    at = stamp.at
    if stamp.precision not in ("minute", "second"):
        return PublicationDay(at, at.date(), None, "page")
    if stamp.zone is None:
        return _of_written_clock(at, known)
    if stamp.zone != "+00:00":
        return PublicationDay(at, _day_in(at, stamp.zone), stamp.zone, "page")
    # A day that went through UTC on its way to the page.
    if at.time() == MIDNIGHT:
        return PublicationDay(at, at.date(), None, "page")
    if (told := _day_beside(at, url_day)) is not None:
        return PublicationDay(at, told, None, "page")
    if known is not None:
        return PublicationDay(at, _day_in(at, known.name), known.name, known.teller)
    if zone := country_zone(at, country):
        return PublicationDay(at, _day_in(at, zone), zone, "country")
    return PublicationDay(at, at.date(), None, "utc")


def _of_written_clock(at: datetime, known: KnownZone | None) -> PublicationDay:
    """Take a time whose zone the page does not tell: its day stands there, its instant takes the source's zone."""
    if known is None:
        return PublicationDay(at, at.date(), None, "page")
    there = at.replace(tzinfo=zone_clock(known.name)).astimezone(UTC)
    return PublicationDay(there, at.date(), known.name, "page")


def _day_in(at: datetime, zone: str) -> date:
    return at.astimezone(zone_clock(zone)).date()


def _day_beside(at: datetime, url_day: str | None) -> date | None:
    """Return the URL's day where it is the day before or after the one in UTC and some clock showed it then."""
    if url_day is None:
        return None
    day = date.fromisoformat(url_day)
    earliest, latest = (at + BEHIND).date(), (at + AHEAD).date()
    return day if day != at.date() and earliest <= day <= latest else None


def country_zone(at: datetime, country: str | None) -> str | None:
    """Return the offset (``+02:00``) of a country's clocks at a time, where they all show one."""
    names = pytz.country_timezones.get(country or "") or ()
    offsets = (at.astimezone(_named_clock(name)).strftime("%z") for name in names)
    offset = next(offsets, None)
    # Large countries have dozens of zones, of which the first two differ.
    if offset is None or any(other != offset for other in offsets):
        return None
    return f"{offset[:3]}:{offset[3:5]}"
