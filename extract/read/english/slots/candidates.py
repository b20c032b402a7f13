"""Candidate phrases for the thing, subject and place of a number, and their feature table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.slots.features import (
    ASKED,
    NAMES,
    NO_PHRASE,
    NO_RELATION,
    NUMBER,
    PHRASE,
    View,
    asked_features,
    phrase_features,
)
from extract.read.english.slots.relations import relation_features
from extract.read.english.slots.scene import Phrase, Scene

EARLIER = 3  # sentences before the number's that are searched for candidates
MOST = 60  # maximum number of candidate phrases from one sentence
BUDGET = 600  # candidates that all numbers of a sentence share; each gets at least ``FEW``
FEW = 6
RELATIONS = len(NUMBER) + len(PHRASE)  # the first column that depends on both number and phrase
NOT_ASKED = (0.0,) * len(ASKED)
ASKED_COLUMNS = [len(NUMBER) + k for k in ASKED]


def phrase_candidates(scene: Scene, view: View) -> list[Phrase | None]:
    """Return None, the phrases of the number's own sentence, and subjects and names of the sentences before it."""
    sentence = view.number.sentence
    own = scene.phrases(sentence)
    most = view.number.share(BUDGET, MOST, FEW)
    if len(own) > most:
        at = bisect_left(own, view.number.start, key=lambda p: p.start)
        own = own[max(0, at - most // 2) : at + most // 2]
    seen = {p.key for p in own if p.is_name}
    return [None, *own, *_earlier(scene, sentence, seen, most)]


def _earlier(scene: Scene, sentence: int, seen: set[str], most: int) -> list[Phrase]:
    """Return the names and subjects of the sentences before one, nearest first, except those in ``seen``."""
    found: list[Phrase] = []
    for earlier in range(sentence - 1, max(-1, sentence - 1 - EARLIER), -1):
        if not scene.is_parsed(earlier):
            continue
        tree = scene.tree(earlier)
        for phrase in reversed(scene.phrases(earlier)[:most]):
            if phrase.is_pronoun or phrase.key in seen:
                continue
            if phrase.kind or tree.deps[phrase.head] in ("nsubj", "nsubjpass"):
                seen.add(phrase.key)
                found.append(phrase)
    return found


class PhraseTable:
    """Builds feature rows; the features that depend on a phrase alone are cached for other numbers nearby."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._kept: dict[tuple[int, int], NDArray[np.float32]] = {}
        self._none = np.array(NO_PHRASE, dtype=np.float32)

    def rows(self, view: View, found: Sequence[Phrase | None]) -> NDArray[np.float32]:
        """Return the feature matrix: one row per candidate, one column per name in ``features.NAMES``."""
        sentence, speakers, ranks = view.number.sentence, view.speakers, _ranks(view, found)
        asked = [NOT_ASKED if p is None else asked_features(self._scene, p, sentence, speakers) for p in found]
        relations = [NO_RELATION if p is None else relation_features(view, p, *ranks.get(id(p), (0, 0))) for p in found]
        table = np.empty((len(found), len(NAMES)), dtype=np.float32)
        table[:, : len(NUMBER)] = view.own
        table[:, len(NUMBER) : RELATIONS] = [self._none if p is None else self._phrase(p) for p in found]
        table[:, ASKED_COLUMNS] = asked
        table[:, RELATIONS:] = relations
        return table

    def _phrase(self, phrase: Phrase) -> NDArray[np.float32]:
        key = (phrase.sentence, phrase.head)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = np.array(phrase_features(self._scene, phrase), dtype=np.float32)
        return found


def _ranks(view: View, found: Sequence[Phrase | None]) -> dict[int, tuple[int, int]]:
    """Return, by the phrase's ``id``, how many phrases and how many names lie between it and the number.

    Only phrases of the number's own sentence have an entry.
    """
    n = view.number
    here = [p for p in found if p is not None and p.sentence == n.sentence]
    ranks: dict[int, tuple[int, int]] = {}
    names = 0
    for rank, phrase in enumerate(p for p in reversed(here) if p.end <= n.start):
        ranks[id(phrase)] = (rank, names)
        names += phrase.is_name
    names = 0
    for rank, phrase in enumerate(p for p in here if p.end > n.start):
        ranks[id(phrase)] = (rank, names)
        names += phrase.is_name
    return ranks
