"""Where a number is: the place right after it, or the one on its own branch of the parse; in sentences of our own."""

from __future__ import annotations

import pytest

from extract import read_rows


def place(text: str, surface: str) -> str | None:
    return next(q.place for q in read_rows(text).quantities if q.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("The bakery chain opened 12 shops in the eastern Alps.", "12", "eastern Alps"),
        ("About 300 families live in and around Vienna.", "About 300", "Vienna"),
        ("Police raided a farm outside Madrid, seizing 40 rifles.", "40", "Madrid"),
        ("In Portugal, the chain has 60 bakeries.", "60", "Portugal"),
        ("The bus drove to a hospital in Lisbon, where 14 pupils were treated.", "14", "Lisbon"),
        ("The ministry said 14 sailors were killed and 52 injured in Mali on Tuesday.", "14", "Mali"),
        ("Nurses wounded 3 thieves in Russia's Kursk region.", "3", "Kursk region"),
    ],
)
def test_a_place_on_the_numbers_own_branch(text: str, surface: str, expected: str) -> None:
    assert place(text, surface) == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The firm is based in Vienna and employs 400 bakers.", "400"),
        ("Lang, who grew up in Madrid, sold 30 paintings.", "30"),
        ("A spokesman said in Lisbon that 12 pupils had left.", "12"),
        ("The bank received two letters from Portugal's embassy.", "two"),
        ("The tax applies to 25 percent of all Mexican exports.", "25 percent"),
        ("Ana Diaz, 54, a teacher from Madrid, saw it.", "54"),
        ("He was sentenced to 10 years in prison.", "10 years"),
        ("Her flat lost a tenth of its value in a weak market.", "a tenth"),
        ("The choir sold 900 tickets at Easter.", "900"),
        ("Two mayors urged him in a letter to join calls to end the war in Portugal.", "Two"),
    ],
)
def test_places_that_are_of_something_else(text: str, surface: str) -> None:
    assert place(text, surface) is None
