"""Periods of whole days with the ISO 8601 / TimeML value that denotes them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from extract.types import Granularity

# First month of each meteorological season of the northern hemisphere.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included, and their TimeML value."""

    value: str
    start: date
    end: date
    granularity: Granularity


def day(when: date) -> Period:
    """Return a period of one day."""
    return Period(when.isoformat(), when, when, "day")


def day_of(year: int, month: int, number: int) -> Period | None:
    """Return the day with this number, or ``None`` where the calendar has no such day."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def week(when: date) -> Period | None:
    """Return the ISO week (Monday to Sunday) that contains a day; None at the calendar's limits."""
    iso = when.isocalendar()
    monday = _shift(when, -when.weekday())
    sunday = _shift(when, 6 - when.weekday())
    if monday is None or sunday is None:
        return None
    return Period(f"{iso.year:04d}-W{iso.week:02d}", monday, sunday, "week")


def weekend(when: date) -> Period | None:
    """Return Saturday and Sunday of the ISO week that contains a day; None at the calendar's limits."""
    whole = week(when)
    if whole is None:
        return None
    return Period(f"{whole.value}-WE", whole.end - timedelta(days=1), whole.end, "weekend")


def month(year: int, number: int) -> Period | None:
    """Return a calendar month; ``number`` may overflow the year either way. None at the calendar's limits."""
    year, index = divmod(year * 12 + number - 1, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    last = monthrange(year, index + 1)[1]
    return Period(f"{year:04d}-{index + 1:02d}", date(year, index + 1, 1), date(year, index + 1, last), "month")


def quarter(year: int, number: int) -> Period | None:
    """Return a calendar quarter; ``number`` may overflow the year either way. None at the calendar's limits."""
    year, index = divmod(year * 4 + number - 1, 4)
    return _months(f"{year:04d}-Q{index + 1}", year, index * 3 + 1, 3, "quarter")


def half(year: int, number: int) -> Period | None:
    """Return the first or second half (``number`` 1 or 2) of a calendar year; None at the calendar's limits."""
    return _months(f"{year:04d}-H{number}", year, number * 6 - 5, 6, "half")


def season(year: int, code: str) -> Period | None:
    """Return a season of the year in which it begins; winter ends in the following February."""
    return _months(f"{year:04d}-{code}", year, SEASON_MONTHS[code], 3, "season")


def year_of(year: int) -> Period | None:
    """Return a calendar year; None at the calendar's limits."""
    return _years(f"{year:04d}", year, 1, "year")


def decade(first: int) -> Period | None:
    """Return the ten years from ``first``: 1990 gives ``199X``."""
    return _years(f"{first // 10:03d}X", first, 10, "decade")


def century(first: int) -> Period | None:
    """Return the hundred years from ``first``: 1900 gives ``19XX``, the 20th century as news uses the term."""
    return _years(f"{first // 100:02d}XX", first, 100, "century")


def between(first: Period, last: Period) -> Period:
    """Return the period from the first day of the one to the last day of the other, in either order."""
    if last.end < first.start:
        first, last = last, first
    return Period(f"{first.value}/{last.value}", first.start, last.end, first.granularity)


def at_time(whole: Period, clock: str) -> Period:
    """Return a day with a time of day (``22:30``); other periods are returned unchanged."""
    if whole.granularity != "day":
        return whole
    return replace(whole, value=f"{whole.value}T{clock}", granularity="time")


def shifted(whole: Period, steps: int) -> Period | None:
    """Return the day, week, weekend, month or quarter ``steps`` later; the year for any other period.

    Return None at the calendar's limits.
    """
    start = whole.start
    if whole.granularity in ("day", "time"):
        moved = _shift(start, steps)
        return day(moved) if moved else None
    if whole.granularity in ("week", "weekend"):
        moved = _shift(start, 7 * steps)
        return (week if whole.granularity == "week" else weekend)(moved) if moved else None
    if whole.granularity == "month":
        return month(start.year, start.month + steps)
    if whole.granularity == "quarter":
        return quarter(start.year, (start.month + 2) // 3 + steps)
    return year_of(start.year + steps)


def years_on(whole: Period, years: int) -> Period | None:
    """Return the same months of another year: the sense of "a year earlier" for a month, a quarter or a stretch."""
    first = month(whole.start.year + years, whole.start.month)
    last = month(whole.end.year + years, whole.end.month)
    if first is None or last is None:
        return None
    year, ending = f"{whole.start.year:04d}", whole.value[4:]
    if whole.value[:4] == year and "/" not in whole.value:
        value = f"{first.start.year:04d}{ending}"
    else:
        value = f"{first.value}/{last.value}"
    return Period(value, first.start, last.end, whole.granularity)


def _shift(when: date, days: int) -> date | None:
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return None


def _months(value: str, year: int, first: int, count: int, granularity: Granularity) -> Period | None:
    start, end = month(year, first), month(year, first + count - 1)
    return Period(value, start.start, end.end, granularity) if start and end else None


def _years(value: str, first: int, count: int, granularity: Granularity) -> Period | None:
    if not first >= MINYEAR or first + count - 1 > MAXYEAR:
        return None
    return Period(value, date(first, 1, 1), date(first + count - 1, 12, 31), granularity)
