"""Find every date expression in a text and resolve it.

Each rule is a pattern with a resolver, broadly after the design of HeidelTime (Strötgen and Gertz, 2010): rules only;
the publication date is the anchor; tense and cue words decide the direction; an expression of month granularity stays a
month.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from extract.identity import stable_id
from extract.read.english.dates import clock, explicit, parts, recurring, relative
from extract.read.english.dates.periods import Period, at_time
from extract.read.english.dates.reading import Gate, Reading, Rule
from extract.read.english.dates.stretches import ending_with, stretch_before
from extract.read.english.document import Document
from extract.types import DateMention, DateRelation, Granularity, TimeDirection

OPENING = re.compile(r"\w+|['’]")  # a position where a date may begin
# Most characters that a date may extend on either side of a word of its gate.
LONGEST = 100
RULES: tuple[Rule, ...] = (*explicit.RULES, *relative.RULES, *recurring.RULES, *parts.RULES, *clock.RULES)
GATES = frozenset(rule.gate for rule in RULES)
Places = tuple[list[int], int]  # offsets where matches may begin, and the end limit
NAMES_YEAR = frozenset({"iso_date", "numeric_date", "month_day_year", "day_month_year", "month_year"})
JOINT = re.compile(
    r"[\s(]*(?:,\s*)?(?:(?:shortly|just)\s+)?(?:(?:on|at|of|from|by|until|around|about|before|after)\s+){0,2}(?:the\s+)?"
)
RELATION = re.compile(
    r"\b(since|until|till|up to|by|before|prior to|ahead of|no later than|after|following|during|throughout|from|"
    r"between|to|through|and)\s+(?:about\s+|around\s+|at\s+least\s+|the\s+|at\s+|as\s+)*$",
    re.IGNORECASE,
)
RELATIONS: dict[str, DateRelation] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "up to": "until",
    "by": "by",
    "no later than": "by",
    "before": "before",
    "prior to": "before",
    "ahead of": "before",
    "after": "after",
    "following": "after",
    "during": "during",
    "throughout": "during",
}
# Relative years: at the start of a sentence they set the year of its later days ("A year ago, on May 4").
COUNTED_YEARS = frozenset({"ago", "counted_from_before", "anaphor"})
OPENING_IN = re.compile(r"(?:In|During)\s+")
GRANULARITY_OF_RULE: dict[str, Granularity] = {
    "iso_date": "day",
    "numeric_date": "day",
    "month_day": "day",
    "day_month": "day",
    "month_day_span": "day",
    "day_month_span": "day",
    "deictic_day": "day",
    "weekday": "day",
    "holiday": "day",
    "ordinal_day": "day",
    "year_end": "day",
    "month": "month",
    "season": "season",
    "quarter": "quarter",
    "half": "half",
    "weekend": "weekend",
    "clock_time": "time",
    "day_after": "day",
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


def find_dates(doc: Document, published_at: datetime | None) -> list[DateMention]:
    """Find the dates of a text, in order of their offsets, and resolve them to days.

    ``published_at`` is the anchor of relative dates and of dates without a year; its day is taken in its own time zone.
    Without it they are still found, with ``value`` and both ends ``None``.
    """
    reading = Reading(doc, published_at.date() if published_at else None)
    found: list[DateMention] = []
    chosen = _choose(doc.text)
    index = 0
    while index < len(chosen):
        group = _group(doc.text, chosen, index)
        mention = _mention(reading, group)
        if mention.rule != "clock_time" or mention.value is not None:
            found.append(mention)
        index += len(group)
    return _with_spans(doc.text, found)


def _choose(text: str) -> list[_Candidate]:
    """Match all rules; of overlapping candidates keep the one that begins first, then the longest."""
    places = _places(text)
    candidates = [
        _Candidate(match.start(), match.end(), rule, match)
        for rule in RULES
        for match in _matches(rule, text, places[rule.gate])
        if rule.accepts(match)
    ]
    candidates.sort(key=lambda c: (c.start, -c.end))
    kept: list[_Candidate] = []
    for candidate in candidates:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _matches(rule: Rule, text: str, places: Iterable[Places]) -> Iterator[re.Match[str]]:
    """Yield a rule's non-overlapping matches that begin at the given places of a text."""
    at, match_at = 0, rule.pattern.match
    for starts, limit in places:
        for start in starts:
            if start >= at and (match := match_at(text, start, limit)):
                at = match.end()
                yield match


def _places(text: str) -> dict[Gate, list[Places]]:
    """Return, for each gate, where the matches of its rules may begin and the offset that limits them."""
    lowered, length = text.lower(), len(text)
    starts = [match.start() for match in OPENING.finditer(text)]
    places: dict[Gate, list[Places]] = {}
    for gate in GATES:
        if isinstance(gate, re.Pattern):
            places[gate] = [([match.start() for match in gate.finditer(text)], length)]
        else:
            places[gate] = [
                (starts[bisect_left(starts, first) : bisect_left(starts, last)], limit)
                for first, last, limit in _stretches(lowered, gate, length)
            ]
    return places


def _stretches(lowered: str, gate: tuple[str, ...], length: int) -> list[tuple[int, int, int]]:
    """Return the stretches of a text around a gate's words: (start, end of the last word, limit), as offsets.

    The patterns are expensive, and most of a text holds none of the words.
    """
    if len(lowered) != length:
        return [(0, length, length)]
    words: list[tuple[int, int]] = []
    for word in gate:
        bare = word.removesuffix("$")
        if bare in lowered:
            words.extend(_places_of(bare, lowered, is_whole=word.endswith("$")))
    found: list[tuple[int, int, int]] = []
    for first, last in sorted(words):
        start, limit = max(0, first - LONGEST), min(length, last + LONGEST)
        if found and start <= found[-1][2]:
            start = found.pop()[0]
        found.append((start, last, limit))
    return found


def _places_of(word: str, lowered: str, *, is_whole: bool) -> Iterator[tuple[int, int]]:
    at = lowered.find(word)
    while at >= 0:
        end = at + len(word)
        if not is_whole or not lowered[end : end + 1].isalpha():
            yield at, end
        at = lowered.find(word, end)


def _group(text: str, chosen: list[_Candidate], index: int) -> list[_Candidate]:
    """Return a candidate together with the next one where the two are an adjacent time and day."""
    first = chosen[index]
    if index + 1 == len(chosen):
        return [first]
    second = chosen[index + 1]
    clocks = (first.rule.name == "clock_time") + (second.rule.name == "clock_time")
    between = text[first.end : second.start]
    if clocks == 1 and "\n" not in between and JOINT.fullmatch(between):
        return [first, second]
    return [first]


def _mention(reading: Reading, group: list[_Candidate]) -> DateMention:
    period, rule = _resolve(reading, group)
    start, end = group[0].start, group[-1].end
    stretch = stretch_before(reading.doc.text, start) if period else None
    if stretch and period and (whole := ending_with(period, stretch)):
        period, start, rule = whole, stretch.start(), "stretch"
    if period:
        reading.remember(period, end, names_year=rule in NAMES_YEAR or _sets_year(reading, period, rule, start))
    return _row(reading, period, rule, start, end)


def _row(reading: Reading, period: Period | None, rule: str, start: int, end: int) -> DateMention:
    text = reading.doc.text
    return DateMention(
        date_id=stable_id("date", reading.doc.version_id, start, end),
        version_id=reading.doc.version_id,
        start=start,
        end=end,
        surface=text[start:end],
        value=period.value if period else None,
        resolved_start=period.start if period else None,
        resolved_end=period.end if period else None,
        granularity=period.granularity if period else GRANULARITY_OF_RULE.get(rule),
        relation=_relation(text, start),
        direction=_direction(period, reading.published),
        rule=rule,
    )


def _sets_year(reading: Reading, period: Period, rule: str, start: int) -> bool:
    """Return whether a year applies to later dates of its sentence: "In 2017 ... on April 2"."""
    if rule == "relative_unit":
        return period.granularity == "year"
    sentence = reading.doc.sentences[reading.doc.sentence_at(start)][0]
    if rule in COUNTED_YEARS:
        return period.granularity == "year" and start == sentence
    if rule != "year" or reading.is_history:
        return rule == "year"
    return OPENING_IN.fullmatch(reading.doc.text, sentence, start) is not None


def _resolve(reading: Reading, group: list[_Candidate]) -> tuple[Period | None, str]:
    if len(group) == 1:
        return group[0].rule.resolve(group[0].match, reading), group[0].rule.name
    timed, dated = sorted(group, key=lambda c: c.rule.name != "clock_time")
    period = dated.rule.resolve(dated.match, reading)
    return (at_time(period, clock.clock(timed.match)) if period else None), dated.rule.name


def _relation(text: str, start: int) -> DateRelation | None:
    match = RELATION.search(text, max(0, start - 40), start)
    return RELATIONS.get(match[1].lower()) if match else None


def _direction(period: Period | None, published: date | None) -> TimeDirection | None:
    if period is None or published is None:
        return None
    if period.end < published:
        return "past"
    return "future" if period.start > published else "present"


SPAN = re.compile(r"\b(from|between)\s+(?:the\s+|about\s+|around\s+)*$", re.IGNORECASE)
SPAN_JOINT = re.compile(r"\s*(?:to|until|till|through|and|[-–—])\s*(?:the\s+)?", re.IGNORECASE)


def _with_spans(text: str, found: list[DateMention]) -> list[DateMention]:
    """Set the relation ``from_to`` on both ends of "from June to August" and "between 1994 and 1996"."""
    marked = list(found)
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        opens = SPAN.search(text, max(0, first.start - 30), first.start)
        if opens and SPAN_JOINT.fullmatch(text[first.end : second.start]):
            marked[i] = replace(marked[i], relation="from_to")
            marked[i + 1] = replace(marked[i + 1], relation="from_to")
    return marked
