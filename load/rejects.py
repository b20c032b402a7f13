"""Rejects: for each URL that failed at a stage, why, how often, and whether it has succeeded since.

The table is computed from ``fetches`` and ``extractions``, so it does not depend on how these were loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import duckdb
import pyarrow as pa

from extract.outcomes import GOOD
from extract.types import Candidate

ATTEMPTS = {
    "fetch": """
        select source, url, fetched_at, outcome, detail, is_retryable, page_sha256
        from fetches
    """,
    "extract": """
        select source, url, fetched_at, outcome, reason as detail, false as is_retryable, page_sha256
        from extractions
    """,
}


def refresh_rejects(
    con: duckdb.DuckDBPyConnection,
    stage: Literal["fetch", "extract"],
    pages: Sequence[tuple[str, str]],
    *,
    has_failures: bool,
) -> None:
    """Recompute the rejects of these (source, url) pairs at one stage. Runs in the caller's transaction.

    Most batches contain neither a failure nor a URL that failed before; then there is nothing to do.
    """
    touched = pa.table({"source": [p[0] for p in pages], "url": [p[1] for p in pages]})
    con.register("touched", touched)
    try:
        failed_before = con.execute(
            "select count(*) from rejects semi join touched using (source, url) where stage = ?", [stage]
        ).fetchone()
        if has_failures or (failed_before and failed_before[0]):
            con.execute(
                "delete from rejects where stage = ? and (source, url) in (select (source, url) from touched)",
                [stage],
            )
            con.execute(_insert(stage))
    finally:
        con.unregister("touched")


def _insert(stage: str) -> str:
    return f"""
        insert into rejects by name
        with attempts as (
            select a.* from ({ATTEMPTS[stage]}) as a semi join touched using (source, url)
        ),
        failures as (
            select
                source, url,
                arg_max(
                    {{outcome: outcome, detail: detail, is_retryable: is_retryable, page_sha256: page_sha256}},
                    (fetched_at, outcome, coalesce(detail, ''))
                ) as newest,
                count(*)::integer as attempts,
                min(fetched_at) as first_at,
                max(fetched_at) as last_at
            from attempts
            where outcome not in {GOOD}
            group by source, url
        )
        select
            '{stage}' as stage, f.source, f.url, f.newest.outcome as reason, f.newest.detail, f.newest.is_retryable,
            f.attempts, f.newest.page_sha256, f.first_at, f.last_at,
            (
                select min(a.fetched_at) from attempts as a
                where a.source = f.source and a.url = f.url and a.outcome in {GOOD} and a.fetched_at > f.last_at
            ) as resolved_at
        from failures as f
    """


def rejected_candidates(
    con: duckdb.DuckDBPyConnection, *, sources: Sequence[str] = (), reason: str | None = None
) -> tuple[Candidate, ...]:
    """List the announced URLs that still fail, to try them again, even those whose failure is permanent."""
    rows = con.execute(
        """
        select r.url, r.source, min(c.found_in)
        from rejects as r
        inner join candidates as c on r.source = c.source and r.url = c.url
        where r.resolved_at is null
            and (len($sources) = 0 or r.source in $sources) and ($reason is null or r.reason = $reason)
        group by r.url, r.source
        order by r.source, r.url
        """,
        {"sources": list(sources), "reason": reason},
    ).fetchall()
    return tuple(Candidate(url=url, source=source, found_in=found_in) for url, source, found_in in rows)
