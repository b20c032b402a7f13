"""The pages of outlets, persons and places: what they say or what is said of them, and where they are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from report import data, worldmap
from report.data import page_name
from report.marks import activity_data
from report.press import Press
from report.words import Row

CLAIMS = 100
ARTICLES = 50
MEASURES = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of subject: its name in the warehouse, its folder, and how its list and its claims are headed."""

    name: str
    folder: str
    claims_title: str


KINDS = (
    Kind("outlet", "outlets", "What it reported"),
    Kind("person", "people", "What was said, in numbers"),
    Kind("place", "places", "Numbers about this place"),
)


def write_subjects(press: Press, kind: Kind) -> int:
    """Write the pages of all outlets, persons or places that changed; return how many there are."""
    inputs = data.subject_inputs(press.con, kind.name)
    paths = {name: (f"{kind.folder}/{page_name(name)}.html",) for name in inputs}
    totals = data.claims_of_subjects(press.con, kind.name)
    for names in press.stale(paths, inputs):
        claims = data.claims_by_subject(press.con, kind.name, names, CLAIMS)
        named = data.named_by_subject(press.con, kind.name, names, ARTICLES)
        for name in names:
            values = _page(kind, name, claims.get(name, []), named.get(name, []))
            values["total"] = totals.get(name, 0)
            press.page(paths[name][0], "subject.html.j2", press.key(inputs[name]), **values)
    return len(inputs)


def _page(kind: Kind, name: str, claims: list[Row], named: list[Row]) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "claims": claims[::-1],
        "named": named,
        "named_total": named[0]["of_all"] if named else 0,
        "measures": _measures(claims),
        "chart": activity_data(claims),
        "sql": data.subject_sql(kind.name, name),
        "role": next((row["role"] for row in named if row["role"]), None),
        "country": next((row["country"] for row in named if row["country"]), None),
        "map": place_map([row for row in named if row["latitude"] is not None][:1]) if kind.name == "place" else None,
    }


def _measures(claims: list[Row]) -> list[tuple[Row, int]]:
    """Return the newest claim of each measure and how many claims it has, most claims first."""
    placed = sorted((c for c in claims if c["measure_key"]), key=lambda c: (c["measure_key"], c["news_date"]))
    newest = {key: list(group)[-1] for key, group in groupby(placed, key=lambda c: c["measure_key"])}
    often = Counter(c["measure_key"] for c in placed)
    entries = [(newest[key], n) for key, n in often.items()]
    return sorted(entries, key=lambda entry: (-entry[1], entry[0]["measure_name"]))[:MEASURES]


def place_map(places: list[Row]) -> dict[str, Any] | None:
    """Return the part of the map that holds the places, and where each stands; None where no place has coordinates."""
    located = [row for row in places if row["latitude"] is not None and row["longitude"] is not None]
    if not located:
        return None
    points = [worldmap.point(row["latitude"], row["longitude"]) for row in located]
    return {"window": worldmap.window(points), "places": list(zip(located, points, strict=True))}
