"""Lists of English words that rules about numbers ask for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _lists() -> dict[str, str]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def word_list(name: str) -> frozenset[str]:
    """Give one of the lists of ``words.toml``; raises KeyError when there is none of this name."""
    return frozenset(_lists()[name].split())


# Words between a number and the noun it counts that say nothing of the noun.
FILLERS = frozenset({"more", "additional", "further", "extra", "such", "fresh"})
SUBSTANTIVES = word_list("substantives")
# Words that may stand between a bound and its number and change neither.
TRANSPARENT = word_list("transparent")
