"""Rules for times of day; a time is merged with an adjacent day."""

from __future__ import annotations

import re

from extract.read.english.dates.periods import Period, at_time, day
from extract.read.english.dates.reading import NUMERAL, Reading, Rule

ZONE = (
    r"(?:\s*\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|IST|JST|AEST|AEDT|EET|EEST|MSK|"
    r"local(?:\s+time)?|Eastern(?:\s+(?:Standard\s+|Daylight\s+)?(?:time|Time))?|Pacific(?:\s+(?:time|Time))?)\b\)?)"
)
PREPOSITION = (
    r"(?:(?<=\bat )|(?<=\bby )|(?<=until )|(?<=around )|(?<=about )|(?<=before )|(?<=after )|(?<=since )|(?<=from )"
    r"|(?<=[,;] ))"
)
EVERY_DAY = re.compile(
    r"(?i)\b(?:each|every|usually|always|typically|daily|nightly|weekly|weekdays?|weekends|week|curfew|"
    r"(?:open|close)s? (?:at|from|until)|(?:from|between) [^.;]{0,30}?\d ?[ap]\.?m\.? (?:to|and|until)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)\b"
)
AM_PM = r"[ap]\.m\b\.?|[AP]\.M\b\.?|[ap]m\b|[AP]M\b"
CLAUSE = 150  # characters on either side, at most
START = r"(?<![\w$£€:.,/-])"


def clock(match: re.Match[str]) -> str:
    """Return a matched time as ``HH:MM`` (24 hours)."""
    words = match.group().lower()
    if words.startswith(("noon", "midday")):
        return "12:00"
    if words.startswith("midnight"):
        return "00:00"
    hour, minute = int(match["h"]), int(match["mi"] or 0)
    half = _half(match, hour)
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def _half(match: re.Match[str], hour: int) -> str:
    """Return "a", "p" or "" for an hour's half of the day; in "11 to 2pm" it is the opposite of the written one."""
    named = match.groupdict()
    half = (named.get("ap") or "").lower()[:1]
    if int(named.get("h2") or hour) % 12 < hour % 12:
        return "a" if half == "p" else "p"
    return half


def _clause(match: re.Match[str], reading: Reading) -> str:
    """Return the part of the sentence between semicolons that holds a match, cut at ``CLAUSE`` characters each side."""
    start, end = reading.doc.sentences[reading.doc.sentence_at(match.start())]
    start, end = max(start, match.start() - CLAUSE), min(end, match.end() + CLAUSE)
    text = reading.doc.text
    first, last = text.rfind(";", start, match.start()), text.find(";", match.end(), end)
    return text[max(start, first + 1) : last if last >= 0 else end]


def _time(match: re.Match[str], reading: Reading) -> Period | None:
    """Resolve a stand-alone time to the last named day, else to publication.

    Return None for a daily time ("opens at 9am") and in a clause without a cue of direction.
    """
    if EVERY_DAY.search(_clause(match, reading)) or reading.direction(match) is None:
        return None
    named = reading.day_before(match.start()) or (day(reading.published) if reading.published else None)
    return at_time(named, clock(match)) if named else None


RULES = (
    # "3 to 5pm" resolves to its first hour.
    Rule(
        "clock_time",
        re.compile(
            START
            + r"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<mi>[0-5]\d))?\s?(?:to|and|until|till|-|–|—)\s?"
            + rf"(?P<h2>1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?P<ap>{AM_PM}){ZONE}?"
        ),
        _time,
        (".m$", "am$", "pm$"),
    ),
    Rule(
        "clock_time",
        re.compile(START + rf"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<mi>[0-5]\d))?\s?(?P<ap>{AM_PM}){ZONE}?"),
        _time,
        (".m$", "am$", "pm$"),
    ),
    Rule(
        "clock_time",
        re.compile(START + rf"(?P<h>[01]?\d|2[0-3])[:.](?P<mi>[0-5]\d)(?::[0-5]\d)?{ZONE}(?!\w)"),
        _time,
        NUMERAL,
    ),
    Rule(
        "clock_time",
        re.compile(START + rf"(?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d)(?:\s+hours)?{ZONE}(?!\w)"),
        _time,
        NUMERAL,
    ),
    Rule(
        "clock_time",
        re.compile(PREPOSITION + r"(?P<h>[01]?\d|2[0-3]):(?P<mi>[0-5]\d)(?::[0-5]\d)?(?![\w:%]|\.\d)"),
        _time,
        NUMERAL,
    ),
    Rule("clock_time", re.compile(START + r"(?P<h>[01]?\d|2[0-3])h(?P<mi>[0-5]\d)(?!\w)"), _time, NUMERAL),
    Rule(
        "clock_time",
        re.compile(r"(?<![\w-])(?:noon|midday|midnight)\b(?![- ](?:sun|snack|mass))", re.I),
        _time,
        ("noon", "midday", "midnight"),
    ),
)
