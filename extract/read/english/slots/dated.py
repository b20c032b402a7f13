"""Which dates of a sentence a number may be dated by, where its words leave no choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.read.english.slots.features import View
from extract.types import DateMention

BORN = re.compile(r"(?i)\bborn\b(?: (?:in [A-Z][\w ]*|on))*(?:,? (?:on|in))?(?: the)? ?$")  # a day of birth
RESPECTIVELY = re.compile(r"(?i)\brespectively\b")
MOST = 40  # numbers of a sentence whose places in its list are counted
BETWEEN = re.compile(r"(?i)\s*(?:,|and|,\s*and)\s*(?:in |on |by )?(?:the )?")  # two of a list
# Between a wide date and a day in it no other clause begins: "Last year, 41 people drowned there on April 2".
CLAUSE = re.compile(r"(?i);|:|—|–|\b(?:and|but|while|when|after|before|since|which|who|because|than|from|including)\b")


def dates_of(view: View, here: Sequence[DateMention]) -> list[DateMention]:
    """Leave out the dates that cannot date a number; the rest in their order."""
    text, draft = view.scene.doc.text, view.number.draft
    if draft.dimension == "age":
        return [d for d in here if BORN.search(text, max(view.tree.start, d.start - 30), d.start) is None]
    return [d for d in here if not any(_refines(view, d, day) for day in here)]


def paired_date(view: View, here: Sequence[DateMention]) -> DateMention | None:
    """Read "$8m, $7m and $6m in 2025, 2024 and 2023 respectively": each number has the date of its place."""
    text, tree = view.scene.doc.text, view.tree
    starts = view.scene.number_spans[view.number.sentence].starts
    if not 2 <= len(here) <= len(starts) <= MOST or RESPECTIVELY.search(text, tree.start, tree.end) is None:
        return None
    if not all(BETWEEN.fullmatch(text, a.end, b.start) for a, b in pairwise(here)):
        return None
    before = [start for start in starts if start < here[0].start][-len(here) :]
    after = [start for start in starts if start >= here[-1].end][: len(here)]
    numbers = before if len(before) == len(here) else after
    if len(numbers) != len(here) or view.number.start not in numbers:
        return None
    return here[numbers.index(view.number.start)]


def _refines(view: View, wide: DateMention, day: DateMention) -> bool:
    """Tell the day that a wide date only leads to, in a sentence of one number: "Last year, ... on April 2"."""
    bounds = wide.resolved_start, wide.resolved_end, day.resolved_start, day.resolved_end
    if None in bounds or wide is day or day.start < wide.end:
        return False
    start, end, first, last = bounds
    is_inside = start <= first and last <= end and (start, end) != (first, last)  # type: ignore[operator]
    text, numbers = view.scene.doc.text, view.scene.number_spans[view.number.sentence].starts
    return is_inside and len(numbers) == 1 and CLAUSE.search(text, wide.end, day.start) is None
