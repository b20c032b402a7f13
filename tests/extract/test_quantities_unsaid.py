"""What a number leaves unsaid, beside which numbers others stand, and of which day each is, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.read.rows import read_rows
from extract.types import Quantity

FRIDAY = datetime(2024, 11, 22, 12, tzinfo=UTC)


def read(text: str) -> list[Quantity]:
    return list(read_rows(text, language="en", published_at=FRIDAY).quantities)


def row(text: str, surface: str) -> Quantity:
    return next(q for q in read(text) if q.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "unit", "per"),
    [
        ("The bid of C$6 (US$4.40) per share failed.", "C$6", "Canadian dollar", "share"),
        ("A trade of 9 billion shekels ($2.4 billion) a year ended.", "9 billion shekels", "Israeli shekel", "year"),
        ("Pour in 1/8 of a US pint.", "1/8 of a US pint", "pint", None),
        ("We need several hundred or even 1,000 megawatts.", "several hundred", "megawatt", None),
        ("The stock trades at 6.5 times earnings.", "6.5 times", "ratio", None),
        ("It is $20,000 a job, if they come.", "$20,000 a job", "US dollar", "job"),
        ("The plant burns 300 MMBtu a day.", "300 MMBtu a day", "mega British thermal unit", "day"),
    ],
)
def test_units_across_brackets_and_lists(text: str, surface: str, unit: str, per: str | None) -> None:
    found = row(text, surface)
    assert (found.unit, found.per) == (unit, per)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The film had 2.7m combined cinema and home sales.", 2_700_000),
        ("About 460 Norra and Vesta vans were stolen.", 460),
        ("It sold 27,000 Model S and Model X cars.", 27_000),
        ("It made 63,000 Model 3 saloons.", 63_000),
    ],
)
def test_counts_before_names_of_models(text: str, low: float) -> None:
    assert read(text)[0].low == low


def test_a_model_with_a_trim_is_no_count() -> None:
    assert [q.surface for q in read("The airline parked two 737 Max jets.")] == ["two"]


@pytest.mark.parametrize(
    ("text", "surface", "aspect", "role"),
    [
        ("Schools get $612 million, up 3%.", "$612 million", "change", "to"),
        ("The bank cut its rate by a total of 75 basis points, to 3 percent.", "75 basis points", "change", "by"),
        ("The bank cut its rate by a total of 75 basis points, to 3 percent.", "3 percent", "change", "to"),
        ("Two of eleven branches will close.", "Two", "plan", None),
        ("The firm hopes to have 30 shops by May.", "30", "plan", None),
        ("The council plans to hire 40 nurses over two years.", "two years", "plan", None),
    ],
)
def test_aspects(text: str, surface: str, aspect: str, role: str | None) -> None:
    found = row(text, surface)
    assert (found.aspect, found.change_role) == (aspect, role)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("One cottage in six stood empty.", 1 / 6, 1 / 6, "ratio"),
        ("It was one in 50.", 0.02, 0.02, "ratio"),
        ("The repair took a year and a half.", 1.5, 1.5, "year"),
        ("They saved a man in his sixties.", 60, 69, "year of age"),
        ("They put the loss at 3 million euros at the very least.", 3e6, 3e6, "euro"),
    ],
)
def test_odds_parts_and_ages(text: str, low: float, high: float, unit: str) -> None:
    found = read(text)[0]
    assert (found.low, found.high, found.unit) == (pytest.approx(low), pytest.approx(high), unit)


def test_a_decimal_takes_the_unit_that_was_said() -> None:
    found = row("It was highest in the north, at 26.9 percent, and lowest in the south, where it was 6.8.", "6.8")
    assert (found.unit, found.low) == ("ratio", 0.068)


def test_an_index_ends_in_points_where_it_moved_by_points() -> None:
    assert row("The index lost 162 points, or 2 percent, to close at 7,425.81.", "7,425.81").unit == "point"


def test_an_index_takes_no_unit_from_its_step() -> None:
    assert row("The index rose 0.7 percent to end at 1,349.19.", "1,349.19").unit is None


@pytest.mark.parametrize(
    "text", ["Call the office on 555-0177.", "Not one bottle leaves this yard.", "We tried a Kestrel Tools 85078 Set."]
)
def test_telephone_numbers_not_one_and_models_are_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "role", "direction"),
    [
        ("At least 14 people have died, up from 12 on Monday.", "At least 14", "to", "up"),
        ("At least 14 people have died, up from 12 on Monday.", "12", "from", None),
        ("Exports grew 3 percent in May, after 5 percent in April.", "5 percent", "by", "up"),
        ("The union would accept 150 fewer jobs.", "150", "by", "down"),
        ("Owners will pay 4 percent more tax.", "4 percent", "by", "up"),
    ],
)
def test_directions(text: str, surface: str, role: str, direction: str | None) -> None:
    found = row(text, surface)
    assert (found.change_role, found.direction) == (role, direction)
