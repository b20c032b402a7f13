"""Statements without quotation marks, which a colon introduces; and colons that introduce none."""

from __future__ import annotations

import pytest

from extract.read.rows import read_rows

Said = list[tuple[str | None, str]]


def said(text: str) -> Said:
    """Who says what: each source with the first words of each of its contents, in the order of the text."""
    found = read_rows(text, language="en").attributions
    return [(a.source_text, " ".join(text[s:e].split()[:3]).rstrip(".")) for a in found for s, e in a.content_spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Foreign Minister Ada Quill said:\n\nThe raid is a tragedy. Hundreds have fled.\n\nWe will send help.",
            [("Foreign Minister Ada Quill", first) for first in ("The raid is", "Hundreds have fled", "We will send")],
        ),
        (
            "Speaking in Velm, Mr Reed said:\n\nWe spent four million on it.",
            [("Mr Reed", "We spent four")],
        ),
        (
            "According to a memo that explains the bill:\n\nThe act gives banks five years. It costs little.",
            [("a memo that explains the bill", "The act gives"), ("a memo that explains the bill", "It costs little")],
        ),
        (
            "It was bad, in the words of the patient:\n\nI lost 12 kilos. I could not sleep.",
            [("the patient", "I lost 12"), ("the patient", "I could not")],
        ),
        (
            "Here are the report's main findings:\n\n- One in five wells is dry.\n- Some 40 villages lack water.",
            [("the report", "One in five"), ("the report", "Some 40 villages")],
        ),
        (
            "These were Mayor Reed's remarks:\n\nThe bridge stays open.",
            [("Mayor Reed", "The bridge stays")],
        ),
        (
            "Mayor Tom Reed told the council: The bridge cost us four million. It took three years.\n\nIt rained.",
            [("Mayor Tom Reed", "The bridge cost"), ("Mayor Tom Reed", "It took three")],
        ),
        (
            "The fund's chief wrote:\n\nRates will stay. We see no risk.\n\nAnalysts said they doubted it. It fell 3%.",
            [
                ("The fund's chief", "Rates will stay"),
                ("The fund's chief", "We see no"),
                ("Analysts", "they doubted it"),
            ],
        ),
    ],
)
def test_a_statement_below_a_colon_is_its_speakers(text: str, expected: Said) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three things went wrong:\n\nThe pump failed after 12 hours. The valve was 30 years old.",
        "These are the states:\n\n- Velm\n- Orun",
        "The timetable:\n\nDoors open at 7. The show ends at 10.",
        "What we know:\n\nSome 40 people were on board. The ship left at noon.",
        "The results of the vote:\n\nReed won 48 percent. Quill had 41.",
    ],
)
def test_a_colon_alone_makes_nobody_speak(text: str) -> None:
    assert said(text) == []


def test_the_statement_goes_on_as_carried_and_less_surely() -> None:
    text = "The minister said:\n\nThe dam holds. The river falls. The town is dry."
    first, *others = read_rows(text, language="en").attributions
    assert not first.is_carried
    assert all(a.is_carried for a in others)
    assert [a.confidence for a in others] == sorted((a.confidence for a in others), reverse=True)
    assert all(a.confidence < first.confidence for a in others)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The town relied on a study, which found that prices had risen by 40%.", "study"),
        ("The council published a survey that found that 40 locks leak.", "survey"),
        ("Pilots discussed radar data that suggested the plane was climbing at 353 knots.", "radar data"),
    ],
)
def test_a_relative_pronoun_that_tells_stands_for_its_document(text: str, name: str) -> None:
    names = [a.source_name for a in read_rows(text, language="en").attributions]
    assert any(found is not None and name in found for found in names)
