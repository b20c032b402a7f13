"""Extraction of complete quantities: the grammar reads the number, the slot models add its thing, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from extract.read.english.document import Document
from extract.read.english.quantities import Numbers, read_numbers
from extract.read.english.quantities.rows import to_rows
from extract.read.english.slots.choose import choose
from extract.types import Attribution, DateMention, Mention, Quantity


def find_quantities(
    doc: Document,
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    published_at: datetime | None,
    numbers: Sequence[Numbers] | None = None,
    attributions: Sequence[Attribution] = (),
) -> list[Quantity]:
    """Return all quantities of a document, in the order of the text.

    Spans of ``dates`` are not read as numbers; these dates and that of ``published_at`` are the candidate reference
    times. ``mentions`` tell names from other nouns; ``attributions`` are the candidate sources. All may be empty.
    ``numbers`` is the result of ``read_numbers``, if available. The verification status is left to
    ``extract.read.english.link``.
    """
    numbers = read_numbers(doc, dates) if numbers is None else numbers
    published = published_at.date() if published_at is not None else None
    choices, _ = choose(doc, numbers, dates, mentions, attributions, published)
    return to_rows(doc, numbers, choices)
