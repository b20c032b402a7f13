"""What the boxes around a block are: their tags, what their class and id say, their share of the page.

A box's row is its own measures put together with its parent's row, so all boxes of one depth are computed at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.strip.hints import group_names, read_hint
from extract.strip.segment import Box, TextBlock

Matrix = NDArray[np.float32]

MARKED_TAGS = (
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "form",
    "ul",
    "table",
    "figure",
    "blockquote",
    "section",
)
UPS = 3
# What a box's groups count for a box inside it, a level.
FADE = 0.6
# A box that holds more of the page's running text than this is the page, whatever its class says of its parts.
WHOLE_PAGE = 0.6
BOX_COLUMNS = (
    "depth",
    "hidden",
    "itemprop_body",
    *(f"in_{tag}" for tag in MARKED_TAGS),
    "hint_0",
    "hint_1",
    "hint_2",
    "path_score",
    "path_low",
    *(f"hints_{group}" for group in group_names()),
    *(f"up{level}_{size}" for level in range(1, UPS + 1) for size in ("chars", "links", "paragraphs")),
)
# The columns that a box has from the boxes around it: the groups, which fade, then the body's mark and the marked tags.
GROUPS = len(group_names())
BODY_INDEX = GROUPS
MARKED_INDEX = {tag: BODY_INDEX + 1 + index for index, tag in enumerate(MARKED_TAGS)}
FADES = np.array([FADE] * GROUPS + [1] * (1 + len(MARKED_TAGS)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class PageSums:
    """The page's characters, and those of its running text; at least 1."""

    chars: int
    paragraph_chars: int


def box_columns(blocks: list[TextBlock], weights: Mapping[str, float], sums: PageSums) -> Matrix:
    """Return for each block the row of its box, with the columns of ``BOX_COLUMNS``. ``weights`` are of hint words."""
    boxes, places = _boxes_of(blocks)
    number = {box: index for index, box in enumerate(boxes)}
    # The last row stands for what lies around the body element.
    parents = np.array(
        [number.get(box.parent, len(boxes)) if box.parent else len(boxes) for box in boxes] + [len(boxes)]
    )
    told = _hint_scores(boxes, weights)
    scores = np.array(told, dtype=np.float32)
    path_scores, path_low = _path_scores(parents.tolist(), told)
    sizes = _sizes(boxes, sums)
    inherited = _inherited(boxes, parents, sizes)
    up = parents[parents]
    table = np.column_stack(
        (
            np.array([min(box.depth, 40) for box in boxes] + [0], dtype=np.float32),
            np.array([box.hidden for box in boxes] + [False], dtype=np.float32),
            inherited[:, GROUPS:],
            scores,
            scores[parents],
            scores[up],
            path_scores,
            path_low,
            inherited[:, :GROUPS],
            sizes,
            sizes[parents],
            sizes[up],
        )
    )
    return table[places].astype(np.float32)


def _boxes_of(blocks: list[TextBlock]) -> tuple[list[Box], list[int]]:
    """Return all boxes around the blocks, outer ones first, and the place of each block's own."""
    known: dict[Box, int] = {}
    for block in blocks:
        chain = []
        box: Box | None = block.box
        while box is not None and box not in known:
            chain.append(box)
            box = box.parent
        for box in reversed(chain):
            known[box] = len(known)
    return list(known), [known[block.box] for block in blocks]


def _hint_scores(boxes: list[Box], weights: Mapping[str, float]) -> list[float]:
    known: dict[tuple[str, str], float] = {}
    scores = []
    for box in boxes:
        key = (box.tag, box.hint)
        score = known.get(key)
        if score is None:
            score = known[key] = sum(
                (weights[word] for word in read_hint(box.hint).words if word in weights),
                weights.get("<" + box.tag, 0.0),
            )
        scores.append(score)
    return [*scores, 0.0]


def _sizes(boxes: list[Box], sums: PageSums) -> Matrix:
    """Return each box's share of the page's text, its share of links, its share of the running text."""
    table = np.array(
        [(box.text_chars, box.link_chars, box.paragraph_chars) for box in boxes] + [(0, 0, 0)], dtype=np.float32
    )
    links = table[:, 1] / np.maximum(table[:, 0], 1)
    return np.column_stack((table[:, 0] / sums.chars, links, table[:, 2] / sums.paragraph_chars))


def _inherited(boxes: list[Box], parents: NDArray[np.intp], sizes: Matrix) -> Matrix:
    """Return the marked elements that each box lies in, and what its hint and, fading, those around it speak of."""
    rows: list[int] = []
    columns: list[int] = []
    running = sizes[:, 2].tolist()
    for index, box in enumerate(boxes):
        found = list(read_hint(box.hint).groups) if len(box.hint) > 1 and running[index] < WHOLE_PAGE else []
        if box.tag in MARKED_INDEX:
            found.append(MARKED_INDEX[box.tag])
        if "rticle" in box.itemprop and "ody" in box.itemprop:
            found.append(BODY_INDEX)
        rows.extend([index] * len(found))
        columns.extend(found)
    table = np.zeros((len(parents), len(FADES)), dtype=np.float32)
    table[rows, columns] = 1
    for level in _levels(boxes):
        table[level] = np.maximum(table[level], FADES * table[parents[level]])
    return table


def _path_scores(parents: list[int], scores: list[float]) -> tuple[list[float], list[float]]:
    """Return the sum and the least of the scores of each box and the boxes around it; parents come first."""
    total, low = list(scores), [min(score, 0.0) for score in scores]
    for index, outer in enumerate(parents[:-1]):
        if outer < index:
            total[index] += total[outer]
            low[index] = min(low[index], low[outer])
    return total, low


def _levels(boxes: list[Box]) -> list[list[int]]:
    """Return the numbers of the boxes of each depth, outer ones first."""
    levels: dict[int, list[int]] = {}
    for index, box in enumerate(boxes):
        levels.setdefault(box.depth, []).append(index)
    return [levels[depth] for depth in sorted(levels)]
