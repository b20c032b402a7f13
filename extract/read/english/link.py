"""Links quantities and attributions to the sentences that state whether they are verified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.read.english.attributions.sources import PRONOUNS
from extract.read.english.attributions.verification import Statement, statements
from extract.read.english.document import Document
from extract.types import Attribution, Quantity, Verification

Verdict = tuple[Verification, int, int]

CASUALTIES = re.compile(
    r"(?i)\b(?:kill|dead|death|die[ds]?\b|casualt|wounded|injur|victim|fatal|toll|missing|bodies)\w*"
)
TOPICS = {
    word: CASUALTIES for word in ("casualty", "casualtie", "death", "toll", "fatality", "injury", "victim", "dead")
}
CLOSING_SHARE = 0.5  # share of the text after which a general statement can apply to the whole article
CLOSING_PARAGRAPHS = 3
# Verbs by which a source calls the content false; one can reject or dismiss other things than claims: an offer, a man.
CONTRADICTIONS = frozenset({"deny", "refute", "dispute", "contradict"})
OWN_WORDS = re.compile(r":\s*[\"“‘']")  # "denied that it was high: “Nine percent.”" asserts nine percent
NO_FIGURES = frozenset({"age", "time"})  # dimensions that "these figures" does not refer to: ages and durations


def link(
    doc: Document, quantities: Sequence[Quantity], attributions: Sequence[Attribution]
) -> tuple[list[Quantity], list[Attribution]]:
    """Return the rows with ``verification`` and its offsets filled in.

    Each statement of verification marks the rows in its scope; the more specific statement takes precedence over one
    about the whole article.
    """
    scope = Scope(doc, quantities, attributions)
    numbers: dict[str, Verdict] = {}
    speakers: dict[str, Verdict] = {}
    found = list(statements(doc.text, doc.sentences, doc.quotes))
    for index, statement in sorted(found, key=lambda item: scope.is_closing(*item)):
        verdict = (statement.verdict, statement.start, statement.end)
        for q in scope.quantities_of(index, statement):
            numbers.setdefault(q.quantity_id, verdict)
        for a in scope.attributions_of(index, statement):
            speakers.setdefault(a.attribution_id, verdict)
    for q, verdict in scope.denied_in_content():
        numbers.setdefault(q.quantity_id, verdict)
    return (
        [_marked_quantity(q, numbers.get(q.quantity_id)) for q in quantities],
        [_marked_attribution(a, speakers.get(a.attribution_id)) for a in attributions],
    )


def _marked_quantity(q: Quantity, verdict: Verdict | None) -> Quantity:
    if verdict is None:
        return q
    return replace(q, verification=verdict[0], verification_start=verdict[1], verification_end=verdict[2])


def _marked_attribution(a: Attribution, verdict: Verdict | None) -> Attribution:
    if verdict is None:
        return a
    return replace(a, verification=verdict[0], verification_start=verdict[1], verification_end=verdict[2])


class Scope:
    """Resolves what a statement of verification refers to, among the rows of one text."""

    def __init__(self, doc: Document, quantities: Sequence[Quantity], attributions: Sequence[Attribution]) -> None:
        self._doc = doc
        self._quantities = sorted(quantities, key=lambda q: q.start)
        self._attributions = sorted(attributions, key=lambda a: a.cue_start)
        self._by_id = {a.attribution_id: a for a in attributions}

    def is_closing(self, index: int, statement: Statement) -> bool:
        """Return whether a statement applies to the whole article: plural, not anaphoric, and near the end."""
        if statement.is_near or statement.reach not in ("figures", "claims"):
            return False
        after = self._doc.text[statement.end :].strip()
        paragraphs = [p for p in after.split("\n") if p.strip()]
        late = statement.start >= CLOSING_SHARE * len(self._doc.text)
        opens_paragraph = self._opens_paragraph(index)
        return late and opens_paragraph and len(paragraphs) < CLOSING_PARAGRAPHS

    def quantities_of(self, index: int, statement: Statement) -> list[Quantity]:
        """Return the quantities that a statement refers to."""
        if statement.told_start is not None:
            return [q for q in self._quantities if statement.told_start <= q.start < statement.trigger]
        if statement.reach in ("claim", "claims"):
            return self._of_attributions(index, statement)
        before = self._figures_before(statement)
        if statement.reach == "anaphor":
            return self._last_group(self._within(before, index, statement), index)
        fitting = self._fitting(before, statement)
        if self.is_closing(index, statement):
            return fitting
        group = self._last_group(fitting or before, index, by_paragraph=statement.reach == "figures")
        return self._last_of(group, statement) if statement.reach == "figure" else group

    def _of_attributions(self, index: int, statement: Statement) -> list[Quantity]:
        """Return the quantities inside the attributions that a statement refers to."""
        spoken = {a.attribution_id for a in self.attributions_of(index, statement)}
        return [q for q in self._quantities if q.attribution_id in spoken]

    def _fitting(self, among: list[Quantity], statement: Statement) -> list[Quantity]:
        return [q for q in among if self._fits(q, statement.words)]

    def _figures_before(self, statement: Statement) -> list[Quantity]:
        """Return the quantities other than ages, times and ranks before a statement or before its verdict."""
        before = [q for q in self._quantities if q.end <= statement.start and _is_figure(q)]
        return before + [
            q for q in self._quantities if statement.start <= q.start < statement.trigger and _is_figure(q)
        ]

    def _last_of(self, group: list[Quantity], statement: Statement) -> list[Quantity]:
        """Return the single quantity that "the figure" or "the toll" refers to, as a list.

        A statement with other narrowing words keeps the whole group.
        """
        if len(group) < 2 or statement.words - {"toll"}:
            return group
        topical = self._fitting(group, statement)
        return (topical or group)[-1:]

    def attributions_of(self, index: int, statement: Statement) -> list[Attribution]:
        """Return the attributions that a statement refers to."""
        if statement.told_start is not None:
            return self._of_quantities(self._attributions, index, statement)
        before = self._told_before(statement)
        if statement.reach in ("figure", "figures"):
            return self._of_quantities(before, index, statement)
        if statement.words:
            before = [a for a in before if self._is_by(a, statement.words)] or before
        return before if self.is_closing(index, statement) else self._nearest(before, index, statement)

    def _nearest(self, before: list[Attribution], index: int, statement: Statement) -> list[Attribution]:
        """Return those in the statement's sentence; if the statement opens it, those in the last sentence before."""
        start = self._doc.sentences[index][0]
        if statement.start > start:
            return [a for a in before if a.cue_end > start]
        return self._last_sentence(before, index)

    def _told_before(self, statement: Statement) -> list[Attribution]:
        return [
            a for a in self._attributions if a.cue_start < statement.start and self._has_content_before(a, statement)
        ]

    def _of_quantities(self, among: list[Attribution], index: int, statement: Statement) -> list[Attribution]:
        """Return the attributions of the quantities that a statement refers to."""
        spoken = {q.attribution_id for q in self.quantities_of(index, statement)}
        return [a for a in among if a.attribution_id in spoken]

    def denied_in_content(self) -> Iterator[tuple[Quantity, Verdict]]:
        """Yield the quantities inside denied content, with the verdict: "officials denied that 40 people had died"."""
        for q in self._quantities:
            a = self._by_id.get(q.attribution_id or "")
            if a is None or OWN_WORDS.search(self._doc.text, a.cue_end, max(a.cue_end, q.start)):
                continue
            if a.polarity == "denied" and a.cue_lemma in CONTRADICTIONS:
                yield q, ("denied", *self._doc.sentences[self._doc.sentence_at(a.cue_start)])

    def _fits(self, q: Quantity, words: frozenset[str]) -> bool:
        """Return whether a quantity matches the words that narrow a statement."""
        if not words:
            return True
        topics = [TOPICS[w] for w in words if w in TOPICS]
        if topics:
            around = self._doc.text[slice(*self._doc.sentences[self._doc.sentence_at(q.start)])]
            return any(topic.search(f"{q.thing or ''} {around}") for topic in topics)
        a = self._by_id.get(q.attribution_id or "")
        return (a is not None and self._is_by(a, words)) or _is_of(q, words)

    def _is_by(self, a: Attribution, words: frozenset[str]) -> bool:
        """Return whether an attribution's source, or what its pronoun refers to, contains one of these words."""
        if (a.source_text or "").lower() in PRONOUNS and a.source_name is None:
            a = self._speaker_before(a)
        named = f"{a.source_text or ''} {a.source_name or ''}".lower()
        return any(w in named for w in words)

    def _speaker_before(self, a: Attribution) -> Attribution:
        """Return the last attribution of the same source kind whose source is not a pronoun; else the given one."""
        for other in reversed(self._attributions[: self._attributions.index(a)]):
            if other.source_kind == a.source_kind and (other.source_text or "").lower() not in PRONOUNS:
                return other
        return a

    def _has_content_before(self, a: Attribution, statement: Statement) -> bool:
        return any(start < statement.start for start, _ in a.content_spans) and a.cue_start != statement.trigger

    def _within(self, before: list[Quantity], index: int, statement: Statement) -> list[Quantity]:
        """Return only the quantities of the statement's sentence if the statement does not open it, else all."""
        start = self._doc.sentences[index][0]
        return [q for q in before if q.start >= start] if statement.start > start else before

    def _last_group(self, quantities: Sequence[Quantity], index: int, by_paragraph: bool = False) -> list[Quantity]:
        """Return the quantities of the nearest sentence (or paragraph) that has any, if it is near the statement."""
        if not quantities:
            return []
        last = self._doc.sentence_at(quantities[-1].start)
        if not self._is_near(last, index):
            return []
        if by_paragraph:
            start = self._doc.text.rfind("\n", 0, self._doc.sentences[last][0]) + 1
            return [q for q in quantities if q.start >= start]
        return [q for q in quantities if self._doc.sentence_at(q.start) == last]

    def _last_sentence(self, attributions: Sequence[Attribution], index: int) -> list[Attribution]:
        if not attributions:
            return []
        last = self._doc.sentence_at(attributions[-1].cue_start)
        if not self._is_near(last, index):
            return []
        return [a for a in attributions if self._doc.sentence_at(a.cue_start) == last]

    def _is_near(self, earlier: int, later: int) -> bool:
        """Return whether two sentences are at most four apart, with text of at most one paragraph between them."""
        between = self._doc.text[self._doc.sentences[earlier][1] : self._doc.sentences[later][0]]
        return len([p for p in between.split("\n") if p.strip()]) <= 1 and later - earlier <= 4

    def _opens_paragraph(self, index: int) -> bool:
        if index == 0:
            return True
        return "\n" in self._doc.text[self._doc.sentences[index - 1][1] : self._doc.sentences[index][0]]


def _is_figure(q: Quantity) -> bool:
    """Return whether "figures" can refer to a quantity: not to an age, a time or a rank."""
    return q.dimension not in NO_FIGURES and q.aspect != "rank"


def _is_of(q: Quantity, words: frozenset[str]) -> bool:
    """Return whether a quantity's thing or subject contains one of these words."""
    thing, subject = (q.thing or "").lower(), (q.subject or "").lower()
    return any(w in thing or w in subject for w in words)
