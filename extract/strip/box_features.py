"""Classifier features of the boxes around a block: tags, words of class and id, share of the page.

A box's row combines its own measures with those of the boxes around it; all boxes are computed at once.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from extract.strip.hints import Hint, group_names, read_hint
from extract.strip.segment import Box, TextBlock
from extract.strip.tables import Matrix, Sizes, side_by_side

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
# The decay per level of a box's groups for the boxes inside it.
FADE = 0.6
NO_HINT: Hint = ((), 0)
# A box with more of the page's running text than this is the page itself, whatever its class says.
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
# Each is a bit.
GROUPS = len(group_names())
ALL_GROUPS = (1 << GROUPS) - 1
BODY = 1 << GROUPS
MARKED = {tag: 1 << (GROUPS + 1 + index) for index, tag in enumerate(MARKED_TAGS)}
BITS = (1 << np.arange(GROUPS + 1 + len(MARKED_TAGS)))[:, None]
# More than the maximum nesting depth.
FAR = 4_096
# What a group counts so many levels further in; nothing where no box around speaks of it.
FADES = np.multiply.accumulate(np.array([1, *[FADE] * (2 * FAR)], dtype=np.float32))
FADES[FAR:] = 0


def box_columns(blocks: list[TextBlock], weights: Mapping[str, float], sizes: Sizes) -> Matrix:
    """Return each block's row of box features, with the columns of ``BOX_COLUMNS``.

    ``weights`` are the learned weights of hint words.
    """
    boxes, outer, places = _boxes_of(blocks)
    told, bits = _read_hints(boxes, weights)
    path_scores, path_low = _path_scores(outer, told)
    scores = np.array(told, dtype=np.float32)
    depth, hidden, chars, link_chars, paragraph_chars = np.array(
        [
            [*[box.depth for box in boxes], 0],
            [*[box.hidden for box in boxes], 0],
            [*[box.text_chars for box in boxes], 0],
            [*[box.link_chars for box in boxes], 0],
            [*[box.paragraph_chars for box in boxes], 0],
        ],
        dtype=np.float32,
    )
    running = paragraph_chars / sizes.page_running
    shares = side_by_side((chars / sizes.page_chars, link_chars / np.maximum(chars, 1), running))
    parents = np.array(outer, dtype=np.intp)
    groups, marks = _inherited(np.where(running < WHOLE_PAGE, bits, bits & ~ALL_GROUPS), parents, int(depth.max()))
    up = parents[parents]
    table = side_by_side(
        (
            np.minimum(depth, 40),
            hidden,
            marks,
            scores,
            scores[parents],
            scores[up],
            np.array(path_scores, dtype=np.float32),
            np.array(path_low, dtype=np.float32),
            groups,
            shares,
            shares[parents],
            shares[up],
        )
    )
    return np.take(table.T, places, axis=1).T


def _boxes_of(blocks: list[TextBlock]) -> tuple[list[Box], list[int], list[int]]:
    """Return all boxes around the blocks, outer ones first, each one's parent by number, and each block's own box.

    The number after the last stands for what lies around the body element.
    """
    known: dict[Box, int] = {}
    for block in blocks:
        chain = []
        box: Box | None = block.box
        while box is not None and box not in known:
            chain.append(box)
            box = box.parent
        for box in reversed(chain):
            known[box] = len(known)
    parents = [len(known) if box.parent is None else known[box.parent] for box in known]
    return list(known), [*parents, len(known)], [known[block.box] for block in blocks]


def _read_hints(boxes: list[Box], weights: Mapping[str, float]) -> tuple[list[float], NDArray[np.int64]]:
    """Return the score of each box's hint words, and the bits of its groups, body mark and tag."""
    known: dict[tuple[str, str], tuple[float, int]] = {}
    scores, bits = [], []
    for box in boxes:
        key = (box.tag, box.hint)
        told = known.get(key)
        if told is None:
            words, groups = read_hint(box.hint) if len(box.hint) > 1 else NO_HINT
            found = [weights[word] for word in words if word in weights]
            told = known[key] = sum(found, weights.get("<" + box.tag, 0.0)), groups | MARKED.get(box.tag, 0)
        scores.append(told[0])
        is_body = box.itemprop and "rticle" in box.itemprop and "ody" in box.itemprop
        bits.append(told[1] | BODY if is_body else told[1])
    return [*scores, 0.0], np.array([*bits, 0])


def _inherited(bits: NDArray[np.int64], parents: NDArray[np.intp], depth: int) -> tuple[Matrix, Matrix]:
    """Return what each box's hint and, fading, those around it speak of, and the marked elements that it lies in."""
    steps = np.where(bits & BITS, np.int16(0), np.int16(FAR))
    _step_out(steps, parents, depth)
    return FADES[steps[:GROUPS]].T, (steps[GROUPS:] < FAR).T.astype(np.float32)


def _step_out(steps: NDArray[np.int16], outer: NDArray[np.intp], depth: int) -> None:
    """Count from each box how many steps out the nearest box is that had 0: of one step, then two, four, eight."""
    reach = 1
    while reach <= depth:
        np.minimum(steps, steps[:, outer] + np.int16(reach), out=steps)
        outer = outer[outer]
        reach *= 2


def _path_scores(parents: list[int], scores: list[float]) -> tuple[list[float], list[float]]:
    """Return the sum and the least of the scores of each box and the boxes around it; parents come first."""
    total, low = list(scores), [min(score, 0.0) for score in scores]
    for index, outer in enumerate(parents[:-1]):
        if outer < index:
            total[index] += total[outer]
            low[index] = min(low[index], low[outer])
    return total, low
