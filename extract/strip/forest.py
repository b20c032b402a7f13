"""Score rows with a small forest of decision trees read from text.

A tree has at most 16 leaves. As in QuickScorer (Lucchese et al., SIGIR 2015) a row's leaf is not found by
walking: every
comparison that fails masks out the leaves below its left branch, and the first leaf left over is the row's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 16
ALL_LEAVES = (1 << MAX_LEAVES) - 1
# The index of the lowest set bit of each 16-bit number.
LOWEST_BIT = np.array([(mask & -mask).bit_length() - 1 for mask in range(ALL_LEAVES + 1)], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Split:
    """One comparison, ``row[feature] <= threshold``, and the leaves that are out when it fails."""

    feature: int
    threshold: float
    left_leaves: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: its comparisons, and its leaves' values from left to right."""

    splits: tuple[Split, ...]
    leaves: tuple[float, ...]


class Forest:
    """A sum of trees and a constant, as the log-odds that a row is positive."""

    def __init__(self, trees: Sequence[Tree], base: float):
        self.base = base
        shape = (MAX_LEAVES - 1, len(trees))
        self.features = np.zeros(shape, dtype=np.intp)
        self.thresholds = np.full(shape, np.inf, dtype=np.float32)
        self.masks = np.full(shape, ALL_LEAVES, dtype=np.uint16)
        self.leaves = np.zeros((len(trees), MAX_LEAVES), dtype=np.float32)
        self.columns = np.arange(len(trees))
        for column, tree in enumerate(trees):
            self.leaves[column, : len(tree.leaves)] = tree.leaves
            for row, split in enumerate(tree.splits):
                self.features[row, column] = split.feature
                self.thresholds[row, column] = split.threshold
                self.masks[row, column] = ALL_LEAVES & ~split.left_leaves

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds of each row."""
        fails = rows[:, self.features] > self.thresholds
        left = np.bitwise_and.reduce(np.where(fails, self.masks, np.uint16(ALL_LEAVES)), axis=1)
        values: NDArray[np.float32] = self.leaves[self.columns, LOWEST_BIT[left]].sum(axis=1)
        return values + np.float32(self.base)


def read_forest(text: str, features: Sequence[str]) -> Forest:
    """Read a forest from its text form.

    A line is ``base VALUE``, ``tree``, ``split FEATURE THRESHOLD FIRST LAST`` (the leaves of its left
    branch, inclusive) or
    ``leaf VALUE``. Raises ValueError on anything else or an unknown feature.
    """
    names = {name: index for index, name in enumerate(features)}
    base = 0.0
    trees: list[tuple[list[Split], list[float]]] = []
    for line in text.splitlines():
        kind, *values = line.split()
        if kind == "base":
            base = float(values[0])
        elif kind == "tree":
            trees.append(([], []))
        elif kind == "split" and values[0] in names:
            first, last = int(values[2]), int(values[3])
            trees[-1][0].append(Split(names[values[0]], float(values[1]), (1 << (last + 1)) - (1 << first)))
        elif kind == "leaf":
            trees[-1][1].append(float(values[0]))
        else:
            raise ValueError(f"not a line of a forest for these features: {line!r}")
    return Forest([Tree(tuple(splits), tuple(leaves)) for splits, leaves in trees], base)
