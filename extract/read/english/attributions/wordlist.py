"""Short word lists, written as one string of words."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the set of the words in a string, which white space separates."""
    return frozenset(text.split())
