"""Of whom, where and for how long two numbers are given: what keeps one quantity of two claims apart or joins it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from load.measures.claim import Article, Name
from load.measures.profile import profile
from load.measures.score import features as features_of
from load.measures.table import Profiles
from tests.load.measured import article_of, compared, number_in

CONTEST = "In a new poll Ada Quill is backed by 44 percent of {}"


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (CONTEST.format("voters"), "Ada Quill has the support of 51 percent of likely voters, the survey found", True),
        (CONTEST.format("voters"), "Among women 51 percent support Ada Quill, a poll found", False),
        (CONTEST.format("students"), "Ada Quill has the support of 51 percent of likely voters", False),
        (CONTEST.format("voters"), "In the poll 51 percent call Ada Quill honest", False),
        (CONTEST.format("women"), "Among women 51 percent support Ada Quill, a poll found", True),
    ],
)
def test_two_polls_of_one_contest_are_of_one_figure(first: str, second: str, is_one: bool) -> None:
    profiles = []
    for at, (text, value) in enumerate(((first, "44"), (second, "51"))):
        number = number_in(text, value, version=str(at), low=int(value) / 100, dimension="ratio", unit="ratio")
        profiles.append(profile(number, article_of(text, "Ada Quill")))
    found = features_of(Profiles(profiles), np.array([1]), np.array([0]))["contest"][0]
    assert (found > 0.15) == is_one, found


MARCH, JUNE = (date(2024, 3, 1), date(2024, 3, 31)), (date(2024, 6, 1), date(2024, 6, 30))
YEAR, ONE_DAY = (date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 6, 3), date(2024, 6, 3))


@pytest.mark.parametrize(
    ("first", "second", "is_again", "is_other"),
    [
        (MARCH, JUNE, True, False),
        (MARCH, MARCH, True, False),
        (MARCH, YEAR, False, True),
        (MARCH, ONE_DAY, False, False),
        (ONE_DAY, ONE_DAY, False, False),
    ],
)
def test_what_is_reported_month_after_month_is_one_figure_and_a_years_another(
    first: tuple[date, date], second: tuple[date, date], is_again: bool, is_other: bool
) -> None:
    columns = [
        {"low": low, "thing": "jobs", "as_of_start": span[0], "as_of_end": span[1]}
        for low, span in ((210.0, first), (260.0, second))
    ]
    texts = ("The economy added 210 jobs in the period", "A gain of 260 jobs was reported for the period")
    found = compared(texts, ("210", "260"), columns)
    assert (found["periods"] > 0.2, found["period_other"] == 1) == (is_again, is_other)


@pytest.mark.parametrize(
    ("text", "is_in_title"),
    [
        ("Norrland Gov. Ada Quill spoke", True),
        ("Norrland Labour Senator Ada Quill spoke", True),
        ("Norrland’s governor Ada Quill spoke", True),
        ("Senator Ada Quill of Norrland spoke", True),
        ("Senator Ada Quill, of Norrland, spoke", True),
        ("Ada Quill (L-Norrland) spoke", True),
        ("The Norrland senator, Ada Quill, spoke", True),
        ("A Norrland businessman met Ada Quill and spoke", True),
        ("The Norrland police met Ada Quill and spoke", False),
        ("In Norrland Ada Quill spoke", False),
        ("In Norrland voters like Mrs. Ada Quill", False),
        ("Ada Quill carried Norrland", False),
        ("The fire spread to Norrland\nGov. Ada Quill spoke", False),
    ],
)
def test_a_place_in_a_persons_title_is_not_that_of_a_number(text: str, is_in_title: bool) -> None:
    at, person = text.index("Norrland"), text.index("Ada Quill")
    place = Name(at, at + 8, "place", "place:norrland", "Norrland")
    article = Article(f"{text} to 40 people", "", [place, Name(person, person + 9, "person", "person:ada quill")])
    assert article.is_in_title(place) == is_in_title
    if "\n" not in text:
        assert bool(profile(number_in(article.text, "40"), article).places) != is_in_title


def test_a_dateline_is_no_place_of_the_sentence() -> None:
    text = "PORT ANSEL, Nov 16 - Divers still look for 20 people off Norrland"
    names = [
        Name(text.index(name), text.index(name) + len(name), "place", f"place:{name.lower()}", name)
        for name in ("PORT ANSEL", "Norrland")
    ]
    article = Article(text, "", names)
    reader_says = {"place_start": names[0].start, "place_end": names[0].end}
    found = profile(number_in(text, "20", **reader_says), article).places
    assert found == {"place:norrland": 0.9, "place:port ansel": 0.3}


@pytest.mark.parametrize(
    ("text", "is_national"),
    [
        ("A national poll gave her 44 percent", True),
        ("Nationally 44 percent backed her", True),
        ("The National Health Board counted 44 percent", False),
    ],
)
def test_the_name_of_a_body_does_not_make_a_number_national(text: str, is_national: bool) -> None:
    assert ("national" in profile(number_in(text, "44"), article_of(text)).places) == is_national


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Women in the city chose 44 of them", {"woman"}),
        ("The president chose 44 of them", set()),
        ("A national poll came closer to 44", set()),
        ("The mayor's team chose 44 of them", set()),
    ],
)
def test_a_population_is_several_people(text: str, groups: set[str]) -> None:
    assert set(profile(number_in(text, "44"), article_of(text)).people) == groups


@pytest.mark.parametrize("version", ["1", "2"])
def test_that_two_claims_share_an_article_says_nothing_of_them(version: str) -> None:
    text = "The ferry Selka Star sank. Of the 44 people on the ferry 19 drowned off Norrland"
    numbers = (number_in(text, "44", version="1"), number_in(text, "19", version=version))
    profiles = Profiles([profile(number, article_of(text)) for number in numbers])
    found = features_of(profiles, np.array([1]), np.array([0]))
    assert {found[name][0] > 0 for name in ("topic", "one_time")} == {version == "2"}


@pytest.mark.parametrize(("second", "is_less"), [("support", False), ("call honest", True)])
def test_time_parts_two_claims_unless_one_quantity_of_one_owner_is_asked(second: str, is_less: bool) -> None:
    day = date(2024, 11, 15)
    profiles = [
        profile(
            number_in(text, "44", version=str(at), day=on, low=0.44, dimension="ratio", unit="ratio"),
            article_of(text, "Ada Quill"),
        )
        for at, (text, on) in enumerate(
            (("44 percent of voters support Ada Quill", date(2024, 3, 1)), (f"44 percent {second} Ada Quill", day))
        )
    ]
    apart = features_of(Profiles(profiles), np.array([1]), np.array([0]))["apart"][0]
    assert (apart > 0.8) == is_less


@pytest.mark.parametrize(("headline", "apart"), [("Okoro ahead in Norrland", 1), ("Okoro ahead", 0)])
def test_a_poll_in_news_of_one_place_is_not_that_of_the_country(headline: str, apart: int) -> None:
    text = "In a new poll Ada Quill is backed by 44 percent of voters. Norrland votes soon"
    columns = {"low": 0.44, "dimension": "ratio", "unit": "ratio"}
    names = [Name(text.index("Norrland"), text.index("Norrland") + 8, "place", "place:norrland", "Norrland")]
    local = profile(number_in(text, "44", version="1", **columns), Article(text, headline, names))
    country = profile(number_in(text, "44", version="2", **columns), Article(text, "", []))
    found = features_of(Profiles([local, country]), np.array([1]), np.array([0]))["share_place"][0]
    assert (found > 0.2) == apart
