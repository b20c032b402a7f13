"""Closed classes of English words that rules about numbers ask for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from extract import calendar


@cache
def _lists() -> dict[str, str]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def word_list(name: str) -> frozenset[str]:
    """Give one of the lists of ``words.toml``; raises KeyError when there is none of this name."""
    return frozenset(_lists()[name].split())


MONTHS = frozenset(calendar.MONTHS)
WEEKDAYS = frozenset(name.lower() + ending for name in calendar.WEEKDAY_NAMES for ending in ("", "s"))
PREPOSITIONS = word_list("prepositions")
DETERMINERS = word_list("determiners")
PRONOUNS = word_list("pronouns")
CONJUNCTIONS = word_list("conjunctions")
AUXILIARIES = word_list("auxiliaries")
ADVERBS = word_list("adverbs")
# Past and other forms of irregular verbs, which no ending betrays, that follow a counted noun in news.
VERBS = word_list("verbs")
STOPS = PREPOSITIONS | DETERMINERS | PRONOUNS | CONJUNCTIONS | AUXILIARIES | ADVERBS | VERBS | WEEKDAYS
# Words between a number and the noun it counts that say nothing of the noun.
FILLERS = frozenset({"more", "additional", "further", "extra", "such", "fresh"})
PLURALS = word_list("plurals")
SHORT_PASTS = frozenset({"died", "owed", "aged", "used", "tied", "axed", "sued", "lied", "vied"})
NOT_PLURAL = word_list("not_plural")
SUBSTANTIVES = word_list("substantives")
# Words that may stand between a bound and its number and change neither.
TRANSPARENT = word_list("transparent")


def is_plural(word: str) -> bool:
    """Guess whether a lower-case word is a plural noun."""
    if word in PLURALS or word.endswith(("women", "children", "people")):
        return True
    if len(word) < 3 or not word.endswith("s") or word in NOT_PLURAL:
        return False
    return not word.endswith(("ss", "us", "is", "ous"))


def is_stop(word: str) -> bool:
    """Tell whether a lower-case word ends a noun phrase."""
    return word in STOPS or (
        word.endswith("ly") and len(word) > 4 and word not in ("family", "supply", "assembly", "fly")
    )


def is_past(word: str) -> bool:
    """Guess whether a lower-case word is a regular past form."""
    return (
        (len(word) > 4 or word in SHORT_PASTS)
        and word.endswith("ed")
        and (not word.endswith(("eed", "hundred")) or word.endswith(("agreed", "guaranteed", "freed")))
    )
