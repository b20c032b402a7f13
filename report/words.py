"""Formatting of values for people: numbers, claims, days, counts."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from extract.read.english.words import PRONOUNS

Row = dict[str, Any]

MISSING = "…"
BOUNDS = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "between": "",
}
# All other currencies are written by their code.
SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "CAD": "C$", "AUD": "A$"}
# Words before a unit's noun, and nouns whose plural does not end in -s.
ADJECTIVES = frozenset("square cubic US Canadian Australian Swiss light nautical percentage basis".split())
PLURALS = {
    "foot": "feet",
    "inch": "inches",
    "hertz": "hertz",
    "yen": "yen",
    "percent": "percent",
    "century": "centuries",
}
PERCENT = re.compile(r"%|\bper ?cent|\bpct\b", re.IGNORECASE)
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
# Shares that have no exact percentage.
FRACTIONS = {1 / 3: "a third", 2 / 3: "two-thirds"}
# If the claims of a measure have several units, values are in the SI unit; these units are used to display them.
FITTING_UNITS = {
    "second": ((31557600.0, "year"), (86400.0, "day"), (3600.0, "hour"), (60.0, "minute")),
    "metre": ((1000.0, "kilometre"),),
    "square metre": ((1e6, "square kilometre"), (1e4, "hectare")),
    "kilogram": ((1000.0, "tonne"),),
}
# Percentage points of a unit of shares and leads.
POINTS = {"ratio": 100.0, "percentage point": 1.0, "point": 1.0}
DIGIT = re.compile(r"\d")
CURRENCY = re.compile(r"[A-Z]{3}")


def number(amount: float | None) -> str:
    """Format a number with thousands separators; infinite and missing numbers as an ellipsis."""
    if amount is None or not math.isfinite(amount):
        return MISSING
    if amount and (abs(amount) >= 1e15 or abs(amount) < 1e-4):
        return f"{amount:.4g}"
    return f"{amount:,.4f}".rstrip("0").rstrip(".")


def short(amount: float | None) -> str:
    """Format a number as in a headline: millions and more by name, if no digit is lost."""
    for scale, name in SCALES:
        if amount is not None and math.isfinite(amount) and scale <= abs(amount) < 1000 * scale:
            shown = f"{amount / scale:.3f}".rstrip("0").rstrip(".")
            return f"{shown} {name}" if math.isclose(float(shown) * scale, amount, rel_tol=1e-12) else number(amount)
    return number(amount)


def value(claim: Row) -> str:
    """Format a claim's value: its bound, one end or both, and its unit. Values in words are kept: a third."""
    ends = list(dict.fromkeys(end for end in (claim["low"], claim["high"]) if end is not None and math.isfinite(end)))
    if not ends:
        return MISSING
    if words := _in_words(claim):
        return words + _per(claim)
    return f"{BOUNDS.get(claim['bound'], '')}{_measured(ends, claim)}{_per(claim)}"


def _in_words(claim: Row) -> str:
    """Return the words of a value that a number would misrepresent: dozens (which is not twelve), a third, twice."""
    said = str(claim.get("surface") or "")
    is_share = claim["unit"] == "ratio" and not DIGIT.search(said) and not PERCENT.search(said)
    is_vague = claim["high"] is None
    return said.lower().removesuffix(" of") if is_share or is_vague else ""


def amount(of: float | None, unit: str | None, currency: str | None = None, to: float | None = None) -> str:
    """Format a value in its unit (a name or a currency's code), or a range from it ``to`` another value."""
    ends = [end for end in dict.fromkeys((of, to)) if end is not None and math.isfinite(end)]
    if not ends:
        return MISSING
    if CURRENCY.fullmatch(unit or ""):
        currency = currency or unit
    factor, fitting = fitting_unit(ends[-1], unit)
    fitted = [round(end / factor, 2) for end in ends] if factor != 1 else ends
    return _measured(fitted, {"unit": fitting, "currency": currency, "surface": ""})


def fitting_unit(of: float, unit: str | None) -> tuple[float, str | None]:
    """Return the divisor that converts a value in an SI unit to a customary unit, and that unit."""
    larger = FITTING_UNITS.get(unit or "", ())
    return next(((factor, name) for factor, name in larger if abs(of) >= factor), (1.0, unit))


def _measured(ends: list[float], claim: Row) -> str:
    unit, currency = claim["unit"], claim["currency"]
    if unit == "ratio":
        return _ratio(ends, claim["surface"])
    if currency and unit != "cent":
        sign = str(SIGNS.get(currency, currency + "\u00a0"))
        return sign + _span([_cents(end) for end in ends])
    span = _span([short(end) for end in ends])
    return f"{span}\u00a0{plural(unit, ends[-1])}" if unit else span


def _span(ends: list[str]) -> str:
    """Join the ends of a range; a shared magnitude is written once: 45–60 million."""
    first, space, counted = ends[0].partition(" ")
    shared = space and len(ends) > 1 and ends[-1].endswith(space + counted)
    return "–".join([first, *ends[1:]] if shared else ends)


def _cents(of: float) -> str:
    """Format an amount of money: small fractional amounts with two decimals."""
    is_price = not float(of).is_integer() and 0.01 <= abs(of) < 1000
    return f"{of:,.2f}" if is_price and round(of, 2) == round(of, 6) else short(of)


def _ratio(ends: list[float], surface: str) -> str:
    """Format shares as percentages, and multiples as multiples, as they were written."""
    if ends[-1] > 1 and not PERCENT.search(surface) and surface:
        return "–".join(number(end) for end in ends) + " times"
    words = [name for end in ends for share, name in FRACTIONS.items() if math.isclose(end, share)]
    return "–".join(words) if len(words) == len(ends) else "–".join(_percentage(end) for end in ends) + "%"


def _percentage(share: float) -> str:
    """Format a share as a percentage with the digits that were written, or with one decimal if it never was."""
    of = share * 100
    return number(round(of, 2) if math.isclose(round(of, 2), of, rel_tol=1e-9) else round(of, 1))


def _per(claim: Row) -> str:
    return f" per {claim['per']}" if claim.get("per") else ""


def plural(unit: str, of: float) -> str:
    """Return the form of a unit's singular English name for a number: 2 kilometres per hour, 3 years of age."""
    if of == 1:
        return unit
    head, space, rest = unit.partition(" ")
    if head in ADJECTIVES and rest:
        return f"{head} {plural(rest, of)}"
    return PLURALS.get(head, head if head.endswith("s") else head + "s") + space + rest


def speaker(claim: Row) -> str | None:
    """Return the speaker of a claim, by name if known; None for the outlet itself."""
    said_by = claim.get("speaker") or claim["said_by_name"] or claim["said_by"]
    if said_by and said_by.lower() in PRONOUNS:
        return f"not clear who (\u201c{said_by}\u201d)"
    return str(said_by) if said_by else None


def percent(share: float | None) -> str:
    """Format a share of one as a signed percentage; a large one as a multiple."""
    if share is None or not math.isfinite(share):
        return ""
    return f"×{share + 1:,.0f}" if share >= 10 else f"{share:+,.0%}".replace("-", "\u2212")


def moved_by(first: float, last: float, unit: str | None, *, is_signed: bool = True) -> str:
    """Format the difference of two values: of shares and leads in points, of others as a share of the first."""
    if unit in POINTS:
        points = round((last - first) * POINTS[unit], 1)
        return f"{points:{'+' if is_signed else ''},g}".replace("-", "\u2212") + "\u00a0" + plural("point", abs(points))
    moved = percent((last - first) / abs(first)) if first else ""
    return moved if is_signed else moved.removeprefix("+")


def moment(at: datetime | date | None) -> str:
    """Format a time to the minute (UTC), or a day: 24 Nov 2024."""
    if at is None:
        return ""
    day = f"{at.day}\u00a0{at:%b}\u00a0{at.year}"
    return f"{day}, {at:%H:%M}\u00a0UTC" if isinstance(at, datetime) else day


def days(start: date | None, end: date | None) -> str:
    """Format the days from ``start`` to ``end``; a whole year or month by its name, a single day as a day."""
    if start is None or end is None or start == end:
        return moment(start or end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day >= 28:
        return f"{start:%B}\u00a0{start.year}"
    return f"{moment(start)} to {moment(end)}"


def count(how_many: int, noun: str, nouns: str | None = None) -> str:
    """Format a count with its noun: 1 article, 2,000 articles."""
    return f"{how_many:,}\u00a0{noun if how_many == 1 else nouns or noun + 's'}"
