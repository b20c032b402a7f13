"""Quotations after a colon whose speaker is the subject before it: 'The coach was furious: "We lost."'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extract.read.english.attributions.beside import FORMS
from extract.read.english.attributions.datelines import story_start
from extract.read.english.attributions.drafts import Draft, Span, finish
from extract.read.english.attributions.people import names_people
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.attributions.tree import SUBJECTS, child, noun_phrase
from extract.read.english.attributions.unquoted import SAYINGS
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.document import Document
from extract.read.quotes import Quotes

CONFIDENCE = 0.85
LEAST_WORDS = 3  # words of an utterance; a shorter quotation may be a title
LONGEST = 300  # characters before the colon
MAX = 2000  # characters of the sentence, which has to be parsed
SPEAKERS = frozenset({"office", "people", "organisation"})
APART = frozenset({";", "—", "–", "--"})
PEOPLE = word_set("he she they i we")
OWNERS = word_set("his her their my our")
# Nouns for utterances: "Ms Ortiz had a warning for investors:".
UTTERANCES = SAYINGS | word_set(
    "warning question verdict view advice reaction complaint promise plea appeal explanation theory prediction denial "
    "assessment comment line quote thought opinion conclusion excuse apology post tweet caption slogan motto"
)


def behind_colons(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return drafts for the quotations after a colon that have no source yet."""
    spoken = {quotes.at(start) for d in drafts for start, _ in d.content}
    found = [
        (quoted, doc.sentence_at(colon))
        for quoted in quotes.spans
        if quoted not in spoken and (colon := _colon_before(doc.text, quoted)) is not None
    ]
    found = [(quoted, index) for quoted, index in found if doc.sentences[index][1] - doc.sentences[index][0] <= MAX]
    doc.parse(index for _, index in found)
    return [one for quoted, index in found if (one := _spoken_by_subject(doc, quoted, index, quotes)) is not None]


def _colon_before(text: str, quoted: Span) -> int | None:
    """Return the offset of the colon before an utterance; None if there is no colon or it introduces a title."""
    at = len(text[max(0, quoted[0] - 3) : quoted[0]].rstrip()) + max(0, quoted[0] - 3) - 1
    inside = text[quoted[0] : quoted[1]].strip("\"“”'‘’ \n")
    is_said = len(inside.split()) >= LEAST_WORDS and inside[:1].isupper() and text[quoted[1] - 2] in ".!?…,"
    return at if at > 0 and text[at] == ":" and is_said else None


def _spoken_by_subject(doc: Document, quoted: Span, index: int, quotes: Quotes) -> Draft | None:
    """Return the draft of a quotation after the colon of a parsed sentence; None if no subject can speak."""
    base = doc.sentences[index][0]
    begin = story_start(doc.text, doc.sentences[index])
    colon = doc.text.rindex(":", 0, quoted[0])
    if colon - base > LONGEST:
        return None
    tokens = doc.parsed(index)
    before = [token for token in tokens if begin - base <= token.idx < colon - base]
    apart = max((k for k, token in enumerate(before) if token.text in APART), default=-1)
    before = before[apart + 1 :]
    source = _speaker(before) if before else None
    if source is None:
        return None
    kept = sorted(i for i in source[0] if tokens[i].idx < colon - base)
    who = base + tokens[kept[0]].idx, base + tokens[kept[-1]].idx + len(tokens[kept[-1]])
    head = base + source[1].idx, base + source[1].idx + len(source[1])
    verb = source[2]
    cue = base + verb.idx, base + verb.idx + len(verb)
    return finish(index, who, head, cue, [quoted], verb.lower_, CONFIDENCE, doc.text, quotes)


def _speaker(before: Sequence[Token]) -> tuple[set[int], Token, Token] | None:
    """Return tokens and head of the speaker in the clause before a colon, and the verb; None if there is none.

    The speaker is the subject if it can speak, or the possessor or giver of an utterance.
    """
    for subject in sorted(_subjects(before), key=_rank):
        for noun in (*_owners(subject), subject, *_givers(subject.head)):
            if _may_speak(noun):
                words = noun_phrase(noun) if noun.tag_ != "PRP$" else {noun.i}
                return words - _possessive(noun), noun, subject.head
        return None
    return None


def _subjects(before: Sequence[Token]) -> Iterator[Token]:
    return (token for token in before if token.dep_ in SUBJECTS and token.head.i <= before[-1].i)


def _rank(token: Token) -> tuple[bool, int]:
    """Return the sort key of a subject: the last one of a verb of speech first, then those of the highest clauses."""
    speaks = token.head.lower_ in FORMS
    return not speaks, -token.i if speaks else sum(1 for _ in token.ancestors)


def _owners(noun: Token) -> Iterator[Token]:
    """Yield the possessor of an utterance: the mayor in "the mayor's answer was short:"."""
    owner = child(noun, "poss") if noun.lower_ in UTTERANCES else None
    if owner is not None:
        yield owner


def _givers(verb: Token) -> Iterator[Token]:
    """Yield the objects of "from" below a verb: the mayor in "from the mayor came a denial:"."""
    for prep in verb.children:
        if prep.lower_ == "from" and (noun := child(prep, "pobj")) is not None:
            yield noun


def _possessive(noun: Token) -> set[int]:
    return {token.i for token in noun.children if token.tag_ == "POS"}


def _may_speak(noun: Token) -> bool:
    """Return whether a noun denotes people, an organisation or an utterance, or is a name or personal pronoun."""
    word = noun.lower_
    if word in PEOPLE | OWNERS or noun.tag_ in ("NNP", "NNPS"):
        return True
    return noun.tag_ in ("NN", "NNS") and (names_people(word) or noun_class(word) in SPEAKERS or word in SAYINGS)
