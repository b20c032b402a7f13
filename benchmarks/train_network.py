"""Learn the small networks of ``extract.network`` to choose among the candidates of a number, by gradient descent.

AdamW (Loshchilov and Hutter, ICLR 2019) with dropout, over batches of numbers, the learning rate rising for a tenth of
the steps and falling to nothing; ``benchmarks.train_slots`` has the loss. Seeded: the same examples give the same
weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.network import Layers, Networks

FIRST, SECOND = 96, 32  # units of the two layers
MEMBERS = 2
EPOCHS, BATCH = 10, 64
RATE, DECAY = 2e-3, 0.05
DROPPED = (0.3, 0.2)  # shares of the two layers' units that are left out at each step
Floats = NDArray[np.float32]
# From the scores of a batch's candidates, the loss's slope for each score.
Slope = Callable[[Floats], Floats]
SlopeOf = Callable[[Sequence[int]], Slope]


@dataclass(slots=True)
class Step:
    """The moving means by which AdamW moves one table of weights."""

    weights: Floats
    mean: Floats
    square: Floats

    def move(self, slope: Floats, rate: float, at: int) -> None:
        """Move the weights against a slope; ``at`` counts the steps from 1."""
        self.mean += 0.1 * (slope - self.mean)
        self.square += 0.001 * (slope * slope - self.square)
        moved = (self.mean / (1 - 0.9**at)) / (np.sqrt(self.square / (1 - 0.999**at)) + 1e-8)
        self.weights -= rate * (moved + (DECAY * self.weights if self.weights.ndim > 1 else 0))


def fit_networks(tables: Sequence[Floats], slope_of: SlopeOf, seed: int) -> Networks:
    """Learn from numbers, a table of candidates each; ``slope_of`` gives the loss's slope for a batch of numbers."""
    rows = np.concatenate(tables)
    mean, spread = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64) + 1e-6
    networks = Networks(mean, spread, ())
    scaled = [networks.scaled(table).astype(np.float32) for table in tables]
    return replace(networks, members=[_fit(scaled, slope_of, seed + k) for k in range(MEMBERS)])


def _fit(scaled: Sequence[Floats], slope_of: SlopeOf, seed: int) -> Layers:
    draw = np.random.default_rng(seed)
    width = scaled[0].shape[1]
    steps = [_start(draw, width, FIRST), _zeros(FIRST), _start(draw, FIRST, SECOND), _zeros(SECOND)]
    steps.append(_start(draw, SECOND, 1))
    count = EPOCHS * -(-len(scaled) // BATCH)
    at = 0
    for _ in range(EPOCHS):
        order = draw.permutation(len(scaled))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH].tolist()
            at += 1
            rate = RATE * min(at / (0.1 * count), (count - at) / (0.9 * count))
            slopes = _slopes(np.concatenate([scaled[k] for k in batch]), steps, slope_of(batch), draw)
            for step, slope in zip(steps, slopes, strict=True):
                step.move(slope, rate, at)
    first, first_bias, second, second_bias, last = (step.weights.astype(np.float64) for step in steps)
    return Layers(first, first_bias, second, second_bias, last[:, 0])


def _start(draw: np.random.Generator, before: int, after: int) -> Step:
    """Weights that are small beside what comes in: larger ones (He et al., ICCV 2015) learn the articles by heart."""
    weights = (draw.uniform(-1, 1, (before, after)) / np.sqrt(before)).astype(np.float32)
    return Step(weights, np.zeros_like(weights), np.zeros_like(weights))


def _zeros(size: int) -> Step:
    return Step(*(np.zeros(size, dtype=np.float32) for _ in range(3)))


def _kept(draw: np.random.Generator, rows: int, size: int, share: float) -> Floats:
    """Zero for the units that are left out of a step, and for the others what keeps their sum as it was."""
    return (draw.random((rows, size), dtype=np.float32) >= share).astype(np.float32) / np.float32(1 - share)


def _slopes(x: Floats, steps: Sequence[Step], slope: Slope, draw: np.random.Generator) -> list[Floats]:
    """The slope of the loss for every table of weights, on one batch."""
    first, first_bias, second, second_bias, last = (step.weights for step in steps)
    kept = [_kept(draw, len(x), size, share) for size, share in zip((FIRST, SECOND), DROPPED, strict=True)]
    one = np.maximum(x @ first + first_bias, 0) * kept[0]
    two = np.maximum(one @ second + second_bias, 0) * kept[1]
    out = slope((two @ last)[:, 0]).astype(np.float32)[:, None]
    to_two = (out @ last.T) * kept[1] * (two > 0)
    to_one = (to_two @ second.T) * kept[0] * (one > 0)
    return [x.T @ to_one, to_one.sum(0), one.T @ to_two, to_two.sum(0), two.T @ out]
