"""How a measure is called: by what is asked, of whom and where."""

from __future__ import annotations

import re

import pytest

from load.measures.claim import Article, Name
from load.measures.names import name_key
from load.measures.naming import Named, name_of, named_in

FERRY = Named(about="Selka Star")


@pytest.mark.parametrize(
    ("thing", "unit", "kind", "asked", "named", "name"),
    [
        ("people", "count", "level", {"killed": 1.0}, FERRY, "People (killed), in news of Selka Star"),
        ("people", "count", "level", {"missing": 1.0, "killed": 0.8}, FERRY, "People (missing), in news of Selka Star"),
        ("the passengers", "count", "level", {}, FERRY, "Passengers, in news of Selka Star"),
        ("delegates", "count", "level", {"delegates": 1.0}, Named(owner="Ada Quill"), "Delegates, Ada Quill"),
        (None, "ratio", "level", {"support": 1.0}, Named("Ada Quill", "Spain"), "Support (share), Ada Quill, Spain"),
        (None, "USD", "plan", {"debt": 1.0}, Named(owner="Spain"), "Debt (USD, asked for), Spain"),
        ("bond yields", "ratio", "level", {}, FERRY, "Bond yields (share)"),
        ("Selka Star", "count", "level", {}, FERRY, "Selka Star"),
        (None, "age", "level", {}, FERRY, "Age"),
        (None, "time", "level", {}, FERRY, "Deliberate jury (duration)"),
    ],
)
def test_a_name_tells_what_is_asked_of_whom_where(
    thing: str | None, unit: str, kind: str, asked: dict[str, float], named: Named, name: str
) -> None:
    said = {"jury": 0.5, "deliberate": 0.9, "day": 0.2} if unit == "time" else {}
    assert name_of(thing, unit, kind, said, asked, named) == name


@pytest.mark.parametrize(
    ("headline", "about"),
    [("The Beacon asks", "Port Ansel"), ("Ada Quill and The Beacon", "Ada Quill"), ("", "Port Ansel")],
)
def test_news_is_of_whom_its_headline_names_or_of_its_place_and_not_of_whom_it_quotes(
    headline: str, about: str
) -> None:
    text = "Port Ansel, said Ada Quill. Ada Quill told The Beacon. The Beacon asked Ada Quill about Port Ansel."
    kinds = {"The Beacon": "organisation", "Ada Quill": "person", "Port Ansel": "place"}
    names = [
        Name(found.start(), found.end(), kind, name_key(kind, name), name)
        for name, kind in kinds.items()
        for found in re.finditer(name, text)
    ]
    assert named_in(Article(text, headline, names), None, None).about == about
