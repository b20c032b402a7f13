"""The ledger: records of runs and batches, and the detection of runs whose process died."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import duckdb

from extract.types import Fetch, FetchPurpose
from load.skew import latest

RunState = Literal["running", "finished", "failed", "cancelled", "crashed"]
Stage = Literal["discover", "fetch", "extract", "models", "publish"]
DIED = "Its process ended without closing the run."


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """Numbers of rows that a merge added, changed, withdrew or left unchanged; counts can be added up."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0

    def __add__(self, other: MergeCounts) -> MergeCounts:
        return MergeCounts(
            self.added + other.added,
            self.changed + other.changed,
            self.withdrawn + other.withdrawn,
            self.unchanged + other.unchanged,
        )

    @property
    def is_quiet(self) -> bool:
        """Whether the merge changed nothing."""
        return not (self.added or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Batch:
    """The unit of work, transaction and retry. ``seconds`` is the time before the merge, if measured."""

    batch_id: str
    stage: Stage
    started_at: datetime
    run_id: str | None = None
    seconds: float | None = None


def start_run(
    con: duckdb.DuckDBPyConnection,
    *,
    kind: str,
    now: datetime,
    selection: Mapping[str, Any] | None = None,
    run_id: str | None = None,
) -> str:
    """Record that a run has started in this process, and return its identifier."""
    run_id = run_id or uuid4().hex
    con.execute(
        """
        insert into runs (run_id, kind, selection, state, started_at, host, pid, process_started)
        values (?, ?, ?, 'running', ?, ?, ?, ?)
        """,
        [
            run_id,
            kind,
            json.dumps(selection, default=str) if selection is not None else None,
            now,
            socket.gethostname(),
            os.getpid(),
            process_started(os.getpid()),
        ],
    )
    return run_id


def finish_run(
    con: duckdb.DuckDBPyConnection, run_id: str, state: RunState, *, now: datetime, detail: str | None = None
) -> None:
    """Record how a run ended."""
    con.execute(
        "update runs set state = ?, finished_at = ?, detail = ? where run_id = ?",
        [state, now, detail, run_id],
    )


def close_dead_runs(con: duckdb.DuckDBPyConnection, *, now: datetime) -> tuple[str, ...]:
    """Close the runs of this machine whose process is gone, as crashed; return their identifiers."""
    dead = dead_runs(con)
    for run_id in dead:
        finish_run(con, run_id, "crashed", now=now, detail=DIED)
    return dead


def dead_runs(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the runs of this machine that are still open although their process is gone."""
    running = con.execute(
        "select run_id, pid, process_started from runs where state = 'running' and host = ?",
        [socket.gethostname()],
    ).fetchall()
    return tuple(run_id for run_id, pid, started in running if not _is_alive(pid, started))


def crashed_runs(con: duckdb.DuckDBPyConnection, run_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the runs that crashed."""
    rows = con.execute(
        "select run_id from runs where state = 'crashed' and run_id in (select unnest(?::varchar[]))", [list(run_ids)]
    ).fetchall()
    return frozenset(row[0] for row in rows)


def read_by(con: duckdb.DuckDBPyConnection, run_ids: Sequence[str]) -> tuple[MergeCounts, tuple[tuple[str, int], ...]]:
    """Sum the merge counts of the extractions of these runs, and count their pages by outcome."""
    batches = "from batches where stage = 'extract' and run_id in (select unnest(?::varchar[]))"
    counts = con.execute(
        f"select coalesce(sum(added), 0), coalesce(sum(changed), 0), coalesce(sum(withdrawn), 0),"
        f" coalesce(sum(unchanged), 0) {batches}",
        [list(run_ids)],
    ).fetchone()
    assert counts is not None
    outcomes = con.execute(
        f"select outcome, count(*) from extractions where batch_id in (select batch_id {batches})"
        " group by 1 order by 1",
        [list(run_ids)],
    ).fetchall()
    return MergeCounts(*map(int, counts)), tuple((outcome, int(count)) for outcome, count in outcomes)


def process_started(pid: int) -> str | None:
    """Return the start time of a process from ``/proc`` on Linux, in clock ticks since boot.

    None if the system does not provide it, and for a zombie process.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]


def _is_alive(pid: int, started: str | None) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return started is None or process_started(pid) == started


def record_batch(
    con: duckdb.DuckDBPyConnection, batch: Batch, counts: MergeCounts, *, items: int, load_seconds: float
) -> None:
    """Write the ledger row of a batch; writing the same batch again replaces its row."""
    con.execute("delete from batches where batch_id = ?", [batch.batch_id])
    con.execute(
        "insert into batches by name select ? as batch_id, ? as run_id, ? as stage, ?::timestamptz as started_at, "
        "? as seconds, ? as load_seconds, ? as items, ? as added, ? as changed, ? as withdrawn, ? as unchanged",
        [
            batch.batch_id,
            batch.run_id,
            batch.stage,
            batch.started_at,
            batch.seconds,
            load_seconds,
            items,
            counts.added,
            counts.changed,
            counts.withdrawn,
            counts.unchanged,
        ],
    )


def archive_files(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the archive files that the ledger knows, relative to the archive's root."""
    rows = con.execute("select distinct warc_file from fetches where warc_file is not null").fetchall()
    return frozenset(row[0] for row in rows)


def archived_attempts(con: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """Return the offsets of the attempts in the ledger, by archive file."""
    rows = con.execute("""
        select warc_file, list(distinct warc_offset order by warc_offset)
        from fetches
        where warc_file is not null and warc_offset is not null
        group by warc_file
    """).fetchall()
    return dict(rows)


def known_fetches(con: duckdb.DuckDBPyConnection, fetch_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the identifiers that are in the ledger."""
    # Not list_contains, which would compare every row with every identifier.
    rows = con.execute(
        "select fetch_id from fetches where fetch_id in (select unnest(?::varchar[]))", [list(fetch_ids)]
    ).fetchall()
    return frozenset(row[0] for row in rows)


def forgotten_urls(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> frozenset[str]:
    """Return those of the URLs whose pages were forgotten, whatever their source and the redirects to them."""
    rows = con.execute(
        """
        select asked.url from (select distinct unnest(?::varchar[]) as url) as asked
        where asked.url in (
            select unnest([url, final_url]) from fetches where outcome = 'forgotten' and purpose = 'page'
        )
        """,
        [list(urls)],
    ).fetchall()
    return frozenset(row[0] for row in rows)


def forgotten_fetches(con: duckdb.DuckDBPyConnection, fetch_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the identifiers whose attempts were forgotten."""
    rows = con.execute(
        "select fetch_id from fetches where outcome = 'forgotten' and fetch_id in (select unnest(?::varchar[]))",
        [list(fetch_ids)],
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _late_for(con: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch]) -> frozenset[str]:
    """Return the attempts at pages that the ledger, or another of these attempts, knows as forgotten."""
    pages = [fetch for fetch in fetches if fetch.purpose == "page"]
    dead = forgotten_urls(con, [fetch.url for fetch in pages])
    dead |= {fetch.url for fetch in pages if fetch.outcome == "forgotten"}
    return frozenset(fetch.fetch_id for fetch in pages if fetch.url in dead and fetch.outcome != "forgotten")


def keep_forgotten(con: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch]) -> list[Fetch]:
    """Replace attempts at forgotten pages with their forgotten rows, and mark their archive files for cleaning.

    This handles fetches that were running while their page was forgotten, and attempts that an archive still contains.
    """
    late = _late_for(con, fetches)
    files = {fetch.warc_file for fetch in fetches if fetch.fetch_id in late and fetch.warc_file}
    con.execute(
        "insert into forgetting select 'archive', unnest(?::varchar[]) except select kind, what from forgetting",
        [list(files)],
    )
    return [fetch.forgotten() if fetch.fetch_id in late else fetch for fetch in fetches]


def read_files(con: duckdb.DuckDBPyConnection, source: str) -> frozenset[str]:
    """Return the identifiers of the WARC files of a source that were read to their end."""
    rows = con.execute(
        "select fetch_id from fetches where source = ? and purpose = 'announcement' and url like 'file:%'", [source]
    ).fetchall()
    return frozenset(row[0] for row in rows)


def last_announcements(con: duckdb.DuckDBPyConnection, source: str, now: datetime) -> tuple[Fetch, ...]:
    """Return the last successful fetch of each feed and sitemap of a source, for the next conditional request.

    Without those that announced nothing themselves: a sitemap index may stay the same while its sitemaps change.
    """
    return _last_good(con, "announcement", "source = ? and url in (select found_in from candidates)", [source], now)


def answers_304(con: duckdb.DuckDBPyConnection, source: str) -> dict[str, int]:
    """Count, for each feed and sitemap of a source, the 304 responses since the last full response."""
    rows = con.execute(
        """
        with whole as (
            select url, max(fetched_at) as at from fetches
            where source = $source and purpose = 'announcement' and status = 200 group by url
        )
        select f.url, count(*) from fetches as f inner join whole as w on w.url = f.url and f.fetched_at > w.at
        where f.source = $source and f.purpose = 'announcement' and f.status = 304
        group by f.url
        """,
        {"source": source},
    ).fetchall()
    return dict(rows)


def last_pages(con: duckdb.DuckDBPyConnection, urls: Sequence[str], now: datetime) -> tuple[Fetch, ...]:
    """Return the last successful fetch of each of these pages, if any, for each source that has it."""
    return _last_good(con, "page", "url in (select unnest(?::varchar[]))", [list(urls)], now)


def _last_good(
    con: duckdb.DuckDBPyConnection, purpose: FetchPurpose, where: str, values: list[Any], now: datetime
) -> tuple[Fetch, ...]:
    names = (
        "source",
        "fetch_id",
        "url",
        "fetched_at",
        "final_url",
        "etag",
        "last_modified",
        "page_sha256",
        "warc_file",
        "warc_offset",
    )
    rows = con.execute(
        f"""
        select {", ".join(names)} from fetches
        where purpose = '{purpose}' and outcome = 'ok' and {where}
        qualify row_number() over (partition by source, url order by fetched_at <= ? desc, fetched_at desc) = 1
        """,
        [*values, latest(now)],
    ).fetchall()
    return tuple(Fetch(outcome="ok", purpose=purpose, **dict(zip(names, row, strict=True))) for row in rows)


def ask_again(con: duckdb.DuckDBPyConnection, hosts: Sequence[str]) -> int:
    """Mark pages of these hosts and their subdomains to be read again by the next run; return their number."""
    host = "regexp_extract(lower(url), '^https?://(?:[^/@]*@)?(?:www[.])?([^/:?#]+)', 1)"
    named = f"exists (select 1 from (select unnest($hosts) as name) where {host} = name or {host} like '%.' || name)"
    row = con.execute(f"select count(*) from extractions where {named}", {"hosts": list(hosts)}).fetchone()
    con.execute(f"update extractions set row_digest = null where {named}", {"hosts": list(hosts)})
    return row[0] if row else 0
