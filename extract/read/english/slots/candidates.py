"""The phrases that a number may be of, and their table of features."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.slots.features import NAMES, NO_PHRASE, NO_RELATION, NUMBER, View, phrase_features
from extract.read.english.slots.relations import relation_features
from extract.read.english.slots.scene import Phrase, Scene

EARLIER = 3  # sentences back in which a bearer is looked for
MOST = 60  # phrases of one sentence that are looked at
BUDGET = 600  # phrases that all numbers of one sentence look at together, beyond the few that each may
FEW = 6
NOTHING = NO_PHRASE + NO_RELATION


def phrase_candidates(scene: Scene, view: View) -> list[Phrase | None]:
    """None, the phrases of the number's own sentence, and the subjects and names of the sentences before it."""
    sentence = view.number.sentence
    own = scene.phrases(sentence)
    most = view.number.share(BUDGET, MOST, FEW)
    if len(own) > most:
        at = bisect_left(own, view.number.start, key=lambda p: p.start)
        own = own[max(0, at - most // 2) : at + most // 2]
    seen = {p.key for p in own if p.is_name}
    return [None, *own, *_earlier(scene, sentence, seen, most)]


def _earlier(scene: Scene, sentence: int, seen: set[str], most: int) -> list[Phrase]:
    """The names and subjects of the sentences before one, the nearest first, without those that were ``seen``."""
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
    """Makes the rows of features; what does not depend on the number is kept for the others of its sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._kept: dict[tuple[int, int, int], list[float]] = {}

    def rows(self, view: View, found: Sequence[Phrase | None]) -> NDArray[np.float32]:
        """One row a candidate, by the names of ``features.NAMES``."""
        ranks = _ranks(view, found)
        table = np.empty((len(found), len(NAMES)), dtype=np.float32)
        table[:, : len(NUMBER)] = view.own
        values = [
            NOTHING
            if phrase is None
            else self._phrase(phrase, view) + relation_features(view, phrase, *ranks.get(id(phrase), (0, 0)))
            for phrase in found
        ]
        table[:, len(NUMBER) :] = np.array(values, dtype=np.float32)
        return table

    def _phrase(self, phrase: Phrase, view: View) -> list[float]:
        sentence = view.number.sentence
        key = (phrase.sentence, phrase.head, sentence)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = phrase_features(self._scene, phrase, sentence, view.speakers)
        return found


def _ranks(view: View, found: Sequence[Phrase | None]) -> dict[int, tuple[int, int]]:
    """How many phrases, and how many names, stand between the number and each phrase of its sentence."""
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
