"""The publication day: the local calendar day of publication, and its evidence.

Sites store times in UTC, in which an article of Friday evening in New York is dated Saturday. The page's own time zone
comes first, then the source's, then that of its country.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytz

from extract.strip.timestamps import Stamp, offset_of
from extract.types import DayTeller, KnownZone

# The largest offsets from UTC of any clock.
BEHIND, AHEAD = timedelta(hours=-12), timedelta(hours=14)
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """The publication time (UTC), the local day, the zone if known, and the evidence for it."""

    at: datetime
    day: date
    zone: str | None
    teller: DayTeller


def zone_clock(name: str) -> tzinfo:
    """Return the tzinfo of an IANA name or an offset such as ``+02:00``. Raises ValueError for anything else."""
    return offset_of(name) or _named_clock(name)


@lru_cache(maxsize=600)
def _named_clock(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(f"no time zone is called {name!r}") from None


def publication_day(stamp: Stamp, url_day: str | None, known: KnownZone | None, country: str | None) -> PublicationDay:
    """Return the publication day of a stamp.

    ``url_day`` is the day in the page's URL, ``country`` the ISO 3166 code of the site.
    """
    at = stamp.at
    if stamp.precision not in ("minute", "second"):
        return PublicationDay(at, at.date(), None, "page")
    if stamp.zone is None:
        return _of_written_clock(at, known)
    if stamp.zone != "+00:00":
        return PublicationDay(at, _day_in(at, stamp.zone), stamp.zone, "page")
    # A date that was converted to UTC on its way to the page.
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
    """Return the day of a time without a zone: its day is as written, its instant is in the source's zone."""
    if known is None:
        return PublicationDay(at, at.date(), None, "page")
    there = at.replace(tzinfo=zone_clock(known.name)).astimezone(UTC)
    return PublicationDay(there, at.date(), known.name, "page")


def _day_in(at: datetime, zone: str) -> date:
    return at.astimezone(zone_clock(zone)).date()


def _day_beside(at: datetime, url_day: str | None) -> date | None:
    """Return the URL's day if it is a day before or after the UTC day and some clock showed it then."""
    if url_day is None:
        return None
    day = date.fromisoformat(url_day)
    earliest, latest = (at + BEHIND).date(), (at + AHEAD).date()
    return day if day != at.date() and earliest <= day <= latest else None


def country_offsets(at: datetime, country: str | None) -> set[timedelta | None]:
    """Return how far each of a country's clocks is ahead of UTC at a time."""
    names = pytz.country_timezones.get(country or "") or ()
    return {at.astimezone(_named_clock(name)).utcoffset() for name in names}


def country_zone(at: datetime, country: str | None) -> str | None:
    """Return the offset (``+02:00``) of a country's clocks at a time, if all agree; else None."""
    names = pytz.country_timezones.get(country or "") or ()
    offsets = (at.astimezone(_named_clock(name)).strftime("%z") for name in names)
    offset = next(offsets, None)
    # Large countries have dozens of zones, of which the first two differ.
    if offset is None or any(other != offset for other in offsets):
        return None
    return f"{offset[:3]}:{offset[3:5]}"
