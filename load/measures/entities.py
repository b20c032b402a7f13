"""Entities across articles: the person, organisation or place that each name in an article refers to.

A full name ("Ada Quill") is its own entity. A surname alone is resolved by the articles of the month before: it belongs
to the person who has it in by far the most of them. The user's corrections take precedence over both.
So a decision depends on the articles up to its day and on the corrections, never on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa

from load.arrow import arrow_schema
from load.measures.names import name_key
from load.schema import tables

COLUMNS = tables()["entity_names"].names

# A surname alone is looked up in the articles of this many days, including its own.
SURNAME_DAYS = 30
# It belongs to one person if at least this share of the articles that give a full name with it name this person.
SURNAME_SHARE = 0.6

NAMES = """
    select m.version_id, m.kind, m.name, a.article_id, coalesce(a.published_on, a.fetched_at::date) as news_date,
        count(*)::integer as mentions
    from mentions as m
    inner join articles as a using (version_id)
    where m.rowid in (
        select rowid from mentions where version_id in (
            select version_id from articles where coalesce(published_on, fetched_at::date) in (select unnest($days))
        )
    ) and m.kind in ('person', 'organisation', 'place')
    group by all
"""
# Surnames whose resolution may change because of the articles of changed days.
UNSURE = f"""
    select version_id, kind, name, article_id, news_date, mentions, entity_id, decided_by
    from entity_names
    where kind = 'person' and decided_by in ('surname', 'alone') and exists (
        select 1 from changed_days as c
        where entity_names.news_date > c.news_date and entity_names.news_date <= c.news_date + {SURNAME_DAYS}
    ) and news_date not in (select news_date from changed_days)
"""
BEARERS = f"""
    with asked as (select unnest($surnames) as surname, unnest($days) as day)
    select surname, day, arg_max(entity_id, (articles, entity_id)) as entity_id, max(articles) / sum(articles) as share
    from (
        select a.surname, a.day, e.entity_id, count(distinct e.article_id) as articles
        from asked as a
        inner join entity_names as e
            on e.surname = a.surname and e.news_date between a.day - {SURNAME_DAYS} and a.day
        where e.kind = 'person' and e.decided_by in ('full name', 'correction')
        group by all
    ) as counted
    group by all
"""


def update_entities(con: duckdb.DuckDBPyConnection, parts: Sequence[Sequence[date]]) -> None:
    """Resolve the names of the changed days, and surnames of the month after; mark days whose entities change.

    ``parts`` are groups of changed days that are processed together.
    """
    con.execute("""
        delete from entity_names
        where news_date in (select news_date from changed_days)
            or version_id not in (select version_id from articles)
    """)
    corrections = _corrections(con)
    for days in parts:
        _insert_full(con, days, corrections)
    for days in parts:
        _decide_surnames(con, days)
    _decide_later(con)


def _corrections(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], str]:
    """Return the user's corrections: from kind, key and article (empty for all articles) to the entity's key."""
    rows = con.execute("select kind, name, coalesce(article_id, ''), entity from user_entities").fetchall()
    return {(kind, name_key(kind, name), article): name_key(kind, entity) for kind, name, article, entity in rows}


def _insert_full(
    con: duckdb.DuckDBPyConnection, days: Sequence[date], corrections: dict[tuple[str, str, str], str]
) -> None:
    """Insert the names of some days, resolved by a correction or as a full name; surnames stay ``alone``."""
    rows = []
    for version, kind, name, article, day, mentions in con.execute(NAMES, {"days": list(days)}).fetchall():
        key = name_key(kind, name)
        corrected = corrections.get((kind, key, article)) or corrections.get((kind, key, ""))
        is_bare = kind == "person" and " " not in key
        decided = "correction" if corrected else "alone" if is_bare else "full name"
        entity = corrected or key
        surname = entity.split(":", 1)[1].split(" ")[-1] if kind == "person" else None
        rows.append((version, article, kind, name, entity, surname, decided, mentions, day))
    _append(con, rows)


def _append(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        con.from_arrow(pa.table(columns, schema=arrow_schema(tables()["entity_names"]))).insert_into("entity_names")


def _decide_surnames(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Resolve the surnames of some days to people."""
    asked = con.execute(
        "select distinct surname, news_date from entity_names"
        " where decided_by = 'alone' and news_date in (select unnest(?::date[])) order by all",
        [list(days)],
    ).fetchall()
    bearers = _bearers(con, asked)
    _assign(con, {key: entity for key, entity in bearers.items() if entity})


def _bearers(con: duckdb.DuckDBPyConnection, asked: Sequence[tuple[str, date]]) -> dict[tuple[str, date], str | None]:
    """Return, per surname and day, the person who has it in the articles of the last ``SURNAME_DAYS`` days.

    The person is None if no one clearly has it.
    """
    found: dict[tuple[str, date], str | None] = dict.fromkeys(asked)
    if asked:
        parameters = {"surnames": [s for s, _ in asked], "days": [d for _, d in asked]}
        for surname, day, entity, share in con.execute(BEARERS, parameters).fetchall():
            found[(surname, day)] = entity if share >= SURNAME_SHARE else None
    return found


def _assign(con: duckdb.DuckDBPyConnection, bearers: dict[tuple[str, date], str]) -> None:
    """Set the entity of a surname on a day, for each pair."""
    if not bearers:
        return
    parameters = {
        "surnames": [surname for surname, _ in bearers],
        "days": [day for _, day in bearers],
        "entities": list(bearers.values()),
    }
    con.execute(
        """
        update entity_names set entity_id = b.entity_id, decided_by = 'surname'
        from (select unnest($surnames) as surname, unnest($days) as day, unnest($entities) as entity_id) as b
        where entity_names.surname = b.surname and entity_names.news_date = b.day and kind = 'person'
            and decided_by in ('alone', 'surname')
        """,
        parameters,
    )


def _decide_later(con: duckdb.DuckDBPyConnection) -> None:
    """Resolve surnames of the days after the changed ones again, and mark the days on which an entity changes."""
    stood = con.execute(UNSURE).fetchall()
    if not stood:
        return
    surnames = {(row[2], row[4]): name_key("person", row[2]) for row in stood}
    asked = sorted({(key.split(":", 1)[1], day) for (_, day), key in surnames.items()})
    bearers = _bearers(con, asked)
    moved: dict[tuple[str, date], str] = {}
    alone: set[tuple[str, date]] = set()
    for _, _, name, _, day, _, entity, _ in stood:
        key = name_key("person", name)
        surname = key.split(":", 1)[1]
        now = bearers[(surname, day)] or key
        if now != entity:
            (moved.__setitem__((surname, day), now) if now != key else alone.add((surname, day)))
    _assign(con, moved)
    for surname, day in sorted(alone):
        con.execute(
            "update entity_names set entity_id = 'person:' || surname, decided_by = 'alone'"
            " where surname = ? and news_date = ? and decided_by = 'surname'",
            [surname, day],
        )
    for day in sorted({day for _, day in (*moved, *alone)}):
        con.execute("insert into changed_days values (?)", [day])
