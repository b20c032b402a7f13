"""Attributions found in one parsed sentence, as token indices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in one sentence, as token indices.

    ``head`` is the cue's head; ``kind`` is the class of the cue and ``frame`` its construction; ``log_odds`` is the
    evidence that it is an attribution.
    """

    cue: frozenset[int]
    head: int
    source: frozenset[int]
    content: frozenset[int]
    lemma: str
    kind: str
    frame: str
    log_odds: float = 0.0
