"""The quantity family of a claim: what is measured, whatever the wording ("back", "support", "prefer")."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from extract.read.english.vocabulary.words import lemma
from load.measures.words import STOP

# Words further from the number than this many words are ignored.
REACH = 12
# The weight of a family that no word near the number indicates.
FAR = 0.5


def asked(words: Sequence[str], unit: str) -> dict[str, float]:
    """Return the weights of the opinion families that words of a poll indicate, at any distance from the number.

    For a share without such a word nearby.
    """
    lemmas = _lemmas(words)
    names = [name for at in range(len(lemmas)) if (name := _family(lemmas, at)) in _raw()["polls"]["asked"]]
    return {name: FAR for name in names if _may_have(name, unit)}


def _lemmas(words: Iterable[str]) -> list[str]:
    # A capitalised stop word such as "March" is a name, not the verb.
    return ["" if word[:1].isupper() and word.lower() in STOP else lemma(word) for word in words]


def families(before: Sequence[str], after: Sequence[str], inside: Sequence[str], unit: str) -> dict[str, float]:
    """Return the weights of the families whose words are near a number; nearer words count more.

    ``before`` ends at the number and ``after`` begins there; ``inside`` are the words of the thing, which count most.
    All are given as written.
    """
    found: dict[str, float] = {}
    # Distances of words from the number: 0 for the words of the thing.
    for words, distances, weight in (
        (inside, [0] * len(inside), 1.3),
        # Three words that begin within reach may end beyond it.
        (after[: REACH + 2], range(REACH), 1.0),
        (before[-REACH:], range(min(len(before), REACH) - 1, -1, -1), 1.0),
    ):
        lemmas = _lemmas(words)
        for at, distance in enumerate(distances):
            name = _family(lemmas, at)
            if name and _may_have(name, unit):
                found[name] = max(found.get(name, 0.0), weight / (1 + 0.15 * distance))
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:3]
    return {name: weight for name, weight in best if weight >= 0.6 * best[0][1]}


def may_be_asked(found: Iterable[str]) -> bool:
    """Return whether a share of these families, or of none, may come from a poll, unlike shares of prices."""
    names = set(found)
    return not names or not names.isdisjoint(_raw()["polls"]["asked"])


def everybody() -> list[str]:
    """Return the words for people, as lemmas, that mean all respondents of a poll and not a subgroup."""
    return [lemma(word) for word in _raw()["polls"]["everybody"]]


def _may_have(name: str, unit: str) -> bool:
    """Return whether numbers of a family can have a unit; currencies count as money."""
    units = _raw()["units"].get(name)
    return units is None or ("money" if unit.isupper() else unit) in units


def _family(lemmas: Sequence[str], at: int) -> str | None:
    """Return the family of the longest word sequence that begins at an index, or None."""
    for length in (3, 2, 1):
        name = _table().get(" ".join(lemmas[at : at + length])) if at + length <= len(lemmas) else None
        if name:
            return name
    return None


@cache
def _raw() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("load.measures").joinpath("quantities.toml").read_text(encoding="utf-8"))


@cache
def _table() -> dict[str, str]:
    return {
        " ".join(lemma(part) for part in phrase.split()): name
        for name, phrases in _raw()["words"].items()
        for phrase in phrases
    }
