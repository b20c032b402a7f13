"""Fetch rows as JSON, as each archived attempt contains one."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from extract.types import Fetch, as_json

TIMES = ("fetched_at", "retry_after_at")
KNOWN = frozenset(f.name for f in fields(Fetch))


def dump_fetch(fetch: Fetch) -> bytes:
    """Serialise a row as JSON."""
    return json.dumps(as_json(fetch), ensure_ascii=False).encode()


def load_fetch(data: bytes) -> Fetch:
    """Parse a row; columns that this version does not know are ignored. Raises ValueError when it is no fetch row."""
    values: Any = json.loads(data)
    if not isinstance(values, dict):
        raise ValueError("not a fetch row")
    row = {key: value for key, value in values.items() if key in KNOWN}
    for key in TIMES:
        if row.get(key):
            row[key] = datetime.fromisoformat(row[key])
    row["redirects"] = tuple(row.get("redirects") or ())
    if row.get("reserved_rights") is not None:
        row["reserved_rights"] = tuple(row["reserved_rights"])
    try:
        return Fetch(**row)
    except TypeError as error:
        raise ValueError(f"not a fetch row: {error}") from None
