"""The days that a number may be true of, and what speaks for each."""

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
OPENING = frozenset({"since", "from", "after"})  # relations of a date from which a number holds to this day
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
# What joins two dates to one time: 1 for a list ("2021 and 2022"), 2 for a stretch ("2016 to 2019").
JOINS = (
    (1, re.compile(r"(?i)\s*(?:and|or|&)\s+(?:the |in |on |of )?")),
    (2, re.compile(r"(?i)\s*(?:(?:to|through|until|till|up to)\s+(?:the )?|[-–—]\s*)")),
)
# What a candidate would give the old end of a change.
OLD_END_ROADS, DATED = {"published": 1, "none": 3}, 2
SAME, ABOVE, BELOW, BESIDE = 1, 2, 3, 4  # where the verb of a date stands beside the verb of a number
JOINED = 40  # characters between the two ends of a stretch of time
BACK, ON = 90, 60  # characters before and after a number in which its time is looked for
LONGEST = 4000  # days beyond which age tells no more
A_YEAR = 366
DATES = 24  # dates of one sentence that are looked at
BUDGET = 240  # dates that all numbers of one sentence look at together, beyond the few that each may
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
    """First and last day, the road by which they came, and the date in the text that gives them."""

    days: Days
    road: str
    told: DateMention | None = None
    gap: int = 0


def day_candidates(view: View, published: date | None) -> list[DayCandidate]:
    """None, the day of publication, the dates of the sentence and the nearest ones of those beside it."""
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
    """The dates of the number's sentence, the nearest ones where they are many, in the order of the text."""
    here = view.scene.dates_in(view.tree.start, view.tree.end)
    most = view.number.share(BUDGET, DATES, FEW)
    if len(here) <= most:
        return here
    nearest = sorted(here, key=lambda d: abs(d.start - view.number.start))[:most]
    return sorted(nearest, key=lambda d: d.start)


def _opens_until(d: DateMention, published: date | None) -> bool:
    """May what is true from a date on hold until the day of publication?"""
    start = d.resolved_start
    return published is not None and d.relation in OPENING and start is not None and start <= published


def _stretches(here: Sequence[DateMention]) -> Iterator[DayCandidate]:
    """From one date of a sentence to the next, where they stand close together."""
    for first, last in pairwise(here):
        start, end = first.resolved_start, last.resolved_end
        if start and end and start < end and last.start - first.end < JOINED:
            yield DayCandidate((start, end), "range", last)


def _dates_beside(view: View) -> Iterator[DayCandidate]:
    """The nearest date of each of the two sentences before, and of the one after."""
    scene = view.scene
    for gap in (1, 2, -1):
        index = view.number.sentence - gap
        beside = scene.dates_in(*scene.doc.sentences[index]) if 0 <= index < len(scene.doc.sentences) else []
        if beside:
            d = beside[-1] if gap > 0 else beside[0]
            yield DayCandidate((d.resolved_start, d.resolved_end), "earlier" if gap > 0 else "later", d, gap)


def day_rows(view: View, found: Sequence[DayCandidate], published: date | None) -> NDArray[np.float32]:
    """One row a candidate, by the names of ``NAMES``."""
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
            # What the old end of a change holds at is another day's, and stands here as one feature: trees that grow
            # by one split at a time do not find so rare a pair.
            OLD_END_ROADS.get(c.road, DATED) if view.number.draft.role == "from" else 0,
        ]
        for c in found
    ]
    table = np.empty((len(found), len(NAMES)), dtype=np.float32)
    table[:, : len(NUMBER)] = view.own
    table[:, len(NUMBER) :] = np.array(rows, dtype=np.float32)
    return table


def _of_clause(view: View) -> list[float]:
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
    known = told is not None and told.granularity in GRANULARITIES
    return GRANULARITIES.index(told.granularity) + 1 if told is not None and known and told.granularity else 0


NO_DATE = [0.0] * 20


def _of_date(view: View, c: DayCandidate, here: Sequence[DateMention]) -> list[float]:
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
    """The topmost token of a date, or the first one behind its beginning where none begins inside it."""
    i = tree.head_of(d.start, d.end)
    return min(len(tree) - 1, tree.first_at(d.start)) if i is None else i


def _of_past(view: View, published: date | None) -> list[float]:
    """What the sentence before says of time: whether its last date is of another year, how long ago it is."""
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
    """Where the dates of a sentence stand: among its numbers, beside each other, and below which verb."""

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
        """How a candidate's date stands to the number; nothing for those that no date of the sentence gives."""
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
        return next((above for above in self.tree.paths[_head(self.tree, d)] if self.tree.verbal[above]), None)

    def _join(self, a: DateMention, b: DateMention) -> int:
        words = self.tree.text[a.end - self.tree.start : b.start - self.tree.start] if a.end <= b.start else ""
        return next((kind for kind, join in JOINS if join.fullmatch(words)), 0)

    def _nearer(self, d: DateMention) -> int:
        """How many other numbers stand nearer to a date."""
        number = self.number
        gap = d.start - number.end if d.start >= number.end else number.start - d.end
        return self.numbers.ending(d.start - gap + 1, d.start + 1) + self.numbers.beginning(d.end, d.end + gap)

    def _of_verb(self, verb: int | None) -> list[float]:
        """Whether a date's verb is the number's, stands above, below or beside it, and what the lower one is there."""
        tree, own = self.tree, self.verb
        if verb is None or own is None:
            return [0, 0]
        if verb == own:
            return [SAME, 0]
        if verb in self.view.verbs:
            return [ABOVE, DEPS.get(tree.deps[own], 0)]
        return [BELOW if own in tree.paths[verb] else BESIDE, DEPS.get(tree.deps[verb], 0)]
