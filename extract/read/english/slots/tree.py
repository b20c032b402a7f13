"""A sentence's dependency tree as plain lists, addressed by token; quick to ask thousands of small questions of."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
LOOSE = frozenset({"punct", "quantmod", "advmod", "amod"})
CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "xcomp", "pcomp", "parataxis", "conj", "csubj", "dep"})
CONTROLLED = frozenset({"xcomp", "conj", "advcl", "pcomp", "dep", "prep"})
RELATIVES = frozenset({"WDT", "WP", "WP$"})
STEPS = 12  # longest way up a tree that is followed
SEPARATORS = frozenset(", ; : — – (".split())
HYPHENS = frozenset("-‐‑–")


class SentenceTree:
    """One parsed sentence.

    ``starts`` and ``ends`` are characters of the whole text; ``heads`` holds token numbers, a root its own.
    """

    def __init__(self, doc: Doc, start: int) -> None:
        table = doc.to_array([HEAD, DEP, TAG])
        strings = doc.vocab.strings
        self.start = start
        self.text = doc.text
        offsets = table[:, 0].astype("int64").tolist()
        self.heads: list[int] = [i + offset for i, offset in enumerate(offsets)]
        self.deps: list[str] = [strings[d] for d in table[:, 1].tolist()]
        self.tags: list[str] = [strings[t] for t in table[:, 2].tolist()]
        self.words: list[str] = [token.text for token in doc]
        self.lower: list[str] = [word.lower() for word in self.words]
        self.starts: list[int] = []
        self.ends: list[int] = []
        for token in doc:
            self.starts.append(start + token.idx)
            self.ends.append(start + token.idx + len(token))
        self.end = self.ends[-1] if self.ends else start
        self.verbal: list[bool] = [tag.startswith(("VB", "MD")) for tag in self.tags]
        self.nominal: list[bool] = [tag.startswith("NN") for tag in self.tags]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, from left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(i)
        return below

    @cached_property
    def paths(self) -> list[list[int]]:
        """Each token with those above it, up to the root."""
        paths: list[list[int]] = []
        for i in range(len(self.words)):
            path, at = [i], i
            while self.heads[at] != at and len(path) < 60:
                at = self.heads[at]
                path.append(at)
            paths.append(path)
        return paths

    @cached_property
    def verbs_before(self) -> list[int]:
        """How many verbs stand before each token, and before the end."""
        return [0, *accumulate(tag.startswith("VB") for tag in self.tags)]

    @cached_property
    def separators_before(self) -> list[int]:
        """How many marks that part clauses stand before each token, and before the end."""
        return [0, *accumulate(word in SEPARATORS for word in self.words)]

    @cached_property
    def has_root_verb(self) -> bool:
        """Is the sentence a clause, and no heading or list?"""
        return any(head == i and self.verbal[i] for i, head in enumerate(self.heads))

    def first_at(self, offset: int) -> int:
        """The first token that begins at or after a character."""
        return bisect_left(self.starts, offset)

    def head_of(self, start: int, end: int) -> int | None:
        """The topmost token that begins between two characters; None where none does."""
        first, last = self.first_at(start), self.first_at(end)
        for i in range(first, last):
            head = self.heads[i]
            if head == i or (not first <= head < last and self.deps[i] not in LOOSE):
                return i
        return last - 1 if last > first else None

    def child(self, i: int, labels: frozenset[str]) -> int | None:
        """The first dependent with one of these labels."""
        return next((c for c in self.children[i] if self.deps[c] in labels), None)

    def is_verb(self, i: int) -> bool:
        """Does the token head a clause?"""
        return self.verbal[i]

    def is_noun(self, i: int) -> bool:
        """Is the token a noun or a name?"""
        return self.nominal[i]

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
        while b < len(text) and text[b] in HYPHENS and b + 1 < len(text) and text[b + 1].isalnum():
            b += 1
            while b < len(text) and text[b].isalnum():
                b += 1
        return self.start + a, self.start + b
