"""Blocking: the keys by which candidate claims for the same measure are found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from load.measures.claim import Profile
from load.measures.table import is_telling_unit
from load.measures.words import rarity

# Two claims with an equal value at least this rare are compared.
TELLING = 0.3
# Two claims of one quantity whose articles are about a word at least this rare, such as a ship's name, are compared.
RARE = 1.0


def block_keys(p: Profile) -> set[str]:
    """Return the keys of a claim; two claims that share one may be compared.

    Keys are: two of the highest-weighted words; the owner with one of these words or with the quantity; the quantity
    with a place (also one that the article is about) or with a rare word that the article is about; the value with the
    owner, with one of the words or, if the value is rare, with the article's topic. Margins of error and ranks never
    share a measure and have no keys.
    """
    if p.kind in ("error", "rank"):
        return set()
    words = list(p.terms)[:5]
    pairs = {f"{a}|{b}" for a, b in combinations(sorted(words), 2)}
    return {
        f"{p.unit}|{key}" for key in pairs | _of_owners(p, words) | _of_places(p) | _of_topic(p) | _of_value(p, words)
    }


def _of_owners(p: Profile, words: Sequence[str]) -> set[str]:
    what = [word for word in (p.head, *words, *list(p.families)[:2]) if word]
    owners = list(p.owners)[:2]
    alone = set(owners) if is_telling_unit(p.unit) else set()
    return {f"{owner}|{word}" for owner in owners for word in what} | alone


def _of_places(p: Profile) -> set[str]:
    places = {key for key in (*list(p.places)[:2], *list(p.about)[:3]) if key.startswith("place:")}
    return {f"{where}|{what}" for where in places for what in (p.head, *list(p.families)[:2]) if what}


def _of_topic(p: Profile) -> set[str]:
    rare = [word for word in list(p.topic)[:4] if rarity(word) >= RARE]
    return {f"{topic}|{what}" for topic in rare for what in list(p.families)[:1]}


def _of_value(p: Profile, words: Sequence[str]) -> set[str]:
    value = p.low if p.low is not None else p.high
    if value is None:
        return set()
    about = [*list(p.topic)[:3], *list(p.about)[:2]] if p.digits >= TELLING else []
    return {f"{value:g}|{word}" for word in (*words[:4], *list(p.owners)[:2], *about)}
