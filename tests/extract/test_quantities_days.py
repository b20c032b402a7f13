"""The days that a number is true of: a date on its own branch of the parse, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extract import read_rows

THURSDAY = datetime(2024, 6, 20, 9, tzinfo=UTC)
TODAY, MONDAY = THURSDAY.date(), date(2024, 6, 17)


def days(text: str, surface: str) -> tuple[date | None, date | None]:
    rows = read_rows(text, published_at=THURSDAY).quantities
    return next((q.as_of_start, q.as_of_end) for q in rows if q.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("The ship had 40 sailors aboard when it left the port on Monday.", "40", MONDAY),
        ("The line was closed on Monday, when 14 trains stood still.", "14", MONDAY),
        ("Some 30 sailors are thought to have drowned on Monday.", "Some 30", MONDAY),
        ("The bakers who left on Monday numbered 12.", "12", TODAY),
        ("The bakery, founded in 1952, employs 60 people.", "60", TODAY),
        ("Ana Diaz, who left the firm on Monday, owns 30 flats.", "30", TODAY),
        ("He sold three flats and moved to Lisbon in 2016.", "three", TODAY),
        ("The firm will shut a mill in 2027, and it employs 400 people.", "400", TODAY),
    ],
)
def test_a_date_of_another_clause_is_no_day_of_the_number(text: str, surface: str, day: date) -> None:
    assert days(text, surface) == (day, day)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("If 30 bakers leave, the shop will close.", "30"),
        ("You need two eggs for it.", "two"),
        ("Add three eggs to the bowl.", "three"),
        ("The mill used to employ 400 people.", "400"),
        ("The mill had 400 workers at its peak.", "400"),
        ("Up to four guests can be put up.", "Up to four"),
        ("Sales were up 4 percent from a year ago.", "4 percent"),
        ("Emissions fell by a fifth on 2005 levels.", "a fifth"),
        ("The line carried a fifth more than a decade ago.", "a fifth"),
        ("Rents have risen to $900 since May.", "$900"),
        ("Sales were up 4 percent from a poor start in March.", "4 percent"),
    ],
)
def test_what_holds_of_no_day_has_none(text: str, surface: str) -> None:
    assert days(text, surface) == (None, None)


@pytest.mark.parametrize(
    ("text", "surface", "first", "last"),
    [
        ("From January to March the mill made 400 tables.", "400", date(2024, 1, 1), date(2024, 3, 31)),
        ("The mill made 400 tables in the three months to May.", "400", date(2024, 3, 1), date(2024, 5, 31)),
        ("Prices rose 4 percent on Monday.", "4 percent", MONDAY, MONDAY),
        ("The lake rose from 2 metres to 5 metres between Monday and Tuesday.", "2 metres", MONDAY, MONDAY),
        ("Rents have risen by 4 percent since May.", "4 percent", date(2024, 5, 1), TODAY),
    ],
)
def test_days_as_the_sentence_gives_them(text: str, surface: str, first: date, last: date) -> None:
    assert days(text, surface) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("At least 12 sailors were killed and 30 wounded in a storm off Lisbon on Monday.", "At least 12", "30"),
        ("Police arrested 40 people and seized 12 rifles in raids across Madrid on Monday.", "40", "12"),
        ("Sales rose 5% and profits fell 3% on Monday.", "5%", "3%"),
    ],
)
def test_a_date_that_closes_two_clauses_is_of_both(text: str, first: str, second: str) -> None:
    assert days(text, first) == days(text, second) == (MONDAY, MONDAY)


def test_a_part_is_of_the_days_of_its_whole() -> None:
    text = "Floods drowned 47 cows across Mali on Monday, farmers said, including 13 on one farm."
    assert days(text, "47") == days(text, "13") == (MONDAY, MONDAY)


def test_a_date_behind_a_clause_of_another_time_is_not_of_the_first() -> None:
    assert days("The chain employs 400 people and opened 12 shops on Monday.", "400") == (TODAY, TODAY)


def test_what_goes_on_from_other_years_is_not_of_today() -> None:
    assert days("The mill opened in 1952. It employed 400 people.", "400") == (None, None)
    assert days("The mill opened in 1952. It employs 400 people.", "400") == (TODAY, TODAY)
    assert days("The mill opened in 1952.\nA fire there killed 4 bakers.", "4") == (TODAY, TODAY)
