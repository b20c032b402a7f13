"""Why a number has the slots that it has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract import read_rows
from extract.read.english.slots.choose import SLOTS
from extract.read.english.why import reasons

TEXT = "Acme cut 1,200 jobs in Lisbon in May, the union said. It had hired 300 people."
PUBLISHED = datetime(2024, 6, 20, tzinfo=UTC)


def test_the_best_candidate_of_each_slot_is_what_the_row_says() -> None:
    row = read_rows(TEXT, published_at=PUBLISHED, language="en").quantities[0]
    found = reasons(TEXT, PUBLISHED, 1)
    assert [slot for slot in SLOTS if any(r.slot == slot for r in found)] == list(SLOTS)
    best = {slot: max((r for r in found if r.slot == slot), key=lambda r: r.score) for slot in SLOTS}
    assert best["thing"].candidate == (row.thing or "(none)")
    assert best["place"].candidate == (row.place or "(none)")
    assert all(r.features for r in best.values())


def test_a_number_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError, match="the text has 2"):
        reasons(TEXT, PUBLISHED, 3)
