"""The vocabulary of dates, and the sub-patterns built from it."""

from __future__ import annotations

from collections.abc import Iterable

from extract.calendar import MONTH_NAMES, MONTH_SHORT, MONTHS, WEEKDAY_NAMES, WEEKDAY_SHORT, WEEKDAYS
from extract.read.english.quantities.number_words import SMALL, TENS

SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
# Dates use neither "nil" nor a misspelling.
NUMBERS = {word: int(value) for word, value in (SMALL | TENS).items() if word not in ("nil", "fourty")}
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
ORDINALS = {word: i for i, word in enumerate(ORDINAL_WORDS.split(), 1)}


def _both_cases(names: Iterable[str]) -> str:
    return "|".join([*names, *(name.upper() for name in names)])


MONTH_FULL = _both_cases(MONTH_NAMES)
MONTH_ABBREVIATED = _both_cases(MONTH_SHORT) + "|Febr"
MONTH = rf"(?:(?:{MONTH_FULL})\b|(?:{MONTH_ABBREVIATED})\b\.?)"
WEEKDAY_FULL = rf"(?:{_both_cases(WEEKDAY_NAMES)})\b"
WEEKDAY = rf"(?:{WEEKDAY_FULL}|(?:{_both_cases(WEEKDAY_SHORT)})\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DAY_ORDINAL = rf"{DAY}(?:st|nd|rd|th)?\b"
YEAR = r"(?:1\d|2[01])\d\d"
TENS_WORD = rf"(?:{'|'.join(word for word in TENS if word in NUMBERS)})"
NUMBER_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNT = (
    rf"(?:{TENS_WORD}[ -](?:{NUMBER_WORDS})|{NUMBER_WORDS}|\d{{1,3}}(?:,\d{{3}})*|an?|a couple of|"
    r"a few|several)"
)
SEASON = "spring|summer|fall|autumn|winter"
DASH = "[-–—]"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
SPOKEN_YEAR = (
    rf"(?:nineteen|twenty|eighteen)[ -](?:{TENS_WORD}(?:[ -](?:{NUMBER_WORDS}))?|oh[ -](?:{NUMBER_WORDS})|(?:{TEENS}))"
)
PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime)"
# "early", "late", "the beginning of": modifiers that narrow a period without shifting it.
MODIFIER = (
    r"(?:(?i:early|late|mid)[- ]?(?:(?i:in) )?|(?i:earlier|later|sometime) (?:(?i:in) )?|"
    r"(?:(?i:the) )?(?i:beginning|start|end|middle|close) (?i:of) )"
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name, full or abbreviated, with or without a full stop; KeyError for others."""
    key = word.lower().rstrip(".")
    return MONTHS.get(key) or MONTHS[key[:3]]


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's full or abbreviated name; raise KeyError for any other word."""
    return WEEKDAYS[word.lower().rstrip(".")]


def number(word: str) -> int | None:
    """Return the integer that digits or number words denote; ``None`` for "a few" and "several"."""
    word = word.lower().replace(",", "")
    if word.isdecimal():
        return int(word)
    if word in ("a", "an"):
        return 1
    if word == "a couple of":
        return 2
    parts = word.replace("-", " ").split()
    if not all(part in NUMBERS for part in parts):
        return None
    return sum(NUMBERS[part] for part in parts)


def spoken_year(words: str) -> int:
    """Return the year that "nineteen ninety-six" or "twenty oh eight" denotes."""
    head, *rest = words.lower().replace("-", " ").split()
    return NUMBERS[head] * 100 + sum(NUMBERS.get(part, 0) for part in rest)


def full_year(two_digits: int, near: int | None) -> int:
    """Return the four-digit year of two digits: the latest one that is at most 30 years after ``near``."""
    pivot = (near or 2000) + 30
    candidate = pivot - pivot % 100 + two_digits
    return candidate if candidate <= pivot else candidate - 100
