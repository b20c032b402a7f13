"""Statements without quotation marks: the paragraphs after "The minister said:", or the sentences after the colon.

Nothing marks the end of such a statement, so each of its sentences is a draft of its own, with less confidence than
the one before; the slot model decides whether a number belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.read.english.attributions.beside import introduction
from extract.read.english.attributions.drafts import Draft, Span, finish, trim
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.attributions.words import Word, words_of
from extract.read.english.document import Document
from extract.read.english.speech import lemmas
from extract.read.english.words import DETERMINERS
from extract.read.quotes import Quotes

POSSESSIVE = ("'s", "’s", "s'", "s’")
LONGEST = 10  # maximum number of sentences in one statement
DISCOUNT = 0.95  # factor for the confidence of each further sentence
FIRST_PERSON = frozenset({"i", "we"})
QUESTIONS = frozenset({"ask"})
REPORTED = lemmas("plain") | {"according to"}
# Words before a source, and nouns after it: "in the words of the patient:", "here are the report's findings:".
SOURCE_LEADS = (("according", "to"), ("in", "the", "words", "of"), ("as", "told", "by"))
SAYINGS = word_set(
    "findings conclusions statement remarks words answer reply response message letter speech summary figures points"
)
# Words that may follow such a noun: "the report's conclusions are as follows:", "her statement in full:".
AFTER_SAYING = word_set("are were is was as follows in full these below , read reads")


def with_unquoted(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return the drafts with those of statements after a colon, one per sentence.

    Other drafts whose cue ends there are dropped: in "Speaking in Velm, Mr Reed said:" the first words are no content.
    """
    found = _unquoted(doc, drafts, quotes)
    cues = {d.cue[1] for d in found if not d.is_carried}
    return [d for d in drafts if d.cue[1] not in cues] + found


def _unquoted(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return the drafts of all statements after a colon, in order."""
    spoken, begun = _spoken(doc, drafts), _begun(doc, drafts)
    found: list[Draft] = []
    reached = -1
    for index, (_, end) in enumerate(doc.sentences[:-1]):
        if index <= reached:
            continue
        first = _below(doc, index, quotes) if doc.text[end - 1] == ":" else begun.get(index)
        for draft in _statement(doc, index, first, spoken, quotes) if first else ():
            found.append(draft)
            reached = draft.sentence
    return found


def _spoken(doc: Document, drafts: Sequence[Draft]) -> set[int]:
    """Return the indices of sentences in which the reporter cites somebody else, which ends a statement."""
    others = [d for d in drafts if d.lemma in REPORTED and (d.source is None or not _is_first_person(doc, d.source))]
    return {d.sentence for d in others} | {doc.sentence_at(s) for d in others for s, _ in d.content}


def _is_first_person(doc: Document, source: Span) -> bool:
    return doc.text[slice(*source)].lower() in FIRST_PERSON


def _below(doc: Document, index: int, quotes: Quotes) -> Draft | None:
    """Return a draft for a line that ends in a colon, whose content is the next sentence; None if it has no source."""
    start, end = doc.sentences[index]
    words = words_of(doc.text, (start, end - 1), quotes)
    content = doc.sentences[index + 1]
    if quotes.at(content[0]) is not None:
        return None
    for read in (_named_at_lead, _owner_of_saying, introduction):
        found = read(doc, index, words, content, quotes)
        if found is not None and found.lemma not in QUESTIONS and not _is_sign(doc, found):
            return found
    return None


def _is_sign(doc: Document, draft: Draft) -> bool:
    """Return whether "read" belongs to a sign or a list rather than to a statement."""
    source = doc.text[slice(*draft.source)].split() if draft.source else [""]
    return draft.lemma == "read" and source[-1].lower() not in SAYINGS


def _named_at_lead(doc: Document, index: int, words: Sequence[Word], content: Span, quotes: Quotes) -> Draft | None:
    """Return the draft of "According to a memo:" or "In the words of the patient:", or None."""
    lower = [word.lower for word in words]
    for lead in SOURCE_LEADS:
        size = len(lead)
        at = next((k for k in range(len(words) - size) if tuple(lower[k : k + size]) == lead), None)
        if at is not None:
            cue, source = words[at : at + size], words[at + size :]
            who, head = (source[0].start, source[-1].end), (source[-1].start, source[-1].end)
            said = cue[0].start, cue[-1].end
            return finish(index, who, head, said, [content], " ".join(lead), DISCOUNT, doc.text, quotes)
    return None


def _owner_of_saying(doc: Document, index: int, words: Sequence[Word], content: Span, quotes: Quotes) -> Draft | None:
    """Return the draft of "Here are the report's main findings:", or None."""
    last = next((k for k in range(len(words) - 1, -1, -1) if words[k].lower not in AFTER_SAYING), 0)
    owner = next((k for k in range(last - 1, -1, -1) if words[k].lower.endswith(POSSESSIVE)), None)
    if owner is None or words[last].lower not in SAYINGS:
        return None
    noun = words[last]
    first = owner
    while first and words[first - 1].text[0].isupper() and first - 1:
        first -= 1
    first -= first > 0 and words[first - 1].lower in DETERMINERS
    end = words[owner].end - (1 if words[owner].text[-1] in "'’" else 2)
    who = (words[first].start, end)
    return finish(
        index, who, (words[owner].start, end), (noun.start, noun.end), [content], noun.lower, DISCOUNT, doc.text, quotes
    )


def _begun(doc: Document, drafts: Sequence[Draft]) -> dict[int, Draft]:
    """Return, per sentence, the draft whose content begins after a colon: "She said: The dam holds. It is old."."""
    text = doc.text
    found: dict[int, Draft] = {}
    for d in drafts:
        if d.content and not d.is_carried:
            start = d.content[0][0]
            if text[start].isupper() and text.endswith(": ", d.cue[1], start):
                found.setdefault(d.sentence, d)
    return found


def _paragraph_end(doc: Document, index: int) -> int:
    """Return the index of the first sentence after the paragraph of a sentence."""
    last = doc.text.find("\n", doc.sentences[index][1])
    return len(doc.sentences) if last < 0 else doc.sentence_at(last - 1) + 1


def _statement(doc: Document, index: int, first: Draft, spoken: set[int], quotes: Quotes) -> Iterator[Draft]:
    """Yield a draft per sentence, from the one after the colon to the first in which somebody else is cited.

    A statement that begins in its speaker's paragraph ends with it.
    """
    confidence = first.confidence
    is_begun = doc.sentence_at(first.content[0][0]) == index
    limit = _paragraph_end(doc, index) if is_begun else len(doc.sentences)
    for at in range(index + 1, min(limit, index + 1 + LONGEST)):
        start, end = doc.sentences[at]
        content = trim(doc.text, start, end)
        if content is None or at in spoken or quotes.at(start) is not None:
            return
        confidence *= DISCOUNT
        is_carried = is_begun or at > index + 1
        yield replace(first, sentence=at, content=(content,), is_carried=is_carried, confidence=round(confidence, 3))
