"""Rules for seasons, quarters, halves and holidays, which recur yearly: ``last summer``, ``Q3``, ``next Easter``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from extract.read.english.dates import refuse
from extract.read.english.dates.holidays import HOLIDAY_WORDS, HOLIDAYS, holiday
from extract.read.english.dates.periods import SEASON_MONTHS, Period, day, half, quarter, season
from extract.read.english.dates.reading import Reading, rule
from extract.read.english.dates.words import SEASON, SEASONS, YEAR
from extract.types import TimeDirection

QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}


def _which(match: re.Match[str]) -> str:
    """Return the modifier of a match ("last", "this past", "next", "this coming", "this"), or the empty string."""
    return " ".join((match["which"] or "").lower().split())


def _season(match: re.Match[str], reading: Reading) -> Period | None:
    code = SEASONS[match["s"].lower()]
    if match["y"]:
        return season(int(match["y"]) - (code == "WI" and bool(match["early"])), code)
    today, which = reading.published, _which(match)
    if today is None:
        return None
    if not which:
        return reading.choose(match, lambda year: season(year, code))
    return _chosen_season(today, which, code)


def _chosen_season(today: date, which: str, code: str) -> Period | None:
    """Resolve "last summer" and "next summer"; "this summer" is past in October, and ahead in April."""
    begun = today.year if today.month >= SEASON_MONTHS[code] else today.year - 1
    current = season(begun, code)
    if current is None:
        return None
    is_over = current.end < today
    if which in ("last", "this past"):
        return current if is_over else season(begun - 1, code)
    if which in ("next", "this coming"):
        return season(begun + 1, code)
    return season(today.year, code) if is_over else current


def _years_on(words: str) -> int:
    """Return the offset in years of "last year" (-1), "this year" (0) and "next year" (1)."""
    return -1 if "last" in words else 1 if "next" in words else 0


def _quarter(match: re.Match[str], reading: Reading) -> Period | None:
    index = QUARTERS.get((match["q"] or "").lower()) or int(re.sub(r"\D", "", match["q"]))
    named = match["y"] or match["y2"]
    if named:
        return quarter(int(named), index)
    today = reading.published
    if today is None:
        return None
    owner = (match["owner"] or match["of"] or "").lower()
    if owner:
        return quarter(today.year + _years_on(owner), index)
    return _nearest_quarter(match, reading, today, index)


def _nearest_quarter(match: re.Match[str], reading: Reading, today: date, index: int) -> Period | None:
    """Return the quarter that has begun last, or the next one in a clause that looks ahead."""
    if reading.direction(match) == "future":
        return reading.choose(match, lambda year: quarter(year, index))
    this = quarter(today.year, index)
    return this if this is None or this.start <= today else quarter(today.year - 1, index)


def _half(match: re.Match[str], reading: Reading) -> Period | None:
    index = 1 if match["h"].lower() in ("first", "1") else 2
    if match["y"]:
        return half(int(match["y"]), index)
    today = reading.published
    if today is None:
        return None
    if match["of"]:
        return half(today.year + _years_on(match["of"].lower()), index)
    if reading.direction(match) == "future":
        return reading.choose(match, lambda year: half(year, index))
    this = half(today.year, index)
    return this if this is None or this.end < today else half(today.year - 1, index)  # reported once it is over


def _holiday(match: re.Match[str], reading: Reading) -> Period | None:
    name = re.sub(r"\s+", " ", match["name"])

    def build(year: int) -> Period | None:
        found = holiday(name, year)
        return day(found) if found else None

    if match["y"]:
        return build(int(match["y"]))
    return _chosen_day(match, reading, build)


def _chosen_day(match: re.Match[str], reading: Reading, build: Callable[[int], Period | None]) -> Period | None:
    """Return the occurrence that is meant among those of last, this and next year; ``build`` makes one of a year."""
    today, which = reading.published, _which(match)
    if today is None:
        return None
    if which == "this":
        return build(today.year)
    candidates = [period for step in (-1, 0, 1) if (period := build(today.year + step))]
    if not which:
        return reading.nearest(candidates, reading.direction(match))
    side: TimeDirection = "past" if which == "last" else "future"
    return reading.nearest([p for p in candidates if (p.end < today if which == "last" else p.start > today)], side)


def _is_within_name(match: re.Match[str]) -> bool:
    """Return whether a holiday is part of a name ("the Pine Easter Fair"; not "on the Atlantic last Easter")."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    return not (match["which"] or match["y"]) and re.search(r"[a-z.,] [A-Z][a-z]+ $", before) is not None


RULES = (
    rule(
        "season",
        rf"(?:(?P<lean>(?i:early|late|mid)[ -](?:in\s+)?)?"
        rf"(?:(?P<which>(?i:last|this|next|this\s+past|this\s+coming))\s+(?:(?P<early>(?i:early)|(?i:late))\s+)?)?"
        rf"(?:(?i:the)\s+(?:(?i:early|late)\s+)?)?(?P<s>(?i:{SEASON})))\b"
        rf"(?!-|\s+(?i:Olympics|Games|Paralympics|of\s+(?!\d)\w))(?:\s+(?:(?i:of)\s+)?(?P<y>{YEAR})(?!\w))?",
        _season,
        tuple(SEASON.split("|")),
        accepts=refuse.season,
    ),
    rule(
        "quarter",
        rf"(?i:(?:(?P<owner>(?:this|last|next)\s+year['’]s)\s+|the\s+)?(?:(?P<y2>{YEAR})\s+)?"
        r"(?:fiscal[- ])?(?P<q>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))[- ]"
        r"(?:fiscal[- ])?quarter)\b(?![- ]?(?:final|century|back))"
        rf"(?:\s+(?:of\s+)?(?:(?:(?:(?:its|their|our|the)\s+)?(?:fiscal|financial)\s+(?:year\s+)?)?(?P<y>{YEAR})\b|"
        r"(?P<of>(?:this|last|next|the)\s+year)\b))?",
        _quarter,
        ("quarter",),
        lambda match: (
            not re.search(r"\bin the (?:third|fourth|final)\s*$", match.string[: match.end()])
            and refuse.game_quarter(match)
        ),
    ),
    rule(
        "quarter",
        rf"(?:Q(?P<q>[1-4])(?:\s+(?:of\s+)?(?:(?P<y>{YEAR})\b|(?P<of>(?:this|last|next|the)\s+year)\b))?(?P<owner>)(?P<y2>)|(?!))\b",
        _quarter,
        ("q1", "q2", "q3", "q4"),
    ),
    rule(
        "half",
        rf"(?i:(?:the\s+)?(?:fiscal[- ])?(?P<h>first|second|last|latter)(?:\s+|-)half"
        rf"(?:\s+of\s+(?:(?:the|its|their|our)\s+)?(?:(?:fiscal|financial)\s+(?:year\s+)?)?"
        rf"(?:(?P<y>{YEAR})\b|(?P<of>(?:this|last|next|the)\s+year)\b)|\b(?!\s+of\b|-|\s+(?:time|century|dozen))))",
        _half,
        (" half", "-half"),
        lambda match: bool(match["y"] or match["of"]) or refuse.game_half(match),
    ),
    rule(
        "holiday",
        rf"(?:(?P<which>(?i:last|this|next))\s+)?(?:[Tt]he\s+)?(?P<name>(?i:{HOLIDAY_WORDS}))\b(?:,?\s+(?P<y>{YEAR})(?!\w))?(?!\s+(?:Island|tree|card|presents?|gifts?|party|parties|shopping|season|eggs?|bunny|sales?|costumes?|carols?))",
        _holiday,
        tuple({max((word.split("'")[0] for word in name.split()), key=len): None for name in HOLIDAYS}),
        lambda match: match["name"][0].isupper() and not _is_within_name(match),
    ),
)
