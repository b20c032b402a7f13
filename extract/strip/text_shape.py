"""The shape of a block's text: size, punctuation, links, digits, capitals, how it begins and ends.

The blocks of a page are counted together: their characters stand in one array, each with its classes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.strip.segment import TextBlock
from extract.strip.tables import Matrix, Sizes, side_by_side

DIGIT, UPPER, END, AFTER_END = 1, 2, 4, 8
ENDS = ".!?…。！？।"
AFTER = " \t\n\"'”“’»)\0"
QUOTES = "\"'”“’»)"
CLASSED = 0x10000
# Sentences are counted in so many characters of a text, digits and capitals in so many.
MAX_SENTENCE_CHARS = 2_000
HEAD_CHARS = 300


def _classes() -> NDArray[np.uint8]:
    """Return the classes of all characters of the basic plane, by code."""
    table = np.zeros(CLASSED, dtype=np.uint8)
    for code in range(CLASSED):
        char = chr(code)
        table[code] = DIGIT * ("0" <= char <= "9") | UPPER * char.isupper()
    for char in ENDS:
        table[ord(char)] |= END
    for char in AFTER:
        table[ord(char)] |= AFTER_END
    return table


CLASSES = _classes()


def shape_columns(blocks: list[TextBlock], sizes: Sizes) -> Matrix:
    """Return one row a block: the 14 measures of its text, in the order of ``features.BLOCK_COLUMNS``."""
    texts = [block.text for block in blocks]
    chars = sizes.chars
    words = np.array([text.count(" ") for text in texts], dtype=np.float32) + 1
    commas = np.array([text.count(",") for text in texts], dtype=np.float32)
    sentences, digits, capitals = _counts(texts)
    head = np.minimum(chars, HEAD_CHARS)
    return side_by_side(
        (
            np.log1p(sizes.widths),
            np.log1p(words),
            np.minimum(sentences, 20),
            commas / words,
            sizes.link_chars / chars,
            np.minimum(sizes.links, 20),
            sizes.bold_chars / chars,
            digits / head,
            capitals / head,
            np.minimum(chars / words, 30),
            np.array([_edges(text) for text in texts], dtype=np.float32),
        )
    )


def _edges(text: str) -> tuple[bool, bool, bool, bool]:
    last = text.rstrip(QUOTES)[-1:]
    return last != "" and last in ENDS, last == ":", text.endswith(("...", "…", "[…]")), text[0].islower()


def _counts(texts: list[str]) -> tuple[Matrix, Matrix, Matrix]:
    """Count the ends of sentences, and the digits and capitals of the texts' heads."""
    pieces = [text[:MAX_SENTENCE_CHARS] for text in texts]
    codes = np.frombuffer("\0".join([*pieces, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = CLASSES.take(codes, mode="clip")
    sizes = np.array([len(piece) + 1 for piece in pieces])
    starts = np.cumsum(sizes) - sizes
    ends = (classes & END) != 0
    ends[:-1] &= (classes[1:] & AFTER_END) != 0
    is_head = np.arange(len(codes)) - np.repeat(starts, sizes) < HEAD_CHARS
    digits = ((classes & DIGIT) != 0) & is_head
    capitals = ((classes & UPPER) != 0) & is_head
    counts = [np.add.reduceat(marks, starts, dtype=np.float32) for marks in (ends, digits, capitals)]
    return counts[0], counts[1], counts[2]
