"""Which blocks are article body: two small learned forests, the second with the first one's view of the
surroundings."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from extract.forest import Forest, read_forest
from extract.strip.features import FEATURES, Hints, Lexicon, block_features, group_key
from extract.strip.segment import TextBlock
from extract.strip.tables import Matrix, side_by_side

# Blocks of which the first forest is this certain skip the second, which reversed none of them in 123,000 blocks of
# unseen hosts.
SURELY_NOT, SURELY = 0.1, 0.93
REACH = 4
CONTEXT_FEATURES = (
    *FEATURES,
    "score",
    *(f"score{offset:+d}" for offset in range(-REACH, REACH + 1) if offset),
    "score_box",
    "score_outer_box",
    "score_group",
    "score_page",
    "score_before",
    "score_after",
    "gap_before",
    "gap_after",
)


@dataclass(frozen=True, slots=True)
class Classifier:
    """The learned parameters: word weights and the two forests."""

    lexicon: Lexicon
    alone: Forest
    in_context: Forest

    def probabilities(self, blocks: list[TextBlock], hints: Hints) -> Matrix:
        """Return for each block the probability that it is part of the article's body, from 0 to 1."""
        if not blocks:
            return np.zeros(0, dtype=np.float32)
        rows = block_features(blocks, self.lexicon, hints)
        scores = sigmoid(self.alone.log_odds(rows))
        unsure = np.flatnonzero((scores > SURELY_NOT) & (scores < SURELY))
        if len(unsure):
            table = context_features(rows, scores, blocks)
            scores[unsure] = sigmoid(self.in_context.log_odds(np.take(table.T, unsure, axis=1).T))
        return scores


def sigmoid(log_odds: Matrix) -> Matrix:
    """Convert log-odds, which are within some tens for a forest of small trees, into probabilities."""
    return np.float32(1) / (np.float32(1) + np.exp(-log_odds))


def context_features(rows: Matrix, scores: Matrix, blocks: list[TextBlock]) -> Matrix:
    """Add to each block's features its score by the first forest and those of its surroundings."""
    chars = np.array([len(block.text) for block in blocks], dtype=np.float32)
    count = len(blocks)
    padded = np.full(count + 2 * REACH, -1, dtype=np.float32)
    padded[REACH : REACH + count] = scores
    near = [padded[REACH + offset : REACH + offset + count] for offset in range(-REACH, REACH + 1) if offset]
    mass = scores * chars
    total = float(mass.sum()) or 1.0
    before = (np.cumsum(mass) - mass) / total
    after = 1 - before - mass / total
    columns = [
        scores,
        *near,
        _mean_by([block.box.parent for block in blocks], mass, chars),
        _mean_by([block.box.parent and block.box.parent.parent for block in blocks], mass, chars),
        _mean_by([group_key(block.box) for block in blocks], mass, chars),
        np.full(count, total / float(chars.sum()), dtype=np.float32),
        before,
        after,
        _gaps(scores),
        _gaps(scores[::-1])[::-1],
    ]
    return side_by_side((rows, *columns))


def _mean_by(keys: Sequence[Hashable], mass: Matrix, chars: Matrix) -> Matrix:
    """Return for each block the mean score of the blocks with its key, weighted by characters."""
    numbers: dict[Hashable, int] = {}
    index = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)
    means = np.bincount(index, mass) / np.maximum(np.bincount(index, chars), 1)
    return means[index].astype(np.float32)


def _gaps(scores: Matrix) -> Matrix:
    """Return for each block the number of blocks since the last likely body block, at most 30."""
    places = np.arange(len(scores))
    last = np.maximum.accumulate(np.where(scores > 0.5, places, -30))
    previous = np.concatenate(([-30], last[:-1]))
    gaps: Matrix = np.minimum(places - previous, 30).astype(np.float32)
    return gaps


@lru_cache(maxsize=1)
def load_classifier() -> Classifier:
    """Read the learned parameters that come with the package."""
    folder = files("extract.strip") / "weights"
    return Classifier(
        Lexicon(
            _weights((folder / "hints.tsv").read_text("utf-8")),
            _weights((folder / "texts.tsv").read_text("utf-8")),
        ),
        read_forest((folder / "alone.txt").read_text("utf-8"), FEATURES),
        read_forest((folder / "in_context.txt").read_text("utf-8"), CONTEXT_FEATURES),
    )


def _weights(text: str) -> dict[str, float]:
    pairs = (line.split("\t") for line in text.splitlines() if line)
    return {word: float(weight) for word, weight in pairs}
