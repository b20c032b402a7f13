"""Selection of articles to fetch again, because outlets change them after publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from extract.fetch.polling import decide_recheck
from extract.types import Candidate
from load.skew import latest

# The newest version of each announced page, when it was last checked (NULL: only with times in the future), and how
# often it was checked since it was first seen.
KNOWN = """
    with known as (
        select f.source, f.url, coalesce(a.published_at, a.fetched_at) as published_at,
            if(a.fetched_at <= $latest, a.fetched_at, '-infinity') as since
        from articles as a
        inner join fetches as f on f.fetch_id = a.fetch_id
        where coalesce(a.published_at, a.fetched_at) > $oldest and list_contains($sources, f.source)
        qualify row_number() over (partition by f.source, f.url order by since desc, a.fetched_at desc) = 1
    ),
    announced as (
        from candidates
        qualify row_number() over (partition by source, url order by first_seen_at desc, found_in) = 1
    )
    select c.url, c.source, c.found_in, c.title, c.published_at, c.modified_at,
        k.published_at as since_when,
        max(f.fetched_at) filter (f.fetched_at <= $latest) as checked_at, count(*) - 1 as checks
    from known as k
    inner join announced as c on c.source = k.source and c.url = k.url
    inner join fetches as f on f.source = k.source and f.url = k.url and f.fetched_at >= k.since
    group by all
    order by c.source, c.url
"""


def due_rechecks(
    con: duckdb.DuckDBPyConnection, sources: Sequence[str], *, now: datetime, longest: timedelta
) -> tuple[Candidate, ...]:
    """List the articles of these sources that are due to be fetched again (``decide_recheck`` decides when)."""
    values = {"oldest": now - longest, "latest": latest(now), "sources": list(sources)}
    rows = con.execute(KNOWN, values).fetchall()
    return tuple(Candidate(*row[:6]) for row in rows if _is_due(*row[6:], now=now, longest=longest))


def _is_due(
    published_at: datetime, checked_at: datetime | None, checks: int, *, now: datetime, longest: timedelta
) -> bool:
    if checked_at is None:
        return longest > timedelta(0)
    due = decide_recheck(published_at, checked_at, checks, longest=longest)
    return due is not None and due <= now
