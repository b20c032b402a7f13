"""Sentences of our own with what their numbers say: changes, carried units, days, who speaks, shares.

Each line of ``cases/grammar.ndjson`` is a sentence with the fields that are judged of some of its numbers; a list in a
field holds the values that are right, ``as_of`` is a day, two days with a slash, or empty for none.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from extract import read_rows
from extract.types import Attribution, Quantity

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "grammar.ndjson").read_text(encoding="utf-8").splitlines()
]
COLUMNS = {"role": "change_role", "change_from": "change_from_low"}


def bare(words: str | None) -> str:
    return (words or "").lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")


def given(row: Quantity, field: str, by_id: dict[str, Attribution]) -> Any:
    if field == "as_of":
        days = [str(day) for day in (row.as_of_start, row.as_of_end) if day]
        return "/".join(dict.fromkeys(days))
    if field == "source":
        speaker = by_id.get(row.attribution_id or "")
        return bare(speaker.source_text) if speaker else ""
    return getattr(row, COLUMNS.get(field, field))


def is_right(got: Any, want: Any, field: str) -> bool:
    wanted = want if isinstance(want, list) else [want]
    if isinstance(got, float):
        return any(got == pytest.approx(value) for value in wanted if value is not None)
    return got in ([bare(value) for value in wanted] if field == "source" else wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence_is_read(case: dict[str, Any]) -> None:
    rows = read_rows(case["text"], published_at=datetime.fromisoformat(case["published"]), language="en")
    by_id = {one.attribution_id: one for one in rows.attributions}
    seen: set[int] = set()
    for want in case["right"]:
        surface = want["surface"]
        found = [q for q in rows.quantities if surface in q.surface and q.start not in seen]
        assert found, (surface, [q.surface for q in rows.quantities])
        row = next((q for q in found if q.surface == surface), found[0])
        seen.add(row.start)
        wrong = {
            field: given(row, field, by_id)
            for field, value in want.items()
            if field != "surface" and not is_right(given(row, field, by_id), value, field)
        }
        assert not wrong, (surface, wrong)
