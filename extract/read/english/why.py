"""Explains a number's slots: the candidates with their scores, and the features that distinguish them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from extract.read.english.reading import read_parts
from extract.read.english.slots.antecedents import Antecedent
from extract.read.english.slots.choose import FEATURES, Candidate, Scored, choose, readable, weights
from extract.read.english.slots.days import DayCandidate
from extract.read.english.slots.scene import Phrase

TOLD = 6  # number of features reported per candidate


@dataclass(frozen=True, slots=True)
class Reason:
    """One candidate for one slot: its text, its score, and the most important features.

    Each feature is a name, its value and its effect, in units of the score.
    """

    slot: str
    candidate: str
    score: float
    features: tuple[tuple[str, float, float], ...]


def reasons(text: str, published_at: datetime | None, number: int) -> list[Reason]:
    """Return all candidates of the ``number``-th quantity of a text (from 1), slot by slot, best first.

    Each has its most important features: name, value, and by how much the score would change if the feature were zero.
    The list is empty for a number that the models skip. Raises IndexError if the text has no such quantity.
    """
    parts = read_parts(text, published_at)
    numbers = parts.numbers
    total = sum(len(drafts) for _, _, drafts in numbers)
    if not 1 <= number <= total:
        raise IndexError(f"there is no number {number}: the text has {total}")
    left = readable(parts.doc, numbers)[1]
    _, found = choose(parts.doc, numbers, parts.dates, parts.mentions, parts.attributions, parts.published)
    before = [index for index, _, drafts in numbers for _ in drafts][:number]
    if before[-1] in left:
        return []
    at = number - 1 - sum(index in left for index in before[:-1])
    return [reason for slot in FEATURES for reason in _of(text, found[slot][at])]


def _of(text: str, scored: Scored) -> Iterator[Reason]:
    """Yield the reasons for one slot, best first."""
    for k in scored.scores.argsort()[::-1]:
        row = scored.rows[int(k)]
        without = row[None, :].repeat(len(row), axis=0)
        without[range(len(row)), range(len(row))] = 0
        effect = float(scored.scores[k]) - weights(scored.slot).scores(without)
        most = sorted(range(len(row)), key=lambda i: -abs(float(effect[i])))[:TOLD]
        told = tuple((scored.names[i], float(row[i]), round(float(effect[i]), 2)) for i in most if effect[i])
        yield Reason(scored.slot, _words(text, scored.candidates[int(k)]), round(float(scored.scores[k]), 2), told)


def _words(text: str, candidate: Candidate) -> str:
    """Return a candidate as readable text."""
    if candidate is None:
        return "(none)"
    if isinstance(candidate, Phrase | Antecedent):
        return text[candidate.start : candidate.end]
    if isinstance(candidate, DayCandidate):
        start, end = candidate.days
        days = "(none)" if start is None else str(start) if start == end else f"{start} to {end}"
        return f"{days} ({candidate.road})"
    return f"{candidate.source_text or 'somebody'} · {candidate.cue}"
