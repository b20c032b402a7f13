"""Words for sources: head nouns by what they denote, and titles before a person's name."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from extract.read.english.attributions.wordlist import word_set

NounClass = Literal["office", "people", "organisation", "document", "publisher", "collective"]

# Quantifiers, whose noun is in a phrase with "of": "one of the messages", "a third of the voters".
COUNTING = word_set(
    "one another two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands millions "
    "some many most several few half both all none any each either neither majority minority number handful couple "
    "pair third quarter percent % share proportion rest group crowd lot "
    "series slew host array range two-thirds ones"
)
# "According to plan" has no source.
NO_SOURCES = frozenset({"plan", "schedule", "script", "taste"})
IRREGULAR = {"people": "person", "spokespeople": "spokesperson", "children": "child", "wives": "wife", "those": "that"}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sources.toml").read_text(encoding="utf-8"))


@cache
def _classes() -> dict[str, NounClass]:
    return {noun: name for name, nouns in _table()["head_nouns"].items() for noun in nouns.split()}


@lru_cache(maxsize=10_000)
def noun_class(word: str) -> NounClass | None:
    """Return the class in ``sources.toml`` of a lower-case head noun, singular or plural; None if not listed."""
    return _classes().get(word) or _classes().get(singular(word))


@cache
def titles() -> frozenset[str]:
    """Return the titles that precede a person's name, in lower case."""
    return frozenset(_table()["titles"]["before_name"].split())


@cache
def things() -> frozenset[str]:
    """Return the words with an agentive ending that do not denote people ("number", "sensor")."""
    return frozenset(_table()["no_people"]["words"].split())


def singular(noun: str) -> str:
    """Return the singular of a noun by its ending ("study" for "studies"); a singular is unchanged."""
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes", "uses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
