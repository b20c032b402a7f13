"""Reads the data for profiles from the landing tables, and stores the profiles in a table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from load.arrow import arrow_schema
from load.measures.blocks import block_keys
from load.measures.claim import Article, Name, Number, Profile
from load.measures.contexts import corrections
from load.measures.profile import profile
from load.measures.table import number_of
from load.schema import tables

# Selected by row number, so that DuckDB reads the wide columns of these rows only.
OF_DAYS = """
    select version_id from articles where coalesce(published_on, fetched_at::date) in (select unnest($days))
"""
ARTICLES = f"""
    select version_id, text, coalesce(headline, '') from articles
    where rowid in (select rowid from articles where version_id in ({OF_DAYS}))
"""
MENTIONS = f"""
    select m.version_id, m.start, m."end", m.kind, e.entity_id, m.name
    from mentions as m
    inner join entity_names as e on m.version_id = e.version_id and m.kind = e.kind and m.name = e.name
    where m.rowid in (select rowid from mentions where version_id in ({OF_DAYS}))
"""
NUMBERS = f"""
    select q.quantity_id, q.version_id, a.article_id, coalesce(a.published_on, a.fetched_at::date) as news_date,
        q.start, q."end", q.sentence_start, q.sentence_end, q.low, q.high, q.bound, q.dimension, q.unit, q.currency,
        q.si_low, q.si_high, q.per, q.thing, q.subject, q.subject_name, q.subject_start, q.subject_end,
        q.place_start, q.place_end, q.aspect, q.change_role, q.as_of_start, q.as_of_end,
        coalesce(t.source_name, t.source_text), t.source_kind, q.attribution_id is not null, q.verification
    from quantities as q
    inner join articles as a on q.version_id = a.version_id
    left join attributions as t on q.attribution_id = t.attribution_id
    where q.rowid in (select rowid from quantities where version_id in ({OF_DAYS}))
    order by news_date, q.version_id, q.start, q.quantity_id
"""
COLUMNS = tuple(field.name for field in fields(Profile))


def profiles_of_days(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> list[Profile]:
    """Return the profiles of all claims of some days, ordered by day, article and position in the text."""
    found = []
    for article, numbers in articles_of_days(con, days):
        instead = corrections(article, numbers)
        found += [profile(number, article, instead.get(number.claim_id)) for number in numbers]
    return found


def articles_of_days(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> list[tuple[Article, list[Number]]]:
    """Return the articles of some days with their numbers, ordered by day, article and position in the text."""
    at = {"days": list(days)}
    names: dict[str, list[Name]] = defaultdict(list)
    for version, start, end, kind, entity, name in con.execute(MENTIONS, at).fetchall():
        names[version].append(Name(start, end, kind, entity, name))
    texts = {version: (text, headline) for version, text, headline in con.execute(ARTICLES, at).fetchall()}
    numbers: dict[str, list[Number]] = {}
    for row in con.execute(NUMBERS, at).fetchall():
        number = Number(*row)
        numbers.setdefault(number.version_id, []).append(number)
    return [(Article(*texts[version], names.get(version, [])), found) for version, found in numbers.items()]


def keep_profiles(con: duckdb.DuckDBPyConnection, profiles: Sequence[Profile]) -> None:
    """Store profiles, and the blocking keys by which candidates are found."""
    if not profiles:
        return
    rows = [[number_of(p.claim_id), p.claim_id, p.version_id, p.news_date, p.start, as_json(p)] for p in profiles]
    _insert(con, "claim_profiles", rows)
    keys = [[number_of(key), number_of(p.claim_id), p.news_date] for p in profiles for key in sorted(block_keys(p))]
    if keys:
        _insert(con, "claim_keys", keys)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    shape = tables()[table]
    columns = dict(zip(shape.names, map(list, zip(*rows, strict=True)), strict=True))
    con.from_arrow(pa.table(columns, schema=arrow_schema(shape))).insert_into(table)


def as_json(p: Profile) -> str:
    """Return a profile as JSON."""
    # Not asdict, whose deep copies cost more than everything else here.
    columns = {name: getattr(p, name) for name in COLUMNS}
    return json.dumps(columns, default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Profile:
    """Return the profile that ``as_json`` wrote."""
    raw = json.loads(text)
    raw["news_date"] = date.fromisoformat(raw["news_date"])
    for name in ("opposed", "years", "reporters"):
        raw[name] = frozenset(raw[name])
    return Profile(**{name: raw[name] for name in COLUMNS})


def _plain(value: object) -> object:
    """Return a date or a set in a form that JSON has; raises TypeError for other types."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
