"""The gender of a person, inferred from a title or a first name."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

MALE_TITLE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|spokesman|chairman|congressman)\b")
FEMALE_TITLE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|spokeswoman|chairwoman|congresswoman)\b")


@lru_cache(maxsize=10_000)
def gender_of(phrase: str, name: str) -> str | None:
    """Return ``m`` or ``f``, by a title in a phrase or by the first name of a full name; None if neither decides."""
    if MALE_TITLE.search(phrase):
        return "m"
    if FEMALE_TITLE.search(phrase):
        return "f"
    words = name.split()
    return _first_names().get(words[0].lower()) if len(words) > 1 else None


@cache
def _first_names() -> dict[str, str]:
    table = tomllib.loads(files(__package__).joinpath("genders.toml").read_text(encoding="utf-8"))
    return {name: gender for gender in ("f", "m") for name in table[gender].split()}
