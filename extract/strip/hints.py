"""What the class and id of an element say of it, in the words that content systems share.

Hints recur on a page and on the pages of a site, so each is looked at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

MAX_HINT_CHARS = 200
HINT_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
# Parts of names are looked up by their first three letters.
Key = tuple[str, ...]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, ...], dict[Key, list[tuple[str, int]]], dict[str, int]]:
    """Read the groups' names, the parts of names by their first letters and whole words, with their groups' bits."""
    text = (files("extract.strip") / "weights" / "groups.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line]
    names = tuple(dict.fromkeys(group for group, _ in pairs))
    parts: defaultdict[Key, list[tuple[str, int]]] = defaultdict(list)
    whole: dict[str, int] = {}
    for group, word in pairs:
        bit = 1 << names.index(group)
        if word.startswith("="):
            whole[word[1:]] = bit
        else:
            parts[tuple(word[:3])].append((word, bit))
    return names, dict(parts), whole


def group_names() -> tuple[str, ...]:
    """Return the names of the groups of words, in order."""
    return _vocabulary()[0]


# What a class and id say: the words they consist of, in lower case, each once, and a bit for each group that they name.
# Many are kept, so they are made of what Python's collector need not look at.
Hint = tuple[tuple[str, ...], int]


@lru_cache(maxsize=20_000)
def read_hint(hint: str) -> Hint:
    """Read a class and id (``articleBody`` is two words)."""
    _, parts, whole = _vocabulary()
    hint = hint[:MAX_HINT_CHARS]
    words = tuple(dict.fromkeys([word.lower() for word in HINT_WORD.findall(hint)]))
    groups = 0
    for word in words:
        if word in whole:
            groups |= whole[word]
    joined = hint.replace("-", "").replace("_", "").lower()
    for key in parts.keys() & zip(joined, joined[1:], joined[2:], strict=False):
        for part, bit in parts[key]:
            if part in joined:
                groups |= bit
    return words, groups
