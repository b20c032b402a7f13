"""Ordinals that report a rank: "third largest", "ranked fifth", "in second place"."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list

RANKING_VERBS = word_list("ranking_verbs")
TABLES = frozenset({"table", "standings", "league", "rankings", "list", "world", "championship", "division"})
STANDING = frozenset({"is", "are", "was", "were", "lie", "lies", "lay", "sit", "sits", "sat"})
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
    if _stands(tokens, i, j):
        return True
    return tokens.word(i - 1) in RANKING_VERBS or (
        tokens.word(i - 1) in ("joint", "in") and tokens.word(i - 2) in RANKING_VERBS
    )


def _stands(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether an ordinal is a predicate of rank ("sits 14th in the table"), not "is first and foremost"."""
    if tokens.word(j) == "in" and tokens.word(j + 2) in TABLES:
        return True
    closes = tokens.word(j) in (",", ".", "", "behind", "with", "on")
    return closes and tokens.word(i - 1) in STANDING and tokens.word(i) != "first"
