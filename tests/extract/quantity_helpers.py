"""The numbers of a text, as the tests of quantities ask for them."""

from __future__ import annotations

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.types import Quantity


def read(text: str) -> list[Quantity]:
    return find_quantities(Document(text), [], [], None)


def one(text: str) -> Quantity:
    rows = read(text)
    assert len(rows) == 1, [row.surface for row in rows]
    return rows[0]
