"""Similarity of meaning between the words of two claims."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.read.english.vocabulary.vectors import row_of, vectors

# Words with a lower cosine count as unrelated.
UNLIKE = 0.3


def places_of(words: Sequence[str], width: int) -> list[int]:
    """Return the row index of each word's vector, padded to ``width``; unknown words have the row of zeros."""
    return [row_of(word) for word in words[:width]] + [len(vectors()) - 1] * (width - len(words))


def nearness(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the similarity, 0 to 1, of all words in pairs of word lists, given as row indices.

    ``a`` and ``b`` have the shape pairs x words; the result has the shape pairs x words x words.
    """
    alike = vectors()[a] @ vectors()[b].transpose(0, 2, 1)
    return np.asarray(np.clip((alike - UNLIKE) / (1 - UNLIKE), 0, 1))
