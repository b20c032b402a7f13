"""Whom the pronoun stands for whose number it is: named where one name leads all others, else left empty."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract import read_rows

PUBLISHED = datetime(2024, 11, 20, tzinfo=UTC)


def subjects(text: str) -> list[tuple[str | None, str | None]]:
    return [(q.subject, q.subject_name) for q in read_rows(text, published_at=PUBLISHED, language="en").quantities]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tideworks said on Monday that it would cut 400 jobs.", "Tideworks"),
        ("Lori Vale opened the plant in May. She has hired 40 people since.", "Lori Vale"),
        ("Brava Re reported a loss on Friday, its third in a row. It has lost $40 million since June.", "Brava Re"),
    ],
)
def test_a_pronoun_has_its_name(text: str, name: str) -> None:
    subject, found = subjects(text)[-1]
    assert subject is not None
    assert found == name


@pytest.mark.parametrize(
    "text",
    [
        "It rained for 12 days.",
        "They found 12 rifles.",
        "Acme Corp cut 400 jobs.",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    assert [name for _, name in subjects(text)] == [None]


def test_what_a_pronoun_owns_is_not_its_name() -> None:
    for subject, name in subjects("Nadia Brandt leads the party. Her campaign raised $3 million, her allies $400,000."):
        assert name not in ("campaign", "Her campaign", "allies", subject)
