"""Read every row out of a text, with the reader of its language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from extract.read.english.rows import read_english
from extract.types import Rows

Reader = Callable[[str, datetime | None, str | None], Rows]

# The primary tag of each language that is read (BCP 47), and its reader: text, time of publication, version's id.
READERS: dict[str, Reader] = {"en": read_english}
DEFAULT = "en"


def read_rows(
    text: str,
    *,
    published_at: datetime | None = None,
    language: str | None = None,
    version_id: str | None = None,
) -> Rows:
    """Read every row out of a text, with the reader of its language: so far there is one, for English (``READERS``).

    ``published_at`` anchors relative dates and the days that numbers are true of; without it they stay unresolved.
    Only its date counts, as its own zone has it: pass the local time of the publication, which is what
    ``Article.reading_day`` gives, and not the same instant in UTC, whose day may be the next.

    ``language`` is a BCP 47 tag (``en``, ``en-GB``), English where it is not known; a text in a language that has no
    reader gives no rows and says so in ``Rows.skipped``. ``version_id`` names the article version that the rows belong
    to; without it they carry a hash of the text.
    """
    reader = READERS.get(language.lower().split("-")[0].split("_")[0] if language else DEFAULT)
    if reader is None:
        return Rows(skipped=f"no reader for language {language!r}")
    return reader(text, published_at, version_id)
