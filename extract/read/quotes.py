"""Quotations as the quotation marks show them: where each opens, and where it closes."""

from __future__ import annotations

import re
from bisect import bisect_right

MARK = re.compile(
    r"[\"“”„«»]|''|``|(?<![\w‘])‘(?=\w)|(?<=[\w.,!?…])’(?!\w)|"
    # A straight single mark opens only speech that ends in a mark of its own: 'We lost 40 boats,' he said.
    r"(?<![\w'])'(?=[A-Z](?:[^\"“”'\n]|(?<=\w)'(?=\w)){8,600}[.,!?…]'(?!\w))|(?<=[.,!?…])'(?!\w)"
)
ANY_MARK = re.compile(r"[\"“”„«»'`‘’]")  # a set of characters alone is looked for far faster
OPENING = frozenset({"“", "``", "„", "«", "‘", "'"})
CLOSING = {"“": "”", "„": "“”", "``": "''", "«": "»", "‘": "’", "'": "'", "''": "''", '"': '"”', "”": "”"}


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Return the quotations of a text, marks included, as half-open offsets in ascending order.

    A quotation that does not close before the end of its line ends there: a speech over several paragraphs
    opens each of them anew, as newspapers print it.
    """
    spans: list[tuple[int, int]] = []
    base = 0
    for line in text.split("\n"):
        if ANY_MARK.search(line):
            spans.extend((base + start, base + end) for start, end in _in_line(line))
        base += len(line) + 1
    return spans


def _in_line(line: str) -> list[tuple[int, int]]:
    spans = []
    opened: re.Match[str] | None = None
    inner = False
    for mark in MARK.finditer(line):
        if opened is None:
            opened = mark if _may_open(line, mark) else None
            inner = False
        elif _closes(line, opened.group(), mark, inner=inner):
            spans.append((opened.start(), mark.end()))
            opened = None
        elif mark.group() == '"':
            inner = not inner
    if opened is not None and opened.group() not in "‘'":
        spans.append((opened.start(), len(line)))
    return spans


def _closes(line: str, opening: str, mark: re.Match[str], *, inner: bool) -> bool:
    if mark.group() == "'":
        return opening == "'"
    return mark.group() in CLOSING[opening] or (opening == "“" and not inner and _closes_like(line, mark))


def _closes_like(line: str, mark: re.Match[str]) -> bool:
    """Does a mark of another kind stand where one closes ("... over,“ he said")?"""
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    return mark.group() in {'"', "“"} and not before.isspace() and not after.isalnum()


def _may_open(line: str, mark: re.Match[str]) -> bool:
    if mark.group() in OPENING:
        return True
    if mark.group() in {'"', "''"}:
        return line[mark.end() : mark.end() + 1].strip() != ""
    return False


class Quotes:
    """The quotations of one text, looked up by offset."""

    def __init__(self, text: str) -> None:
        self.spans = quote_spans(text)
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> tuple[int, int] | None:
        """The quotation that holds the character at ``offset``."""
        i = bisect_right(self._starts, offset) - 1
        return self.spans[i] if i >= 0 and offset < self.spans[i][1] else None

    def touch(self, start: int, end: int) -> bool:
        """Does any quotation reach into these characters?"""
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and self.spans[i][1] > start
