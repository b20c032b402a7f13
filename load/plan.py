"""Plans: what is missing for a selection. Every kind of run executes such a plan.

A page is *present* if it was fetched and read by the current extractor; *stale* if it was read by an older one, or with
a time zone of its source that has changed since, or if a newer modification than the fetched one is announced;
*missing* if it was never fetched or never read; and *quarantined* if it failed permanently or too often. A page that
was never fetched is *left out* if a filter of its source excludes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import duckdb

from extract.filters import Filters, LeftOut
from extract.outcomes import GOOD
from extract.types import Candidate, Fetch
from load.errors import QueryError
from load.schema import tables
from load.skew import latest

PlanStage = Literal["fetch", "extract", "models"]

# Pages per minute, for estimates before anything was measured on this machine.
UNMEASURED = {"fetch": 60.0, "extract": 1200.0}
# The columns of a candidate.
HINTS = "url, source, found_in, title, published_at, modified_at"


@dataclass(frozen=True, slots=True)
class Selection:
    """The pages that a run covers; None and empty mean no restriction.

    Intervals are days, inclusive at both ends. ``stage`` restricts the plan to one kind of work; ``extractor_version``
    to pages last read by that version, which are read again even if it is the current one; ``outcomes`` to pages whose
    last attempt (or extraction) had one of these outcomes; ``limit`` to a number of pages per stage, newest first.
    ``share`` is a pair (index from 0, number of shares) that divides the pages to read by a hash of their URL, so that
    all shares together cover all pages. With ``lets_in``, pages that filters leave out are fetched too.
    """

    published_from: date | None = None
    published_to: date | None = None
    fetched_from: date | None = None
    fetched_to: date | None = None
    sources: tuple[str, ...] = ()
    stage: PlanStage | None = None
    extractor_version: str | None = None
    outcomes: tuple[str, ...] = ()
    limit: int | None = None
    share: tuple[int, int] | None = None
    lets_in: bool = False

    def __post_init__(self) -> None:
        for what in ("published", "fetched"):
            first, last = getattr(self, f"{what}_from"), getattr(self, f"{what}_to")
            if first and last and first > last:
                raise QueryError(
                    f"The {what} interval ends ({last}) before it begins ({first}).",
                    hint="Swap the two days.",
                )


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One day of one source: the number of pages in each state. ``day`` is None if no day is known."""

    day: date | None
    source: str
    present: int
    stale: int
    missing: int
    quarantined: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The work to do, and the state of all pages.

    ``pages`` are the archived pages to read, as fetch ids in the order of the archive; a long plan does not hold their
    records (see ``planned_fetches``). ``days`` are the publication days whose models have to be built;
    ``left_out`` are the pages that filters exclude from fetching.
    """

    cells: tuple[PlanCell, ...]
    candidates: tuple[Candidate, ...]
    pages: tuple[str, ...]
    days: tuple[date, ...]
    expected_minutes: float
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.candidates or self.pages or self.days)


# Every URL that is announced or was fetched, with its last attempt, its last extraction and its state.
PAGES = f"""
    create or replace temp table plan_pages as
    with announced as (
        select source, url, max(published_at) as published_at, max(modified_at) as modified_at,
            arg_max(found_in, first_seen_at) as found_in, arg_max(title, first_seen_at) as title,
            max(first_seen_at) filter (first_seen_at <= $latest) as announced_at
        from candidates
        group by source, url
    ),
    attempts as (
        select source, url,
            max(fetched_at) as tried_at,
            max(fetched_at) filter (outcome in {GOOD}) as seen_at,
            coalesce(max(fetched_at) filter (fetched_at <= $latest), '-infinity') as known_at,
            arg_max(outcome, (fetched_at <= $latest, fetched_at)) as last_outcome,
            arg_max(is_retryable, (fetched_at <= $latest, fetched_at)) as is_retryable,
            max(retry_after_at) filter (fetched_at <= $latest) as retry_after_at,
            count(*) filter (outcome not in {GOOD}) as failures,
            arg_max(fetch_id, (fetched_at <= $latest, fetched_at)) filter (outcome = 'ok') as page_id
        from fetches
        where purpose = 'page' and outcome <> 'forgotten'
        group by source, url
    ),
    joined as (
        select
            coalesce(c.source, f.source) as source, coalesce(c.url, f.url) as url, c.found_in, c.title,
            c.published_at, c.modified_at,
            c.url is not null as is_announced, f.tried_at, f.seen_at, f.failures,
            coalesce(nullif(e.outcome, 'ok'), f.last_outcome) as outcome, e.extractor_version,
            coalesce(
                a.published_on,
                -- An unread page belongs to the day of its announcement, in the source's time zone.
                coalesce(timezone(s.timezone, c.published_at), timezone('UTC', c.published_at))::date,
                f.seen_at::date, f.tried_at::date
            ) as day,
            f.page_id is not null and e.fetch_id is null as is_unread,
            e.fetch_id is not null and (
                e.extractor_version <> $extractor_version or e.row_digest is null
                -- A selection of the current version means that its pages are to be read again.
                or e.extractor_version = $read_by
                or e.timezone is distinct from s.timezone
            ) as is_old,
            f.seen_at is null and f.tried_at is not null and (not f.is_retryable or f.failures >= $max_attempts)
                as is_quarantined,
            f.seen_at is null and coalesce(f.retry_after_at > $now, false) as is_deferred,
            -- Announced as modified since the stored version, in an announcement newer than the last fetch.
            coalesce(
                c.modified_at > coalesce(a.modified_at, a.published_at, '-infinity') and c.announced_at > f.known_at,
                false
            ) as is_modified
        from announced as c
        full join attempts as f on c.source = f.source and c.url = f.url
        left join extractions as e on e.fetch_id = f.page_id
        left join articles as a on a.version_id = e.version_id
        left join plan_zones as s on s.source = coalesce(c.source, f.source)
    )
    select *,
        is_announced and (
            (seen_at is null and not is_quarantined and not is_deferred) or is_modified
        ) as is_to_fetch,
        case
            when is_quarantined then 'quarantined'
            when seen_at is null or is_unread then 'missing'
            when is_old or is_modified then 'stale'
            else 'present'
        end as state
    from joined
    where ($published_from is null or day >= $published_from)
        and ($published_to is null or day <= $published_to)
        and ($fetched_from is null or tried_at::date >= $fetched_from)
        and ($fetched_to is null or tried_at::date <= $fetched_to)
        and (len($sources) = 0 or source in $sources)
        and (len($outcomes) = 0 or outcome in $outcomes)
        and ($read_by is null or extractor_version = $read_by)
"""


def make_plan(
    con: duckdb.DuckDBPyConnection,
    selection: Selection,
    *,
    extractor_version: str,
    now: datetime,
    max_attempts: int = 5,
    timezones: Mapping[str, str] | None = None,
    filters: Mapping[str, Filters] | None = None,
) -> Plan:
    """Determine what is missing for a selection; ``timezones`` and ``filters`` are those of the sources, by name.

    Reads only; needs the private file.
    """
    _stage_zones(con, timezones or {})
    con.execute(
        PAGES,
        {
            "extractor_version": extractor_version,
            "now": now,
            "latest": latest(now),
            "max_attempts": max_attempts,
            "published_from": selection.published_from,
            "published_to": selection.published_to,
            "fetched_from": selection.fetched_from,
            "fetched_to": selection.fetched_to,
            "sources": list(selection.sources),
            "outcomes": list(selection.outcomes),
            "read_by": selection.extractor_version,
        },
    )
    left_out = () if selection.lets_in else _leave_out(con, filters or {}, timezones or {}, now)
    candidates = _to_fetch(con, selection.limit) if selection.stage in (None, "fetch") else ()
    pages = _to_read(con, selection, extractor_version) if selection.stage in (None, "extract") else ()
    days = _to_build(con, selection) if selection.stage in (None, "models") else ()
    cells = _cells(con)
    con.execute("drop table plan_pages")
    con.execute("drop table plan_zones")
    return Plan(cells, candidates, pages, days, _expected_minutes(con, len(candidates), len(pages)), left_out)


def _stage_zones(con: duckdb.DuckDBPyConnection, timezones: Mapping[str, str]) -> None:
    con.execute("create or replace temp table plan_zones (source varchar, timezone varchar)")
    con.execute("insert into plan_zones select unnest(?), unnest(?)", [list(timezones), list(timezones.values())])


def _leave_out(
    con: duckdb.DuckDBPyConnection, filters: Mapping[str, Filters], timezones: Mapping[str, str], now: datetime
) -> tuple[LeftOut, ...]:
    """Remove pages that their source's filters leave out from the pages to fetch; return them with the reasons."""
    rows = con.execute(
        f"select {HINTS} from plan_pages where is_to_fetch and seen_at is null and source in (select unnest(?))",
        [list(filters)],
    ).fetchall()
    judged = (filters[c.source].judge(c, now, timezones.get(c.source)) for c in (Candidate(*row) for row in rows))
    left = tuple(one for one in judged if one)
    if left:
        # Not an Arrow table: a read-only command would spend more time importing Arrow than on everything else.
        con.execute(
            "update plan_pages set is_to_fetch = false, state = 'left out'"
            " where (source, url) in (select (unnest($sources), unnest($urls)))",
            {"sources": [one.candidate.source for one in left], "urls": [one.candidate.url for one in left]},
        )
    return left


def _to_fetch(con: duckdb.DuckDBPyConnection, limit: int | None) -> tuple[Candidate, ...]:
    rows = con.execute(
        f"""
        select {HINTS}
        from plan_pages where is_to_fetch order by day desc nulls last, source, url limit ?
        """,
        [limit],
    ).fetchall()
    return tuple(Candidate(*row) for row in rows)


def _to_read(con: duckdb.DuckDBPyConnection, selection: Selection, extractor_version: str) -> tuple[str, ...]:
    """List the archived pages, including earlier ones of a URL, that the current extractor has to read."""
    share, shares = selection.share or (0, 1)
    found = con.execute(
        """
        select f.fetch_id
        from fetches as f
        semi join plan_pages as p on p.source = f.source and p.url = f.url
        left join extractions as e on e.fetch_id = f.fetch_id
        left join plan_zones as s on s.source = f.source
        where f.outcome = 'ok' and f.purpose = 'page' and f.warc_file is not null
            and (
                e.fetch_id is null or e.extractor_version <> $version or e.row_digest is null
                or e.extractor_version = $read_by or e.timezone is distinct from s.timezone
            )
            and ($first is null or f.fetched_at::date >= $first) and ($last is null or f.fetched_at::date <= $last)
            and hash(f.url) % $shares = $share
        order by f.warc_file, f.warc_offset
        limit $limit
        """,
        {
            "version": extractor_version,
            "read_by": selection.extractor_version,
            "first": selection.fetched_from,
            "last": selection.fetched_to,
            "limit": selection.limit,
            "share": share,
            "shares": shares,
        },
    )
    return tuple(fetch_id for (fetch_id,) in found.fetchall())


def planned_fetches(con: duckdb.DuckDBPyConnection, pages: Sequence[str]) -> tuple[Fetch, ...]:
    """Look up the fetches of these pages of a plan, in the order of the archive."""
    names = [name for name in tables()["fetches"].names if name != "batch_id"]
    found = con.execute(
        f"""
        select {", ".join(f'"{name}"' for name in names)}
        from fetches
        -- Selected by row number, so that DuckDB reads the other columns of these rows only.
        where rowid in (select rowid from fetches where fetch_id in (select unnest(?)))
        order by warc_file, warc_offset
        """,
        [list(pages)],
    )
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return tuple(Fetch(**row | {"redirects": tuple(row["redirects"] or ())}) for row in rows)


def _to_build(con: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[date, ...]:
    """Days to build: those that merges marked; if only models are requested, all days of the selection."""
    asked = "select day as news_date from plan_pages where state in ('present', 'stale') union " * (
        selection.stage == "models"
    )
    rows = con.execute(
        f"""
        select distinct news_date from ({asked} select news_date from changed_days)
        where news_date is not null
            and ($first is null or news_date >= $first) and ($last is null or news_date <= $last)
            and (len($sources) = 0 or news_date in (select day from plan_pages))
        order by 1
        """,
        {
            "first": selection.published_from,
            "last": selection.published_to,
            "sources": list(selection.sources),
        },
    ).fetchall()
    return tuple(row[0] for row in rows)


def _cells(con: duckdb.DuckDBPyConnection) -> tuple[PlanCell, ...]:
    rows = con.execute("""
        select day, source, count(*) filter (state = 'present'), count(*) filter (state = 'stale'),
            count(*) filter (state = 'missing'), count(*) filter (state = 'quarantined'),
            count(*) filter (state = 'left out')
        from plan_pages group by day, source order by day nulls last, source
    """).fetchall()
    return tuple(PlanCell(*row) for row in rows)


def _expected_minutes(con: duckdb.DuckDBPyConnection, to_fetch: int, to_read: int) -> float:
    """Estimate from the rates of the last hundred batches of each stage; a fetched page is read as well."""
    measured = dict(
        con.execute("""
            select stage, 60 * sum(items) / nullif(sum(seconds + coalesce(load_seconds, 0)), 0)
            from (
                from batches where seconds is not null and items > 0
                qualify row_number() over (partition by stage order by started_at desc) <= 100
            )
            group by stage
        """).fetchall()
    )
    rates = {stage: measured.get(stage) or default for stage, default in UNMEASURED.items()}
    return to_fetch / rates["fetch"] + (to_fetch + to_read) / rates["extract"]
