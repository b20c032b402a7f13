"""How well the choosers of a number's slots choose: what is right of what they pick, and how sure they may be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.annotated import Example, is_optional, wanted
from extract.read.english.slots.choose import SLOTS, apart

# Where no single answer is likely, none is too often the likeliest: it has a handicap, which makes F1 and the share
# that is right together the highest on held-out articles. Of handicaps that are as good as that within the noise, it is
# the largest: an answer comes with its confidence, and one that is missing cannot be judged.
HANDICAPPED = frozenset({"thing", "subject", "place", "speaker", "antecedent"})
HANDICAPS = tuple(step / 20 for step in range(31))
NOISE = 0.004
RIGHT = 1  # the least worth of a choice that counts as right
Scores = NDArray[np.float64]


def is_right(example: Example, slot: str, pick: int) -> bool:
    """Is this candidate right, or fairly none?"""
    return example.worth[slot][pick] >= RIGHT


def picks(scores: Sequence[Scores]) -> list[int]:
    """The best candidate of each number."""
    return [int(np.argmax(s)) for s in scores]


def picks_by_slot(found: Mapping[str, Sequence[Scores]]) -> dict[str, list[int]]:
    """The candidates that the reader takes for each slot: thing and subject differ."""
    pairs = [apart(thing, subject) for thing, subject in zip(found["thing"], found["subject"], strict=True)]
    return {
        **{slot: picks(found[slot]) for slot in SLOTS},
        "thing": [thing for thing, _ in pairs],
        "subject": [subject for _, subject in pairs],
    }


def report(examples: Sequence[Example], found: Mapping[str, Sequence[Scores]]) -> dict[str, float]:
    """F1 of the slots that hold words, the share of right days, and of numbers with the core right."""
    result: dict[str, float] = {}
    picked = picks_by_slot(found)
    for slot in SLOTS:
        right = [is_right(e, slot, pick) for e, pick in zip(examples, picked[slot], strict=True)]
        result[f"{slot} right"] = 100 * sum(right) / len(right)
        if slot != "as_of":
            result[f"{slot} F1"] = 100 * f1(examples, slot, picked[slot])
    core = [
        all(is_right(e, slot, picked[slot][k]) for slot in SLOTS if slot != "place") for k, e in enumerate(examples)
    ]
    result["core"] = 100 * sum(core) / len(core)
    return result


def f1(examples: Sequence[Example], slot: str, picked: Sequence[int]) -> float:
    """The harmonic mean of precision and recall; an empty answer is neither given nor missed where it is optional."""
    given = stated = right = 0
    for e, best in zip(examples, picked, strict=True):
        good = best > 0 and e.worth[slot][best] == 2
        given += best > 0
        stated += bool(wanted(e.claim, slot)) and (good or not is_optional(e.claim, slot))
        right += good
    return 2 * right / max(1, given + stated)


def handicap(examples: Sequence[Example], slot: str, scores: Sequence[Scores]) -> float:
    """What is taken from the score of none."""
    if slot not in HANDICAPPED:
        return 0.0

    def worth(step: float) -> float:
        less = picks([without(s, step) for s in scores])
        right = sum(is_right(e, slot, pick) for e, pick in zip(examples, less, strict=True))
        return f1(examples, slot, less) + right / len(less)

    found = {step: worth(step) for step in HANDICAPS}
    return max(step for step, value in found.items() if value >= max(found.values()) - NOISE)


def without(scores: Scores, step: float) -> Scores:
    """Scores with a handicap for none, which is the first candidate."""
    return np.concatenate([[scores[0] - step], scores[1:]])


def calibration(examples: Sequence[Example], slot: str, scores: Sequence[Scores]) -> tuple[float, float]:
    """The logistic line from the lead of the best candidate to the chance that it is right, by Newton's method."""
    leads, right = [], []
    for e, s in zip(examples, scores, strict=True):
        ordered = np.sort(s)[::-1]
        leads.append(min(10.0, float(ordered[0] - ordered[1])) if len(ordered) > 1 else 1.0)
        right.append(float(is_right(e, slot, int(np.argmax(s)))))
    x = np.stack([np.array(leads), np.ones(len(leads))], axis=1)
    y, w = np.array(right), np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        w = w + np.linalg.solve(hessian, x.T @ (y - p))
    return float(w[0]), float(w[1])


def reliability(
    examples: Sequence[Example], slot: str, scores: Sequence[Scores], line: tuple[float, float]
) -> list[tuple[str, int, float, float]]:
    """How many choices fall into each band of confidence, their mean confidence, and the share that is right."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for e, s in zip(examples, scores, strict=True):
        ordered = np.sort(s)[::-1]
        lead = min(10.0, float(ordered[0] - ordered[1])) if len(ordered) > 1 else 1.0
        chance = 1 / (1 + math.exp(-(line[0] * lead + line[1])))
        bands[min(9, int(chance * 10))].append((chance, is_right(e, slot, int(np.argmax(s)))))
    return [
        (f"{b / 10:.1f}-{b / 10 + 0.1:.1f}", len(v), sum(c for c, _ in v) / len(v), sum(r for _, r in v) / len(v))
        for b, v in sorted(bands.items())
    ]
