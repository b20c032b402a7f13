"""What the class and id of an element say of it, in the words that content systems share.

A hint is read name by name (``card__body`` is one name): names recur on the pages of a site and between
sites, so each is looked at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

MAX_HINT_CHARS = 200
HINT_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
JOINERS = str.maketrans("", "", "-_")
# Words are looked up by so many first letters.
KEY_CHARS = 3


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, ...], dict[str, list[tuple[str, int]]], dict[str, int]]:
    """Read the groups' names, the parts of names by their first letters, and the whole words, each with its group."""
    text = (files("extract.strip") / "weights" / "groups.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line]
    names = tuple(dict.fromkeys(group for group, _ in pairs))
    parts: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    whole: dict[str, int] = {}
    for group, word in pairs:
        if word.startswith("="):
            whole[word[1:]] = names.index(group)
        else:
            parts[word[:KEY_CHARS]].append((word, names.index(group)))
    return names, dict(parts), whole


def group_names() -> tuple[str, ...]:
    """Return the names of the groups of words, in order."""
    return _vocabulary()[0]


class Hint(NamedTuple):
    """What a class and id say: the words they consist of, in lower case, and the numbers of the groups they name."""

    words: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()


NOTHING = Hint()


@lru_cache(maxsize=20_000)
def read_hint(hint: str) -> Hint:
    """Read a class and id (``articleBody`` is two words)."""
    names = hint[:MAX_HINT_CHARS].split()
    if len(names) < 2:
        return _read_name(names[0]) if names else NOTHING
    read = [_read_name(name) for name in names]
    return Hint(frozenset().union(*[hint.words for hint in read]), frozenset().union(*[hint.groups for hint in read]))


@lru_cache(maxsize=20_000)
def _read_name(name: str) -> Hint:
    _, parts, whole = _vocabulary()
    words = frozenset([word.lower() for word in HINT_WORD.findall(name)])
    found = {whole[word] for word in words if word in whole}
    joined = name.translate(JOINERS).lower()
    for at in range(len(joined) - KEY_CHARS + 1):
        key = joined[at : at + KEY_CHARS]
        if key in parts:
            found.update(group for word, group in parts[key] if joined.startswith(word, at))
    return Hint(words, frozenset(found))
