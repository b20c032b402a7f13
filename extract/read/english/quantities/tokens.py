"""Tokenise a sentence for the number grammar: numerals, words and single signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.read.english.footnotes import marks

VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
GAP = "\u00a0\u202f\u2009"
TOKEN = re.compile(
    rf"""
      [0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?      # 1,234,567.8
    | [0-9]{{1,3}}(?:\.[0-9]{{3}})+,[0-9]{{2}}(?![0-9])       # 1.234,50
    | [0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])        # 12,34,567
    | [0-9]{{1,3}}(?:[{GAP}'’][0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?
    | [0-9]{{1,3}}(?:[ ][0-9]{{3}})+(?![0-9,.:/]?[0-9]|\s?%)  # 1 234 567; "74 100%" are two numbers
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


class _Padded(dict[int, str]):
    """Tokens by index; the empty string beyond both ends."""

    def __missing__(self, key: int) -> str:
        return ""


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the tokens of ``text[start:end]`` without its footnote marks, which no rule reads as words."""
    at = start
    for first, last in marks(text, start, end):
        yield from TOKEN.finditer(text, at, first)
        at = last
    yield from TOKEN.finditer(text, at, end)


class Tokens:
    """A sentence's tokens in parallel lists; ``starts`` and ``ends`` are character offsets into the text.

    ``texts`` are as written, ``words`` in lower case with straight apostrophes. ``word(i)`` and ``raw(i)`` return one
    token of each; they and ``glued(i)`` accept indices beyond both ends. Rules look up words some hundred times per
    number, so both are plain dictionary look-ups.
    """

    __slots__ = ("_distinct", "end", "ends", "raw", "start", "starts", "text", "texts", "word", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._distinct: frozenset[str] | None = None
        spans = [match.span() for match in _matches(text, start, end)]
        self.texts = [text[a:b] for a, b in spans]
        self.starts = [a for a, _ in spans]
        self.ends = [b for _, b in spans]
        self.words = [piece.lower() for piece in self.texts]
        if "’" in text[start:end]:
            self.words = [word.replace("’", "'") if len(word) > 1 else word for word in self.words]
        self.word: Callable[[int], str] = _Padded(enumerate(self.words)).__getitem__
        self.raw: Callable[[int], str] = _Padded(enumerate(self.texts)).__getitem__

    def __len__(self) -> int:
        return len(self.texts)

    def holds(self, words: frozenset[str]) -> bool:
        """Return whether any of these lower-case words is among the tokens."""
        if self._distinct is None:
            self._distinct = frozenset(self.words)
        return not words.isdisjoint(self._distinct)

    def glued(self, i: int) -> bool:
        """Return whether token ``i`` follows the previous one without a space."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets (start, end) of tokens ``first`` to ``last`` (half-open, not empty)."""
        return self.starts[first], self.ends[last - 1]

    def join(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last`` (half-open) as written; "" for an empty range."""
        return self.text[slice(*self.span(first, last))] if last > first else ""
