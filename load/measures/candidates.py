"""Candidates: the earlier claims that a claim is compared with, at a cost that does not grow with the warehouse.

Claims are ordered by day, article and position in the text. For each of its keys (``blocks.py``), a claim considers
the ``NEAR`` claims before it. It is compared with those that share the most keys with it, the latest in a tie; claims
of its own article are counted separately. So its candidates depend only on earlier claims. If a claim arrives late or
is removed, only the candidates of a limited number of claims after it are recomputed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa

# Preceding claims, the nearest ones, that a claim considers for each of its keys.
NEAR = 20
# Maximum number of claims that a claim is compared with, of its own article and of others each.
MOST = 20
# Claims further apart than this are not compared; a measure covers longer periods through the members in between.
WINDOW_DAYS = 400

# Claims whose links have to be recomputed: those of changed days and, added by ``note_unlinked``, those after them.
UNLINKED = """
    create or replace temp table unlinked as
    select claim, news_date from claim_profiles where false
"""
# Claims of other days that consider, or considered, a claim of a changed day.
BEHIND = f"""
    insert into unlinked
    with placed as (
        select k.key, k.claim, k.news_date, p.version_id, p.start,
            k.news_date in (select news_date from changed_days) as is_changed
        from claim_keys as k
        inner join claim_profiles as p on k.claim = p.claim
        where k.news_date >= (select min(news_date) from changed_days) and k.key in (
            select key from claim_keys where news_date in (select news_date from changed_days)
        )
    ),
    looking as (
        select claim, news_date, is_changed, bool_or(is_changed) over (
            partition by key order by news_date, version_id, start, claim
            rows between {NEAR} preceding and 1 preceding
        ) as looks_at_changed
        from placed
    )
    select distinct claim, news_date from looking
    where looks_at_changed and not is_changed and claim not in (select claim from unlinked)
"""
CHANGED = """
    insert into unlinked
    select claim, news_date from claim_profiles where news_date in (select news_date from changed_days)
"""
CANDIDATES = f"""
    with wanted as (
        select claim from unlinked where news_date in (select unnest($days))
    ),
    asked as (
        select distinct key from claim_keys
        where news_date in (select unnest($days)) and claim in (select claim from wanted)
    ),
    -- Of earlier days, only the last claims of each key are needed.
    earlier as (
        select k.key, max((k.news_date, p.version_id, p.start, k.claim), {NEAR}) as places
        from claim_keys as k
        inner join claim_profiles as p on k.claim = p.claim
        where k.news_date < $first and k.news_date >= $first - {WINDOW_DAYS} and k.key in (select key from asked)
        group by k.key
    ),
    placed as (
        select key, unnest(places) as place from earlier
        union all
        select k.key, (k.news_date, p.version_id, p.start, k.claim) as place
        from claim_keys as k
        inner join claim_profiles as p on k.claim = p.claim
        where k.news_date between $first and $last and k.key in (select key from asked)
    ),
    numbered as (
        select key, place[1] as news_date, place[2] as version_id, place[4] as claim,
            dense_rank() over (order by place) as place
        from placed
    ),
    looking as (
        select claim, version_id, news_date,
            list({{'claim': claim, 'version_id': version_id, 'news_date': news_date, 'place': place}}) over (
                partition by key order by place rows between {NEAR} preceding and 1 preceding
            ) as others
        from numbered
    ),
    pairs as (
        select claim, version_id, news_date, unnest(others) as other
        from looking
        where claim in (select claim from wanted)
    )
    select claim as a, other.claim as b
    from pairs
    where news_date - other.news_date <= {WINDOW_DAYS}
    group by claim, other.claim, other.place, version_id, other.version_id
    qualify row_number() over (
        partition by claim, version_id = other.version_id order by count(*) desc, other.place desc
    ) <= {MOST}
"""


def start_unlinked(con: duckdb.DuckDBPyConnection) -> None:
    """Record which claims consider claims of changed days, before the latter are replaced."""
    con.execute(UNLINKED)
    con.execute(BEHIND)


def note_unlinked(con: duckdb.DuckDBPyConnection) -> list[date]:
    """Record the new claims of changed days and the claims that consider them; return the days of all of these."""
    con.execute(BEHIND)
    con.execute(CHANGED)
    return [day for (day,) in con.execute("select distinct news_date from unlinked order by 1").fetchall()]


def candidates(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> pa.Table:
    """Return pairs of the recorded claims of these days (``a``) and earlier claims (``b``), as claim numbers."""
    return con.execute(CANDIDATES, {"days": list(days), "first": days[0], "last": days[-1]}).to_arrow_table()
