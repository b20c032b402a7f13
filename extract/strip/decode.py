"""Decode pages to UTF-8, which the parser reads: find the encoding, and recognise binary data.

The order of evidence follows the WHATWG encoding standard with one change: bytes that are valid UTF-8 and not plain
ASCII are UTF-8 whatever the page declares, because no other encoding in use yields such bytes by chance.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from extract.strip.charsets import guess_codec

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Bytes searched for a declared charset (WHATWG: the first 1024; real pages often declare it after their scripts).
META_WINDOW = 262_144
COMMENT = re.compile(rb"<!--.*?-->", re.S)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']\s*([\w.:-]{2,40})", re.I)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
# Labels that the WHATWG standard maps to a superset.
SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
SNIFF_WINDOW = 32_768
# A page is decoded by so many bytes to see whether it is UTF-8: as a whole it takes twice as long.
PIECE_BYTES = 32_768
# A truncated or spliced page may contain a few invalid sequences and still be UTF-8: valid ones must outnumber them, by
# more where the page does not declare UTF-8.
MIN_WHOLE = 3
MIN_WHOLE_DECLARED = 1
MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"RIFF", "a RIFF media file"),
    (b"OggS", "an Ogg media file"),
    (b"\x7fELF", "a program"),
)
WIDE = ("utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be")
# What is read as itself in every charset that pages can name in ASCII, and as something else by other codecs.
ASCII = bytes(range(0x20, 0x7F)) + b" +AGE- \\u0041\\n ~{~} &#65;-9a\r\n\t"
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def what_binary(data: bytes) -> str | None:
    """Return the name of a binary format when the bytes are plainly no text, else None."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    head = data[:4096]
    controls = len(head) - len(head.translate(None, CONTROL))
    return "binary data" if controls > 0.1 * len(head) else None


@lru_cache(maxsize=1_000)
def codec_name(label: str) -> str | None:
    """Map a charset label to the Python codec that decodes it as browsers do; None when no page uses it.

    The charsets of pages are supersets of ASCII, in which the page declares them. Python's codecs for host names
    (``idna``), its own literals and mainframes are not; nor is UTF-16, which is recognised by its byte order mark or
    the header.
    """
    try:
        name = codecs.lookup(label.strip()).name
        name = SUPERSETS.get(name, name)
        agrees = ASCII.decode(name) == ASCII.decode("ascii") and bool(b"\xff\x80".decode(name, "replace"))
    except (LookupError, ValueError):
        return None
    return name if agrees else None


def decode_page(data: bytes, content_type: str | None = None) -> bytes:
    """Return a page in UTF-8; undecodable bytes become U+FFFD, NUL characters are removed.

    ``content_type`` is the value of the HTTP header. Never raises.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _recode(data[len(bom) :], name)
    if wide := _wide(data, content_type):
        return _recode(data, wide)
    if _is_utf8(data):
        return data.replace(b"\0", b"") if b"\0" in data else data
    labels = _labels(data, content_type)
    if _is_broken_utf8(data, "utf-8" in labels):
        return _recode(data, "utf-8")
    return _recode(
        data, next((label for label in labels if label != "utf-8"), None) or guess_codec(data[:SNIFF_WINDOW])
    )


def _wide(data: bytes, content_type: str | None) -> str | None:
    """Return the two-byte encoding that a header declares, if ASCII characters of the page have two bytes."""
    header = HEADER_CHARSET.search(content_type or "")
    name = header[1].lower().replace("_", "-") if header else ""
    return name if name in WIDE and b"\0" in data[:SNIFF_WINDOW] else None


def _recode(data: bytes, name: str) -> bytes:
    return data.decode(name, "replace").replace("\0", "").encode("utf-8", "ignore")


def _is_utf8(data: bytes) -> bool:
    # ISO-2022 encodings are plain ASCII bytes with escapes; a single byte is looked for much faster than two.
    if b"\x1b" in data and b"\x1b$" in data:
        return False
    pieces = (data[at : at + PIECE_BYTES] for at in range(0, len(data), PIECE_BYTES))
    try:
        return data.isascii() or all(piece is not None for piece in codecs.iterdecode(pieces, "utf-8"))
    except UnicodeDecodeError:
        return False


def _is_broken_utf8(data: bytes, is_declared: bool) -> bool:
    """Return whether bytes are UTF-8 with a few errors: other encodings hardly form valid sequences by chance."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole > broken * (MIN_WHOLE_DECLARED if is_declared else MIN_WHOLE)


def _labels(data: bytes, content_type: str | None) -> list[str]:
    """Return the codecs that header and page declare, the most reliable first."""
    labels = [header[1]] if content_type and (header := HEADER_CHARSET.search(content_type)) else []
    head = COMMENT.sub(b"", data[:META_WINDOW]) if b"<!--" in data[:META_WINDOW] else data[:META_WINDOW]
    if meta := META_CHARSET.search(head) or XML_CHARSET.match(head):
        labels.append(meta[1].decode("ascii", "replace"))
    return [name for name in map(codec_name, labels) if name]
