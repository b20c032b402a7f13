"""The state of feeds and sitemaps, computed from the attempts in the ledger; no other state is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from extract.fetch.polling import FeedState, decide_feed
from load.skew import latest

# Far more polls than the smoothing of intervals and the weights of failures depend on.
POLLS = 100

# The polls of each address, with the items first seen between one poll and the next. Items in the sitemaps of an
# index count for the index, which has no items of its own.
HISTORY = f"""
    with polls as (
        select url, fetch_id, fetched_at, outcome, status, asked_interval_s, retry_after_at,
            lead(fetched_at, 1, 'infinity') over (partition by url order by fetched_at) as next_at
        from fetches
        where source = $source and purpose = 'announcement' and outcome <> 'forgotten' and list_contains($urls, url)
            and fetched_at <= $latest
        qualify row_number() over (partition by url order by fetched_at desc) <= {POLLS}
    ),
    items as (
        select case when list_contains($urls, found_in) then found_in end as url, first_seen_at
        from candidates where source = $source and first_seen_at <= $latest
    )
    select p.url, p.fetch_id, p.fetched_at, p.outcome, p.status, p.asked_interval_s, p.retry_after_at,
        count(i.first_seen_at) as new_items
    from polls as p
    left join items as i
        on i.first_seen_at >= p.fetched_at and i.first_seen_at < p.next_at
            and (i.url = p.url or (i.url is null and list_contains($sitemaps, p.url)))
    group by all
    order by p.url, p.fetched_at
"""


def feed_states(
    con: duckdb.DuckDBPyConnection, source: str, urls: Sequence[str], *, sitemaps: Sequence[str], now: datetime
) -> dict[str, FeedState]:
    """Return the state of each of these addresses that was ever polled; ``sitemaps`` names those that are sitemaps."""
    values = {"source": source, "urls": list(urls), "sitemaps": list(sitemaps), "latest": latest(now)}
    rows = con.execute(HISTORY, values).fetchall()
    states: dict[str, FeedState] = {}
    for url, fetch_id, fetched_at, outcome, status, asked_s, retry_at, new_items in rows:
        states[url] = decide_feed(
            states.get(url, FeedState(next_at=fetched_at)),
            outcome,
            fetched_at,
            status=status,
            new_items=new_items,
            stated_interval=timedelta(seconds=asked_s) if asked_s else None,
            retry_after_at=retry_at,
            draw=_draw(fetch_id),
        )
    return states


def _draw(fetch_id: str) -> float:
    """Derive a number in [0, 1) from an attempt's hash, so that every process computes the same state."""
    return int(fetch_id[:8], 16) / 2**32
