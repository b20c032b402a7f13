"""Brotli and Zstandard, which browsers request and archives contain; decompressed within a limit."""

from __future__ import annotations

import brotli
import zstandard

from extract.fetch.errors import AttemptError

PIECE_BYTES = 65_536
# RFC 8878 3.1.1.1.2: the window size that every decoder must support; a frame may request gigabytes.
MAX_WINDOW_BYTES = 8 * 1024 * 1024


def unbrotli(data: bytes, max_bytes: int) -> bytes:
    """Decompress Brotli (RFC 7932).

    Raises AttemptError: ``too_large`` above ``max_bytes``, ``broken_body`` for damaged data.
    """
    unpacker, unpacked, at = brotli.Decompressor(), bytearray(), 0
    try:
        while not unpacker.is_finished():
            piece = data[at : at + PIECE_BYTES] if unpacker.can_accept_more_data() else b""
            at += len(piece)
            part = unpacker.process(piece, output_buffer_limit=PIECE_BYTES)
            unpacked += part
            _require_fit(len(unpacked), max_bytes)
            if not (piece or part):
                raise AttemptError("broken_body", "the brotli data ends too early")
    except brotli.error as error:
        raise AttemptError("broken_body", f"the brotli data is damaged: {error}") from None
    return bytes(unpacked)


def unzstd(data: bytes, max_bytes: int) -> bytes:
    """Decompress Zstandard (RFC 8878). Raises AttemptError as ``unbrotli`` does."""
    unpacked = bytearray()
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).stream_reader(
            data, read_across_frames=True
        )
        while part := reader.read(PIECE_BYTES):
            unpacked += part
            _require_fit(len(unpacked), max_bytes)
    except zstandard.ZstdError as error:
        raise AttemptError("broken_body", f"the zstd data is damaged: {error}") from None
    return bytes(unpacked)


def _require_fit(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise AttemptError("too_large", f"more than {max_bytes} bytes once decompressed")


CODINGS = {"br": unbrotli, "zstd": unzstd}
