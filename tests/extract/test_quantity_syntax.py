"""What a number measures and whose it is, where only the sentence's structure tells."""

from __future__ import annotations

import pytest

from extract import read_rows
from extract.types import Quantity


def row(text: str, surface: str) -> Quantity:
    (found,) = [q for q in read_rows(text).quantities if q.surface == surface]
    return found


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
