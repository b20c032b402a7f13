"""What the class and id of an element say of it, in the words that content systems share.

A hint is read name by name (``card__body`` is one name): names recur on the pages of a site and between
sites, so each is looked at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

MAX_HINT_CHARS = 200
HINT_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
# Words are looked up by so many first letters.
KEY_CHARS = 3


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, ...], dict[str, list[tuple[str, int]]], dict[str, int]]:
    """Read the groups' names, the parts of names by their first letters and whole words, with their groups' bits."""
    text = (files("extract.strip") / "weights" / "groups.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line]
    names = tuple(dict.fromkeys(group for group, _ in pairs))
    parts: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    whole: dict[str, int] = {}
    for group, word in pairs:
        bit = 1 << names.index(group)
        if word.startswith("="):
            whole[word[1:]] = bit
        else:
            parts[word[:KEY_CHARS]].append((word, bit))
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
    names = hint[:MAX_HINT_CHARS].split()
    if len(names) == 1:
        return _read_name(names[0])
    words: dict[str, None] = {}
    groups = 0
    for name in names:
        named, bits = _read_name(name)
        words.update(dict.fromkeys(named))
        groups |= bits
    return tuple(words), groups


@lru_cache(maxsize=20_000)
def _read_name(name: str) -> Hint:
    _, parts, whole = _vocabulary()
    words = tuple(dict.fromkeys([word.lower() for word in HINT_WORD.findall(name)]))
    groups = 0
    for word in words:
        groups |= whole.get(word, 0)
    joined = name.replace("-", "").replace("_", "").lower()
    for at in range(len(joined) - KEY_CHARS + 1):
        key = joined[at : at + KEY_CHARS]
        if key in parts:
            for word, bit in parts[key]:
                if joined.startswith(word, at):
                    groups |= bit
    return words, groups
