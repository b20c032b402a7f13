"""What words mean, as vectors: words that are used alike lie near each other.

``vectors.npy`` has a row for each of the commonest words of ``words.txt``, in its order; ``load.measures.build_tables``
makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from load.measures.words import rank

# Words whose cosine is below this have nothing in common.
UNLIKE = 0.3


@cache
def _vectors() -> NDArray[np.float32]:
    """Return the vectors, each of length 1, and a last one of zeros for words that have none."""
    with as_file(files("load.measures").joinpath("vectors.npy")) as path:
        rows = np.load(path).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.vstack([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])


def places_of(words: Sequence[str], width: int) -> list[int]:
    """Return for each word the row of its vector, as many as ``width``; the row of zeros where there is none."""
    none = len(_vectors()) - 1
    return [min(rank(word), none) for word in words[:width]] + [none] * (width - len(words))


def nearness(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return for pairs of lists of words, as rows of vectors, how near each word is to each: pairs x words x words."""
    alike = _vectors()[a] @ _vectors()[b].transpose(0, 2, 1)
    return np.asarray(np.clip((alike - UNLIKE) / (1 - UNLIKE), 0, 1))
