"""Candidate antecedents of a pronoun: the names and nouns around it, and the features of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.read.english.slots.features import FAR, View
from extract.read.english.slots.scene import Phrase, Scene
from extract.read.english.slots.tree import SUBJECTS
from extract.types import Attribution

BACK = 5  # sentences before the pronoun's that are searched for antecedents
MOST = 40  # candidates of one pronoun that are considered, the nearest first
PRONOUNS = (
    "he him his", "she her hers", "it its", "they them their theirs", "we us our ours", "i me my mine",
    "you your yours", "who whom whose which", "this that these those",
)  # fmt: skip
CLASSES = {word: k for k, words in enumerate(PRONOUNS, 1) for word in words.split()}
OWNING = frozenset("his her its their our my your whose".split())
MALE = re.compile(r"(?:Mr|Sir|Lord|Prince|King|Father)\b")
FEMALE = re.compile(r"(?:Mrs|Ms|Miss|Lady|Dame|Princess|Queen|Sister)\b")
KINDS = {"person": 1, "organisation": 2, "place": 3}
NAMES = tuple(
    "none pronoun owning acts pronoun_quoted number_after own gap paragraphs before distance rank rank_kind "
    "kind person organisation place name several male female count prominence in_lead subject root_subject owner "
    "prepositional parsed opens quoted speaks_number speaks_here last_subject company nearest_kind".split()
)


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A name or noun that a pronoun may refer to.

    ``start`` and ``end`` are character offsets; ``head`` is the index of its head token if its sentence is parsed.
    """

    start: int
    end: int
    sentence: int
    key: str
    kind: str
    is_name: bool
    head: int | None


class AntecedentTable:
    """Finds the candidate antecedents of a text's pronouns; caches the names and nouns of each sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._kept: dict[int, list[Antecedent]] = {}

    def candidates(self, pronoun: Phrase) -> list[Antecedent | None]:
        """Return None and the candidates: names and subjects of the pronoun's sentence and those before it.

        Each name occurs once; the sentence's own come first, and within a sentence the nearest to the pronoun.
        """
        found: list[Antecedent] = []
        seen: set[str] = set()
        for sentence in range(pronoun.sentence, max(-1, pronoun.sentence - 1 - BACK), -1):
            for one in sorted(self._in_sentence(sentence), key=lambda a: abs(a.start - pronoun.start)):
                if one.key not in seen and not _is_its_own(self._scene, pronoun, one):
                    seen.add(one.key)
                    found.append(one)
        return [None, *found[:MOST]]

    def _in_sentence(self, sentence: int) -> list[Antecedent]:
        found = self._kept.get(sentence)
        if found is None:
            found = self._kept[sentence] = list(_in_sentence(self._scene, sentence))
        return found


def _is_its_own(scene: Scene, pronoun: Phrase, one: Antecedent) -> bool:
    """Return whether a phrase contains the pronoun or is what the pronoun possesses: "hopes" in "their hopes"."""
    if one.start <= pronoun.start < one.end:
        return True
    return (
        one.sentence == pronoun.sentence
        and scene.tree(one.sentence).heads[pronoun.head] == one.head
        and (pronoun.word in OWNING)
    )


def _in_sentence(scene: Scene, sentence: int) -> Iterator[Antecedent]:
    """Yield the names of a sentence and, if it is parsed, the nouns that are subjects in it."""
    start, end = scene.doc.sentences[sentence]
    tree = scene.tree(sentence) if scene.is_parsed(sentence) else None
    for m in scene.mentions_in(start, end):
        head = tree.head_of(m.start, m.end) if tree is not None else None
        yield Antecedent(m.start, m.end, sentence, m.name, m.kind, True, head)
    for phrase in scene.phrases(sentence) if tree is not None else ():
        if phrase.is_pronoun or scene.mention_at(phrase.start, phrase.end) is not None:
            continue
        if tree is not None and tree.deps[phrase.head] in SUBJECTS:
            yield Antecedent(phrase.start, phrase.end, sentence, phrase.key, phrase.kind, False, phrase.head)


def antecedent_rows(view: View, pronoun: Phrase, found: Sequence[Antecedent | None]) -> NDArray[np.float32]:
    """Return the feature matrix: one row per candidate, one column per name in ``NAMES``."""
    shared = _of_pronoun(view, pronoun)
    nearest = sorted((c for c in found if c is not None), key=lambda c: abs(c.start - pronoun.start))
    rank = {id(c): k for k, c in enumerate(nearest)}
    of_kind: dict[str, int] = {}
    rank_kind: dict[int, int] = {}
    for c in nearest:
        rank_kind[id(c)] = of_kind.get(c.kind, 0)
        of_kind[c.kind] = rank_kind[id(c)] + 1
    rows = [
        [1.0, *shared, *[0.0] * (len(NAMES) - 1 - len(shared))]
        if c is None
        else [
            0.0,
            *shared,
            *_of_distance(view.scene, pronoun, c),
            rank[id(c)],
            rank_kind[id(c)],
            *_of_name(view.scene, c),
            *_of_role(view.scene, c),
            *_of_speech(view, c),
            *_of_company(view.scene, pronoun, c),
            rank_kind[id(c)] == 0,
        ]
        for c in found
    ]
    return np.array(rows, dtype=np.float32)


def _of_pronoun(view: View, pronoun: Phrase) -> list[float]:
    """Return the features that all candidates share: the pronoun's class and position."""
    tree = view.tree
    word = pronoun.word
    return [
        CLASSES.get(word, 0),
        word in OWNING,
        tree.deps[pronoun.head] in SUBJECTS,
        view.scene.doc.quotes.at(pronoun.start) is not None,
        view.number.start > pronoun.start,
    ]


def _of_distance(scene: Scene, pronoun: Phrase, c: Antecedent) -> list[float]:
    """Return a candidate's distance from the pronoun in sentences, paragraphs and characters, and its direction."""
    gap = pronoun.sentence - c.sentence
    return [
        gap == 0,
        gap,
        scene.paragraphs[pronoun.sentence] - scene.paragraphs[c.sentence],
        c.start < pronoun.start,
        min(FAR, abs(pronoun.start - c.start)),
    ]


def _of_name(scene: Scene, c: Antecedent) -> list[float]:
    """Return the features of a candidate's name: kind, number, gender by title, and frequency in the text."""
    text = scene.doc.text[c.start : c.end]
    before = scene.doc.text[max(0, c.start - 6) : c.end]
    return [
        KINDS.get(c.kind, 0),
        c.kind == "person",
        c.kind == "organisation",
        c.kind == "place",
        c.is_name,
        text.endswith("s") or " and " in text,
        MALE.search(before) is not None,
        FEMALE.search(before) is not None,
        scene.names.get(c.key, 0),
        scene.names.get(c.key, 0) / scene.most_named,
        c.start < scene.lead_end or any(at < scene.lead_end for at in scene.named_at.get(c.key, ())[:1]),
    ]


def _of_role(scene: Scene, c: Antecedent) -> list[float]:
    """Return the features of a candidate's syntactic role; zeros if its sentence is not parsed."""
    start = scene.doc.sentences[c.sentence][0]
    opens = c.start - start < 5
    if c.head is None:
        return [0, 0, 0, 0, False, opens]
    tree = scene.tree(c.sentence)
    label = tree.deps[c.head]
    acts = label in SUBJECTS
    return [acts, acts and tree.deps[tree.heads[c.head]] == "ROOT", label == "poss", label == "pobj", True, opens]


def _of_speech(view: View, c: Antecedent) -> list[float]:
    """Return whether a candidate stands in a quotation, is the number's source, or is a source in its sentence."""
    return [
        view.scene.doc.quotes.at(c.start) is not None,
        any(_speaks(a, c) for a in view.holders),
        any(a < c.end and c.start < b for a, b in view.speakers),
    ]


def _speaks(a: Attribution, c: Antecedent) -> bool:
    """Return whether a candidate is the source of an attribution, or what that source resolves to."""
    spans = ((a.source_start, a.source_end), (a.resolved_start, a.resolved_end))
    if any(start is not None and end is not None and start < c.end and c.start < end for start, end in spans):
        return True
    return a.source_name is not None and c.key == a.source_name


def _of_company(scene: Scene, pronoun: Phrase, c: Antecedent) -> list[float]:
    """Return whether a candidate is a subject in the previous sentence, and how often it occurs beside such pronouns.

    The latter is the share of its sentences that contain a pronoun of the same class.
    """
    before = pronoun.sentence - 1
    last = c.sentence == before and c.head is not None and scene.tree(before).deps[c.head] in SUBJECTS
    kind = CLASSES.get(pronoun.word, 0)
    at = {scene.doc.sentence_at(start) for start in scene.named_at.get(c.key, ())[:MOST]}
    beside = sum(1 for sentence in at if any(CLASSES.get(word) == kind for word in scene.words_in(sentence)))
    return [last, beside / len(at) if at else 0.0]
