"""The texts of the public sets beside the checkout, by the ids that annotations keep of them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from extract import extract_article

SHARED = Path(__file__).parents[2] / "shared" / "data"
FETCHED = datetime(2024, 1, 1, tzinfo=UTC)
NOT_AS_PUBLISHED = frozenset({"readability"})  # sets whose gold text is not the page's own, word for word


def text_of(name: str) -> str:
    """The text of ``pages/SET/ID`` (what is stripped from the page where its set has no text) or ``rows/SET/ID``.

    Raises FileNotFoundError, which says what is missing.
    """
    kind, part, key = name.split("/", 2)
    path = SHARED / kind / part / ("gold.jsonl" if kind == "pages" else "dev.jsonl")
    row = _rows(path).get(key)
    if row is None:
        raise FileNotFoundError(f"no text {key} in {path}")
    if row.get("text") and part not in NOT_AS_PUBLISHED:
        return str(row["text"])
    body = gzip.decompress((path.parent / "pages" / f"{key}.html.gz").read_bytes())
    return extract_article(body, url=row.get("url") or "https://example.org/", fetched_at=FETCHED).text


@cache
def _rows(path: Path) -> dict[str, dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n") if path.exists() else []
    return {row["id"]: row for row in map(json.loads, lines)}
