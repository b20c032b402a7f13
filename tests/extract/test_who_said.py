"""Sentences of our own with the names in them and the speakers of their numbers.

Each line of ``cases/who.ndjson`` has ``names`` (the kind, or the kinds that are right, of each name), ``no_names``
(what no name may hold) and ``speakers`` (for numbers, the sources that are right; "" for none).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extract import read_rows

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "who.ndjson").read_text(encoding="utf-8").splitlines()
]
PUBLISHED = datetime(2026, 3, 12, 12, tzinfo=UTC)


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def bare(words: str | None) -> str:
    return (words or "").lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_names_and_speakers_are_read(case: dict[str, Any]) -> None:
    rows = read_rows(case["text"], published_at=PUBLISHED, language="en")
    kinds = {mention.surface: mention.kind for mention in rows.mentions}
    for surface, kind in case.get("names", {}).items():
        assert kinds.get(surface) in several(kind), (surface, kinds)
    for surface in case.get("no_names", ()):
        assert not any(surface in found for found in kinds), (surface, kinds)
    said = {one.attribution_id: one for one in rows.attributions}
    for surface, sources in case.get("speakers", {}).items():
        number = next(q for q in rows.quantities if surface in q.surface or q.surface in surface)
        one = said.get(number.attribution_id or "")
        read = {bare(one.source_text), bare(one.source_name)} if one else {""}
        assert read & {bare(source) for source in several(sources)}, (surface, read)
