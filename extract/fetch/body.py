"""Reading a body within its limits, and taking its content coding off without ever holding a bomb."""

from __future__ import annotations

import zlib
from typing import Any

from extract.fetch.errors import AttemptError

READ_BYTES = 65_536
# RFC 9110 8.4 lists the codings in the order of application; more than two is an attack, not a server.
MAX_CODINGS = 3


def read_raw(response: Any, max_bytes: int) -> bytes:
    """Read a urllib3 response to its end as sent (transfer coding off, content coding on).

    Raises AttemptError for a body above ``max_bytes``; what the socket and urllib3 raise passes through.
    """
    parts: list[bytes] = []
    size = 0
    while part := response.read1(READ_BYTES, decode_content=False):
        size += len(part)
        if size > max_bytes:
            raise AttemptError("too_large", f"more than {max_bytes} bytes were sent")
        parts.append(part)
    if response.length_remaining:
        raise AttemptError("broken_body", f"{response.length_remaining} bytes fewer than Content-Length promised")
    return b"".join(parts)


def decode_content(raw: bytes, coding: str | None, max_bytes: int) -> bytes:
    """Take the codings of a ``Content-Encoding`` header off.

    Raises AttemptError: ``too_large`` above ``max_bytes`` after any of them, ``broken_body`` for damaged or unknown
    ones.
    """
    names = [name.strip().lower() for name in (coding or "").split(",") if name.strip()]
    if len(names) > MAX_CODINGS:
        raise AttemptError("broken_body", f"{len(names)} content codings, one inside the other")
    for name in reversed(names):
        if name in ("identity", "none", "utf-8"):
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            raise AttemptError("broken_body", f"content coding {name[:40]!r}, which was not asked for")
        raw = _inflate(raw, name, max_bytes)
    if len(raw) > max_bytes:
        raise AttemptError("too_large", f"more than {max_bytes} bytes")
    return raw


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Unpack a gzip file (of several members, if it has them) within a limit. Raises AttemptError as above."""
    return _inflate(data, "gzip", max_bytes)


def _inflate(data: bytes, name: str, max_bytes: int) -> bytes:
    if not data or (name != "deflate" and not data.startswith(b"\x1f\x8b")):
        # Servers that label plain bytes as gzip are common enough that every browser reads them.
        return data
    parts: list[bytes] = []
    size = 0
    try:
        while data:
            unpacker = _unpacker(data, name)
            # One byte more than allowed tells a bomb from a body that just fits.
            part = unpacker.decompress(data, max_bytes - size + 1)
            size += len(part)
            if size > max_bytes:
                raise AttemptError("too_large", f"more than {max_bytes} bytes once decompressed")
            parts.append(part)
            if not unpacker.eof:
                raise AttemptError("broken_body", f"the {name} data ends too early")
            # Members may follow each other (RFC 1952 2.2); other bytes behind the last one are padding.
            data = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") else b""
    except zlib.error as error:
        raise AttemptError("broken_body", f"the {name} data is damaged: {error}") from None
    return b"".join(parts)


def _unpacker(data: bytes, name: str) -> Any:
    if name != "deflate":
        return zlib.decompressobj(31)
    # "deflate" means zlib (RFC 9110 8.4.1.2); some servers send the bare stream.
    is_zlib = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.decompressobj(15 if is_zlib else -15)
