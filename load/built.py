"""The rows that a build reads, and the days that builds have built.

The schema ``built`` has a table or view for each landing table that models read, and the list of days to build.
Child tables have no day column, so a query for the rows of one day scans the whole table. A build of some days
therefore copies its rows once; in a build of all days, and between builds, ``built`` consists of views.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import duckdb

from load.schema import tables

# All versions of each article with a version on a built day: which version is current depends on all of them.
VERSIONS = """
    select version_id from articles
    where article_id in (
        select article_id from articles
        where coalesce(published_on, fetched_at::date) in (select news_date from built.changed_days)
    )
"""
# Days of versions that revise a version of a later day, for example when a page corrects its date to an earlier one:
# the revised version may not have been built yet when these days were built.
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
    """Show the models all rows, and all changed days as the days to build, in the caller's transaction."""
    _start_over(con)
    for table in ("changed_days", *_names()):
        con.execute(f"create view built.{table} as from main.{table}")


def show_rows_of(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Show the models only the articles of these days, as the days to build, in the caller's transaction."""
    _start_over(con)
    con.execute("create table built.changed_days as select unnest(?::date[]) as news_date", [list(days)])
    con.execute(f"create or replace temp table built_versions as {VERSIONS}")
    for table in _names():
        # Selected by row number, so that DuckDB reads the wide columns of these rows only: ten times as fast.
        con.execute(
            f"create table built.{table} as from main.{table} where rowid in"
            f" (select rowid from main.{table} where version_id in (select version_id from built_versions))"
        )
    con.execute("drop table built_versions")


def _start_over(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("drop schema if exists built cascade")
    con.execute("create schema built")


def cut_days(con: duckdb.DuckDBPyConnection, days: Sequence[date], articles: int) -> list[tuple[date, ...]]:
    """Split days, in order, into parts of at most ``articles`` article versions each; a larger day is its own part."""
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
    """Return the days with an article version that revised a version of a later day."""
    return tuple(day for (day,) in con.execute(LOOKING_AHEAD).fetchall())


def _names() -> tuple[str, ...]:
    return ("articles", *(table.name for table in tables().values() if table.parent == "articles"))


def note_built_days(con: duckdb.DuckDBPyConnection, built_at: datetime) -> None:
    """Record which days were built, for the next publication, in the transaction of the successful build."""
    con.execute("delete from built_days where built_at >= ?", [built_at])
    con.execute("insert into built_days select ?, news_date from changed_days", [built_at])


def days_built_since(con: duckdb.DuckDBPyConnection, then: datetime | None) -> tuple[date, ...] | None:
    """Return the days whose models may differ between the build of ``then`` and the last successful build.

    None means any day: the build of ``then`` is unknown, all days have been built since, or days were not recorded.
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
