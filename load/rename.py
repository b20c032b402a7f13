"""Renaming a source: its rows get the new name in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from extract.types import Source
from load.transaction import transaction

# Tables with a source in their key, and the other columns of that key.
KEYED = {"candidates": ("url", "found_in"), "rejects": ("stage", "url"), "left_out": ("url",)}
TABLES = ("candidates", "fetches", "extractions", "articles", "rejects", "left_out")


def find_renamed(con: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> dict[str, str]:
    """Find sources that are no longer in the settings and whose feeds now belong to a source that was never polled.

    ``sources`` are all sources in the settings. Returns a mapping of old to new names.
    """
    rows = con.execute("select distinct source, url from fetches where purpose = 'announcement'").fetchall()
    asked: dict[str, set[str]] = {}
    for name, url in rows:
        asked.setdefault(name, set()).add(url)
    left = sorted(set(asked) - {source.name for source in sources})
    found: dict[str, str] = {}
    for source in sources:
        places = set(source.announcements)
        old = next((name for name in left if asked[name] & places), None)
        if source.name not in asked and old is not None and old not in found:
            found[old] = source.name
    return found


def rename_sources(con: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> dict[str, str]:
    """Rename sources in all rows (old to new); return the renames that changed anything.

    The days of their articles are marked to be built. The operation is idempotent.
    """
    known = {row[0] for row in con.execute("select source from fetches union select name from sources").fetchall()}
    due = {old: new for old, new in names.items() if old in known}
    if due:
        with transaction(con):
            for old, new in due.items():
                _rename(con, old, new)
    return due


def _rename(con: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    con.execute(
        """
        insert into changed_days
        select distinct day from (
            select coalesce(published_on, fetched_at::date) as day from articles where source = $old
            union all
            select max(fetched_at)::date as day from fetches where source = $old
        )
        where day is not null and day not in (select news_date from changed_days)
        """,
        {"old": old},
    )
    for table in TABLES:
        if key := KEYED.get(table):
            same = " and ".join(f"o.{column} = n.{column}" for column in key)
            con.execute(
                f"delete from {table} as o where source = $old"
                f" and exists (select 1 from {table} as n where n.source = $new and {same})",
                {"old": old, "new": new},
            )
        con.execute(f"update {table} set source = $new where source = $old", {"old": old, "new": new})
    con.execute("delete from sources where name = $old", {"old": old})
