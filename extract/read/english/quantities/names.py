"""Numbers that the text uses as names elsewhere: after "the HP 9000/715", "the 715" is a model, not a count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.labels import RELEASES
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.words import is_plural

PLAIN = re.compile(r"(?<![\d.,])(?:\d{3,}|\d+\.\d+)(?!\d|[.,]\d)")
AFTER_NAME = re.compile(r"\b(?:[A-Z][\w.]*|version|release)\s?\Z")
BEFORE_NAME = re.compile(rf"\s(?:{'|'.join(sorted(RELEASES))})\b")
LONGEST_NAME = 24  # characters before a version in which its name ends
LEAST_DIGITS = 3  # shorter numbers are names and counts in one text
Span = tuple[int, int]


def without_names(
    text: str,
    plain: Sequence[Span],
    dates: Sequence[Span],
    read: list[tuple[int, Tokens, list[Draft]]],
) -> list[tuple[int, Tokens, list[Draft]]]:
    """Drop each unitless number of three digits, or version, that stands elsewhere in the text and was rejected there.

    ``plain`` are the character spans of the sentences that were searched for numbers, ``dates`` those of the dates.
    """
    asked = {_name(tokens, draft) for _, tokens, drafts in read for draft in drafts} - {None}
    names = _rejected(text, plain, dates, read, asked) if asked else set()
    if not names:
        return read
    kept = [(index, tokens, [d for d in drafts if _name(tokens, d) not in names]) for index, tokens, drafts in read]
    return [item for item in kept if item[2]]


def _name(tokens: Tokens, draft: Draft) -> str | None:
    """Return the digits of a number that may be a name; None for a round one, and one with a unit or a plural."""
    digits = tokens.raw(draft.number_first)
    is_model = digits.isdecimal() and len(digits) >= LEAST_DIGITS and not digits.endswith("00")
    is_version = "." in digits and digits.replace(".", "", 1).isdecimal()
    if not (is_model or is_version) or not draft.is_unitless or draft.scale != 1 or draft.bound != "exact":
        return None
    return None if is_plural(tokens.word(draft.number_last)) else digits


def _rejected(
    text: str,
    plain: Sequence[Span],
    dates: Sequence[Span],
    read: Sequence[tuple[int, Tokens, list[Draft]]],
    asked: set[str | None],
) -> set[str]:
    """Return which of the ``asked`` numbers stand anywhere in ``plain`` outside the dates and the numbers read."""
    taken = [*dates, *(tokens.span(draft.first, draft.last) for _, tokens, drafts in read for draft in drafts)]
    taken.sort()
    starts = [start for start, _ in taken]
    found = set()
    for first, last in plain:
        for match in PLAIN.finditer(text, first, last):
            k = bisect_right(starts, match.start()) - 1
            is_rejected = match.group() in asked and (k < 0 or taken[k][1] <= match.start())
            if is_rejected and ("." not in match.group() or _is_version(text, *match.span())):
                found.add(match.group())
    return found


def _is_version(text: str, start: int, end: int) -> bool:
    """Return whether a name is beside a decimal: "Mercurial 5.2", "the 1.8 release"; not in a table."""
    before = AFTER_NAME.search(text[max(0, start - LONGEST_NAME) : start])
    return before is not None or BEFORE_NAME.match(text, end) is not None
