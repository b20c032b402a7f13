"""The number grammar alone: which tokens one numeral has, and its value. ``^`` stands before the first token."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.read.english.quantities.numerals import has_number, may_begin_numeral, read_numeral
from extract.read.english.quantities.tokens import Tokens

Found = tuple[str, Decimal, str, Decimal, bool] | None


def read(marked: str) -> Found:
    """Read the numeral at the mark: its text, value, kind, scale and whether it begins with digits."""
    text = marked.replace("^", "")
    tokens = Tokens(text, 0, len(text))
    found = read_numeral(tokens, tokens.starts.index(marked.index("^")))
    if found is None:
        return None
    return tokens.join(found.first, found.last), found.value, found.kind, found.scale, found.digits


@pytest.mark.parametrize(
    ("marked", "text", "value", "kind"),
    [
        ("^dozens of boats", "dozens", 12, "scale"),
        ("sold ^thousands", "thousands", 1000, "scale"),
        ("^tens of thousands of homes", "tens of thousands", 10_000, "scale"),
        ("^hundreds of thousands of millions", "hundreds of thousands of millions", 10**11, "scale"),
        ("^scores of people", "scores", 20, "scale"),
        ("^several hundred people", "several hundred", 100, "scale"),
        ("^several hundred thousand people", "several hundred thousand", 100_000, "scale"),
        ("^several thousand million", "several thousand million", 10**9, "scale"),
        ("^a few thousand", "a few thousand", 1000, "scale"),
        ("^a few hundred thousand of thousands", "a few hundred thousand", 100_000, "scale"),
        ("^a couple of hundred", "a couple of hundred", 100, "scale"),
        ("^couple hundred", "couple hundred", 100, "scale"),
        ("^many millions", "many millions", 10**6, "scale"),
        ("^many of thousands of dozens", "many of thousands of dozens", 12_000, "scale"),
        ("fell ^a year or two ago", "a", 1, "cardinal"),
        ("took ^a month or so", "a", 1, "cardinal"),
        ("^a cup and a half of milk", "a", 1, "cardinal"),
        ("^an hour and a quarter", "an", 1, "cardinal"),
        ("^a mile and a third", "a", 1, "cardinal"),
        ("rose 12 percent in ^a week.", "a", 1, "cardinal"),
        ("for more than ^a decade", "a", 1, "cardinal"),
        ("nearly ^a century", "a", 1, "cardinal"),
        ("within ^an hour, they said", "an", 1, "cardinal"),
        ("in ^another year", "another", 1, "cardinal"),
        ("for ^a month with pay", "a", 1, "cardinal"),
        ("after ^a week of rain", "a", 1, "cardinal"),
        ("for ^a year of study", "a", 1, "cardinal"),
        ("the ^first case", "first", 1, "ordinal"),
        ("the ^21st case", "21st", 21, "ordinal"),
        ("the ^2nd case", "2nd", 2, "ordinal"),
        ("the ^3rd case", "3rd", 3, "ordinal"),
        ("the ^4th case", "4th", 4, "ordinal"),
        ("the ^11th case", "11th", 11, "ordinal"),
        ("the ^112th case", "112th", 112, "ordinal"),
        ("the ^13th case", "13th", 13, "ordinal"),
        ("the ^103rd case", "103rd", 103, "ordinal"),
        ("the ^twenty-third case", "twenty-third", 23, "ordinal"),
        ("the ^fifty–first case", "fifty–first", 51, "ordinal"),
        ("the ^thirtieth case", "thirtieth", 30, "ordinal"),
        ("it lost ^a few thousand", "a few thousand", 1000, "scale"),
        ("^4 boats", "4", 4, "cardinal"),
        ("^4 th", "4", 4, "cardinal"),
        ("^twenty boats", "twenty", 20, "cardinal"),
        ("a ^twenty-boat fleet", "twenty", 20, "cardinal"),
    ],
)
def test_numerals(marked: str, text: str, value: int, kind: str) -> None:
    assert read(marked) == (text, Decimal(value), kind, 1, text[0].isdigit())


def test_the_scale_that_stands_before_a_hyphen() -> None:
    assert read("^Million-dollar homes") == ("Million", Decimal(10**6), "cardinal", Decimal(10**6), False)


@pytest.mark.parametrize(
    "marked",
    [
        "^boats",
        "^. Then",
        "^a boat",
        "^a few boats",
        "^several boats",
        "^tens, they said",
        "^scores were level",
        "^a week ago",
        "in ^a boat.",
        "in ^a week-long strike",
        "in ^a week's time",
        "in ^a week long",
        "than ^a week of rain",
        "^a week.",
        "cost ^a year.",
        "with ^another week.",
        "^a cup and a dish",
        "^a cup or a dish",
        "^a 2 or so",
        "^million dollar homes",
        "^million - dollar homes",
        "^million- dollar homes",
        "^million -dollar homes",
        "^a dozens",
        "^a and a half",
        "^another or two",
    ],
)
def test_no_numerals(marked: str) -> None:
    assert read(marked) is None


@pytest.mark.parametrize(
    "text",
    ["5 boats", "½ a boat", "Five boats", "TENS of boats", "for a year", "more than a century", "a month or so",
     "over another week", "a cup and a half", "an hour or two", "in their teens", "the eighties", "halved"],
)  # fmt: skip
def test_texts_with_numbers(text: str) -> None:
    assert has_number(text, 0, len(text))
    assert not has_number(f"x {text} y", 0, 2)
    assert has_number(f"x {text} y", 2, len(text) + 2)


@pytest.mark.parametrize(
    "text",
    [
        "boats",
        "a boat",
        "the year",
        "a year",
        "in the year",
        "with a year",
        "boats or so",
        "the week or so",
        "or so",
        "",
    ],
)
def test_texts_without(text: str) -> None:
    assert not has_number(text, 0, len(text))


def test_what_numerals_begin_with() -> None:
    assert all(
        map(may_begin_numeral, ["5", ".5", "½", "five", "half", "another", "quarter", "teens", "a", "few", "twice"])
    )
    assert not any(map(may_begin_numeral, [".", "boat", "x5", "third-"]))
