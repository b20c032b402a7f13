"""How values are written for people: numbers, claims, days, counts."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

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
# Signs that stand for one currency only; all others are written by their code.
SIGNS = {"USD": "US$", "GBP": "£", "EUR": "€", "CAD": "C$", "AUD": "A$"}
# What stands before a unit's noun, and nouns whose plural is no -s.
ADJECTIVES = frozenset("square cubic US Canadian Australian Swiss light nautical percentage basis".split())
PLURALS = {"foot": "feet", "inch": "inches", "hertz": "hertz", "yen": "yen", "century": "centuries"}
PERCENT = re.compile(r"%|\bper ?cent|\bpct\b", re.IGNORECASE)
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def number(amount: float | None) -> str:
    """Write a number with thousands separated; infinite and missing ones as an ellipsis."""
    if amount is None or not math.isfinite(amount):
        return MISSING
    if amount and (abs(amount) >= 1e15 or abs(amount) < 1e-4):
        return f"{amount:.4g}"
    return f"{amount:,.4f}".rstrip("0").rstrip(".")


def short(amount: float | None) -> str:
    """Write a number as a headline would: millions and more by name, where that loses no digit."""
    for scale, name in SCALES:
        if amount is not None and math.isfinite(amount) and scale <= abs(amount) < 1000 * scale:
            shown = f"{amount / scale:.3f}".rstrip("0").rstrip(".")
            return f"{shown} {name}" if math.isclose(float(shown) * scale, amount, rel_tol=1e-12) else number(amount)
    return number(amount)


def value(claim: Row) -> str:
    """Write a claim's value: its bound, one end or both, and its unit."""
    ends = [end for end in (claim["low"], claim["high"]) if end is not None and math.isfinite(end)]
    if len(ends) == 1 and claim["high"] is None and claim.get("surface"):
        # Dozens, tens of thousands: nobody said twelve.
        return str(claim["surface"]).lower().removesuffix(" of")
    ends = list(dict.fromkeys(ends))
    return f"{BOUNDS.get(claim['bound'], '')}{_measured(ends, claim)}{_per(claim)}" if ends else MISSING


def amount(of: float | None, unit: str | None) -> str:
    """Write one value of a measure in its unit (a unit's name or a currency's code)."""
    if of is None or not math.isfinite(of):
        return MISSING
    is_money = unit is not None and len(unit) == 3 and unit.isupper()
    return _measured([of], {"unit": unit, "currency": unit if is_money else None, "surface": ""})


def _measured(ends: list[float], claim: Row) -> str:
    unit, currency = claim["unit"], claim["currency"]
    if unit == "ratio":
        return _ratio(ends, claim["surface"])
    if currency and unit != "cent":
        sign = SIGNS.get(currency, currency + "\u00a0")
        return "–".join(f"{sign}{_cents(end)}" for end in ends)
    span = "–".join(short(end) for end in ends)
    return f"{span}\u00a0{plural(unit, ends[-1])}" if unit else span


def _cents(of: float) -> str:
    """Write an amount of money: small ones that are not whole with two decimals, as on a price tag."""
    is_price = not float(of).is_integer() and 0.01 <= abs(of) < 1000
    return f"{of:,.2f}" if is_price and round(of, 2) == round(of, 6) else short(of)


def _ratio(ends: list[float], surface: str) -> str:
    """Write shares as percentages, and what was said as a multiple as one."""
    if ends[-1] > 1 and not PERCENT.search(surface) and surface:
        return "–".join(number(end) for end in ends) + " times"
    # A third is 33.3%; what was said as a percentage keeps its digits.
    digits = 4 if PERCENT.search(surface) or not surface else 1
    return "–".join(number(round(end * 100, digits)) for end in ends) + "%"


def _per(claim: Row) -> str:
    return f" per {claim['per']}" if claim.get("per") else ""


def plural(unit: str, of: float) -> str:
    """Write a unit's singular English name as goes with a number: 2 kilometres per hour, 3 years of age."""
    if of == 1:
        return unit
    head, space, rest = unit.partition(" ")
    if head in ADJECTIVES and rest:
        return f"{head} {plural(rest, of)}"
    return PLURALS.get(head, head if head.endswith("s") else head + "s") + space + rest


def percent(share: float | None) -> str:
    """Write a share of one as a signed percentage; large ones as a multiple."""
    if share is None or not math.isfinite(share):
        return ""
    return f"×{share + 1:,.0f}" if share >= 10 else f"{share:+,.0%}".replace("-", "\u2212")


def moment(at: datetime | date | None) -> str:
    """Write a time to the minute (UTC), or a day: 24 Nov 2024."""
    if at is None:
        return ""
    day = f"{at.day}\u00a0{at:%b}\u00a0{at.year}"
    return f"{day}, {at:%H:%M}\u00a0UTC" if isinstance(at, datetime) else day


def days(start: date | None, end: date | None) -> str:
    """Write the days from ``start`` to ``end``: a whole year or month by its name, a day as itself."""
    if start is None or end is None or start == end:
        return moment(start or end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day >= 28:
        return f"{start:%B}\u00a0{start.year}"
    return f"{moment(start)} to {moment(end)}"


def count(how_many: int, noun: str, nouns: str | None = None) -> str:
    """Write how many there are of something: 1 article, 2,000 articles."""
    return f"{how_many:,}\u00a0{noun if how_many == 1 else nouns or noun + 's'}"
