"""Cut a sentence into tokens that the number grammar reads: numerals, words and single signs."""

from __future__ import annotations

import re

VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
GAP = "\u00a0\u202f\u2009"
TOKEN = re.compile(
    rf"""
      [0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?      # 1,234,567.8
    | [0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])        # 12,34,567
    | [0-9]{{1,3}}(?:[{GAP}'’][0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?
    | [0-9]{{1,3}}(?:[ ][0-9]{{3}})+(?![0-9,.:/]?[0-9])       # 1 234 567
    | [0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}}(?![0-9])             # 1.234.567
    | [0-9]+(?:\.[0-9]+)?
    | (?<![\w.])\.[0-9]+
    | [{VULGAR}]
    | (?:[^\W\d_]\.){{2,}}                                    # U.S., a.m.
    | ['’′]s\b
    | (?:(?![{VULGAR}])[^\W\d_])+(?:['’](?!s\b)[^\W\d_]+)*
    | \S
    """,
    re.VERBOSE,
)


class Tokens:
    """A sentence's tokens in parallel lists; offsets count from the text's start.

    ``texts`` are as written, ``words`` in lower case and with straight apostrophes. ``word(i)`` and ``glued(i)`` may be
    asked beyond both ends.
    """

    __slots__ = ("end", "ends", "start", "starts", "text", "texts", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in TOKEN.finditer(text, start, end):
            self.texts.append(match.group())
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.words = [piece.lower() for piece in self.texts]
        if "’" in text[start:end]:
            self.words = [word.replace("’", "'") if len(word) > 1 else word for word in self.words]

    def __len__(self) -> int:
        return len(self.texts)

    def word(self, i: int) -> str:
        """Return the token in lower case; the empty string beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def raw(self, i: int) -> str:
        """Return the token as written; the empty string beyond the ends."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def glued(self, i: int) -> bool:
        """Tell whether token ``i`` follows the one before it without a space."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the character offsets of tokens ``first`` to ``last`` (half-open)."""
        return self.starts[first], self.ends[last - 1]

    def join(self, first: int, last: int) -> str:
        """Give the text from token ``first`` to ``last`` (half-open) as written; empty for an empty range."""
        return self.text[slice(*self.span(first, last))] if last > first else ""
