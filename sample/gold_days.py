"""The days of a gold file's dates: what the form of a value tells, and its first and last day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from extract.types import Granularity


class GoldError(ValueError):
    """An article or gold file that does not follow its format; says which file, which row, and why."""


_FORMS: tuple[tuple[str, Granularity], ...] = (
    (r"\d{4}-\d\d-\d\dT.+", "time"),
    (r"\d{4}-\d\d-\d\d", "day"),
    (r"\d{4}-W\d\d", "week"),
    (r"\d{4}-W\d\d-WE", "weekend"),
    (r"\d{4}-\d\d", "month"),
    (r"\d{4}-Q[1-4]", "quarter"),
    (r"\d{4}-H[12]", "half"),
    (r"\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"\d{4}", "year"),
    (r"\d{3}X?", "decade"),
    (r"\d{2}(?:XX)?", "century"),
)
_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def granularity_of(value: str) -> Granularity:
    """The granularity that the form of a date's ``value`` tells; ``GoldError`` for an unknown form."""
    for form, granularity in _FORMS:
        if re.fullmatch(form, value):
            return granularity
    raise GoldError(f"{value!r} is no date value")


def days_of(value: str, where: str = "date") -> tuple[date, date]:
    """The first and last day of a date's ``value``, or of two values joined by ``/``."""
    first, _, last = value.partition("/")
    if last:
        return days_of(first, where)[0], days_of(last, where)[1]
    try:
        return _days_of(value, granularity_of(value))
    except (GoldError, ValueError) as error:
        raise GoldError(f"{where}: {error}") from error


def _days_of(value: str, granularity: Granularity) -> tuple[date, date]:
    year = int(value[:4]) if value[:4].isdigit() else 0
    match granularity:
        case "time" | "day":
            return date.fromisoformat(value[:10]), date.fromisoformat(value[:10])
        case "week" | "weekend":
            monday = date.fromisocalendar(year, int(value[6:8]), 1)
            return monday + timedelta(days=0 if granularity == "week" else 5), monday + timedelta(days=6)
        case "month":
            return _months(year, int(value[5:7]), 1)
        case "quarter":
            return _months(year, 3 * int(value[-1]) - 2, 3)
        case "half":
            return _months(year, 6 * int(value[-1]) - 5, 6)
        case "season":
            return _months(year, _FIRST_MONTH[value[-2:]], 3)
        case "year":
            return _months(year, 1, 12)
        case "decade":
            return date(int(value[:3]) * 10, 1, 1), date(int(value[:3]) * 10 + 9, 12, 31)
        case _:
            return date(int(value[:2]) * 100, 1, 1), date(int(value[:2]) * 100 + 99, 12, 31)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
