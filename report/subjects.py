"""The pages of outlets, people, organisations and places: claims by or about them, and where they are named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from load.connection import Connection
from report import data, worldmap
from report.data import grouped, page_name, rows
from report.marks import activity_data
from report.pages import FOLDERS
from report.press import Press
from report.revisions import revisions_of
from report.words import Row

CLAIMS = 100
ARTICLES = 50
MEASURES = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of subject: its name in the warehouse, and the headings of its claims."""

    name: str
    claims_title: str

    @property
    def folder(self) -> str:
        """The folder of its pages."""
        return FOLDERS[self.name]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("outlet", "What it reported"),
        Kind("person", "Numbers by or about this person"),
        Kind("organisation", "Numbers by or about this organisation"),
        Kind("place", "Numbers about this place"),
    )
}
# A digest of the inputs of each page: if it is the same, the page is unchanged.
INPUTS = """
    with parts as (
        select unnest(keys) as key, digest as part from picked where is_current
        union all
        select key, hash(n) from named as n
        union all
        select 'outlet:' || p.outlet, hash(r, p.outlet)
        from claim_revisions as r inner join picked as p on r.claim_id = p.claim_id
        union all
        select key, hash(s) from subjects as s
    )
    select kind, key, name, sum(part::hugeint)::varchar as made_of
    from parts inner join subjects using (key)
    group by kind, key, name order by key
"""
TOTALS = """
    select key, count(*) as claims, min(news_date) as first_day, max(news_date) as last_day,
        count(distinct article_id) as articles
    from (select unnest(keys) as key, news_date, article_id from picked where is_current)
    where key in (select unnest(?::varchar[])) group by key
"""
NEWEST_CLAIMS = """
    select claim_id, key from (select claim_id, news_date, unnest(keys) as key from picked where is_current)
    where key in (select unnest(?::varchar[]))
    qualify row_number() over (partition by key order by news_date desc, claim_id) <= ?
"""
# The newest articles that name a subject; `of_all` is their total number.
NEWEST_ARTICLES = """
    select *, count(*) over (partition by key) as of_all from named where key in (select unnest(?::varchar[]))
    qualify row_number() over (partition by key order by news_date desc, article_id) <= ?
    order by news_date desc, article_id
"""
# The kinds of sources of an outlet's numbers, most frequent first.
RELIANCE = """
    select 'outlet:' || outlet as key, coalesce(said_by_kind, if(said_by is null, 'own voice', 'unclear')) as rests_on,
        count(*) as claims
    from picked where is_current and 'outlet:' || outlet in (select unnest(?::varchar[]))
    group by all order by key, claims desc, rests_on
"""
SQL = {
    "outlet": "select *\nfrom claims\nwhere coalesce(publisher, source) = {name} and is_current\norder by news_date",
    "entity": "select *\nfrom claims\nwhere {key} in (subject_entity, place_entity, speaker_entity) and is_current\n"
    "order by news_date",
}


def write_subjects(press: Press) -> dict[str, int]:
    """Write the pages of all subjects that changed; return the number of subjects of each kind, by folder."""
    found = {row["key"]: row for row in rows(press.con, INPUTS)}
    inputs = {key: row["made_of"] for key, row in found.items()}
    paths = {key: (f"{KINDS[row['kind']].folder}/{page_name(key)}.html",) for key, row in found.items()}
    for keys in press.stale(paths, inputs):
        made = _Made.of(press.con, keys)
        for key in keys:
            values = made.page(found[key])
            press.page(paths[key][0], "subject.html.j2", press.key(inputs[key]), **values)
    often = Counter(row["kind"] for row in found.values())
    return {kind.folder: often[kind.name] for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class _Made:
    """The data of the pages of some subjects, by key."""

    claims: dict[str, list[Row]]
    totals: dict[str, Row]
    named: dict[str, list[Row]]
    reliance: dict[str, list[Row]]
    revised: dict[str, list[Any]]

    @classmethod
    def of(cls, con: Connection, keys: Sequence[str]) -> _Made:
        outlets = [key for key in keys if key.startswith("outlet:")]
        return cls(
            claims=_claims(con, keys),
            totals={row["key"]: row for row in rows(con, TOTALS, [list(keys)])},
            named=grouped(rows(con, NEWEST_ARTICLES, [list(keys), ARTICLES]), "key"),
            reliance=grouped(rows(con, RELIANCE, [outlets]), "key"),
            revised=revisions_of(con, outlets),
        )

    def page(self, subject: Row) -> dict[str, Any]:
        """Return the data of a subject's page."""
        kind, key = KINDS[subject["kind"]], subject["key"]
        claims, named = self.claims.get(key, []), self.named.get(key, [])
        located = [row for row in named if row["latitude"] is not None][:1]
        sql = SQL["outlet" if kind.name == "outlet" else "entity"]
        return {
            "kind": kind,
            "name": subject["name"],
            "claims": claims[::-1],
            "total": self.totals.get(key, {"claims": 0, "articles": 0, "first_day": None, "last_day": None}),
            "named": named,
            "named_total": named[0]["of_all"] if named else 0,
            "measures": _measures(claims),
            "chart": activity_data(claims),
            "sql": sql.format(key=data.literal(key), name=data.literal(subject["name"])),
            "role": next((row["role"] for row in named if row["role"]), None),
            "country": next((row["country"] for row in named if row["country"]), None),
            "map": place_map(located) if kind.name == "place" else None,
            "reliance": self.reliance.get(key, []),
            "revised": self.revised.get(key, []),
        }


def _claims(con: Connection, keys: Sequence[str]) -> dict[str, list[Row]]:
    """Return the newest current claims by or about subjects, oldest first."""
    subjects = defaultdict(list)
    for row in rows(con, NEWEST_CLAIMS, [list(keys), CLAIMS]):
        subjects[row["claim_id"]].append(row["key"])
    by_key = defaultdict(list)
    for claim in data.shown_claims(con, "select unnest(?::varchar[])", [list(subjects)]):
        for key in subjects[claim["claim_id"]]:
            by_key[key].append(claim)
    return by_key


def _measures(claims: list[Row]) -> list[tuple[Row, int]]:
    """Return the newest claim of each measure and its number of claims, most claims first."""
    placed = sorted((c for c in claims if c["measure_key"]), key=lambda c: (c["measure_key"], c["news_date"]))
    newest = {key: list(group)[-1] for key, group in groupby(placed, key=lambda c: c["measure_key"])}
    often = Counter(c["measure_key"] for c in placed)
    entries = [(newest[key], n) for key, n in often.items()]
    return sorted(entries, key=lambda entry: (-entry[1], entry[0]["measure_name"], entry[0]["measure_key"]))[:MEASURES]


def place_map(places: list[Row]) -> dict[str, Any] | None:
    """Return the part of the map with the places, and their positions; None if no place has coordinates."""
    located = [row for row in places if row["latitude"] is not None and row["longitude"] is not None]
    if not located:
        return None
    points = [worldmap.point(row["latitude"], row["longitude"]) for row in located]
    return {"window": worldmap.window(points), "places": list(zip(located, points, strict=True))}
