"""Features of word meaning around a number and a phrase: components of word vectors, and their similarities.

"Volunteers" can own pledges and "a rate" cannot: no syntactic role expresses this, but words used alike share it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.slots.features import View
from extract.read.english.slots.scene import Phrase
from extract.read.english.vocabulary.vectors import vectors_of
from extract.read.english.vocabulary.words import ranks

Rows = NDArray[np.float32]
OF_PHRASE, OF_OTHERS = 10, 6  # components of a vector that are features
MEANING = (
    *(f"means_{k}" for k in range(OF_PHRASE)), "near_host", "near_verb", "near_counted", "word_rank",
    *(f"verb_means_{k}" for k in range(OF_OTHERS)), *(f"host_means_{k}" for k in range(OF_OTHERS)),
)  # fmt: skip
THING_MEANING = ("near_thing", *(f"thing_means_{k}" for k in range(OF_OTHERS)))


def meaning_rows(view: View, found: Sequence[Phrase | None]) -> Rows:
    """Return the feature matrix: one row per candidate, one column per name in ``MEANING``.

    Words without a vector have zeros.
    """
    tree = view.tree
    host, verb, counted = vectors_of(
        tree.lower[i] if i is not None else ""
        for i in (view.host, view.verbs[0] if view.verbs else None, view.counted_head)
    )
    own = _vectors(found)
    rows = np.empty((len(found), len(MEANING)), dtype=np.float32)
    rows[:, :OF_PHRASE] = own[:, :OF_PHRASE]
    for k, other in enumerate((host, verb, counted), OF_PHRASE):
        rows[:, k] = own @ other
    rows[:, OF_PHRASE + 3] = ranks(p.word if p is not None else "" for p in found)
    rows[[k for k, p in enumerate(found) if p is None], OF_PHRASE + 3] = -1
    rows[:, OF_PHRASE + 4 : -OF_OTHERS] = verb[:OF_OTHERS]
    rows[:, -OF_OTHERS:] = host[:OF_OTHERS]
    return rows


def thing_rows(found: Sequence[Phrase | None], thing: Phrase | None) -> Rows:
    """Return one row per candidate, one column per name in ``THING_MEANING``, for the chosen thing."""
    chosen = vectors_of([thing.word if thing is not None else ""])[0]
    rows = np.empty((len(found), len(THING_MEANING)), dtype=np.float32)
    rows[:, 0] = _vectors(found) @ chosen
    rows[:, 1:] = chosen[:OF_OTHERS]
    return rows


def _vectors(found: Sequence[Phrase | None]) -> Rows:
    return vectors_of(p.word if p is not None else "" for p in found)
