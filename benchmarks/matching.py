"""One-to-one matching of gold rows with predicted rows, and the scores that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

G = TypeVar("G")
P = TypeVar("P")


@dataclass(slots=True)
class Score:
    """Counts of gold, predicted and right rows; adds up over articles."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def add(self, gold: int, predicted: int, right: int) -> None:
        """Count one article's rows in."""
        self.gold += gold
        self.predicted += predicted
        self.right += right

    @property
    def precision(self) -> float:
        """The share of predicted rows that are right; 0 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold rows that were found; 0 when there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.right / both if both else 0.0


def maximum_matching(gold: Sequence[G], predicted: Sequence[P], fits: Callable[[G, P], bool]) -> list[tuple[int, int]]:
    """The largest set of pairs (gold index, predicted index) that fit, each row in one pair at most.

    Augmenting paths (Kuhn's algorithm for bipartite matching).
    """
    edges = [[p for p, one in enumerate(predicted) if fits(row, one)] for row in gold]
    owner: dict[int, int] = {}

    def augment(row: int, seen: set[int]) -> bool:
        for p in edges[row]:
            if p in seen:
                continue
            seen.add(p)
            if p not in owner or augment(owner[p], seen):
                owner[p] = row
                return True
        return False

    for row in range(len(gold)):
        augment(row, set())
    return sorted((row, p) for p, row in owner.items())
