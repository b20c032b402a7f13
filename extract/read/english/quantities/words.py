"""Word lists that the number rules share."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _lists() -> dict[str, str]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def word_list(name: str) -> frozenset[str]:
    """Return one of the lists of ``words.toml``; raise KeyError where none has this name."""
    return frozenset(_lists()[name].split())


# Words to skip between a number and the noun it counts.
FILLERS = frozenset({"more", "additional", "further", "extra", "such", "fresh"})
SUBSTANTIVES = word_list("substantives")
# Words to skip between a bound and its number.
TRANSPARENT = word_list("transparent")
