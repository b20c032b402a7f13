"""Attributions without a cue verb: adverbs, nouns ("the claim that ..."), predicates ("is sure that ...")."""

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
    """Return the attribution of an adverb such as "allegedly" ("the firm allegedly owes"), which has no source."""
    if token.lower_ not in HEARSAY:
        return None
    content = frozenset(clause_around(token)) - {token.i}
    return Found(frozenset({token.i}), token.i, frozenset(), content, token.lower_, "say", "adverb", 1.0)


def nominal(token: Token) -> Found | None:
    """Return the attribution of a noun of speech or thought with a source and content, or None."""
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
    """Return the token indices of a noun's content and cue; empty sets if it has none."""
    for c in token.rights:
        if _is_clause_of_noun(c, entry):
            return subtree(c), {token.i}
        if c.dep_ == "prep" and (
            c.lower_ in entry.prepositions.get("prep", ()) or (c.lower_ == "of" and "of" in entry.frames)
        ):
            return subtree(c) - {c.i}, {token.i, c.i}
    return set(), set()


def _is_clause_of_noun(token: Token, entry: Entry) -> bool:
    """Return whether a token heads the noun's clause: "the claim that ...", "a promise to ..."."""
    if token.dep_ in ("acl", "relcl", "ccomp") and "that" in entry.frames and child(token, "mark") is not None:
        return True
    return token.dep_ == "acl" and "to" in entry.frames and any(x.lower_ == "to" for x in token.children)


def _noun_source(token: Token) -> set[int]:
    """Return the token indices of a noun's source; an empty set if it has none.

    It is the possessor, the object of "by" or the like, or the subject of a verb such as "make" or "issue".
    """
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
    """Return the attribution of an adjective for its subject's attitude ("is confident that ..."), or None."""
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
    """Return the token indices of an adjective's content and cue; empty sets if it has none."""
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
    """Return, by lower-case word, the readers to apply to a token that is not a verb."""
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
