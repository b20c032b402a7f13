"""The block classifier's features of a text block: its text, markup, position and neighbours.

All features are relative to the page or use markup words that many sites share, so that they mean the same on unseen
sites. ``FEATURES`` names the columns in order; ``benchmarks/train_blocks.py`` trains on them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log1p

import numpy as np

from extract.strip.box_features import BOX_COLUMNS, box_columns
from extract.strip.hints import read_hint
from extract.strip.segment import MIN_RUNNING_WIDTH, Box, TextBlock
from extract.strip.tables import Matrix, Sizes, measure_sizes, side_by_side
from extract.strip.text_shape import shape_columns
from extract.strip.wording import begins, fold, showing

# A text ends with the line's; collapsed texts hold no other. Plain letters, nearly all, are told faster by themselves.
TEXT_WORD = re.compile(r"[a-z]++(?![^\W\d_])|[^\W\d_]+|\d+|[©|»→•/@:\n]")
ZEROS = bytes.maketrans(b"123456789", b"000000000")
LEXICON_TEXT_CHARS = 240
SUMMARY_CHARS = 100
GROUP_TAGS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned weights: of words in class and id attributes, and of words in short texts."""

    hints: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the structured data says about the body: folded headline and summary, and the article's text."""

    headline: str = ""
    summary: str = ""
    body: str = ""


def hint_words(box: Box) -> set[str]:
    """Return the words in a box's tag, class and id."""
    return {*read_hint(box.hint)[0], "<" + box.tag}


def text_words(texts: list[str]) -> Iterator[list[str]]:
    """Yield the lexicon words of each short text, with the first and last marked; none for a long text.

    A number becomes as many zeros as it has digits. Splitting all texts together takes half the time.
    """
    lines = "\n".join([text if len(text) <= LEXICON_TEXT_CHARS else "" for text in texts]).lower() + "\n"
    found = TEXT_WORD.findall(lines.encode("utf-8", "surrogatepass").translate(ZEROS).decode("utf-8", "surrogatepass"))
    at = 0
    for _ in texts:
        end = found.index("\n", at)
        if end > at:
            first = "^" + found[at]
            second = f"{first} {found[at + 1]}" if end > at + 1 else first
            yield [*found[at:end], first, second, "$" + found[end - 1]]
        else:
            yield []
        at = end + 1


BLOCK_COLUMNS = (
    "is_p",
    "is_li",
    "heading",
    "is_td",
    "is_quote",
    "is_div",
    "is_pre",
    "is_caption",
    "log_chars",
    "log_words",
    "sentences",
    "commas",
    "link_share",
    "links",
    "bold_share",
    "digit_share",
    "upper_share",
    "word_length",
    "ends_sentence",
    "ends_colon",
    "ends_ellipsis",
    "starts_lower",
    "place",
    "char_place",
    "paragraphs_before",
    "is_repeat",
    "since_headline",
    "is_headline",
    "is_summary",
    "in_body",
    "has_body",
    "text_score",
    "group_share",
    "group_links",
    "group_size",
    "best_distance",
    "in_best",
    "best_share",
)
NEIGHBOUR_COLUMNS = ("log_chars", "link_share", "is_p", "sentences", "text_score", "in_best")
OFFSETS = (-2, -1, 1, 2)
FEATURES = (
    *BLOCK_COLUMNS,
    *BOX_COLUMNS,
    *(f"{name}{offset:+d}" for offset in OFFSETS for name in NEIGHBOUR_COLUMNS),
    "same_box-1",
    "same_box+1",
    "log_blocks",
    "log_paragraph_chars",
)


def block_features(blocks: list[TextBlock], lexicon: Lexicon, hints: Hints) -> Matrix:
    """Return one row per block and one column for each of ``FEATURES``."""
    sizes = measure_sizes(blocks)
    columns = (
        TAG_TABLE[[TAG_NUMBERS.get(block.box.tag, 0) for block in blocks]],
        shape_columns(blocks, sizes),
        _place_columns(sizes),
        _hinted_columns(blocks, hints),
        np.array(text_scores([block.text for block in blocks], lexicon), dtype=np.float32),
        _group_columns(blocks, sizes),
        _best_columns(blocks, sizes),
        box_columns(blocks, lexicon.hints, sizes),
    )
    own = side_by_side(columns)
    around = _neighbours(own[:, NEIGHBOUR_INDEX])
    boxes = np.array([id(block.box.parent) for block in blocks], dtype=np.int64)
    same = np.concatenate(([False], boxes[1:] == boxes[:-1], [False])).astype(np.float32)
    size = np.full((len(blocks), 2), (log1p(len(blocks)), log1p(sizes.page_running)), dtype=np.float32)
    return side_by_side((own, *around, same[:-1], same[1:], size))


NEIGHBOUR_INDEX = [BLOCK_COLUMNS.index(name) for name in NEIGHBOUR_COLUMNS]


def _neighbours(own: Matrix) -> list[Matrix]:
    """Return the neighbours' columns for each block; -1 beyond the ends of the page."""
    reach = max(OFFSETS)
    padded = np.full((len(own) + 2 * reach, own.shape[1]), -1, dtype=np.float32)
    padded[reach:-reach] = own
    return [padded[reach + offset : reach + offset + len(own)] for offset in OFFSETS]


def _place_columns(sizes: Sizes) -> Matrix:
    """Return each block's position: by blocks, by characters, by running text before it."""
    chars, running = sizes.chars, sizes.running
    return side_by_side(
        (
            np.arange(len(chars), dtype=np.float32) / len(chars),
            (np.cumsum(chars) - chars) / sizes.page_chars,
            (np.cumsum(running) - running) / sizes.page_running,
        )
    )


def _hinted_columns(blocks: list[TextBlock], hints: Hints) -> Matrix:
    """Return the features of folded texts: repeats, headline and what follows, summary, structured text."""
    texts = [block.text[:LEXICON_TEXT_CHARS] for block in blocks]
    places = np.arange(len(texts))
    is_headline = np.zeros(len(texts), dtype=bool)
    is_headline[showing(texts, hints.headline)] = True
    last = np.maximum.accumulate(np.where(is_headline, places, -1))
    body = fold(hints.body)
    return side_by_side(
        (
            np.array(_repeats(texts, blocks)),
            np.where(last < 0, -1, np.minimum(places - last, 50)),
            is_headline,
            np.array([_opens(text, hints.summary) for text in texts]),
            np.array([_in_body(text, body) for text in texts]),
            np.full(len(texts), bool(body)),
        )
    )


def _repeats(texts: list[str], blocks: list[TextBlock]) -> list[bool]:
    """Say which texts stand in another box before as well: not beside them, nor both among new ones, as where a
    paragraph is written twice.
    """
    first: dict[str, Box] = {}
    found = [_is_elsewhere(first.setdefault(t, b.box), b.box) for t, b in zip(texts, blocks, strict=True)]
    if not any(found):
        return found
    repeated = {text for text, is_found in zip(texts, found, strict=True) if is_found}
    new = {b.box.parent for t, b in zip(texts, blocks, strict=True) if t not in repeated and is_paragraph(b)}
    return [
        is_found and not {first[text].parent, block.box.parent} <= new
        for is_found, text, block in zip(found, texts, blocks, strict=True)
    ]


def _is_elsewhere(first: Box, box: Box) -> bool:
    return first is not box and first.parent is not box.parent


def _opens(text: str, summary: str) -> bool:
    """Return whether the folded summary begins like a text."""
    if not summary or not begins(text, summary):
        return False
    folded = fold(text[:SUMMARY_CHARS])
    return len(folded) > 20 and summary.startswith(folded[:60])


def _in_body(text: str, body: str) -> float:
    """Return 1 if the structured article text contains a block, 0 if not, 0.5 if it is short, -1 without a text."""
    if not body:
        return -1
    folded = fold(text)
    if len(folded) < 12:
        return 0.5
    return float(folded[:40] in body) * 0.5 + float(folded[-40:] in body) * 0.5


def text_scores(texts: list[str], lexicon: Lexicon) -> list[float]:
    """Return the lexicon score of each short text."""
    weight = lexicon.texts.get
    return [sum(filter(None, map(weight, words))) / len(words) ** 0.5 if words else 0.0 for words in text_words(texts)]


def _group_columns(blocks: list[TextBlock], sizes: Sizes) -> Matrix:
    """Return for each block the share of the page, the links and the number of the blocks with the same markup."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    keys = [group_key(block.box) for block in blocks]
    for key, block in zip(keys, blocks, strict=True):
        group = groups.setdefault(key, [0, 0, 0])
        group[0] += len(block.text)
        group[1] += block.link_chars
        group[2] += 1
    table = np.array([groups[key] for key in keys], dtype=np.float32)
    return side_by_side((table[:, 0] / sizes.page_chars, table[:, 1] / table[:, 0], np.log1p(table[:, 2])))


def _best_columns(blocks: list[TextBlock], sizes: Sizes) -> Matrix:
    """Return how many boxes out of the page's densest box the one lies that is around both, whether a block is inside,
    and that box's share of the running text.
    """
    best = best_box(blocks)
    if best is None:
        return np.tile(np.array((-1, 0, 0), dtype=np.float32), (len(blocks), 1))
    known = {box: steps for steps, box in enumerate(best.ancestry())}
    steps = np.array([_steps_to(block.box, known) for block in blocks], dtype=np.float32)
    share = np.full(len(blocks), best.paragraph_chars / sizes.page_running, dtype=np.float32)
    return side_by_side((steps, steps == 0, share))


def _steps_to(box: Box, known: dict[Box, int]) -> int:
    steps = known.get(box)
    if steps is None:
        steps = known[box] = 99 if box.parent is None else _steps_to(box.parent, known)
    return steps


def is_paragraph(block: TextBlock) -> bool:
    """Return whether a block is running text, by its length and share of links."""
    return block.width > MIN_RUNNING_WIDTH and block.link_chars < 0.5 * len(block.text)


def group_key(box: Box) -> tuple[str, str, str]:
    """Return the signature of repeated elements: tag, class, and the class of the parent box."""
    return (
        box.tag,
        box.hint if box.tag not in GROUP_TAGS else "",
        box.parent.hint if box.parent is not None else "",
    )


# The share of a paragraph's weight that the boxes around it get, from its own box outwards.
DECAY = (0.0, 1.0, 0.9, 0.7, 0.5)


def best_box(blocks: list[TextBlock]) -> Box | None:
    """Return the box with most running text near its surface."""
    weights: dict[Box, float] = defaultdict(float)
    for block in blocks:
        if is_paragraph(block):
            chars = len(block.text)
            box: Box | None = block.box
            for share in DECAY:
                if box is None:
                    break
                weights[box] += share * chars
                box = box.parent
    return max(weights, key=weights.__getitem__, default=None)


TAG_ROWS = {
    "p": (1, 0, 0, 0, 0, 0, 0, 0),
    "li": (0, 1, 0, 0, 0, 0, 0, 0),
    "td": (0, 0, 0, 1, 0, 0, 0, 0),
    "th": (0, 0, 0, 1, 0, 0, 0, 0),
    "blockquote": (0, 0, 0, 0, 1, 0, 0, 0),
    "div": (0, 0, 0, 0, 0, 1, 0, 0),
    "pre": (0, 0, 0, 0, 0, 0, 1, 0),
    "figcaption": (0, 0, 0, 0, 0, 0, 0, 1),
    "caption": (0, 0, 0, 0, 0, 0, 0, 1),
    **{f"h{level}": (0, 0, level, 0, 0, 0, 0, 0) for level in range(1, 7)},
}
TAG_TABLE = np.array([(0,) * 8, *TAG_ROWS.values()], dtype=np.float32)
TAG_NUMBERS = {tag: number for number, tag in enumerate(TAG_ROWS, start=1)}
