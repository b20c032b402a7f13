"""A sentence's dependency tree as plain lists indexed by token, which makes many small queries fast."""

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
VERBAL = frozenset({"VB", "MD"})  # first letters of the tags of verbs
RELATIVES = frozenset({"WDT", "WP", "WP$"})
LONGEST = 60  # maximum number of tokens on a path to the root
STEPS = 12  # maximum number of steps towards the root in a search
SEPARATORS = frozenset(", ; : — – (".split())
HYPHENS = frozenset("-‐‑–")
PLACING = word_list("place_prepositions")
LABELS: dict[int, str] = {}  # label and tag names by spaCy's ids, about a hundred, cached when first seen


class SentenceTree:
    """One parsed sentence; ``text`` is the parsed text, which begins at the offset ``start`` of the document.

    ``starts`` and ``ends`` are character offsets in the document; ``heads`` holds token indices, a root's is its own.
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
        """Return for each token whether it is a verb."""
        return [tag[:2] in VERBAL for tag in self.tags]

    @cached_property
    def nominal(self) -> list[bool]:
        """Return for each token whether it is a noun or a name."""
        return [tag[:2] == "NN" for tag in self.tags]

    @cached_property
    def children(self) -> list[list[int]]:
        """Return the dependents of each token, from left to right."""
        below: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(i)
        return below

    @cached_property
    def downward(self) -> list[int]:
        """Return the token indices in an order in which each head comes before its dependents."""
        order = [i for i, head in enumerate(self.heads) if head == i]
        for i in order:
            order.extend(self.children[i])
        return order

    @cached_property
    def paths(self) -> list[list[int]]:
        """Return for each token the path to the root: itself and its ancestors, at most ``LONGEST`` tokens."""
        paths: list[list[int]] = [[] for _ in self.words]
        for i in self.downward:
            paths[i] = [i, *paths[self.heads[i]][: LONGEST - 1]]
        return paths

    @cached_property
    def _clauses_up(self) -> list[int]:
        """Return for each token the number of subordinate clauses from it to the root, both included.

        A clause is a verb with a label in ``CLAUSES``.
        """
        found = [0] * len(self)
        for i in self.downward:
            is_clause = self.verbal[i] and self.deps[i] in CLAUSES
            found[i] = is_clause + (found[self.heads[i]] if self.heads[i] != i else 0)
        return found

    def clauses_left(self, token: int, steps: int) -> int:
        """Return how many subordinate clauses one leaves in ``steps`` steps up from a token."""
        path, up = self.paths[token], self._clauses_up
        if steps < len(path):
            return up[token] - up[path[steps]]
        above = self.heads[path[-1]]
        return up[token] - (up[above] if above != path[-1] else 0)

    @cached_property
    def verbs_before(self) -> list[int]:
        """Return the cumulative number of verbs before each token, and before the end."""
        return [0, *accumulate([tag[:2] == "VB" for tag in self.tags])]

    @cached_property
    def separators_before(self) -> list[int]:
        """Return the cumulative number of clause separators before each token, and before the end."""
        return [0, *accumulate([word in SEPARATORS for word in self.words])]

    @cached_property
    def colons_before(self) -> list[int]:
        """Return the cumulative number of colons before each token, and before the end."""
        return [0, *accumulate([word == ":" for word in self.words])]

    @cached_property
    def has_root_verb(self) -> bool:
        """Return whether a root is a verb, so that the sentence is a clause rather than a heading or a list."""
        return any(head == i and self.verbal[i] for i, head in enumerate(self.heads))

    def first_at(self, offset: int) -> int:
        """Return the index of the first token that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def inside(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Return the indices of the tokens that begin inside any of these spans."""
        return frozenset(i for start, end in spans for i in range(self.first_at(start), self.first_at(end)))

    def head_of(self, start: int, end: int) -> int | None:
        """Return the index of the head token of a span; None if no token begins in it."""
        first, last = self.first_at(start), self.first_at(end)
        for i in range(first, last):
            head = self.heads[i]
            if head == i or (not first <= head < last and self.deps[i] not in LOOSE):
                return i
        return last - 1 if last > first else None

    def is_noun(self, i: int) -> bool:
        """Return whether a token is a noun or a name."""
        return self.nominal[i]

    def is_placed(self, i: int) -> bool:
        """Return whether a noun is the object of a preposition of place."""
        return self.deps[i] == "pobj" and self.lower[self.heads[i]] in PLACING

    @cached_property
    def first_word(self) -> int:
        """Return the index of the first token that is not punctuation; the number of tokens if all are."""
        return next((i for i, word in enumerate(self.words) if word[:1].isalnum()), len(self.words))

    @cached_property
    def is_order(self) -> bool:
        """Return whether the sentence is an imperative: its root verb has neither subject nor auxiliary."""
        root = next((i for i, head in enumerate(self.heads) if head == i and self.verbal[i]), None)
        if root is None or self.tags[root] != "VB":
            return False
        return not any(self.deps[c] in SUBJECTS or self.deps[c] in ("aux", "expl") for c in self.children[root])

    def subject(self, verb: int) -> int | None:
        """Return the index of a verb's subject, or None.

        It is the verb's own, or one shared by coordination or control, or the noun that a relative clause modifies.
        """
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
        """Return the offsets of a noun with its modifiers, without a determiner."""
        first = noun
        for i in reversed([c for c in self.children[noun] if c < noun]):
            if self.deps[i] in MODIFIERS and self.tags[i] != "CD" and (i == first - 1 or self._joined(i, first)):
                first = self._edge(i) if self.deps[i] == "compound" else i
            elif self.deps[i] != "punct" or self.words[i] not in HYPHENS:
                break
        return self.whole_words(self.starts[first], self.ends[noun])

    def _edge(self, i: int) -> int:
        """Return the index of the first token of a compound modifier, including its own modifiers."""
        while (c := next((c for c in self.children[i] if c < i and self.deps[c] in MODIFIERS), None)) is not None:
            i = c
        return i

    def _joined(self, i: int, first: int) -> bool:
        return i == first - 2 and self.words[first - 1] in HYPHENS

    def whole_words(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span to whole words where tokenisation splits them: "e-minis", "Ben-Moshe"."""
        text, a, b = self.text, start - self.start, end - self.start
        while a and (text[a - 1].isalnum() or (text[a - 1] in HYPHENS and a > 1 and text[a - 2].isalpha())):
            a -= 1
        return self.start + a, self.start + self._end_of_compound(b)

    def _end_of_compound(self, b: int) -> int:
        """Return the end of what is hyphenated to a word that ends at ``b``."""
        text = self.text
        while b + 1 < len(text) and text[b] in HYPHENS and text[b + 1].isalnum():
            b += 1
            while b < len(text) and text[b].isalnum():
                b += 1
        return b
