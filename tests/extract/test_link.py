"""Numbers tied to their speakers, and statements of verification to what they speak of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from extract.identity import stable_id
from extract.read.english.attributions import find_attributions
from extract.read.english.document import Document
from extract.read.english.link import link
from extract.read.english.slots.speakers import holds
from extract.types import Attribution, Quantity

NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def numbers(doc: Document) -> list[Quantity]:
    """Bare digits as quantities, with the next word as the thing: enough to test what ties to what."""
    out = []
    for match in NUMBER.finditer(doc.text):
        sentence = doc.sentences[doc.sentence_at(match.start())]
        thing = re.match(r"\s(\w+)", doc.text[match.end() :])
        value = float(match.group().replace(",", ""))
        row = Quantity(
            stable_id(match.start()),
            doc.version_id,
            *match.span(),
            *sentence,
            match.group(),
            value,
            value,
            True,
            True,
            "exact",
        )
        out.append(replace(row, thing=thing.group(1) if thing else None))
    return out


def linked(text: str) -> tuple[list[Quantity], list[Attribution]]:
    """Numbers that are said by whose content holds them, and what is said of their truth."""
    doc = Document(text)
    attributions = find_attributions(doc, [])
    said = [
        replace(
            q,
            attribution_id=next((a.attribution_id for a in by_length(attributions) if holds(a, q.start, q.end)), None),
        )
        for q in numbers(doc)
    ]
    return link(doc, said, attributions)


def by_length(attributions: list[Attribution]) -> list[Attribution]:
    return sorted(attributions, key=lambda a: sum(end - start for start, end in a.content_spans))


def verdicts(text: str) -> dict[str, str | None]:
    return {q.surface: q.verification for q in linked(text)[0]}


def test_a_number_belongs_to_who_says_it() -> None:
    quantities, attributions = linked("Police said 12 men died. The fire began at 40 degrees.")
    assert quantities[0].attribution_id == attributions[0].attribution_id
    assert quantities[1].attribution_id is None


def test_a_number_belongs_to_the_innermost_speaker() -> None:
    quantities, attributions = linked("Smith said that Jones had told him 12 people were missing.")
    inner = next(a for a in attributions if a.cue_lemma == "tell")
    assert quantities[0].attribution_id == inner.attribution_id


def test_a_number_in_a_carried_quotation_has_its_speaker() -> None:
    quantities, attributions = linked('"We lost boats," said Idris Vale. "It was 12 in all."')
    carried = next(a for a in attributions if a.is_carried)
    assert quantities[0].attribution_id == carried.attribution_id
    assert carried.source_text == "Idris Vale"


SCOPES = [
    ("The mayor said 20 people died. The figure could not be verified.", {"20": "unverified"}),
    ("The mayor said 20 people died. Reuters was unable to confirm the toll.", {"20": "unverified"}),
    ("The mayor said 20 people died. Reuters could not independently verify the report.", {"20": "unverified"}),
    ("The mayor said 20 people died. This could not be independently confirmed.", {"20": "unverified"}),
    ("The mayor said 20 people died, a figure that could not be verified.", {"20": "unverified"}),
    ("The mayor said 20 people died, which could not be verified.", {"20": "unverified"}),
    ("The mayor said 20 people died. Officials denied the figure.", {"20": "denied"}),
    ("The mayor said 20 people died. The ministry rejected the claim.", {"20": "denied"}),
    ("The mayor said 20 people died. The army disputed this.", {"20": "denied"}),
    ("The mayor said 20 people died. The army called the figure exaggerated.", {"20": "denied"}),
    ("The mayor said 20 people died. There was no evidence to support the claim.", {"20": "unverified"}),
    ("The mayor said 20 people died. The ministry declined to publicly confirm that.", {"20": "unverified"}),
    ("A station showed 118. The service could not confirm that reading.", {"118": "unverified"}),
    ("The mayor said 20 people died. The army denied accusations of theft.", {"20": None}),
    ("The mayor said 20 people died. Heavy rain will challenge the reporters of the data.", {"20": None}),
    ("The mayor said 20 people died. The plan supports data centres.", {"20": None}),
    ("The mayor said 20 people died. Nurses were denied time off.", {"20": None}),
    ("The mayor said 20 people died. The council may change the plan or reject it.", {"20": None}),
    ('The mayor denied that the gap was large: "It is 5 metres."', {"5": None}),
    ("The mayor said 20 people died. Hospitals confirmed the figure.", {"20": "verified"}),
    ("The mayor said 20 people died. The toll has been independently verified.", {"20": "verified"}),
    ("The mayor said 20 people died. Satellite images confirmed the claim.", {"20": "verified"}),
    ("The mayor said 20 people died. The toll has yet to be verified.", {"20": "unverified"}),
    ("The mayor said 20 people died. There was no independent confirmation of the claim.", {"20": "unverified"}),
    ("Officials denied that 20 people died.", {"20": "denied"}),
    ("Unconfirmed reports spoke of deaths. The mayor said 20 people died.", {"20": None}),
    ("The mayor said 20 people died. He confirmed that talks would go on.", {"20": None}),
    ("The mayor said 20 people died. The union denied that talks had failed.", {"20": None}),
    ("The mayor said 20 people died. The union rejected an offer of 3 percent.", {"20": None, "3": None}),
    ("The mayor said 20 people died. He checked his watch.", {"20": None}),
    ("The mayor said 20 people died. The cause could not be established.", {"20": None}),
]


@pytest.mark.parametrize(("text", "expected"), SCOPES)
def test_a_statement_marks_what_it_speaks_of(text: str, expected: dict[str, str | None]) -> None:
    assert verdicts(text) == expected


def test_the_earlier_number_is_left_alone() -> None:
    text = "Police counted 40 boats.\n\nThe mayor said 20 people died. The figure could not be verified."
    assert verdicts(text) == {"40": None, "20": "unverified"}


def test_a_toll_is_of_the_dead_and_not_of_the_boats() -> None:
    text = "The mayor said 40 boats sank. He said 20 people died. The death toll could not be verified."
    assert verdicts(text) == {"40": None, "20": "unverified"}


def test_a_closing_statement_speaks_for_all_figures() -> None:
    text = (
        "Police said 40 boats sank.\n\nThe mayor said 20 people died.\n\nA 61-year-old survived.\n\n"
        "The figures could not be independently verified."
    )
    assert verdicts(text)["40"] == verdicts(text)["20"] == "unverified"


def test_these_figures_are_those_just_before() -> None:
    text = (
        "Police said 40 boats sank.\n\nThe weather was bad.\n\nThe mayor said 20 people died and 3 were hurt.\n\n"
        "These figures could not be independently verified."
    )
    assert verdicts(text) == {"40": None, "20": "unverified", "3": "unverified"}


def test_the_figures_of_one_source_are_that_sources() -> None:
    text = (
        "The army said 40 tanks burned.\n\nThe mayor said 20 people died.\n\n"
        "The figures of the army could not be independently verified."
    )
    assert verdicts(text) == {"40": "unverified", "20": None}


def test_the_nearer_statement_wins_over_the_closing_one() -> None:
    text = (
        "The army said 40 tanks burned. The ministry denied the figure.\n\nThe mayor said 20 people died.\n\n"
        "The claims could not be independently verified."
    )
    assert verdicts(text) == {"40": "denied", "20": "unverified"}


def test_a_statement_inside_a_quotation_is_no_statement_of_the_article() -> None:
    assert verdicts('The mayor said 20 died. "That could not be verified," he joked.') == {"20": None}


def test_the_span_of_a_verdict_is_its_sentence_or_its_clause() -> None:
    text = "The mayor said 20 people died, a figure that could not be verified."
    (quantity,), _ = linked(text)
    assert text[quantity.verification_start : quantity.verification_end] == "a figure that could not be verified."
    text = "The mayor said 20 people died. The figure could not be verified."
    (quantity,), attributions = linked(text)
    assert text[quantity.verification_start : quantity.verification_end] == "The figure could not be verified."
    assert attributions[0].verification == "unverified"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The miners' claim that 900 wells ran dry could not be verified.", "unverified"),
        ("Claims that 900 wells ran dry have not been independently verified.", "unverified"),
        ("A report by the union that 900 wells ran dry was denied by the mayor.", "denied"),
    ],
)
def test_a_verdict_speaks_of_what_its_noun_tells(text: str, verdict: str) -> None:
    assert verdicts(text) == {"900": verdict}


def test_a_verdict_on_what_a_noun_tells_leaves_other_numbers_alone() -> None:
    text = "Officials said 12 wells ran dry. A report that 30 had run dry could not be confirmed."
    assert verdicts(text) == {"12": None, "30": "unverified"}


def test_a_sentence_before_a_semicolon_keeps_its_own_speaker() -> None:
    quantities, attributions = linked(
        "The miners claimed to have dug 11 wells; the mayor rejected the claim as baseless."
    )
    (wells,) = quantities
    speakers = {a.attribution_id: a.source_text for a in attributions}
    assert (speakers[wells.attribution_id], wells.verification) == ("The miners", "denied")


def test_nothing_to_link_gives_nothing() -> None:
    doc = Document("")
    assert link(doc, [], []) == ([], [])
