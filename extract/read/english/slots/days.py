"""Candidate reference times of a number, and the features of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.read.english.auxiliaries import MODALS
from extract.read.english.slots.dated import BORN, dates_of, paired_date
from extract.read.english.slots.features import (
    DEPS,
    FAR,
    NUMBER,
    OTHER_PREPOSITION,
    PREPOSITIONS,
    SPEAKING,
    View,
)
from extract.read.english.slots.relations import between, meet, path_features
from extract.read.english.slots.tree import SentenceTree
from extract.types import DateMention

Days = tuple[date | None, date | None]
ROADS = ("none", "published", "date", "since", "range", "earlier", "later")
STATED = frozenset({"date", "since", "range", "earlier", "later"})
GRANULARITIES = ("time", "day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century")
RELATIONS = ("since", "until", "by", "before", "after", "during", "from_to", "from", "to")
OPENING = frozenset({"since", "from", "after"})  # after such a date a number may hold until publication
OF_WILL = MODALS | {"'ll"}
CONDITIONS = frozenset("if unless whether until when once".split())
ANYBODY = frozenset("you your yourself anyone anybody someone everyone".split())
HAVE = frozenset("has have 've".split())
FORMER = re.compile(
    r"(?i)\b(?:used to|formerly|originally|initially|previously|back then|at first"
    r"|at (?:the|its) (?:peak|time|height))\b"
)
NOW = re.compile(r"(?i)\b(?:now|today|currently|so far|to date|already|as of|this (?:year|month|week))\b")
PLANNED = re.compile(
    r"(?i)\b(?:plan(?:s|ned)?|aim(?:s|ed)?|expect(?:s|ed)?|forecast|target|goal|propos\w+|hop(?:e|es|ing)|set to|due to"
    r"|by the end of)\b"
)
COMPARED = re.compile(
    r"(?i)\b(?:than|versus|compared (?:with|to)|against|from|above|below|since)(?: (?:in|on|the|a|an|that|those|of))* $"
)
# Connectives between two dates: 1 for a list ("2021 and 2022"), 2 for a range ("2016 to 2019").
JOINS = (
    (1, re.compile(r"(?i)\s*(?:and|or|&)\s+(?:the |in |on |of )?")),
    (2, re.compile(r"(?i)\s*(?:(?:to|through|until|till|up to)\s+(?:the )?|[-–—]\s*)")),
)
# Values of the feature ``old_end``, for the earlier value of a change.
OLD_END_ROADS, DATED = {"published": 1, "none": 3}, 2
SAME, ABOVE, BELOW, BESIDE = 1, 2, 3, 4  # position of the date's verb relative to the number's in the tree
JOINED = 40  # maximum of characters between the two ends of a range
BACK, ON = 90, 60  # characters before and after a number that are searched for time expressions
LONGEST = 4000  # days at which an age is capped
A_YEAR = 366
DATES = 24  # maximum number of candidate dates from one sentence
BUDGET = 240  # candidates that all numbers of a sentence share; each gets at least ``FEW``
FEW = 4
DAY = tuple(
    "v_none v_published v_date v_since v_range v_earlier v_later dates_here "
    "tense_past tense_present tense_perfect modal conditional generic former now planned order quoted attributed "
    "age_days years_away future granularity relation after distance compared born rank up_n up_c lca_verb lca_noun "
    "n_side c_side "
    "clauses_n clauses_c other_number_between commas between_verbs said date_prep date_first gap sentence "
    "history history_days previous_dates is_past_year breaks own_dates verb_dates other_dates nearer_numbers "
    "numbers_after joined_before joined_after verb_place verb_dep old_end".split()
)
NAMES = NUMBER + DAY


@dataclass(frozen=True, slots=True)
class DayCandidate:
    """A candidate reference time: first and last day, its origin (one of ``ROADS``), and the date mention it uses.

    ``gap`` is the number of sentences from the date to the number, negative if the date follows.
    """

    days: Days
    road: str
    told: DateMention | None = None
    gap: int = 0


def day_candidates(view: View, published: date | None) -> list[DayCandidate]:
    """Return the candidates: none, the day of publication, dates of the sentence, and the nearest dates beside it.

    If the dates and numbers are paired ("respectively"), the number's own date is the only candidate.
    """
    near = _dates_near(view)
    paired = paired_date(view, near)
    if paired is not None:
        return [DayCandidate((paired.resolved_start, paired.resolved_end), "date", paired)]
    here = dates_of(view, near)
    found = [DayCandidate((None, None), "none")]
    if published is not None:
        found.append(DayCandidate((published, published), "published"))
    for d in here:
        found.append(DayCandidate((d.resolved_start, d.resolved_end), "date", d))
        if _opens_until(d, published):
            found.append(DayCandidate((d.resolved_start, published), "since", d))
    return [*found, *_stretches(here), *_dates_beside(view)]


def _dates_near(view: View) -> list[DateMention]:
    """Return the dates of the number's sentence in order; only the nearest ones if there are many."""
    here = view.scene.dates_in(view.tree.start, view.tree.end)
    most = view.number.share(BUDGET, DATES, FEW)
    if len(here) <= most:
        return here
    nearest = sorted(here, key=lambda d: abs(d.start - view.number.start))[:most]
    return sorted(nearest, key=lambda d: d.start)


def _opens_until(d: DateMention, published: date | None) -> bool:
    """Return whether a date begins a period ("since 2019") that can extend to the day of publication."""
    start = d.resolved_start
    return published is not None and d.relation in OPENING and start is not None and start <= published


def _stretches(here: Sequence[DateMention]) -> Iterator[DayCandidate]:
    """Yield the range from each date of a sentence to the next one, if they are close together."""
    for first, last in pairwise(here):
        start, end = first.resolved_start, last.resolved_end
        if start and end and start < end and last.start - first.end < JOINED:
            yield DayCandidate((start, end), "range", last)


def _dates_beside(view: View) -> Iterator[DayCandidate]:
    """Yield the nearest date of each of the two previous sentences and of the next one."""
    scene = view.scene
    for gap in (1, 2, -1):
        index = view.number.sentence - gap
        beside = scene.dates_in(*scene.doc.sentences[index]) if 0 <= index < len(scene.doc.sentences) else []
        if beside:
            d = beside[-1] if gap > 0 else beside[0]
            yield DayCandidate((d.resolved_start, d.resolved_end), "earlier" if gap > 0 else "later", d, gap)


def day_rows(view: View, found: Sequence[DayCandidate], published: date | None) -> NDArray[np.float32]:
    """Return the feature matrix: one row per candidate, one column per name in ``NAMES``."""
    here = [c.told for c in found if c.road == "date" and c.told is not None]
    shared = [len(here), *_of_clause(view)]
    past = _of_past(view, published)
    places = Places(view, here)
    rows = [
        [
            *(c.road == road for road in ROADS),
            *shared,
            *_of_days(c, published),
            *_of_date(view, c, here),
            c.gap,
            view.number.sentence,
            *past,
            *places.shared,
            *places.of(c),
            # The earlier value of a change belongs to another day. This interaction is a feature of its own: trees that
            # grow by one split at a time do not find so rare a pair.
            OLD_END_ROADS.get(c.road, DATED) if view.number.draft.role == "from" else 0,
        ]
        for c in found
    ]
    table = np.empty((len(found), len(NAMES)), dtype=np.float32)
    table[:, : len(NUMBER)] = view.own
    table[:, len(NUMBER) :] = np.array(rows, dtype=np.float32)
    return table


def _of_clause(view: View) -> list[float]:
    """Return the features of tense, mood and time expressions in the number's clause."""
    tree, number = view.tree, view.number
    at = number.start - tree.start
    near = tree.text[max(0, at - BACK) : number.end - tree.start + ON]
    words = tree.lower[tree.first_at(max(tree.start, number.start - ON)) : tree.first_at(number.start)]
    return [
        *_of_tense(view),
        not CONDITIONS.isdisjoint(words),
        not ANYBODY.isdisjoint(tree.lower),
        FORMER.search(near) is not None,
        NOW.search(near) is not None,
        PLANNED.search(tree.text[max(0, at - BACK) : at]) is not None,
        tree.is_order,
        view.scene.doc.quotes.at(number.start) is not None,
        any(a <= number.start < b for said in view.scene.holding(number.sentence) for a, b in said.content_spans),
    ]


def _of_tense(view: View) -> list[float]:
    """Return whether the number's verb is past, present or perfect, and whether a verb above has a modal."""
    tree = view.tree
    verb = view.verbs[0] if view.verbs else None
    auxiliaries = [c for c in tree.children[verb] if tree.deps[c] in ("aux", "auxpass")] if verb is not None else []
    tags = {tree.tags[c] for c in auxiliaries} | ({tree.tags[verb]} if verb is not None else set())
    words = {tree.lower[c] for c in auxiliaries}
    chain = {tree.lower[c] for v in view.verbs for c in tree.children[v]}
    return [
        "VBD" in tags,
        not tags.isdisjoint(("VBZ", "VBP")),
        not words.isdisjoint(HAVE),
        not OF_WILL.isdisjoint(chain),
    ]


def _of_days(c: DayCandidate, published: date | None) -> list[float]:
    """Return the age of a candidate in days and in years, whether it is in the future, and its granularity."""
    start, end = c.days
    if published is None or start is None or end is None:
        return [0, 0, 0, _granularity(c.told)]
    age = (published - end).days
    return [
        max(-LONGEST, min(LONGEST, age)),
        max(-50, min(50, published.year - end.year)),
        start > published,
        _granularity(c.told),
    ]


def _granularity(told: DateMention | None) -> int:
    """Return the code of a date's granularity; 0 if it has none."""
    known = told is not None and told.granularity in GRANULARITIES
    return GRANULARITIES.index(told.granularity) + 1 if told is not None and known and told.granularity else 0


NO_DATE = [0.0] * 20


def _of_date(view: View, c: DayCandidate, here: Sequence[DateMention]) -> list[float]:
    """Return the features of a candidate's date relative to the number; zeros if it is not of this sentence."""
    d, tree, number = c.told, view.tree, view.number
    if d is None or c.gap:
        return NO_DATE
    i = _head(tree, d)
    first, last = (number.end, d.start) if d.start >= number.end else (d.end, number.start)
    middle = range(tree.first_at(first), tree.first_at(last))
    met = meet(view, i)
    top = met[0]
    at = d.start - tree.start
    return [
        RELATIONS.index(d.relation) + 1 if d.relation in RELATIONS else 0,
        d.start >= number.end,
        max(0, min(FAR, last - first)),
        COMPARED.search(tree.text[max(0, at - 30) : at]) is not None,
        BORN.search(tree.text[max(0, at - 30) : at]) is not None,
        sum(1 for o in here if abs(o.start - number.start) < abs(d.start - number.start)),
        *path_features(view, i, met),
        view.scene.number_spans[number.sentence].inside(first, last),
        between(tree.separators_before, middle),
        between(tree.verbs_before, middle),
        tree.verbal[top] and tree.lower[top] in SPEAKING,
        PREPOSITIONS.get(tree.lower[tree.heads[i]], OTHER_PREPOSITION) if tree.deps[i] == "pobj" else 0,
        d.start - tree.start < 12,
    ]


def _head(tree: SentenceTree, d: DateMention) -> int:
    """Return the index of a date's head token, or of the first token after its start if none begins inside it."""
    i = tree.head_of(d.start, d.end)
    return min(len(tree) - 1, tree.first_at(d.start)) if i is None else i


def _of_past(view: View, published: date | None) -> list[float]:
    """Return features of the last date in the previous sentence.

    They are whether it is over a year old within the same paragraph, its age in days, the number of dates in that
    sentence, whether it is over a year old at all, and whether a new paragraph begins after it.
    """
    scene, sentence = view.scene, view.number.sentence
    if sentence == 0 or published is None:
        return [0, 0, 0, 0, 0]
    told = scene.dates_in(*scene.doc.sentences[sentence - 1])
    breaks = scene.paragraphs[sentence] > scene.paragraphs[sentence - 1]
    if not told or told[-1].resolved_end is None:
        return [0, 0, 0, 0, breaks]
    age = (published - told[-1].resolved_end).days
    return [age > A_YEAR and not breaks, max(-LONGEST, min(LONGEST, age)), len(told), age > A_YEAR, breaks]


class Places:
    """The positions of a sentence's dates: among its numbers, next to each other, and below which verb."""

    def __init__(self, view: View, here: Sequence[DateMention]) -> None:
        self.view, self.tree, self.number = view, view.tree, view.number
        self.numbers = view.scene.number_spans[view.number.sentence]
        self.verb = view.verbs[0] if view.verbs else None
        self.verbs = {d.start: self._verb_of(d) for d in here}
        joins = [(a.start, b.start, self._join(a, b)) for a, b in pairwise(here)]
        self.after = {a: join for a, _, join in joins}
        self.before = {b: join for _, b, join in joins}
        own = sum(1 for d in here if not self._nearer(d))
        same = sum(1 for d in here if self.verb is not None and self.verbs[d.start] == self.verb)
        self.shared = [own, same, len(here) - same]

    def of(self, c: DayCandidate) -> list[float]:
        """Return the features of a candidate's date relative to the number; zeros if it is not of this sentence."""
        d = c.told
        if d is None or c.gap:
            return [0.0] * 6
        after = 0 if c.road == "range" else self.after.get(d.start, 0)
        return [
            self._nearer(d),
            self.numbers.beginning(d.end, self.tree.end),
            self.before.get(d.start, 0),
            after,
            *self._of_verb(self.verbs.get(d.start)),
        ]

    def _verb_of(self, d: DateMention) -> int | None:
        """Return the index of the lowest verb above a date, or None."""
        return next((above for above in self.tree.paths[_head(self.tree, d)] if self.tree.verbal[above]), None)

    def _join(self, a: DateMention, b: DateMention) -> int:
        """Return the code in ``JOINS`` of the connective between two dates; 0 if there is none."""
        words = self.tree.text[a.end - self.tree.start : b.start - self.tree.start] if a.end <= b.start else ""
        return next((kind for kind, join in JOINS if join.fullmatch(words)), 0)

    def _nearer(self, d: DateMention) -> int:
        """Return how many other numbers are nearer to a date."""
        number = self.number
        gap = d.start - number.end if d.start >= number.end else number.start - d.end
        return self.numbers.ending(d.start - gap + 1, d.start + 1) + self.numbers.beginning(d.end, d.end + gap)

    def _of_verb(self, verb: int | None) -> list[float]:
        """Return the tree position of a date's verb relative to the number's, and the label of the lower one."""
        tree, own = self.tree, self.verb
        if verb is None or own is None:
            return [0, 0]
        if verb == own:
            return [SAME, 0]
        if verb in self.view.verbs:
            return [ABOVE, DEPS.get(tree.deps[own], 0)]
        return [BELOW if own in tree.paths[verb] else BESIDE, DEPS.get(tree.deps[verb], 0)]
