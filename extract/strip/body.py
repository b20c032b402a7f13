"""The generic reader: choose the blocks of a page that are the article's body."""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum

from extract.strip.candidates import candidate_blocks
from extract.strip.classifier import load_classifier
from extract.strip.features import Hints, best_box
from extract.strip.segment import Box, TextBlock

# Probability thresholds of body blocks: inside the main box, in the box around it, and elsewhere. Teasers and notices
# often have about one half. Chosen by cross-validation over hosts.
THRESHOLD = 0.5
BESIDE_THRESHOLD = 0.6
OUTSIDE_THRESHOLD = 0.72
# If more than this share of the main box is only almost above the threshold, the classifier does not know the site's
# markup.
UNSURE_THRESHOLD = 0.2
UNSURE_SHARE = 0.15
# The innermost box with this share of the likely body text is the main box.
MAIN_THRESHOLD = 0.4
MAIN_SHARE = 0.5
# Blocks of these kinds between body blocks of one box belong to the body, unless most of their text is links.
BETWEEN = frozenset(("h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote"))
MAX_BETWEEN_LINKED = 0.5
# A text longer than this that occurs twice is a duplicate: for another device, or as a teaser of itself.
MIN_REPEAT_CHARS = 40
# If the classifier keeps less than this, the densest box is used instead.
MIN_BODY_CHARS = 100
ITEMS = frozenset(("li", "dt", "dd"))
CELLS = frozenset(("td", "th"))


class _Place(IntEnum):
    """The location of a block: in the main box, in the box around it, or elsewhere."""

    INSIDE = 0
    BESIDE = 1
    OUTSIDE = 2


def choose_body(blocks: list[TextBlock], hints: Hints) -> list[TextBlock]:
    """Return the blocks of the article's body in reading order, without the headline."""
    blocks = candidate_blocks(blocks, hints.headline)
    body = likely_body(blocks, load_classifier().probabilities(blocks, hints).tolist())
    if sum(len(block.text) for block in body) >= MIN_BODY_CHARS:
        return body
    return _densest(blocks) or body


def all_of_little(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return all blocks of a page of a few words, which cannot be told apart; none for a larger page."""
    return blocks if sum([len(block.text) for block in blocks]) < MIN_BODY_CHARS else []


def likely_body(blocks: list[TextBlock], scores: list[float]) -> list[TextBlock]:
    """Return the body's blocks by probability and location, and the blocks between them."""
    main = _main_box(blocks, scores)
    if main is None:
        return []
    places = _places(blocks, main)
    least = {
        _Place.INSIDE: _inside_threshold(blocks, scores, places),
        _Place.BESIDE: BESIDE_THRESHOLD,
        _Place.OUTSIDE: OUTSIDE_THRESHOLD,
    }
    taken = [score >= least[place] for score, place in zip(scores, places, strict=True)]
    taken = _with_whole_lists(blocks, _once(blocks, _with_between(blocks, taken), places))
    return [block for block, is_taken in zip(blocks, taken, strict=True) if is_taken]


def _main_box(blocks: list[TextBlock], scores: list[float]) -> Box | None:
    """Return the innermost box that holds most of the likely body text."""
    masses: dict[Box, float] = defaultdict(float)
    total = 0.0
    for block, score in zip(blocks, scores, strict=True):
        if score >= MAIN_THRESHOLD:
            mass = score * len(block.text)
            total += mass
            box: Box | None = block.box
            while box is not None:
                masses[box] += mass
                box = box.parent
    return max((box for box in masses if masses[box] >= MAIN_SHARE * total), key=lambda box: box.depth, default=None)


def _places(blocks: list[TextBlock], main: Box) -> list[_Place]:
    """Return the location of each block; the whole page is never the box around the main box."""
    known = {main: _Place.INSIDE}
    if main.parent is not None and main.parent.parent is not None:
        known[main.parent] = _Place.BESIDE
    return [_place(block.box, known) for block in blocks]


def _place(box: Box, known: dict[Box, _Place]) -> _Place:
    """Return the location of a box; ``known`` caches the results."""
    inner = []
    around: Box | None = box
    while around is not None and around not in known:
        inner.append(around)
        around = around.parent
    place = known[around] if around is not None else _Place.OUTSIDE
    known.update(dict.fromkeys(inner, place))
    return place


def _inside_threshold(blocks: list[TextBlock], scores: list[float], places: list[_Place]) -> float:
    """Return the threshold inside the main box, which is lower where much of it is almost above it."""
    sure = unsure = 0
    for block, score, place in zip(blocks, scores, places, strict=True):
        if place is _Place.INSIDE:
            sure += len(block.text) * (score >= THRESHOLD)
            unsure += len(block.text) * (UNSURE_THRESHOLD <= score < THRESHOLD)
    return UNSURE_THRESHOLD if unsure >= UNSURE_SHARE * sure else THRESHOLD


def _with_between(blocks: list[TextBlock], taken: list[bool]) -> list[bool]:
    """Add the headings, paragraphs and tables between the first and the last body block of one box."""
    first: dict[Box, int] = {}
    last: dict[Box, int] = {}
    for at, (block, is_taken) in enumerate(zip(blocks, taken, strict=True)):
        if is_taken and (around := block.box.parent) is not None:
            last[around] = at
            first.setdefault(around, at)

    def is_between(at: int, around: Box | None) -> bool:
        return around is not None and first.get(around, at) < at < last.get(around, at)

    return [is_taken or is_between(at, _around_text(blocks[at])) for at, is_taken in enumerate(taken)]


def _around_text(block: TextBlock) -> Box | None:
    """Return the box around a heading or paragraph, or the whole table; None where most of it is links."""
    table = _list_of(block.box) if block.box.tag in CELLS else None
    if table is not None:
        return table.parent if table.link_chars <= MAX_BETWEEN_LINKED * table.text_chars else None
    is_text = block.box.tag in BETWEEN and block.link_chars <= MAX_BETWEEN_LINKED * len(block.text)
    return block.box.parent if is_text else None


def _once(blocks: list[TextBlock], taken: list[bool], places: list[_Place]) -> list[bool]:
    """Keep a text that occurs twice only once, preferably in the main box.

    A text that is repeated directly after itself was written twice, and so was one repeated paragraph among new ones.
    """
    long = [at for at, is_taken in enumerate(taken) if is_taken and len(blocks[at].text) > MIN_REPEAT_CHARS]
    repeats = _repeats(blocks, sorted(long, key=lambda at: places[at] is not _Place.INSIDE))
    among_new = _among_new(blocks, long, {blocks[at].text for at in repeats})
    kept = list(taken)
    for at, other in repeats.items():
        box = blocks[at].box
        is_near = places[at] is not _Place.OUTSIDE and {box.parent, other.parent} <= among_new
        kept[at] = other is box or other.parent is box.parent or is_near
    return kept


def _repeats(blocks: list[TextBlock], long: list[int]) -> dict[int, Box]:
    """Return the blocks whose text occurred before, in this order, each with the box of its first occurrence."""
    first: dict[str, int] = {}
    for at in long:
        first.setdefault(blocks[at].text, at)
    return {at: blocks[first[blocks[at].text]].box for at in long if first[blocks[at].text] != at}


def _among_new(blocks: list[TextBlock], long: list[int], repeated: set[str]) -> set[Box | None]:
    """Return the boxes around the long texts that stand once, where any stands twice."""
    return {blocks[at].box.parent for at in long if blocks[at].text not in repeated} if repeated else set()


def _with_whole_lists(blocks: list[TextBlock], taken: list[bool]) -> list[bool]:
    """Take a list or a table as a whole where most of it is likely body: short items say little by themselves."""
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
    """Return the list or table of an item or cell."""
    if box.tag in ITEMS:
        return box.parent
    return next((outer for outer in box.ancestry() if outer.tag == "table"), None) if box.tag in CELLS else None


def _densest(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the running text of the box that holds most of it."""
    best = best_box(blocks)
    if best is None:
        return []
    return [block for block in blocks if best in block.box.ancestry() and block.link_chars < 0.5 * len(block.text)]
