"""Two adjacent numbers: the words between them, and whether they may measure one thing."""

from __future__ import annotations

from extract.read.english.quantities.bounds import bound_before
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.words import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, VERBS, is_past

CLOSING = PREPOSITIONS | AUXILIARIES | VERBS | CONJUNCTIONS | {"respectively"}
OPENERS = frozenset({
    "about", "around", "some", "roughly", "a", "an", "the", "nearly", "just", "over", "~", "its",
    "their", "initial", "previous", "current", "record", "original", "estimated", "proposed", "planned"
})  # fmt: skip


def gap_of(tokens: Tokens, left: Draft, right: Draft) -> list[str]:
    """Return the words between two numbers, in lower case."""
    return tokens.words[left.last : right.first]


def bound_at(tokens: Tokens, draft: Draft) -> int:
    """Return the first token of a number including the bound before it, even if the draft does not include it yet."""
    bound = bound_before(tokens, draft.first)
    return draft.first if bound is None else bound[1]


def are_alike(left: Draft, right: Draft) -> bool:
    """Return whether two numbers may measure one thing, by their kinds and dimensions."""
    if "ordinal" in (left.kind, right.kind) or "scale" in (left.kind, right.kind):
        return False
    if left.multiple and not right.multiple:
        return False  # "tripled to 5"
    return left.unit is None or right.unit is None or left.unit.dimension == right.unit.dimension


def opens_with(tokens: Tokens, draft: Draft, words: tuple[str, ...]) -> int:
    """Return the index of one of ``words`` before a number and its bound; -1 if there is none."""
    first = bound_at(tokens, draft)
    for k in range(first - 1, max(-1, first - 4), -1):
        if tokens.word(k) in words:
            return k
        if tokens.word(k) not in OPENERS:
            return -1
    return -1


def is_closed(tokens: Tokens, i: int) -> bool:
    """Return whether no noun begins at token ``i``, so that a number before it has none."""
    after = tokens.word(i)
    return not after.isalpha() or is_past(after) or after in CLOSING


def is_ascending(left: Draft, right: Draft) -> bool:
    """Return whether the right number is the larger one, in a unit or scale that only one shows, else in SI units."""
    if left.unit is None:
        return left.low < right.low or _is_less_in_unit(left, right)
    if right.unit is None or left.unit is right.unit:
        return left.low < right.low
    low, high = left.unit.to_si(float(left.low)), right.unit.to_si(float(right.low))
    return left.low < right.low if low is None or high is None else low < high


def _is_less_in_unit(left: Draft, right: Draft) -> bool:
    """Return whether a left number without a unit is less in the right one's: "5 to 10 percent", "5 to 10 million"."""
    if right.unit is RATIO and right.kind == "cardinal":
        return left.low < right.low * 100
    return left.scale == 1 and right.scale > 1 and left.low < 1000 and left.low < right.low / right.scale
