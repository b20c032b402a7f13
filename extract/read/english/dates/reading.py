"""The context in which dates are resolved: the publication day, the antecedent dates and the surrounding verbs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from extract.read.english.dates.periods import Period, day
from extract.read.english.dates.tense import direction_of
from extract.read.english.document import Document
from extract.read.english.headlines import infinitive_at
from extract.types import TimeDirection

# A future candidate is preferred to a past one only when it is this many times nearer: news mostly looks back.
AHEAD_MUST_BE_NEARER = 2.0
# A date without a year is not ``FAR`` away when one of the same name is as near as the other two limits.
FAR, NEAR_BEHIND, NEAR_AHEAD = timedelta(days=250), timedelta(days=90), timedelta(days=45)
# Anaphora ("a day later") look for their antecedent within this many characters before them.
ANAPHORA_REACH = 400
# A time of day looks for its day within this many characters before it.
CLOCK_REACH = 200
START = r"(?<![\w$£€])(?<!\d[.,])"
NUMERAL = re.compile(r"\d(?<![\w$£€]\d)")  # the gate of patterns that begin with a digit
# Precondition of a pattern: one of these words in the text, or a pattern of the places where a match may begin.
Gate = tuple[str, ...] | re.Pattern[str]
SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
# News that looks back has speakers: "says Ada Quill", "... in October,” she said".
SPEAKS = re.compile(r"[”\"],? (?:\w+ ){0,3}(?:says|said)\b|\bsays\b")
PLAIN_YEAR = re.compile(r"(?<![\w$£€.,])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, its resolver, and a predicate that rejects false matches.

    A match begins at the start of a word or at an apostrophe. ``gate`` lists strings one of which the lower-cased text
    must contain for the pattern to be tried; no letter may follow one that ends in ``$``. It may be a pattern instead:
    a match then begins where the gate matches.
    """

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Reading], Period | None]
    gate: Gate = ()
    accepts: Callable[[re.Match[str]], bool] = lambda match: True


def rule(
    name: str,
    pattern: str,
    resolve: Callable[[re.Match[str], Reading], Period | None],
    gate: Gate = (),
    accepts: Callable[[re.Match[str]], bool] = lambda match: True,
) -> Rule:
    """Return a rule whose pattern begins outside any word, amount of money or number."""
    return Rule(name, re.compile(START + pattern), resolve, gate, accepts)


class Reading:
    """The state of one pass over a text, from its first date to its last."""

    def __init__(self, doc: Document, published: date | None) -> None:
        self.doc = doc
        self.published = published
        self.last: Period | None = None
        self.last_end = 0
        self.last_year: Period | None = None
        self.last_year_at = 0

    def remember(self, period: Period, end: int, *, names_year: bool) -> None:
        """Store a resolved date as antecedent: later expressions may be relative to it or share its year."""
        self.last, self.last_end = period, end
        if names_year:
            self.last_year, self.last_year_at = period, end

    @cached_property
    def is_history(self) -> bool:
        """Whether most years that the text names lie long before its publication, as in a chronicle.

        Where somebody speaks, it is news that looks back.
        """
        if self.published is None:
            return False
        years = [int(match.group()) for match in PLAIN_YEAR.finditer(self.doc.text)]
        old = sum(year < self.published.year - 2 for year in years)
        return old >= 8 and old >= 0.8 * len(years) and SPEAKS.search(self.doc.text) is None

    def direction(self, match: re.Match[str]) -> TimeDirection | None:
        """Return the direction that the clause gives a match, or ``None`` where it has no cue."""
        return direction_of(self.doc.text, self._bounds(match), match.start(), match.end())

    def anchor(self, position: int) -> Period | None:
        """Return the antecedent of a position: the last resolved date, if near enough before it."""
        if self.last is None or position - self.last_end > ANAPHORA_REACH:
            return None
        return self.last

    def day_before(self, position: int) -> Period | None:
        """Return the day named just before a position; None after a night ("Friday night"), which spans two days."""
        if self.last is None or self.last.start != self.last.end or position - self.last_end > CLOCK_REACH:
            return None
        return None if self.doc.text[: self.last_end].endswith("night") else day(self.last.start)

    def shared_year(self, match: re.Match[str]) -> int | None:
        """Return the year that a date without one shares with an earlier dated one, if any.

        In a chronicle every date continues the one before; in news only a date of the same sentence does, and only in
        an older year.
        """
        if self.last_year is None or self.published is None:
            return None
        year = self.last_year.start.year
        if self.is_history:
            return year
        same = self.doc.sentence_at(self.last_year_at - 1) == self.doc.sentence_at(match.start())
        return year if same and year < self.published.year and self.direction(match) != "future" else None

    def choose(self, match: re.Match[str], build: Callable[[int], Period | None]) -> Period | None:
        """Resolve a date that names no year by choosing one; ``build`` makes the date of a given year."""
        if self.published is None:
            return None
        shared = self.shared_year(match)
        if shared is not None:
            return build(shared)
        made = [build(self.published.year + step) for step in range(-4, 5)]
        candidates = [period for period in made if period is not None]
        if SINCE.search(self.doc.text, max(0, match.start() - 12), match.start()):  # never in the future
            candidates = [period for period in candidates if period.start <= self.published]
        elif self._is_to_come(match):
            candidates = [period for period in candidates if period.end >= self.published]
        return self.nearest(candidates, self.direction(match))

    def _is_to_come(self, match: re.Match[str]) -> bool:
        """Return whether a headline's infinitive precedes a date: "Train fares to rise 4.6% in January"."""
        headline = infinitive_at(self.doc.text, *self._bounds(match)) if self.doc.sentences else None
        return headline is not None and headline < match.start()

    def _bounds(self, match: re.Match[str]) -> tuple[int, int]:
        """Return the offsets of the sentence of a match."""
        return self.doc.sentences[self.doc.sentence_at(match.start())] if self.doc.sentences else (0, 0)

    def nearest(self, candidates: list[Period], direction: TimeDirection | None) -> Period | None:
        """Return the candidate nearest to the publication day, on the side that ``direction`` gives."""
        if self.published is None or not candidates:
            return None
        today = self.published
        last, following = _beside(candidates, today)
        if last is None or following is None or last is following:
            return last or following
        return following if _is_ahead(today - last.end, following.start - today, direction) else last

    def weekday(self, number: int, direction: TimeDirection | None) -> date | None:
        """Return the last such weekday (0 is Monday) up to publication; the next one if ``direction`` is future."""
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % 7
        if direction == "future":
            return _plus(self.published, (number - self.published.weekday()) % 7)
        return _plus(self.published, -back)


def _beside(candidates: list[Period], today: date) -> tuple[Period | None, Period | None]:
    """Return the last of some periods that has begun and the first one that is not over."""
    ordered = sorted(candidates, key=lambda period: period.start)
    last = next((period for period in reversed(ordered) if period.start <= today), None)
    return last, next((period for period in ordered if period.end >= today), None)


def _is_ahead(gap_behind: timedelta, gap_ahead: timedelta, direction: TimeDirection | None) -> bool:
    """Return whether the future candidate is meant; a far one in the given direction loses to a near one."""
    if direction == "future":
        return not (gap_ahead > FAR and gap_behind < NEAR_BEHIND)
    if direction == "past":
        return gap_behind > FAR and gap_ahead < NEAR_AHEAD
    return gap_ahead * AHEAD_MUST_BE_NEARER < gap_behind


def _plus(when: date, days: int) -> date | None:
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return None
