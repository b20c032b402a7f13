"""Rules for the dates of a sentence that can be a number's reference time, where the wording is unambiguous."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.read.english.slots.features import View
from extract.types import DateMention

BORN = re.compile(r"(?i)\bborn\b(?: (?:in [A-Z][\w ]*|on))*(?:,? (?:on|in))?(?: the)? ?$")  # before a date of birth
RESPECTIVELY = re.compile(r"(?i)\brespectively\b")
MOST = 40  # numbers in a sentence, at most, that are paired with dates
BETWEEN = re.compile(r"(?i)\s*(?:,|and|,\s*and)\s*(?:in |on |by )?(?:the )?")  # between two items of a list
# Starts of another clause between a longer period and a day in it: "Last year, 41 people drowned there on April 2".
CLAUSE = re.compile(r"(?i);|:|—|–|\b(?:and|but|while|when|after|before|since|which|who|because|than|from|including)\b")


def dates_of(view: View, here: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates of a sentence that can date a number, in order.

    For an age, dates of birth are left out; for other numbers, periods that a later date in the sentence makes precise.
    """
    text, draft = view.scene.doc.text, view.number.draft
    if draft.dimension == "age":
        return [d for d in here if BORN.search(text, max(view.tree.start, d.start - 30), d.start) is None]
    return [d for d in here if not any(_refines(view, d, day) for day in here)]


def paired_date(view: View, here: Sequence[DateMention]) -> DateMention | None:
    """Return the date at the number's position in "$8m, $7m and $6m in 2025, 2024 and 2023 respectively", else None."""
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
    """Return whether a later day makes a period precise, in a sentence of one number: "Last year, ... on April 2"."""
    bounds = wide.resolved_start, wide.resolved_end, day.resolved_start, day.resolved_end
    if None in bounds or wide is day or day.start < wide.end:
        return False
    start, end, first, last = bounds
    is_inside = start <= first and last <= end and (start, end) != (first, last)  # type: ignore[operator]
    text, numbers = view.scene.doc.text, view.scene.number_spans[view.number.sentence].starts
    return is_inside and len(numbers) == 1 and CLAUSE.search(text, wide.end, day.start) is None
