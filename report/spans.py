"""Text split into pieces: highlights in an article, and changes between two of its versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from report.words import Row

WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (half-open) of a text with a meaning: quantity, source or cue."""

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and the spans that cover it; ``opens`` names the quantity that begins here."""

    text: str
    kinds: tuple[str, ...] = ()
    quantity: str | None = None
    opens: str | None = None


def cut(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    """Split ``text[start:end]`` where spans begin and end, so that each piece is wholly inside or outside each span."""
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    edges = {start, end, *(max(s.start, start) for s in inside), *(min(s.end, end) for s in inside)}
    points = sorted(edges)
    return [_piece(text, a, b, inside) for a, b in pairwise(points)]


def _piece(text: str, a: int, b: int, spans: Sequence[Span]) -> Piece:
    over = [s for s in spans if s.start <= a and s.end >= b]
    quantities = sorted((s for s in over if s.kind == "quantity"), key=lambda s: s.end - s.start)
    first = quantities[0] if quantities else None
    opens = first.id if first and first.start == a else None
    return Piece(text[a:b], tuple(sorted({s.kind for s in over})), first.id if first else None, opens)


def quoted(claim: Row) -> list[Piece]:
    """Split a claim's quote into the text before its number, the number, and the text after it."""
    quote = claim["quote"] or ""
    start, end = (claim[edge] - claim["sentence_start"] for edge in ("claim_start", "claim_end"))
    if not 0 <= start < end <= len(quote):
        return [Piece(quote)]
    pieces = Piece(quote[:start]), Piece(quote[start:end], ("quantity",)), Piece(quote[end:])
    return [piece for piece in pieces if piece.text]


@dataclass(frozen=True, slots=True)
class Change:
    """Two versions side by side: a paragraph's older and newer pieces, or a number of unchanged paragraphs."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    same: int = 0


def compare_paragraphs(before: str, after: str) -> Iterator[Change]:
    """Compare two texts paragraph by paragraph, and those that changed word by word."""
    old, new = before.splitlines(), after.splitlines()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(same=sum(1 for line in old[i:j] if line.strip()))
            continue
        for left, right in zip_longest(old[i:j], new[k:m], fillvalue=""):
            gone, added = compare(left, right)
            yield Change(tuple(gone), tuple(added))


def compare(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Mark the words that only the older text has (``gone``) and those that only the newer one has (``new``)."""
    old, new = WORD.findall(before), WORD.findall(after)
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        if i < j:
            left.append(Piece("".join(old[i:j]), () if same else ("gone",)))
        if k < m:
            right.append(Piece("".join(new[k:m]), () if same else ("new",)))
    return left, right
