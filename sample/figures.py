"""Figures of generated articles: how a number is worded, and what the words then say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from extract.types import Bound

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
SMALL = dict(enumerate(_WORDS.split()))

BOUND_WORDS: tuple[tuple[Bound, tuple[str, ...], int], ...] = (
    ("exact", ("",), 55),
    ("about", ("about ", "some ", "roughly ", "around "), 15),
    ("more_than", ("more than ", "over "), 10),
    ("at_least", ("at least ",), 7),
    ("at_most", ("up to ", "as many as ", "no more than "), 4),
    ("less_than", ("fewer than ", "less than "), 3),
    ("between", ("between {} and {}", "{} to {}"), 6),
)
# What a unit's words stand for: unit as docs/rows.md writes it, and the factor of one.
UNITS: dict[str, tuple[str, float]] = {
    "percent": ("ratio", 0.01),
    "percentage points": ("percentage point", 1),
    "euros": ("euro", 1),
    "million euros": ("euro", 1e6),
    "billion euros": ("euro", 1e9),
    "dollars": ("US dollar", 1),
    "million dollars": ("US dollar", 1e6),
    "kilometres per hour": ("kilometre per hour", 1),
    "square kilometres": ("square kilometre", 1),
    "degrees Celsius": ("degree Celsius", 1),
    "years in prison": ("year", 1),
}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure as a sentence states it, by the conventions of docs/rows.md (``low`` and ``high`` in ``unit``)."""

    sentence: str
    surface: str
    name: str
    low: float
    high: float
    bound: Bound
    unit: str | None
    thing: str | None


def state_figure(rng: Random, name: str, value: float, thing: str, unit: str) -> StatedFigure:
    """Word ``value`` (in the unit's words) with a bound; ``sentence`` is left empty."""
    bound, words, _ = rng.choices(BOUND_WORDS, [weight for *_, weight in BOUND_WORDS])[0]
    wording = rng.choice(words)
    low = high = _rounded(value, 2 if bound != "exact" else 3)
    if bound == "between":
        high = _rounded(value * rng.uniform(1.1, 1.6), 2)
        if high <= low:
            high = low + 1
    if bound in ("more_than", "less_than", "at_most"):
        wording = _agreeing(wording, bool(thing))
    number = (
        wording.format(_digits(low), _digits(high)) if bound == "between" else wording + _number(rng, low, unit, bound)
    )
    named, factor = UNITS.get(unit, (_singular(unit), 1.0))
    words_of = unit or thing
    return StatedFigure(
        sentence="",
        surface=f"{number} {words_of}",
        name=name,
        low=round(low * factor, 9),
        high=round(high * factor, 9),
        bound=bound,
        unit=named if unit else None,
        thing=thing or None,
    )


def true_value(rng: Random, low: float, high: float) -> float:
    """A hidden figure between the ends, small ones as likely as large ones."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def _agreeing(wording: str, is_count: bool) -> str:
    if is_count:
        return wording.replace("less than", "fewer than")
    return {"fewer than ": "less than ", "as many as ": "as much as "}.get(wording, wording)


def _rounded(value: float, digits: int) -> float:
    if value < 10:
        return float(max(2, round(value)))
    place = digits - 1 - math.floor(math.log10(value))
    return float(round(value, min(place, 0)))


def _digits(value: float) -> str:
    return f"{value:,.0f}"


def _number(rng: Random, value: float, unit: str, bound: Bound) -> str:
    if value <= 12 and not unit and rng.random() < 0.7:
        return SMALL[int(value)]
    return _digits(value)


def _singular(unit: str) -> str:
    return unit.removesuffix("s")
