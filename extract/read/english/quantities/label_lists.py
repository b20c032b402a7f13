"""Lists of labels: "counts four and seven", "seats 14A to 14F", "chapters two to five"."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.labels import LABELS, follows_label
from extract.read.english.quantities.number_words import HYPHENS, SMALL
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.words import is_plural

JOINTS = frozenset({"and", "or", "to", "through", ","})
PLACES = frozenset({"row", "floor"})
LONGEST_LIST = 6  # most numbers of such a list
# Plural labels that are also verbs or counted nouns: "points two and three".
CHANCE = frozenset("points forms models divisions quarters days weeks months years games rounds".split())


def is_listed_in_words(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number word is in a list of at least two after a plural label: "counts four and seven"."""
    if draft.digits or draft.low > LONGEST_LIST * 4 or draft.number_last != draft.number_first + 1:
        return False
    first, last = _edges(tokens, draft.number_first)
    label = tokens.word(first - 1)
    if last - first < 2 or not is_plural(label) or label[:-1] not in LABELS | PLACES:
        return False
    is_chance = label in CHANCE and tokens.word(first - 2) != "on"  # "on days two and three"
    return is_closed(tokens, last) and not is_chance


def _edges(tokens: Tokens, i: int) -> tuple[int, int]:
    """Return the token span (half-open) of a list of number words that includes token ``i``."""
    first, last = i, i + 1
    while tokens.word(first - 1) in JOINTS and tokens.word(first - 2) in SMALL and i - first < 2 * LONGEST_LIST:
        first -= 2
    while tokens.word(last) in JOINTS and tokens.word(last + 1) in SMALL and last - i < 2 * LONGEST_LIST:
        last += 2
    return first, last


def ends_labels(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is the second of "chapters 2 to 4", "seats 14A to 14F", "the amendment 317 to 294"."""
    k = draft.number_first - 1
    is_led = tokens.word(k) in ("to", "through") or tokens.word(k) in HYPHENS
    if not is_led or not draft.digits or draft.scale != 1:
        return False
    before = k - 1 - (len(tokens.raw(k - 1)) == 1 and tokens.raw(k - 1).isalpha() and tokens.glued(k - 1))
    if not tokens.word(before).isdecimal():
        return False
    return is_closed(tokens, draft.last) and follows_label(tokens, before)
