"""Footnote marks glued to the word or sign before them: "long[a]", "tons[nb 1]", "species²", "passengers*"."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNS = frozenset("[*†‡¹²³⁴⁵⁶⁷⁸⁹")  # one of which every mark has
MARK = re.compile(
    r"\[\d{1,3}\]|(?<=[\w.,;:!?%)”\"’\]])\[(?:(?:note|nb|n|fn)\s?)?(?:[a-z]|\d{1,3}|[ivx]{1,4})\]"
    r"|(?<=\w)\[(?:citation|clarification|verification)\s?needed\]"
    r"|(?<=[a-z]{4})(?<!metre)(?<!meter)(?<!etres)(?<!eters)(?<!miles)(?<!feet)[¹²³⁴-⁹]+(?!\w)"
    r"|(?<=[a-z]{3})[*†‡]{1,3}(?=[\s.,;:)]|$)"
)


def marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the character spans of the footnote marks in ``text[start:end]``."""
    if not SIGNS.isdisjoint(text[start:end]):
        for match in MARK.finditer(text, start, end):
            yield match.span()


def without_marks(text: str) -> str:
    """Return a text with blanks for its footnote marks, of the same length."""
    return MARK.sub(lambda match: " " * len(match.group()), text) if not SIGNS.isdisjoint(text) else text
