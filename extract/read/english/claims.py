"""Numbers with all their slots: the grammar reads the number, the choosers say what it is of, whose, where and when."""

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
    """Find all quantities of a document, in the order of the text.

    ``dates`` keep their characters from being read as numbers, and are the days that a number may be of, as that of
    ``published_at`` is; ``mentions`` tell names from other nouns; ``attributions`` are who may have said a number. All
    may be empty. ``numbers`` are what ``read_numbers`` gave, if that was done before. What speaks of a number's truth
    is left to ``extract.read.english.link``.
    """
    numbers = read_numbers(doc, dates) if numbers is None else numbers
    published = published_at.date() if published_at is not None else None
    choices, _ = choose(doc, numbers, dates, mentions, attributions, published)
    return to_rows(doc, numbers, choices)
