"""What a date is read against: the publication day, the dates before it in the text, and the verbs round it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from extract.read.english.dates.periods import Period, day
from extract.read.english.dates.tense import direction_of
from extract.read.english.document import Document
from extract.types import TimeDirection

# A date ahead is taken over one behind only when it is this many times nearer, since news mostly looks back.
AHEAD_MUST_BE_NEARER = 2.0
# Nobody leaves the year out of a date this far away when one of the same name is this near.
FAR, NEAR_BEHIND, NEAR_AHEAD = timedelta(days=250), timedelta(days=90), timedelta(days=45)
# Anaphora ("a day later") reach back this many characters for the date that they count from.
ANAPHORA_REACH = 400
# A time of day reaches back this many characters for its day.
CLOCK_REACH = 200
START = r"(?<![\w$£€])(?<!\d[.,])"
NUMERAL = re.compile(r"\d(?<![\w$£€]\d)")  # the gate of patterns that begin with a digit
# What a text must hold for a pattern to be tried: one of these words, or a place where a match may begin.
Gate = tuple[str, ...] | re.Pattern[str]
SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
PLAIN_YEAR = re.compile(r"(?<![\w$£€.,])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, what it resolves to, and whether a match is a date at all.

    A match begins where a word does, or at an apostrophe.
    ``gate`` holds words of which the text (in lower case) must contain one for the pattern to be tried; behind one
    that ends in ``$`` stands no letter. It may be a pattern instead: then a match begins where one of it does.
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
    """Make a rule whose pattern begins where no word, amount of money or number is under way."""
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
        """Keep a resolved date: later expressions may count from it or share its year."""
        self.last, self.last_end = period, end
        if names_year:
            self.last_year, self.last_year_at = period, end

    @cached_property
    def is_history(self) -> bool:
        """True when most years that the text names lie long before its publication, as in a chronicle."""
        if self.published is None:
            return False
        years = [int(match.group()) for match in PLAIN_YEAR.finditer(self.doc.text)]
        old = sum(year < self.published.year - 2 for year in years)
        return old >= 8 and old >= 0.8 * len(years)

    def direction(self, match: re.Match[str]) -> TimeDirection | None:
        """Say where the words round a match place it, or ``None`` when they do not tell."""
        bounds = self.doc.sentences[self.doc.sentence_at(match.start())] if self.doc.sentences else (0, 0)
        return direction_of(self.doc.text, bounds, match.start(), match.end())

    def anchor(self, position: int) -> Period | None:
        """Return the last resolved date near enough before a position to count from it."""
        if self.last is None or position - self.last_end > ANAPHORA_REACH:
            return None
        return self.last

    def day_before(self, position: int) -> Period | None:
        """Return the day that was named just before; after a night ("Friday night") it may be the next, so none."""
        if self.last is None or self.last.start != self.last.end or position - self.last_end > CLOCK_REACH:
            return None
        return None if self.doc.text[: self.last_end].endswith("night") else day(self.last.start)

    def shared_year(self, match: re.Match[str]) -> int | None:
        """Return the year that a date without one shares with a dated one before it, when there is such a one.

        In a chronicle every date continues the one before; in news only a date of the same sentence does,
        and only an older year.
        """
        if self.last_year is None or self.published is None:
            return None
        year = self.last_year.start.year
        if self.is_history:
            return year
        same = self.doc.sentence_at(self.last_year_at - 1) == self.doc.sentence_at(match.start())
        return year if same and year < self.published.year and self.direction(match) != "future" else None

    def choose(self, match: re.Match[str], build: Callable[[int], Period | None]) -> Period | None:
        """Choose the year of a date that names none; ``build`` makes the date of a given year."""
        if self.published is None:
            return None
        shared = self.shared_year(match)
        if shared is not None:
            return build(shared)
        made = [build(self.published.year + step) for step in range(-4, 5)]
        candidates = [period for period in made if period is not None]
        if SINCE.search(self.doc.text, max(0, match.start() - 12), match.start()):  # never a day to come
            candidates = [period for period in candidates if period.start <= self.published]
        return self.nearest(candidates, self.direction(match))

    def nearest(self, candidates: list[Period], direction: TimeDirection | None) -> Period | None:
        """Return the candidate nearest to the publication day on the side that ``direction`` tells."""
        if self.published is None or not candidates:
            return None
        today = self.published
        last, following = _beside(candidates, today)
        if last is None or following is None or last is following:
            return last or following
        return following if _is_ahead(today - last.end, following.start - today, direction) else last

    def weekday(self, number: int, direction: TimeDirection | None) -> date | None:
        """Return the day of that weekday (Monday is 0) within the week that ends or begins on publication."""
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % 7
        if direction == "future":
            return _plus(self.published, (number - self.published.weekday()) % 7)
        return _plus(self.published, -back)


def _beside(candidates: list[Period], today: date) -> tuple[Period | None, Period | None]:
    """Give the last of some periods that has begun, and the first that is not over."""
    ordered = sorted(candidates, key=lambda period: period.start)
    last = next((period for period in reversed(ordered) if period.start <= today), None)
    return last, next((period for period in ordered if period.end >= today), None)


def _is_ahead(gap_behind: timedelta, gap_ahead: timedelta, direction: TimeDirection | None) -> bool:
    """Tell whether the candidate ahead is meant; one far away on the side that is told loses to a near one."""
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
