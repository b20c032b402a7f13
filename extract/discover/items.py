"""The results of parsing announcements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extract.strip.timestamps import Evidence, parse_stamp


@dataclass(frozen=True, slots=True)
class Item:
    """One announced page, with values as written in the announcement."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    keywords: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """The items of a feed, sitemap or list.

    ``children`` are the sitemaps in a sitemap index; ``interval`` is the polling interval that the feed requests;
    ``problem`` describes an error in one sentence, None when there is none.
    """

    items: tuple[Item, ...] = ()
    children: tuple[str, ...] = ()
    interval: timedelta | None = None
    problem: str | None = None


# Separators of keywords that are given as one string.
SEPARATORS = re.compile(r"\s*[,;]\s*")
MAX_KEYWORDS = 100


def keywords_of(*given: str | None) -> tuple[str, ...] | None:
    """Return the keywords of an item, each once and in order; None when there are none."""
    words = (word.strip() for text in given if text for word in SEPARATORS.split(text))
    return tuple(dict.fromkeys(filter(None, words)))[:MAX_KEYWORDS] or None


NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")


def evidence_of(dates: Iterable[str], language: str | None = None) -> Evidence:
    """Infer how the dates of an announcement are written from all of them: 24/11/2024 shows that the day is first."""
    day_first = None
    for text in dates:
        if match := NUMERIC.search(text):
            if int(match[1]) > 12:
                return Evidence(language, True)
            if int(match[2]) > 12:
                day_first = False
    return Evidence(language, day_first)


def parse_date(text: str | None, evidence: Evidence | None = None) -> datetime | None:
    """Parse a date in any format: ISO 8601 (W3C), RFC 822, epoch, numbers, words; None when it is no date.

    Without a zone, it is read as UTC.
    """
    text = (text or "").strip()[:80]
    stamp = parse_stamp(text, evidence or Evidence("en")) if text else None
    return as_utc(stamp.at) if stamp else None


def as_utc(when: datetime | None) -> datetime | None:
    """Convert a time to UTC; invalid times such as the year 0001 become None."""
    if when is None or not 1970 < when.year < 2100:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
