"""What the measures of a page's blocks share: tables of columns, and how long each block is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.strip.segment import MIN_RUNNING_WIDTH, TextBlock

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """The blocks' characters, those that are running text, in links and bold, and the links; the page's sums of the
    first two are at least 1.
    """

    chars: Matrix
    widths: Matrix
    running: Matrix
    link_chars: Matrix
    bold_chars: Matrix
    links: Matrix
    page_chars: float
    page_running: float


def measure_sizes(blocks: list[TextBlock]) -> Sizes:
    """Measure the blocks of a page, all together."""
    chars, widths, link_chars, bold_chars, links = np.array(
        [
            [len(block.text) for block in blocks],
            [block.width for block in blocks],
            [block.link_chars for block in blocks],
            [block.bold_chars for block in blocks],
            [block.links for block in blocks],
        ],
        dtype=np.float32,
    )
    running = np.where((widths > MIN_RUNNING_WIDTH) & (link_chars < 0.5 * chars), chars, np.float32(0))
    return Sizes(
        chars, widths, running, link_chars, bold_chars, links, float(chars.sum()) or 1.0, float(running.sum()) or 1.0
    )


def side_by_side(columns: Sequence[NDArray[Any]]) -> Matrix:
    """Put columns and tables of them together to one table; the values of a column lie together in memory."""
    flat = np.concatenate([column.T.reshape(-1) for column in columns], dtype=np.float32, casting="same_kind")
    return flat.reshape(-1, len(columns[0])).T
