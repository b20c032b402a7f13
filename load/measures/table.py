"""Profiles as arrays, for comparing many pairs of claims at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from load.measures.claim import Profile
from load.measures.meaning import nearness, places_of
from load.measures.quantities import may_be_asked
from load.measures.words import rarity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WIDTHS = {
    "terms": 24,
    "things": 4,
    "owners": 3,
    "names": 12,
    "rivals": 5,
    "opposed": 10,
    "families": 3,
    "places": 6,
    "people": 8,
    "years": 4,
    "topic": 16,
    "about": 8,
    "reporters": 6,
}
# Sets of words whose meanings are compared, and how many of the highest-weighted words are used.
SOFT = {"terms": 10, "things": 4}
# Features that are either equal or not.
WORDS = ("unit", "kind", "fixed", "head", "period", "speaker", "version_id")

# Units that measure many things; others, such as years of age, almost determine what is measured.
COMMON_UNITS = frozenset(("count", "ratio", "point", "time"))


def is_telling_unit(unit: str) -> bool:
    """Return whether a unit almost determines what is measured; currencies and counts do not."""
    return unit not in COMMON_UNITS and not unit.isupper()


def number_of(text: str) -> int:
    """Return a 64-bit integer that represents a text in arrays; never 0."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True) or 1


COUNT, TIME, SHARE, POINT = (number_of(unit) for unit in ("count", "time", "ratio", "point"))
# The number that represents the whole country among the places of a claim.
NATIONAL = number_of("national")


class Profiles:
    """Profiles as arrays, for comparing many pairs at once: one row per claim; missing entries are 0."""

    unit: Ints
    kind: Ints
    fixed: Ints
    head: Ints
    period: Ints
    speaker: Ints
    version_id: Ints

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self.keys: dict[str, Ints] = {}
        self.weights: dict[str, Floats] = {}
        for name, width in WIDTHS.items():
            self._add(name, width, [_weighted(getattr(p, name)) for p in profiles])
        for name in WORDS:
            setattr(self, name, _numbers(getattr(p, name) for p in profiles))
        self.meaning = {name: _meaning(profiles, name, width) for name, width in SOFT.items()}
        self._add_values(profiles)

    def _add_values(self, profiles: Sequence[Profile]) -> None:
        self.low = np.array([_finite(p.low, p.high) for p in profiles])
        self.high = np.array([_finite(p.high, p.low) for p in profiles])
        self.day = np.array([p.news_date.toordinal() for p in profiles], dtype=np.int64)
        self.telling = np.array([is_telling_unit(p.unit) for p in profiles])
        self.digits = np.array([p.digits for p in profiles])
        self.common = np.array([p.common for p in profiles])
        self.head_rarity = np.array([rarity(p.head) if p.head else 0.0 for p in profiles])
        # Shares and leads, as in polls.
        is_share = np.isin(self.unit, (SHARE, POINT))
        self.polled = is_share & np.array([may_be_asked(p.families) for p in profiles], dtype=bool)
        # Durations and counts of one or two digits occur in every article.
        self.one = (self.unit == COUNT) & (self.low == 1)
        self.vague = (self.unit == TIME) | ((self.unit == COUNT) & (self.digits < 0.4))

    def __len__(self) -> int:
        return len(self.profiles)

    def _add(self, name: str, width: int, rows: Sequence[Mapping[str, float]]) -> None:
        keys = np.zeros((len(rows), width), dtype=np.int64)
        weights = np.zeros((len(rows), width))
        for at, row in enumerate(rows):
            for place, (key, weight) in enumerate(list(row.items())[:width]):
                keys[at, place] = number_of(key)
                weights[at, place] = weight
        self.keys[name], self.weights[name] = keys, weights

    def shared(self, name: str, a: Ints, b: Ints) -> tuple[Floats, Floats, Floats]:
        """Return for each pair the dot product of the weights, and the squared norm of each side."""
        keys, weights = self.keys[name], self.weights[name]
        same = (keys[a][:, :, None] == keys[b][:, None, :]) & (keys[a] != 0)[:, :, None]
        product = np.einsum("nij,ni,nj->n", same, weights[a], weights[b], optimize=True)
        return product, (weights[a] ** 2).sum(1), (weights[b] ** 2).sum(1)

    def across(self, name: str, other: str, a: Ints, b: Ints) -> Floats:
        """Return for each pair the total weight of the second's ``other`` entries that the first has in ``name``."""
        keys, others = self.keys[name][a], self.keys[other][b]
        same = (keys[:, :, None] == others[:, None, :]) & (keys != 0)[:, :, None]
        return np.asarray(np.einsum("nij,nj->n", same, self.weights[other][b], optimize=True))

    def cosine(self, name: str, a: Ints, b: Ints) -> Floats:
        """Return the cosine similarity of two weighted sets, 0 to 1; 0 if one is empty."""
        product, left, right = self.shared(name, a, b)
        return np.asarray(product / np.sqrt(np.maximum(left * right, 1e-12)))

    def soft(self, name: str, a: Ints, b: Ints) -> Floats:
        """Return how similar in meaning the highest-weighted words are, 0 to 1: each with the closest of the others."""
        alike = nearness(self.meaning[name][a], self.meaning[name][b])
        keys, weights = self.keys[name][:, : SOFT[name]], self.weights[name][:, : SOFT[name]]
        alike[(keys[a][:, :, None] == keys[b][:, None, :]) & (keys[a] != 0)[:, :, None]] = 1
        left, right = weights[a], weights[b]
        there = (alike.max(2) * left).sum(1) / np.maximum(left.sum(1), 1e-9)
        back = (alike.max(1) * right).sum(1) / np.maximum(right.sum(1), 1e-9)
        return np.asarray(np.sqrt(there * back), dtype=np.float64)

    def rare(self, a: Ints, b: Ints) -> Floats:
        """Return for each pair the rarity of the rounder value."""
        return np.asarray(np.minimum(self.digits[a], self.digits[b]))

    def either(self, name: str, one: str, other: str, a: Ints, b: Ints) -> NDArray[np.bool_]:
        """Return for each pair whether one side has ``one`` and the other ``other``, such as a change and a level."""
        x, y, words = number_of(one), number_of(other), getattr(self, name)
        return np.asarray(((words[a] == x) & (words[b] == y)) | ((words[a] == y) & (words[b] == x)))

    def strongest(self, name: str, rows: Ints) -> Floats:
        """Return the largest weight in the set of each row; 0 if it is empty."""
        return np.asarray(self.weights[name][rows].max(1))

    def total(self, name: str, rows: Ints) -> Floats:
        """Return the sum of the weights in the set of each row."""
        return np.asarray(self.weights[name][rows].sum(1))

    def has(self, name: str, rows: Ints) -> NDArray[np.bool_]:
        """Return for each row whether its set is non-empty."""
        return np.asarray(self.keys[name][rows, 0] != 0)


def _meaning(profiles: Sequence[Profile], name: str, width: int) -> Ints:
    return np.array([places_of(list(getattr(p, name)), width) for p in profiles]).reshape(-1, width)


def _numbers(words: Iterable[str]) -> Ints:
    return np.array([number_of(word) if word else 0 for word in words], dtype=np.int64)


def _finite(value: float | None, other: float | None) -> float:
    """Return a value, or ``other`` if it is None; 0 if there is no finite one."""
    chosen = value if value is not None else other
    return float(chosen) if chosen is not None and np.isfinite(chosen) else 0.0


def _weighted(values: Mapping[str, float] | frozenset[str] | frozenset[int]) -> Mapping[str, float]:
    if isinstance(values, Mapping):
        return values
    return {str(value): 1.0 for value in sorted(values)}
