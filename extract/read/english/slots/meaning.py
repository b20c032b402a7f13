"""What the words around a number and a phrase mean, as features: parts of their vectors, and how near they are.

"Volunteers" may own pledges and "a rate" may not: no role in a tree says so, and words that are used alike share it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.slots.features import View
from extract.read.english.slots.scene import Phrase
from extract.read.english.vocabulary.vectors import row_of, vectors
from extract.read.english.vocabulary.words import rank

Rows = NDArray[np.float32]
OF_PHRASE, OF_OTHERS = 10, 6  # parts of a vector that are features
MEANING = (
    *(f"means_{k}" for k in range(OF_PHRASE)), "near_host", "near_verb", "near_counted", "word_rank",
    *(f"verb_means_{k}" for k in range(OF_OTHERS)), *(f"host_means_{k}" for k in range(OF_OTHERS)),
)  # fmt: skip
THING_MEANING = ("near_thing", *(f"thing_means_{k}" for k in range(OF_OTHERS)))


def meaning_rows(view: View, found: Sequence[Phrase | None]) -> Rows:
    """One row a candidate, by the names of ``MEANING``; of zeros where words have no vector."""
    tree = view.tree
    host = _vector(tree.lower[view.host] if view.host is not None else "")
    verb = _vector(tree.lower[view.verbs[0]] if view.verbs else "")
    counted = _vector(tree.lower[view.counted_head] if view.counted_head is not None else "")
    own = _vectors(found)
    ranks = [rank(p.word) if p is not None else -1 for p in found]
    around = np.concatenate([verb[:OF_OTHERS], host[:OF_OTHERS]])
    return np.column_stack(
        [own[:, :OF_PHRASE], own @ host, own @ verb, own @ counted, ranks, np.tile(around, (len(found), 1))]
    ).astype(np.float32)


def thing_rows(found: Sequence[Phrase | None], thing: Phrase | None) -> Rows:
    """One row a candidate, by the names of ``THING_MEANING``, for the thing that was chosen."""
    chosen = _vector(thing.word if thing is not None else "")
    return np.column_stack([_vectors(found) @ chosen, np.tile(chosen[:OF_OTHERS], (len(found), 1))]).astype(np.float32)


def _vector(word: str) -> Rows:
    vector: Rows = vectors()[row_of(word)]
    return vector


def _vectors(found: Sequence[Phrase | None]) -> Rows:
    rows: Rows = vectors()[[row_of(p.word if p is not None else "") for p in found]]
    return rows
