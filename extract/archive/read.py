"""Read pages and rows from the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from fastwarc.warc import WarcRecord, WarcRecordType

from extract.archive.members import Member, parse, unpack, walk
from extract.archive.place import ArchivePlace
from extract.archive.rows import load_fetch
from extract.archive.write import FETCH_ROW_TYPE, LOCATION_FIELD
from extract.errors import NewsledgerError
from extract.fetch.body import decode_content
from extract.fetch.errors import AttemptError
from extract.types import Fetch

# More than fetching accepts; an archive from elsewhere may contain a decompression bomb.
MAX_PAGE_BYTES = 64 * 1024 * 1024
# A revisit record refers to the response itself; this program writes no longer chains.
MAX_REVISITS = 3


class ArchiveError(NewsledgerError):
    """A page of the ledger cannot be read from the archive: the file is missing or damaged."""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it was fetched, content coding removed."""

    url: str
    fetched_at: datetime
    status: int | None
    content_type: str | None
    body: bytes


def read_page(place: ArchivePlace, fetch: Fetch) -> ArchivedPage:
    """Read the page of a fetch; for a revisit, the page that it refers to, with the revisit's own time.

    Raises ArchiveError when it is incomplete, or does not match the row's digest.
    """
    if fetch.warc_file is None or fetch.warc_offset is None:
        raise ArchiveError(f"{fetch.url}: this attempt ({fetch.outcome}) left nothing in the archive.")
    file, offset = fetch.warc_file, fetch.warc_offset
    for _ in range(MAX_REVISITS):
        record = _record_at(place, file, offset)
        if record.record_type != WarcRecordType.revisit:
            return _page(record, fetch, file)
        where, _, file = (record.headers.get(LOCATION_FIELD) or "").partition(" ")
        if not where.isdigit() or not file:
            raise ArchiveError(f"{fetch.url}: the revisit record at {offset} does not say where its page is.")
        offset = int(where)
    raise ArchiveError(f"{fetch.url}: revisit records refer to each other.")


def cut_records(place: ArchivePlace, file: str, offset: int) -> tuple[bytes, ...]:
    """Return the record of a page; for a revisit record, first the response record that it refers to.

    Each is the gzip member as in the file, so that their concatenation is a WARC file. Raises ArchiveError when one is
    incomplete.
    """
    found: list[bytes] = []
    for _ in range(MAX_REVISITS):
        member = _member_at(place, file, offset)
        found.insert(0, place.part(file, member.start, member.end))
        record = parse(member.data)
        where, _, file = (record.headers.get(LOCATION_FIELD) or "").partition(" ")
        if record.record_type != WarcRecordType.revisit or not where.isdigit():
            break
        offset = int(where)
    return tuple(found)


def iter_archive(place: ArchivePlace, file: str) -> Iterator[Fetch]:
    """Yield the rows of all complete attempts in one archive file. Damage is skipped."""
    with place.whole(file) as path:
        for item in walk(path):
            if isinstance(item, Member) and (fetch := row_of(item)):
                yield replace(fetch, warc_file=file)


def row_of(member: Member) -> Fetch | None:
    """Return the fetch row in a record, or None for records of other types."""
    if FETCH_ROW_TYPE.encode() not in member.data[:2000]:
        return None
    try:
        record = parse(member.data, parse_http=False)
        return load_fetch(record.reader.read())
    except ValueError:
        return None


def _record_at(place: ArchivePlace, file: str, offset: int) -> WarcRecord:
    return parse(_member_at(place, file, offset).data)


def _member_at(place: ArchivePlace, file: str, offset: int) -> Member:
    name = PurePosixPath(file)
    if name.is_absolute() or ".." in name.parts:
        raise ArchiveError(f"{file} is outside the archive.")
    try:
        member = unpack(_Window(place, file), offset)
        parse(member.data)  # raises where the member holds no record
        return member
    except OSError as error:
        raise ArchiveError(
            f"Archive file {file} cannot be read: {error.strerror or error}.",
            hint="Restore the file from a backup; otherwise its pages must be fetched again.",
        ) from None
    except ValueError as error:
        raise ArchiveError(
            f"Archive file {file} at byte {offset}: {error}.", hint="`newsledger archive verify` lists all damage."
        ) from None


@dataclass(frozen=True, slots=True)
class _Window:
    """A view of an archive file that supports slicing, as ``unpack`` requires."""

    place: ArchivePlace
    file: str

    def __getitem__(self, part: slice) -> bytes:
        return self.place.part(self.file, part.start, part.stop)


def _page(record: WarcRecord, fetch: Fetch, file: str) -> ArchivedPage:
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        raise ArchiveError(f"{fetch.url}: this attempt ({fetch.outcome}) left no page in the archive.")
    raw = record.reader.read()
    headers = record.http_headers if record.is_http_parsed else None
    coding = headers.get("Content-Encoding") if headers else None
    try:
        body = decode_content(raw, coding, MAX_PAGE_BYTES)
    except AttemptError as error:
        raise ArchiveError(f"{fetch.url} in {file}: {error.detail}.") from None
    if fetch.page_sha256 and hashlib.sha256(body).hexdigest() != fetch.page_sha256:
        raise ArchiveError(f"{fetch.url} in {file}: the page does not match the ledger.")
    kind = headers.get("Content-Type") if headers else record.headers.get("Content-Type")
    status = headers.status_code if headers else None
    return ArchivedPage(
        record.headers.get("WARC-Target-URI") or fetch.url, fetch.fetched_at, status, kind or fetch.content_type, body
    )
