"""What the report writes: numbers for people, and nothing of a page that runs or turns the text round."""

from __future__ import annotations

from datetime import date

import pytest

from load.plain_text import BIDI
from report.pages import as_json, environment, weblink
from report.words import amount, count, days, moved_by, number, percent, plural, short, value


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host", "http://[", "", None, "ftp://a"]
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert weblink(url) is None
    assert weblink("https://a.example/b") == "https://a.example/b"


def test_json_in_scripts_cannot_end_them() -> None:
    text = as_json({"a": "</script><!--\u2028&"})
    assert not set(text) & set("<>&\u2028")


def test_nothing_that_a_page_wrote_turns_round_the_report() -> None:
    text = "paid \u202e000,1\u202c \u2066today\u2069 \x9b31m"
    shown = environment().from_string("<p>{{ text }}</p><script>{{ text | json }}</script>").render(text=text)
    assert not set(shown) & (BIDI | {"\x9b"})
    assert shown.startswith("<p>paid \ufffd000,1\ufffd \ufffdtoday\ufffd \ufffd31m</p>")
    plain = "naïve – עברית & <b>"
    assert environment().from_string("{{ text }}").render(text=plain) == "naïve – עברית &amp; &lt;b&gt;"


def test_shares_differ_by_points() -> None:
    # A share that rises from 25 to 37 percent rises by 12 points, and not "by 48 percent".
    assert moved_by(0.25, 0.37, "ratio") == "+12\u00a0points"
    assert moved_by(0.43, 0.437, "ratio", is_signed=False) == "0.7\u00a0points"
    assert moved_by(0.49, 0.48, "ratio") == "\u22121\u00a0point"
    assert moved_by(3, 7.5, "percentage point") == "+4.5\u00a0points"
    assert moved_by(20, 30, None) == "+50%"
    assert moved_by(20, 30, None, is_signed=False) == "50%"
    assert moved_by(0, 30, None) == ""


def test_numbers_are_written_for_people() -> None:
    assert [number(n) for n in (1234567.0, 0.5, None, float("inf"), 0.0, 1e-9)] == [
        "1,234,567", "0.5", "…", "…", "0", "1e-09",
    ]  # fmt: skip
    assert [short(n) for n in (310e6, 1.84e9, 999_999.0, 1_234_567.0, -2e6)] == [
        "310 million", "1.84 billion", "999,999", "1,234,567", "-2 million",
    ]  # fmt: skip
    assert [amount(n, u) for n, u in ((0.064, "ratio"), (3e6, "EUR"), (2.0, "kilometre per hour"), (None, None))] == [
        "6.4%", "€3 million", "2\u00a0kilometres per hour", "…",
    ]  # fmt: skip
    assert [amount(n, "ratio") for n in (1 / 3, 1 / 7, 0.0225)] == ["a third", "14.3%", "2.25%"]
    assert [amount(47_336_400.0, "second"), amount(90.0, "metre")] == ["1.5\u00a0years", "90\u00a0metres"]
    assert amount(12.5, "US dollar", "USD") == "$12.50"
    assert [amount(60, "year of age", to=69), amount(6e7, "EUR", to=8e7), amount(5.0, "metre", to=5.0)] == [
        "60–69\u00a0years of age",
        "€60–80 million",
        "5\u00a0metres",
    ]
    assert [plural(u, 2) for u in ("square metre", "foot", "day", "US dollar", "year of age")] == [
        "square metres", "feet", "days", "US dollars", "years of age",
    ]  # fmt: skip
    assert plural("day", 1) == "day"
    assert [percent(n) for n in (0.07, -0.91, 99.0, None)] == ["+7%", "−91%", "×100", ""]
    assert [count(1, "claim"), count(2000, "claim")] == ["1\u00a0claim", "2,000\u00a0claims"]
    assert days(date(1978, 1, 1), date(1978, 12, 31)) == "1978"
    assert days(date(2024, 10, 1), date(2024, 10, 31)) == "October\u00a02024"
    assert days(date(2024, 10, 2), date(2024, 10, 2)) == "2\u00a0Oct\u00a02024"


@pytest.mark.parametrize(
    ("claim", "written"),
    [
        ({"low": 59000.0, "high": 59000.0, "bound": "about"}, "about 59,000"),
        ({"low": 2.0, "high": 3.0, "bound": "between", "unit": "metre", "per": "day"}, "2–3\u00a0metres per day"),
        ({"low": 45e6, "high": 60e6, "bound": "between", "unit": "US dollar", "currency": "USD"}, "$45–60 million"),
        ({"low": 9e8, "high": 1.1e9, "bound": "between", "unit": None, "currency": "EUR"}, "€900 million–1.1 billion"),
        ({"low": 2e6, "high": 3e6, "bound": "between", "unit": "tree"}, "2–3 million\u00a0trees"),
        ({"low": 0.4, "high": 0.4, "bound": "more_than", "unit": "ratio", "surface": "more than 40 percent"},
         "more than 40%"),
        ({"low": 2.0, "high": 2.0, "bound": "exact", "unit": "ratio", "surface": "Twice"}, "twice"),
        ({"low": 2.5, "high": 2.5, "bound": "exact", "unit": "ratio", "surface": "2.5 times"}, "2.5 times"),
        ({"low": 1 / 3, "high": 1 / 3, "bound": "exact", "unit": "ratio", "surface": "a third of"}, "a third"),
        ({"low": 0.4, "high": 0.4, "bound": "exact", "unit": "ratio", "surface": "forty per cent"}, "40%"),
        ({"low": 12.0, "high": None, "bound": "at_least", "surface": "Dozens of"}, "dozens"),
        ({"low": 12.3, "high": 12.3, "bound": "exact", "currency": "USD", "unit": "US dollar"}, "$12.30"),
        ({"low": 12.0, "high": None, "bound": "at_least"}, "at least 12"),
        ({"low": 3.1e8, "high": 3.1e8, "bound": "exact", "currency": "GBP", "unit": "pound sterling"}, "£310 million"),
        ({"low": 12e6, "high": 12e6, "bound": "exact", "currency": "CHF", "unit": "Swiss franc"},
         "CHF\u00a012 million"),
        ({"low": 12.5, "high": 12.5, "bound": "exact", "currency": "USD", "unit": "cent"}, "12.5\u00a0cents"),
        ({"low": None, "high": float("inf"), "bound": "exact"}, "…"),
    ],
)  # fmt: skip
def test_values_are_written_with_bound_and_unit(claim: dict[str, object], written: str) -> None:
    assert value({"unit": None, "currency": None, "surface": "", "per": None, **claim}) == written
