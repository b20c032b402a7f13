"""Rules for dates relative to publication or to an antecedent date: ``Friday``, ``last week``, ``a year earlier``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from extract.calendar import WEEKDAY_NAMES
from extract.read.english.dates import refuse
from extract.read.english.dates.holidays import HOLIDAY_WORDS, holiday
from extract.read.english.dates.periods import (
    Period,
    century,
    day,
    day_of,
    decade,
    month,
    quarter,
    shifted,
    week,
    weekend,
    year_of,
    years_on,
)
from extract.read.english.dates.reading import Reading, rule
from extract.read.english.dates.words import COUNT, PART_OF_DAY, WEEKDAY_FULL, number, weekday_number
from extract.types import TimeDirection

LEAN = r"(?:(?:early|late|earlier|later|sometime)(?:\s+in)?\s+)?"
UNIT = r"(?P<u>day|week|month|quarter|year|decade|century)"
APPROXIMATELY = (
    r"(?:(?:almost|nearly|about|around|approximately|roughly|more than|less than|just over|just under|over|some|"
    r"exactly|barely|only)\s+)?"
)
WEEKDAY_GATE = tuple(name.lower() for name in WEEKDAY_NAMES)
# "That day" can refer to a day, not to a year: the most days that the antecedent may span.
# The first of two such units, and the most characters from it to the second one, which has no noun.
NAMED_UNIT = re.compile(r"(?i)\b(?:this|last|next)\s+(?P<u>week|month|quarter|year)\b(?!.*[.;:\n]\s)(?!['’])")
ELLIPSIS = 80
STEPS = {"last": -1, "this": 0, "next": 1}
LONGEST_ANCHOR = {"day": 3, "week": 7, "month": 31, "year": 366}


def unit_of(when: date, unit: str) -> Period | None:
    """Return the day, week, month, quarter, year, decade or century that contains a day; KeyError for other units."""
    made: dict[str, Callable[[], Period | None]] = {
        "day": lambda: day(when),
        "week": lambda: week(when),
        "month": lambda: month(when.year, when.month),
        "quarter": lambda: quarter(when.year, (when.month + 2) // 3),
        "year": lambda: year_of(when.year),
        "decade": lambda: decade(when.year // 10 * 10),
        "century": lambda: century(when.year // 100 * 100),
    }
    return made[unit]()


def moved(when: date, unit: str, steps: int) -> Period | None:
    """Return the unit (day, week …) ``steps`` after the one that contains ``when``; None at the calendar's limits."""
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return (decade if unit == "decade" else century)((when.year // size + steps) * size)
    whole = unit_of(when, unit)
    return shifted(whole, steps) if whole else None


def _days_from_now(match: re.Match[str], reading: Reading) -> Period | None:
    word = " ".join(match["word"].lower().split())
    steps = {"yesterday": -1, "last night": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
    step = next((n for name, n in sorted(steps.items(), key=lambda x: -len(x[0])) if name in word), 0)
    return moved(reading.published, "day", step) if reading.published else None


def _weekday(match: re.Match[str], reading: Reading) -> Period | None:
    wanted = weekday_number(match["wd"])
    which = " ".join((match["which"] or "").lower().split())
    today = reading.published
    if today is None:
        return None
    if match["of"]:
        return day(today + timedelta(days=wanted - today.weekday() + 7 * STEPS[match["of"].lower()]))
    if which in ("last", "the previous", "this past", "past"):
        behind = (today.weekday() - wanted) % 7  # nobody calls yesterday "last Tuesday"
        return day(today - timedelta(days=behind if behind > 1 else behind + 7))
    return _weekday_ahead(wanted, which, today, reading, reading.direction(match))


def _weekday_ahead(
    wanted: int, which: str, today: date, reading: Reading, direction: TimeDirection | None
) -> Period | None:
    """Resolve a bare "Friday" by the clause's direction, and "this Friday" and "next Friday"."""
    if not which or (which == "this" and direction == "past"):
        found = reading.weekday(wanted, direction)
        return day(found) if found else None
    return day(today + timedelta(days=(wanted - today.weekday()) % 7 or (0 if which == "this" else 7)))


def _unit(match: re.Match[str], reading: Reading) -> Period | None:
    if reading.published is None:
        return None
    which, unit = " ".join(match["which"].lower().split()), match["u"].lower()
    steps = {"last": -1, "this past": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "this coming": 1}
    return moved(reading.published, unit, steps.get(which, 0))


def _this_period(match: re.Match[str], reading: Reading) -> Period | None:
    return unit_of(reading.published, match["u"].lower()) if reading.published else None


def _elliptic(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve the second year, month, week or quarter of "1.1% this year and 1.6% next"."""
    named = NAMED_UNIT.search(match.string, max(0, match.start() - ELLIPSIS), match.start())
    if reading.published is None or named is None:
        return None
    return moved(reading.published, named["u"].lower(), STEPS[match["which"].lower()])


def _year_end(match: re.Match[str], reading: Reading) -> Period | None:
    return day_of(reading.published.year, 12, 31) if reading.published else None


def _weekend(match: re.Match[str], reading: Reading) -> Period | None:
    today = reading.published
    if today is None:
        return None
    which = " ".join((match["which"] or "").lower().split())
    this = weekend(today)
    if this is None:
        return None
    return shifted(this, _weekends_on(which, today >= this.start, reading.direction(match)))


def _weekends_on(which: str, has_begun: bool, direction: TimeDirection | None) -> int:
    """Return the offset in weekends, from this week's, of "last weekend", "next weekend" or "the weekend"."""
    if which in ("last", "this past"):
        return -1
    if which == "next" or (which == "this coming" and has_begun):
        return 1
    return 0 if which in ("this", "this coming") or has_begun or direction == "future" else -1


def _ago(match: re.Match[str], reading: Reading) -> Period | None:
    count = number(match["n"])
    if reading.published is None or count is None:
        return None
    ahead = match["where"].lower() in ("from now", "from today", "hence")
    return _counted(reading.published, count if ahead else -count, match)


def _counted(base: date, steps: int, match: re.Match[str]) -> Period | None:
    unit = match["u"].lower()
    if unit == "fortnight":
        return moved(base, "week", 2 * steps)
    if unit == "decade":
        return moved(base, "year", 10 * steps)
    if match["half"] and unit == "year":
        return moved(base, "month", 12 * steps + (6 if steps > 0 else -6))
    return moved(base, unit, steps)


def _earlier(match: re.Match[str], reading: Reading) -> Period | None:
    count = number(match["n"])
    anchor = reading.anchor(match.start())
    base = anchor.start if anchor else reading.published
    if base is None or count is None:
        return None
    steps = count if match["where"].lower() == "later" else -count
    if steps > 0 and anchor is None:
        return None
    if anchor and match["u"].lower() == "year" and anchor.granularity in ("month", "quarter", "half"):
        return years_on(anchor, steps)
    return _counted(base, steps, match)


def _from_named_day(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve "two days after Christmas", from the occurrence of the holiday nearest to publication."""
    count, today = number(match["n"]), reading.published
    if count is None or today is None:
        return None
    made = [holiday(match["name"], today.year + step) for step in (-1, 0, 1)]
    candidates = [period for found in made if found and (period := day(found))]
    base = reading.nearest(candidates, reading.direction(match))
    return _counted(base.start, count if match["where"].lower() == "after" else -count, match) if base else None


def _weekday_week(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve "a week on Monday" and "Monday week": one week after the next such weekday."""
    today = reading.published
    if today is None:
        return None
    weeks = 2 if (match["n"] or "").lower() == "fortnight" else 1
    ahead = (weekday_number(match["wd"] or match["wd2"]) - today.weekday()) % 7 or 7
    return day(today + timedelta(days=ahead + 7 * weeks))


def _anaphor(match: re.Match[str], reading: Reading) -> Period | None:
    anchor = reading.anchor(match.start())
    if anchor is None:
        return None
    which, unit = match["which"].lower(), match["u"].lower()
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    if (anchor.end - anchor.start).days > LONGEST_ANCHOR[unit]:
        return None
    steps = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(which, 0)
    return moved(anchor.end if steps > 0 else anchor.start, unit, steps)


def _day_after(match: re.Match[str], reading: Reading) -> Period | None:
    anchor = reading.anchor(match.start())
    if anchor is None:
        return None
    if (anchor.end - anchor.start).days > LONGEST_ANCHOR[match["u"].lower()]:
        return None
    after = match["side"].lower() == "after"
    return moved(anchor.end if after else anchor.start, match["u"].lower(), 1 if after else -1)


def _september_11(match: re.Match[str], reading: Reading) -> Period | None:
    return day_of(2001, 9, 11)


def _ordinal_day(match: re.Match[str], reading: Reading) -> Period | None:
    index = int(re.sub(r"\D", "", match["d"]))
    today = reading.published
    if today is None:
        return None
    made = [month(today.year, today.month + step) for step in (-1, 0, 1)]
    candidates = [day_of(m.start.year, m.start.month, index) for m in made if m]
    return reading.nearest([p for p in candidates if p], reading.direction(match))


RULES = (
    rule(
        "deictic_day",
        rf"(?i:(?P<word>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow"
        rf"|(?:early\s+|late\s+|earlier\s+|later\s+)?(?:yesterday|today|tomorrow)(?:\s+{PART_OF_DAY})?"
        rf"|(?:late\s+|earlier\s+|early\s+|later\s+)?(?:tonight|last\s+night|this\s+(?:morning|afternoon|evening))))\b(?!\s+(?:Show|USA))",
        _days_from_now,
        ("yesterday", "today", "tomorrow", "tonight", "night", "this "),
        refuse.today,
    ),
    rule(
        "weekday",
        rf"(?:(?i:early)\s+)?(?:(?P<which>(?i:last|this\s+past|this\s+coming|this|next|the\s+previous|past))\s+)?(?P<wd>{WEEKDAY_FULL})(?:\s+{PART_OF_DAY}\b)?"
        r"(?:,?\s+(?:of\s+)?(?P<of>(?i:last|this|next))\s+week\b(?!['’]s))?",
        _weekday,
        WEEKDAY_GATE,
        refuse.weekday,
    ),
    rule(
        "relative_unit",
        rf"(?i:{LEAN}(?<!the )(?P<which>last|this\s+past|this\s+coming|next|this|(?:the\s+)?current|coming)\s+"
        rf"(?:(?:fiscal|calendar|financial|school)\s+)?{UNIT})(?!\w|-(?:old|long))",
        _unit,
        ("week", "month", "quarter", "year", "decade", "century"),
        lambda match: not re.search(r"\bthe\s+$", match.string[max(0, match.start() - 5) : match.start()], re.I),
    ),
    rule(
        "relative_unit",
        r"(?:the\s+)?(?P<which>next|this|last)(?=\s*(?:[.,;:)\n]|$)|\s+and\b)",
        _elliptic,
        (" next", " this", " last"),
        lambda match: NAMED_UNIT.search(match.string, max(0, match.start() - ELLIPSIS), match.start()) is not None,
    ),
    rule(
        "part_of_period",
        r"(?i:(?:early|late|earlier|later)\s+in\s+the\s+(?P<u>week|month|year|decade))\b",
        _this_period,
        (" in the ",),
    ),
    rule(
        "year_end",
        r"(?i:the\s+end\s+of\s+the\s+year|year[’']s\s+end|year[- ]end)\b",
        _year_end,
        ("year",),
    ),
    rule(
        "weekend",
        r"(?i:(?:(?P<which>last|this\s+past|this\s+coming|this|next|the)\s+)weekend)\b(?!s)",
        _weekend,
        ("weekend",),
    ),
    rule(
        "ago",
        rf"(?i:{APPROXIMATELY}(?P<n>{COUNT})\s+(?P<u>day|week|fortnight|month|year|decade)s?(?P<half>\s+and\s+a\s+half)?\s+(?P<where>ago|back|from\s+now|from\s+today|hence))\b",
        _ago,
        (" ago", " back", "from now", "from today", "hence"),
        lambda match: number(match["n"]) is not None,
    ),
    rule(
        "counted_from_before",
        rf"(?i:{APPROXIMATELY}(?P<n>{COUNT})\s+(?P<u>day|week|fortnight|month|year|decade)s?(?P<half>\s+and\s+a\s+half)?\s+(?P<where>earlier|later|previously))\b",
        _earlier,
        ("earlier", "later", "previously"),
        lambda match: number(match["n"]) is not None,
    ),
    rule(
        "counted_from_before",
        rf"(?i:(?P<n>{COUNT})\s+(?P<u>day|week|fortnight|month|year)s?(?P<half>)\s+(?P<where>after|before)\s+)"
        rf"(?P<name>(?i:{HOLIDAY_WORDS}))\b(?! [A-Z])",
        _from_named_day,
        (" after ", " before "),
        lambda match: match["name"][0].isupper() and number(match["n"]) is not None,
    ),
    rule(
        "weekday",
        rf"(?:(?i:an?\s+(?P<n>week|fortnight)\s+(?:on|from)\s+)(?P<wd>{WEEKDAY_FULL})|(?P<wd2>{WEEKDAY_FULL})\s+week)\b(?![’'-])",
        _weekday_week,
        ("week on ", "week from ", "fortnight on ", "day week"),
    ),
    rule(
        "anaphor",
        r"(?i:(?:later\s+|earlier\s+)?(?:the|that)\s+(?P<which>same|very|next|following|previous|preceding)\s+(?P<u>day|week|month|year|morning|afternoon|evening|night))\b(?!\s+(?:of|after|before|as)\b)",
        _anaphor,
        ("same", "very", "next", "following", "previous", "preceding"),
    ),
    rule(
        "anaphor",
        r"(?i:(?:later\s+|earlier\s+)?(?P<which>that)\s+(?P<u>day|week|month|year|morning|afternoon|evening|night))\b(?!-)",
        _anaphor,
        ("that ",),
    ),
    rule(
        "day_after",
        r"(?i:the\s+(?P<u>day|week|month|year)\s+(?P<side>after|before))(?=\s*[.,;:)\n]|\s*$)",
        _day_after,
        (" after", " before"),
    ),
    rule("named_day", r"9/11(?![/\d])", _september_11, ("9/11",)),
    rule(
        "named_day",
        r"(?:September|Sept\.?)\s+11(?:th)?(?=,?\s+(?:terror|terrorist|attacks?|hijack|memorial))",
        _september_11,
        ("sept",),
    ),
    rule(
        "ordinal_day",
        r"(?<=on )(?:the\s+)(?P<d>(?:[12]?\d|3[01])(?:st|nd|rd|th))\b(?=\s*(?:[.,;)]|$|and\b|at\b))",
        _ordinal_day,
        ("on the ",),
    ),
)
