"""A text with its sentences and, on demand, their syntax.

The dependency parse is by far the most expensive step of reading, so a sentence is parsed once, when a reader first
asks for it, and the result is shared by all readers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from extract.identity import stable_id
from extract.read.english.footnotes import without_marks
from extract.read.english.parser import parse
from extract.read.english.sentences import split_sentences
from extract.read.quotes import Quotes

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Document:
    """A text with its sentences; ``parsed`` returns a sentence's spaCy parse, computed on first use.

    ``sentences`` are half-open ``(start, end)`` character offsets in ascending order. Token offsets of a parsed
    sentence are relative to the sentence's start.
    """

    def __init__(self, text: str, *, version_id: str | None = None) -> None:
        self.text = text
        self.version_id = version_id or stable_id("text", text)
        self._parsed: dict[int, Doc] = {}
        self._wanted: set[int] = set()

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Return the offsets of the sentences; the end of a block always ends a sentence."""
        return split_sentences(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def quotes(self) -> Quotes:
        """Return the quotations that the quotation marks delimit."""
        return Quotes(self.text)

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that contains an offset, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def reached(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """Return the indices of the sentences that overlap any of these spans."""
        return {i for s, e in spans for i in range(self.sentence_at(s), self.sentence_at(max(s, e - 1)) + 1)}

    def want(self, indices: Iterable[int]) -> None:
        """Add these sentences to the next batch to parse: one large batch is cheaper than one for each reader."""
        self._wanted.update(indices)

    def parse(self, indices: Iterable[int]) -> None:
        """Parse these sentences and those added by ``want``, in one batch, which is cheaper than one by one."""
        self._wanted.update(indices)
        # Sorted by length, because the model pads to the longest.
        wanted = sorted(self._wanted - self._parsed.keys(), key=lambda i: (self._length(i), i))
        self._wanted.clear()
        if not wanted:
            return
        for i, doc in zip(wanted, parse(map(self.sentence_text, wanted)), strict=True):
            self._parsed[i] = doc

    def sentence_text(self, index: int) -> str:
        """Return the text of a sentence as it is parsed: footnote marks, which the parser takes for parts of
        words, are replaced by spaces."""
        return without_marks(self.text[slice(*self.sentences[index])])

    def _length(self, index: int) -> int:
        start, end = self.sentences[index]
        return end - start

    @property
    def parsed_sentences(self) -> list[int]:
        """Return the indices of the sentences parsed so far, in ascending order."""
        return sorted(self._parsed)

    def parsed(self, index: int) -> Doc:
        """Return the parse of one sentence, which is parsed now if it is not yet."""
        if index not in self._parsed:
            self.parse([index])
        return self._parsed[index]
