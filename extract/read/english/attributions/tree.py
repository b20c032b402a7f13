"""Queries on a dependency tree (spaCy's English labels); results are token indices of one sentence."""

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
    """Return the children with their labels, cached in the document because creating tokens is expensive.

    The caller must empty ``user_data`` when done with a parse, so that tokens and document do not reference each other.
    """
    kept: dict[Any, Any] = token.doc.user_data
    found: list[tuple[str, Token]] | None = kept.get(token.i)
    if found is None:
        found = kept[token.i] = [(c.dep_, c) for c in token.children]
    return found


def child(token: Token, *labels: str) -> Token | None:
    """Return the first child with one of these labels, or None."""
    for label, found in children(token):
        if label in labels:
            return found
    return None


def subtree(token: Token) -> set[int]:
    """Return the indices of this token and all its descendants."""
    return {t.i for t in token.subtree}


def is_finite(token: Token) -> bool:
    """Return whether this is the head of a finite clause."""
    return token.tag_ in FINITE or any(c.tag_ in FINITE for label, c in children(token) if label in AUXILIARIES)


def is_passive(token: Token) -> bool:
    """Return whether this verb is passive, with an auxiliary or as a reduced relative clause."""
    if token.tag_ not in ("VBN", "VBD"):
        return False
    if child(token, "auxpass", "nsubjpass") is not None:
        return True
    return token.tag_ == "VBN" and token.dep_ == "acl"


def subject_of(token: Token, depth: int = 0) -> Token | None:
    """Return the subject of this verb, its own or shared with a verb above it; None if there is none.

    ``depth`` counts the steps upwards, of which there are at most seven.
    """
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
    """Return whether a semicolon separates a clause from its verb: "40 left; the army denied it".

    Parsers attach the first clause to the second verb.
    """
    return clause.i < verb.i and any(token.text == ";" for token in verb.doc[clause.i : verb.i])


def _is_noun(token: Token) -> bool:
    return token.tag_.startswith(("NN", "PRP"))


def agent_of(token: Token) -> Token | None:
    """Return the noun after "by" of a passive verb, or None; numbers and times of day are not agents."""
    by = child(token, "agent")
    noun = child(by, "pobj") if by is not None else None
    return None if noun is not None and (noun.text[0].isdigit() or noun.lower_ in TIMES) else noun


def noun_phrase(token: Token) -> set[int]:
    """Return the token indices of the noun phrase of a head noun, with titles, appositions and relative clauses."""
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
    """Yield the runs of consecutive token indices, as (first, last)."""
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
