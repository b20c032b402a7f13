"""The HTTP response in a WARC record, as its writer stored it: any line ends, chunked or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b[^\r\n]*\r?\n")
HEAD_END = re.compile(rb"\r?\n\r?\n")
FIELD = re.compile(rb"^([!-9;-~]{1,100}):[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.M)
CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
MAX_HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Payload:
    """An HTTP response: status, headers by lower-case name (the first of each), body without chunks."""

    status: int
    headers: dict[str, str]
    body: bytes


def parse_payload(raw: bytes) -> Payload | None:
    """Parse an archived HTTP response; None when it is none, as in a resource record."""
    status = STATUS.match(raw)
    if status is None:
        return None
    end = HEAD_END.search(raw, status.end() - 2, MAX_HEAD_BYTES)
    head, body = (raw[status.end() : end.start()], raw[end.end() :]) if end else (raw[status.end() :], b"")
    headers: dict[str, str] = {}
    for name, value in FIELD.findall(head):
        headers.setdefault(name.decode("ascii").lower(), " ".join(value.decode("latin-1").split()))
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    return Payload(int(status[1]), headers, body)


def _without_chunks(body: bytes) -> bytes:
    """Decode a chunked body; a body that some tool stored without chunks is returned unchanged."""
    parts: list[bytes] = []
    at = 0
    while size := CHUNK.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    # A truncated chunk keeps what arrived.
    return b"".join(parts) if parts and at >= len(body) else body
