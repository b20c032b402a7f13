"""Tokenises a sentence into words and punctuation marks, with each longer quotation as one word."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.read.english.attributions.drafts import Span
from extract.read.quotes import Quotes

TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd|No|[A-Z])\.|"
    r"\d[\d.,]*\d|\w+(?:[’'.-]\w+)*[’']?(?!\w)|[^\w\s]"
)
QUOTE_MIN = 3  # words; shorter quotations are scare quotes inside a clause
QUOTED = "\ue000"


class Word(NamedTuple):
    """A word, a mark or a whole quotation, as written and in lower case, with its offsets in the text."""

    text: str
    start: int
    end: int
    lower: str


def words_of(text: str, span: Span, quotes: Quotes) -> list[Word]:
    """Return the words of a sentence, with each longer quotation as one word."""
    start, end = span
    matches = TOKEN.finditer(text, start, end)
    if not quotes.touch(start, end):
        return [Word(word := m.group(), *m.span(), word.lower()) for m in matches]
    out: list[Word] = []
    at = start
    for match in matches:
        if match.start() < at:
            continue
        quoted = quotes.at(match.start())
        if quoted is not None and _is_speech(text[max(start, quoted[0]) : min(end, quoted[1])]):
            at = min(end, quoted[1])
            out.append(Word(QUOTED, match.start(), at, QUOTED))
        else:
            word = match.group()
            out.append(Word(word, match.start(), match.end(), word.lower()))
    return out


def _is_speech(quotation: str) -> bool:
    """Return whether a quotation is speech rather than a word in scare quotes."""
    return len(quotation.split()) >= QUOTE_MIN or quotation.rstrip("\"”’'")[-1:] in {",", ".", "?", "!"}
