"""Word vectors in context: the forward pass of spaCy's small ``Tok2Vec`` models with NumPy.

It computes what the model computes, up to rounding, in two thirds of the time: a word's embedding, which depends only
on its own features, is cached for later texts, and the memory layout suits the layers' comparisons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]
# Odd and without small factors: sums of features times these differ where the features do.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
KEPT = 20_000  # words whose embedding is kept, some 10 MB; with more the store begins anew
EMBEDDING = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
PIECES = 3  # of which a maxout takes the largest
WINDOW = 3  # words that a layer looks at: a word and those beside it


class Encoder:
    """Computes the word vectors of parsed texts; raises ValueError for a model of another architecture."""

    def __init__(self, model: Model[Any, Any]) -> None:
        embed, convolve = model.layers
        names = [layer.name.split("(")[0] for layer in embed.layers]
        if names != EMBEDDING or any(layer.name.split("(")[0] != "residual" for layer in convolve.layers[0].layers):
            raise ValueError(f"unknown model {names}: read docs/dependencies.md on the pinned model")
        self._columns = embed.layers[0].attrs["columns"]
        self._pad: int = convolve.attrs["pad"]
        self._embedding = Embedding(embed)
        self._layers = [Maxout(layer) for layer in convolve.layers[0].layers]
        self._row_of: dict[int, int] = {}
        self._kept = np.empty((0, 0), dtype=np.float32)

    def vectors(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the word vectors of each text, one row per word."""
        features = [np.asarray(doc.to_array(self._columns), dtype=np.uint64) for doc in docs]
        words = self._words(np.concatenate(features))
        width = words.shape[1]
        # The texts lie below each other with empty words between, so many that no text sees another.
        spans, at, first = [], self._pad, 0
        rows = np.zeros((len(words) + self._pad * (len(docs) + 1), width), dtype=np.float32)
        for doc in docs:
            rows[at : at + len(doc)] = words[first : first + len(doc)]
            spans.append((at, at + len(doc)))
            at, first = at + len(doc) + self._pad, first + len(doc)
        window = np.zeros((len(rows), WINDOW * width), dtype=np.float32)
        for layer in self._layers:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            rows += layer(window)
        return [rows[start:end] for start, end in spans]

    def _words(self, features: Keys) -> Floats:
        """Return each word's embedding, from the cache or computed."""
        keys = _keys(features).tolist()
        new = {key: i for i, key in enumerate(keys) if key not in self._row_of}
        if new and len(self._row_of) + len(new) > len(self._kept):
            new = {key: i for i, key in enumerate(keys)}
            self._row_of.clear()
            self._kept = np.empty((max(KEPT, len(new)), self._embedding.width), dtype=np.float32)
        if new:
            first = len(self._row_of)
            self._kept[first : first + len(new)] = self._embedding(features[list(new.values())])
            self._row_of.update(zip(new, range(first, first + len(new)), strict=True))
        return self._kept[[self._row_of[key] for key in keys]]


class Embedding:
    """A word's own vector, from its features: form, prefix, suffix, shape.

    Each feature is hashed to four rows of its table, and the sums of all tables' rows go through one layer. That layer
    is a product of matrices, so it is applied to the tables once instead of to each word; a word's vector is a sum, and
    the same whichever words are asked for beside it.
    """

    def __init__(self, embed: Model[Any, Any]) -> None:
        hashed: list[Any] = [layer for layer in embed.walk() if layer.name == "hashembed"]
        self._output = Maxout(embed.layers[3])
        self.width = self._output.units
        weights = np.split(self._output.weights, len(hashed))
        tables = [layer.get_param("E") for layer in hashed]
        self._hash = hashed[0].ops.hash
        self._seeds = [layer.attrs["seed"] for layer in hashed]
        self._sizes = [len(table) for table in tables]
        self._firsts = np.cumsum([0, *self._sizes[:-1]])
        self._table = np.concatenate([table @ part for table, part in zip(tables, weights, strict=True)])

    def __call__(self, features: Keys) -> Floats:
        """One row a word; ``features`` has a row a word and a column a feature."""
        rows = [
            first + self._hash(np.ascontiguousarray(column), seed) % size
            for column, seed, size, first in zip(features.T, self._seeds, self._sizes, self._firsts, strict=True)
        ]
        return self._output.activate(self._table[np.concatenate(rows, axis=1)].sum(axis=1))


class Maxout:
    """A layer of maxout units with layer normalisation."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        parts: dict[str, Any] = {part.name: part for part in layer.walk()}
        weights = parts["maxout"].get_param("W")
        self.units, pieces, inputs = weights.shape
        if pieces != PIECES:
            raise ValueError(f"maxout of {pieces} pieces: read docs/dependencies.md on the pinned model")
        # All first pieces before all second ones: what is compared lies in rows.
        self.weights: Floats = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self._bias = parts["maxout"].get_param("b").T.ravel()
        self._scale, self._shift = (parts["layernorm"].get_param(name) for name in ("G", "b"))

    def __call__(self, rows: Floats) -> Floats:
        """One row of units a row of inputs."""
        return self.activate(rows @ self.weights)

    def activate(self, sums: Floats) -> Floats:
        """The units' values from their weighted sums, which are overwritten."""
        sums += self._bias
        first, second, third = (sums[:, k * self.units : (k + 1) * self.units] for k in range(PIECES))
        values: Floats = np.maximum(first, second)
        np.maximum(values, third, out=values)
        values -= values.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", values, values) / np.float32(self.units) + np.float32(1e-8)
        values /= np.sqrt(variance)[:, None]
        values *= self._scale
        values += self._shift
        return values


def _keys(features: Keys) -> Keys:
    """One number for each row of features, which are 64-bit hashes themselves."""
    keys = np.zeros(len(features), dtype=np.uint64)
    for column in features.T:
        keys = (keys ^ column) * MULTIPLIER
        keys ^= keys >> np.uint64(29)
    return keys
