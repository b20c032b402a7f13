"""A sentence's dependency tree as plain lists, addressed by token; quick to ask thousands of small questions of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, IDX, LENGTH, TAG

from extract.read.english.quantities.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
LOOSE = frozenset({"punct", "quantmod", "advmod", "amod"})
CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "xcomp", "pcomp", "parataxis", "conj", "csubj", "dep"})
CONTROLLED = frozenset({"xcomp", "conj", "advcl", "pcomp", "dep", "prep"})
VERBAL = frozenset({"VB", "MD"})  # the first letters of verbs' tags
RELATIVES = frozenset({"WDT", "WP", "WP$"})
LONGEST = 60  # tokens of a way up a tree
STEPS = 12  # longest way up a tree that is followed
SEPARATORS = frozenset(", ; : — – (".split())
HYPHENS = frozenset("-‐‑–")
PLACING = word_list("place_prepositions")
LABELS: dict[int, str] = {}  # the names of labels and tags by spaCy's numbers, some hundred, kept as they are met


class SentenceTree:
    """One parsed sentence; ``text`` is what was parsed and ``start`` where it begins in the whole text.

    ``starts`` and ``ends`` are characters of the whole text; ``heads`` holds token numbers, a root its own.
    """

    def __init__(self, doc: Doc, text: str, start: int) -> None:
        table = doc.to_array([HEAD, DEP, TAG, IDX, LENGTH])
        _, deps, tags, starts, lengths = table.T.tolist()
        for number in {*deps, *tags} - LABELS.keys():
            LABELS[number] = doc.vocab.strings[number]
        self.start = start
        self.text = text
        self.heads: list[int] = [i + offset for i, offset in enumerate(table[:, 0].astype("int64").tolist())]
        self.deps: list[str] = [LABELS[d] for d in deps]
        self.tags: list[str] = [LABELS[t] for t in tags]
        self.words: list[str] = [text[at : at + length] for at, length in zip(starts, lengths, strict=True)]
        self.lower: list[str] = [word.lower() for word in self.words]
        self.starts: list[int] = [start + at for at in starts]
        self.ends: list[int] = [start + at + length for at, length in zip(starts, lengths, strict=True)]
        self.end = self.ends[-1] if self.ends else start

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def verbal(self) -> list[bool]:
        """Which tokens are verbs."""
        return [tag[:2] in VERBAL for tag in self.tags]

    @cached_property
    def nominal(self) -> list[bool]:
        """Which tokens are nouns or names."""
        return [tag[:2] == "NN" for tag in self.tags]

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, from left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(i)
        return below

    @cached_property
    def downward(self) -> list[int]:
        """The tokens, each behind the one above it."""
        order = [i for i, head in enumerate(self.heads) if head == i]
        for i in order:
            order.extend(self.children[i])
        return order

    @cached_property
    def paths(self) -> list[list[int]]:
        """Each token with those above it, up to the root."""
        paths: list[list[int]] = [[] for _ in self.words]
        for i in self.downward:
            paths[i] = [i, *paths[self.heads[i]][: LONGEST - 1]]
        return paths

    @cached_property
    def _clauses_up(self) -> list[int]:
        """How many clauses (verbs that are no main one) stand on the way from each token to the root, both counted."""
        found = [0] * len(self)
        for i in self.downward:
            is_clause = self.verbal[i] and self.deps[i] in CLAUSES
            found[i] = is_clause + (found[self.heads[i]] if self.heads[i] != i else 0)
        return found

    def clauses_left(self, token: int, steps: int) -> int:
        """How many clauses are left on so many steps of the way up from a token."""
        path, up = self.paths[token], self._clauses_up
        if steps < len(path):
            return up[token] - up[path[steps]]
        above = self.heads[path[-1]]
        return up[token] - (up[above] if above != path[-1] else 0)

    @cached_property
    def verbs_before(self) -> list[int]:
        """How many verbs stand before each token, and before the end."""
        return [0, *accumulate([tag[:2] == "VB" for tag in self.tags])]

    @cached_property
    def separators_before(self) -> list[int]:
        """How many marks that part clauses stand before each token, and before the end."""
        return [0, *accumulate([word in SEPARATORS for word in self.words])]

    @cached_property
    def colons_before(self) -> list[int]:
        """How many colons stand before each token, and before the end."""
        return [0, *accumulate([word == ":" for word in self.words])]

    @cached_property
    def has_root_verb(self) -> bool:
        """Is the sentence a clause, and no heading or list?"""
        return any(head == i and self.verbal[i] for i, head in enumerate(self.heads))

    def first_at(self, offset: int) -> int:
        """The first token that begins at or after a character."""
        return bisect_left(self.starts, offset)

    def inside(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """The tokens that begin inside any of these characters."""
        return frozenset(i for start, end in spans for i in range(self.first_at(start), self.first_at(end)))

    def head_of(self, start: int, end: int) -> int | None:
        """The topmost token that begins between two characters; None where none does."""
        first, last = self.first_at(start), self.first_at(end)
        for i in range(first, last):
            head = self.heads[i]
            if head == i or (not first <= head < last and self.deps[i] not in LOOSE):
                return i
        return last - 1 if last > first else None

    def is_noun(self, i: int) -> bool:
        """Is the token a noun or a name?"""
        return self.nominal[i]

    def is_placed(self, i: int) -> bool:
        """Does a noun stand behind a preposition of place?"""
        return self.deps[i] == "pobj" and self.lower[self.heads[i]] in PLACING

    @cached_property
    def first_word(self) -> int:
        """The first token that is no mark; how many there are where all are marks."""
        return next((i for i, word in enumerate(self.words) if word[:1].isalnum()), len(self.words))

    @cached_property
    def is_order(self) -> bool:
        """Tell an order: a sentence whose first verb has neither subject nor auxiliary."""
        root = next((i for i, head in enumerate(self.heads) if head == i and self.verbal[i]), None)
        if root is None or self.tags[root] != "VB":
            return False
        return not any(self.deps[c] in SUBJECTS or self.deps[c] in ("aux", "expl") for c in self.children[root])

    def subject(self, verb: int) -> int | None:
        """Who does what a verb says: its own subject, or one shared by coordination, control or a relative clause."""
        for _ in range(STEPS):
            found = next((c for c in self.children[verb] if c < verb and self.deps[c] in SUBJECTS), None)
            dep = self.deps[verb]
            if found is not None and not (self.tags[found] in RELATIVES and dep in ("relcl", "acl")):
                return found
            if dep in ("relcl", "acl"):
                noun = self.heads[verb]
                if found is not None or self.tags[verb] != "VB" or self.deps[noun] not in OBJECTS:
                    return noun
                verb = self.heads[noun]
                continue
            if dep not in CONTROLLED or self.heads[verb] == verb:
                return None
            verb = self.heads[verb]
        return None

    def phrase(self, noun: int) -> tuple[int, int]:
        """The characters of a noun with its own modifiers, without determiner."""
        first = noun
        for i in reversed([c for c in self.children[noun] if c < noun]):
            if self.deps[i] in MODIFIERS and self.tags[i] != "CD" and (i == first - 1 or self._joined(i, first)):
                first = self._edge(i) if self.deps[i] == "compound" else i
            elif self.deps[i] != "punct" or self.words[i] not in HYPHENS:
                break
        return self.whole_words(self.starts[first], self.ends[noun])

    def _edge(self, i: int) -> int:
        """The first token of a compound modifier and its own modifiers."""
        while (c := next((c for c in self.children[i] if c < i and self.deps[c] in MODIFIERS), None)) is not None:
            i = c
        return i

    def _joined(self, i: int, first: int) -> bool:
        return i == first - 2 and self.words[first - 1] in HYPHENS

    def whole_words(self, start: int, end: int) -> tuple[int, int]:
        """Widen to the ends of words that the parse may cut: "e-minis", "Ben-Moshe"."""
        text, a, b = self.text, start - self.start, end - self.start
        while a and (text[a - 1].isalnum() or (text[a - 1] in HYPHENS and a > 1 and text[a - 2].isalpha())):
            a -= 1
        return self.start + a, self.start + self._end_of_compound(b)

    def _end_of_compound(self, b: int) -> int:
        """Where what is hyphened to a word that ends at ``b`` ends."""
        text = self.text
        while b + 1 < len(text) and text[b] in HYPHENS and text[b + 1].isalnum():
            b += 1
            while b < len(text) and text[b].isalnum():
                b += 1
        return b
