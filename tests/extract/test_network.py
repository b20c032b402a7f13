"""Small networks: how they score, their text form, and that they learn to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.train_network import fit_networks
from benchmarks.train_slots import softmax
from extract.network import Layers, Networks, read_networks, write_networks

NAMES = ("near", "far", "noise")


def made(count: int, seed: int = 3) -> tuple[Networks, NDArray[np.float32]]:
    draw = np.random.default_rng(seed)
    shapes = ((3, 4), (4,), (4, 2), (2,), (2,))
    members = [Layers(*(draw.normal(size=shape) for shape in shapes)) for _ in range(count)]
    return Networks(np.zeros(3), np.ones(3), members), draw.normal(size=(5, 3)).astype(np.float32)


def test_members_are_averaged_and_features_are_bounded() -> None:
    networks, rows = made(2)
    alone = [Networks(networks.mean, networks.spread, [member]).scores(rows) for member in networks.members]
    np.testing.assert_allclose(networks.scores(rows), np.mean(alone, axis=0), atol=1e-4)
    extreme = np.array([[9.0, 0, 0], [1e9, 0, 0]], dtype=np.float32)
    assert networks.scores(extreme)[0] == networks.scores(extreme)[1]


def test_a_row_has_one_score_whatever_stands_beside_it() -> None:
    networks, rows = made(2)
    assert networks.scores(rows)[2] == networks.scores(rows[2:3])[0]


def test_text_form_gives_the_same_networks_back() -> None:
    networks, rows = made(3)
    text = "\n".join(write_networks(networks, NAMES))
    again = read_networks(text, NAMES)
    assert len(again.members) == 3
    np.testing.assert_allclose(again.scores(rows), networks.scores(rows), rtol=0.05, atol=0.05)
    assert "\n".join(write_networks(again, NAMES)) == text


def test_other_features_are_an_error() -> None:
    text = "\n".join(write_networks(made(1)[0], NAMES))
    with pytest.raises(ValueError, match="other features"):
        read_networks(text, ("near", "noise", "far"))


def test_networks_learn_which_candidate_is_right() -> None:
    """The right one of four is the nearest, but for the first, none, which is right where all are far."""
    draw = np.random.default_rng(1)
    tables = [draw.normal(size=(4, 3)).astype(np.float32) for _ in range(600)]
    for table in tables:
        table[0] = 0
    right = [np.eye(4)[0 if table[1:, 0].max() < 0 else 1 + int(table[1:, 0].argmax())] for table in tables]

    def slope_of(batch: Sequence[int]) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
        loss = softmax([4] * len(batch), np.concatenate([right[k] for k in batch]), np.ones(len(batch)))
        return lambda scores: (loss(scores, None)[0] / len(batch)).astype(np.float32)

    learned = fit_networks(tables[:400], slope_of, seed=1)
    hits = [learned.scores(tables[k]).argmax() == right[k].argmax() for k in range(400, 600)]
    assert np.mean(hits) > 0.9
    again = fit_networks(tables[:400], slope_of, seed=1)
    assert (again.scores(tables[0]) == learned.scores(tables[0])).all()
