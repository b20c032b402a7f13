"""The archived pages: the record of each version, cut out of the archive into a page of its own that opens it.

Such a page loads nothing and runs nothing of the site's: the record is in it as a file to save, and the HTML is shown
in a frame that may neither run scripts nor ask the network.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from extract.archive import ArchiveError, ArchivePlace, cut_records, read_page
from extract.strip.decode import decode_page
from extract.types import Fetch
from report import data
from report.press import Press
from report.words import Row

NOT_ARCHIVED = "The page was not archived."


@dataclass(frozen=True, slots=True)
class Archived:
    """A page out of the archive: its records as a WARC file of their own, and its HTML, if it is one of text."""

    warc: bytes
    html: str

    @property
    def sha256(self) -> str:
        """Digest of the WARC file."""
        return hashlib.sha256(self.warc).hexdigest()

    @property
    def base64(self) -> str:
        """The WARC file as a link holds it."""
        return base64.b64encode(self.warc).decode()


def open_record(place: ArchivePlace, row: Row) -> Archived:
    """Open the archived page of a row that has a fetch's columns. Raises ArchiveError when it cannot be had whole."""
    if row["warc_file"] is None:
        raise ArchiveError(NOT_ARCHIVED)
    names = ("fetch_id", "source", "url", "fetched_at", "warc_file", "warc_offset", "page_sha256")
    page = read_page(place, Fetch(outcome="ok", **{name: row[name] for name in names}))
    warc = b"".join(cut_records(place, row["warc_file"], row["warc_offset"]))
    return Archived(warc, decode_page(page.body, page.content_type).decode())


def path_of(version_id: str) -> str:
    """Name the page that opens the record of a version."""
    return f"archive/{version_id}.html"


def write_archived(press: Press, place: ArchivePlace | None) -> dict[str, dict[str, str | None]]:
    """Write a page for the record of each version shown; without a place, none.

    Returns by article and version what keeps a record from being opened, None where its page is there.
    """
    gaps: dict[str, dict[str, str | None]] = {}
    if place is None:
        return gaps
    for row in data.records(press.con):
        path, made_of = path_of(row["version_id"]), press.key([*row.values()])
        gap = None if press.site.keep(path, made_of) else _write(press, place, row, path, made_of)
        gaps.setdefault(row["article_id"], {})[row["version_id"]] = gap
    return gaps


def _write(press: Press, place: ArchivePlace, row: Row, path: str, made_of: str) -> str | None:
    try:
        opened = open_record(place, row)
    except ArchiveError as error:
        return error.message
    values: dict[str, Any] = {"record": row, "archived": opened}
    press.page(path, "archived.html.j2", made_of, **values)
    return None
