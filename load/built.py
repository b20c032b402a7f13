"""What a build reads, and what builds have built.

The schema ``built`` has a table's name for each landing table that models go through, and the days that are built.
Child tables tell no day, so a query for the rows of a day reads them from end to end. A build of some days looks them
up once and puts them aside; one of all days at once, and everybody else, sees the landing tables themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import duckdb

from load.schema import tables

# All versions of an article that has one on a built day: its neighbours decide what stands.
VERSIONS = """
    select version_id from articles
    where article_id in (
        select article_id from articles
        where coalesce(published_on, fetched_at::date) in (select news_date from built.changed_days)
    )
"""
# Days of a version that came after one of a later day, as when a page corrects its date to an earlier one: what it
# revised may not have been built when these days were.
LOOKING_AHEAD = """
    with seen as (
        select a.article_id, coalesce(a.published_on, a.fetched_at::date) as news_date, min(e.fetched_at) as seen_at
        from articles as a
        inner join extractions as e on a.version_id = e.version_id
        where a.article_id in (
            select article_id from articles group by article_id
            having count(distinct coalesce(published_on, fetched_at::date)) > 1
        )
        group by a.version_id, a.article_id, news_date
    )
    select distinct after.news_date
    from seen as after
    inner join seen as before on after.article_id = before.article_id
    where before.news_date > after.news_date and before.seen_at <= after.seen_at
    order by 1
"""


def show_all_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Let the models see all rows, and all changed days as those to build, in the caller's transaction."""
    _start_over(con)
    for table in ("changed_days", *_names()):
        con.execute(f"create view built.{table} as from main.{table}")


def show_rows_of(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Let the models see the articles of these days alone, as those to build, in the caller's transaction."""
    _start_over(con)
    con.execute("create table built.changed_days as select unnest(?::date[]) as news_date", [list(days)])
    con.execute(f"create or replace temp table built_versions as {VERSIONS}")
    for table in _names():
        # By their row numbers, so that DuckDB reads the wide columns of these rows alone: ten times as fast.
        con.execute(
            f"create table built.{table} as from main.{table} where rowid in"
            f" (select rowid from main.{table} where version_id in (select version_id from built_versions))"
        )
    con.execute("drop table built_versions")


def _start_over(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("drop schema if exists built cascade")
    con.execute("create schema built")


def cut_days(con: duckdb.DuckDBPyConnection, days: Sequence[date], articles: int) -> list[tuple[date, ...]]:
    """Cut days, in their order, into parts of at most so many article versions each; a larger day is its own part."""
    counts = dict(
        con.execute("select coalesce(published_on, fetched_at::date), count(*) from articles group by 1").fetchall()
    )
    parts: list[list[date]] = []
    room = 0
    for day in days:
        count = counts.get(day, 0)
        if not parts or count > room:
            parts.append([])
            room = articles
        parts[-1].append(day)
        room -= count
    return [tuple(part) for part in parts]


def days_looking_ahead(con: duckdb.DuckDBPyConnection) -> tuple[date, ...]:
    """Return the days with a version of an article that revised one of a later day."""
    return tuple(day for (day,) in con.execute(LOOKING_AHEAD).fetchall())


def _names() -> tuple[str, ...]:
    return ("articles", *(table.name for table in tables().values() if table.parent == "articles"))


def note_built_days(con: duckdb.DuckDBPyConnection, built_at: datetime) -> None:
    """Keep which days were built, for the next publication, in the transaction of the build that ends well."""
    con.execute("delete from built_days where built_at >= ?", [built_at])
    con.execute("insert into built_days select ?, news_date from changed_days", [built_at])


def days_built_since(con: duckdb.DuckDBPyConnection, then: datetime | None) -> tuple[date, ...] | None:
    """Return the days whose models the last good build may have otherwise than that of ``then``; None: any.

    None too where the build of ``then`` is not known, all days have been built since, or the days were not kept.
    """
    row = con.execute(
        """
        select
            exists (from builds where passed and built_at = $then),
            coalesce(bool_or(is_full), false),
            coalesce(sum(days), 0) = (select count(*) from built_days where built_at > $then)
        from builds
        where passed and built_at > $then
        """,
        {"then": then},
    ).fetchone()
    if then is None or row != (True, False, True):
        return None
    rows = con.execute("select distinct news_date from built_days where built_at > ? order by 1", [then]).fetchall()
    return tuple(day for (day,) in rows)
