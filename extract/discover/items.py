"""What the parsers of announcements give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dateparser


@dataclass(frozen=True, slots=True)
class Item:
    """One announced page, in the announcement's own words."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a feed, a sitemap or a list announces.

    ``children`` are sitemaps that a sitemap index names; ``interval`` is how often the feed asks to be polled;
    ``problem`` says in one sentence what is wrong with it, None when nothing is.
    """

    items: tuple[Item, ...] = ()
    children: tuple[str, ...] = ()
    interval: timedelta | None = None
    problem: str | None = None


def parse_date(text: str | None) -> datetime | None:
    """Read an announcement's date: ISO 8601 (W3C) first, then any form. None when it cannot be one.

    A date without zone is read as UTC.
    """
    if not text or not text.strip():
        return None
    text = text.strip()[:80]
    try:
        when: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        when = dateparser.parse(text, languages=["en"], settings={"STRICT_PARSING": True})
    return as_utc(when)


def as_utc(when: datetime | None) -> datetime | None:
    """Bring a time to UTC; the year 0001 and other times that are none become None."""
    if when is None or not 1970 < when.year < 2100:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
