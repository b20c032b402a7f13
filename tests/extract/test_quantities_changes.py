"""Changes and rates, in sentences of our own: role, direction, what from, and per what."""

from __future__ import annotations

import pytest
from quantity_helpers import one, read

CHANGES = [
    ("Unemployment rose by 3%.", "by", "up"),
    ("Unemployment fell 3%.", "by", "down"),
    ("Unemployment fell by 3 percentage points.", "by", "down"),
    ("Sales were down 3%.", "by", "down"),
    ("Sales are up 3%.", "by", "up"),
    ("Sales rose to 500.", "to", "up"),
    ("Sales dropped to $500.", "to", "down"),
    ("Profits doubled.", "by", "up"),
    ("Profits halved.", "by", "down"),
    ("It reported a 5% rise in sales.", "by", "up"),
    ("It reported a drop of 5% in sales.", "by", "down"),
    ("Index moves: +0.2%.", "by", "up"),
]


@pytest.mark.parametrize(("text", "role", "direction"), CHANGES)
def test_changes(text: str, role: str, direction: str) -> None:
    row = one(text)
    assert (row.aspect, row.change_role, row.direction) == ("change", role, direction)
    assert row.change_id is not None


PAIRS = [
    ("Sales rose from 400 to 500.", 400, 500, "up"),
    ("Unemployment fell from 7% to 5.5%.", 0.07, 0.055, "down"),
    ("The ground had shrunk from 1,376 square kilometres at first to some 800.", 1376, 800, "down"),
    ("Prices climbed from $3 million to $4 million.", 3e6, 4e6, "up"),
    ("The price was cut from £20 to £15.", 20, 15, "down"),
]


@pytest.mark.parametrize(("text", "before", "after", "direction"), PAIRS)
def test_change_pairs(text: str, before: float, after: float, direction: str) -> None:
    first, second = read(text)
    assert (first.low, first.change_role, first.aspect) == (before, "from", "level")
    assert (second.low, second.change_role, second.aspect, second.direction) == (after, "to", "change", direction)
    assert (second.change_from_low, second.change_from_high) == (before, before)
    assert first.change_id == second.change_id
    assert first.unit == second.unit


def test_by_and_to_are_one_change_and_no_range() -> None:
    first, second = read("The deficit grew by $40 billion to $420 billion.")
    assert (first.change_role, second.change_role) == ("by", "to")
    assert first.change_id == second.change_id
    assert (first.bound, second.low) == ("exact", 420e9)


RATES = [
    ("Troops gain between 200 and 300 metres a day.", "between 200 and 300 metres a day", "day"),
    ("It pumps 40 litres per household.", "40 litres per household", "household"),
    ("There were 12 deaths per 100,000 people.", "12", "100,000 people"),
    ("They earn $70 a month.", "$70 a month", "month"),
    ("Oil costs $70 a barrel.", "$70 a barrel", "barrel"),
    ("It ships 900 tonnes daily.", "900 tonnes daily", "daily"),
]


@pytest.mark.parametrize(("text", "surface", "per"), RATES)
def test_rates(text: str, surface: str, per: str) -> None:
    row = one(text)
    assert (row.surface, row.per, row.aspect) == (surface, per, "rate")
