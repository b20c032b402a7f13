"""The full-text index over articles and quotes: an SQLite FTS5 index next to the published copy.

It needs no DuckDB extension and does not touch the private file. Only versions that were added, changed or removed
since the last publication are indexed again; only days that were built since then are checked for them.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from load.built import cut_days, days_built_since
from load.connection import LISTED
from load.files import flush

# Increased when the content of the index or its ids change; an index of another format is rewritten.
FORMAT = 1
SCHEMA = f"""
    pragma user_version = {FORMAT};
    create table if not exists documents (
        id integer primary key, version_id text not null, digest text not null, kind text not null, claim_id text,
        headline text, publisher text, url text, news_date text
    );
    create index if not exists documents_by_version on documents (version_id);
    create index if not exists documents_by_day on documents (news_date);
    create table if not exists indexed_build (built_at text not null);
    create virtual table if not exists words using fts5 (
        headline, body, tokenize = 'porter unicode61 remove_diacritics 2'
    );
"""
# An id consists of the document's kind, its day, and a number within that day, so documents of one kind and an interval
# of days are a range of ids, the newest last. FTS5 can restrict a search, and start at its end, only by id.
KINDS = ("article", "quote")
OF_A_DAY = 1 << 32
DAYS = 1 << 22

# One row for each version: a digest of its indexed content.
VERSIONS = """
    with quotes as (
        select version_id, bit_xor(hash(claim_id, quote)) as digest
        from claims
        where {claim_days}
        group by version_id
    )
    select version_id, hash(coalesce(a.publisher, a.source), a.url, a.fetched_at, q.digest)::varchar
    from articles as a
    left join quotes as q using (version_id)
    where {article_days}
"""
# The indexed content of the versions of some days, in the order of their ids. Row numbers are looked up first, so that
# DuckDB reads the texts of these rows only.
ROWS = {
    "article": """
        select a.version_id, 'article' as kind, null as claim_id, a.headline, coalesce(a.publisher, a.source), a.url,
            coalesce(a.published_on, a.fetched_at::date) as news_date, a.headline, a.text
        from articles as a
        where a.rowid in (
            select rowid from articles semi join to_index using (version_id)
            where coalesce(published_on, fetched_at::date) between $first and $last
        )
        order by news_date, a.version_id
    """,
    "quote": """
        select c.version_id, 'quote', c.claim_id, c.headline, c.publisher, c.url, c.news_date, null, c.quote
        from claims as c
        where c.rowid in (
            select rowid from claims semi join to_index using (version_id) where news_date between $first and $last
        )
        order by c.news_date, c.version_id, c.claim_start
    """,
}
# Article versions read at a time; their texts are sorted in memory.
PART = 10_000


def first_id(kind: str, day: date) -> int:
    """Return the lowest id of documents of a kind and a day."""
    return (KINDS.index(kind) * DAYS + day.toordinal()) * OF_A_DAY


def kind_of(document: int) -> str:
    """Return the kind of a document from its id."""
    return KINDS[document // OF_A_DAY // DAYS]


def day_of(document: int) -> int:
    """Return the day of a document from its id, as an ordinal."""
    return document // OF_A_DAY % DAYS


def update_search(con: duckdb.DuckDBPyConnection, built_at: datetime, current: Path | None, temporary: Path) -> Path:
    """Write the index for the build of ``built_at`` to ``temporary``, starting from the current one, if given.

    A damaged index is rewritten: everything in it is in the warehouse.
    """
    if current and current.exists():
        shutil.copyfile(current, temporary)
        try:
            return _update(con, built_at, temporary)
        except (sqlite3.DatabaseError, ValueError):
            temporary.unlink()
    return _update(con, built_at, temporary)


def is_sound(index: Path) -> bool:
    """Return whether there is a readable index; damage deep inside it is only noticed by a search."""
    if not index.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            opened.execute("select count(*) from words where words match 'the'").fetchone()
            return is_current(opened) and opened.execute("select built_at from indexed_build").fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def is_current(index: sqlite3.Connection) -> bool:
    """Return whether an index has this program's format."""
    return index.execute("pragma user_version").fetchone() == (FORMAT,)  # type: ignore[no-any-return]


def _update(con: duckdb.DuckDBPyConnection, built_at: datetime, temporary: Path) -> Path:
    with closing(sqlite3.connect(temporary)) as index:
        if Path(temporary).stat().st_size and not is_current(index):
            raise ValueError("The index is of another format.")
        index.execute("pragma journal_mode = off")
        index.execute("pragma synchronous = off")
        index.executescript(SCHEMA)
        last = index.execute("select built_at from indexed_build").fetchone()
        days = days_built_since(con, datetime.fromisoformat(last[0])) if last else None
        indexed, present = _indexed(index, days), _present(con, days)
        _remove(index, [v for v, digest in indexed.items() if present.get(v) != digest])
        _add(con, index, {v: digest for v, digest in present.items() if indexed.get(v) != digest})
        index.execute("delete from indexed_build")
        index.execute("insert into indexed_build values (?)", [built_at.isoformat()])
        index.commit()
    flush(temporary)
    return temporary


def _indexed(index: sqlite3.Connection, days: tuple[date, ...] | None) -> dict[str, str]:
    """Return the digest of each version in the index, for these days; for all days if None."""
    if days is None:
        return dict(index.execute("select distinct version_id, digest from documents").fetchall())
    found: dict[str, str] = {}
    for day in days:
        of_day = "select distinct version_id, digest from documents where news_date = ?"
        found |= dict(index.execute(of_day, [day.isoformat()]).fetchall())
    return found


def _present(con: duckdb.DuckDBPyConnection, days: tuple[date, ...] | None) -> dict[str, str]:
    """Return the digest of each version in the warehouse, for these days; for all days if None."""
    if days is None:
        return dict(con.execute(VERSIONS.format(claim_days="true", article_days="true")).fetchall())
    asked = "in (select unnest($days))"
    of_days = VERSIONS.format(
        claim_days=f"news_date {asked}", article_days=f"coalesce(a.published_on, a.fetched_at::date) {asked}"
    )
    return dict(con.execute(of_days, {"days": list(days)}).fetchall())


def _remove(index: sqlite3.Connection, versions: Iterable[str]) -> None:
    """Remove versions, in the order of their ids: FTS5 flushes its buffer whenever an id is below the last one."""
    index.execute("create temp table gone (id integer primary key)")
    for version in versions:
        index.execute("insert into gone select id from documents where version_id = ?", [version])
    index.execute("delete from words where rowid in (select id from gone)")
    index.execute("delete from documents where id in (select id from gone)")
    index.execute("drop table gone")


def _add(con: duckdb.DuckDBPyConnection, index: sqlite3.Connection, digests: dict[str, str]) -> None:
    if not digests:
        return
    con.execute("create or replace temp table to_index (version_id varchar)")
    con.execute(f"insert into to_index select unnest({LISTED})", [json.dumps(list(digests))])
    found = con.execute(
        "select distinct coalesce(published_on, fetched_at::date) from articles semi join to_index using (version_id)"
        " order by 1"
    )
    parts = cut_days(con, [day for (day,) in found.fetchall()], PART)
    for kind in KINDS:
        for part in parts:
            cursor = con.execute(ROWS[kind], {"first": part[0], "last": part[-1]})
            while rows := cursor.fetchmany(1000):
                _insert(index, rows, digests)
    con.execute("drop table to_index")


def _insert(index: sqlite3.Connection, rows: Sequence[Any], digests: dict[str, str]) -> None:
    """Insert rows, which are in the order of their days, with the next ids of these days."""
    ids: list[int] = []
    next_id, of = 0, -1
    for row in rows:
        first = first_id(row[1], row[6])
        if first != of:
            of, next_id = first, _next_id(index, first)
        ids.append(next_id)
        next_id += 1
    index.executemany(
        "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(i, row[0], digests[row[0]], *row[1:6], row[6].isoformat()) for i, row in zip(ids, rows, strict=True)],
    )
    index.executemany(
        "insert into words (rowid, headline, body) values (?, ?, ?)",
        [(i, row[7], row[8]) for i, row in zip(ids, rows, strict=True)],
    )


def _next_id(index: sqlite3.Connection, first: int) -> int:
    of_day = "select coalesce(max(id) + 1, ?) from documents where id between ? and ?"
    return index.execute(of_day, [first, first, first + OF_A_DAY - 1]).fetchone()[0]  # type: ignore[no-any-return]
