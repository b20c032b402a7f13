"""What a build reads, and what builds have built.

The schema ``built`` has a table's name for each landing table that models go through. Child tables tell no day, so a
query for the rows of a day reads them from end to end. A build of some days looks them up once and puts them aside; a
build of all days, and everybody else, sees the landing tables themselves.
"""

from __future__ import annotations

from datetime import date, datetime

import duckdb

from load.schema import tables

# All versions of an article that has one on a changed day: its neighbours decide what stands.
VERSIONS = """
    select version_id from articles
    where article_id in (
        select article_id from articles
        where coalesce(published_at, fetched_at)::date in (select news_date from changed_days)
    )
"""


def show_all_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Let the models see all rows, in the caller's transaction."""
    _start_over(con)
    for table in _names():
        con.execute(f"create view built.{table} as from main.{table}")


def show_changed_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Let the models see the articles of the changed days alone, in the caller's transaction."""
    _start_over(con)
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
