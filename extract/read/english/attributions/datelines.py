"""The offset of a story's text after its dateline ("LONDON - ", "KYIV, Nov 27 (Reuters) - "), which is not a claim."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.read.english.attributions.drafts import Draft, Span, trim

TOWN = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+)(?:[ /](?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+|(?:de|la|el|of)))*"
PLACE_OR_DAY = r"(?:,\s+[A-Z][\w.'’ -]{1,30}?){0,3}"
DATELINE = re.compile(
    rf"(?:{TOWN}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}(?={PLACE_OR_DAY}\s+\([A-Z]))"
    rf"{PLACE_OR_DAY}(?:\s+\((?:[A-Z][\w.&'’/ -]{{1,30}})\))?\s*(?:--|[-–—])\s*(?=[\w\"“‘'(])"
)
DASH = re.compile(r"(?:--|[–—])\s+")
SIGN = re.compile(r"[-–—]")  # every dateline has one; the full pattern is expensive
LONGEST = 120  # characters


def story_start(text: str, span: Span) -> int:
    """Return the offset of a sentence's text after a dateline that opens a paragraph; without one, its start."""
    start, end = span
    if dash := DASH.match(text, start, end):  # the dateline itself ended in a full stop: "ST. LOUIS, Mo. -- "
        return dash.end()
    if start and text[start - 1] != "\n":
        return start
    limit = min(end, start + LONGEST)
    match = DATELINE.match(text, start, limit) if SIGN.search(text, start, limit) else None
    return match.end() if match else start


def without_dateline(draft: Draft, text: str, start: int) -> Draft | None:
    """Remove the part before ``start`` from a draft; None when no content is left."""
    source = draft.source
    if source is not None and source[0] < start:
        source = trim(text, start, source[1]) if source[1] > start else None
    head = draft.source_head if source is not None else None
    pieces = (trim(text, max(s, start), e) for s, e in draft.content if e > start)
    content = tuple(piece for piece in pieces if piece is not None)
    return replace(draft, source=source, source_head=head, content=content) if content else None
