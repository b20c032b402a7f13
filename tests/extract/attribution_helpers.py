"""The attributions of a text, as the tests of attributions ask for them."""

from __future__ import annotations

from extract.read.english.attributions import find_attributions
from extract.read.english.document import Document
from extract.types import Attribution


def read(text: str) -> list[Attribution]:
    return find_attributions(Document(text), [])


def plain_words(text: str, row: Attribution) -> str:
    pieces = (text[start:end] for start, end in row.content_spans)
    return " ".join(
        " ".join(pieces).translate(str.maketrans("", "", '"“”')).replace("''", "").replace(",", "").split()
    ).rstrip(".?!")


def first_with(rows: list[Attribution], lemma: str) -> Attribution:
    return next(row for row in rows if row.cue_lemma == lemma)
