"""Blocking: the keys under which claims are looked for that may be of one measure."""

from __future__ import annotations

from itertools import combinations

from load.measures.profile import Profile
from load.measures.score import is_telling_unit, telling

# From so telling a value on, equal values are a reason to compare.
TELLING = 0.3


def block_keys(p: Profile) -> set[str]:
    """Return the keys of a claim; two claims that share one are compared.

    Two of the weightiest words, or the owner with one of them, or a telling value with a word of the sentence or of
    what the article is about. A margin of error or a rank is of no shared measure and has no key.
    """
    if p.kind in ("error", "rank"):
        return set()
    words = list(p.terms)[:4]
    keys = {f"{p.unit}|{a}|{b}" for a, b in combinations(sorted(words), 2)}
    for owner in list(p.owners)[:2]:
        keys |= {f"{p.unit}|{owner}|{word}" for word in [p.head, *words[:3], *list(p.families)[:1]] if word}
        if is_telling_unit(p.unit):
            keys.add(f"{p.unit}|{owner}")
    value = p.low if p.low is not None else p.high
    if value is not None and telling(value) >= TELLING:
        keys |= {f"{p.unit}|{value:g}|{word}" for word in [*words, *list(p.topic)[:4]]}
    return keys
