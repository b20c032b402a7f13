"""Sources introduced by a preposition: "according to X", "by the union's count", "in a new poll by X".

One reader handles them all; ``statements.toml`` lists their words and where each has its source.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Token

from extract.read.english.attributions.found import Found
from extract.read.english.attributions.source_words import NO_SOURCES
from extract.read.english.attributions.tree import SUBJECTS, child, noun_phrase, subtree


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of statement: its words in lower case, the prepositions before them, and the position of its source."""

    words: frozenset[str]
    prepositions: frozenset[str]
    source: str
    log_odds: float
    introduced_by: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of statement in ``statements.toml`` by name."""
    raw = tomllib.loads(files(__package__).joinpath("statements.toml").read_text(encoding="utf-8"))
    read: dict[str, dict[str, Any]] = {
        name: {k: v if k in ("source", "log_odds") else frozenset(v.split()) for k, v in table.items()}
        for name, table in raw.items()
    }
    return {name: Kind(**table) for name, table in read.items()}


@cache
def statements() -> dict[str, Kind]:
    """Return the kind of statement for each word."""
    return {word: kind for kind in kinds().values() for word in kind.words}


def stated(token: Token) -> Found | None:
    """Return the attribution of a statement after a preposition, or None; the rest of the clause is the content."""
    kind = statements()[token.lower_]
    read = SOURCES[kind.source](token, kind)
    if read is None:
        return None
    preposition, cue, source = read
    head = cue[0] if kind.source == "itself" else token
    content = clause_around(preposition) - source - subtree(preposition)
    lemma = "according to" if kind.source == "object" else head.lower_
    indices = frozenset(word.i for word in cue)
    return Found(indices, head.i, frozenset(source), frozenset(content), lemma, "say", "according", kind.log_odds)


def clause_around(token: Token) -> set[int]:
    """Return the token indices of the clause that contains a word.

    A conjunct without a subject of its own belongs to the clause of the first verb.
    """
    head = token.head
    while head.head != head and not head.tag_.startswith("VB"):
        head = head.head
    if head.dep_ == "conj" and child(head, "nsubj", "nsubjpass") is None:
        head = head.head
    return subtree(head)


# The word whose clause is the content, the words of the cue, and the source as token indices.
Reading = tuple[Token, tuple[Token, ...], set[int]]


def _by_object(token: Token, kind: Kind) -> Reading | None:
    """Return the reading of "according to X", or None; "according to plan" has no source."""
    to = next((c for c in token.rights if c.lower_ in kind.prepositions), None)
    if to is None:
        return None
    source = next((c for c in (*to.children, *token.children) if c.dep_ == "pobj"), None)
    if source is None or (source.lower_ in NO_SOURCES and source.n_lefts == 0):
        return None
    return token, (token, to), noun_phrase(source)


def _by_owner(token: Token, kind: Kind) -> Reading | None:
    """Return the reading of "By the union's count, ...", or None.

    Within a sentence its scope is unknown: "60 burned, by the mayor's count, and four died".
    """
    by, owner = token.head, child(token, "poss")
    if owner is None or token.dep_ != "pobj" or by.lower_ not in kind.prepositions:
        return None
    if not by.head.tag_.startswith("VB") or by.i > by.head.i:
        return None
    return by, (by, token), noun_phrase(owner) - {c.i for c in owner.children if c.tag_ == "POS"}


def _by_itself(token: Token, kind: Kind) -> Reading | None:
    """Return the reading of "in a new poll by the institute"; None for "asked in a poll", "took part in a survey"."""
    preposition = token.head
    above = preposition.head
    if not _is_of_opinion(token, kind) or token.dep_ != "pobj" or preposition.lower_ not in kind.prepositions:
        return None
    takes_part = any(c.dep_ == "dobj" and c.lower_ == "part" for c in above.children)
    if above.dep_ in SUBJECTS or above.lower_ in kind.asking or takes_part:
        return None
    return preposition, (preposition,), noun_phrase(token)


def _is_of_opinion(poll: Token, kind: Kind) -> bool:
    """Return whether a poll is an opinion poll and not an election ("won 40 seats in the polls")."""
    if poll.lower_.startswith("survey"):
        return True
    return any(c.lower_ in kind.introduced_by or c.tag_ == "NNP" for c in poll.children)


SOURCES = {"object": _by_object, "owner": _by_owner, "itself": _by_itself}
