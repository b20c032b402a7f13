"""Names as news writes them: one bearer of several, bodies by their field, owners, and names that are places too."""

from __future__ import annotations

import pytest

from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions


def names(text: str) -> list[tuple[str, str, str]]:
    return [(m.surface, m.kind, m.name) for m in find_mentions(Document(text))]


def called(text: str, surface: str) -> list[str]:
    return [name for found, _, name in names(text) if found == surface]


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Lori J. Vale won. Critics of Lori Vale left.", "Lori Vale", "Lori J. Vale"),
        ("Peter B. Hale spoke. Later Peter Hale sang, and Hale left.", "Hale", "Peter B. Hale"),
        ("Anna Brown spoke. Anna Brown met her son, Tom Brown. Then Brown left.", "Brown", "Anna Brown"),
        ("Tom Brown, her son, watched. Anna Brown spoke, and Anna Brown sang. Then Brown left.", "Brown", "Anna Brown"),
        ("In Ohio Democrat Anna Brown spoke. Nobody asked Brown.", "Brown", "Anna Brown"),
    ],
)
def test_a_surname_is_of_the_one_whom_the_article_is_about(text: str, surface: str, name: str) -> None:
    assert set(called(text, surface)) == {name}


def test_letters_are_short_for_their_initials_only() -> None:
    text = "They asked NASA Administrator Bill Ingalls about NASA. The World Rowing Federation met, and the WRF spoke."
    assert called(text, "NASA") == ["NASA", "NASA"]
    assert called(text, "WRF") == ["World Rowing Federation"]


def test_initials_alone_make_no_shorter_form() -> None:
    text = "George H. W. spoke, and so did George W. before the crowd went home."
    assert called(text, "George W.") == ["George W."]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "We asked the Philippine Bureau of Fisheries and Aquatic Resources on Monday.",
            "Philippine Bureau of Fisheries and Aquatic Resources",
        ),
        ("We asked the National Bureau of Statistics about the rise in rents.", "National Bureau of Statistics"),
        (
            "It came from the Norwegian Institute of Marine Research last week.",
            "Norwegian Institute of Marine Research",
        ),
        ("They study at the University of Lagos and live in the town.", "University of Lagos"),
        ("The federal Department of Health and Human Services paid for it.", "Department of Health and Human Services"),
        ("He asked the Ministry of Fisheries & Aquaculture about its quotas.", "Ministry of Fisheries & Aquaculture"),
    ],
)
def test_a_body_keeps_its_country_and_all_of_its_field(text: str, body: str) -> None:
    assert (body, "organisation", body) in names(text)


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("The Bank of England's Huw Pill said rates may fall.", "Huw Pill", "person"),
        ("Sales rose, its chief executive Jo Hall told investors.", "Jo Hall", "person"),
        ("They played at Carnegie Hall on Friday.", "Carnegie Hall", "place"),
        ("Fires burn across the Amazon, and ministers met.", "Amazon", "place"),
        ("The union sued Amazon over its breaks.", "Amazon", "organisation"),
        ("Apple fell 2% in early trading.", "Apple", "organisation"),
        ("On Friday Meta's Zuckerberg sold shares.", "Zuckerberg", "person"),
        ("Michael Jordan won again. Jordan said he was glad.", "Jordan", "person"),
        ("The king of Jordan sent planes.", "Jordan", "place"),
    ],
)
def test_what_stands_beside_a_name_says_what_it_is(text: str, surface: str, kind: str) -> None:
    assert {k for found, k, _ in names(text) if found == surface} == {kind}


def test_what_is_no_name_in_front_is_left_out() -> None:
    assert names("Asserting Clinton was wrong, he left the hall with his aides.")[0][0] == "Clinton"
    assert names("Apple pie is sold at the door.") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("By Tom Reed in Nairobi\nThe river rose.", []),
        ("By Lori Vale and Ian Moss\nThe mill shut.", []),
        ("By Lori Vale, Oslo\nThe mill shut.", []),
        ("By Lori Vale's count 40 left.", ["Lori Vale"]),
        ("The song is by Lori Vale.", ["Lori Vale"]),
    ],
)
def test_a_byline_names_nobody_of_the_text(text: str, named: list[str]) -> None:
    assert [found for found, _, _ in names(text)] == named


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Residents of Hillsborough thanked the county on Monday.", "Hillsborough", "place"),
        ("The streets of Barnsley were quiet.", "Barnsley", "place"),
        ("Voters in Kent and the mayor of Rochdale met.", "Rochdale", "place"),
        ("Families of Middlesbrough wait for news.", "Middlesbrough", "place"),
        ("Officials in Hillsborough say so, but Hillsborough said no more.", "Hillsborough", "place"),
        ("The Bureau of Labor Statistics spoke.", "Bureau of Labor Statistics", "organisation"),
        ("The Norwegian Refugee Council left El Fasher.", "Norwegian Refugee Council", "organisation"),
        ("The European Central Bank met Anna Brown.", "European Central Bank", "organisation"),
        ("The Sheffield Crown Court heard Lee Marsh, 41, of Barnsley.", "Lee Marsh", "person"),
        ("Police charged Tom Forest, 33, with theft.", "Tom Forest", "person"),
        ("Anna Hills (29) won the race.", "Anna Hills", "person"),
        ("Santiago Lopez lives in Santiago, Chile.", "Santiago", "place"),
        ("Florence Hale works in Florence, Italy.", "Florence", "place"),
        ("Austin Brown was born in Austin, Texas.", "Austin", "place"),
        ("The Bank of England's Huw Pill spoke. Pill said rates may fall.", "Pill", "person"),
        ("Anna Bell left early. Later Bell spoke in Leeds.", "Bell", "person"),
        ("Marlow Polls asked voters in Kent.", "Marlow Polls", "organisation"),
    ],
)
def test_a_name_is_of_its_kind(text: str, surface: str, kind: str) -> None:
    assert (surface, kind) in [(found, of) for found, of, _ in names(text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Bank of England's Huw Pill spoke. Pill boxes line the coast.", "Pill"),
        ("Tom Pound left. Pound coins are gone.", "Pound"),
    ],
)
def test_an_ordinary_word_that_opens_a_sentence_is_no_surname(text: str, word: str) -> None:
    assert word not in [found for found, _, _ in names(text)]
