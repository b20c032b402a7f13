"""The context that slot models use: a text's dependency trees, noun phrases, names, dates and attributions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.read.english.document import Document
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.slots.tree import HYPHENS, SentenceTree
from extract.types import Attribution, DateMention, Mention

Span = tuple[int, int]
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
LABELLED = frozenset({"JJ", "NNP", "FW", "XX"})
LEAD = 3  # number of sentences in an article's lead
NOMINAL_ROLES = frozenset({"nsubj", "nsubjpass", "pobj", "dobj"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase, name or pronoun.

    ``start`` and ``end`` are character offsets, ``head`` is the index of the head token and ``word`` its lower-case
    form. ``key`` is the same for all mentions of a name; ``kind`` is that of the mention, or empty.
    """

    start: int
    end: int
    head: int
    word: str
    sentence: int
    key: str
    is_name: bool = False
    is_pronoun: bool = False
    kind: str = ""


@dataclass(slots=True)
class Number:
    """A quantity draft with its position in the dependency tree.

    ``order`` is its index among the ``of`` numbers of its sentence. ``crowd`` is the number of those that share a
    budget of candidates: all of its sentence, or a part of those of a text that has very many.
    """

    draft: Draft
    tokens: Tokens
    sentence: int
    start: int
    end: int
    head: int
    tree: SentenceTree
    order: int
    of: int
    crowd: int

    def share(self, budget: int, most: int, few: int) -> int:
        """Return the number of candidates to consider: an equal share of ``budget``, between ``few`` and ``most``."""
        return max(few, min(most, budget // self.crowd))


class Spans:
    """The offsets of a sentence's numbers, in ascending order and without nesting."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.starts = sorted(start for start, _ in spans)
        self.ends = sorted(end for _, end in spans)

    def beginning(self, first: int, last: int) -> int:
        """Return how many begin at or after ``first`` and before ``last``."""
        return bisect_left(self.starts, last) - bisect_left(self.starts, first)

    def ending(self, first: int, last: int) -> int:
        """Return how many end at or after ``first`` and before ``last``."""
        return bisect_left(self.ends, last) - bisect_left(self.ends, first)

    def inside(self, start: int, end: int) -> int:
        """Return how many lie within a span."""
        return max(0, bisect_right(self.ends, end) - bisect_left(self.starts, start))

    def touching(self, start: int, end: int) -> int:
        """Return how many end after ``start`` and begin before ``end``."""
        return bisect_left(self.starts, end) - bisect_right(self.ends, start)

    def last_end(self, end: int) -> int:
        """Return the end of the last one that ends at or before ``end``; -1 if there is none."""
        k = bisect_right(self.ends, end)
        return self.ends[k - 1] if k else -1


NO_NUMBERS = Spans(())


class Scene:
    """One text with its trees, phrases and names, each computed on first use.

    ``possible`` has, by sentence and id, the attributions that no cue tells: candidates for a number's speaker only.
    """

    def __init__(
        self,
        doc: Document,
        mentions: Sequence[Mention],
        dates: Sequence[DateMention],
        attributions: Sequence[Attribution],
        numbers: Sequence[tuple[int, Tokens, list[Draft]]],
    ) -> None:
        self.doc = doc
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.dates = sorted(dates, key=lambda d: d.start)
        self.attributions = sorted(attributions, key=lambda a: a.cue_start)
        self.possible: dict[int, dict[str, Attribution]] = {}
        self._mention_starts = [m.start for m in self.mentions]
        self._date_starts = [d.start for d in self.dates]
        self._trees: dict[int, SentenceTree] = {}
        self._phrases: dict[int, list[Phrase]] = {}
        self._parsed = set(doc.parsed_sentences)
        self.number_spans = {
            index: Spans([tokens.span(d.first, d.last) for d in drafts]) for index, tokens, drafts in numbers
        }
        self._number_tokens: dict[int, frozenset[int]] = {}
        self._places: dict[int, list[int]] = {}
        self._names_in: dict[int, int] = {}
        self._words: dict[int, frozenset[str]] = {}
        self.cue_sentences = [doc.sentence_at(a.cue_start) for a in self.attributions]

    @cached_property
    def counts(self) -> Counter[str]:
        """Return the frequency of each word of the text, in lower case."""
        return Counter(WORD.findall(self.doc.text.lower()))

    @cached_property
    def names(self) -> Counter[str]:
        """Return how often each name is mentioned, by its fullest form."""
        return Counter({name: len(at) for name, at in self.named_at.items()})

    @cached_property
    def named_at(self) -> dict[str, list[int]]:
        """Return the offsets at which each name is mentioned, by its fullest form."""
        found: dict[str, list[int]] = {}
        for m in self.mentions:
            found.setdefault(m.name, []).append(m.start)
        return found

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin between two offsets."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    @cached_property
    def most_named(self) -> int:
        """Return how often the most frequent name is mentioned; 1 if there are no names."""
        return max(self.names.values(), default=1)

    @cached_property
    def lead(self) -> frozenset[str]:
        """Return the words of the lead, in lower case."""
        return frozenset(WORD.findall(self.doc.text[self.doc.sentences[0][0] : self.lead_end].lower()))

    @cached_property
    def lead_end(self) -> int:
        """Return the offset of the end of the lead, which is the first ``LEAD`` sentences."""
        return self.doc.sentences[:LEAD][-1][1]

    def words_in(self, sentence: int) -> frozenset[str]:
        """Return the words of a sentence, in lower case."""
        found = self._words.get(sentence)
        if found is None:
            found = self._words[sentence] = frozenset(
                WORD.findall(self.doc.text[slice(*self.doc.sentences[sentence])].lower())
            )
        return found

    @cached_property
    def paragraphs(self) -> list[int]:
        """Return the paragraph number of each sentence."""
        text, at, count, found = self.doc.text, 0, 0, []
        for start, _ in self.doc.sentences:
            count += text.count("\n", at, start)
            at = start
            found.append(count)
        return found

    def is_parsed(self, sentence: int) -> bool:
        """Return whether a sentence was parsed before this scene was made; others are not used as context."""
        return sentence in self._parsed

    def tree(self, sentence: int) -> SentenceTree:
        """Return the tree of a sentence, which is parsed if it is not yet."""
        found = self._trees.get(sentence)
        if found is None:
            doc = self.doc
            found = self._trees[sentence] = SentenceTree(
                doc.parsed(sentence), doc.sentence_text(sentence), doc.sentences[sentence][0]
            )
        return found

    def mention_at(self, start: int, end: int) -> Mention | None:
        """Return the last mention that overlaps a span, or None."""
        k = bisect_left(self._mention_starts, end) - 1
        return self.mentions[k] if k >= 0 and self.mentions[k].end > start else None

    def told_in(self, start: int, end: int) -> list[DateMention]:
        """Return the date mentions that begin between two offsets, resolved or not."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Return the resolved date mentions that begin between two offsets."""
        return [d for d in self.told_in(start, end) if d.resolved_start is not None]

    def holding(self, sentence: int) -> list[Attribution]:
        """Return the attributions whose content extends into a sentence."""
        return self._held.get(sentence, [])

    @cached_property
    def _held(self) -> dict[int, list[Attribution]]:
        held: dict[int, list[Attribution]] = {}
        for a in self.attributions:
            for i in self.doc.reached(a.content_spans):
                held.setdefault(i, []).append(a)
        return held

    def cued_in(self, first: int, last: int) -> list[Attribution]:
        """Return the attributions whose cue is in a sentence from ``first`` up to but not including ``last``."""
        a, b = bisect_left(self.cue_sentences, first), bisect_left(self.cue_sentences, last)
        return self.attributions[a:b]

    def phrases(self, sentence: int) -> list[Phrase]:
        """Return the noun phrases of a sentence in order, including pronouns and the names and nouns inside phrases."""
        found = self._phrases.get(sentence)
        if found is None:
            found = self._phrases[sentence] = self._find(sentence)
        return found

    def number_tokens(self, sentence: int) -> frozenset[int]:
        """Return the indices of a sentence's tokens that begin inside its numbers."""
        found = self._number_tokens.get(sentence)
        if found is None:
            spans = self.number_spans.get(sentence, NO_NUMBERS)
            found = self._number_tokens[sentence] = self.tree(sentence).inside(
                zip(spans.starts, spans.ends, strict=True)
            )
        return found

    def places(self, sentence: int) -> list[int]:
        """Return the offsets of a sentence's places: mentions of places, and other names after "in" or "near"."""
        found = self._places.get(sentence)
        if found is None:
            found = self._places[sentence] = [
                p.start
                for p in self.phrases(sentence)
                if p.kind == "place" or (p.is_name and not p.kind and self.tree(sentence).is_placed(p.head))
            ]
        return found

    def names_in(self, sentence: int) -> int:
        """Return how many phrases of a sentence are names."""
        found = self._names_in.get(sentence)
        if found is None:
            found = self._names_in[sentence] = sum(1 for p in self.phrases(sentence) if p.is_name)
        return found

    def _find(self, sentence: int) -> list[Phrase]:
        """Return the phrases of a sentence, except tokens inside numbers and dates."""
        tree = self.tree(sentence)
        dates = tree.inside((d.start, d.end) for d in self.told_in(tree.start, tree.end))
        taken = self.number_tokens(sentence) | dates
        found = (self._phrase_at(tree, i, tag, sentence) for i, tag in enumerate(tree.tags) if i not in taken)
        return [phrase for phrase in found if phrase is not None]

    def _phrase_at(self, tree: SentenceTree, i: int, tag: str, sentence: int) -> Phrase | None:
        """Return the phrase that a token heads, or None."""
        dep = tree.deps[i]
        if tag in ("PRP", "PRP$", "WP$") or (tag == "DT" and dep in ("nsubj", "nsubjpass")):
            if dep == "expl":
                return None
            return Phrase(tree.starts[i], tree.ends[i], i, tree.lower[i], sentence, tree.lower[i], is_pronoun=True)
        if tag.startswith("NN") or (tag == "JJ" and dep in NOMINAL_ROLES):
            return self._noun(tree, i, sentence)
        if tag in LABELLED and self.mention_at(tree.starts[i], tree.ends[i]) is not None:
            return self._phrase(tree, i, sentence, tree.starts[i], tree.ends[i])
        return None

    def _noun(self, tree: SentenceTree, i: int, sentence: int) -> Phrase | None:
        """Return the phrase of a noun, widened to the mention that it belongs to; None if a larger phrase has it."""
        head = tree.heads[i]
        mention = self.mention_at(tree.starts[i], tree.ends[i])
        if tree.deps[i] in ("compound", "nmod") and tree.is_noun(head):
            return self._inside(tree, i, head, sentence, mention)
        start, end = self._own_words(tree, i, sentence)
        if mention is not None and mention.start <= tree.starts[i] and mention.end <= tree.end:
            if mention.start < start and mention.end >= end and mention.start >= tree.start:
                start = mention.start
            end = max(end, mention.end)
        return self._phrase(tree, i, sentence, start, end)

    def _own_words(self, tree: SentenceTree, i: int, sentence: int) -> Span:
        """Return the offsets of a noun with its modifiers, without a number among them and its hyphenated unit."""
        start, end = tree.phrase(i)
        stop = self.number_spans.get(sentence, NO_NUMBERS).last_end(end)
        if stop < start - 1 or stop == start or (stop < start and self.doc.text[stop] not in HYPHENS):
            return start, end
        k = tree.first_at(stop)  # "a 5.2 litre V10 engine": the unit is between the number and the noun's modifiers
        while k < i and not tree.words[k][:1].isalnum():
            k += 1 + (tree.words[k] in HYPHENS and tree.ends[k] == tree.starts[k + 1] and k + 1 < i)  # "-magnitude"
        return tree.starts[min(k, i)], end

    def _inside(self, tree: SentenceTree, i: int, head: int, sentence: int, mention: Mention | None) -> Phrase | None:
        """Return a phrase inside a larger one: a name ("Acme shares") or a compound noun ("a price rise"), or None."""
        if mention is not None:
            if mention.end > tree.ends[i] or mention.start < tree.start:
                return None
            return self._phrase(tree, i, sentence, mention.start, mention.end)
        if tree.tags[i].startswith("NNP") or tree.deps[head] == "compound":
            return None
        return self._phrase(tree, i, sentence, *self._own_words(tree, i, sentence))

    def _phrase(self, tree: SentenceTree, i: int, sentence: int, start: int, end: int) -> Phrase:
        mention = self.mention_at(tree.starts[i], tree.ends[i])
        is_name = mention is not None or tree.tags[i].startswith("NNP")
        key = mention.name if mention is not None else tree.lower[i]
        kind = mention.kind if mention else ""
        return Phrase(start, end, i, tree.lower[i], sentence, key, is_name, kind=kind)
