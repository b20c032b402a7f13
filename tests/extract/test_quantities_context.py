"""Whose number it is, what it measures and of which day, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.read.english.claims import find_quantities
from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.types import Quantity

FRIDAY = datetime(2024, 11, 22, 12, tzinfo=UTC)


def read(text: str) -> list[Quantity]:
    doc = Document(text)
    return find_quantities(doc, find_dates(doc, FRIDAY), [], FRIDAY)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The firm lost money over three years.", "exact"),
        ("They will pay within two weeks.", "exact"),
        ("The trial lasted for over three years.", "more_than"),
        ("Barely 40 villagers came.", "about"),
        ("The sum is nearer 90 million euros.", "about"),
        ("The repair will cost 5 million euros at the very least.", "at_least"),
    ],
)
def test_bounds_and_lengths_of_time(text: str, bound: str) -> None:
    assert read(text)[0].bound == bound


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("The loss was Y=40 billion.", 4e10, "Japanese yen"),
        ("It paid 30 USD million for the site.", 3e7, "US dollar"),
        ("It cost Mex$ 700.", 700, "Mexican peso"),
        ("the c $ 300 million charge was taken.", 3e8, "Canadian dollar"),
        ("The parcel weighs 12 (kg).", 12, "kilogram"),
        ("It raised 90 million of the 2 billion euros.", 9e7, "euro"),
        ("It needs 30 working days.", 30, "day"),
    ],
)
def test_units_in_unusual_places(text: str, low: float, unit: str) -> None:
    row = read(text)[0]
    assert (row.low, row.unit) == (low, unit)


def test_a_level_is_not_of_a_day_to_come() -> None:
    (row,) = read("The strike has shut 12 ports and could last into December.")
    assert row.as_of_start == FRIDAY.date()
