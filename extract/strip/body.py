"""The generic reader: which blocks of a page are the article's body."""

from __future__ import annotations

from collections import defaultdict

from extract.strip.segment import Box, TextBlock

# How much of a paragraph's weight each box further out still gets.
DECAY = (1.0, 0.9, 0.7, 0.5)


def choose_body(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks of the box with most paragraph text, without those that are mostly links."""
    weights: dict[Box, float] = defaultdict(float)
    for block in blocks:
        if len(block.text) > 60 and block.link_chars < 0.4 * len(block.text):
            for box, share in zip(block.box.ancestry(), (0.0, *DECAY), strict=False):
                weights[box] += share * len(block.text)
    if not weights:
        return []
    best = max(weights, key=lambda box: weights[box])
    return [
        block for block in blocks if best in block.box.ancestry() and block.link_chars < 0.5 * len(block.text)
    ]
