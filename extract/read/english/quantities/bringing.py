"""Figures that something is brought to: "bringing the death toll to 63", "a rise of 7 cents took the fare to $3"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions, kind_of_change
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.types import Direction

BREAKS = frozenset({";", ":", "but", "while", "when", "who", "which", "where", "because", "whereas", "although"})
DEFINITE = frozenset({"the", "its", "their", "his", "her"})
LONGEST_TAKEN = 8  # words of what is taken
LONGEST_BRINGER = 6  # words from a noun of change to the verb: "an increase of 7 cents brought"
TALLIES = word_list("tallies")
MEASURES = word_list("measures")  # what has a unit and is brought to a level
BRINGING = frozenset({"took", "take", "takes", "taking", "brought", "bring", "brings", "bringing"})


def brings_total(tokens: Tokens, i: int, draft: Draft) -> int:
    """Find the verb of "brought to 41 the number of", "bringing the death toll to 63"; -1 if there is none.

    ``i`` is the "to".
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
    """Tell which way "an increase of 7 cents brought the price to" goes: by the noun of change before the verb."""
    for k in range(verb - 1, max(verb - 1 - LONGEST_BRINGER, -1), -1):
        kind = kind_of_change(tokens.word(k))
        if kind == "noun" or (kind == "act" and tokens.word(k - 1) in ("a", "the", "another")):  # "a cut of 15 cents"
            return directions()[tokens.word(k)][0]
        if tokens.word(k) in BREAKS or tokens.word(k) == ",":
            return None
    return None
