"""Words around a number: what it can be compared with, and which number its article puts in its place."""

from __future__ import annotations

import pytest

from load.measures.contexts import corrections, is_hypothetical, is_magnitude, is_of_votes
from tests.load.measured import article_of, number_in


@pytest.mark.parametrize(
    ("text", "surface", "unit", "of_votes"),
    [
        ("Ada leads by 7 percent in polls but won with 28 percent.", "7 percent", "ratio", False),
        ("Ada leads by 7 percent in polls but won with 28 percent.", "28 percent", "ratio", True),
        ("Of the votes 31 percent went to Ada.", "31 percent", "ratio", True),
        ("With all precincts in, Ada is 5 points ahead.", "5 points", "point", True),
        ("Approval of the mayor is at 40 percent.", "40 percent", "ratio", False),
        ("The price of bread went up by 4 percent.", "4 percent", "ratio", None),
        ("Ada won 31 seats.", "31", "count", None),
    ],
)
def test_a_share_is_of_counted_votes_or_of_a_poll(text: str, surface: str, unit: str, of_votes: bool | None) -> None:
    assert is_of_votes(number_in(text, surface), text, unit) is of_votes


@pytest.mark.parametrize(
    ("text", "surface", "would"),
    [
        ("If Ada had won half of them, she would have had 698.", "698", True),
        ("Without the fund it wouldn't have lost 40 posts.", "40", True),
        ("Ada would have 698. She has 40.", "40", False),
        ("Ada would like to have 40 more.", "40", False),
    ],
)
def test_what_would_have_been_is_hypothetical(text: str, surface: str, would: bool) -> None:
    assert is_hypothetical(number_in(text, surface), text) is would


@pytest.mark.parametrize(
    ("surface", "is_one"),
    [("millions", True), ("Tens of thousands", True), ("two million", False), ("more than a dozen", False)],
)
def test_a_magnitude_is_no_value(surface: str, is_one: bool) -> None:
    text = f"{surface} came"
    assert is_magnitude(number_in(text, surface), text) is is_one


FACT = "He said nine left, but in fact it was two."


@pytest.mark.parametrize(
    ("text", "first", "second", "columns", "corrects"),
    [
        ("He claimed 81 (the actual number is closer to 15, police said).", "81", "15", {}, True),
        ("Nine left, he said. The true figure was two.", "Nine", "two", {}, True),
        ("Nine left, he said. They put the true total at two.", "Nine", "two", {"verification": "denied"}, True),
        ("Nine left, he said. They put the true total at two.", "Nine", "two", {}, False),
        (FACT, "nine", "two", {"is_attributed": True}, True),
        (FACT, "nine", "two", {}, False),
        ("He said nine left. But in fact two came.", "nine", "two", {"is_attributed": True}, False),
        ("The actual number is two. Nine came later, he said.", "two", "Nine", {"is_attributed": True}, False),
        ("He said nine left, but in fact all nine came.", "nine", "all nine", {"is_attributed": True}, False),
        (f"He claimed 81{' or so' * 50} (the actual number is 15).", "81", "15", {}, False),
    ],
)
def test_an_article_puts_a_number_in_the_place_of_another(
    text: str, first: str, second: str, columns: dict[str, object], corrects: bool
) -> None:
    values = {"81": 81.0, "15": 15.0, "nine": 9.0, "Nine": 9.0, "two": 2.0, "all nine": 9.0}
    numbers = [number_in(text, surface, low=values[surface], **columns) for surface in (first, second)]
    found = corrections(article_of(text), numbers)
    assert found == ({numbers[0].claim_id: numbers[1].claim_id} if corrects else {})


def test_numbers_of_two_units_do_not_correct_each_other() -> None:
    text = "He said nine left, but in fact they ran 2 miles."
    nine = number_in(text, "nine", low=9.0, is_attributed=True)
    assert corrections(article_of(text), [nine, number_in(text, "2 miles", low=2.0, dimension="length")]) == {}
