"""What is found in one parsed sentence, before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in one sentence, as token indices; ``log_odds`` says how likely it is one."""

    cue: frozenset[int]
    head: int
    source: frozenset[int]
    content: frozenset[int]
    lemma: str
    kind: str
    frame: str
    log_odds: float = 0.0
