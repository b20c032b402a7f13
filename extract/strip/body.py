"""The generic reader: which blocks of a page are the article's body."""

from __future__ import annotations

from collections import defaultdict

from extract.strip.candidates import candidate_blocks
from extract.strip.classifier import load_classifier
from extract.strip.features import Hints, best_box
from extract.strip.segment import Box, TextBlock

# How likely a block must be body. Measured by cross-validation: lower takes in captions and teasers,
# higher loses lists.
THRESHOLD = 0.48
# So likely where a block stands outside the box with most of the body: teasers and notices are often likely by half.
OUTSIDE_THRESHOLD = 0.65
MAIN_SHARE = 0.5
# A page of which the classifier keeps less than this falls back to its densest box.
MIN_BODY_CHARS = 100
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def choose_body(blocks: list[TextBlock], hints: Hints) -> list[TextBlock]:
    """Return the blocks of the article's body in reading order, without the headline."""
    blocks = candidate_blocks(blocks)
    body = likely_body(blocks, load_classifier().probabilities(blocks, hints).tolist())
    if sum(len(block.text) for block in body) >= MIN_BODY_CHARS:
        return body
    return _densest(blocks) or body


def likely_body(blocks: list[TextBlock], scores: list[float]) -> list[TextBlock]:
    """Return the blocks that are body by how likely each is, and the headings between them."""
    taken = _taken(blocks, scores)
    return [block for index, block in enumerate(blocks) if taken[index] or _is_crosshead(blocks, taken, index)]


def _taken(blocks: list[TextBlock], scores: list[float]) -> list[bool]:
    """Say which blocks are likely enough to be body where they stand."""
    main = _main_box(blocks, scores)
    return [
        score >= OUTSIDE_THRESHOLD or (score >= THRESHOLD and (main is None or main in block.box.ancestry()))
        for block, score in zip(blocks, scores, strict=True)
    ]


def _main_box(blocks: list[TextBlock], scores: list[float]) -> Box | None:
    """Return the innermost box that holds most of what is likely body."""
    masses: dict[Box, float] = defaultdict(float)
    total = 0.0
    for block, score in zip(blocks, scores, strict=True):
        if score >= THRESHOLD:
            mass = score * len(block.text)
            total += mass
            box: Box | None = block.box
            while box is not None:
                masses[box] += mass
                box = box.parent
    return max((box for box in masses if masses[box] >= MAIN_SHARE * total), key=lambda box: box.depth, default=None)


def _is_crosshead(blocks: list[TextBlock], taken: list[bool], index: int) -> bool:
    """Say whether a block is a heading without links between body text and a body block of its box."""
    block = blocks[index]
    if block.box.tag not in HEADINGS or block.links or not 0 < index < len(blocks) - 1:
        return False
    around = block.box.parent
    return (
        taken[index - 1] and taken[index + 1] and blocks[index - 1].box.parent is around is blocks[index + 1].box.parent
    )


def _densest(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the running text of the box that holds most of it."""
    best = best_box(blocks)
    if best is None:
        return []
    return [block for block in blocks if best in block.box.ancestry() and block.link_chars < 0.5 * len(block.text)]
