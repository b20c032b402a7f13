"""Ordinals that report a rank: "third largest", "ranked fifth", "in second place"."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import MONTHS, WEEKDAYS, is_stop

RANKING_VERBS = word_list("ranking_verbs")
TABLES = frozenset({"table", "standings", "league", "rankings", "list", "world", "championship", "division"})
STANDING = frozenset({"is", "are", "was", "were", "lie", "lies", "lay", "sit", "sits", "sat"})
MOVING = word_list("moving_in_table")
AFTER_ASIDE = frozenset({",", "after", "and", "behind", "on", "with", "before"})
NEAR_MOVE = 4  # most tokens from a verb to "from"
NOT_SUPERLATIVES = word_list("not_superlatives")


def is_rank(tokens: Tokens, draft: Draft) -> bool:
    """Return whether an ordinal reports a rank."""
    i, j = draft.first, draft.last
    j += tokens.word(j) in HYPHENS
    after = tokens.word(j)
    if (after.endswith("est") and after not in NOT_SUPERLATIVES) or after in (
        "most",
        "least",
        "best",
        "worst",
    ):
        return True
    if after in ("place", "spot") and tokens.word(i - 1) in ("in", "to", "joint"):
        return True
    if _stands(tokens, i, j) or _is_aside_of_team(tokens, i, j) or _is_moved_in_table(tokens, i, j):
        return True
    return tokens.word(i - 1) in RANKING_VERBS or (
        tokens.word(i - 1) in ("joint", "in") and tokens.word(i - 2) in RANKING_VERBS
    )


def _stands(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether an ordinal is a predicate of rank ("sits 14th in the table"), not "is first and foremost"."""
    if tokens.word(j) == "in" and tokens.word(j + 2) in TABLES:
        return True
    i_verb = i - 1 - (tokens.word(i - 1) in ("now", "currently", "still", "only", "just"))
    closes = tokens.word(j) in (",", ".", "", "behind", "with", "on", "of")
    return closes and tokens.word(i_verb) in STANDING and tokens.word(i) != "first"


def _is_aside_of_team(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a rank follows a name as an aside: "Rovers, 18th after a run of defeats, have sold"."""
    name = tokens.raw(i - 2)
    is_named = tokens.word(i - 1) == "," and name[:1].isupper() and name.lower() not in MONTHS | WEEKDAYS
    return is_named and tokens.word(j) in AFTER_ASIDE and tokens.word(i) != "first"


def _is_moved_in_table(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether an ordinal is one end of a move in a table: "slipped from 21st to 28th"."""
    first, last = (i, _ordinal_after(tokens, j)) if tokens.word(i - 1) == "from" else (_ordinal_before(tokens, i), j)
    if first < 0 or last < 0 or tokens.word(first - 1) != "from" or tokens.word(last) in MONTHS:
        return False
    moved = tokens.words[max(0, first - NEAR_MOVE) : first - 1]
    return not MOVING.isdisjoint(moved) and (not tokens.word(last).isalpha() or is_stop(tokens.word(last)))


def _ordinal_after(tokens: Tokens, j: int) -> int:
    """Return the index after the ordinal of "to 28th" at token ``j``; -1 without one."""
    found = read_numeral(tokens, j + 1) if tokens.word(j) == "to" and j + 1 < len(tokens) else None
    return found.last if found is not None and found.kind == "ordinal" else -1


def _ordinal_before(tokens: Tokens, i: int) -> int:
    """Return the index of the ordinal of "21st to" before token ``i``; -1 without one."""
    for k in (i - 2, i - 3):
        found = read_numeral(tokens, k) if tokens.word(i - 1) == "to" and k >= 0 else None
        if found is not None and found.kind == "ordinal" and found.last == i - 1:
            return k
    return -1
