"""Measures: names of one person, what a number is, which claims meet, and that no order of arrival counts."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from load.measures.claim import Article, Name
from load.measures.kinds import clause_of, kind_of
from load.measures.names import name_key
from load.measures.profile import profile
from load.measures.quantities import families
from load.measures.replay import Claim, Measures, replay
from load.measures.score import features as features_of
from load.measures.score import scores, weights
from load.measures.table import Profiles
from load.measures.words import rarity
from tests.load.measured import article_of, compared, number_in


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ("Ada Quill", "Ada M. Quill", "Mrs. Ada Quill", "Ada Quill Jr.", "Dr. Ada Quill's")),
        ("organisation", ("the Brannock Glass Inc.", "Brannock Glass")),
        ("place", ("Port Ansel", "the Port Ansel")),
    ],
)
def test_one_key_for_all_ways_to_write_a_name(kind: str, names: Sequence[str]) -> None:
    assert len({name_key(kind, name) for name in names}) == 1


def test_people_of_one_surname_stay_two() -> None:
    assert name_key("person", "Ada Quill") != name_key("person", "Henk Quill")


@pytest.mark.parametrize(
    ("text", "surface", "unit", "kind"),
    [
        ("The ferry firm owed 40 banks at the time", "40", None, "level"),
        ("Quill leads Dros by 7 points in the city", "7", "percentage point", "lead"),
        ("The union has a lead of 300 votes", "300", None, "lead"),
        ("The bill needs 60 votes to pass", "60", None, "threshold"),
        ("The council has a limit of 90 homes a year", "90", None, "limit"),
        ("The minister asked for 12 million more", "12", None, "plan"),
        ("Dockers won six of the last eight ballots", "eight", None, "base"),
        ("The poll has a margin of error of 3 points", "3", "percentage point", "error"),
        ("The institute surveyed 900 likely voters in May", "900", None, "base"),
        ("Of these, 578 members were interviewed again", "578", None, "base"),
        ("The council polled badly and lost 14 seats", "14", None, "level"),
        ("The party must pass the 5 percent hurdle", "5", "ratio", "threshold"),
    ],
)
def test_what_a_number_says_of_its_thing(text: str, surface: str, unit: str | None, kind: str) -> None:
    number = number_in(text, surface, unit=unit)
    assert kind_of(number, text, clause_of(text, number)) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Quill opened up a 7-point lead over Dros", "lead"),
        ("Quill trails Dros by 7 points in the city", "lead"),
        ("Support for Quill rose by 7 points in May", "change"),
        ("Quill was up by 7 points from March", "change"),
    ],
)
def test_a_lead_in_points_is_told_from_a_change(text: str, kind: str) -> None:
    number = number_in(text, "7", unit="percentage point", aspect="change", change_role="by")
    assert kind_of(number, text, clause_of(text, number)) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A new survey found that Quill would beat Dros with 44 percent of the vote", "level"),
        ("Quill would add 44 percent to the duty on glass", "plan"),
    ],
)
def test_what_a_poll_asks_for_is_no_plan(text: str, kind: str) -> None:
    number = number_in(text, "44 percent", low=0.44, dimension="ratio", unit="ratio", aspect="plan")
    assert profile(number, article_of(text)).kind == kind


@pytest.mark.parametrize(
    ("text", "surface", "owner"),
    [
        ("Ada Quill leads Henk Dros, 44 percent to 37, in the city", "44", "ada quill"),
        ("Ada Quill leads Henk Dros, 44 percent to 37, in the city", "37", "henk dros"),
        ("Ada Quill has 120 seats, Henk Dros has 98 and Clara Feld has 12", "98", "henk dros"),
        ("Ada Quill met Henk Dros, 61, at the harbour", "61", "henk dros"),
        ("Of the mayors, 14 back Clara Feld, while only 3 support Henk Dros", "3", "henk dros"),
    ],
)
def test_whose_number_it_is(text: str, surface: str, owner: str) -> None:
    people = [name for name in ("Ada Quill", "Henk Dros", "Clara Feld") if name in text]
    found = profile(number_in(text, surface), article_of(text, *people)).owners
    assert max(found, key=lambda key: found[key]) == f"person:{owner}"


SAME = (
    "Rescuers said 34 people had died when the ferry sank off the coast",
    "The ferry disaster has killed 34, the coast guard said",
)
OTHER = "The coast guard sent 34 boats to look for the ferry"


def test_one_figure_in_two_wordings_scores_above_another_figure_of_the_same_value() -> None:
    texts = (*SAME, OTHER)
    things = ("people", None, "boats")
    profiles = Profiles(
        [
            profile(number_in(t, "34", version=str(i), low=34.0, thing=thing), article_of(t, headline="Ferry sinks"))
            for i, (t, thing) in enumerate(zip(texts, things, strict=True))
        ]
    )
    same, other, third = scores(profiles, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert same > max(other, third)


@pytest.mark.parametrize(("age", "year", "differs"), [(61, 2024, 0), (62, 2025, 0), (64, 2024, 1), (40, 2025, 1)])
def test_nobody_is_of_two_ages_but_for_the_years_between(age: int, year: int, differs: int) -> None:
    texts = ("The mayor is 61 years old", f"The mayor is {age} years old")
    columns: list[dict[str, Any]] = [
        {"low": value, "dimension": "age", "unit": "year of age", "day": date(at, 11, 15)}
        for value, at in ((61.0, 2024), (float(age), year))
    ]
    assert compared(texts, ("61", str(age)), columns)["age_differs"] == differs


@pytest.mark.parametrize(("asked", "differs"), [(1204, 0), (900, 1)])
def test_two_polls_asked_so_many_people(asked: int, differs: int) -> None:
    texts = ("The paper polled 1204 voters", f"The paper polled {asked} voters")
    columns: list[dict[str, Any]] = [{"low": 1204.0, "thing": "voters"}, {"low": float(asked), "thing": "voters"}]
    assert compared(texts, ("1204", str(asked)), columns)["sample_differs"] == differs


def test_a_magnitude_is_no_value() -> None:
    texts = ("The flood drove thousands of people out", "The match drew thousands of people")
    vague: list[dict[str, Any]] = [{"low": 1000.0, "high": None, "bound": "at_least", "thing": "people"}] * 2
    exact: list[dict[str, Any]] = [{"low": 1000.0, "high": 1000.0, "thing": "people"}] * 2
    assert compared(texts, ("thousands", "thousands"), vague)["value_overlap"] == 0
    assert compared(texts, ("thousands", "thousands"), exact)["value_overlap"] == 1


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("Quill has 44 percent in Ansel", "Quill has 41 percent", 1),
        ("Quill has 44 percent in Ansel", "Quill has 41 percent in Brannock", 1),
        ("Quill has 44 percent in Ansel", "In Ansel Quill has 41 percent", 0),
        ("Quill has 44 percent nationwide", "Quill has 41 percent", 0),
    ],
)
def test_a_share_in_one_place_is_not_that_of_the_country(first: str, second: str, apart: int) -> None:
    profiles = []
    for at, (text, value) in enumerate(((first, "44"), (second, "41"))):
        names = [
            Name(text.index(place), text.index(place) + len(place), "place", name_key("place", place), place)
            for place in ("Ansel", "Brannock")
            if place in text
        ]
        number = number_in(text, value, version=str(at), low=int(value) / 100, dimension="ratio")
        profiles.append(profile(number, Article(text, "", names)))
    found = features_of(Profiles(profiles), np.array([1]), np.array([0]))
    assert (found["share_place"][0] > 0.5) == bool(apart)


def test_a_word_is_telling_that_is_rare_in_news_too() -> None:
    assert rarity("voter") < rarity("lighthouse")
    assert rarity("person") < 0.1


# Two values of one article: who gives them, what each is, and whether they may be of one measure.
VOICES: list[tuple[str, str | None, str | None, dict[str, Any], bool]] = [
    ("Marchers: 9000 or 12000", "police", "the organisers", {}, True),
    ("Sheep lost: 3000 or 900", "the farmers", "the county vet", {}, True),
    ("Rain of 118 or 96 fell", "an amateur station", "the weather service", {}, True),
    ("Debt of 1100 or 1300", "the auditor", "Rosa Lind", {}, True),
    ("Cases: 410 or 377", "the ministry", "the health office", {}, True),
    ("Marchers: 9000, then 12000", "police", "police", {}, False),
    ("Marchers: 9000, then 12000", None, None, {}, False),
    ("Quill has 51 and 24", "women", "men", {"dimension": "ratio"}, False),
    ("Quill has 58 and 46", "older voters", "young voters", {"dimension": "ratio"}, False),
    ("Quill has 51 and 24", "the garrison", "the fleet", {"dimension": "ratio", "said_by_kind": "collective"}, False),
    ("The poll gives 51, the survey 24", None, None, {"dimension": "ratio"}, False),
    ("They are 61 and 49 years old", "Ada Quill", "Henk Dros", {"dimension": "age"}, False),
]


@pytest.mark.parametrize(("text", "first", "second", "columns", "may_be_one"), VOICES)
def test_two_sources_of_one_article_may_give_two_values_but_not_two_groups_or_ages(
    text: str, first: str | None, second: str | None, columns: dict[str, Any], may_be_one: bool
) -> None:
    surfaces = re.findall(r"\d+", text)
    numbers = [
        number_in(text, surface, low=float(surface), said_by=speaker, **columns)
        for surface, speaker in zip(surfaces, (first, second), strict=True)
    ]
    profiles = Profiles([profile(number, article_of(text)) for number in numbers])
    assert (features_of(profiles, np.array([1]), np.array([0]))["together"][0] < 0.5) == may_be_one


def test_a_range_and_a_value_within_it_are_two_values_of_one_article() -> None:
    text = "Donors gave 20 to 50 a head, and 30 at the gate"
    numbers = [number_in(text, "20 to 50", low=20.0, high=50.0), number_in(text, "30", low=30.0)]
    profiles = Profiles([profile(number, article_of(text)) for number in numbers])
    assert features_of(profiles, np.array([1]), np.array([0]))["together"][0] == 1


@pytest.mark.parametrize(
    ("words", "unit", "found"),
    [
        ("narrowed the gap to", "point", set()),
        ("narrowed the gap to", "USD", {"deficit"}),
        ("a loss of", "point", set()),
        ("reported a loss of", "EUR", {"loss"}),
        ("down since March by", "count", set()),
        ("on the march were", "count", {"crowd"}),
        ("the tariff rose to", "ratio", {"tax"}),
    ],
)
def test_what_is_asked_must_fit_the_unit(words: str, unit: str, found: set[str]) -> None:
    assert set(families(words.split(), [], [], unit)) == found


def test_a_word_before_the_number_counts_by_its_distance_from_thenumber_in() -> None:
    far = "The mayor is seen by most of those who were asked in June as honest with".split()
    assert set(families(far, [], [], "ratio")) == {"trust"}
    assert families(["honest", *["so"] * 12], [], [], "ratio") == {}


@pytest.mark.parametrize(
    ("text", "polled"),
    [("Support stands at 44 percent", 1), ("It stands at 44 percent", 1), ("The tariff stands at 44 percent", 0)],
)
def test_shares_of_prices_and_the_like_are_not_those_of_polls(text: str, polled: int) -> None:
    columns = {"low": 0.44, "dimension": "ratio"}
    assert compared((text, text), ("44", "44"), [columns, columns])["share"] == polled


@pytest.mark.parametrize(("pollster", "is_two"), [("Harrow", True), ("Brightwell", False)])
def test_one_article_may_give_values_of_two_polls_but_not_two_of_one(pollster: str, is_two: bool) -> None:
    first = "Ada Quill is backed by 44 percent of voters in a Brightwell poll. "
    text = first + f"Ada Quill is backed by 47 percent of voters in a {pollster} poll."
    numbers = [number_in(text, value, low=int(value) / 100, thing="voters") for value in ("44", "47")]
    profiles = Profiles([profile(number, article_of(text, "Ada Quill")) for number in numbers])
    apart = features_of(profiles, np.array([1]), np.array([0]))["together"][0]
    assert (apart < 0.5) == is_two


@pytest.mark.parametrize(
    ("text", "surface", "owner"),
    [
        ("Mrs. Ada Quill met Mr. Henk Dros. She has 61 votes", "61", "ada quill"),
        ("Mrs. Ada Quill met Mr. Henk Dros. He has 61 votes", "61", "henk dros"),
    ],
)
def test_a_pronoun_means_whom_titles_let_it_mean(text: str, surface: str, owner: str) -> None:
    found = profile(number_in(text, surface, thing="votes"), article_of(text, "Ada Quill", "Henk Dros")).owners
    assert max(found, key=lambda key: found[key]) == f"person:{owner}"


def test_the_second_of_two_shares_is_not_whose_the_first_is() -> None:
    text = "Henk Dros held a rally. Ada Quill leads by 7 points, 44 percent to 37"
    people = ("Henk Dros", "Ada Quill")
    first = profile(number_in(text, "44", dimension="ratio"), article_of(text, *people)).owners
    second = profile(number_in(text, "37", dimension="ratio"), article_of(text, *people)).owners
    assert max(first, key=lambda key: first[key]) == "person:ada quill"
    assert "person:ada quill" not in second


@pytest.mark.parametrize(
    ("second", "is_one"),
    [
        ("Henk Dros trails Ada Quill by 9 points", True),
        ("Ada Quill is ahead of Clara Feld by 9 points", False),
    ],
)
def test_a_lead_is_of_the_two_whom_it_is_between(second: str, is_one: bool) -> None:
    profiles = []
    for at, (text, value) in enumerate((("Ada Quill leads Henk Dros by 7 points", "7"), (second, "9"))):
        people = [name for name in ("Ada Quill", "Henk Dros", "Clara Feld") if name in text]
        number = number_in(text, value, version=str(at), low=float(value), unit="percentage point", dimension="points")
        profiles.append(profile(number, article_of(text, *people)))
    found = features_of(Profiles(profiles), np.array([1]), np.array([0]))
    assert (found["owner_same"][0] > 0.6, found["owner_other"][0] < 0.4) == (is_one, is_one)


def test_an_approval_that_stands_far_from_its_number_is_no_support() -> None:
    text = (
        "The approval rating of the mayor, who was elected by a landslide two years ago in a city that had not seen "
        "such a result since the war, stood in the poll of May at 51 percent"
    )
    number = number_in(text, "51 percent", low=0.51, dimension="ratio", unit="ratio")
    assert set(profile(number, article_of(text)).families) == {"approval"}


def test_every_weight_is_of_a_feature_and_every_feature_has_one() -> None:
    text = SAME[0]
    profiles = Profiles([profile(number_in(text, "34"), article_of(text))] * 2)
    found = features_of(profiles, np.array([0]), np.array([1]))
    assert set(found) == set(weights()) - {"bias"}
    assert all(0 <= value[0] <= 1 for value in found.values())


def test_later_claims_move_no_earlier_one() -> None:
    rng = random.Random(5)
    claims = [Claim(i, f"c{i}", f"v{i // 2}", f"name {i}") for i in range(200)]
    links = {i: [(j, rng.uniform(-1, 4)) for j in rng.sample(range(i), min(i, 5))] for i in range(200)}
    whole = replay(claims, links, Measures({}, {}, {}))
    for end in (1, 50, 120):
        part = replay(claims[:end], links, Measures({}, {}, {}))
        assert part == {number: whole[number] for number in part}


def test_one_doubtful_link_does_not_chain_two_figures() -> None:
    claims = [Claim(i, f"c{i}", f"v{i}", "") for i in range(6)]
    sure = {1: [(0, 4.0)], 2: [(0, 4.0), (1, 4.0)], 4: [(3, 4.0)], 5: [(3, 4.0), (4, 4.0), (2, 0.5)]}
    found = replay(claims, sure, Measures({}, {}, {}))
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5]
    assert found[0] != found[3]


@pytest.mark.parametrize(("best", "joins"), [(-0.2, True), (-0.7, False)])
def test_doubtful_links_alone_do_not_join(best: float, joins: bool) -> None:
    claims = [Claim(i, f"c{i}", f"v{i}", "") for i in range(4)]
    links = {1: [(0, 4.0)], 2: [(0, 4.0), (1, 4.0)], 3: [(0, best), (1, -0.9), (2, -0.9)]}
    found = replay(claims, links, Measures({}, {}, {}))
    assert (found[3] == found[0]) == joins


def test_of_a_measure_the_best_members_count_and_those_of_the_same_article() -> None:
    claims = [Claim(i, f"c{i}", f"v{i}", "") for i in range(6)]
    links: dict[int, list[tuple[int, float]]] = {i: [(j, 4.0) for j in range(i)] for i in range(1, 5)}
    # Compared with three of five members alone, the last joins; unless its own article gives a member another value.
    links[5] = [(0, 0.5), (1, 0.5), (2, 0.5)]
    assert len(set(replay(claims, links, Measures({}, {}, {})).values())) == 1
    claims[5] = Claim(5, "c5", "v4", "")
    assert len(set(replay(claims, links, Measures({}, {}, {})).values())) == 2
