"""Texts folded to what is compared of them.

The texts of a page are compared many times over, so what is ASCII in them, nearly always all, is sorted out as bytes.
"""

from __future__ import annotations

NOT_ALPHANUMERIC = bytes(code for code in range(128) if not chr(code).isalnum())
LOWER = bytes(range(256)).lower()


def fold(text: str) -> str:
    """Fold a text to its letters and digits in one case, for comparing."""
    if text.isascii():
        return text.encode().translate(LOWER, NOT_ALPHANUMERIC).decode()
    left = text.casefold().encode("utf-8", "surrogatepass").translate(None, NOT_ALPHANUMERIC)
    folded = left.decode("utf-8", "surrogatepass")
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def folds_to(text: str, folded: str) -> bool:
    """Say whether a text is the one that was folded, empty ones aside; most are told apart by their length alone."""
    return 0 < len(folded) <= 2 * len(text) and len(text) <= 2 * len(folded) + 20 and fold(text) == folded
