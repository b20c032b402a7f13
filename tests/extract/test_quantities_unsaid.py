"""What a number leaves unsaid, beside which numbers others stand, and of which day each is, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extract.read.rows import read_rows
from extract.types import Quantity

FRIDAY = datetime(2024, 11, 22, 12, tzinfo=UTC)


def read(text: str) -> list[Quantity]:
    return list(read_rows(text, language="en", published_at=FRIDAY).quantities)


def row(text: str, surface: str) -> Quantity:
    return next(q for q in read(text) if q.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "thing"),
    [
        ("Exports grew 3 percent in May, after 5 percent in April.", "5 percent", "Exports"),
        ("Some 900 pupils were absent, 40 more than in March.", "40", "pupils"),
        ("About 70 percent of tenants complained; 9 percent could not say why.", "9 percent", "tenants"),
        ("Rents have climbed to $800. It was $500 in 2019.", "$500", "Rents"),
        ("Inflation rose to 4 percent from a low of 3 percent.", "3 percent", "Inflation"),
        ("It is the second largest of the island's six lighthouses.", "second", "lighthouses"),
        ("Kestrel +0.4% Norrland -1.2%", "-1.2%", "Norrland"),
        ("An unemployment rate of 7 percent worries the town.", "7 percent", "unemployment rate"),
        ("The delay costs the port $4 million a day.", "$4 million a day", "delay"),
        ("Nine were nurses.", "Nine", "nurses"),
        ("The deal would add $11 million to the wage bill.", "$11 million", "wage bill"),
        ("The risk of a strike is put at 10 percent.", "10 percent", "risk"),
        ("The rate stood at 15 percent, more than double the old figure.", "more than double", "rate"),
        ("The maker had a bad day, with its shares down 11%.", "11%", "shares"),
        ("Kestrel fell 2% and Norrland by 3%.", "3%", "Norrland"),
        ("It is cheap for a van (base price: $9,000).", "$9,000", "base price"),
        ("The engine makes 450 Nm (332 lb-ft) of torque.", "450 Nm", "torque"),
        ("He has claims, ranging from $200 to $4,000, against it.", "from $200 to $4,000", "claims"),
        ("Vesta 500 +0.3% Kestrel +0.8%.", "+0.3%", "Vesta 500"),
    ],
)
def test_what_another_number_has_said(text: str, surface: str, thing: str) -> None:
    assert row(text, surface).thing == thing


def test_nothing_is_taken_over_from_another_paragraph() -> None:
    assert row("Rents have climbed to $800.\nIt was $500 in 2019.", "$500").thing is None


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
    ("text", "low", "thing"),
    [
        ("The film had 2.7m combined cinema and home sales.", 2_700_000, "sales"),
        ("About 460 Norra and Vesta vans were stolen.", 460, "vans"),
        ("It sold 27,000 Model S and Model X cars.", 27_000, "cars"),
        ("It made 63,000 Model 3 saloons.", 63_000, "saloons"),
    ],
)
def test_counts_before_names_of_models(text: str, low: float, thing: str) -> None:
    found = read(text)[0]
    assert found.low == low
    assert found.thing is not None
    assert found.thing.endswith(thing)


def test_a_model_with_a_trim_is_no_count() -> None:
    assert [q.surface for q in read("The airline parked two 737 Max jets.")] == ["two"]


@pytest.mark.parametrize(
    ("text", "surface", "subject"),
    [
        ("Rescuers saved 80 guests, among them 12 pupils.", "12", None),
        ("The gates stayed shut and 17 lorries waited.", "17", None),
        ("The council wants to plant 400 trees over five years.", "five years", None),
        ("The boat stopped 300 metres from the pier.", "300 metres", "boat"),
        ("May's figure was 3 percent.", "3 percent", None),
        ("The chain took on 300 cooks.", "300", "chain"),
        ("Kestrel is a side with four captains.", "four", "side"),
        ("They read a study of 135 mills.", "135", "study"),
        ("The company's seven ferries were old.", "seven", "company"),
        ("Anna Holt, a 35-year-old driver, was unhurt.", "35-year-old", "Anna Holt"),
        ("Scouts moved forward by 2 km.", "2 km", "Scouts"),
    ],
)
def test_who_acts_on_a_count(text: str, surface: str, subject: str | None) -> None:
    assert row(text, surface).subject == subject


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("Some 700 nurses met at the gate.", "Some 700", "gate"),
        ("Forty ships lay at anchor in the bay.", "Forty", "bay"),
        ("They hold 400 square kilometres of Belgium.", "400 square kilometres", "Belgium"),
    ],
)
def test_places_without_a_name_and_places_measured(text: str, surface: str, place: str) -> None:
    assert row(text, surface).place == place


@pytest.mark.parametrize(
    ("text", "surface", "start"),
    [
        ("Exports grew 3 percent in May, after 5 percent in April.", "3 percent", date(2024, 5, 1)),
        ("Exports grew 3 percent in May, after 5 percent in April.", "5 percent", date(2024, 4, 1)),
        ("It is the worst flood since 1978, when 41 people drowned.", "41", date(1978, 1, 1)),
        ("The rent was $900 in 2021 and now it is $1,200.", "$1,200", date(2024, 11, 22)),
        ("Kestrel, which employs 90 people in Orle, was sold on Monday.", "90", date(2024, 11, 22)),
        ("The hall is licensed for no more than 250 guests.", "no more than 250", None),
    ],
)
def test_days(text: str, surface: str, start: date | None) -> None:
    assert row(text, surface).as_of_start == start


def test_since_ends_with_the_day_when_something_happened() -> None:
    assert row("It is the worst flood since 1978, when 41 people drowned.", "41").as_of_end == date(1978, 12, 31)


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
    ("text", "low", "high", "unit", "thing"),
    [
        ("One cottage in six stood empty.", 1 / 6, 1 / 6, "ratio", "cottage"),
        ("It was one in 50.", 0.02, 0.02, "ratio", None),
        ("The repair took a year and a half.", 1.5, 1.5, "year", None),
        ("They saved a man in his sixties.", 60, 69, "year of age", None),
        ("They put the loss at 3 million euros at the very least.", 3e6, 3e6, "euro", None),
    ],
)
def test_odds_parts_and_ages(text: str, low: float, high: float, unit: str, thing: str | None) -> None:
    found = read(text)[0]
    assert (found.low, found.high, found.unit) == (pytest.approx(low), pytest.approx(high), unit)
    assert thing is None or found.thing == thing


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
