"""What a quantity is of: its thing, subject and place, in sentences of our own."""

from __future__ import annotations

import pytest

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions
from extract.read.english.quantities import read_numbers
from extract.types import Quantity


def read(text: str) -> list[Quantity]:
    doc = Document(text)
    return find_quantities(doc, [], find_mentions(doc), None)


def told(text: str) -> list[str | None]:
    """What the words around each number tell that it counts, which the chooser of the thing is told of."""
    doc = Document(text)
    return [
        text[slice(*tokens.span(*draft.thing))] if draft.thing else None
        for _, tokens, drafts in read_numbers(doc, [])
        for draft in drafts
    ]


def one(text: str) -> Quantity:
    rows = read(text)
    assert len(rows) == 1, [row.surface for row in rows]
    return rows[0]


EXAMPLE = (
    "A senior military source in Ukraine said that Russia had moved about 59,000 troops into the Kursk region, and "
    "that the ground Kyiv holds there had shrunk from 1,376 square kilometres at first to some 800."
)


def test_the_worked_example_of_the_design() -> None:
    troops, before, after = read(EXAMPLE)
    assert (troops.surface, troops.low, troops.high, troops.bound, troops.unit) == (
        "about 59,000", 59000, 59000, "about", None,
    )  # fmt: skip
    assert (troops.thing, troops.subject, troops.aspect) == ("troops", "Russia", "level")
    assert (before.low, before.change_role, before.aspect) == (1376, "from", "level")
    assert (after.surface, after.low, after.bound, after.unit, after.dimension) == (
        "some 800", 800, "about", "square kilometre", "area",
    )  # fmt: skip
    assert (after.aspect, after.direction, after.change_from_low) == ("change", "down", 1376)


@pytest.mark.parametrize(
    ("text", "years", "subject"),
    [
        ("Maria Kovac, 42, said so.", 42, "Maria Kovac"),
        ("The baker Gwen Parry, 71, closed the shop.", 71, "Gwen Parry"),
        ("Children under 4 are free.", 4, "Children"),
    ],
)
def test_ages_in_apposition(text: str, years: int, subject: str) -> None:
    row = one(text)
    assert (row.unit, row.low or row.high) == ("year of age", years)


@pytest.mark.parametrize(
    ("text", "step", "level"),
    [
        ("The toll rose by five to 41.", 5, 41),
        ("Membership grew by 3,000 to 45,000.", 3000, 45000),
        ("The herd grew by 12,000 to 1.2m.", 12000, 1.2e6),
    ],
)
def test_a_step_and_where_it_led_are_no_range(text: str, step: float, level: float) -> None:
    by, to = read(text)
    assert (by.low, by.high, by.change_role) == (step, step, "by")
    assert (to.low, to.high, to.unit, to.change_role) == (level, level, None, "to")


def test_a_step_between_two_numbers_is_a_range() -> None:
    assert (one("The herd grew by 2,000 to 3,000 goats.").low, one("Rents rose by 5 to 8 percent.").high) == (
        2000,
        0.08,
    )


def test_labels_in_the_plural_are_no_counts_and_names_stay_whole() -> None:
    assert read("The road is closed between junctions 4 and 6.") == []
    assert [row.surface for row in read("The 5G network reaches 80% of the farms.")] == ["80%"]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The number of asylum seekers rose to 40,000.", "asylum seekers"),
        ("The number of deaths from measles has reached 140.", "deaths"),
        ("The amount of waste sent to landfill fell 12%.", "waste"),
        ("The total number of casualties stands at 37.", "casualties"),
        ("The total of unpaid fines stood at 1,400.", "unpaid fines"),
        ("Dozens of United Nations aid trucks burned.", "United Nations aid trucks"),
        ("Fifty United Airlines pilots walked out.", "United Airlines pilots"),
    ],
)
def test_what_a_tally_counts_is_the_thing(text: str, thing: str) -> None:
    assert told(text) == [thing]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("At least 34 people, 11 of them children, were killed.", "children"),
        ("Some 60 guests, nine of whom were doctors, fell ill.", "doctors"),
        ("A crew of 40, six of them women, was rescued.", "women"),
    ],
)
def test_a_part_is_of_what_it_is_told_to_be(text: str, thing: str) -> None:
    assert told(text)[1] == thing
