"""Merges: load Arrow batches into the landing tables, with their ledger row, in one transaction.

The final content of the tables depends only on the archived pages and the extractor's version, not on the order or
the size of the batches, nor on how often a batch was loaded. Three rules ensure this:

- A page is a fetch; ``extractions`` keeps the latest extraction of each.
- The rows of an article version are those of its earliest page in the newest extraction.
- A version that no page shows any more is withdrawn with all its rows.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb
import pyarrow as pa

from extract.outcomes import GOOD
from extract.types import Candidate, Fetch, Source
from load.arrow import to_arrow
from load.extraction import CHILDREN, Extraction, stage
from load.faults import fault
from load.ledger import (
    Batch,
    MergeCounts,
    forgotten_fetches,
    forgotten_urls,
    keep_forgotten,
    record_batch,
)
from load.rejects import refresh_rejects
from load.schema import Table, tables
from load.transaction import transaction

# Several pages may show one version; its rows are counted once.
SAME_ROWS = """
    select sum(row_count) from (select distinct version_id, row_count from fresh where is_same)
"""


@contextmanager
def _staged(con: duckdb.DuckDBPyConnection, **staged: pa.Table) -> Iterator[None]:
    for name, table in staged.items():
        con.register(name, table)
    try:
        yield
    finally:
        for name in staged:
            con.unregister(name)


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _columns(table: Table, alias: str, *, without: Iterable[str] = ()) -> str:
    return ", ".join(f'{alias}."{name}"' for name in table.names if name not in without)


def merge_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> MergeCounts:
    """Update the table of sources from the settings; sources that were removed from the settings stay."""
    with transaction(con):
        return _merge(con, tables()["sources"], to_arrow(tables()["sources"], sources))


def merge_candidates(con: duckdb.DuckDBPyConnection, candidates: Sequence[Candidate], now: datetime) -> MergeCounts:
    """Record which URLs are announced; of two announcements in one place, the one with the later modification counts.

    Forgotten pages are left out.
    """
    table = tables()["candidates"]
    forgotten = forgotten_urls(con, [candidate.url for candidate in candidates])
    candidates = [candidate for candidate in candidates if candidate.url not in forgotten]
    best: dict[tuple[str, str, str], Candidate] = {}
    for candidate in candidates:
        key = (candidate.source, candidate.url, candidate.found_in)
        if key not in best or _rank(candidate) > _rank(best[key]):
            best[key] = candidate
    incoming = to_arrow(table, list(best.values()), first_seen_at=[now] * len(best))
    newer = (
        "(coalesce(i.modified_at, '-infinity'), coalesce(i.published_at, '-infinity'), coalesce(i.title, ''),"
        " coalesce(i.keywords, []))"
        " > (coalesce(t.modified_at, '-infinity'), coalesce(t.published_at, '-infinity'), coalesce(t.title, ''),"
        " coalesce(t.keywords, []))"
    )
    with transaction(con):
        return _merge(con, table, incoming, replace_when=newer)


def _rank(candidate: Candidate) -> tuple[float, float, str, tuple[str, ...]]:
    times = (candidate.modified_at, candidate.published_at)
    modified, published = (moment.timestamp() if moment else float("-inf") for moment in times)
    return (modified, published, candidate.title or "", candidate.keywords or ())


def merge_fetches(con: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch], batch: Batch) -> MergeCounts:
    """Record attempts, and update the rejects of their URLs."""
    started = time.perf_counter()
    table = tables()["fetches"]
    with transaction(con):
        unique = keep_forgotten(con, list({fetch.fetch_id: fetch for fetch in fetches}.values()))
        incoming = to_arrow(table, unique, batch_id=[batch.batch_id] * len(unique))
        counts = _merge(con, table, incoming)
        pages = [(fetch.source, fetch.url) for fetch in unique]
        refresh_rejects(con, "fetch", pages, has_failures=any(f.outcome not in GOOD for f in unique))
        _close(con, batch, counts, len(unique), started)
    return counts


def _merge(
    con: duckdb.DuckDBPyConnection, table: Table, incoming: pa.Table, *, replace_when: str | None = None
) -> MergeCounts:
    """Insert rows with a new key, and replace rows that differ in a non-volatile column."""
    on = " and ".join(f't."{k}" = i."{k}"' for k in table.key)
    differs = replace_when or _differs(table)
    with _staged(con, incoming=incoming):
        con.execute(f"""
            create or replace temp table merging as
            select i.*, t."{table.key[0]}" is null as is_new, {differs} as is_changed
            from incoming as i left join {table.name} as t on {on}
        """)
    added = _count(con, "select count(*) from merging where is_new")
    changed = _count(con, "select count(*) from merging where not is_new and is_changed")
    if changed:
        matches = " and ".join(f't."{k}" = i."{k}"' for k in table.key)
        con.execute(f"delete from {table.name} as t using merging as i where {matches} and i.is_changed")
    if added or changed:
        con.execute(
            f"insert into {table.name} by name select {_columns(table, 'i')} from merging as i "
            "where is_new or is_changed"
        )
    con.execute("drop table merging")
    return MergeCounts(added, changed, 0, incoming.num_rows - added - changed)


def _differs(table: Table) -> str:
    """SQL: whether the existing row ``t`` differs from the incoming row ``i`` in a non-volatile column."""
    compared = [*table.key, *(n for n in table.names if n not in table.key and n not in table.volatile)]
    there, incoming = (", ".join(f'{side}."{name}"' for name in compared) for side in "ti")
    return f"hash({there}) <> hash({incoming})"


def _close(con: duckdb.DuckDBPyConnection, batch: Batch, counts: MergeCounts, items: int, started: float) -> None:
    fault(f"{batch.stage}.before_ledger")
    record_batch(con, batch, counts, items=items, load_seconds=time.perf_counter() - started)
    fault(f"{batch.stage}.before_commit")


def merge_extractions(con: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], batch: Batch) -> MergeCounts:
    """Load the extractions of a batch of pages, by the module's rules. Counts are of articles and their rows."""
    started = time.perf_counter()
    unique = list({e.fetch.fetch_id: e for e in extractions}.values())
    with transaction(con):
        # Pages can be forgotten while they are being read.
        gone = forgotten_fetches(con, [e.fetch.fetch_id for e in unique])
        unique = [e for e in unique if e.fetch.fetch_id not in gone]
        with _staged(con, **stage(unique, batch)):
            _find_fresh(con)
            counts = MergeCounts(unchanged=_count(con, SAME_ROWS))
            if _count(con, "select count(*) from fresh where not is_same"):
                counts += _replace(con)
        pages = [(e.fetch.source, e.fetch.url) for e in unique]
        refresh_rejects(con, "extract", pages, has_failures=any(e.article.outcome != "ok" for e in unique))
        con.execute("drop table if exists fresh")
        _close(con, batch, counts, len(unique), started)
    return counts


def _find_fresh(con: duckdb.DuckDBPyConnection) -> None:
    """Compute a digest of each page's staged rows and compare it with that of the page's previous extraction."""
    digests = " union all ".join(
        f"select i.fetch_id, hash({_columns(tables()[name], 'i', without=('fetch_id',))}) as h from in_{name} as i"
        for name in ("articles", *CHILDREN)
    )
    columns = _columns(tables()["extractions"], "i", without=("row_digest", "batch_id"))
    con.execute(f"""
        create or replace temp table fresh as
        with digests as (select fetch_id, bit_xor(h) as row_digest from ({digests}) group by fetch_id)
        select {columns}, coalesce(d.row_digest, 0::ubigint) as row_digest, i.batch_id,
            t.version_id as old_version_id, t.article_id as old_article_id, t.fetch_id is not null as is_reread,
            coalesce(
                t.row_digest = coalesce(d.row_digest, 0::ubigint) and t.extractor_version = i.extractor_version
                and t.outcome = i.outcome and t.page_kind = i.page_kind
                and t.version_id is not distinct from i.version_id
                and t.reason is not distinct from i.reason and t.skipped is not distinct from i.skipped
                and t.timezone is not distinct from i.timezone,
                false
            ) as is_same
        from in_extractions as i
        left join digests as d on d.fetch_id = i.fetch_id
        left join extractions as t
            on t.fetch_id = i.fetch_id
            and t.fetched_at between (select min(fetched_at) from in_extractions)
                and (select max(fetched_at) from in_extractions)
    """)


def _replace(con: duckdb.DuckDBPyConnection) -> MergeCounts:
    """Replace the previous extractions of the pages, and their rows, by the new ones."""
    con.execute(
        "delete from extractions where fetch_id in (select fetch_id from fresh where not is_same and is_reread)"
    )
    con.execute(
        f"insert into extractions by name select {_columns(tables()['extractions'], 'f')} from fresh as f "
        "where not is_same"
    )
    _mark_days(con)
    _find_winners(con)
    _find_withdrawn(con)
    counts = MergeCounts()
    for name in ("articles", *CHILDREN):
        counts += _replace_rows(con, tables()[name])
    _mark_days(con)
    _mark_unread(con)
    con.execute("drop table winners")
    con.execute("drop table replaced")
    return counts


def _mark_days(con: duckdb.DuckDBPyConnection) -> None:
    """Mark the publication days of all versions of these articles; called before and after their rows change."""
    con.execute("""
        insert into changed_days
        select distinct coalesce(published_on, fetched_at::date) as news_date
        from articles
        where article_id in (
            select unnest([article_id, old_article_id]) from fresh where not is_same
        )
        and news_date not in (select news_date from changed_days)
    """)


def _find_winners(con: duckdb.DuckDBPyConnection) -> None:
    """Choose the page that provides the rows of each version: the earliest page in the newest extraction."""
    con.execute("""
        create or replace temp table winners as
        with earliest as (
            select version_id, extractor_version, fetched_at, fetch_id
            from fresh
            where version_id is not null and not is_same
            qualify row_number() over (partition by version_id order by fetched_at, fetch_id) = 1
        )
        select e.version_id, e.fetch_id, a.version_id is not null as is_known
        from earliest as e
        left join articles as a on a.version_id = e.version_id
        where a.version_id is null
            or a.extractor_version <> e.extractor_version
            or a.fetch_id = e.fetch_id
            or (e.fetched_at, e.fetch_id) < (a.fetched_at, a.fetch_id)
    """)


def _find_withdrawn(con: duckdb.DuckDBPyConnection) -> None:
    """List the versions whose current rows are replaced by a winner's, or that no page shows any more."""
    con.execute("""
        create or replace temp table replaced as
        select version_id from winners where is_known
        union
        select old_version_id
        from fresh
        where old_version_id is not null and old_version_id is distinct from version_id
            and old_version_id not in (select version_id from extractions where version_id is not null)
    """)


def _replace_rows(con: duckdb.DuckDBPyConnection, table: Table) -> MergeCounts:
    """Update one table from the winners' rows; only rows that differ are changed."""
    key = table.key[0]
    wanted = f"in_{table.name} as i semi join winners as w on w.fetch_id = i.fetch_id and w.version_id = i.version_id"
    if not _count(con, "select count(*) from replaced"):
        con.execute(f"insert into {table.name} by name select {_columns(table, 'i')} from {wanted}")
        return MergeCounts(added=_count(con, f"select count(*) from {wanted}"))
    con.execute(f"""
        create or replace temp table difference as
        with present as (from {table.name} semi join replaced using (version_id))
        select coalesce(t."{key}", i."{key}") as id, t."{key}" is null as is_new, i."{key}" is null as is_gone,
            hash({_columns(table, "t")}) <> hash({_columns(table, "i")}) as is_changed
        from present as t
        full join (select i.* from {wanted}) as i on t."{key}" = i."{key}"
    """)
    row = con.execute("""
        select count(*) filter (is_new), count(*) filter (is_changed and not is_new and not is_gone),
            count(*) filter (is_gone), count(*) filter (not is_changed)
        from difference
    """).fetchone()
    counts = MergeCounts(*(row or ()))
    if counts.changed or counts.withdrawn:
        con.execute(
            f'delete from {table.name} where "{key}" in (select id from difference where is_changed and not is_new)'
        )
    if counts.added or counts.changed:
        con.execute(
            f"insert into {table.name} by name select {_columns(table, 'i')} from {wanted} "
            f'semi join difference as d on d.id = i."{key}" and d.is_changed and not d.is_gone'
        )
    con.execute("drop table difference")
    return counts


def _mark_unread(con: duckdb.DuckDBPyConnection) -> None:
    """Mark a page to be read again if it should provide a version's rows but these are not in this batch.

    This happens only if the page that provided them now shows another version.
    """
    con.execute("""
        update extractions set row_digest = null
        where fetch_id in (
            with shown as (
                select e.version_id, e.fetch_id, e.extractor_version, e.fetched_at
                from extractions as e
                where e.version_id in (select old_version_id from fresh where is_reread and not is_same)
            ),
            best as (
                from shown
                qualify row_number() over (
                    partition by version_id
                    order by extractor_version <> (select max(extractor_version) from fresh), fetched_at, fetch_id
                ) = 1
            )
            select best.fetch_id
            from best
            inner join articles as a on a.version_id = best.version_id
            where a.fetch_id <> best.fetch_id or a.extractor_version <> best.extractor_version
        )
    """)
