"""Similarity of two claims: named features of a pair, and the weights that combine them into a score."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from load.measures.quantities import everybody
from load.measures.table import NATIONAL, Bools, Floats, Ints, Profiles, number_of

# Sample sizes or thresholds that differ by more than this are different ones.
ROUNDED = 0.03
YEAR_DAYS = 365.25
# A place of at least this weight that only one side names separates claims; fully from SAID_PLACE on. One that only the
# headline or the paragraph before gives (0.3) does so for polls, by a third.
POLL_PLACE = 0.15
NEAR_PLACE = 0.3
SAID_PLACE = 0.6
# How much it counts for two different values of one quantity that neither has an owner; one owner counts fully.
NOBODYS = 0.5
# How much two named speakers of one article count as one voice.
NAMED = 0.15


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, and the ``bias``."""
    table = tomllib.loads(files("load.measures").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


@dataclass(frozen=True, slots=True)
class Compared:
    """Values shared by several features of pairs: each 0 to 1, except ``ratio``, a difference of logarithms."""

    profiles: Profiles
    a: Ints
    b: Ints
    owners: Floats
    owner_other: Floats
    owned: tuple[Floats, Floats]
    family: Floats
    family_both: Bools
    kind: Bools
    head: Bools
    asked: Floats
    shared_words: Floats
    place_same: Floats
    place_other: Floats
    place_one: Floats
    placed_apart: Floats
    people_other: Floats
    rivals: Floats
    rivals_both: Bools
    elsewhere: Bools
    topic: Floats
    days: Ints
    ratio: Floats
    far: Floats
    equal: Floats


def features(p: Profiles, a: Ints, b: Ints) -> dict[str, Floats]:
    """Return the features of pairs of claims, each 0 to 1, by name; ``weights.toml`` says what each means."""
    x = _compare(p, a, b)
    found: dict[str, Floats | Bools] = {
        **_of_words(x),
        **_of_owners(x),
        **_of_scope(x),
        **_of_kinds(x),
        **_of_values(x),
        **_of_fixed(x),
        **_of_shares(x),
        **_of_periods(x),
        "apart": np.minimum(x.days / 180, 1) * (1 - x.asked),
        "one_time": np.exp(-x.days / 3) * x.elsewhere,
        "together": _together(p, a, b) * _one_voice(p, a, b),
    }
    return {name: np.asarray(values, dtype=np.float64) for name, values in found.items()}


def _compare(p: Profiles, a: Ints, b: Ints) -> Compared:
    # Owners are probabilities: that both numbers have the same owner, different owners, or one has none.
    """Return the values that several features of the pairs share."""
    owners = p.shared("owners", a, b)[0]
    owned_a, owned_b = np.minimum(p.total("owners", a), 1), np.minimum(p.total("owners", b), 1)
    family_both = p.has("families", a) & p.has("families", b)
    family, kind = p.cosine("families", a, b) * family_both, p.kind[a] == p.kind[b]
    # Two claims of one article share topic and day in any case, so that these are no evidence.
    elsewhere = p.version_id[a] != p.version_id[b]
    head = (p.head[a] != 0) & (p.head[a] == p.head[b])
    placed = np.stack([p.strongest("places", a), p.strongest("places", b)])
    rivals_both, ratio = p.has("rivals", a) & p.has("rivals", b), _ratio(p, a, b)
    return Compared(
        profiles=p,
        a=a,
        b=b,
        owners=owners,
        owner_other=np.maximum(owned_a * owned_b - owners, 0),
        owned=(owned_a, owned_b),
        family=family,
        family_both=family_both,
        kind=kind,
        head=head,
        asked=owners * np.where(family_both, family, head) * kind,
        shared_words=p.shared("terms", a, b)[0],
        place_same=np.minimum(p.shared("places", a, b)[0], 1),
        place_other=placed.min(0) * (1 - p.cosine("places", a, b)),
        place_one=placed.max(0) * (placed.min(0) == 0),
        placed_apart=_placed_apart(p, a, b, POLL_PLACE),
        people_other=(p.has("people", a) & p.has("people", b)) * (1 - p.cosine("people", a, b)),
        rivals=p.cosine("rivals", a, b) * rivals_both,
        rivals_both=rivals_both,
        elsewhere=elsewhere,
        topic=p.cosine("topic", a, b) * elsewhere,
        days=np.abs(p.day[a] - p.day[b]),
        ratio=ratio,
        far=np.clip((ratio - 0.7) / 2.0, 0, 1),
        # Two equal small counts are weak evidence.
        equal=(ratio < 1e-6) * (1 - np.maximum(p.common[a], p.common[b])),
    )


def _of_words(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of shared words in sentences and articles."""
    p, a, b = x.profiles, x.a, x.b
    return {
        "terms": p.cosine("terms", a, b),
        "terms_mass": np.minimum(x.shared_words / 3, 1),
        "meaning": p.soft("terms", a, b),
        "head_same": x.head,
        "head_rare": x.head * p.head_rarity[a],
        "head_other": (p.head[a] != 0) & (p.head[b] != 0) & ~x.head,
        "things": p.soft("things", a, b),
        "names": p.cosine("names", a, b),
        "opposed": np.minimum(p.across("opposed", "terms", a, b) + p.across("opposed", "terms", b, a), 1),
        "topic": x.topic,
        "about": p.cosine("about", a, b) * x.elsewhere,
        "family_same": x.family,
        "family_other": x.family_both - x.family,
        "family_one": p.has("families", a) != p.has("families", b),
        "vague": (p.vague[a] | p.vague[b]) * (1 - x.head) * (1 - x.family),
    }


def _of_owners(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of owners: whether both numbers have the same one, and which other people are named."""
    p, a, b = x.profiles, x.a, x.b
    owned_a, owned_b = x.owned
    one_owned = owned_a + owned_b - 2 * owned_a * owned_b
    there, back = p.across("owners", "about", a, b), p.across("owners", "about", b, a)
    return {
        "owner_same": x.owners,
        "owner_expected": x.owners * np.minimum(2 * there, 1) * np.minimum(2 * back, 1),
        "owner_other": x.owner_other,
        "owner_unknown": one_owned,
        "owner_about": one_owned * np.minimum(2.5 * np.where(owned_a > owned_b, there, back), 1),
        "unit_tells": x.owners * p.telling[a],
        "rivals_same": x.rivals,
        "rivals_other": x.rivals_both - x.rivals,
    }


def _of_scope(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of scope: whether place, population and years are equal, differ, or are given for one only."""
    p, a, b = x.profiles, x.a, x.b
    years, both_years = p.cosine("years", a, b), p.has("years", a) & p.has("years", b)
    return {
        "place_same": x.place_same,
        "place_other": x.place_other,
        "place_one": x.place_one,
        "people_other": x.people_other,
        "people_one": p.has("people", a) != p.has("people", b),
        "years_same": years * both_years,
        "years_other": both_years & (years == 0),
        "years_one": p.has("years", a) != p.has("years", b),
    }


def _of_kinds(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of kinds: whether one is a level and the other a change, a lead, a plan or a base."""
    p, a, b = x.profiles, x.a, x.b
    return {
        "kind_other": ~x.kind,
        "kind_flow": p.either("kind", "change", "level", a, b) | p.either("kind", "lead", "level", a, b),
        "kind_plan": p.either("kind", "plan", "level", a, b),
        "kind_base": p.either("kind", "base", "level", a, b),
    }


def _of_values(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of values: how close they are, and how much that means given what else is shared."""
    p, a, b = x.profiles, x.a, x.b
    owned_a, owned_b = x.owned
    nobodys = (1 - owned_a) * (1 - owned_b) * x.family
    common = np.maximum(p.common[a], p.common[b])
    near = (x.ratio >= 1e-6) * (1 - common)
    rare = x.equal * p.rare(a, b)
    return {
        "asked": x.asked,
        "asked_far": x.asked * x.far,
        "nobody_far": nobodys * x.far,
        "owned_far": x.owners * x.far,
        "value_same": rare,
        "value_words": x.equal * np.minimum(2 * x.shared_words / 3, 1),
        "value_topic": x.equal * x.topic,
        "value_overlap": x.equal,
        "value_close": near * np.maximum(0, 1 - x.ratio / 0.08),
        "value_near": near * np.maximum(0, 1 - x.ratio / 0.35),
        "value_far": x.far,
        "unasked_differs": (x.ratio >= 1e-6) * (1 - np.minimum(x.asked + NOBODYS * nobodys * x.kind, 1)),
        "equal_owner": rare * x.owner_other,
        "equal_family": rare * (x.family_both - x.family),
        "equal_kind": rare * ~x.kind,
        "equal_asked": x.equal * x.family,
        "common": common,
        "one": p.one[a] | p.one[b],
    }


def _of_fixed(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of values that cannot change but differ: ages, sample sizes and thresholds."""
    p, a, b = x.profiles, x.a, x.b
    years = np.maximum(np.maximum(p.low[a], p.low[b]) - np.minimum(p.high[a], p.high[b]), 0)
    fixed, moved = np.where(p.fixed[a] == p.fixed[b], p.fixed[a], 0), x.ratio > ROUNDED
    one_sample = (p.fixed[a] == number_of("sample")) != (p.fixed[b] == number_of("sample"))
    return {
        "age_differs": (fixed == number_of("age")) & (years > x.days / YEAR_DAYS + 1),
        # A sample is never equal to something else.
        "sample_differs": ((fixed == number_of("sample")) & moved) | one_sample,
        "threshold_differs": (fixed == number_of("threshold")) & moved,
    }


def _of_shares(x: Compared) -> dict[str, Floats | Bools]:
    """Return features of shares and leads: polls ask many questions in many places, with similar shares."""
    p, a, b = x.profiles, x.a, x.b
    share = p.polled[a] | p.polled[b]
    # One contest that is polled repeatedly: its shares move, but are one figure however far apart in time.
    again = p.polled[a] & p.polled[b] & x.kind
    one_place = (1 - x.placed_apart) * (1 - x.place_other)
    one_public = (1 - x.people_other) * (1 - _narrowed_apart(p, a, b))
    contest = again * x.asked * one_place * one_public * (1 - (x.rivals_both - x.rivals)) * (1 - x.far)
    return {
        "contest": contest,
        "contest_rivals": contest * x.rivals,
        "contest_polls": contest * ~x.elsewhere * _two_reports(p, a, b),
        "share": share,
        "share_unasked": share * (1 - x.family),
        "share_asked": share * x.asked,
        "share_place": share * x.placed_apart,
        "share_people": share * x.people_other,
        "share_rivals": share * (x.rivals_both - x.rivals),
    }


def _of_periods(x: Compared) -> dict[str, Floats | Bools]:
    """Return whether one quantity is reported for successive periods of one length, or for two lengths."""
    p, a, b = x.profiles, x.a, x.b
    both = (p.period[a] != 0) & (p.period[b] != 0)
    one_length = both & (p.period[a] == p.period[b])
    one_place = (1 - _placed_apart(p, a, b, NEAR_PLACE)) * (1 - x.place_other)
    again = one_length * x.family * one_place * (1 - x.owner_other) * (1 - x.far)
    return {
        "periods": again,
        "period_other": both & ~one_length,
    }


def scores(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return the log-odds that each pair of claims belongs to one measure, -6 to 6."""
    table = weights()
    total = np.full(len(a), table["bias"])
    for name, values in features(p, a, b).items():
        total += table[name] * values
    total[p.unit[a] != p.unit[b]] = -20
    return np.asarray(np.clip(total, -6, 6))


def reasons(p: Profiles, a: Ints, b: Ints, most: int = 5) -> list[list[str]]:
    """Return for each pair the features that contribute most to its score, with their contributions: "terms +1.2".

    At most ``most`` per pair, largest first; contributions below 0.05 are left out.
    """
    table = weights()
    added = {name: table[name] * values for name, values in features(p, a, b).items()}
    names = sorted(added)
    matrix = np.stack([added[name] for name in names], axis=1)
    order = np.argsort(-np.abs(matrix), axis=1, kind="stable")[:, :most]
    return [
        [f"{names[f]} {matrix[row, f]:+.1f}" for f in places if abs(matrix[row, f]) >= 0.05]
        for row, places in enumerate(order.tolist())
    ]


def _placed_apart(p: Profiles, a: Ints, b: Ints, least: float) -> Floats:
    """Return how certain it is that one number is for a place that the other lacks; no place means the country."""
    near = np.clip((p.weights["places"] - least) / (SAID_PLACE - least), 0, 1) * (p.keys["places"] != NATIONAL)
    return np.asarray(np.maximum(near[a].max(1), near[b].max(1)) * (p.shared("places", a, b)[0] == 0))


@cache
def _everybody() -> Ints:
    return np.array([number_of(word) for word in everybody()], dtype=np.int64)


def _narrowed_apart(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return how certain it is that one number is for a part of the population, such as women, that the other lacks."""
    part = np.clip(2 * p.weights["people"] * ~np.isin(p.keys["people"], _everybody()), 0, 1).max(1)
    return np.asarray(np.maximum(part[a], part[b]) * (1 - p.cosine("people", a, b)))


def _together(p: Profiles, a: Ints, b: Ints) -> Bools:
    """Return which pairs are two values of one article, even if one contains the other."""
    return np.asarray((p.version_id[a] == p.version_id[b]) & ((p.low[a] != p.low[b]) | (p.high[a] != p.high[b])))


def _one_voice(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return how far two claims have the same voice: two polls or named sources of one article may give two values.

    Not for values that cannot change, such as ages: these describe two things.
    """
    both_named = (p.speaker[a] != 0) & (p.speaker[b] != 0)
    voices = np.where(p.speaker[a] == p.speaker[b], 1.0, np.where(both_named, NAMED, 0.6))
    return np.where((p.fixed[a] != 0) & (p.fixed[b] != 0), 1.0, np.where(_two_reports(p, a, b), 0.0, voices))


def _two_reports(p: Profiles, a: Ints, b: Ints) -> Bools:
    """Return which pairs are of two polls or counts that are named differently."""
    return np.asarray(p.has("reporters", a) & p.has("reporters", b) & (p.shared("reporters", a, b)[0] == 0))


def _ratio(p: Profiles, a: Ints, b: Ints) -> Floats:
    """Return the difference of two values as a difference of logarithms; 0 if ranges overlap."""
    low, high = np.maximum(p.low[a], p.low[b]), np.minimum(p.high[a], p.high[b])
    gap = np.maximum(low - high, 0)
    small = np.maximum(np.minimum(np.abs(p.high[a]), np.abs(p.high[b])), 1e-9)
    return np.asarray(np.log1p(gap / small))
