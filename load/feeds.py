"""How feeds and sitemaps have fared, folded from the attempts in the ledger: nothing more is stored of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from extract.fetch.polling import FeedState, decide_feed
from load.skew import latest

# Far more than the smoothing of the intervals and the weights of failures look back.
POLLS = 100

# The polls of each address, with the items that were first seen between one and the next. What the sitemaps of an
# index announce counts for the index, which has no items of its own.
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
    """Return the state of each of these addresses of a source that was ever asked; ``sitemaps`` are those of them."""
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
    """Make of an attempt's hash a number in [0, 1): the same for all who work the state out."""
    return int(fetch_id[:8], 16) / 2**32
