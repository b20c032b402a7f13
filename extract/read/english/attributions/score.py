"""Scores how likely a cue is an attribution, from its class, its frame and its position in the sentence.

The scale is log-odds. The weights are set by hand in round numbers: a speech verb with a clause is nearly always an
attribution; a thought, a wish or a judgement is often only narrative; what is modal, negated, embedded or infinitive
is asserted less.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from spacy.tokens import Token

from extract.read.english.attributions.people import names_thing
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.attributions.tree import children, stands_apart
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.auxiliaries import MODALS

BASE = {
    ("say", "that"): 3.5,
    ("say", "wh"): 2.5,
    ("say", "quote"): 3.5,
    ("say", "inverted"): 3.5,
    ("say", "obj"): 1.2,
    ("say", "prep"): 1.2,
    ("say", "num"): 1.2,
    ("say", "to"): 1.5,
    ("ask", "that"): 2.0,
    ("ask", "inverted"): 2.5,
    ("ask", "quote"): 2.5,
    ("ask", "obj_to"): 1.0,
    ("ask", "to"): 1.2,
    ("ask", "obj"): 0.2,
    ("think", "that"): 1.6,
    ("think", "inverted"): 1.6,
    ("think", "obj"): 0.6,
    ("think", "prep"): 0.2,
    ("think", "obj_as"): 1.0,
    ("want", "to"): 0.6,
    ("want", "obj_to"): 0.6,
    ("want", "obj"): 0.6,
    ("want", "ing"): 0.6,
    ("want", "prep"): 0.2,
    ("evaluate", "obj"): 1.6,
    ("evaluate", "obj_prep"): 1.8,
    ("show", "that"): 1.6,
    ("show", "obj"): 0.0,
    ("seem", "to"): 0.8,
    ("seem", "that"): 1.0,
}
DEFAULT = 0.5
MODAL = -1.2
FUTURE = -1.0
INFINITIVE = -1.0
NEGATED = -0.8
GERUND = -0.7
EMBEDDED = -1.8
IN_RELATIVE = -1.0
SUBORDINATE = -0.6
GENERIC_SUBJECT = -1.5
THING = -2.0  # subject that denotes neither people nor organisations nor documents


def probability(log_odds: float) -> float:
    """Return the probability (0 to 1) for log-odds."""
    return 1 / (1 + math.exp(-log_odds))


UNSURE = (MODALS - {"will", "shall"}) | {"'d", "ought"}
WILL = word_set("will 'll shall wo")
NEGATIONS = word_set("n't not never n’t")
OWNED_BY = frozenset({"by", "of", "from"})
CLAUSE = {
    "ccomp": EMBEDDED,
    "relcl": IN_RELATIVE,
    "acl": IN_RELATIVE,
    "advcl": SUBORDINATE,
    "pcomp": IN_RELATIVE,
}


def log_odds(token: Token, kind: str, frame: str, source: Collection[int]) -> float:
    """Return the log-odds that this verb, with this class and frame, reports what somebody said or thought.

    ``source`` holds the token indices of the source.
    """
    is_told = frame == "that" or kind == "show"
    subject = 0.0 if kind == "seem" or (is_told and _is_of_document(token)) else _subject(token, source)
    return BASE.get((kind, frame), DEFAULT) + _mood(token) + _standing(token) + subject


def _mood(token: Token) -> float:
    """Return the penalty in log-odds for a modal, future, infinitive, negated or gerund verb."""
    words = {c.lower_ for label, c in children(token) if label in ("aux", "neg")}
    if words & UNSURE:
        return MODAL
    if words & WILL:
        return FUTURE
    if "to" in words:
        return INFINITIVE
    if words & NEGATIONS:
        return NEGATED
    return GERUND if token.tag_ == "VBG" else 0.0


def _standing(token: Token) -> float:
    """Return the penalty in log-odds for a subordinate clause, by its label."""
    clause = token
    while clause.dep_ in ("conj", "xcomp") and clause.head != clause:
        clause = clause.head
    return 0.0 if stands_apart(clause, clause.head) else CLAUSE.get(clause.dep_, 0.0)


def _head(tokens: Iterable[Token]) -> Token | None:
    """Return the first token whose head is not among the others; None if there are no tokens."""
    phrase = list(tokens)
    inside = {token.i for token in phrase}
    return next((token for token in phrase if token.head.i not in inside or token.head == token), None)


def _subject(token: Token, source: Collection[int]) -> float:
    """Return the penalty in log-odds for a generic or inanimate source."""
    words = {token.doc[i].lower_ for i in source}
    if words & {"you", "it", "that", "this", "which"} == words and words:
        return GENERIC_SUBJECT
    head = _head(token.doc[i] for i in sorted(source))
    if head is None or head.tag_ not in ("NN", "NNS") or not head.text.islower():
        return 0.0
    return THING if names_thing(head.text) else 0.0


def _is_of_document(token: Token) -> bool:
    """Return whether a relative clause reports from a document: "a study by the institute, which found that ..."."""
    if token.dep_ != "relcl":
        return False
    noun = token.head
    owned = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in OWNED_BY else noun
    return "document" in (noun_class(noun.lower_), noun_class(owned.lower_))
