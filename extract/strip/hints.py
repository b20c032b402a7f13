"""What the class and id of an element say about it, in words that content systems share.

Hints recur on a page and across a site, so results are cached.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

MAX_HINT_CHARS = 200
HINT_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")


class _Vocabulary(NamedTuple):
    """The names of the groups, a pattern of their words, and the bits of word parts and whole words."""

    names: tuple[str, ...]
    part: re.Pattern[str]
    parts: dict[str, int]
    whole: dict[str, int]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    text = (files("extract.strip") / "weights" / "groups.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line]
    names = tuple(dict.fromkeys(group for group, _ in pairs))
    bits = {word: 1 << names.index(group) for group, word in pairs}
    parts = {word: bit for word, bit in bits.items() if not word.startswith("=")}
    whole = {word[1:]: bits[word] for word in bits.keys() - parts.keys()}
    return _Vocabulary(names, re.compile(_any_of(sorted(parts))), parts, whole)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of sorted words as a letter tree, which fails fast; the longest word matches."""
    branches = [(first, [word[1:] for word in group]) for first, group in groupby(words, key=lambda word: word[:1])]
    rest = "|".join(first + _any_of(ends) for first, ends in branches if first)
    if not rest:
        return ""
    return f"(?:{rest})?" if branches[0][0] == "" else f"(?:{rest})" if len(branches) > 1 else rest


def group_names() -> tuple[str, ...]:
    """Return the names of the word groups, in order."""
    return _vocabulary().names


# What a class and id say: the words they consist of, in lower case, each once, and a bit for each group that they name.
# Many are kept, so they are made of what Python's collector need not look at.
Hint = tuple[tuple[str, ...], int]


@lru_cache(maxsize=20_000)
def read_hint(hint: str) -> Hint:
    """Split a class and id into words (``articleBody`` is two) and find their groups."""
    vocabulary = _vocabulary()
    hint = hint[:MAX_HINT_CHARS]
    words = tuple(dict.fromkeys(map(str.lower, HINT_WORD.findall(hint))))
    groups = 0
    if not vocabulary.whole.keys().isdisjoint(words):
        for word in words:
            groups |= vocabulary.whole.get(word, 0)
    for part in vocabulary.part.findall(hint.replace("-", "").replace("_", "").lower()):
        groups |= vocabulary.parts[part]
    return words, groups
