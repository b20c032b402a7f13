"""Carries the source over to quotations without an attribution that continue the speech before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.read.english.attributions.drafts import Draft
from extract.read.english.document import Document
from extract.read.english.speech import lemmas
from extract.read.quotes import Quotes

SURE = 0.9  # minimum confidence of a speaker whose own sentence has no quotation: Vale said it was over. "We tried."
DISCOUNT = 0.9  # factor for the confidence of a carried source
SHARE_QUOTED = 0.8


def carry_over(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return the drafts, with one added for each unattributed quoted sentence that continues the one before it."""
    by_sentence = _speakers(drafts, quotes)
    covered = _covered(doc, drafts)
    out = list(drafts)
    speaker: Draft | None = None
    for index, (start, end) in enumerate(doc.sentences):
        if index in by_sentence:
            speaker = by_sentence[index]
        elif speaker is None or (index in covered and _is_within(start, end, speaker)):
            continue
        elif index not in covered and _continues(doc, index, speaker, quotes):
            out.append(_carried(speaker, index, start, end))
        else:
            speaker = None
    return out


def _covered(doc: Document, drafts: Sequence[Draft]) -> set[int]:
    """Return the indices of the sentences that the content of an attribution overlaps."""
    return {i for d in drafts for s, e in d.content for i in range(doc.sentence_at(s), doc.sentence_at(e - 1) + 1)}


def _speakers(drafts: Sequence[Draft], quotes: Quotes) -> dict[int, Draft]:
    """Return, per sentence, the draft that may carry over: one with a quotation, else a certain one of speech."""
    found: dict[int, Draft] = {}
    for d in drafts:
        if any(quotes.at(start) for start, _ in d.content):
            found[d.sentence] = d
        elif d.lemma in lemmas("plain") and d.polarity == "affirmed" and d.confidence >= SURE:
            found.setdefault(d.sentence, d)
    return found


def _is_within(start: int, end: int, speaker: Draft) -> bool:
    return any(s <= start and end <= e for s, e in speaker.content)


def _continues(doc: Document, index: int, speaker: Draft, quotes: Quotes) -> bool:
    """Return whether a sentence is (nearly) all quotation and continues the speaker's paragraph or quotation."""
    start, end = doc.sentences[index]
    quoted = quotes.at(start)
    if quoted is None or min(end, quoted[1]) - start < SHARE_QUOTED * (end - start):
        return False
    between = doc.text[speaker.cue[1] : start]
    if "\n" not in between:
        return True
    before = doc.text[:start].rstrip()
    left_open = not before.endswith(("”", '"', "''"))
    return left_open and quotes.at(len(before) - 1) is not None


def _carried(speaker: Draft, index: int, start: int, end: int) -> Draft:
    return replace(
        speaker,
        sentence=index,
        content=((start, end),),
        is_carried=True,
        confidence=round(speaker.confidence * DISCOUNT, 3),
    )
