"""Which sentences can hold an attribution at all: those with a cue word outside of quotation marks."""

from __future__ import annotations

import re
from functools import cache

from extract.read.attributions.lexicon import adjectives, nouns, verbs
from extract.read.attributions.quotes import Quotes

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
OTHERS = frozenset({"according", "reportedly", "allegedly", "supposedly", "purportedly"})


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(verbs()) | frozenset(nouns()) | frozenset(adjectives()) | OTHERS


def holds_cue(text: str, span: tuple[int, int], quotes: Quotes) -> bool:
    """Is there a cue word in this sentence that no quotation holds, or a quotation whose verb may be any?"""
    words = _cue_words()
    start, end = span
    for match in WORD.finditer(text, start, end):
        if match.group().lower() in words and quotes.at(match.start()) is None:
            return True
    return False
