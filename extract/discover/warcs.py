"""WARC files of any origin, CC-NEWS among them: their pages, and which parts of a damaged file are lost.

A bad record never ends a file: reading continues with the next complete one, and the gap is reported.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extract.discover.payload import parse_payload
from extract.errors import InputError
from extract.fetch.body import decode_content
from extract.fetch.errors import AttemptError
from extract.fetch.judge import Answer, judge
from extract.fetch.result import FetchResult
from extract.identity import stable_id
from extract.outcomes import Outcome
from extract.types import Fetch

MAX_PAGE_BYTES = 20_000_000
# The date of a streamed record whose own date is invalid; constant, so that it is the same each time.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = (WarcRecordType.response, WarcRecordType.resource)
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
# The start of a record; a record is followed by two line ends.
BEGINNING = re.compile(rb"(?:\n|\0)(WARC/(?:1\.[01]|0\.1[78])\r?\n(?=[A-Za-z-]+:))")
SWALLOWED = re.compile(rb"\r?\n\r?\n(?:\r?\n)*WARC/(?:1\.[01]|0\.1[78])\r?\n[A-Za-z-]+:")
HEAD_BYTES = 4_096
# A member that begins a record yields its first line within this many bytes.
PROBE_BYTES = 1_024


class NotWarcError(InputError):
    """The file is not a WARC file."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of a file, in bytes, from which no record could be read, and why."""

    start: int
    end: int
    what: str


def told_losses(lost: list[Loss]) -> str:
    """Describe in one sentence which parts of a file could not be read."""
    places = "; ".join(f"bytes {loss.start} to {loss.end}: {loss.what}" for loss in lost[:5])
    more = f"; and {len(lost) - 5} more" if len(lost) > 5 else ""
    return f"{len(lost)} damaged stretches could not be read ({places}{more})"


def read_warc(path: Path, source: str, lost: list[Loss] | None = None) -> Iterator[FetchResult]:
    """Yield the pages of a WARC file: responses and resources of web URLs, each with an outcome.

    Requests, metadata, revisits, logs and DNS records contain no page. Damaged stretches are added to ``lost``. Raises
    InputError when the file cannot be opened or is not a WARC file.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"Cannot read the WARC file {path}: {error.strerror or error}.") from None
    lost = [] if lost is None else lost
    with file:
        _require_warc(file.read(HEAD_BYTES), path)
        # The date of a record whose own date is invalid.
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for record in _records(file, data, lost):
                if page := _page(record, source, changed):
                    yield page


def stream_warc(
    stream: RawIOBase, source: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[int, FetchResult | None]]:
    """Yield the pages of a streamed WARC file, each with the byte offset of its record.

    ``wanted`` decides by URL whether a record is read; None stands for one that is not. The stream may begin at any
    record, and its ``tell`` returns offsets in the file. Raises InputError at a damaged record.
    """
    try:
        for record in ArchiveIterator(stream, parse_http=False, record_types=_KIND_BITS):
            url = (record.headers.get("WARC-Target-URI") or "").strip(" <>")
            found = _record(record) if wanted(url) else None
            yield record.stream_pos, _page(found, source, NO_DATE) if found else None
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"A record of the WARC file cannot be read: {error}.") from None


_KIND_BITS = WarcRecordType.response | WarcRecordType.resource


def _require_warc(head: bytes, path: Path) -> None:
    if head.startswith(b"WARC/") or _begins_record(head, 0) or head.startswith(ZSTD):
        return
    if not head:
        raise NotWarcError(f"{path} is empty, not a WARC file.")
    if head.startswith(b"filedesc://") or b"filedesc://" in _gunzip_head(head):
        raise NotWarcError(f"{path} is an ARC file, which is not read.", hint="Convert it: warcio recompress.")
    # If the first record is damaged, nothing can be decompressed.
    if not head.startswith(GZIP) or _gunzip_head(head):
        raise NotWarcError(f"{path} is not a WARC file: it does not begin with a record.")


@dataclass(frozen=True, slots=True)
class _Record:
    """One record's headers that matter, and its whole content; ``is_cut`` says that the file ends in it,
    ``is_too_long`` that its length takes in the next.
    """

    url: str
    date: datetime | None
    written_date: str
    raw: bytes
    is_too_large: bool
    is_cut: bool
    is_too_long: bool


def _records(file: BinaryIO, data: mmap.mmap, lost: list[Loss]) -> Iterator[_Record]:
    """Yield the records that may contain pages; after damage, continue with the next complete record."""
    base: int | None = 0
    # Only if all lines end so: the lenient parser skips damage silently.
    is_lenient = _first_line(data).endswith(b"\n") and not _first_line(data).endswith(b"\r\n")
    while base is not None:
        stretch = _Stretch(base)
        file.seek(base)
        yield from _read_stretch(file, is_lenient, stretch)
        base = _next_record(data, stretch.last + 1)
        if base is None and stretch.why is None:
            return
        lost.append(Loss(stretch.last, len(data) if base is None else base, stretch.why or "there is no record"))


@dataclass(slots=True)
class _Stretch:
    """How far reading went without an error: the offset of the last record, and its problem."""

    last: int
    why: str | None = None


def _read_stretch(file: BinaryIO, is_lenient: bool, stretch: _Stretch) -> Iterator[_Record]:
    """Yield records up to the first that is broken, or at which the parser fails."""
    try:
        for record in ArchiveIterator(file, parse_http=False, quirks_mode=is_lenient):
            stretch.last = record.stream_pos
            if found := _record(record):
                yield found
                stretch.why = "the record is cut off" if found.is_cut else None
                stretch.why = "the record's length is wrong" if found.is_too_long else stretch.why
                if stretch.why:
                    return
    except (OSError, ValueError, EOFError) as error:
        stretch.why = str(error) or type(error).__name__


def _first_line(data: mmap.mmap) -> bytes:
    head = data[:HEAD_BYTES]
    return (head if head.startswith(b"WARC/") else _gunzip_head(head)).partition(b"\n")[0] + b"\n"


def _record(record: Any) -> _Record | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip(" <>")
    if record.record_type not in KINDS or not url.lower().startswith(("http://", "https://")):
        return None
    size, is_too_large = record.content_length, record.content_length > MAX_PAGE_BYTES
    raw = b"" if is_too_large else record.reader.read()
    is_cut = not is_too_large and len(raw) < size
    # A length that is too large includes the beginning of the next record.
    swallowed = SWALLOWED.search(raw)
    if swallowed:
        raw, is_cut = raw[: swallowed.start()], False
    written = (record.headers.get("WARC-Date") or "").strip()
    return _Record(url, record.record_date or _date(written), written, raw, is_too_large, is_cut, swallowed is not None)


def _date(text: str) -> datetime | None:
    """Parse a date in a format outside the standard; without a zone, it is UTC."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _next_record(data: mmap.mmap, at: int) -> int | None:
    if data[:3] == GZIP:
        while (at := data.find(GZIP, at)) >= 0:
            if _begins_record(data[at : at + HEAD_BYTES], 0):
                return at
            at += 1
        return None
    match = BEGINNING.search(data, max(0, at - 1)) if data[:5] == b"WARC/" else None
    return match.start(1) if match else None


def _begins_record(data: bytes, at: int) -> bool:
    return data[at : at + 3] == GZIP and _gunzip_head(data[at:]).startswith(b"WARC/")


def _gunzip_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, PROBE_BYTES)
    except zlib.error:
        return b""


def _page(record: _Record, source: str, changed: datetime) -> FetchResult | None:
    if record.date is None:
        detail = f"the record's date {record.written_date[:60]!r} cannot be read, so nobody knows when it was fetched"
        return _without_page(source, record.url, changed, "broken_body", detail, None)
    if record.is_too_large:
        detail = f"the archived page is larger than {MAX_PAGE_BYTES // 1_000_000} MB"
        return _without_page(source, record.url, record.date, "too_large", detail, None)
    if record.is_cut:
        return _without_page(source, record.url, record.date, "broken_body", "the archived record is cut off", None)
    payload = parse_payload(record.raw)
    if payload is None:
        return local_page(source, record.url, record.date, record.raw)
    if payload.status != 200:
        detail = f"the archived answer has status {payload.status}"
        return _without_page(source, record.url, record.date, "http_error", detail, payload.status)
    return _answered(record, payload.headers, payload.body, source, record.date)


def _answered(record: _Record, headers: dict[str, str], raw: bytes, source: str, when: datetime) -> FetchResult:
    # CC-NEWS keeps bodies decoded and says so by renaming these; a coding that does not fit is such a body, too.
    try:
        body = decode_content(raw, headers.get("content-encoding"), MAX_PAGE_BYTES)
    except AttemptError:
        body = raw
    verdict = judge(Answer(record.url, 200, headers, raw, body), "page", None, is_redirected=False)
    page = local_page(source, record.url, when, body)
    kind = headers.get("content-type")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind or 'text/html'}\r\nContent-Length: {len(body)}\r\n\r\n"
    fetch = Fetch(
        fetch_id=page.fetch.fetch_id,
        source=source,
        url=record.url,
        final_url=record.url,
        fetched_at=when,
        outcome=verdict.outcome,
        detail=verdict.detail,
        status=200,
        body_bytes=len(body),
        content_type=kind,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        page_sha256=page.fetch.page_sha256,
    )
    return FetchResult(fetch, response=head.encode("latin-1", "replace"), raw=body, body=body, is_local=True)


def _without_page(
    source: str, url: str, when: datetime, outcome: Outcome, detail: str, status: int | None
) -> FetchResult:
    fetch_id = stable_id(source, url, when.isoformat(), outcome)
    fetch = Fetch(fetch_id, source, url, when, outcome, final_url=url, status=status, detail=detail)
    return FetchResult(fetch, is_local=True)


def local_page(source: str, url: str, when: datetime, body: bytes) -> FetchResult:
    """Return the result for the bytes of a page on this machine."""
    digest = hashlib.sha256(body).hexdigest()
    fetch = Fetch(
        fetch_id=stable_id(source, url, when.isoformat(), digest),
        source=source,
        url=url,
        final_url=url,
        fetched_at=when,
        outcome="ok" if body.strip() else "not_html",
        detail=None if body.strip() else "the file is empty",
        body_bytes=len(body),
        content_type="text/html",
        page_sha256=digest,
    )
    return FetchResult(fetch, raw=body, body=body, is_local=True)
