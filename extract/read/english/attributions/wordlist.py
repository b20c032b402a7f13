"""Short word lists, written as one string of words."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a string that white space separates."""
    return frozenset(text.split())
