"""The generic reader: which blocks of a page are the article's body."""

from __future__ import annotations

from extract.strip.candidates import candidate_blocks
from extract.strip.classifier import load_classifier
from extract.strip.features import Hints, best_box
from extract.strip.segment import TextBlock

# How likely a block must be body. Measured by cross-validation: lower takes in captions and teasers,
# higher loses lists.
THRESHOLD = 0.48
# A page of which the classifier keeps less than this falls back to its densest box.
MIN_BODY_CHARS = 100
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def choose_body(blocks: list[TextBlock], hints: Hints) -> list[TextBlock]:
    """Return the blocks of the article's body in reading order, without the headline."""
    blocks = candidate_blocks(blocks)
    scores = load_classifier().probabilities(blocks, hints)
    taken = (scores >= THRESHOLD).tolist()
    body = [block for index, block in enumerate(blocks) if taken[index] or _is_crosshead(blocks, taken, index)]
    if sum(len(block.text) for block in body) >= MIN_BODY_CHARS:
        return body
    return _densest(blocks) or body


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
