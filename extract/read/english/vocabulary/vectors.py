"""Word vectors: words used in similar contexts lie near each other.

``vectors.npy`` has a row for each of the commonest words of ``words.txt``, in the same order; its first columns carry
the most variance. ``extract.read.english.vocabulary.build_tables`` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from extract.read.english.vocabulary.words import rank, ranks


@cache
def vectors() -> NDArray[np.float32]:
    """Return the vectors, one row per word, each normalised to length 1, and a last row of zeros for unknown words."""
    with as_file(files(__package__).joinpath("vectors.npy")) as path:
        rows = np.load(path).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.vstack([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])


def vectors_of(words: Iterable[str]) -> NDArray[np.float32]:
    """Return the vectors of words as an array of shape (words, dimensions); unknown words get zeros."""
    table = vectors()
    return table[np.minimum(ranks(words), len(table) - 1)]


def row_of(word: str) -> int:
    """Return the row number of a word's vector; that of the row of zeros for an unknown word."""
    return min(rank(word), len(vectors()) - 1)
