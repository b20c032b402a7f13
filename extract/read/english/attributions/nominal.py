"""Attributions whose cue is no verb: "according to", nouns ("the claim that ..."), predicates ("is sure that ...")."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.tokens import Token

from extract.read.english.attributions.found import Found
from extract.read.english.attributions.lexicon import Entry, adjectives, nouns
from extract.read.english.attributions.statements import clause_around, stated, statements
from extract.read.english.attributions.tree import child, noun_phrase, subject_of, subtree
from extract.read.english.attributions.wordlist import word_set

SOURCE_PREPOSITIONS = frozenset({"by", "from", "among"})
HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})


def hearsay(token: Token) -> Found | None:
    """Read "the firm allegedly owes": nobody is named, and the adverb is the cue."""
    if token.lower_ not in HEARSAY:
        return None
    content = frozenset(clause_around(token)) - {token.i}
    return Found(frozenset({token.i}), token.i, frozenset(), content, token.lower_, "say", "adverb", 1.0)


def nominal(token: Token) -> Found | None:
    """Read a noun that names an act of saying or thinking, with its source and its content."""
    entry = nouns().get(token.lower_)
    if entry is None:
        return None
    content, cue = _noun_content(token, entry)
    source = _noun_source(token)
    if not content:
        return None
    held = frozenset(source - content)
    if not held:
        return None
    frame = "prep" if len(cue) > 1 else "that"
    return Found(frozenset(cue), token.i, held, frozenset(content - cue - held), entry.lemma, "noun", frame, NOUN)


def _noun_content(token: Token, entry: Entry) -> tuple[set[int], set[int]]:
    for c in token.rights:
        if _is_clause_of_noun(c, entry):
            return subtree(c), {token.i}
        if c.dep_ == "prep" and (
            c.lower_ in entry.prepositions.get("prep", ()) or (c.lower_ == "of" and "of" in entry.frames)
        ):
            return subtree(c) - {c.i}, {token.i, c.i}
    return set(), set()


def _is_clause_of_noun(token: Token, entry: Entry) -> bool:
    """Tell the clause of "the claim that ...", "a promise to ..."."""
    if token.dep_ in ("acl", "relcl", "ccomp") and "that" in entry.frames and child(token, "mark") is not None:
        return True
    return token.dep_ == "acl" and "to" in entry.frames and any(x.lower_ == "to" for x in token.children)


def _noun_source(token: Token) -> set[int]:
    owner = child(token, "poss")
    if owner is not None:
        return noun_phrase(owner) - {c.i for c in owner.children if c.tag_ == "POS"}
    prepositions = (c for c in token.rights if c.dep_ == "prep" and c.lower_ in SOURCE_PREPOSITIONS)
    held = next((held for c in prepositions if (held := child(c, "pobj")) is not None), None)
    if held is not None:
        return noun_phrase(held)
    verb = token.head
    if token.dep_ == "dobj" and verb.lower_ in HAVING:
        subject = subject_of(verb)
        return noun_phrase(subject) if subject is not None else set()
    return set()


NOUN = 0.6  # log-odds


HAVING = word_set(
    "has have had having made make makes making issued issues issuing voiced expressed expresses "
    "expressing rejected gave gives given giving announced released raised repeated filed put offered "
    "leveled levelled published stood maintained reiterated declared got drew earned unveiled shared sent wrote posted "
    "delivered signed"
)


def predicate(token: Token) -> Found | None:
    """Read an adjective that says what its subject holds ("is confident that ...")."""
    entry = adjectives().get(token.lower_)
    if entry is None or token.dep_ not in ("acomp", "oprd", "conj", "ROOT", "ccomp", "attr", "advcl"):
        return None
    verb = token.head
    subject = child(verb, "nsubj") or child(token, "nsubj")
    if subject is None:
        return None
    content, cue = _adjective_content(token, entry)
    if not content:
        return None
    if token.dep_ == "acomp":
        cue |= {verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "neg"))}
    held = frozenset(noun_phrase(subject)) if subject.lower_ not in {"it", "there"} else frozenset()
    return Found(frozenset(cue), token.i, held, frozenset(content - cue - held), entry.lemma, "adjective", "prep", 0.4)


def _adjective_content(token: Token, entry: Entry) -> tuple[set[int], set[int]]:
    for c in token.rights:
        if c.dep_ in ("ccomp", "advcl") and entry.frames.keys() & {"that", "wh"} and c.dep_ == "ccomp":
            return subtree(c), {token.i}
        if c.dep_ == "xcomp" and "to" in entry.frames:
            return subtree(c), {token.i}
        if c.dep_ == "prep" and c.lower_ in entry.prepositions.get("prep", ()):
            return subtree(c) - {c.i}, {token.i, c.i}
    return set(), set()


@cache
def nominal_readers() -> dict[str, tuple[Callable[[Token], Found | None], ...]]:
    """Which readers a word in lower case that is no verb calls for; each gives a reading of its token or None."""
    table: dict[str, tuple[Callable[[Token], Found | None], ...]] = {}
    for names, reader in (
        (HEARSAY, hearsay),
        (nouns(), nominal),
        (statements(), stated),
        (adjectives(), predicate),
    ):
        for word in names:
            table[word] = (*table.get(word, ()), reader)
    return table
