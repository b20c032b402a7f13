"""How alike two claims are: named features of a pair, and the weights that make them one score."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from load.measures.claim import Profile
from load.measures.meaning import nearness, places_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

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
    "reporters": 6,
}
# Sets of words whose meanings are compared, and how many of the weightiest.
SOFT = {"terms": 10, "things": 4}


# Units that measure any number of things; others, such as years of age, nearly say by themselves what is measured.
COMMON_UNITS = frozenset(("count", "ratio", "point", "time"))


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, and the ``bias``."""
    table = tomllib.loads(files("load.measures").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


def is_telling_unit(unit: str) -> bool:
    """Whether a unit nearly says by itself what is measured; currencies and counts do not."""
    return unit not in COMMON_UNITS and not unit.isupper()


def number_of(text: str) -> int:
    """Return a number that stands for a text in arrays; never 0."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True) or 1


class Profiles:
    """Profiles as arrays, so that many pairs are compared at once. A row is a claim; 0 fills what it has not."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self.keys: dict[str, Ints] = {}
        self.weights: dict[str, Floats] = {}
        for name, width in WIDTHS.items():
            self._add(name, width, [_weighted(getattr(p, name)) for p in profiles])
        self.unit = np.array([number_of(p.unit) for p in profiles], dtype=np.int64)
        self.kind = np.array([number_of(p.kind) for p in profiles], dtype=np.int64)
        self.head = np.array([number_of(p.head) if p.head else 0 for p in profiles], dtype=np.int64)
        self.low = np.array([_finite(p.low, p.high) for p in profiles])
        self.high = np.array([_finite(p.high, p.low) for p in profiles])
        self.day = np.array([p.news_date.toordinal() for p in profiles], dtype=np.int64)
        self.speaker = np.array([number_of(p.speaker) if p.speaker else 0 for p in profiles], dtype=np.int64)
        self.version = np.array([number_of(p.version_id) for p in profiles], dtype=np.int64)
        self.telling = np.array([is_telling_unit(p.unit) for p in profiles])
        self.digits = np.array([p.digits for p in profiles])
        self.common = np.array([p.common for p in profiles])
        self.one = np.array([p.unit == "count" and p.low == 1 for p in profiles])
        # Of durations and of small counts every article has some.
        units = np.array([p.unit for p in profiles])
        self.vague = (units == "time") | ((units == "count") & (self.digits == 0))
        self.meaning = {
            name: np.array([places_of(list(getattr(p, name)), width) for p in profiles]).reshape(-1, width)
            for name, width in SOFT.items()
        }

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
        """Return for pairs: the product of shared weights, and the squared weight of either side."""
        keys, weights = self.keys[name], self.weights[name]
        same = (keys[a][:, :, None] == keys[b][:, None, :]) & (keys[a] != 0)[:, :, None]
        product = np.einsum("nij,ni,nj->n", same, weights[a], weights[b], optimize=True)
        return product, (weights[a] ** 2).sum(1), (weights[b] ** 2).sum(1)

    def across(self, name: str, other: str, a: Ints, b: Ints) -> Floats:
        """Return the weight that one set of the first claims has among another of the second ones."""
        keys, others = self.keys[name][a], self.keys[other][b]
        same = (keys[:, :, None] == others[:, None, :]) & (keys != 0)[:, :, None]
        return np.asarray(np.einsum("nij,nj->n", same, self.weights[other][b], optimize=True))

    def cosine(self, name: str, a: Ints, b: Ints) -> Floats:
        """Return how alike two weighted sets are, 0 to 1; 0 where one is empty."""
        product, left, right = self.shared(name, a, b)
        return np.asarray(product / np.sqrt(np.maximum(left * right, 1e-12)))

    def soft(self, name: str, a: Ints, b: Ints) -> Floats:
        """Return how alike the weightiest words are in meaning, 0 to 1: each with the nearest of the other side."""
        alike = nearness(self.meaning[name][a], self.meaning[name][b])
        keys, weights = self.keys[name][:, : SOFT[name]], self.weights[name][:, : SOFT[name]]
        alike[(keys[a][:, :, None] == keys[b][:, None, :]) & (keys[a] != 0)[:, :, None]] = 1
        left, right = weights[a], weights[b]
        there = (alike.max(2) * left).sum(1) / np.maximum(left.sum(1), 1e-9)
        back = (alike.max(1) * right).sum(1) / np.maximum(right.sum(1), 1e-9)
        return np.asarray(np.sqrt(there * back), dtype=np.float64)

    def rare(self, a: Ints, b: Ints) -> Floats:
        """Return how rare the rounder of two values is."""
        return np.asarray(np.minimum(self.digits[a], self.digits[b]))

    def either(self, name: str, one: str, other: str, a: Ints, b: Ints) -> NDArray[np.bool_]:
        """Tell which pairs have one of two words on either side, such as a change and a level."""
        x, y, words = number_of(one), number_of(other), getattr(self, name)
        return np.asarray(((words[a] == x) & (words[b] == y)) | ((words[a] == y) & (words[b] == x)))

    def strongest(self, name: str, rows: Ints) -> Floats:
        """Return the greatest weight in a set; 0 where it is empty."""
        return np.asarray(self.weights[name][rows].max(1))

    def total(self, name: str, rows: Ints) -> Floats:
        """Return the sum of the weights in a set."""
        return np.asarray(self.weights[name][rows].sum(1))

    def has(self, name: str, rows: Ints) -> NDArray[np.bool_]:
        """Tell which claims have any of a set."""
        return np.asarray(self.keys[name][rows, 0] != 0)


def features(p: Profiles, a: Ints, b: Ints) -> dict[str, Floats]:
    """Return the features of pairs of claims, each 0 to 1, by name; ``weights.toml`` says what each means."""
    # Owners are likelihoods: that both numbers are of one, of two, or that nobody owns one of them.
    owners, owned_a, owned_b = p.shared("owners", a, b)[0], p.total("owners", a), p.total("owners", b)
    one_owned = owned_a + owned_b - 2 * owned_a * owned_b
    placed, places = np.stack([p.strongest("places", a), p.strongest("places", b)]), p.cosine("places", a, b)
    people, both_people = p.cosine("people", a, b), p.has("people", a) & p.has("people", b)
    years, both_years = p.cosine("years", a, b), p.has("years", a) & p.has("years", b)
    rivals, both_rivals = p.cosine("rivals", a, b), p.has("rivals", a) & p.has("rivals", b)
    families, both_family = p.cosine("families", a, b), p.has("families", a) & p.has("families", b)
    product, _, _ = p.shared("terms", a, b)
    ratio, days = _ratio(p, a, b), np.abs(p.day[a] - p.day[b])
    topic = p.cosine("topic", a, b)
    about = np.where(owned_a > owned_b, p.across("owners", "topic", a, b), p.across("owners", "topic", b, a))
    far = np.clip((ratio - 0.7) / 2.0, 0, 1)
    asked = owners * families * both_family * (p.kind[a] == p.kind[b])
    heads = (p.head[a] != 0) & (p.head[b] != 0)
    head_same = heads & (p.head[a] == p.head[b])
    # That two small counts are equal proves little.
    common = np.maximum(p.common[a], p.common[b])
    is_same = ratio < 1e-6
    same_value = is_same * (1 - common)
    share = p.unit[a] == number_of("ratio")
    place_other, people_other = placed.min(0) * (1 - places), both_people * (1 - people)
    rivals_other = both_rivals * (1 - rivals)
    found = {
        "family_same": families * both_family,
        "family_other": both_family * (1 - families),
        "family_one": p.has("families", a) != p.has("families", b),
        "terms": p.cosine("terms", a, b),
        "terms_mass": np.minimum(product / 3, 1),
        "meaning": p.soft("terms", a, b),
        "head_same": head_same,
        "head_other": heads & ~head_same,
        "owner_same": owners,
        "owner_other": owned_a * owned_b - owners,
        "owner_unknown": one_owned,
        "owner_about": one_owned * np.minimum(2.5 * about, 1),
        "unit_tells": owners * p.telling[a],
        "names": p.cosine("names", a, b),
        "rivals_same": rivals * both_rivals,
        "rivals_other": rivals_other,
        "opposed": np.minimum(p.across("opposed", "terms", a, b) + p.across("opposed", "terms", b, a), 1),
        "place_same": np.minimum(p.shared("places", a, b)[0], 1),
        "place_other": place_other,
        "place_one": placed.max(0) * (placed.min(0) == 0),
        "people_other": people_other,
        "people_one": p.has("people", a) != p.has("people", b),
        "years_same": years * both_years,
        "years_other": both_years & (years == 0),
        "years_one": p.has("years", a) != p.has("years", b),
        "topic": topic,
        "kind_other": p.kind[a] != p.kind[b],
        "kind_flow": p.either("kind", "change", "level", a, b) | p.either("kind", "lead", "level", a, b),
        "kind_plan": p.either("kind", "plan", "level", a, b),
        "kind_base": p.either("kind", "base", "level", a, b),
        "asked": asked,
        "asked_far": asked * far,
        "nobody_far": (1 - owned_a) * (1 - owned_b) * families * both_family * far,
        "owned_far": owners * far,
        "things": p.soft("things", a, b),
        "value_same": same_value * p.rare(a, b),
        "value_words": same_value * np.minimum(2 * product / 3, 1),
        "value_topic": same_value * topic,
        "vague": (p.vague[a] | p.vague[b]) * (1 - head_same) * (1 - families * both_family),
        "equal_owner": same_value * p.rare(a, b) * (owned_a * owned_b - owners),
        "equal_family": same_value * p.rare(a, b) * both_family * (1 - families),
        "equal_kind": same_value * p.rare(a, b) * (p.kind[a] != p.kind[b]),
        "equal_asked": same_value * families * both_family,
        "value_overlap": same_value,
        "common": common,
        "share": share,
        "share_place": share * place_other,
        "share_place_one": share * placed.max(0) * (placed.min(0) == 0),
        "share_people": share * people_other,
        "share_rivals": share * rivals_other,
        "one": p.one[a] | p.one[b],
        "value_close": ~is_same * (1 - common) * np.maximum(0, 1 - ratio / 0.08),
        "value_near": ~is_same * (1 - common) * np.maximum(0, 1 - ratio / 0.35),
        "value_far": far,
        "apart": np.minimum(days / 180, 1),
        "one_time": np.exp(-days / 3),
        "together": ((p.version[a] == p.version[b]) & (ratio >= 1e-6)) * _one_voice(p, a, b),
    }
    return {name: np.asarray(values, dtype=np.float64) for name, values in found.items()}


def scores(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return for pairs of claims the logarithm of the odds that they are of one measure, -6 to 6."""
    table = weights()
    total = np.full(len(a), table["bias"])
    for name, values in features(p, a, b).items():
        total += table[name] * values
    total[p.unit[a] != p.unit[b]] = -20
    return np.asarray(np.clip(total, -6, 6))


def reasons(p: Profiles, a: Ints, b: Ints, most: int = 5) -> list[list[str]]:
    """Say what makes each pair's score: its features with what each adds, the weightiest first."""
    table = weights()
    added = {name: table[name] * values for name, values in features(p, a, b).items()}
    names = sorted(added)
    matrix = np.stack([added[name] for name in names], axis=1)
    order = np.argsort(-np.abs(matrix), axis=1, kind="stable")[:, :most]
    return [
        [f"{names[f]} {matrix[row, f]:+.1f}" for f in places if abs(matrix[row, f]) >= 0.05]
        for row, places in enumerate(order.tolist())
    ]


def _one_voice(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return how much two claims are one voice's: two polls or named sources of one article may give two values."""
    two_reports = p.has("reporters", a) & p.has("reporters", b) & (p.shared("reporters", a, b)[0] == 0)
    both_named = (p.speaker[a] != 0) & (p.speaker[b] != 0)
    voices = np.where(p.speaker[a] == p.speaker[b], 1.0, np.where(both_named, 0.35, 0.6))
    return np.where(two_reports, 0.0, voices)


def _ratio(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return by how much two values differ, as a difference of logarithms; 0 where ranges overlap."""
    low, high = np.maximum(p.low[a], p.low[b]), np.minimum(p.high[a], p.high[b])
    gap = np.maximum(low - high, 0)
    small = np.maximum(np.minimum(np.abs(p.high[a]), np.abs(p.high[b])), 1e-9)
    return np.asarray(np.log1p(gap / small))


def _finite(value: float | None, other: float | None) -> float:
    chosen = value if value is not None else other
    return float(chosen) if chosen is not None and np.isfinite(chosen) else 0.0


def _weighted(values: Mapping[str, float] | frozenset[str] | frozenset[int]) -> Mapping[str, float]:
    if isinstance(values, Mapping):
        return values
    return {str(value): 1.0 for value in sorted(values)}
