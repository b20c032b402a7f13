"""Numbers given by their tens: "in her 60s", "the mid-30s", "the high teens"."""

from __future__ import annotations

from decimal import Decimal

from extract.read.english.quantities.number_words import DECADES_OF_AGE, HYPHENS, Numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list

# Lowest and highest unit digit of each part of a decade: "the mid-30s" are 34 to 36.
PARTS_OF_DECADE = {"early": (0, 3), "low": (0, 3), "lower": (0, 3), "mid": (4, 6), "high": (7, 9), "upper": (7, 9),
                   "late": (7, 9)}  # fmt: skip
LEAST_TEEN = 10
LEAST_DECADE = 50  # below it, the tens are a level without a cue: "the mid-30s"
NEAR_DECADE = 8  # tokens on either side in which a cue is looked for
TENS_OF_WHAT = word_list("tens_of_what")
DIGIT_DECADES = frozenset(str(10 * n) for n in range(1, 10))


def decade(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the tens of "in his sixties", "in the mid-30s", "the high teens"; None for years ("the late 90s")."""
    found = _tens(tokens, i)
    if found is None:
        return None
    value, last = found
    part = _part_of_decade(tokens, i)
    if part is None:
        least = value + 3 if value == LEAST_TEEN else value  # "in his teens" is from 13
        return Numeral(i, last, least, high=value + 9) if is_owned_decade(tokens, i) else None
    first, (low, high) = part
    if not is_owned_decade(tokens, first) and not _is_level_in_tens(tokens, first, value):
        return None
    return Numeral(first, last, value + low, high=value + high)


def _tens(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Parse "teens", "sixties" or "30s" at token ``i``; return the value and the index after it, or None."""
    word = tokens.words[i]
    if word == "teens":
        return Decimal(10), i + 1
    if word in DECADES_OF_AGE:
        return DECADES_OF_AGE[word], i + 1
    is_digits = word in DIGIT_DECADES and tokens.word(i + 1) in ("s", "'s") and tokens.glued(i + 1)
    return (Decimal(word), i + 2) if is_digits else None


def _part_of_decade(tokens: Tokens, i: int) -> tuple[int, tuple[int, int]] | None:
    """Return the index of "mid-", "low" or "high" before the tens and its range of unit digits, or None."""
    k = i - 1 - (tokens.word(i - 1) in HYPHENS)
    part = PARTS_OF_DECADE.get(tokens.word(k)) if k >= 0 else None
    return (k, part) if part is not None else None


def is_owned_decade(tokens: Tokens, first: int) -> bool:
    """Return whether a possessive makes the tens an age: "in her 60s", "in their mid-twenties"."""
    return tokens.word(first - 1) in ("his", "her", "their", "my", "our", "your")


def _is_level_in_tens(tokens: Tokens, first: int, value: Decimal) -> bool:
    """Return whether the tens are a level ("highs in the mid-70s", "slipped to the low 40s"), not years."""
    if tokens.word(first) in ("early", "late"):
        return False
    if value < LEAST_DECADE or tokens.word(first - 2) == "to":
        return True
    return not TENS_OF_WHAT.isdisjoint(tokens.words[max(0, first - NEAR_DECADE) : first + NEAR_DECADE])
