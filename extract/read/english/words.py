"""Closed word classes of English, heuristics by ending, and lists of everyday words, shared by all readers."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from extract import calendar


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


_LISTS = {name: frozenset(words.split()) for name, words in tomllib.loads(_read("words.toml")).items()}
MONTHS = frozenset(calendar.MONTHS)
WEEKDAYS = frozenset(name.lower() + ending for name in calendar.WEEKDAY_NAMES for ending in ("", "s"))
PREPOSITIONS = _LISTS["prepositions"]
DETERMINERS = _LISTS["determiners"]
PRONOUNS = _LISTS["pronouns"]
CONJUNCTIONS = _LISTS["conjunctions"]
AUXILIARIES = _LISTS["auxiliaries"]
ADVERBS = _LISTS["adverbs"]
# Past and other forms of irregular verbs, not recognisable by ending, that follow a counted noun in news.
VERBS = _LISTS["verbs"]
HEADLINE_VERBS = _LISTS["headline_verbs"]
BEFORE_INFINITIVES = _LISTS["before_infinitives"]
ADDRESSING = _LISTS["addressing"]
STOPS = PREPOSITIONS | DETERMINERS | PRONOUNS | CONJUNCTIONS | AUXILIARIES | ADVERBS | VERBS | WEEKDAYS
PLURALS = _LISTS["plurals"]
SHORT_PASTS = frozenset({"died", "owed", "aged", "used", "tied", "axed", "sued", "lied", "vied"})
NOT_PLURAL = _LISTS["not_plural"]


def is_plural(word: str) -> bool:
    """Return whether a lower-case word is probably a plural noun."""
    if word in PLURALS or word.endswith(("women", "children", "people")):
        return True
    if len(word) < 3 or not word.endswith("s") or word in NOT_PLURAL:
        return False
    return not word.endswith(("ss", "us", "is", "ous"))


def is_stop(word: str) -> bool:
    """Return whether a lower-case word ends a noun phrase."""
    return word in STOPS or (
        word.endswith("ly") and len(word) > 4 and word not in ("family", "supply", "assembly", "fly")
    )


def is_past(word: str) -> bool:
    """Return whether a lower-case word is probably a regular past form."""
    return (
        (len(word) > 4 or word in SHORT_PASTS)
        and word.endswith("ed")
        and (not word.endswith(("eed", "hundred")) or word.endswith(("agreed", "guaranteed", "freed")))
    )


@cache
def common_words() -> frozenset[str]:
    """Return frequent English words, in lower case."""
    return frozenset(_read("common_words.txt").split())


@cache
def ordinary_words() -> frozenset[str]:
    """Return a wider list of English words that are neither names of people nor of places, in lower case."""
    return common_words() | frozenset(_read("ordinary_words.txt").split())
