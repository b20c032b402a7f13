"""Read every row out of a text, each reader in turn, and tie the rows to one another."""

from __future__ import annotations

from datetime import datetime

from extract.read.claims import find_quantities
from extract.read.link import link
from extract.read.reading import read_parts
from extract.types import Rows

LANGUAGES = frozenset({"en"})


def read_rows(
    text: str,
    *,
    published_at: datetime | None = None,
    language: str | None = None,
    version_id: str | None = None,
) -> Rows:
    """Read every row out of an English text.

    ``published_at`` anchors relative dates and the days that numbers are true of; without it they stay unresolved.
    Only its date counts, as its own zone has it: pass the local time of the publication, which is what
    ``Article.reading_day`` gives, and not the same instant in UTC, whose day may be the next.

    ``language`` is a BCP 47 tag (``en``, ``en-GB``); a text in a language that has no reader gives no rows and says so
    in ``Rows.skipped``. ``version_id`` names the article version that the rows belong to; without it they carry
    a hash of the text.
    """
    if language and language.lower().split("-")[0].split("_")[0] not in LANGUAGES:
        return Rows(skipped=f"no reader for language {language!r}")
    parts = read_parts(text, published_at, version_id)
    doc, dates, mentions = parts.doc, parts.dates, parts.mentions
    quantities = find_quantities(doc, dates, mentions, published_at, parts.numbers, parts.attributions)
    quantities, attributions = link(doc, quantities, parts.attributions)
    return Rows(tuple(quantities), tuple(attributions), tuple(dates), tuple(mentions))
