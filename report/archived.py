"""Archived pages: for each version, a page of the report with its record from the archive.

Such a page loads and runs nothing of the original site: it contains the record as a file to save, and shows the HTML
in a frame that may neither run scripts nor access the network.
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
    """A page from the archive: its records as a separate WARC file, and its HTML if it is a text page."""

    warc: bytes
    html: str

    @property
    def sha256(self) -> str:
        """Digest of the WARC file."""
        return hashlib.sha256(self.warc).hexdigest()

    @property
    def base64(self) -> str:
        """The WARC file in base64, for a data link."""
        return base64.b64encode(self.warc).decode()


def open_record(place: ArchivePlace, row: Row) -> Archived:
    """Open the archived page of a row with a fetch's columns. Raises ArchiveError if it cannot be read completely."""
    if row["warc_file"] is None:
        raise ArchiveError(NOT_ARCHIVED)
    names = ("fetch_id", "source", "url", "fetched_at", "warc_file", "warc_offset", "page_sha256")
    page = read_page(place, Fetch(outcome="ok", **{name: row[name] for name in names}))
    warc = b"".join(cut_records(place, row["warc_file"], row["warc_offset"]))
    return Archived(warc, decode_page(page.body, page.content_type).decode())


def path_of(version_id: str) -> str:
    """Return the path of the page with the record of a version."""
    return f"archive/{version_id}.html"


def write_archived(press: Press, place: ArchivePlace | None) -> dict[str, dict[str, str | None]]:
    """Write a page for the record of each version shown; none without ``place``.

    Returns by article and version why a record cannot be opened; None if its page was written.
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
