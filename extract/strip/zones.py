"""Convert time zones as pages write them to that day's offset: ``+02:00``, ``-500``, ``GMT+7``, ``CET``, ``ET``."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

# Zone abbreviations that news sites print, by their usual meaning there.
ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), "+00:00"),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ", "WAT"), "+01:00"),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT", "HAEC"), "+02:00"),
    **dict.fromkeys(("EEST", "MSK", "EAT", "TRT"), "+03:00"),
    **dict.fromkeys(("GST",), "+04:00"),
    **dict.fromkeys(("PKT",), "+05:00"),
    "IST": "+05:30",
    "NPT": "+05:45",
    **dict.fromkeys(("ICT", "WIB"), "+07:00"),
    **dict.fromkeys(("SGT", "HKT", "PHT", "MYT", "AWST"), "+08:00"),
    **dict.fromkeys(("JST", "KST"), "+09:00"),
    "ACST": "+09:30",
    "AEST": "+10:00",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
    "NST": "-03:30",
    **dict.fromkeys(("BRT", "ART", "ADT"), "-03:00"),
    **dict.fromkeys(("AST", "EDT"), "-04:00"),
    **dict.fromkeys(("EST", "CDT"), "-05:00"),
    **dict.fromkeys(("CST", "MDT"), "-06:00"),
    **dict.fromkeys(("MST", "PDT"), "-07:00"),
    **dict.fromkeys(("PST", "AKDT"), "-08:00"),
    "AKST": "-09:00",
    "HST": "-10:00",
}
# What follows the season where it is said.
SEASONAL = {
    "ET": "America/New_York",
    "EASTERN": "America/New_York",
    "CT": "America/Chicago",
    "CENTRAL": "America/Chicago",
    "MT": "America/Denver",
    "MOUNTAIN": "America/Denver",
    "PT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles",
}
# A larger offset from UTC than any clock has is no zone.
PARTS_OF_HOUR = {3: (0, 30), 4: (0, 30), 5: (0, 30, 45), 6: (0, 30), 8: (0, 45), 9: (0, 30), 10: (0, 30), 12: (0, 45)}
MAX_AHEAD, MAX_BEHIND = 14, 12
# A zone behind a clock, for the patterns of dates; an offset of one or two digits only behind GMT or UTC.
ZONE = (
    r"(?:(?:UTC|GMT)\s?[+−-]\d{1,2}(?::?\d\d)?(?![\d:])|[+−-]\d{1,2}:?\d\d(?![\d:])"
    r"|\b(?:Eastern|Central|Mountain|Pacific) (?:Standard |Daylight )?Time\b|(?<![A-Za-z])[A-Z]{1,5}\b)"
)
OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+−-])(\d{1,2}?):?(\d\d)?", re.I)


def read_zone(text: str | None, when: datetime) -> str | None:
    """Return a written zone as ``+02:00``, as it holds at a local time; None for what is no zone."""
    text = (text or "").strip(" ()")
    if match := OFFSET.fullmatch(text):
        return offset(-1 if match[1] != "+" else 1, int(match[2]), int(match[3] or 0))
    name = text.upper()
    return ZONES.get(name) or _seasonal(SEASONAL.get(name.split()[0] if name else ""), when)


def offset(sign: int, hours: int, minutes: int) -> str | None:
    """Write an offset as ``+02:00``; None for one that no clock has."""
    most = MAX_AHEAD if sign > 0 else MAX_BEHIND
    if hours > most or minutes not in PARTS_OF_HOUR.get(hours, (0, 30) if hours in (2, 11) else (0,)):
        return None
    return f"{'-' if sign < 0 else '+'}{hours:02d}:{minutes:02d}"


def _seasonal(place: str | None, when: datetime) -> str | None:
    if place is None:
        return None
    ahead = _clock(place).utcoffset(when)
    minutes = round(ahead.total_seconds() / 60) if ahead else 0
    return offset(-1 if minutes < 0 else 1, abs(minutes) // 60, abs(minutes) % 60)


@lru_cache(maxsize=8)
def _clock(place: str) -> ZoneInfo:
    return ZoneInfo(place)
