"""Quantities by class, in sentences of our own: value, bound, unit and role."""

from __future__ import annotations

import pytest
from quantity_helpers import one, read

NUMERALS = [
    ("The fund holds 1,250,000 shares.", 1_250_000),
    ("The fund holds 1250000 shares.", 1_250_000),
    ("The fund holds 1 250 000 shares.", 1_250_000),
    ("The fund holds 1.25 million shares.", 1_250_000),
    ("The fund holds 1.25m shares.", 1_250_000),
    ("The fund holds 12,50,000 shares.", 1_250_000),
    ("The fund holds 1.250.000 shares.", 1_250_000),
    ("The fund holds a million shares.", 1_000_000),
    ("The fund holds half a million shares.", 500_000),
    ("The fund holds one and a half million shares.", 1_500_000),
    ("The fund holds two hundred and fifty-three thousand shares.", 253_000),
    ("The fund holds three million two hundred thousand shares.", 3_200_000),
    ("The fund holds twenty-one shares.", 21),
    ("The fund holds sixteen hundred shares.", 1600),
    ("The fund holds a dozen shares.", 12),
    ("The fund holds two dozen shares.", 24),
    ("The fund holds half a dozen shares.", 6),
    ("The fund holds 3.4bn shares.", 3.4e9),
    ("The fund holds 40k shares.", 40_000),
    ("The fund holds 5 hundred thousand shares.", 500_000),
    ("The fund holds 2½ shares.", 2.5),
    ("The fund holds 2 1/2 shares.", 2.5),
    ("The fund holds two and a half shares.", 2.5),
    ("The fund holds three and three quarters shares.", 3.75),
    ("The fund holds 35 lakh shares.", 3_500_000),
    ("The fund holds zero shares.", 0),
]


@pytest.mark.parametrize(("text", "value"), NUMERALS)
def test_numerals(text: str, value: float) -> None:
    row = one(text)
    assert (row.low, row.high, row.bound, row.unit, row.thing, row.dimension) == (
        value, value, "exact", None, "shares", "count",
    )  # fmt: skip


OPEN = [
    ("Dozens of villagers fled.", "Dozens", 12, "villagers"),
    ("Hundreds of shops closed.", "Hundreds", 100, "shops"),
    ("Thousands were evacuated.", "Thousands", 1000, None),
    ("Tens of thousands of fans came.", "Tens of thousands", 10_000, "fans"),
    ("Hundreds of thousands of homes lost power.", "Hundreds of thousands", 100_000, "homes"),
    ("Millions of birds died.", "Millions", 1_000_000, "birds"),
    ("Scores of flights were cancelled.", "Scores", 20, "flights"),
    ("Several hundred nurses marched.", "Several hundred", 100, "nurses"),
]


@pytest.mark.parametrize(("text", "surface", "low", "thing"), OPEN)
def test_open_scales(text: str, surface: str, low: float, thing: str | None) -> None:
    row = one(text)
    assert (row.surface, row.low, row.high, row.high_inclusive, row.bound, row.thing) == (
        surface, low, None, None, "at_least", thing,
    )  # fmt: skip


BOUNDS = [
    ("over", "more_than"),
    ("more than", "more_than"),
    ("above", "more_than"),
    ("upwards of", "more_than"),
    ("north of", "more_than"),
    ("in excess of", "more_than"),
    ("just over", "more_than"),
    ("well over", "more_than"),
    ("at least", "at_least"),
    ("no fewer than", "at_least"),
    ("not less than", "at_least"),
    ("a minimum of", "at_least"),
    ("up to", "at_most"),
    ("as many as", "at_most"),
    ("as much as", "at_most"),
    ("at most", "at_most"),
    ("no more than", "at_most"),
    ("a maximum of", "at_most"),
    ("under", "less_than"),
    ("below", "less_than"),
    ("fewer than", "less_than"),
    ("less than", "less_than"),
    ("about", "about"),
    ("around", "about"),
    ("some", "about"),
    ("roughly", "about"),
    ("nearly", "about"),
    ("almost", "about"),
    ("close to", "about"),
    ("an estimated", "about"),
    ("approximately", "about"),
]


@pytest.mark.parametrize(("words", "bound"), BOUNDS)
def test_bounds_before_a_number(words: str, bound: str) -> None:
    row = one(f"The council hired {words} 340 cleaners.")
    assert (row.surface, row.low, row.high, row.bound) == (f"{words} 340", 340, 340, bound)
    assert row.low_inclusive is (bound != "more_than")
    assert row.high_inclusive is (bound != "less_than")


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("It hired 340 or more cleaners.", "340 or more", "at_least"),
        ("It hired 50-plus cleaners.", "50-plus", "at_least"),
        ("It hired 50+ cleaners.", "50+", "at_least"),
        ("The trip takes 20 minutes or so.", "20 minutes or so", "about"),
        ("The trip takes 20 minutes or less.", "20 minutes or less", "at_most"),
        ("Rain of 30 mm or more is likely.", "30 mm or more", "at_least"),
    ],
)
def test_bounds_after_a_number(text: str, surface: str, bound: str) -> None:
    row = one(text)
    assert (row.surface, row.bound) == (surface, bound)


RANGES = [
    ("Between 200 and 300 farmers came.", "Between 200 and 300", 200, 300, None),
    ("The walls are 200 to 300 metres long.", "200 to 300 metres", 200, 300, "metre"),
    ("The walls are 200-300 metres long.", "200-300 metres", 200, 300, "metre"),
    ("The walls are 200–300 m long.", "200–300 m", 200, 300, "metre"),
    ("Tickets cost £2,000-£3,000.", "£2,000-£3,000", 2000, 3000, "pound sterling"),
    ("Tickets cost $2-3 million.", "$2-3 million", 2e6, 3e6, "US dollar"),
    ("Tickets cost between $2bn and $3bn.", "between $2bn and $3bn", 2e9, 3e9, "US dollar"),
    ("Two or three boats sank.", "Two or three", 2, 3, None),
    ("Children ages 12 to 17 took part.", "12 to 17", 12, 17, "year of age"),
    ("Shares of 5-10% are common.", "5-10%", 0.05, 0.1, "ratio"),
    ("Shares of 5 to 10 per cent are common.", "5 to 10 per cent", 0.05, 0.1, "ratio"),
    ("A two-to-three-year sentence is likely.", "two-to-three-year", 2, 3, "year"),
]


@pytest.mark.parametrize(("text", "surface", "low", "high", "unit"), RANGES)
def test_ranges(text: str, surface: str, low: float, high: float, unit: str | None) -> None:
    row = one(text)
    assert (row.surface, row.low, row.high, row.bound, row.unit) == (surface, low, high, "between", unit)


UNITS = [
    ("The wall is 40 km long.", 40, "kilometre", "length", 40_000, "metre"),
    ("The wall is 40 kilometers long.", 40, "kilometre", "length", 40_000, "metre"),
    ("The wall is 6ft 2in tall.", 74, "inch", "length", 1.8796, "metre"),
    ("The wall is 6 feet tall.", 6, "foot", "length", 1.8288, "metre"),
    ("The field covers 12 sq km.", 12, "square kilometre", "area", 12e6, "square metre"),
    ("The field covers 12 km².", 12, "square kilometre", "area", 12e6, "square metre"),
    ("The field covers 12 hectares.", 12, "hectare", "area", 120_000, "square metre"),
    ("The truck carries 3 tonnes.", 3, "tonne", "mass", 3000, "kilogram"),
    ("He drove at 20mph.", 20, "mile per hour", "speed", 8.9408, "metre per second"),
    ("He drove at 90 kilometres per hour.", 90, "kilometre per hour", "speed", 25, "metre per second"),
    ("It was -12C outside.", -12, "degree Celsius", "temperature", 261.15, "kelvin"),
    ("It was minus 12 degrees Celsius.", -12, "degree Celsius", "temperature", 261.15, "kelvin"),
    ("The plant makes 600 MW.", 600, "megawatt", "power", 6e8, "watt"),
    ("They waited three weeks.", 3, "week", "time", 1_814_400, "second"),
    ("They waited two full days.", 2, "day", "time", 172_800, "second"),
    ("The rate rose 25 basis points.", 25, "basis point", "ratio", None, None),
    ("Support is up 40 percentage points.", 40, "percentage point", "ratio", None, None),
]


@pytest.mark.parametrize(("text", "low", "unit", "dimension", "si", "si_unit"), UNITS)
def test_units(text: str, low: float, unit: str, dimension: str, si: float | None, si_unit: str | None) -> None:
    row = one(text)
    assert (row.low, row.unit, row.dimension, row.si_unit) == (low, unit, dimension, si_unit)
    assert row.si_low == (pytest.approx(si) if si is not None else None)


MONEY = [
    ("$3bn", 3e9, "US dollar", "USD"),
    ("US$3 billion", 3e9, "US dollar", "USD"),
    ("£40m", 4e7, "pound sterling", "GBP"),
    ("€1.5 million", 1.5e6, "euro", "EUR"),
    ("A$20", 20, "Australian dollar", "AUD"),
    ("C$20", 20, "Canadian dollar", "CAD"),
    ("20 Australian dollars", 20, "Australian dollar", "AUD"),
    ("500 yen", 500, "Japanese yen", "JPY"),
    ("EUR 500", 500, "euro", "EUR"),
    ("500 euros", 500, "euro", "EUR"),
    ("3 million pounds", 3e6, "pound sterling", "GBP"),
    ("40 cents", 0.4, "US dollar", "USD"),
    ("15 dollars", 15, "US dollar", "USD"),
    ("60p", 0.6, "pound sterling", "GBP"),
    ("₹500", 500, "Indian rupee", "INR"),
    ("900 Swiss francs", 900, "Swiss franc", "CHF"),
]


@pytest.mark.parametrize(("money", "low", "unit", "currency"), MONEY)
def test_money(money: str, low: float, unit: str, currency: str) -> None:
    row = one(f"The bridge cost {money}.")
    assert (row.surface, row.low, row.unit, row.currency, row.dimension) == (money, low, unit, currency, "money")
    assert row.si_low is None


RATIOS = [
    ("40 percent of the area", 0.4),
    ("40 per cent of the area", 0.4),
    ("40% of the area", 0.4),
    ("a third of the area", 1 / 3),
    ("two-thirds of the area", 2 / 3),
    ("three quarters of the area", 0.75),
    ("half of the area", 0.5),
    ("a fifth of the area", 0.2),
    ("one quarter of the area", 0.25),
]


@pytest.mark.parametrize(("words", "low"), RATIOS)
def test_ratios(words: str, low: float) -> None:
    row = one(f"Floods covered {words}.")
    assert (row.low, row.unit, row.thing) == (pytest.approx(low), "ratio", "area")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("One in five voters stayed home.", 0.2),
        ("Nine out of ten voters stayed home.", 0.9),
        ("1 in 10 voters stayed home.", 0.1),
        ("Turnout was three times as high.", 3),
        ("Turnout was twice as high.", 2),
        ("Profits tripled.", 3),
        ("Profits halved.", 0.5),
        ("Prices saw a tenfold rise.", 10),
    ],
)
def test_odds_and_multiples(text: str, low: float) -> None:
    row = one(text)
    assert (row.low, row.unit, row.dimension) == (low, "ratio", "ratio")


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The ministry wants to raise that to 690,000.", "plan"),
        ("The firm plans to hire 300 engineers.", "plan"),
        ("The firm will hire 300 engineers.", "plan"),
        ("The firm aims to cut 300 jobs.", "plan"),
        ("Missiles may strike up to 110 kilometres inside the country.", "limit"),
        ("The law sets a limit of 40 hours.", "limit"),
        ("It is the third largest port.", "rank"),
        ("She finished second in the race.", "rank"),
        ("The firm has 300 engineers.", "level"),
    ],
)
def test_aspects(text: str, aspect: str) -> None:
    assert one(text).aspect == aspect


@pytest.mark.parametrize(
    ("text", "values", "thing"),
    [
        ("Three, four and nine ships sank.", [3, 4, 9], "ships"),
        ("It lost 5, 10 and 15 percent.", [0.05, 0.1, 0.15], None),
        ("The firm has 12 and 15 plants.", [12, 15], "plants"),
    ],
)
def test_lists_share_the_unit_at_their_end(text: str, values: list[float], thing: str | None) -> None:
    rows = read(text)
    assert [row.low for row in rows] == values
    if thing:
        assert {row.thing for row in rows} == {thing}
    else:
        assert {row.unit for row in rows} == {"ratio"}


@pytest.mark.parametrize(
    ("text", "low", "bound"),
    [
        ("A 35-year-old man was hurt.", 35, "exact"),
        ("The man is 35 years old.", 35, "exact"),
        ("A man aged 35 was hurt.", 35, "exact"),
        ("Children under the age of 5 were hurt.", 5, "less_than"),
    ],
)
def test_ages(text: str, low: float, bound: str) -> None:
    row = one(text)
    assert (row.low, row.unit, row.dimension, row.bound) == (low, "year of age", "age", bound)


NONE = [
    "It began in 2019.",
    "The war of 1914-18 ended.",
    "By 2030 it will end.",
    "In the 1990s it grew.",
    "It opens on January 20.",
    "It opens on 20 January 2025.",
    "It opened on 3/4/2024.",
    "It opened on 2024-11-23.",
    "It starts at 10:30.",
    "It starts at 5 p.m.",
    "It starts at five o'clock.",
    "It ended at 22h30.",
    "Call +44 20 7946 0958.",
    "Call 555-867-5309 now.",
    "An F-16 crashed.",
    "A Su-34 crashed.",
    "Covid-19 spread.",
    "The G7 met.",
    "The G20 met.",
    "A Boeing 737 landed.",
    "He read Catch-22.",
    "Article 5 was invoked.",
    "See Section 427.",
    "They took Route 66.",
    "Chapter 3 is long.",
    "Room 101 is empty.",
    "He lives at 10 Downing Street.",
    "One of them left.",
    "No one left.",
    "At first sight it works.",
    "A thousand thanks.",
    "The first half was dull.",
    "They won 3-1.",
    "It was a 5-4 ruling.",
    "The council passed it by 23 votes to 20.",
    "The vote was 23 to 18.",
    "The board voted 6 to 3 for it.",
    "Call the desk on 555 0110.",
    "Visit https://example.org/2024/11/7.",
    "Version 2.1.3 is out.",
    "A soldier left.",
    "Several people left.",
    "Many left.",
    "A few people left.",
    "Group of Seven ministers met.",
    "The Big Ten began.",
    "The 9/11 attacks shook it.",
    "It runs 24/7.",
    "Apollo 11 landed.",
    "They met on the 14th.",
    "Formula One is back.",
    "Type 2 diabetes is common.",
    "He came one day.",
    "The second man left.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_quantity(text: str) -> None:
    assert [row.surface for row in read(text)] == []
