"""Forgetting: remove attempts from archive files, which are otherwise never changed.

A forgotten record is replaced by one of the same length that keeps only the headers and digests, not the content. The
comment field of a gzip member (RFC 1952, FCOMMENT) pads it, so no other record moves: offsets in the ledger and
references between records stay valid.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from fastwarc.warc import WarcRecordType

from extract.archive.members import Damage, Member, parse, walk
from extract.archive.place import ArchivePlace
from extract.archive.read import ArchiveError, row_of
from extract.archive.rows import dump_fetch
from extract.archive.write import FETCH_ROW_TYPE

FORGOTTEN_SUFFIX = ".forgetting"
# Headers that a forgotten record keeps: its URL, its times, and the digests that would identify its content.
KEPT = ("WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Payload-Digest")
# RFC 1952: magic, deflate, a comment follows, no time, best compression, unknown system.
HEADER = b"\x1f\x8b\x08\x10\0\0\0\0\x02\xff"
# The maximum number of records of an attempt: request, response and the row.
ATTEMPT = 3


def forget_records(place: ArchivePlace, file: str, fetch_ids: Collection[str]) -> int:
    """Replace the records of these attempts in one archive file; return how many attempts were replaced.

    The new file is written beside the old one and replaces it atomically. Attempts that are forgotten already are
    skipped, so this can be repeated; a missing file has nothing to forget. Raises ArchiveError.
    """
    working = place.working / f"{file}{FORGOTTEN_SUFFIX}"
    working.parent.mkdir(parents=True, exist_ok=True)
    try:
        with suppress(FileNotFoundError), place.whole(file) as path:
            shutil.copyfile(path, working)
            stubs, attempts = _stubs(path, frozenset(fetch_ids), file)
            if attempts:
                _write(working, stubs)
                place.finish(working, file)
            return attempts
    finally:
        working.unlink(missing_ok=True)
    return 0


def _stubs(path: Path, fetch_ids: frozenset[str], file: str) -> tuple[list[tuple[int, bytes]], int]:
    """Find the attempts in a file; return the offset and the replacement of each record, and the number of attempts."""
    stubs: list[tuple[int, bytes]] = []
    waiting: list[Member] = []
    attempts = 0
    for item in walk(path):
        if isinstance(item, Damage):
            waiting.clear()
            continue
        row = row_of(item)
        if row is None:
            waiting.append(item)
            continue
        if row.fetch_id in fetch_ids and row.outcome != "forgotten":
            attempts += 1
            members = [member for member in waiting[1 - ATTEMPT :] if _kind(member) != WarcRecordType.warcinfo]
            stubs += [(member.start, _fill(_stub(member, b""), member, file)) for member in members]
            stubs.append((item.start, _fill(_stub(item, dump_fetch(row.forgotten())), item, file)))
        waiting.clear()
    return stubs, attempts


def _kind(member: Member) -> WarcRecordType:
    return parse(member.data, parse_http=False).record_type


def _stub(member: Member, block: bytes) -> bytes:
    """Return the record that replaces a member: its own headers, and ``block`` instead of the content."""
    old = parse(member.data, parse_http=False)
    headers = {name: old.headers.get(name) for name in KEPT}
    lines = ["WARC/1.1", "WARC-Type: metadata", *(f"{name}: {value}" for name, value in headers.items() if value)]
    if block:
        lines.append(f"Content-Type: {FETCH_ROW_TYPE}")
    lines.append(f"Content-Length: {len(block)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _fill(data: bytes, member: Member, file: str) -> bytes:
    """Compress a record to exactly the length of a member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    tail = struct.pack("<II", zlib.crc32(data), len(data))
    room = member.end - member.start - len(HEADER) - 1 - len(packed) - len(tail)
    if room < 0:
        raise ArchiveError(f"{file}, byte {member.start}: the record is too short to be replaced by a forgotten one.")
    return HEADER + b" " * room + b"\0" + packed + tail


def _write(path: Path, stubs: list[tuple[int, bytes]]) -> None:
    with path.open("r+b") as file:
        for start, data in stubs:
            file.seek(start)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
