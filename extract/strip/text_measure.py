"""How long a text is, in words; in scripts that part no words by spaces, and in Korean, two characters are one."""

from __future__ import annotations

import re

# Thai, Lao, Burmese and Khmer; kana, Han and hangul.
UNSPACED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CHARS_A_WORD = 2


def count_words(text: str) -> int:
    """Count the words of a text."""
    if text.isascii() or not (chars := len(UNSPACED.findall(text))):
        return len(text.split())
    return chars // CHARS_A_WORD + len(UNSPACED.sub(" ", text).split())


def width(text: str) -> int:
    """Return how many letters of Latin script a text takes the room of."""
    chars = len(text)
    # Each of those characters is three bytes of UTF-8.
    if text.isascii() or len(text.encode("utf-8", "surrogatepass")) < 1.5 * chars:
        return chars
    return chars + len(UNSPACED.findall(text))
