"""How near the words of two claims are to each other in meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.vocabulary.vectors import row_of, vectors

# Words whose cosine is below this have nothing in common.
UNLIKE = 0.3


def places_of(words: Sequence[str], width: int) -> list[int]:
    """Return for each word the row of its vector, as many as ``width``; the row of zeros where there is none."""
    return [row_of(word) for word in words[:width]] + [len(vectors()) - 1] * (width - len(words))


def nearness(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return for pairs of lists of words, as rows of vectors, how near each word is to each: pairs x words x words."""
    alike = vectors()[a] @ vectors()[b].transpose(0, 2, 1)
    return np.asarray(np.clip((alike - UNLIKE) / (1 - UNLIKE), 0, 1))
