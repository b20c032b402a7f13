"""The work of the readers of dates, names and speech grows with the text, not with its square.

Work is counted in calls, of Python's functions and of built-in ones: no clock is asked.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.counting import calls_of
from extract.read.english.attributions import find_attributions
from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions

pytestmark = pytest.mark.long

PUBLISHED = datetime(2025, 2, 14, tzinfo=UTC)
PIECES = [
    "“", '" a ', "‘a ", "May 3, ", "on Monday 3 May 2021 at 5pm, ", "from 3 to 5pm ", "the first 9 months of ",
    "Ana Diaz and ", "Ana Diaz, ", "Bank of ", "A", "A. ", "😀", "a", "1/", "he said, ", "according to ",
    "the false claim that ", "OSLO - ", "“a b c.” - ", "a.[1] ",
]  # fmt: skip
SIZE = 4000  # characters


def calls(text: str) -> int:
    """Count the calls that reading a text takes."""
    doc = Document(text)
    return calls_of(lambda: (find_dates(doc, PUBLISHED), find_attributions(doc, find_mentions(doc))))


def repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    calls(repeated(piece, 200))  # what is loaded or kept once
    once, twice = calls(repeated(piece, SIZE)), calls(repeated(piece, 2 * SIZE))
    assert twice <= 2.4 * once + 2000
