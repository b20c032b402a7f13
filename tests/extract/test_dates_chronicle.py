"""Dates without a year in texts that name many old years: chronicles, and news that looks back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.read.english.dates import find_dates
from extract.read.english.document import Document

PUBLISHED = datetime(2024, 11, 23, 12, tzinfo=UTC)
ONCE = (
    "The lighthouse of Ansel was built in 1804 and burned in 1811. Rebuilt in 1815, it was sold in 1846, flooded in"
    " 1862, shelled in 1916, closed in 1939 and opened again in 1951. "
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In October it was painted white.", 1951),
        ("In October it was painted white, says the keeper, Ada Quill.", 2024),
        ("“We paint it in October,” said Ada Quill.", 2024),
    ],
)
def test_news_that_looks_back_is_no_chronicle(text: str, year: int) -> None:
    found = find_dates(Document(ONCE + text), PUBLISHED)
    assert [m.value for m in found if m.surface.endswith("October")] == [f"{year}-10"]
