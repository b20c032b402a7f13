"""Possible attributions: the clauses around a number whose subject may be saying it.

The cues that the lexicon lists leave out "a survey *sees* prices at 50", "the $53 million that Ada Quill *cites*",
"radar data that *put* it at 353 knots": almost any verb can report a number. So the clauses around a number, with
whoever acts in them, are candidates for its speaker too. The model decides whether one is; only then it is a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.read.english.attributions.drafts import Draft, Span, polarity_at, trim
from extract.read.english.attributions.tree import TIMES
from extract.read.english.document import Document
from extract.read.english.slots.features import RELATIVE, View
from extract.read.english.slots.speakers import BUDGET
from extract.read.english.slots.tree import SentenceTree
from extract.read.english.vocabulary.words import lemma

CONFIDENCE = 0.3  # of a possible attribution
# Dependents of a source that do not belong to its name.
APART = frozenset({"advcl", "ccomp", "parataxis", "conj", "cc", "relcl", "acl"})
MOST = 4  # maximum number of clauses per number, the innermost first


def possible(doc: Document, views: Sequence[View]) -> list[Draft]:
    """Return the possible attributions of all numbers of a text, except those whose verb is quoted or a cue already."""
    cues = views[0].scene.attributions if views else ()
    known = {at for a in cues for at in range(a.cue_start, a.cue_end)}
    found: dict[tuple[Span, Span], Draft] = {}
    trees: dict[int, Clauses] = {}
    for view in views:
        sentence = view.number.sentence
        if sentence not in trees:
            trees[sentence] = Clauses(doc, view.tree, sentence)
        for one in trees[sentence].around(view):
            if known.isdisjoint(range(*one.cue)) and doc.quotes.at(one.cue[0]) is None:
                found.setdefault((one.cue, one.content[0]), one)
    return sorted(found.values(), key=lambda d: (d.cue, d.content))


class Clauses:
    """The clauses of one sentence."""

    def __init__(self, doc: Document, tree: SentenceTree, sentence: int) -> None:
        self.doc, self.tree, self.sentence = doc, tree, sentence
        self._spans: dict[tuple[int, ...], Span] = {}

    def around(self, view: View) -> Iterator[Draft]:
        """Yield the possible attributions of one number, the innermost first."""
        number, count = view.number, 0
        most = number.share(BUDGET, MOST, 1)
        for verb, source, content in self._actions(view):
            if count == most:
                return
            start, end = self._source(source)
            holds = content[0] <= number.start and number.end <= content[1]
            if holds and not start <= number.start < end:
                count += 1
                yield from self._draft(verb, source, content)

    def _actions(self, view: View) -> Iterator[tuple[int, int, Span]]:
        """Yield the verb, the one who acts, and the offsets of the content of each clause around a number."""
        tree, below = self.tree, view.number.head
        for i in view.path:
            if tree.verbal[i]:
                source = self._agent(i)
                if source is not None and source != below and i != below:
                    yield i, source, self._span(below)
            elif tree.nominal[i]:
                for verb in self._relative_clauses(view, i):
                    source = self._agent(verb)
                    if source is not None and source != i:
                        yield verb, source, self._span(i, verb)
            below = i

    def _relative_clauses(self, view: View, noun: int) -> list[int]:
        """Return the verbs of a noun's relative clauses that the number is not in: "the figure he cited"."""
        tree = self.tree
        return [c for c in tree.children[noun] if tree.deps[c] in RELATIVE and tree.verbal[c] and c not in view.depth]

    def _agent(self, verb: int) -> int | None:
        """Return the token of the one who does what a verb says: its subject or, in the passive, the one after "by"."""
        tree, children = self.tree, self.tree.children[verb]
        is_passive = any(tree.deps[c] in ("nsubjpass", "auxpass") for c in children)
        if is_passive or (tree.deps[verb] == "acl" and tree.tags[verb] == "VBN"):
            by = [c for c in children if tree.deps[c] == "agent"]
            found = next((c for b in by for c in tree.children[b] if tree.deps[c] == "pobj"), None)
        else:
            found = tree.subject(verb)
        if found is None or tree.lower[found] in TIMES:
            return None
        return found if tree.nominal[found] or tree.tags[found] == "PRP" else None

    def _draft(self, verb: int, source: int, content: Span) -> Iterator[Draft]:
        """Yield the draft of one clause, if it has content."""
        tree, text = self.tree, self.doc.text
        trimmed = trim(text, *content)
        cue, base = (tree.starts[verb], tree.ends[verb]), lemma(tree.lower[verb])
        if trimmed is not None:
            kind = polarity_at(text, cue, base)
            head = tree.starts[source], tree.ends[source]
            yield Draft(self.sentence, self._source(source), head, cue, (trimmed,), base, None, kind, CONFIDENCE)

    def _source(self, noun: int) -> Span:
        """Return the offsets of a source: its noun with modifiers and appositions, without clauses."""
        return self._span(noun, *(c for c in self.tree.children[noun] if self.tree.deps[c] in APART))

    def _span(self, top: int, *without: int) -> Span:
        """Return the offsets of a token and all below it but ``without``, as far as contiguous, without outer marks."""
        found = self._spans.get((top, *without))
        if found is None:
            found = self._spans[top, *without] = self._below(top, frozenset(without))
        return found

    def _below(self, top: int, without: frozenset[int]) -> Span:
        tree, kept, stack = self.tree, {top}, [top]
        while stack:
            below = [c for c in tree.children[stack.pop()] if c not in without]
            kept.update(below)
            stack += below
        first = last = top
        while first - 1 in kept:
            first -= 1
        while last + 1 in kept:
            last += 1
        words = [i for i in range(first, last + 1) if tree.words[i][:1].isalnum()] or [top]
        return tree.starts[words[0]], tree.ends[words[-1]]
