"""Reading the numbers of a text costs no more than its length: calls are counted, since times depend on the machine."""

from __future__ import annotations

import pytest

from benchmarks.counting import calls_of
from extract.read.english.document import Document
from extract.read.english.quantities.find import read_numbers
from extract.read.english.sentences import LONGEST_SENTENCE, split_sentences

pytestmark = pytest.mark.long

PIECES = [
    "3 November 2024: 4 men; ", "to 5 to 6 ", "rose from 5 to 6 men ", "“5 men ", "5 men 😀 ", "5 men, ",
    "5 men and ",
    "5 percent of ", "half of a ", "5 per 6 ", "Acme Corp 5 ", "1990 men ", "(5 men ", "rose 5 percent, ", "up from 5 ",
    "Jo Lund, 44, ", "5m more men ", "5 points to 700 ", "5ft 6in tall ", "up to $5 ",
]  # fmt: skip
DOUBLINGS = 4
SHORTEST = 400  # characters


def calls(text: str) -> int:
    """Count the calls that reading the numbers of a text makes."""
    doc = Document(text)
    return calls_of(lambda: read_numbers(doc, []))


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_about_twice_the_calls(piece: str) -> None:
    read_numbers(Document("5 men"), [])  # loads the tables
    counts = [calls(piece * (SHORTEST * 2**n // len(piece))) for n in range(DOUBLINGS + 1)]
    assert counts[-1] < 1.5 * 2**DOUBLINGS * max(counts[0], 1000), counts
    assert counts[-1] < 2.5 * counts[-2], counts


@pytest.mark.parametrize("text", ["a" * 5000, "5" * 5000, "5; " * 2000, "word " * 2000, "“" * 3000, "5@" * 3000])
def test_no_sentence_is_longer_than_its_limit(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in spans)
    joined = "".join(text[start:end] for start, end in spans)
    assert joined.replace(" ", "") == text.replace(" ", "")  # not a character is lost
