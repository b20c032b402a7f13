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


def choose_body(blocks: list[TextBlock], hints: Hints) -> list[TextBlock]:
    """Return the blocks of the article's body in reading order, without the headline."""
    blocks = candidate_blocks(blocks)
    scores = load_classifier().probabilities(blocks, hints)
    body = [block for block, score in zip(blocks, scores, strict=True) if score >= THRESHOLD]
    if sum(len(block.text) for block in body) >= MIN_BODY_CHARS:
        return body
    return _densest(blocks) or body


def _densest(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the running text of the box that holds most of it."""
    best = best_box(blocks)
    if best is None:
        return []
    return [block for block in blocks if best in block.box.ancestry() and block.link_chars < 0.5 * len(block.text)]
