"""What a number measures and whose it is, where only the sentence's structure tells."""

from __future__ import annotations

import pytest

from extract import read_rows
from extract.types import Quantity


def row(text: str, surface: str) -> Quantity:
    (found,) = [q for q in read_rows(text).quantities if q.surface == surface]
    return found


@pytest.mark.parametrize(
    ("text", "surface", "thing"),
    [
        ("The boat has a 7.5 litre diesel engine in its stern.", "7.5 litre", "diesel engine"),
        ("The 640 sq m sports hall is closed.", "640 sq m", "sports hall"),
        ("The village has a 40 kW generator.", "40 kW", "generator"),
        ("The school will get a building grant worth up to $3 million.", "up to $3 million", "building grant"),
        ("The number of nurses is to grow from 120 to 150.", "120", "nurses"),
        ("She expects a rate of 5.5 percent by June.", "5.5 percent", "rate"),
        ("Wages in Lisk, which had risen 9 percent since 2020, fell in May.", "9 percent", "Wages"),
        ("Road repairs: $14 million, up 3%.", "$14 million", "Road repairs"),
        ("Road repairs: $14 million, up 3%.", "3%", "Road repairs"),
    ],
)
def test_what_is_measured(text: str, surface: str, thing: str) -> None:
    assert row(text, surface).thing == thing


@pytest.mark.parametrize(
    ("text", "surface", "subject"),
    [
        ("Banks in the old town will close for 40 minutes.", "40 minutes", "Banks"),
        ("The barge lies at a depth of 22 metres.", "22 metres", "barge"),
        ("Halden says it will spend $90 million on the mill.", "$90 million", "Halden"),
        ("Growers think they have lost 300 trees.", "300", "Growers"),
        ("Mills said he had visited all 12 bridges.", "12", "he"),
        ("The growers told Halden that it owed them $4 million.", "$4 million", "it"),
        ("Halden shares fell 4 percent.", "4 percent", "Halden"),
        ("Poland's inflation was 3 percent.", "3 percent", "Poland"),
        ("Ana Diaz lost $3 million.", "$3 million", "Ana Diaz"),
        ("The storm accounted for 12 deaths.", "12", "storm"),
        ("Poland's army is short of 4,000 men.", "4,000", "army"),
        ("Jo Watt, from Lisbon, who has written dozens of books, was there.", "dozens", "Jo Watt"),
        ("Police arrested 31-year-old Ana Diaz.", "31-year-old", "Ana Diaz"),
        ("A letter noted that 42 percent of those asked had left.", "42 percent", None),
        ("Parents of 30 pupils met on Monday.", "30", None),
        ("Ana Diaz praised a mop (£2.00, Hale).", "£2.00", None),
    ],
)
def test_whose_it_is(text: str, surface: str, subject: str | None) -> None:
    assert row(text, surface).subject == subject


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("The town will waive $2 million in tax over five years.", "five years", "exact"),
        ("Over six months the price halved.", "six months", "exact"),
        ("The repair took over five years.", "over five years", "more_than"),
        ("They have been here for over five years.", "over five years", "more_than"),
        ("The bridge is over five years old.", "over five years old", "more_than"),
        ("The pile weighs over five tonnes.", "over five tonnes", "more_than"),
    ],
)
def test_over_a_time_says_how_long_or_how_much(text: str, surface: str, bound: str) -> None:
    assert row(text, surface).bound == bound


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("Rents in the old city rose 6 percent.", "6 percent", "old city"),
        ("Unemployment in Lisk fell to 4 percent.", "4 percent", "Lisk"),
        ("Sales in March rose 6 percent.", "6 percent", None),
        ("Trust in the party fell to 4 percent.", "4 percent", None),
    ],
)
def test_where_the_measured_thing_is(text: str, surface: str, place: str | None) -> None:
    assert row(text, surface).place == place
