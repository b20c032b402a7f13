"""Names of people, organisations and places: kinds, joined variants, roles, countries and capitals that act."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions
from extract.types import Mention


def read(text: str) -> list[Mention]:
    return find_mentions(Document(text))


def kinds(text: str) -> dict[str, str]:
    return {m.surface: m.kind for m in read(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The harbour master, Anna Kowalska, closed the quay.", {"Anna Kowalska": "person"}),
        ("Mr Thornbury declined.", {"Thornbury": "person"}),
        ("A letter from J. R. Hale arrived.", {"J. R. Hale": "person"}),
        ("He met Ursula von der Leyen there.", {"Ursula von der Leyen": "person"}),
        ("They wrote to the Ministry of Defence again.", {"Ministry of Defence": "organisation"}),
        ("Shares of Brightwater Holdings fell.", {"Brightwater Holdings": "organisation"}),
        ("Staff at the University of Copenhagen agreed.", {"University of Copenhagen": "organisation"}),
        ("The report by NATO was short.", {"NATO": "organisation"}),
        ("Trains to Kharkiv were late.", {"Kharkiv": "place"}),
        ("Snow fell in northern Finland.", {"Finland": "place"}),
        ("A ship left the Gulf of Aden.", {"Gulf of Aden": "place"}),
        ("They crossed the Danube at dawn.", {"Danube": "place"}),
        ("Fires burned near Mount Etna.", {"Mount Etna": "place"}),
        ("Rain is expected in the UK and the U.S. this week.", {"UK": "place", "U.S.": "place"}),
        ("NEW YORK CITY (WABC) -- The bridge was shut.", {"NEW YORK CITY": "place"}),
        ("A DUP councillor left, and an SNP minister stayed.", {"DUP": "organisation", "SNP": "organisation"}),
        ("Cars are late, Helvion says.", {"Helvion": "organisation"}),
        ("The envoy to Norway Simon Vale left.", {"Norway": "place", "Simon Vale": "person"}),
        ("He moved from Wyoming to Oregon.", {"Wyoming": "place", "Oregon": "place"}),
    ],
)
def test_kinds(text: str, wanted: dict[str, str]) -> None:
    found = kinds(text)
    assert {surface: found.get(surface) for surface in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "However, prices fell.",
        "The Russian army advanced.",
        "On Monday they will vote in March.",
        "I'm sure we'll see. Don't wait.",
        "PLEASE NOTE THE time.",
        "Most residents left early. Officials agreed.",
        "The Government said no.",
        "They shop on Black Friday. Can they wait?",
        "On Day 4 they stayed.",
        "Some personal protective equipment (PPG) was late.",
        "It was his 148 PQ and an OS quirk on an RTZ 2060 card.",
        "Then Storm Ciara came, and the Smart Keyboard Folio broke.",
    ],
)
def test_no_names(text: str) -> None:
    assert kinds(text) == {}


def test_a_surname_is_the_person_it_was_before() -> None:
    text = "Elena Brightwater, the mayor, spoke first. Brightwater said the dam would hold."
    assert [(m.surface, m.kind, m.name) for m in read(text)] == [
        ("Elena Brightwater", "person", "Elena Brightwater"),
        ("Brightwater", "person", "Elena Brightwater"),
    ]


def test_a_person_named_like_a_city_stays_a_person() -> None:
    text = "Valentina Paris left the company in 2007. Paris says that she was never paid."
    assert [(m.surface, m.kind) for m in read(text)] == [("Valentina Paris", "person"), ("Paris", "person")]


def test_an_acronym_in_brackets_stands_for_its_organisation() -> None:
    text = "The Harbour Workers Union (HWU) called a strike. HWU members voted."
    assert [m.name for m in read(text) if m.surface == "HWU"] == ["Harbour Workers Union"] * 2


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("President Volodymyr Zelensky spoke.", "Volodymyr Zelensky", "President"),
        ("Prime Minister Ana Lind resigned.", "Ana Lind", "Prime Minister"),
        ("Anna Kowalska, the deputy mayor, spoke.", "Anna Kowalska", "deputy mayor"),
        ("Anna Kowalska, a spokeswoman for the port, spoke.", "Anna Kowalska", "spokeswoman"),
        ("They asked deputy mayor Anna Kowalska.", "Anna Kowalska", "deputy mayor"),
        ("Mr Justice Hale agreed.", "Hale", "Justice"),
        ("Mrs. Kowalska, the deputy mayor, spoke.", "Kowalska", "deputy mayor"),
        ("It fell to the retired teacher Anna Kowalska.", "Anna Kowalska", "retired teacher"),
        ("A friend of convicted trader Anna Kowalska spoke.", "Anna Kowalska", "convicted trader"),
        ("Its first owner was councillor Anna Kowalska.", "Anna Kowalska", "councillor"),
        ("The board named chairwoman Anna Kowalska.", "Anna Kowalska", "chairwoman"),
        ("The club praised captain Anna Kowalska.", "Anna Kowalska", "captain"),
        ("The Harbour Union campaign manager Anna Kowalska spoke.", "Anna Kowalska", "campaign manager"),
        ("It shut because owner Anna Kowalska retired.", "Anna Kowalska", "owner"),
        ("Anna Kowalska, another senior adviser, spoke.", "Anna Kowalska", "senior adviser"),
    ],
)
def test_roles(text: str, name: str, role: str) -> None:
    assert [(m.name, m.role) for m in read(text) if m.kind == "person"] == [(name, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Kowalski spoke.",
        "Ms. Anna Kowalska spoke.",
        "Miss Anna Kowalska spoke.",
        "Sir Anton Kowalski spoke.",
        "Anna Kowalska, whose son drowned, spoke.",
        "Anna Kowalska, eight years his partner, spoke.",
    ],
)
def test_a_title_of_courtesy_is_no_role_nor_is_a_clause(text: str) -> None:
    assert [m.role for m in read(text) if m.kind == "person"] == [None]


def test_a_title_after_an_organisation_parts_two_names() -> None:
    assert [(m.surface, m.kind) for m in read("NASA Administrator Carla Boden agreed.")] == [
        ("NASA", "organisation"),
        ("Carla Boden", "person"),
    ]


@pytest.mark.parametrize(
    ("text", "surface", "country", "has_point"),
    [
        ("Trains to Kharkiv were late.", "Kharkiv", "UA", True),
        ("Trains to Russia were late.", "Russia", "RU", False),
        ("Troops entered the Kursk region.", "Kursk region", "RU", False),
        ("Nothing moved in England.", "England", "GB", False),
        ("Trains to Springfield were late.", "Springfield", None, False),
        ("Unrest in the Middle East grew.", "Middle East", None, False),
    ],
)
def test_places(text: str, surface: str, country: str | None, has_point: bool) -> None:
    place = next(m for m in read(text) if m.surface == surface)
    assert (place.kind, place.country, place.latitude is not None) == ("place", country, has_point)


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("The ground that Kyiv holds has shrunk.", "government"),
        ("Washington said that it would wait.", "government"),
        ("The protest in Washington was calm.", None),
        ("He flew to Kyiv.", None),
        ("Marseille said that it would wait.", None),
    ],
)
def test_capitals_that_act(text: str, stands_for: str | None) -> None:
    assert [m.stands_for for m in read(text) if m.kind == "place"] == [stands_for]


def test_the_worked_example_of_the_design() -> None:
    text = (
        "A senior military source in Ukraine said that Russia had moved about 59,000 troops into the Kursk region, "
        "and that the ground Kyiv holds there had shrunk from 1,376 square kilometres at first to some 800."
    )
    assert [(m.surface, m.kind, m.country, m.stands_for) for m in read(text)] == [
        ("Ukraine", "place", "UA", None),
        ("Russia", "place", "RU", None),
        ("Kursk region", "place", "RU", None),
        ("Kyiv", "place", "UA", "government"),
    ]


PIECES = [
    "Anna",
    "Kowalska",
    "President",
    "NATO",
    "the",
    "of",
    "Kyiv",
    "said",
    "Ministry",
    "Corp.",
    "(HWU)",
    "University",
    "A&B",
    "O'Neil",
    "al-Assad",
    "U.S.",
    ", the mayor,",
    "Mr",
    ".",
    ",",
    "\n",
    "\xa0",
    "(",
    "—",
    "É",
    "🙂",
    "’s",
    "'s",
    "in",
    "J.",
    "Pro-Kyiv",
    "Paris's",
    "In",
    "AND",
]


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_rows_are_exact_ordered_and_repeatable(text: str) -> None:
    found = read(text)
    assert found == read(text)
    for row in found:
        assert text[row.start : row.end] == row.surface
        assert row.surface.strip() == row.surface != ""
        assert 0 < row.confidence <= 1
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({row.mention_id for row in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The drug maker Varnell said so.", "Varnell"),
        ("Helmora, a reinsurer based in Zurich, said so.", "Helmora"),
        ("Shares in Tolvane Dorn fell.", "Tolvane Dorn"),
        ("A spokeswoman for Varnell said so.", "Varnell"),
        ("Varnell, which employs 300 people, grew.", "Varnell"),
    ],
)
def test_what_the_text_calls_a_body_is_an_organisation(text: str, name: str) -> None:
    kinds = {mention.surface: mention.kind for mention in find_mentions(Document(text))}
    assert kinds[name] == "organisation"


def test_a_dateline_names_a_place_and_the_first_word_of_a_firm_the_firm() -> None:
    text = "TOLVIK (Harbour Wire) - Varnell Glass, a maker of bottles, will close. Varnell gave no reason."
    found = [(mention.surface, mention.kind) for mention in find_mentions(Document(text))]
    assert ("TOLVIK", "place") in found
    assert ("Varnell", "organisation") in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The divers met Marek Dolny. It was late. Dolny denied it.", {"Marek Dolny": "person", "Dolny": "person"}),
        ("He told The Lantern on Monday that it was over.", {"Lantern": "organisation"}),
        ("The papers were seen by the Lantern.", {"Lantern": "organisation"}),
        ("TOLVIK (Quay Lantern) - Nothing happened.", {"Quay Lantern": "organisation"}),
        ("The body was found near Upper Sallow on Monday.", {"Upper Sallow": "place"}),
        ("Kestrel Glass will close its mill.", {"Kestrel Glass": "organisation"}),
        ("Nurses at St Edwin's Hospital agreed.", {"St Edwin's Hospital": "organisation"}),
        ("The court sits in The Hague today.", {"Hague": "place"}),
        ("Norway's defence ministry said no.", {"defence ministry": "organisation"}),
    ],
)
def test_names_by_the_words_of_newspapers(text: str, wanted: dict[str, str]) -> None:
    found = kinds(text)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "text", ["The ferry Vera Moon sank.", "The Vera Moon sank at noon.", "The defence ministry is a name for many."]
)
def test_ships_are_no_people_and_a_ministry_of_no_state_is_no_name(text: str) -> None:
    assert read(text) == []


def test_a_dateline_in_capitals_has_its_country() -> None:
    found = read("KYIV (Quay Lantern) - Trains were late.")
    assert [(mention.surface, mention.country) for mention in found if mention.kind == "place"] == [("KYIV", "UA")]


def test_what_is_written_in_several_ways_has_one_name() -> None:
    text = "PORT ANSEL (Capital Wire) - The U.S. and Britain asked the UN for help. Few in the US knew Port Ansel."
    names = {m.surface: m.name for m in read(text)}
    assert names == {
        "PORT ANSEL": "Port Ansel",
        "Capital Wire": "Capital Wire",
        "U.S.": "United States",
        "Britain": "United Kingdom",
        "UN": "United Nations",
        "US": "United States",
        "Port Ansel": "Port Ansel",
    }


COUPLE = "Bill Harlow spoke first. Hillary Harlow came later, and Bill Harlow left. "


@pytest.mark.parametrize(
    ("sentence", "surface", "name"),
    [
        ("Mrs. Harlow won.", "Harlow", "Hillary Harlow"),
        ("Mr. Harlow lost.", "Harlow", "Bill Harlow"),
        ("Crowds cheered Ms. Harlow.", "Harlow", "Hillary Harlow"),
        ("Harlow left by train.", "Harlow", "Bill Harlow"),
        ("Mrs. Harlow won. Mrs. Harlow spoke. Mrs. Harlow left. Later Harlow returned.", "Harlow", "Hillary Harlow"),
    ],
)
def test_a_title_tells_which_bearer_of_a_surname_is_meant(sentence: str, surface: str, name: str) -> None:
    found = find_mentions(Document(COUPLE + sentence))
    assert [m.name for m in found if m.surface == surface][-1] == name


def test_a_title_that_fits_no_bearer_leaves_a_surname_alone() -> None:
    found = find_mentions(Document("Peter Dunne lost the vote. Mrs. Dunne congratulated the winner."))
    assert [m.name for m in found] == ["Peter Dunne", "Dunne"]
