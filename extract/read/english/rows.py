"""Extracts all rows from an English text, one reader after the other, and links them to each other."""

from __future__ import annotations

from datetime import datetime

from extract.read.english.claims import quantities_and_speech
from extract.read.english.link import link
from extract.read.english.reading import read_parts
from extract.types import Rows


def read_english(text: str, published_at: datetime | None, version_id: str | None) -> Rows:
    """Return the rows of an English text; ``extract.read.rows.read_rows`` documents the arguments."""
    parts = read_parts(text, published_at, version_id)
    doc, dates, mentions = parts.doc, parts.dates, parts.mentions
    quantities, attributions = quantities_and_speech(
        doc, dates, mentions, parts.published, parts.numbers, parts.attributions
    )
    quantities, attributions = link(doc, quantities, attributions)
    return Rows(tuple(quantities), tuple(attributions), tuple(dates), tuple(mentions))
