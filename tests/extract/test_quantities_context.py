"""Whose number it is, what it measures and of which day, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extract.read.dates import find_dates
from extract.read.document import Document
from extract.read.quantities import find_quantities
from extract.types import Quantity

FRIDAY = datetime(2024, 11, 22, 12, tzinfo=UTC)


def read(text: str) -> list[Quantity]:
    doc = Document(text)
    return find_quantities(doc, find_dates(doc, FRIDAY), [], FRIDAY)


SUBJECTS = [
    ("The bakery's profits fell by 12 percent.", "bakery"),
    ("My salary rose by a tenth.", "My"),
    ("Shares in Kestrel rose 4 percent.", "Kestrel"),
    ("The chairman, Olaf Brandt, promised 3 million euros.", "Olaf Brandt"),
    ("Kestrel says it will invest $40 million.", "Kestrel"),
    ("The inspectors looked at nine schools.", "inspectors"),
    ("Police opened an inquiry into four banks.", "Police"),
    ("Kestrel on Monday announced plans to lay off 650 drivers.", "Kestrel"),
    ("The crew worked for 20 hours.", "crew"),
    ("The 40-metre yacht was carrying 18 passengers.", "yacht"),
    ("The boat lies at a depth of 30 metres.", "boat"),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_subjects(text: str, subject: str) -> None:
    assert read(text)[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Total price: $450", "price"),
        ("The hotel gave its cooks a 6% wage rise.", "wage"),
        ("The army sent 40 US troops.", "US troops"),
        ("The e-scooters were up 4 percent.", "e-scooters"),
    ],
)
def test_things(text: str, thing: str) -> None:
    row = read(text)[0]
    assert row.thing is not None
    assert row.thing.endswith(thing)


def test_a_pronoun_for_a_person_stays_as_written() -> None:
    assert read("Anna said she had hired 40 cooks.")[0].subject == "she"


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


def test_a_date_after_the_old_number_is_of_the_old_number() -> None:
    now, then = read("About 50 lorries were waiting, up from 12 on Monday.")
    assert (now.low, now.as_of_start, then.low) == (50, FRIDAY.date() if now.aspect == "level" else None, 12)
    assert then.as_of_start == then.as_of_end == datetime(2024, 11, 18, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bakery could close 30 branches.", None),
        ("Tenants must give 60 days of notice.", None),
        ("The mill might have to lay off 120 weavers.", None),
        ("The landslide may have buried 14 houses.", FRIDAY.date()),
        ("In May 14 houses stood empty, but 20 do now.", FRIDAY.date()),
        ("The ferry, which can be hired, has 45 berths.", FRIDAY.date()),
    ],
)
def test_what_only_may_be_is_of_no_day(text: str, day: date | None) -> None:
    assert read(text)[-1].as_of_start == day


def test_a_level_is_not_of_a_day_to_come() -> None:
    (row,) = read("The strike has shut 12 ports and could last into December.")
    assert row.as_of_start == FRIDAY.date()
