"""Rules for dates that name a day, a month or a year: ``23 November 2024``, ``Nov. 23``, ``1994-96``."""

from __future__ import annotations

import re

from extract.calendar import MONTHS
from extract.read.english.dates import refuse
from extract.read.english.dates.periods import Period, at_time, between, century, day_of, decade, month, year_of
from extract.read.english.dates.reading import NUMERAL, Reading, rule
from extract.read.english.dates.words import (
    DASH,
    DAY,
    DAY_ORDINAL,
    MODIFIER,
    MONTH,
    MONTH_FULL,
    ORDINAL_WORDS,
    ORDINALS,
    SPOKEN_YEAR,
    WEEKDAY,
    YEAR,
    full_year,
    month_number,
    spoken_year,
)

WEEKDAY_BEFORE = rf"(?:{WEEKDAY},?\s+(?:the\s+)?)?"
YEAR_AFTER = rf"(?P<y>{YEAR}|['’]\d\d)(?![\w%]|[.,]\d{{3}})"
# "April last year", "on 4 June of this year"
YEAR_STEPS = {"last": -1, "this": 0, "next": 1}
OF_YEAR = r"(?:,?\s+(?:of\s+)?(?P<of>(?i:last|this|next))\s+year\b(?!['’]s))?"
# After the first digit of a count beside a day: "On 3 March 15 skiers were hurt".
COUNT_AFTER = r"\d{0,2}(?:,\d{3})* (?:people|men|women|children|(?!months|years|minutes|hours)[a-z]{3,}s)\b"
TO = rf"\s*(?:{DASH}|to|through|until|and)\s*"
ORDINAL_WORD = rf"(?i:{ORDINAL_WORDS.replace(' ', '|')})"
SHORT_YEAR = re.compile(r"['’]\d\d(?<=\s...)")
YEAR_GATE = (*(f"1{digit}" for digit in range(10)), "20")
MONTHS_GATE = tuple(f"{name}$" for name in (*MONTHS, "febr"))
DECADE_WORDS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
DECADE_WORDS |= {"eighties": 80, "nineties": 90}


def _year(words: str, reading: Reading) -> int:
    digits = words.lstrip("'’")
    if digits.isdecimal():
        return int(digits) if len(digits) == 4 else full_year(int(digits), _near(reading))
    return spoken_year(words)


def _near(reading: Reading) -> int | None:
    return reading.published.year if reading.published else None


def _number(words: str) -> int:
    return ORDINALS.get(words.lower()) or int(re.sub(r"\D", "", words))


def _iso(match: re.Match[str], reading: Reading) -> Period | None:
    whole = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    if whole and match["h"]:
        return at_time(whole, f"{match['h']}:{match['mi']}")
    return whole


def _numeric(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve ``3/5/2024`` in the order that gives a valid day.

    Of two valid days take the one nearer to publication (month first on a tie); without publication, return None.
    """
    first, second = int(match["a"]), int(match["b"])
    year = _year(match["y"], reading)
    found = [p for p in (day_of(year, first, second), day_of(year, second, first)) if p]
    if not found:
        return None
    if reading.published is None:
        return found[0] if len(found) == 1 or first == second else None
    published = reading.published
    return min(found, key=lambda period: abs(period.start - published))


def _full(match: re.Match[str], reading: Reading) -> Period | None:
    return day_of(_year(match["y"], reading), month_number(match["m"]), _number(match["d"]))


def _day_and_month(match: re.Match[str], reading: Reading) -> Period | None:
    number = _number(match["d"])
    if reading.published is not None and match["of"]:
        return day_of(reading.published.year + YEAR_STEPS[match["of"].lower()], month_number(match["m"]), number)
    return reading.choose(match, lambda year: day_of(year, month_number(match["m"]), number))


def _day_span(match: re.Match[str], reading: Reading) -> Period | None:
    def build(year: int) -> Period | None:
        first = day_of(year, month_number(match["m"]), _number(match["d"]))
        last = day_of(year, month_number(match["m"]), _number(match["e"]))
        return between(first, last) if first and last else None

    return build(_year(match["y"], reading)) if match["y"] else reading.choose(match, build)


def _month_of_year(match: re.Match[str], reading: Reading) -> Period | None:
    return month(_year(match["y"], reading), month_number(match["m"]))


def _month(match: re.Match[str], reading: Reading) -> Period | None:
    number = month_number(match["m"])
    which = (match["which"] or "").lower()
    today = reading.published
    if today is not None and match["of"]:
        return month(today.year + YEAR_STEPS[match["of"].lower()], number)
    if not which or today is None:
        return reading.choose(match, lambda year: month(year, number))
    if which.startswith("this"):
        return month(today.year, number)
    step = -1 if which.startswith(("last", "previous")) else 1
    year = today.year if (number - today.month) * step > 0 else today.year + step
    return month(year, number)


def _plain_year(match: re.Match[str], reading: Reading) -> Period | None:
    return year_of(_year(match["y"], reading))


def years(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve "1994-96" to the period from the first day of the one year to the last day of the other."""
    first = year_of(int(match["y"]))
    tail = match["z"]
    number = int(tail) if len(tail) == 4 else int(match["y"][: 4 - len(tail)] + tail)
    last = year_of(number)
    return between(first, last) if first and last else None


def is_span_of_years(match: re.Match[str]) -> bool:
    """Return whether a match is a span, not a fraction or a number: the years ascend, by one after a slash."""
    first, last = int(match["y"]), int(match["y"][: 4 - len(match["z"])] + match["z"])
    return first < last and ("/" not in match.group() or last == first + 1)


def _decade(match: re.Match[str], reading: Reading) -> Period | None:
    if match["y"]:
        return decade(int(match["y"]))
    word, digits = match["word"], (match["short"] or match["bare"] or "").lstrip("'’")
    tens = DECADE_WORDS[word.lower()] if word else int(digits)
    return decade((2000 if tens < 20 else 1900) + tens)


def _century(match: re.Match[str], reading: Reading) -> Period | None:
    return century(100 * (_number(match["n"]) - 1))


RULES = (
    rule(
        "iso_date",
        rf"(?P<y>{YEAR})(?P<sep>[-/])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])"
        r"(?:[T ](?P<h>[01]\d|2[0-3]):(?P<mi>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])",
        _iso,
        NUMERAL,
    ),
    rule(
        "numeric_date",
        rf"(?P<a>{DAY})(?P<sep>[/.-])(?P<b>{DAY})(?P=sep)(?P<y>{YEAR}|(?<=[/-])\d\d)(?![\w/]|[.-]\d)",
        _numeric,
        NUMERAL,
    ),
    rule(
        "month_day_year",
        rf"{WEEKDAY_BEFORE}(?P<m>{MONTH})\s*(?P<d>{DAY_ORDINAL})(?:\s*,\s*|\s+(?:of\s+)?){YEAR_AFTER}",
        _full,
        MONTHS_GATE,
    ),
    rule(
        "day_month_year",
        rf"{WEEKDAY_BEFORE}(?:the\s+)?(?P<d>{DAY_ORDINAL})[\s-]+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+|-){YEAR_AFTER}",
        _full,
        MONTHS_GATE,
    ),
    rule(
        "month_day_span",
        rf"(?P<m>{MONTH})\s+(?P<d>{DAY_ORDINAL}){TO}(?P<e>{DAY_ORDINAL})(?!\s+(?:{MONTH_FULL}))(?:,?\s+{YEAR_AFTER})?(?!:\d|[\d%]|,\d)",
        _day_span,
        MONTHS_GATE,
    ),
    rule(
        "day_month_span",
        rf"(?P<d>{DAY_ORDINAL}){TO}(?P<e>{DAY_ORDINAL})\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+{YEAR_AFTER})?",
        _day_span,
        MONTHS_GATE,
    ),
    rule(
        "month_day",
        rf"{WEEKDAY_BEFORE}(?P<m>{MONTH})\s+(?P<d>{DAY_ORDINAL}|{ORDINAL_WORD}\b)"
        rf"(?!:\d|[\d%]|[.,]\d|[ -]?(?:percent|per cent|million|billion)\b){OF_YEAR}",
        _day_and_month,
        MONTHS_GATE,
    ),
    rule(
        "day_month",
        rf"{WEEKDAY_BEFORE}(?:the\s+)?(?P<d>{DAY_ORDINAL}|{ORDINAL_WORD}\b)[\s-]+(?:of\s+)?(?P<m>{MONTH})"
        rf"(?![ -]\d(?!{COUNT_AFTER})){OF_YEAR}",
        _day_and_month,
        MONTHS_GATE,
        refuse.day_and_month,
    ),
    rule(
        "month_year",
        rf"{MODIFIER}?(?P<m>{MONTH}),?\s+(?:of\s+)?(?P<y>{YEAR}|['’]\d\d|(?i:{SPOKEN_YEAR}))(?![\w%]|,\d{{3}})",
        _month_of_year,
        MONTHS_GATE,
    ),
    rule(
        "month",
        rf"{MODIFIER}?(?P<which>(?i:last|this|next|this past|this coming|previous)\s+)?(?P<m>{MONTH}){OF_YEAR}",
        _month,
        MONTHS_GATE,
        refuse.month,
    ),
    rule(
        "year_span",
        rf"(?P<y>{YEAR})\s?[-–—/]\s?(?P<z>{YEAR}|\d\d)(?![\w%-]|[.,]\d)",
        years,
        NUMERAL,
        accepts=is_span_of_years,
    ),
    rule(
        "fiscal_year",
        rf"(?i:(?:the\s+)?(?:fiscal|financial)(?:\s+year)?)\s+(?P<y>{YEAR}|['’]\d\d)(?![\w%]|[.,]\d)",
        _plain_year,
        ("fiscal", "financial"),
    ),
    rule(
        "year",
        rf"(?<![.,/:+#-])(?:{MODIFIER})?(?P<y>{YEAR})(?![\w%°]|[.,:/]\d|[-–—]\d)",
        _plain_year,
        YEAR_GATE,
        accepts=refuse.year,
    ),
    rule(
        "hyphened_year",
        rf"(?<=pre-|mid-|ost-)(?P<y>{YEAR})(?![\w%°]|[.,:/]\d|[-–—]\d)",
        _plain_year,
        NUMERAL,
    ),
    rule("short_year", r"(?<=\s)(?P<y>['’]\d\d)(?![\w%]|[.,:/]\d)", _plain_year, SHORT_YEAR, refuse.short_year),
    rule(
        "spoken_year",
        rf"(?i:{MODIFIER}?(?P<y>{SPOKEN_YEAR}))\b",
        _plain_year,
        ("nineteen", "twenty"),
        refuse.spoken_year,
    ),
    rule(
        "decade",
        r"(?:(?:[Tt]he\s+)?(?:(?:early|mid|late)[ -](?:to[ -](?:mid|late)[ -])?)?(?P<y>(?:1\d|20)\d0)(?:['’]?s)\b"
        r"|(?:[Tt]he\s+)?(?:(?:early|mid|late)[ -](?:to[ -](?:mid|late)[ -])?)?(?P<short>['’][1-9]0)s\b"
        r"|[Tt]he\s+(?:(?:early|mid|late)[ -])?(?P<bare>[2-9]0)['’]?s\b"
        rf"|[Tt]he\s+(?:(?:early|mid|late)[ -])?(?P<word>(?i:{'|'.join(DECADE_WORDS)}))\b)",
        _decade,
        ("0s", "0's", "0’s", "ties"),
        refuse.decade,
    ),
    rule(
        "century",
        rf"(?:[Tt]he\s+)?(?:(?:early|mid|late)[ -])?(?P<n>[12]?\d(?:st|nd|rd|th)|{ORDINAL_WORD})[ -](?i:century)\b",
        _century,
        ("century",),
    ),
)
