"""Score rows with a few small neural networks read from text; their scores are averaged.

A network standardises each feature (minus mean, divided by spread, limited to ``LIMIT``), and has two hidden layers
with rectified linear units and one output. Sums are in double precision and the score is rounded, so that it is the
same on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

LIMIT = 4.0
DECIMALS = 4
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layers:
    """The weights of one network: features x first, first x second, second."""

    first: Doubles
    first_bias: Doubles
    second: Doubles
    second_bias: Doubles
    last: Doubles

    def scores(self, scaled: Doubles) -> Doubles:
        """Return the score of each row of scaled features."""
        hidden = np.maximum(scaled @ self.first + self.first_bias, 0)
        score: Doubles = np.maximum(hidden @ self.second + self.second_bias, 0) @ self.last
        return score


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks with the same scaled features."""

    mean: Doubles
    spread: Doubles
    members: Sequence[Layers]

    def scaled(self, rows: NDArray[np.float32]) -> Doubles:
        """Return rows with standardised features."""
        scaled: Doubles = np.clip((rows - self.mean) / self.spread, -LIMIT, LIMIT)
        return scaled

    def scores(self, rows: NDArray[np.float32]) -> Doubles:
        """Return the mean score of each row."""
        scaled = self.scaled(rows)
        total = np.sum([member.scores(scaled) for member in self.members], axis=0) / len(self.members)
        return np.asarray(np.round(total, DECIMALS))


def write_networks(networks: Networks, names: Sequence[str]) -> Iterator[str]:
    """Yield the lines that ``read_networks`` reads.

    First ``scale FEATURE MEAN SPREAD`` for each feature; then for each network ``first FEATURE WEIGHTS`` for each
    feature, ``first_bias WEIGHTS``, ``second WEIGHTS`` for each unit of the first layer, ``second_bias WEIGHTS`` and
    ``last WEIGHTS``.
    """
    for name, mean, spread in zip(names, networks.mean, networks.spread, strict=True):
        yield f"scale {name} {mean:.6g} {spread:.6g}"
    for member in networks.members:
        yield from (f"first {name} {_numbers(row)}" for name, row in zip(names, member.first, strict=True))
        yield f"first_bias {_numbers(member.first_bias)}"
        yield from (f"second {_numbers(row)}" for row in member.second)
        yield f"second_bias {_numbers(member.second_bias)}"
        yield f"last {_numbers(member.last)}"


def _numbers(row: Doubles) -> str:
    return " ".join(f"{value:.3g}" for value in row)


def read_networks(text: str, features: Sequence[str]) -> Networks:
    """Read networks from their text form; raises ValueError if its features differ from these."""
    lines = [line.split() for line in text.splitlines()]
    if [line[1] for line in lines if line[0] == "scale"] != list(features):
        raise ValueError("the networks are of other features: train them again")
    scale = np.array([line[2:] for line in lines if line[0] == "scale"], dtype=np.float64)
    members: list[Layers] = []
    parts: dict[str, Doubles] = {}
    for kind, group in groupby((line for line in lines if line[0] != "scale"), key=lambda line: line[0]):
        table = np.array([line[2 if kind == "first" else 1 :] for line in group], dtype=np.float64)
        parts[kind] = table if kind in ("first", "second") else table[0]
        if kind == "last":
            members.append(Layers(**parts))
    return Networks(scale[:, 0], scale[:, 1], members)
