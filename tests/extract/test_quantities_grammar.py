"""Forms of English numbers as news writes them, in sentences of our own: what each number is, and of what."""

from __future__ import annotations

import pytest

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.types import Quantity


def read(text: str) -> list[Quantity]:
    return find_quantities(Document(text), [], [], None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The vaccine is given in three, four or five doses.", [3, 4, 5]),
        ("Only 3 of 10 hospitals work.", [3, 10]),
        ("Three of the 12 jurors were dismissed.", [3, 12]),
        ("The airport handled 81.6m passengers, 6m more than in 2019.", [81.6e6, 6e6]),
        ("15M+ viewers saw it.", [15e6]),
        ("The video got 3.4M views.", [3.4e6]),
        ("There were few infections—26 cases in all.", [26]),
        ("One in 10 patients waited.", [0.1]),
        ("More than nine in 10 patients waited.", [0.9]),
        ("There are three times as many foxes as in 1990.", [3]),
        ("It runs 7x more jobs.", [7]),
        ("Revenue more than doubled to 400.", [2, 400]),
        ("The population has grown tenfold to 5 million.", [10, 5e6]),
        ("Shops opened in 12 of the chain's 25 malls.", [12, 25]),
        ("About half of men agreed.", [0.5]),
        ("At least one person died and nobody fled.", [1]),
        ("The ship carries 900 containers and has a crew of 25.", [900, 25]),
        ("In 40-some countries it is law.", [40]),
        ("A poll has an error of plus or minus 3 points.", [3]),
        ("Traders expect between one and two rate cuts.", [1]),
        ("The load is 200m cubic feet of gas.", [200e6]),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    rows = read(text)
    assert [row.low for row in rows] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "low", "high", "bound", "unit"),
    [
        ("Under-18s must be accompanied.", 18, 18, "less_than", "year of age"),
        ("The over 65s pay nothing.", 65, 65, "more_than", "year of age"),
        ("Those over 65 pay nothing.", 65, 65, "more_than", "year of age"),
        ("No one under 16 may buy it.", 16, 16, "less_than", "year of age"),
        ("It is liked by 18-24s.", 18, 24, "between", "year of age"),
        ("The 18-to-34 age group reads it.", 18, 34, "between", "year of age"),
        ("A woman in her mid-70s was held.", 74, 76, "between", "year of age"),
        ("A girl of 13 was held.", 13, 13, "exact", "year of age"),
        ("I'm 74 and well.", 74, 74, "exact", "year of age"),
        ("The judge, 58, sentenced him.", 58, 58, "exact", "year of age"),
        ("John N. Carver Jr., 55, left.", 55, 55, "exact", "year of age"),
        ("A 700-square-foot flat burned.", 700, 700, "exact", "square foot"),
        ("Some 2.3m hectares burned.", 2.3e6, 2.3e6, "about", "hectare"),
        ("It has a 60W USB port.", 60, 60, "exact", "watt"),
        ("A $500-a-month stipend is paid.", 500, 500, "exact", "US dollar"),
        ("They want N500m in damages.", 500e6, 500e6, "exact", "Nigerian naira"),
        ("It is trading at 24 times earnings.", 24, 24, "exact", "ratio"),
        ("Ferries carry a quarter more than before.", 0.25, 0.25, "exact", "ratio"),
        ("Debt fell below its cap for the first time in a decade.", 1, 1, "exact", "decade"),
        ("It has stood for more than a century.", 1, 1, "more_than", "century"),
        ("It is loved by 18- to 34-year-olds.", 18, 34, "between", "year of age"),
        ("Bianca Jones, also 19, left.", 19, 19, "exact", "year of age"),
        ("Cancer is rare in men under 65 years.", 65, 65, "less_than", "year of age"),
        ("It gives 10–20x more light.", 10, 20, "between", "ratio"),
        ("About 0.5in of rain fell.", 0.5, 0.5, "about", "inch"),
        ("Sales fell for five quarters in a row.", 5, 5, "exact", "quarter"),
        ("It was half as many again as last year.", 1.5, 1.5, "exact", "ratio"),
        ("Claims are unlikely to exceed £15m.", 15e6, 15e6, "at_most", "pound sterling"),
        ('He put it at 12 million dollars "at the very least".', 12e6, 12e6, "at_least", "US dollar"),
        ("The guard, a 5-foot-11 rookie, sat.", 71, 71, "exact", "inch"),
        ("He is 6'2\" tall.", 74, 74, "exact", "inch"),
        ("He learned it in his 30's.", 30, 39, "between", "year of age"),
        ("There were billions of pounds of debts.", 1e9, None, "at_least", "pound sterling"),
    ],
)
def test_units(text: str, low: float, high: float | None, bound: str, unit: str | None) -> None:
    (row,) = read(text)
    assert (row.low, row.high, row.bound, row.unit) == (low, high, bound, unit)


@pytest.mark.parametrize(
    ("text", "role", "direction"),
    [
        ("Women make up 22 percent of readers.", None, None),
        ("Gunners shot down 38 drones.", None, None),
        ("Crews tore down 40 tents.", None, None),
        ("Officers recovered 14 guns.", None, None),
        ("It was due to the 24 months of lessons.", None, None),
        ("The stock ended up 3%.", "by", "up"),
        ("The stock added 18%.", "by", "up"),
        ("Protection fell below 40 percent.", "to", "down"),
        ("It has 320 officers, 45 fewer than in 2019.", "by", "down"),
        ("Cases fell to 14 per 100,000 people, from 22 a week before.", "from", None),
    ],
)
def test_change(text: str, role: str | None, direction: str | None) -> None:
    row = read(text)[-1]
    assert (row.change_role, row.direction) == (role, direction)


def test_what_a_comparison_leaves_unsaid() -> None:
    assert [row.unit for row in read("The tax will be 15 percent rather than 20.")] == ["ratio", "ratio"]
    assert [row.unit for row in read("It took 4-6 months instead of 12.")] == ["month", "month"]
    first, second = read("Pay soared by 60 per cent while wages crept up by 6.")
    assert (first.low, second.low) == (0.6, 0.06)


def test_the_old_end_of_a_change_is_no_plan() -> None:
    old, new = read("The wage will go up from $15 to $17.")
    assert (old.aspect, new.aspect) == ("level", "plan")


def test_a_preposition_before_one_is_no_bound() -> None:
    assert [row.bound for row in read("Rain fell over one region and over one million fled.")] == ["exact", "more_than"]


def test_days_that_fall_from_one_to_four() -> None:
    assert [row.low for row in read("The wait rose from just over one day to four days.")] == [1, 4]


def test_the_full_stop_of_a_sentence_is_no_part_of_a_unit() -> None:
    assert [row.surface for row in read("The plane flew at 35,000ft.")] == ["35,000ft"]


def test_ranks_that_a_table_gives() -> None:
    assert [row.aspect for row in read("The club sits 14th in the table.")] == ["rank"]


@pytest.mark.parametrize(
    "text",
    [
        "5.",
        "It did better over the last years.2",
        "It is known.[12] It ended.",
        "Call 020 7946 0018 now.",
        "The odds are 5/1.",
        "The app is rated 4.2/5.",
        "They won four to two.",
        "He led, 49 to 42.",
        "England were 212 for 6.",
        "It is a seven-figure sum.",
        "It is a five-a-side league.",
        "The two-way street is shut.",
        "The goal is net zero.",
        "A zero-tolerance policy began.",
        "She has stage three cancer.",
        "He lives at 3170 W. County Road.",
        "The hall was half empty.",
        "With one insisting that it was fine, they left.",
        "Wear N95 masks.",
        "It began a week ago.",
        "Police were called to the 400 block of Oak Street.",
        "NH 44 is closed.",
        "They took 911 calls.",
        "She bought a 4K screen.",
        "It works on a 16:9 screen, 9-to-5.",
        "The pods would double as cabins.",
        "The company doubles down on oil.",
        "It isn't one-size-fits-all.",
        "The P5+1 met.",
        "Brazil hosts COP30 and backs SDG 6.",
        "The northern half of the town is flooded.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert [row.surface for row in read(text)] == []


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The two armies will meet again.", "level"),
        ("It could cost $40 million.", "plan"),
        ("He must serve at least 18 months.", "limit"),
        ("He faces up to 20 years in prison.", "limit"),
    ],
)
def test_aspect(text: str, aspect: str) -> None:
    assert [row.aspect for row in read(text)] == [aspect]
