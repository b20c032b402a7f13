"""Small questions to a dependency tree (spaCy's English labels), answered as token indices of one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
TIMES = frozenset("dawn dusk noon midday midnight nightfall evening morning night weekend".split())
OBJECT_CONTROL = frozenset({"dobj", "dative"})


def children(token: Token) -> list[tuple[str, Token]]:
    """The children with their labels; kept with the parse, for making them anew is dear.

    Whoever is done with a parse empties its ``user_data``, so that tokens and parse do not hold each other.
    """
    kept: dict[Any, Any] = token.doc.user_data
    found: list[tuple[str, Token]] | None = kept.get(token.i)
    if found is None:
        found = kept[token.i] = [(c.dep_, c) for c in token.children]
    return found


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    for label, found in children(token):
        if label in labels:
            return found
    return None


def subtree(token: Token) -> set[int]:
    """All tokens below and including this one."""
    return {t.i for t in token.subtree}


def is_finite(token: Token) -> bool:
    """Is this the head of a finite clause?"""
    return token.tag_ in FINITE or any(c.tag_ in FINITE for label, c in children(token) if label in AUXILIARIES)


def is_passive(token: Token) -> bool:
    """Is this verb passive, with its auxiliary or as a reduced relative clause?"""
    if token.tag_ not in ("VBN", "VBD"):
        return False
    if child(token, "auxpass", "nsubjpass") is not None:
        return True
    return token.tag_ == "VBN" and token.dep_ == "acl"


def subject_of(token: Token, depth: int = 0) -> Token | None:
    """Who does what this verb says: its own subject, or the one it shares with a verb above it."""
    own = child(token, "nsubj", "nsubjpass", "csubj")
    if own is not None or depth > 6:
        return own
    head = token.head
    if head == token:
        return None
    if token.dep_ in ("conj", "advcl", "aux", "pcomp", "prep", "dep", "ccomp", "parataxis"):
        if token.dep_ in ("ccomp", "parataxis", "dep") and is_finite(token):
            return None
        return subject_of(head, depth + 1) if not _is_noun(head) else head
    if token.dep_ == "xcomp":
        return child(head, *OBJECT_CONTROL) or subject_of(head, depth + 1)
    if token.dep_ in ("acl", "relcl"):
        return head
    return None


def stands_apart(clause: Token, verb: Token) -> bool:
    """Tell the sentence before a semicolon, which parsers hang on the verb behind it: "40 left; the army denied it"."""
    return clause.i < verb.i and any(token.text == ";" for token in verb.doc[clause.i : verb.i])


def _is_noun(token: Token) -> bool:
    return token.tag_.startswith(("NN", "PRP"))


def agent_of(token: Token) -> Token | None:
    """The noun after "by" of a passive verb."""
    by = child(token, "agent")
    noun = child(by, "pobj") if by is not None else None
    return None if noun is not None and (noun.text[0].isdigit() or noun.lower_ in TIMES) else noun


def noun_phrase(token: Token) -> set[int]:
    """The noun phrase of a head noun with titles, appositions and relative clauses."""
    kept = subtree(token)
    for c in token.children:
        if c.dep_ in ("advcl", "ccomp", "parataxis", "conj", "cc") and _is_set_off(token.doc, c):
            kept -= subtree(c)
    return _trimmed(token.doc, kept)


def _is_set_off(doc: Doc, token: Token) -> bool:
    if token.dep_ in ("conj", "cc"):
        return token.dep_ == "conj" and token.tag_.startswith("VB")
    first = token.left_edge.i
    return first > 0 and doc[first - 1].text in {",", "—", "–", "-", "--"}


def _trimmed(doc: Doc, kept: set[int]) -> set[int]:
    while kept and doc[max(kept)].is_punct and doc[max(kept)].text not in {")", "]", "%"}:
        kept.discard(max(kept))
    while kept and doc[min(kept)].is_punct and doc[min(kept)].text not in {"(", "["}:
        kept.discard(min(kept))
    return kept


def runs(indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group token indices to runs of neighbours, as (first, last)."""
    first = last = None
    for i in sorted(indices):
        if last is not None and i == last + 1:
            last = i
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = i
    if first is not None and last is not None:
        yield first, last
