"""Rules for parts of longer periods: "the second Thursday of October", "the end of the month", "H1", "FY26"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from extract.read.english.dates import refuse
from extract.read.english.dates.explicit import OF_YEAR, YEAR_STEPS, is_span_of_years, years
from extract.read.english.dates.periods import Period, day, half, month, quarter, weekend, year_of, years_on
from extract.read.english.dates.reading import Reading, rule
from extract.read.english.dates.relative import moved
from extract.read.english.dates.words import (
    COUNT,
    MONTH,
    WEEKDAY_FULL,
    YEAR,
    full_year,
    month_number,
    number,
    weekday_number,
)

NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "last": -1}
STEPS = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SHORT_YEAR = rf"(?P<y>{YEAR}|['’]?\d\d)(?![\w%]|[.,]\d)"
WHOSE = r"(?P<which>the|this|last|next|(?:the\s+)?(?:current|coming|previous|following))"


def _year(words: str, reading: Reading) -> int:
    digits = words.lstrip("'’")
    near = reading.published.year if reading.published else None
    return int(digits) if len(digits) == 4 else full_year(int(digits), near)


def _step(which: str) -> int:
    return STEPS.get(which.lower().split()[-1], 0)


def nth_weekday(whole: Period | None, weekday: int, index: int) -> Period | None:
    """Return the index-th weekday (0 is Monday) of a month; None where it has none. Index counts from 1; -1 is last."""
    if whole is None:
        return None
    if index < 0:
        return day(whole.end - timedelta(days=(whole.end.weekday() - weekday) % 7))
    found = whole.start + timedelta(days=(weekday - whole.start.weekday()) % 7 + 7 * (index - 1))
    return day(found) if found <= whole.end else None


def _nth_weekday(match: re.Match[str], reading: Reading) -> Period | None:
    index, weekday, number_of_month = NTH[match["nth"].lower()], weekday_number(match["wd"]), month_number(match["m"])

    def build(year: int) -> Period | None:
        return nth_weekday(month(year, number_of_month), weekday, index)

    if match["y"]:
        return build(_year(match["y"], reading))
    if match["of"] and reading.published:
        return build(reading.published.year + YEAR_STEPS[match["of"].lower()])
    return reading.choose(match, build)


def _nth_weekend(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve to the weekend whose Saturday is the n-th one of the month."""
    index, number_of_month = NTH[match["nth"].lower()], month_number(match["m"])

    def build(year: int) -> Period | None:
        saturday = nth_weekday(month(year, number_of_month), 5, index)
        return weekend(saturday.start) if saturday is not None else None

    if match["y"]:
        return build(_year(match["y"], reading))
    if match["of"] and reading.published:
        return build(reading.published.year + YEAR_STEPS[match["of"].lower()])
    return reading.choose(match, build)


def _nth_weekday_of_this(match: re.Match[str], reading: Reading) -> Period | None:
    whole = _named(match, reading, "month")
    return nth_weekday(whole, weekday_number(match["wd"]), NTH[match["nth"].lower()])


def _edge(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve the end of a period to its last day; its beginning and its middle resolve to the whole period."""
    whole = _named(match, reading, match["u"].lower())
    return day(whole.end) if whole and match["edge"].lower() in ("end", "close") else whole


def _named(match: re.Match[str], reading: Reading, unit: str) -> Period | None:
    """Resolve "the month", "this week" or "next year"; in a past clause "the" is relative to the last resolved date."""
    base = reading.published
    anchor = reading.anchor(match.start())
    if match["which"].lower() == "the" and anchor and reading.direction(match) == "past":
        base = anchor.start if (anchor.end - anchor.start).days <= 31 else base
    return moved(base, unit, _step(match["which"])) if base else None


def _part(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve "the last six months of 2025", "the first two weeks of May" and "the opening week of 2026"."""
    whole, count = _whole(match, reading), number(match["n"] or "one")
    if whole is None or not count:
        return None
    unit = match["u"].lower()
    is_first = match["side"].lower() in ("first", "opening")
    return (_days if unit in ("day", "week") else _months)(whole, unit, count, is_first)


def _is_part(match: re.Match[str]) -> bool:
    """Return whether a match is a part of the period after it, unlike "last week in May" and "the last weeks of"."""
    if match["n"] is None and match["many"]:
        return False
    is_bare_last = match["side"].lower() == "last" and match["n"] is None and match.start("side") == match.start()
    return not is_bare_last or match["joint"] == "of"


def _days(whole: Period, unit: str, count: int, is_first: bool) -> Period | None:
    length = timedelta(days=count * (7 if unit == "week" else 1) - 1)
    if length > whole.end - whole.start:
        return None
    first = whole.start if is_first else whole.end - length
    if not length:
        return day(first)
    return Period(f"{first}/{first + length}", first, first + length, "day")


def _months(whole: Period, unit: str, count: int, is_first: bool) -> Period | None:
    length = count * MONTHS[unit]
    start = whole.start.month if is_first else whole.end.month - length + 1
    first, last = month(whole.start.year, start), month(whole.start.year, start + length - 1)
    if first is None or last is None or first.start < whole.start or last.end > whole.end:
        return None
    named = [half(first.start.year, 1), half(first.start.year, 2), *(quarter(first.start.year, n) for n in range(1, 5))]
    for period in named:
        if period and (period.start, period.end) == (first.start, last.end):
            return period
    return Period(f"{first.value}/{last.value}", first.start, last.end, "month")


def _whole(match: re.Match[str], reading: Reading) -> Period | None:
    if match["m"]:
        number_of_month = month_number(match["m"])
        if match["y"]:
            return month(_year(match["y"], reading), number_of_month)
        return reading.choose(match, lambda year: month(year, number_of_month))
    if match["only"]:
        return year_of(int(match["only"]))
    return moved(reading.published, match["of"].lower(), _step(match["which"])) if reading.published else None


def _same(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve "the same day in 2023" and "the same period last year": the antecedent date, in another year."""
    anchor = reading.anchor(match.start())
    if anchor is None or reading.published is None:
        return None
    steps = -1
    if match["y"]:
        steps = int(match["y"]) - anchor.start.year
    elif match["last"] and anchor.start.year == reading.published.year - 1:
        return anchor
    if anchor.granularity in ("day", "time"):
        return day(_in_year(anchor.start, anchor.start.year + steps))
    return years_on(anchor, steps)


def _in_year(when: date, year: int) -> date:
    """Return the same day of another year; 28 February for a 29 February that it lacks."""
    try:
        return when.replace(year=year)
    except ValueError:
        return when.replace(year=year, day=28)


def _label(build: Callable[[int, int], Period | None]) -> Callable[[re.Match[str], Reading], Period | None]:
    """Return a resolver of "H1" or "Q3": of the stated year, else of the publication year.

    In a past clause, a period of the publication year that is not over yet gives way to that of the year before.
    """

    def resolve(match: re.Match[str], reading: Reading) -> Period | None:
        index = int(match["n"])
        if match["y"]:
            return build(_year(match["y"], reading), index)
        if reading.published is None:
            return None
        this = build(reading.published.year, index)
        has_ended = this is not None and this.end < reading.published
        if has_ended or reading.direction(match) != "past":
            return this
        return build(reading.published.year - 1, index)

    return resolve


def _fiscal_year(match: re.Match[str], reading: Reading) -> Period | None:
    return year_of(_year(match["y"], reading))


HALVES = rf"(?:[ -]?(?:of\s+)?(?:FY\s?)?{SHORT_YEAR})?(?![\w-])"
WEEKDAY_IN = tuple(f"day{joint}" for joint in (" of", " in", " this", " next", " last"))
RULES = (
    rule(
        "weekend",
        rf"(?:[Tt]he\s+)?(?P<nth>(?i:{'|'.join(NTH)}))\s+weekend\s+(?:of|in)\s+(?P<m>{MONTH})"
        rf"(?:,?\s+(?P<y>{YEAR})(?![\w%]|[.,]\d))?{OF_YEAR}",
        _nth_weekend,
        ("weekend of", "weekend in"),
        refuse.repeated,
    ),
    rule(
        "nth_weekday",
        rf"(?:[Tt]he\s+)?(?P<nth>(?i:{'|'.join(NTH)}))\s+(?P<wd>{WEEKDAY_FULL})\s+(?:of|in)\s+(?P<m>{MONTH})"
        rf"(?:,?\s+(?P<y>{YEAR})(?![\w%]|[.,]\d))?{OF_YEAR}",
        _nth_weekday,
        WEEKDAY_IN,
        refuse.repeated,
    ),
    rule(
        "nth_weekday",
        rf"(?:[Tt]he\s+)?(?P<nth>(?i:{'|'.join(NTH)}))\s+(?P<wd>{WEEKDAY_FULL})\s+(?i:(?:(?:of|in)\s+)?{WHOSE}\s+month)\b",
        _nth_weekday_of_this,
        WEEKDAY_IN,
        refuse.repeated,
    ),
    rule(
        "edge",
        rf"(?i:(?:the\s+)?(?P<edge>end|close|start|beginning|middle)\s+of\s+{WHOSE}\s+"
        r"(?P<u>week|month|quarter|decade|century|(?<!the )year))\b(?!['’]s|-)",
        _edge,
        ("end of", "close of", "start of", "beginning of", "middle of"),
        refuse.repeated,
    ),
    rule(
        "part",
        rf"(?:[Tt]he\s+)?(?P<side>(?i:first|last|final|opening|closing))\s+(?:(?P<n>(?i:{COUNT}))\s+)?"
        rf"(?P<u>day|week|month|quarter)(?P<many>s?)\s+(?P<joint>of|in)\s+"
        rf"(?:(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?|(?i:{WHOSE})\s+(?P<of>year|month|quarter)\b|(?P<only>{YEAR}))(?![\w%]|[.,]\d)",
        _part,
        ("first ", "last ", "final ", "opening ", "closing "),
        _is_part,
    ),
    rule(
        "same",
        rf"(?i:the\s+same\s+(?:day|date|week|month|quarter|period|season|time)\s+"
        rf"(?:(?:in|of)\s+(?P<y>{YEAR})(?![\w%]|[.,]\d)|(?:of\s+)?(?P<last>(?:the\s+)?(?:last|previous)\s+year)|a\s+year\s+(?:earlier|ago|before)))\b",
        _same,
        ("the same ",),
    ),
    rule("half", rf"H(?P<n>[12]){HALVES}", _label(half), ("h1", "h2")),
    rule("half", rf"(?P<n>[12])H{HALVES}", _label(half), ("1h", "2h")),
    rule("quarter", rf"(?P<n>[1-4])Q{HALVES}", _label(quarter), ("1q", "2q", "3q", "4q")),
    rule("quarter", rf"Q(?P<n>[1-4])(?=[ -]?(?:FY|['’]?\d\d)){HALVES}", _label(quarter), ("q1", "q2", "q3", "q4")),
    rule("year_span", rf"FY\s?(?P<y>{YEAR})[-–/](?P<z>{YEAR}|\d\d)(?![\w%-]|[.,]\d)", years, ("fy",), is_span_of_years),
    rule("fiscal_year", rf"FY\s?{SHORT_YEAR}(?!-)", _fiscal_year, ("fy",)),
)
