"""Periods that are given by their last day or month: "the nine months to September", "the year ended 31 March"."""

from __future__ import annotations

import re
from datetime import timedelta

from extract.read.english.dates.periods import Period, month
from extract.read.english.dates.words import NUMBERS

REACH = 60  # characters before the date in which its stretch begins
MONTHS = {"month": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12}
BEFORE = re.compile(
    r"\b(?:the\s+(?:(?:first|last|past|previous|full|fiscal|financial|business)\s+)*|(?<=\bin\s)|(?<=\bfor\s)|(?<=\bover\s))"
    rf"(?:(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})[\s-])?(?P<unit>month|quarter|half-year|half|year)s?\s+"
    r"(?:to|through|up\s+to|(?:that\s+)?(?:ended|ending)(?:\s+(?:on|in))?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def stretch_before(text: str, start: int) -> re.Match[str] | None:
    """Return the match of the words that turn the date at offset ``start`` into a stretch, or None."""
    return BEFORE.search(text, max(0, start - REACH), start)


def ending_with(last: Period, match: re.Match[str]) -> Period | None:
    """Return the stretch of months that ends with a day or a month; None for other periods or without a count."""
    unit, count = match["unit"].lower(), match["count"]
    if last.granularity not in ("day", "month") or (unit == "month" and count is None):
        return None
    months = MONTHS[unit] * (1 if count is None else NUMBERS.get(count.lower()) or int(count))
    after = last.end + timedelta(days=1)
    first = month(after.year, after.month - months)
    if first is None or months == 0:
        return None
    # A year to 31 March begins on the first of a month; one to 5 April begins on 6 April.
    start = first.start if after.day == 1 else first.start + timedelta(days=after.day - 1)
    return Period(f"{first.value}/{last.value}", start, last.end, "month" if after.day == 1 else "day")
