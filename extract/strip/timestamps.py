"""Parse a written date into an instant, with its precision and zone.

ISO 8601 is parsed with ``datetime.fromisoformat``, RFC 2822 with ``email.utils``, everything else with dateparser. This
module adds the evidence: the order of day and month, the languages, and the time that relative dates count from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from dateutil.parser import parse as dateutil_parse

from extract.calendar import MONTHS
from extract.strip.calendars import western
from extract.strip.clocks import plain_clock
from extract.strip.months import NAMES, month_number
from extract.strip.zones import ZONE, read_zone

# Online news begins with the web; what claims to be older is a default value or a reprint's original.
EARLIEST_YEAR = 1990
LATEST_YEAR = 2200
# Clocks and zones differ, so a page may be dated a little after its fetch.
FUTURE_SLACK = timedelta(days=2)
MAX_RAW_CHARS = 120


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant in UTC, its text, how fine the text is, and the zone that the text tells (``+02:00``) if any."""

    at: datetime
    raw: str
    precision: str
    zone: str | None

    def local_day(self) -> str:
        """Return the calendar day (``2024-11-23``) in the zone of the text."""
        return local_time(self.at, self.zone).date().isoformat()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page says about how its dates are written.

    ``language`` is an ISO 639-1 code; ``day_first`` is None if unknown; relative dates count from ``fetched_at``, and
    no date is much later; ``country`` is the site's ISO 3166 code.
    """

    language: str | None = None
    day_first: bool | None = None
    fetched_at: datetime | None = None
    country: str | None = None


def local_time(at: datetime, zone: str | None) -> datetime:
    """Turn an instant into the clock time of a zone written as ``+02:00``; without zone it stays UTC."""
    clock = offset_of(zone)
    return at.astimezone(clock) if clock else at


def offset_of(zone: str | None) -> timezone | None:
    """Return the clock of a zone written as ``+02:00``; None for anything else."""
    if not zone or not (match := re.fullmatch(r"([+-])(\d\d):(\d\d)", zone)):
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset) if offset < timedelta(days=1) else None


ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?:(?:\s*T\s*|\s+|\s*,\s*|\s+at\s+|\s+[-–|]\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    rf"\s*([AaPp][Mm])?\s*(?:\(?({ZONE}|[+-]\d\d(?!\d)))?)?"
)
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
# Alone, or as .NET writes it.
EPOCH = re.compile(r"(\d{10}(?:\d{3})?)|/Date\((\d{12,13})(?:[+-]\d{4})?\)/")
RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2},? )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001


def parse_stamp(raw: str | None, evidence: Evidence) -> Stamp | None:
    """Parse a written date; None if it cannot be parsed or cannot be a publication date."""
    text = _tidy(raw, evidence)
    stamp = _quick(text, evidence) or (_worded(text, evidence) if text else None)
    return stamp if stamp and is_plausible(stamp.at, evidence.fetched_at) else None


def parse_plain(raw: str, evidence: Evidence) -> Stamp | None:
    """Read a written date in digits or in English only, which takes microseconds."""
    stamp = _quick(_tidy(raw, evidence), evidence)
    return stamp if stamp and is_plausible(stamp.at, evidence.fetched_at) else None


def _tidy(raw: str | None, evidence: Evidence) -> str:
    text = " ".join(western(raw or "").split())[:MAX_RAW_CHARS]
    return plain_clock(text, evidence.language) if any(char.isdigit() for char in text) else ""


def _quick(text: str, evidence: Evidence) -> Stamp | None:
    if not text:
        return None
    try:
        return (
            _iso(text)
            or _compact(text)
            or _rfc_2822(text)
            or _epoch(text)
            or _numeric(text, evidence)
            or _english(text, evidence)
        )
    except OverflowError:
        # The year 9999 west of Greenwich, or a number that no clock holds.
        return None


def is_plausible(at: datetime, fetched_at: datetime | None) -> bool:
    """Return whether an instant can be the publication time of a fetched page."""
    latest = fetched_at + FUTURE_SLACK if fetched_at else datetime(LATEST_YEAR, 1, 1, tzinfo=UTC)
    return datetime(EARLIEST_YEAR, 1, 2, tzinfo=UTC) <= at <= latest


def make_stamp(parts: tuple[int, ...], raw: str, written_zone: str | None) -> Stamp | None:
    """Build a stamp from year, month, day and maybe hour, minute, second; None when there is no such time."""
    try:
        naive = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    zone = read_zone(written_zone, naive)
    return Stamp(
        _to_utc(naive, zone),
        raw,
        ("day", "day", "day", "day", "minute", "minute", "second")[len(parts)],
        zone,
    )


def _to_utc(naive: datetime, zone: str | None) -> datetime:
    if zone is None:
        return naive.replace(tzinfo=UTC)
    sign = -1 if zone[0] == "-" else 1
    offset = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    try:
        return naive.replace(tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, ArithmeticError):
        return naive.replace(tzinfo=UTC)


def _iso(text: str) -> Stamp | None:
    match = ISO.search(text)
    if not match:
        return None
    day = (int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None:
        return make_stamp(day, text, None)
    hour = to_24(int(match[4]), match[7])
    clock = (hour, int(match[5])) + ((int(match[6]),) if match[6] else ())
    return make_stamp(day + clock, text, match[8]) or make_stamp(day, text, None)


def to_24(hour: int, half: str | None) -> int:
    """Turn an hour of a 12-hour clock into the 24-hour clock's; without ``am`` or ``pm`` it is that already."""
    if not half:
        return hour
    return hour % 12 + (12 if half.lower().startswith("p") else 0)


def _compact(text: str) -> Stamp | None:
    match = COMPACT.fullmatch(text)
    if not match:
        return None
    parts = tuple(int(part) for part in match.groups()[:6] if part)
    return make_stamp(parts, text, match[7])


def _rfc_2822(text: str) -> Stamp | None:
    if not RFC_2822.match(text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    if at.tzinfo is None:
        zone = read_zone(text.rpartition(" ")[2], at)
        return Stamp(_to_utc(at, zone), text, "second", zone)
    return Stamp(at.astimezone(UTC), text, "second", at.strftime("%z")[:3] + ":" + at.strftime("%z")[3:5])


def _epoch(text: str) -> Stamp | None:
    match = EPOCH.fullmatch(text)
    if match is None:
        return None
    digits = match[1] or match[2]
    seconds = int(digits) / (1000 if len(digits) > 10 else 1)
    return Stamp(datetime.fromtimestamp(seconds, UTC), text, "second", "+00:00")


CLOCK = (
    r"(?:[^\w\d]{0,4}(?:[^\W\d_]{1,5}\.?\s+){0,2}(?P<hour>[012]?\d)(?:[:.]|\s?(?:h|uhr)\s?)(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?"
    r"\s*(?P<half>[ap]\.?m\b)?\s*(?:uhr\s+)?\(?(?P<zone>" + ZONE + r")?)?"
)
NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d|\d\d)(?![\d])" + CLOCK, re.I)
YEAR_FIRST = re.compile(
    r"((?:19|20)\d\d)\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)\s*[日일.]?" + CLOCK, re.I
)


FULL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# In these languages 24.9.15 is the 15th of September.
YEAR_FIRST_LANGUAGES = frozenset(("ja", "ko", "zh"))


def _numeric(text: str, evidence: Evidence) -> Stamp | None:
    if match := YEAR_FIRST.search(text):
        return _with_clock((int(match[1]), int(match[2]), int(match[3])), text, match)
    match = NUMERIC.search(text)
    # Beside a year in full, 02.07.00 is a clock.
    if not match or (len(match[4]) == 2 and FULL_YEAR.search(text)):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if year < 100 and evidence.language in YEAR_FIRST_LANGUAGES:
        return _with_clock((2000 + first, second, year), text, match)
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    day_first = match[2] == "." or evidence.day_first is not False
    if first > 12 or second > 12:
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    return _with_clock((year, month, day), text, match)


def _with_clock(day: tuple[int, int, int], text: str, match: re.Match[str]) -> Stamp | None:
    if match["hour"] is None:
        return make_stamp(day, text, None)
    clock = (to_24(int(match["hour"]), match["half"]), int(match["minute"]))
    seconds = (int(match["second"]),) if match["second"] else ()
    return make_stamp((*day, *clock, *seconds), text, match["zone"]) or make_stamp(day, text, None)


ENGLISH_MONTH = rf"(?:{'|'.join(MONTHS)})(?![^\W\d_])"
# "mar. 3 mai" is a Tuesday in Romance languages.
ENGLISH_DAY = re.compile(
    rf"\b(?!mar\.?\s+\d{{1,2}}\s+(?:de\s+)?[^\W\d_]{{3}}){ENGLISH_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{ENGLISH_MONTH}",
    re.I,
)


ZONE_BEHIND_CLOCK = re.compile(rf"(\d[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]m)?)\s*\(?({ZONE})", re.I)


def _english(text: str, evidence: Evidence) -> Stamp | None:
    """Read a date with an English month name with dateutil; day and year must be there."""
    match = ENGLISH_DAY.search(text)
    if not match or not re.search(r"\b(?:19|20)\d\d\b", text):
        return None
    plain = re.sub(r"\b([ap])\.m\.?", r"\1m", re.sub(r"\bSept\b", "Sep", text), flags=re.I)
    # dateutil takes GMT-0500 for five hours ahead of GMT, as POSIX does and no page.
    behind = ZONE_BEHIND_CLOCK.search(plain)
    zone = behind[2] if behind and read_zone(behind[2], MIDNIGHT) else None
    if behind and zone:
        plain = plain[: behind.end(1)] + " " + re.sub(r"\([^)]*\)", "", plain[behind.end() :])
    try:
        at = dateutil_parse(plain, default=MIDNIGHT, fuzzy=True, ignoretz=True)
    except (ValueError, ArithmeticError, TypeError):
        return None
    zone = read_zone(zone, at)
    return Stamp(_to_utc(at, zone), text, "minute" if HAS_CLOCK.search(text) else "day", zone)


NAMED = re.compile(
    r"(?:[^\W\d_]+\.?,?\s)?(\d{1,2})(?:\.|º|er)?\s(?:de\s)?([^\W\d_]{3,12})[.,]?\s(?:de\s)?((?:19|20)\d\d)(?!\d)"
    + CLOCK,
    re.I,
)


def _named(text: str, evidence: Evidence) -> Stamp | None:
    """Read a date that is nothing but day, month by name, year and perhaps the clock, in the page's language."""
    match = NAMED.fullmatch(text)
    month = month_number(match[2], evidence.language) if match else None
    return _with_clock((int(match[3]), month, int(match[1])), text, match) if match and month else None


ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")


def _worded(text: str, evidence: Evidence) -> Stamp | None:
    """Read month names and relative dates, in the page's language and in English; nearly all of it with dateparser."""
    # Blogs write English ordinals with months of any language: "Juni 19th, 2018".
    text = ORDINAL.sub(r"\1", text)
    if named := _named(text, evidence):
        return named
    # Arabic papers write a month by both of its names: "نيسان / أبريل".
    text = re.sub(r"[^\W\d_]+\s*/\s*(?=[^\W\d_]{3})", "", text)
    found = _dateparser(text, evidence.language or "", evidence.day_first is not False, _anchor(evidence))
    if found is None:
        return None
    at, precision = found
    naive = at.replace(tzinfo=None)
    zone = read_zone(at.strftime("%z"), naive)
    return Stamp(_to_utc(naive, zone), text, precision, zone)


def _anchor(evidence: Evidence) -> datetime | None:
    return evidence.fetched_at.replace(tzinfo=None) if evidence.fetched_at else None


HAS_CLOCK = re.compile(r"\d[:h]\d\d|\d\s*[ap]\.?m", re.I)
RELATIVE = re.compile(
    r"\d+\s*(?:sec|min|hour|hr|day|week|stunde|tag|heure|jour|hora|d[ií]a|ora|giorn|uur|dag|tim|saat|час|день|дн)",
    re.I,
)


@lru_cache(maxsize=4096)
def _dateparser(text: str, language: str, day_first: bool, anchor: datetime | None) -> tuple[datetime, str] | None:
    # dateparser takes a third of a second to import; most pages never need it.
    import dateparser

    if anchor is None and not re.search(r"\d{4}", text):
        return None
    settings: dict[str, Any] = {
        "DATE_ORDER": "DMY" if day_first else "MDY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PREFER_DATES_FROM": "past",
    }
    if anchor is not None:
        settings["RELATIVE_BASE"] = anchor
        settings["REQUIRE_PARTS"] = ["day", "month"]
    languages = list(dict.fromkeys((language, "en"))) if language else ["en", *sorted(NAMES)]
    try:
        at = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, ArithmeticError, TypeError, KeyError):
        return None
    if at is None:
        return None
    is_fine = bool(HAS_CLOCK.search(text) or RELATIVE.search(text))
    return at, "minute" if is_fine else "day"
