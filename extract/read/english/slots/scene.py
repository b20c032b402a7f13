"""What a chooser may look at: a text's sentences as trees, their noun phrases, its names, dates and speakers."""

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
LEAD = 3  # sentences that open an article
NOMINAL_ROLES = frozenset({"nsubj", "nsubjpass", "pobj", "dobj"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase, name or pronoun: its characters, the token and word that head it, the mention that it is."""

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
    """A quantity in the making, where it stands in its tree.

    ``order`` counts those of its sentence, ``of`` is how many they are. ``crowd`` is how many share the candidates that
    may be looked at: those of its sentence, or a part of all those of a text that has very many.
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
        """How many candidates are looked at, of as many as all numbers of a crowd may look at together."""
        return max(few, min(most, budget // self.crowd))


class Spans:
    """The characters of a sentence's numbers, from left to right, none inside another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.starts = sorted(start for start, _ in spans)
        self.ends = sorted(end for _, end in spans)

    def beginning(self, first: int, last: int) -> int:
        """How many begin at or after ``first`` and before ``last``."""
        return bisect_left(self.starts, last) - bisect_left(self.starts, first)

    def ending(self, first: int, last: int) -> int:
        """How many end at or after ``first`` and before ``last``."""
        return bisect_left(self.ends, last) - bisect_left(self.ends, first)

    def inside(self, start: int, end: int) -> int:
        """How many lie between two characters."""
        return max(0, bisect_right(self.ends, end) - bisect_left(self.starts, start))

    def touching(self, start: int, end: int) -> int:
        """How many reach over ``start`` and begin before ``end``."""
        return bisect_left(self.starts, end) - bisect_right(self.ends, start)

    def last_end(self, end: int) -> int:
        """Where the last one ends that ends at or before a character; -1 where none does."""
        k = bisect_right(self.ends, end)
        return self.ends[k - 1] if k else -1


NO_NUMBERS = Spans(())


class Scene:
    """One text with its trees, phrases and names, each made when it is first asked for."""

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
        """How often each word stands in the text, in lower case."""
        return Counter(WORD.findall(self.doc.text.lower()))

    @cached_property
    def names(self) -> Counter[str]:
        """How often each name is mentioned, by its fullest form."""
        return Counter({name: len(at) for name, at in self.named_at.items()})

    @cached_property
    def named_at(self) -> dict[str, list[int]]:
        """Where each name is mentioned, by its fullest form."""
        found: dict[str, list[int]] = {}
        for m in self.mentions:
            found.setdefault(m.name, []).append(m.start)
        return found

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin between two characters."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    @cached_property
    def most_named(self) -> int:
        """How often the name is mentioned that is mentioned most."""
        return max(self.names.values(), default=1)

    @cached_property
    def lead(self) -> frozenset[str]:
        """The words of the first sentences, in lower case."""
        return frozenset(WORD.findall(self.doc.text[self.doc.sentences[0][0] : self.lead_end].lower()))

    @cached_property
    def lead_end(self) -> int:
        """Where the first sentences end."""
        return self.doc.sentences[:LEAD][-1][1]

    def words_in(self, sentence: int) -> frozenset[str]:
        """The words of a sentence, in lower case."""
        found = self._words.get(sentence)
        if found is None:
            found = self._words[sentence] = frozenset(
                WORD.findall(self.doc.text[slice(*self.doc.sentences[sentence])].lower())
            )
        return found

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of the paragraph that each sentence stands in."""
        text, at, count, found = self.doc.text, 0, 0, []
        for start, _ in self.doc.sentences:
            count += text.count("\n", at, start)
            at = start
            found.append(count)
        return found

    def is_parsed(self, sentence: int) -> bool:
        """Has a reader asked for this sentence's parse? Whoever has not been parsed by now is not looked into."""
        return sentence in self._parsed

    def tree(self, sentence: int) -> SentenceTree:
        """The tree of a parsed sentence."""
        found = self._trees.get(sentence)
        if found is None:
            doc = self.doc
            found = self._trees[sentence] = SentenceTree(
                doc.parsed(sentence), doc.sentence_text(sentence), doc.sentences[sentence][0]
            )
        return found

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The last mention that shares characters with a span."""
        k = bisect_left(self._mention_starts, end) - 1
        return self.mentions[k] if k >= 0 and self.mentions[k].end > start else None

    def told_in(self, start: int, end: int) -> list[DateMention]:
        """The dates that begin between two characters, resolved or not."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """The resolved dates that begin between two characters."""
        return [d for d in self.told_in(start, end) if d.resolved_start is not None]

    def holding(self, sentence: int) -> list[Attribution]:
        """The attributions whose content reaches into a sentence."""
        return self._held.get(sentence, [])

    @cached_property
    def _held(self) -> dict[int, list[Attribution]]:
        held: dict[int, list[Attribution]] = {}
        for a in self.attributions:
            for i in self.doc.reached(a.content_spans):
                held.setdefault(i, []).append(a)
        return held

    def cued_in(self, first: int, last: int) -> list[Attribution]:
        """The attributions whose cue stands in the sentences from ``first`` up to but not including ``last``."""
        a, b = bisect_left(self.cue_sentences, first), bisect_left(self.cue_sentences, last)
        return self.attributions[a:b]

    def phrases(self, sentence: int) -> list[Phrase]:
        """The noun phrases of a sentence from left to right: full ones, names and nouns inside them, pronouns."""
        found = self._phrases.get(sentence)
        if found is None:
            found = self._phrases[sentence] = self._find(sentence)
        return found

    def number_tokens(self, sentence: int) -> frozenset[int]:
        """The tokens of a sentence that begin inside its numbers."""
        found = self._number_tokens.get(sentence)
        if found is None:
            spans = self.number_spans.get(sentence, NO_NUMBERS)
            found = self._number_tokens[sentence] = self.tree(sentence).inside(
                zip(spans.starts, spans.ends, strict=True)
            )
        return found

    def places(self, sentence: int) -> list[int]:
        """Where the places of a sentence begin: those known as such, and names behind "in" or "near"."""
        found = self._places.get(sentence)
        if found is None:
            found = self._places[sentence] = [
                p.start
                for p in self.phrases(sentence)
                if p.kind == "place" or (p.is_name and not p.kind and self.tree(sentence).is_placed(p.head))
            ]
        return found

    def names_in(self, sentence: int) -> int:
        """How many of the phrases of a sentence are names."""
        found = self._names_in.get(sentence)
        if found is None:
            found = self._names_in[sentence] = sum(1 for p in self.phrases(sentence) if p.is_name)
        return found

    def _find(self, sentence: int) -> list[Phrase]:
        tree = self.tree(sentence)
        dates = tree.inside((d.start, d.end) for d in self.told_in(tree.start, tree.end))
        taken = self.number_tokens(sentence) | dates
        found = (self._phrase_at(tree, i, tag, sentence) for i, tag in enumerate(tree.tags) if i not in taken)
        return [phrase for phrase in found if phrase is not None]

    def _phrase_at(self, tree: SentenceTree, i: int, tag: str, sentence: int) -> Phrase | None:
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
        """The characters of a noun with its modifiers, without the number among them and what is hyphened to it."""
        start, end = tree.phrase(i)
        stop = self.number_spans.get(sentence, NO_NUMBERS).last_end(end)
        if stop < start - 1 or stop == start or (stop < start and self.doc.text[stop] not in HYPHENS):
            return start, end
        k = tree.first_at(stop)  # "a 5.2 litre V10 engine": the unit stands where the engine's own modifiers do
        while k < i and not tree.words[k][:1].isalnum():
            k += 1 + (tree.words[k] in HYPHENS and tree.ends[k] == tree.starts[k + 1] and k + 1 < i)  # "-magnitude"
        return tree.starts[min(k, i)], end

    def _inside(self, tree: SentenceTree, i: int, head: int, sentence: int, mention: Mention | None) -> Phrase | None:
        """A phrase inside a larger one: a name ("Acme shares"), or the noun before the last ("a price rise")."""
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
