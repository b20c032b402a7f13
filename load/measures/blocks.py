"""Blocking: the keys under which claims are looked for that may be of one measure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from load.measures.claim import Profile
from load.measures.table import is_telling_unit
from load.measures.words import rarity

# From so telling a value on, equal values are a reason to compare.
TELLING = 0.3
# So rare a word that an article is about, such as a ship's name, is a reason to compare what is counted there.
RARE = 1.0


def block_keys(p: Profile) -> set[str]:
    """Return the keys of a claim; two claims that share one may be compared.

    Two of the weightiest words; the owner with one of them or with the family of quantities; what is counted or asked
    with a place, be it one that the article is about, or with a rare word that the article is about; or the value with
    the owner, one of the words or, where it tells much, with what the article is about. A margin of error or a rank is
    of no shared measure and has no key.
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
