"""The common input of all quantity readers: a text with its dates, names, numbers and attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from extract.read.english.attributions import find_attributions
from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions
from extract.read.english.quantities import Numbers, read_numbers
from extract.read.english.slots.choose import readable
from extract.types import Attribution, DateMention, Mention


@dataclass(frozen=True, slots=True)
class Parts:
    """The intermediate results for a text; ``published`` is the day of publication, or None if unknown."""

    doc: Document
    published: date | None
    dates: Sequence[DateMention]
    mentions: Sequence[Mention]
    numbers: Sequence[Numbers]
    attributions: Sequence[Attribution]


def read_parts(text: str, published_at: datetime | None, version_id: str | None = None) -> Parts:
    """Extract everything that the slots of a number are chosen from; ``published_at`` anchors relative dates."""
    doc = Document(text, version_id=version_id)
    dates = find_dates(doc, published_at)
    mentions = find_mentions(doc)
    numbers = read_numbers(doc, dates)
    dates = _without_counts(dates, numbers)
    doc.want(index for index, _, _ in readable(doc, numbers)[0])
    attributions = find_attributions(doc, mentions)
    return Parts(doc, published_at.date() if published_at else None, dates, mentions, numbers, attributions)


def _without_counts(dates: Sequence[DateMention], numbers: Sequence[Numbers]) -> list[DateMention]:
    """Return the dates without bare years that the number rules read as counts: "left 2016 empty"."""
    counts = {tokens.starts[draft.number_first] for _, tokens, drafts in numbers for draft in drafts}
    return [date for date in dates if not (date.start in counts and date.surface.isdigit())]
