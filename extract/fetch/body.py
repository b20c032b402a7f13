"""Read a body within its limits, and decode its content coding without ever unpacking a decompression bomb."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from extract.fetch.codings import CODINGS
from extract.fetch.errors import AttemptError

READ_BYTES = 65_536
# RFC 9110 8.4 lists the codings in the order of application; more than two is an attack, not a server.
MAX_CODINGS = 3
GZIP_MAGIC = b"\x1f\x8b"
# A gzip file that was appended to has a few members; one in blocks of 64 kB (bgzip) has a thousand at the maximum size.
MAX_MEMBERS = 2_000
FEED_BYTES = 16_384


def read_raw(response: Any, max_bytes: int) -> bytes:
    """Read a urllib3 response to its end, transfer coding removed and content coding kept.

    Raises AttemptError for a body above ``max_bytes`` or shorter than its Content-Length; errors of the socket and
    urllib3 pass through.
    """
    # A single buffer: one part per chunk would take fifty times the size of a body sent in one-byte chunks.
    sent = bytearray()
    while part := response.read1(READ_BYTES, decode_content=False):
        sent += part
        if len(sent) > max_bytes:
            raise AttemptError("too_large", f"more than {max_bytes} bytes were sent")
    if response.length_remaining:
        raise AttemptError("broken_body", f"{response.length_remaining} bytes fewer than Content-Length promised")
    return bytes(sent)


def decode_content(
    raw: bytes, coding: str | None, max_bytes: int, check_time: Callable[[], object] = lambda: None
) -> bytes:
    """Decode the codings of a ``Content-Encoding`` header; ``check_time`` raises when that takes too long.

    Raises AttemptError: ``too_large`` above ``max_bytes`` after any coding, ``broken_body`` for damaged data or unknown
    codings.
    """
    names = [name.strip().lower() for name in (coding or "").split(",") if name.strip()]
    if len(names) > MAX_CODINGS:
        raise AttemptError("broken_body", f"{len(names)} content codings, one inside the other")
    for name in reversed(names):
        if name in ("identity", "none", "utf-8"):
            continue
        if name in CODINGS:
            raw = CODINGS[name](raw, max_bytes)
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            raise AttemptError("broken_body", f"content coding {name[:40]!r}, which was not requested")
        raw = _inflate(raw, name, max_bytes, check_time)
    if len(raw) > max_bytes:
        raise AttemptError("too_large", f"more than {max_bytes} bytes")
    return raw


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Decompress a gzip file of one or more members within a limit. Raises AttemptError as above."""
    return _inflate(data, "gzip", max_bytes, lambda: None)


def _inflate(data: bytes, name: str, max_bytes: int, check_time: Callable[[], object]) -> bytes:
    if not data or (name != "deflate" and not data.startswith(GZIP_MAGIC)):
        # Servers that label plain bytes as gzip are common enough that every browser reads them.
        return data
    inflated, at = bytearray(), 0
    for _ in range(MAX_MEMBERS):
        at = _inflate_member(data, at, name, inflated, max_bytes, check_time)
        # Members may follow each other (RFC 1952 2.2); other bytes after the last one are padding.
        if data[at : at + 2] != GZIP_MAGIC:
            return bytes(inflated)
    raise AttemptError("broken_body", f"more than {MAX_MEMBERS} {name} members one behind the other")


def _inflate_member(
    data: bytes, at: int, name: str, inflated: bytearray, max_bytes: int, check_time: Callable[[], object]
) -> int:
    """Decompress the member that begins at ``at`` onto the end of ``inflated``; return the offset of its end."""
    unpacker = _unpacker(data[at : at + 2], name)
    try:
        while not unpacker.eof:
            check_time()
            # In pieces: unused input is copied, which would be quadratic for a body of many small members.
            piece = data[at : at + FEED_BYTES]
            if not piece:
                raise AttemptError("broken_body", f"the {name} data ends too early")
            # One byte above the limit shows that the body is larger than allowed.
            inflated += unpacker.decompress(piece, max_bytes - len(inflated) + 1)
            if len(inflated) > max_bytes:
                raise AttemptError("too_large", f"more than {max_bytes} bytes once decompressed")
            at += len(piece)
    except zlib.error as error:
        raise AttemptError("broken_body", f"the {name} data is damaged: {error}") from None
    return at - len(unpacker.unused_data)


def _unpacker(head: bytes, name: str) -> Any:
    if name != "deflate":
        return zlib.decompressobj(31)
    # "deflate" means zlib (RFC 9110 8.4.1.2); some servers send the bare stream.
    is_zlib = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    return zlib.decompressobj(15 if is_zlib else -15)
