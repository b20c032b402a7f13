"""Score rows with a small forest of decision trees read from text.

A tree has at most 16 leaves. As in QuickScorer (Lucchese et al., SIGIR 2015), the tree is not traversed:
every comparison that fails masks out the leaves below its left branch, and the first remaining leaf is the row's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 16
ALL_LEAVES = (1 << MAX_LEAVES) - 1
# The index of the lowest set bit of each 16-bit number.
LOWEST_BIT = np.array([(mask & -mask).bit_length() - 1 for mask in range(ALL_LEAVES + 1)], dtype=np.int8)


@dataclass(frozen=True, slots=True)
class Split:
    """One comparison, ``row[feature] <= threshold``, and the leaves that it excludes if it fails."""

    feature: int
    threshold: float
    left_leaves: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: its comparisons, and its leaves' values from left to right."""

    splits: tuple[Split, ...]
    leaves: tuple[float, ...]


class Forest:
    """A sum of trees and a constant: the log-odds that a row is positive."""

    def __init__(self, trees: Sequence[Tree], base: float):
        self.base = np.float32(base)
        shape = (MAX_LEAVES - 1, len(trees))
        features = np.zeros(shape, dtype=np.intp)
        thresholds = np.full(shape, np.inf, dtype=np.float32)
        out = np.zeros(shape, dtype=np.uint16)
        leaves = np.zeros((len(trees), MAX_LEAVES), dtype=np.float32)
        for column, tree in enumerate(trees):
            leaves[column, : len(tree.leaves)] = tree.leaves
            for row, split in enumerate(tree.splits):
                features[row, column] = split.feature
                thresholds[row, column] = split.threshold
                out[row, column] = split.left_leaves
        self.shape = shape
        # Trees repeat comparisons: each one is evaluated once, and its result is looked up.
        asked = np.stack([features.ravel().astype(np.float32), thresholds.ravel()])
        distinct, where = np.unique(asked, axis=1, return_inverse=True)
        self.features = distinct[0].astype(np.intp)
        self.thresholds = distinct[1].reshape(-1, 1)
        self.where = where.ravel()
        self.out = out.reshape(-1, 1)
        self.leaves = leaves.ravel()
        self.first_leaves = (np.arange(len(trees)) * MAX_LEAVES)[:, None]

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds of each row."""
        # One row per comparison, one column per input row, so that memory is accessed sequentially.
        fails = np.take(np.ascontiguousarray(rows.T), self.features, axis=0) > self.thresholds
        out = (np.take(fails, self.where, axis=0) * self.out).reshape(*self.shape, len(rows))
        leaf = LOWEST_BIT.take(~np.bitwise_or.reduce(out, axis=0)) + self.first_leaves
        scores: NDArray[np.float32] = np.take(self.leaves, leaf).sum(axis=0) + self.base
        return scores


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
