"""The rows that a build reads: the schema ``built`` has a table's name for each landing table that models go through.

Child tables tell no day, so a query for the rows of a day reads them from end to end. A build of some days looks them
up once and puts them aside; a build of all days, and everybody else, sees the landing tables themselves.
"""

from __future__ import annotations

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
