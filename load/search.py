"""Full-text search over articles and quotes: an SQLite FTS5 index beside the published copy.

It needs no extension of DuckDB and never touches the file of record. Only versions that came, changed or went since the
last publication are indexed again; they are looked for among those of the days that were built since.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from load.built import days_built_since
from load.config import WarehouseConfig
from load.connection import reader
from load.errors import NotPublished, QueryError, WarehouseError
from load.files import flush

SCHEMA = """
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

# One row for each version: a digest of what is indexed of it.
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


# Marks around the words of a snippet that were found; no text has them.
FOUND, END = "\x02", "\x03"
# How many rows of the index may be of one sentence; more are answers that are missing.
REPEATS = 5
TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Hit:
    """One article or quote that answers a search, best first."""

    kind: str
    headline: str | None
    publisher: str | None
    url: str | None
    news_date: str
    version_id: str
    claim_id: str | None
    snippet: str

    def as_json(self) -> dict[str, Any]:
        """Return the hit for programs: a plain snippet, and where in it the words stand (start and end)."""
        plain, found = "", []
        for part in re.split(f"({FOUND}[^{END}]*{END})", self.snippet):
            word = part.strip(FOUND + END)
            if part.startswith(FOUND):
                found.append([len(plain), len(plain) + len(word)])
            plain += word
        return {**asdict(self), "snippet": plain, "found": found}


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
    """Tell whether there is an index that can be asked; damage deep in it shows when it is searched."""
    if not index.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            opened.execute("select count(*) from words where words match 'the'").fetchone()
            return opened.execute("select built_at from indexed_build").fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def _update(con: duckdb.DuckDBPyConnection, built_at: datetime, temporary: Path) -> Path:
    with closing(sqlite3.connect(temporary)) as index:
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
    """Return the digest of each version of these days, of all days for None, that is in the index."""
    if days is None:
        return dict(index.execute("select distinct version_id, digest from documents").fetchall())
    found: dict[str, str] = {}
    for day in days:
        of_day = "select distinct version_id, digest from documents where news_date = ?"
        found |= dict(index.execute(of_day, [day.isoformat()]).fetchall())
    return found


def _present(con: duckdb.DuckDBPyConnection, days: tuple[date, ...] | None) -> dict[str, str]:
    """Return the digest of each version of these days, of all days for None, that is in the warehouse."""
    if days is None:
        return dict(con.execute(VERSIONS.format(claim_days="true", article_days="true")).fetchall())
    asked = "in (select unnest($days))"
    of_days = VERSIONS.format(
        claim_days=f"news_date {asked}", article_days=f"coalesce(a.published_on, a.fetched_at::date) {asked}"
    )
    return dict(con.execute(of_days, {"days": list(days)}).fetchall())


def _remove(index: sqlite3.Connection, versions: Iterable[str]) -> None:
    for version in versions:
        index.execute("delete from words where rowid in (select id from documents where version_id = ?)", [version])
        index.execute("delete from documents where version_id = ?", [version])


def _add(con: duckdb.DuckDBPyConnection, index: sqlite3.Connection, digests: dict[str, str]) -> None:
    if not digests:
        return
    con.execute("create or replace temp table to_index (version_id varchar)")
    con.execute("insert into to_index select unnest(?)", [list(digests)])
    cursor = con.execute("""
        select a.version_id, 'article' as kind, null as claim_id, a.headline, coalesce(a.publisher, a.source), a.url,
            coalesce(a.published_on, a.fetched_at::date)::varchar, a.headline, a.text
        from articles as a
        where a.rowid in (select rowid from articles semi join to_index using (version_id))
        union all
        select c.version_id, 'quote', c.claim_id, c.headline, c.publisher, c.url, c.news_date::varchar, null, c.quote
        from claims as c
        where c.rowid in (select rowid from claims semi join to_index using (version_id))
    """)
    last = index.execute("select coalesce(max(id), 0) from documents").fetchone()[0]
    while rows := cursor.fetchmany(1000):
        _insert(index, rows, digests, last + 1)
        last += len(rows)
    con.execute("drop table to_index")


def _insert(index: sqlite3.Connection, rows: list[Any], digests: dict[str, str], first: int) -> None:
    index.executemany(
        "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(first + i, row[0], digests[row[0]], *row[1:7]) for i, row in enumerate(rows)],
    )
    index.executemany(
        "insert into words (rowid, headline, body) values (?, ?, ?)",
        [(first + i, row[7], row[8]) for i, row in enumerate(rows)],
    )


def search(
    config: WarehouseConfig,
    words: str,
    *,
    kind: str | None = None,
    published_from: date | None = None,
    published_to: date | None = None,
    publishers: Sequence[str] = (),
    limit: int = 20,
) -> list[Hit]:
    """Find articles and quotes that have all the words, best first; words that were found stand between two marks.

    ``"two words"`` is a phrase, ``ferr*`` the beginning of a word, ``-fishing`` a word that must not be there. Raises
    NotPublished, and QueryError where there is no word to look for.
    """
    if not config.search.exists():
        raise NotPublished("There is no search index yet.", hint="Run `newsledger build` first.")
    conditions = ["words match ?"]
    values: list[Any] = [as_match(words)]
    for condition, value in (
        ("d.kind = ?", kind),
        ("d.news_date >= ?", published_from and published_from.isoformat()),
        ("d.news_date <= ?", published_to and published_to.isoformat()),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    if publishers:
        conditions.append(f"d.publisher in ({', '.join('?' * len(publishers))})")
        values += publishers
    rows = _found(config, conditions, values, limit * REPEATS)
    # A sentence with several numbers, or in several versions, is one answer.
    hits: dict[tuple[str, str, str], Hit] = {}
    for row in rows:
        hits.setdefault((row[0], row[3], row[7]), Hit(*row))
    return list(hits.values())[:limit]


def _found(config: WarehouseConfig, conditions: Sequence[str], values: Sequence[Any], most: int) -> list[Any]:
    sql = f"""
        select d.kind, d.headline, d.publisher, d.url, d.news_date, d.version_id, d.claim_id,
            snippet(words, -1, '{FOUND}', '{END}', '…', 32)
        from words inner join documents as d on d.id = words.rowid
        where {" and ".join(conditions)}
        order by rank, d.news_date desc, d.id
        limit ?
    """
    with closing(sqlite3.connect(f"{config.search.absolute().as_uri()}?mode=ro", uri=True)) as index:
        try:
            return index.execute(sql, [*values, most]).fetchall()
        except sqlite3.DatabaseError as error:
            raise WarehouseError(
                f"The search index {config.search} cannot be read: {error}.",
                hint="Delete it and run: newsledger build   (everything in it is in the warehouse)",
            ) from None


def publishers_of(config: WarehouseConfig, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the outlets of sources, as hits have them; a source without articles goes by its own."""
    with reader(config) as con:
        found = con.execute(
            "select distinct coalesce(publisher, source) from articles where source in (select unnest(?::varchar[]))",
            [list(sources)],
        ).fetchall()
    return tuple(name for (name,) in found) or tuple(sources)


def as_match(words: str) -> str:
    """Write what a person searches for in FTS5's own syntax, in which every other sign is an error."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in TERM.findall(words):
        term = (phrase or word).strip()
        is_beginning = not phrase and term.endswith("*")
        term = term.rstrip("*").replace('"', "")
        if any(character.isalnum() for character in term):
            (unwanted if minus else wanted).append(f'"{term}"' + "*" * is_beginning)
    if not wanted:
        raise QueryError(
            f"There is no word to look for in {words!r}.", hint='For example: newsledger search "ferry dead"'
        )
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)
