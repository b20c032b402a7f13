"""The generic reader: which blocks of a page are the article's body."""

from __future__ import annotations

from collections import defaultdict

from extract.strip.candidates import candidate_blocks
from extract.strip.classifier import load_classifier
from extract.strip.features import Hints, best_box
from extract.strip.segment import Box, TextBlock

# How likely a block must be body. Measured by cross-validation: lower takes in captions and teasers,
# higher loses lists.
THRESHOLD = 0.46
# So likely where a block stands outside the box with most of the body: teasers and notices are often likely by half.
OUTSIDE_THRESHOLD = 0.68
MAIN_SHARE = 0.5
# A text of more characters that stands twice is shown twice, to readers of other devices or as a teaser of itself.
MIN_REPEAT_CHARS = 40
# A page of which the classifier keeps less than this falls back to its densest box.
MIN_BODY_CHARS = 100
ITEMS = frozenset(("li", "dt", "dd"))
CELLS = frozenset(("td", "th"))
BETWEEN = frozenset(("h2", "h3", "h4", "h5", "h6", "p"))


def choose_body(blocks: list[TextBlock], hints: Hints) -> list[TextBlock]:
    """Return the blocks of the article's body in reading order, without the headline."""
    blocks = candidate_blocks(blocks, hints.headline)
    body = likely_body(blocks, load_classifier().probabilities(blocks, hints).tolist())
    if sum(len(block.text) for block in body) >= MIN_BODY_CHARS:
        return body
    return _densest(blocks) or body


def likely_body(blocks: list[TextBlock], scores: list[float]) -> list[TextBlock]:
    """Return the blocks that are body by how likely each is, and what stands between them."""
    taken = _with_whole_lists(blocks, _taken(blocks, scores))
    return [block for index, block in enumerate(blocks) if taken[index] or _is_between(blocks, taken, index)]


def _with_whole_lists(blocks: list[TextBlock], taken: list[bool]) -> list[bool]:
    """Take a list or a table whole where most of it is likely body: its short items say too little by themselves."""
    sums: dict[Box, list[int]] = {}
    lists = [_list_of(block.box) for block in blocks]
    for around, block, is_taken in zip(lists, blocks, taken, strict=True):
        if around is not None:
            both = sums.setdefault(around, [0, 0])
            both[0] += len(block.text)
            both[1] += len(block.text) * is_taken
    whole = {around for around, (chars, likely) in sums.items() if likely > MAIN_SHARE * chars}
    return [
        is_taken or (around in whole and block.link_chars < MAIN_SHARE * len(block.text))
        for around, block, is_taken in zip(lists, blocks, taken, strict=True)
    ]


def _list_of(box: Box) -> Box | None:
    """Return the list or table that an item or a cell stands in."""
    if box.tag in ITEMS:
        return box.parent
    return next((outer for outer in box.ancestry() if outer.tag == "table"), None) if box.tag in CELLS else None


def _taken(blocks: list[TextBlock], scores: list[float]) -> list[bool]:
    """Say which blocks are likely enough to be body where they stand, each text once."""
    main = _main_box(blocks, scores)
    inside = [
        score >= THRESHOLD and (main is None or main in block.box.ancestry())
        for block, score in zip(blocks, scores, strict=True)
    ]
    taken = [is_inside or score >= OUTSIDE_THRESHOLD for is_inside, score in zip(inside, scores, strict=True)]
    first: dict[str, int] = {}
    long = [at for at, is_taken in enumerate(taken) if is_taken and len(blocks[at].text) > MIN_REPEAT_CHARS]
    for at in sorted(long, key=lambda at: not inside[at]):
        first_box = blocks[first.setdefault(blocks[at].text, at)].box
        # What stands twice side by side is written twice.
        taken[at] = first_box is blocks[at].box or first_box.parent is blocks[at].box.parent
    return taken


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


def _is_between(blocks: list[TextBlock], taken: list[bool], index: int) -> bool:
    """Say whether a block without links is a heading, or a paragraph between paragraphs, with body text of its box on
    both sides.
    """
    block = blocks[index]
    if block.box.tag not in BETWEEN or block.links or not 0 < index < len(blocks) - 1:
        return False
    before, behind, around = blocks[index - 1].box, blocks[index + 1].box, block.box.parent
    is_like = block.box.tag != "p" or before.tag == behind.tag == "p"
    return taken[index - 1] and taken[index + 1] and before.parent is around is behind.parent and is_like


def _densest(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the running text of the box that holds most of it."""
    best = best_box(blocks)
    if best is None:
        return []
    return [block for block in blocks if best in block.box.ancestry() and block.link_chars < 0.5 * len(block.text)]
