"""WARC files on disk: one gzip member for each record (WARC 1.1, annex D)."""

from __future__ import annotations

import io
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord

MAGIC = b"\x1f\x8b\x08"
FEED_BYTES = 65_536
# Level 6 is zlib's own balance: a tenth larger than level 9 at a third of its time.
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A complete gzip member: its position in the file, and its content."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that is not a complete record.

    ``end`` is where the next complete one begins, or the end of the file.
    """

    start: int
    end: int
    what: str


class _Buffer(io.BytesIO):
    def close(self) -> None:
        """Stay readable: the writer closes what it wrote to."""


def pack(data: bytes) -> bytes:
    """Compress one record into one gzip member."""
    target = _Buffer()
    # fastwarc's deflate takes less than half the time of zlib's.
    writer = GzipWriter(target, compression_level=LEVEL)
    writer.write(data)
    writer.finish()
    return target.getvalue()


def unpack(data: Any, start: int) -> Member:
    """Decompress the member at ``start``. Raises ValueError when it is truncated or its checksum is wrong."""
    unpacker = zlib.decompressobj(31)
    parts: list[bytes] = []
    at = start
    try:
        while not unpacker.eof:
            chunk = data[at : at + FEED_BYTES]
            if not chunk:
                raise ValueError("the record is cut off")
            at += len(chunk)
            parts.append(unpacker.decompress(chunk))
    except zlib.error as error:
        raise ValueError(f"the record is damaged ({error})") from None
    return Member(start, at - len(unpacker.unused_data), b"".join(parts))


def walk(path: Path) -> Iterator[Member | Damage]:
    """Yield every complete member of a file and every damaged stretch, in order.

    After damage, it continues with the next bytes that begin a complete member with a WARC record.
    """
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while at < len(data):
            try:
                member = _record_member(data, at)
            except ValueError as error:
                end = _next_whole(data, at + 1)
                yield Damage(at, end, str(error))
                at = end
            else:
                yield member
                at = member.end


def parse(data: bytes, *, parse_http: bool = True) -> WarcRecord:
    """Parse the record of a member. Raises ValueError when there is none."""
    try:
        for record in ArchiveIterator(io.BytesIO(data), parse_http=parse_http, strict_mode=False):
            record.freeze()
            return record
    except OSError as error:
        # fastwarc's error for an invalid header.
        raise ValueError(f"the record is damaged ({error})") from None
    raise ValueError("there is no WARC record")


def _record_member(data: Any, at: int) -> Member:
    member = unpack(data, at)
    if not member.data.startswith(b"WARC/1."):
        raise ValueError("there is no WARC record")
    return member


def _next_whole(data: Any, at: int) -> int:
    while (at := data.find(MAGIC, at)) >= 0:
        try:
            _record_member(data, at)
        except ValueError:
            at += 1
        else:
            return at
    return len(data)
