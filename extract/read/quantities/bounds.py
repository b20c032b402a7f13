"""Bound words around a number: "more than", "some", "or so"."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import HYPHENS
from extract.read.quantities.words import word_list
from extract.types import Bound

LONGEST = 6
# Words that may stand between a bound and its number and change neither.
TRANSPARENT = word_list("transparent")
TOPIC_VERBS = word_list("topic_verbs")
AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "at_least",
    ("or", "greater"): "at_least",
    ("or", "over"): "at_least",
    ("or", "above"): "at_least",
    ("or", "older"): "at_least",
    ("or", "higher"): "at_least",
    ("or", "longer"): "at_least",
    ("and", "more"): "at_least",
    ("and", "over"): "at_least",
    ("and", "above"): "at_least",
    ("and", "older"): "at_least",
    ("and", "up"): "at_least",
    ("or", "better"): "at_least",
    ("or", "larger"): "at_least",
    ("-", "plus"): "at_least",
    ("plus",): "at_least",
    ("+",): "at_least",
    ("at", "least"): "at_least",
    ("at", "the", "very", "least"): "at_least",
    ("at", "the", "least"): "at_least",
    ("at", "the", "very", "most"): "at_most",
    ("or", "so"): "about",
    ("or", "thereabouts"): "about",
    ("-", "odd"): "about",
    ("odd",): "about",
    ("-", "some"): "about",
    ("-", "ish"): "about",
    ("ish",): "about",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "under"): "at_most",
    ("or", "below"): "at_most",
    ("or", "younger"): "at_most",
    ("or", "lower"): "at_most",
    ("and", "under"): "at_most",
    ("and", "younger"): "at_most",
    ("and", "below"): "at_most",
    ("at", "most"): "at_most",
    ("at", "the", "most"): "at_most",
    ("max",): "at_most",
    ("maximum",): "at_most",
    ("minimum",): "at_least",
    ("tops",): "at_most",
}


@cache
def _before() -> dict[str, Bound]:
    lines = (Path(__file__).parent / "bounds.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {" ".join(Tokens(words, 0, len(words)).words): cast(Bound, bound) for words, bound in pairs}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rsplit(" ", 1)[-1] for words in _before())


def bound_before(tokens: Tokens, i: int) -> tuple[Bound, int] | None:
    """Find the bound that ends before token ``i``; gives it and its first token."""
    end = i
    for _ in range(4):
        found = _ending_at(tokens, end)
        if found is not None:
            is_topic = end < i and tokens.word(end) == "the" and end - found[1] == 1  # "learn about the two courses"
            return None if is_topic else found
        if tokens.word(end - 1) not in TRANSPARENT:
            return None
        end -= 1
    return None


def _ending_at(tokens: Tokens, end: int) -> tuple[Bound, int] | None:
    if tokens.word(end - 1) not in _last_words():
        return None
    table = _before()
    for size in range(min(LONGEST, end), 0, -1):
        bound = table.get(" ".join(tokens.words[end - size : end]))
        if bound is not None and not _means_something_else(tokens, end - size, end):
            return bound, end - size
    return None


def _means_something_else(tokens: Tokens, first: int, end: int) -> bool:
    if end - first > 1:
        return False
    word, before = tokens.word(first), tokens.word(first - 1)
    if word in ("about", "around"):
        return before in TOPIC_VERBS
    if word == "past":
        return before in ("the", "over", "in")
    if word in ("tops", "minimum", "maximum", "max"):
        return before in HYPHENS
    return word == "under" and before in ("from", "down")


def bound_after(tokens: Tokens, i: int) -> tuple[Bound, int] | None:
    """Find the bound that begins at token ``i``; gives it and the token after it."""
    if tokens.word(i) in (",", '"', "“") and tokens.word(i + 1) == "at":  # 12 million "at the very least"
        i += 1
    for size in (4, 3, 2, 1):
        bound = AFTER.get(tuple(tokens.words[i : i + size]))
        if bound is None or i + size > len(tokens):
            continue
        if tokens.word(i) in ("plus", "odd", "ish", "+") and not _is_suffix(tokens, i):
            continue
        return bound, i + size
    return None


def _is_suffix(tokens: Tokens, i: int) -> bool:
    """Tell "50 plus" and "50+" from "50 plus 3"."""
    return tokens.glued(i) or not (
        tokens.word(i + 1)[:1].isdigit() or tokens.word(i + 1) in ("a", "the", "$", "£", "€")
    )
