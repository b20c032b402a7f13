"""Text tables: choose columns and cut cells so that every row fits on one line of the terminal.

Numbers are never cut, because a cut number is another number, and texts that contain numbers are cut last. Columns are
dropped from the right, so the column order of a query decides which ones are seen. A single row that does not fit is
set vertically, with a line or more for each column.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from load.plain_text import clean

GAP = "  "
# Minimum widths of a text column, and of one that mostly holds sentences or numbers in words. With a value as written
# in the first column, five such columns fit into 80 cells.
NARROW, SENTENCE = 11, 28
LONG_TEXT = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as lines. The first ``head`` lines are its header; ``hidden`` names the columns that were dropped."""

    lines: tuple[str, ...]
    head: int
    hidden: tuple[str, ...] = ()


def lay_out(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Sequence[bool],
    width: int | None,
    ellipsis: str = "…",
) -> Layout:
    """Format rows of cells as lines of at most ``width`` terminal cells; without a width nothing is cut or dropped.

    ``numeric`` says for each column whether it is right-aligned and must not be cut.
    """
    heads = [one_line(column) for column in columns]
    cells = [[one_line(cell) for cell in row] for row in rows]
    natural = [max(map(text_width, (head, *(row[at] for row in cells)))) for at, head in enumerate(heads)]
    if width is None or _total(natural) <= width:
        return _across(heads, cells, natural, numeric, ellipsis)
    if len(rows) == 1:
        return _upright(columns, rows[0], width)
    floors = [
        full if is_number else min(full, _least(head, filter(None, column)))
        for full, is_number, head, *column in zip(natural, numeric, heads, *cells, strict=True)
    ]
    shown = max(1, sum(_total(floors[: count + 1]) <= width for count in range(len(floors))))
    widths = _share(natural[:shown], floors[:shown], width)
    # A single column wider than the terminal is cut, whatever it holds.
    widths = [min(column, width) for column in widths]
    kept = [row[:shown] for row in cells]
    layout = _across(heads[:shown], kept, widths, numeric[:shown], ellipsis)
    return Layout(layout.lines, layout.head, tuple(columns[shown:]))


def one_line(text: str) -> str:
    """Put a text on one line, without control characters."""
    return clean(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)


def text_width(text: str) -> int:
    """Return how many terminal cells a text takes: East Asian wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_sign_width, text))


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Cut a text to a width, with an ellipsis for the missing part."""
    if text_width(text) <= width:
        return text
    room, kept = width - len(ellipsis), []
    for sign in text:
        room -= _sign_width(sign)
        if room < 0:
            break
        kept.append(sign)
    return ("".join(kept).rstrip() + ellipsis)[: max(width, 1)]


def _least(head: str, texts: Iterable[str]) -> int:
    """Return the minimum width of a text column, by what most of its non-empty cells contain."""
    kinds = [(text_width(text) > LONG_TEXT, any(map(str.isdigit, text))) for text in texts]
    sentences, with_numbers = (sum(kind) for kind in zip(*kinds, strict=True)) if kinds else (0, 0)
    if max(sentences, with_numbers) * 2 > len(kinds):
        return SENTENCE
    return max(NARROW, min(text_width(head), SENTENCE))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * max(len(widths) - 1, 0)


def _share(natural: Sequence[int], floors: Sequence[int], width: int) -> list[int]:
    """Give every column its minimum, and distribute the rest, the columns that need least first."""
    widths = list(floors)
    left = width - _total(widths)
    needy = sorted((full - floor, at) for at, (full, floor) in enumerate(zip(natural, floors, strict=True)))
    for rank, (need, at) in enumerate(needy):
        given = min(need, max(left, 0) // (len(needy) - rank))
        widths[at] += given
        left -= given
    return widths


def _across(
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    numeric: Sequence[bool],
    ellipsis: str,
) -> Layout:
    def line(row: Sequence[str]) -> str:
        return GAP.join(
            _pad(cut(cell, width, ellipsis), width, is_number)
            for cell, width, is_number in zip(row, widths, numeric, strict=True)
        ).rstrip()

    return Layout((line(heads), *map(line, cells)), head=1)


def _pad(text: str, width: int, to_the_right: bool) -> str:
    blank = " " * (width - text_width(text))
    return blank + text if to_the_right else text + blank


def _upright(columns: Sequence[str], row: Sequence[str], width: int) -> Layout:
    """Format one row as a list of names and values; values are wrapped, never cut."""
    names = max(text_width(one_line(column)) for column in columns)
    room = max(width - names - len(GAP), NARROW)
    lines = []
    for column, value in zip(columns, row, strict=True):
        parts = textwrap.wrap(clean(value), room, break_on_hyphens=False) or [""]
        name = one_line(column)
        lines.append(f"{_pad(name, names, False)}{GAP}{parts[0]}".rstrip())
        lines += [" " * names + GAP + part for part in parts[1:]]
    return Layout(tuple(lines), head=0)
