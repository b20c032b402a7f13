"""Fold texts for comparison.

The texts of a page are compared many times, so ASCII, which is nearly all of them, is processed as bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

NOT_ALPHANUMERIC = bytes(code for code in range(128) if not chr(code).isalnum())
LOWER = bytes(range(256)).lower()


def fold(text: str) -> str:
    """Fold a text to its letters and digits in one case, for comparing."""
    if text.isascii():
        return text.encode().translate(LOWER, NOT_ALPHANUMERIC).decode()
    left = text.casefold().encode("utf-8", "surrogatepass").translate(None, NOT_ALPHANUMERIC)
    folded = left.decode("utf-8", "surrogatepass")
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def begins(text: str, folded: str) -> bool:
    """Say whether a text, folded, may begin with the same letter as a folded one; without folding it."""
    return not text[:1].isalnum() or text[0].casefold()[0] == folded[:1]


def ends(text: str, folded: str) -> bool:
    """Say whether a text, folded, may end with the same letter as a folded one; without folding it."""
    last = text[-1:]
    return not (last.isascii() and last.isalnum()) or last.lower() == folded[-1:]


def showing(texts: Iterable[str], folded: str) -> list[int]:
    """Return which of some texts are the one that was folded; most are told apart by length and first letter alone."""
    if not folded:
        return []
    shortest, longest = len(folded) / 2, 2 * len(folded) + 20
    return [
        at
        for at, text in enumerate(texts)
        if shortest <= len(text) <= longest and begins(text, folded) and fold(text) == folded
    ]
