"""What the parsers of announcements give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extract.strip.timestamps import Evidence, parse_stamp


@dataclass(frozen=True, slots=True)
class Item:
    """One announced page, in the announcement's own words."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    keywords: tuple[str, ...] | None = None


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


# What parts the keywords that an announcement gives in one string.
SEPARATORS = re.compile(r"\s*[,;]\s*")
MAX_KEYWORDS = 100


def keywords_of(*given: str | None) -> tuple[str, ...] | None:
    """Return the keywords that an announcement gives an item, each once and in its order; None for none."""
    words = (word.strip() for text in given if text for word in SEPARATORS.split(text))
    return tuple(dict.fromkeys(filter(None, words)))[:MAX_KEYWORDS] or None


NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")


def evidence_of(dates: Iterable[str], language: str | None = None) -> Evidence:
    """Say how the dates of one announcement are written, by all of them: one 24/11/2024 tells which is the day."""
    day_first = None
    for text in dates:
        if match := NUMERIC.search(text):
            if int(match[1]) > 12:
                return Evidence(language, True)
            if int(match[2]) > 12:
                day_first = False
    return Evidence(language, day_first)


def parse_date(text: str | None, evidence: Evidence | None = None) -> datetime | None:
    """Read an announcement's date in any form: ISO 8601 (W3C), RFC 822, epoch, numbers, words. None when it is none.

    A date without zone is read as UTC.
    """
    text = (text or "").strip()[:80]
    stamp = parse_stamp(text, evidence or Evidence("en")) if text else None
    return as_utc(stamp.at) if stamp else None


def as_utc(when: datetime | None) -> datetime | None:
    """Bring a time to UTC; the year 0001 and other times that are none become None."""
    if when is None or not 1970 < when.year < 2100:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
