"""Levels that something is brought to: "bringing the death toll to 63", "a rise of 7 cents took the fare to $3"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions, kind_of_change
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.types import Direction

BREAKS = frozenset({";", ":", "but", "while", "when", "who", "which", "where", "because", "whereas", "although"})
DEFINITE = frozenset({"the", "its", "their", "his", "her"})
LONGEST_TAKEN = 8  # most words of the object of the verb
LONGEST_BRINGER = 6  # most words from a noun of change to the verb: "an increase of 7 cents brought"
TALLIES = word_list("tallies")
MEASURES = word_list("measures")  # nouns of figures that have a unit
BRINGING = frozenset({"took", "take", "takes", "taking", "brought", "bring", "brings", "bringing"})


def brings_total(tokens: Tokens, i: int, draft: Draft) -> int:
    """Return the index of the verb of "brought to 41 the number of" or "bringing the death toll to 63"; -1 without one.

    ``i`` is the index of "to".
    """
    if tokens.word(i) != "to":
        return -1
    if tokens.word(i - 1) in BRINGING:
        return i - 1 if draft.is_counted and tokens.word(draft.last) in DEFINITE else -1
    for k in range(i - 1, max(i - 1 - LONGEST_TAKEN, -1), -1):
        if tokens.word(k) in BRINGING:
            is_figure = not (TALLIES if draft.unit is None else TALLIES | MEASURES).isdisjoint(tokens.words[k + 1 : i])
            return k if is_figure and tokens.word(k + 1) in DEFINITE else -1
        if tokens.word(k) in directions() or tokens.word(k) in BREAKS:
            return -1
    return -1


def direction_of_bringer(tokens: Tokens, verb: int) -> Direction | None:
    """Return the direction of the noun of change before the verb: "an increase of 7 cents brought"; else None."""
    for k in range(verb - 1, max(verb - 1 - LONGEST_BRINGER, -1), -1):
        kind = kind_of_change(tokens.word(k))
        if kind == "noun" or (kind == "act" and tokens.word(k - 1) in ("a", "the", "another")):  # "a cut of 15 cents"
            return directions()[tokens.word(k)][0]
        if tokens.word(k) in BREAKS or tokens.word(k) == ",":
            return None
    return None
