"""Write attempts to WARC 1.1 files that appear in the archive completely or not at all."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import uuid4

from fastwarc.warc import WarcRecord, WarcRecordType

from extract.archive.members import pack
from extract.archive.place import SUFFIX, ArchivePlace
from extract.archive.rows import dump_fetch
from extract.fetch.result import FetchResult
from extract.locks import take
from extract.types import Fetch
from extract.version import EXTRACTOR_VERSION

TEMPORARY_SUFFIX = ".open"
FETCH_ROW_TYPE = "application/vnd.newsledger.fetch+json"
# The location of the response that a revisit refers to; WARC 1.1 (section 5) allows additional fields.
LOCATION_FIELD = "X-Refers-To-Location"
# WARC 1.1, 6.7.2 and 6.7.3.
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# WARC 1.1, 5.13: why a record is shorter than what the server sent.
TRUNCATED = {"timeout": "time", "too_large": "length"}
Fields = dict[str, str]


class ArchiveWriter:
    """Writes attempts under a temporary name; closing flushes them to disk and moves the file into the archive.

    Each attempt is a request record, a response (or revisit, or resource) record and, last, a metadata record with its
    row: if the metadata record is complete, so is the attempt. An attempt without a response is only a metadata record,
    so the ledger can be rebuilt from the archive. The file name is known from the start, and a lock distinguishes a
    file that is being written from one that a dead process left.
    """

    def __init__(self, place: ArchivePlace, *, max_bytes: int, now: Callable[[], datetime]) -> None:
        self._place = place
        self._max_bytes = max_bytes
        self._now = now
        self._file: BinaryIO | None = None
        self._name = ""
        self._at = 0

    def __enter__(self) -> ArchiveWriter:
        """Return the writer; the first attempt opens the file."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the file: what was written before an error is kept."""
        self.close()

    def write(self, result: FetchResult) -> Fetch:
        """Append one attempt and return its row with its location in the archive.

        Raises OSError when the disk is full or the folder is not writable; the file then ends at its last complete
        attempt.
        """
        if self._file is not None and self._at >= self._max_bytes:
            self.close()
        if self._file is None:
            self._open()
        start = self._at
        try:
            return self._write(result)
        except OSError:
            assert self._file is not None
            self._file.truncate(start)
            self._file.seek(start)
            self._at = start
            raise

    def close(self) -> None:
        """Flush to disk and move the file into the archive; do nothing when nothing was written.

        The lock is held until then, so that no other process takes the file for that of a dead one.
        """
        if self._file is None:
            return
        file, self._file = self._file, None
        temporary = Path(file.name)
        try:
            file.flush()
            os.fsync(file.fileno())
            self._place.finish(temporary, self._name)
        finally:
            file.close()

    def _open(self) -> None:
        now = self._now().astimezone(UTC)
        self._name = f"{now:%Y}/{now:%m}/{now:%d}/newsledger-{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}{SUFFIX}"
        path = self._place.working / f"{self._name}{TEMPORARY_SUFFIX}"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered, so that an error is raised by the write that caused it.
        self._file = path.open("xb", buffering=0)
        take(self._file, wait=True)
        self._at = 0
        info = f"software: newsledger/{EXTRACTOR_VERSION}\r\nformat: WARC File Format 1.1\r\n".encode()
        fields = {"WARC-Filename": PurePosixPath(self._name).name, "Content-Type": "application/warc-fields"}
        self._append(_record(WarcRecordType.warcinfo, now, fields, info))

    def _write(self, result: FetchResult) -> Fetch:
        fetch = result.fetch
        url = fetch.final_url or fetch.url
        page = _page_record(result, url)
        if page and result.request:
            kind = {"WARC-Target-URI": url, "Content-Type": "application/http; msgtype=request"}
            request = _record(WarcRecordType.request, fetch.fetched_at, kind, result.request)
            request.headers["WARC-Concurrent-To"] = str(page.record_id)
            self._append(request)
        place = self._at
        length = self._append(page) if page else None
        fetch = replace(
            fetch,
            warc_file=self._name,
            warc_offset=place,
            warc_length=length,
        )
        kind = {"WARC-Target-URI": fetch.url, "Content-Type": FETCH_ROW_TYPE}
        row = _record(WarcRecordType.metadata, fetch.fetched_at, kind, dump_fetch(fetch))
        if page:
            row.headers["WARC-Concurrent-To"] = str(page.record_id)
        self._append(row)
        return fetch

    def _append(self, record: WarcRecord) -> int:
        assert self._file is not None
        plain = io.BytesIO()
        record.write(plain, checksum_data=True)
        data = pack(plain.getvalue())
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self._at += len(data)
        return len(data)


def _page_record(result: FetchResult, url: str) -> WarcRecord | None:
    """Return the record of the response: a revisit if unchanged, a resource for a local file, else a response."""
    fetch, earlier = result.fetch, result.validators
    fields = {"WARC-Target-URI": url}
    if result.ip_address:
        fields["WARC-IP-Address"] = result.ip_address
    if not result.response:
        if not result.is_local or result.body is None:
            return None
        fields["Content-Type"] = fetch.content_type or "text/html"
        return _record(WarcRecordType.resource, fetch.fetched_at, fields, result.raw)
    fields["Content-Type"] = "application/http; msgtype=response"
    if fetch.outcome == "not_modified" and earlier and earlier.warc_file is not None:
        fields |= _revisit_fields(result)
        return _record(WarcRecordType.revisit, fetch.fetched_at, fields, result.response)
    if result.body is None:
        fields["WARC-Truncated"] = TRUNCATED.get(fetch.outcome, "disconnect")
    fields["WARC-Payload-Digest"] = _sha1(result.raw)
    return _record(WarcRecordType.response, fetch.fetched_at, fields, result.response + result.raw)


def _revisit_fields(result: FetchResult) -> Fields:
    earlier = result.validators
    assert earlier is not None
    fields = {LOCATION_FIELD: f"{earlier.warc_offset} {earlier.warc_file}"}
    if result.fetch.status == 304:
        fields["WARC-Profile"] = SERVER_NOT_MODIFIED
    else:
        fields |= {"WARC-Profile": SAME_PAYLOAD, "WARC-Payload-Digest": _sha1(result.raw)}
    if earlier.url:
        fields["WARC-Refers-To-Target-URI"] = earlier.url
    if earlier.fetched_at:
        fields["WARC-Refers-To-Date"] = _warc_date(earlier.fetched_at)
    return fields


def _record(kind: WarcRecordType, when: datetime, fields: Fields, block: bytes) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    for name, value in fields.items():
        # A line break in a value would begin another field.
        record.headers[name] = " ".join(value.split())
    record.headers["WARC-Date"] = _warc_date(when)
    record.set_bytes_content(block)
    return record


def _warc_date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _sha1(data: bytes) -> str:
    # WARC tools expect SHA-1 in base 32; this program checks page_sha256.
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
