"""Stable identifiers: the same content has the same id on every machine and in every run."""

from __future__ import annotations

import hashlib

SEPARATOR = "\x1f"


def stable_id(*parts: object) -> str:
    """Hash the parts to 32 hexadecimal digits (the first 128 bits of SHA-256).

    ``None`` and the empty string give different ids; the order of the parts matters.
    """
    text = SEPARATOR.join(["\x00" if part is None else str(part) for part in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
