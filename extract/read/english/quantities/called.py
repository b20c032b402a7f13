"""Numbers in titles and names in quotation marks."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.labels import CLOSING_QUOTES, QUOTES
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import is_stop

NAMING = word_list("naming")
LONGEST_NAME = 8  # most tokens within the quotation marks


def is_called_so(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is in a quoted title or name: "her essay “Two Days in March”", "the “400” issue".

    A number in quoted speech is a quantity.
    """
    found = _quotation(tokens, draft)
    if found is None:
        return False
    return _is_title(tokens, *found) or _is_name(tokens, draft, *found)


def _quotation(tokens: Tokens, draft: Draft) -> tuple[int, int] | None:
    """Return the first token of the short quotation that holds a number and the index of its closing mark, or None."""
    i, j = draft.number_first, draft.number_last
    first = next((k + 1 for k in range(i - 1, max(i - LONGEST_NAME, -1), -1) if _opens(tokens, k)), None)
    if first is None:
        return None
    last = next((k for k in range(j, first + LONGEST_NAME + 1) if tokens.raw(k) in CLOSING_QUOTES), None)
    return (first, last) if last is not None and tokens.word(last - 1) not in (",", ".", "!", "?") else None


def _opens(tokens: Tokens, k: int) -> bool:
    return tokens.raw(k) in QUOTES and tokens.glued(k + 1) and not tokens.glued(k)


def _is_title(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether a quotation is a title: two capitalised words, and only stop words in lower case."""
    words = [tokens.raw(k) for k in range(first, last) if tokens.raw(k).isalpha()]
    are_small = all(is_stop(word) for word in words if word[0].islower())
    return are_small and sum(word[0].isupper() for word in words) > 1


def _is_name(tokens: Tokens, draft: Draft, first: int, last: int) -> bool:
    """Return whether a naming word or article precedes a quoted name; digits with a noun are a quoted figure."""
    if tokens.word(first - 2) not in NAMING or draft.unit is not None:
        return False
    if draft.digits:
        return draft.number_first == first and draft.number_last == last
    return draft.number_first == first or tokens.word(draft.number_first - 1) == ","
