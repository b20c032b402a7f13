"""Drift: whether a source still brings as many articles, read as well, as in its own past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, lgamma, log
from statistics import median
from typing import Literal

import duckdb

# The volume of a day is compared with at most this many earlier days, and with at least this many.
HISTORY_DAYS = 14
LEAST_HISTORY_DAYS = 7
# A drop is less than this share of the median day, less than each of those days (a weekend is no drop), and so little
# that it would happen by chance on one day in a thousand. A source of five articles a day may well bring none.
DROP = 0.3
CHANCE = 0.001
# Quality compares the pages of the last days with those of the weeks before, where there are enough of both.
RECENT = timedelta(days=2)
BEFORE = timedelta(days=28)
LEAST_RECENT_PAGES = 10
LEAST_EARLIER_PAGES = 30
# The share of pages that lack something has drifted when it has grown by at least this much, and by more than chance
# would explain (3 standard errors of a difference of two proportions).
GROWN_SHARE = 0.25
STANDARD_ERRORS = 3.0
# The rows per page have drifted when they are less than this share of the earlier mean.
FEWER_ROWS = 0.4

Of = Literal["articles a day", "text", "date", "author", "rows a page"]
LACKS: tuple[Of, ...] = ("text", "date", "author")
PAGES = """
    with pages as (
        select e.source, e.fetched_at > $since as is_recent, e.outcome = 'ok' as is_article, e.row_count,
            e.outcome = 'ok' and a.published_at is null as lacks_date,
            e.outcome = 'ok' and coalesce(len(a.authors), 0) = 0 as lacks_author
        from extractions as e left join articles as a on a.version_id = e.version_id
        where e.fetched_at > $from and e.fetched_at <= $now
    )
    select source, count(*) filter (is_recent), count(*) filter (not is_recent),
        avg(row_count) filter (is_recent and is_article), avg(row_count) filter (not is_recent and is_article),
        avg((not is_article)::int) filter (is_recent), avg((not is_article)::int) filter (not is_recent),
        avg(lacks_date::int) filter (is_recent), avg(lacks_date::int) filter (not is_recent),
        avg(lacks_author::int) filter (is_recent), avg(lacks_author::int) filter (not is_recent)
    from pages group by source order by source
"""


@dataclass(frozen=True, slots=True)
class Drift:
    """One measure of a source that has changed.

    ``before`` and ``after`` are articles a day, rows a page, or the share of pages that lack ``of``.
    """

    source: str
    of: Of
    before: float
    after: float

    @property
    def what(self) -> str:
        """Describe the drift in words."""
        if self.of in ("text", "date", "author"):
            return (
                f"{self.source}: {self.after:.0%} of its pages of the last {RECENT.days} days have no {self.of}, "
                f"{self.before:.0%} in the weeks before"
            )
        period = "in the last 24 hours" if self.of == "articles a day" else f"in the last {RECENT.days} days"
        return f"{self.source}: {self.after:.1f} {self.of} {period}, {self.before:.1f} before"


def find_drifts(connection: duckdb.DuckDBPyConnection, sources: tuple[str, ...], now: datetime) -> tuple[Drift, ...]:
    """Compare what these sources brought lately with their own past, where there is enough data of both."""
    found = [*_drops(connection, now), *_worse_pages(connection, now)]
    return tuple(drift for drift in found if drift.source in sources)


def _drops(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[Drift]:
    # Days are the 24-hour periods before now, by when an article was first fetched: fetching it again adds none.
    rows = connection.execute(
        """
        with first_seen as (select source, article_id, min(fetched_at) as first_at from extractions
            where article_id is not null group by all)
        select source, ((epoch($now) - epoch(first_at)) // 86400)::integer as ago, count(*) from first_seen
        where first_at <= $now group by all
        """,
        {"now": now},
    ).fetchall()
    articles = {(source, ago): count for source, ago, count in rows}
    oldest = {source: max(ago for one, ago in articles if one == source) for source, _ in articles}
    found = []
    for source, days in sorted(oldest.items()):
        today = articles.get((source, 0), 0)
        earlier = [articles.get((source, ago), 0) for ago in range(1, min(days, HISTORY_DAYS) + 1)]
        if _has_dropped(today, earlier):
            found.append(Drift(source, "articles a day", float(median(earlier)), float(today)))
    return found


def _has_dropped(today: int, earlier: list[int]) -> bool:
    if len(earlier) < LEAST_HISTORY_DAYS:
        return False
    usual = median(earlier)
    return bool(today < DROP * usual and today < min(earlier) and _chance_of_at_most(today, usual) < CHANCE)


def _chance_of_at_most(count: int, mean: float) -> float:
    """Return the Poisson probability of at most ``count`` events when ``mean`` are expected."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


def _worse_pages(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[Drift]:
    rows = connection.execute(PAGES, {"now": now, "since": now - RECENT, "from": now - RECENT - BEFORE}).fetchall()
    return [drift for row in rows for drift in _of_one(row)]


def _of_one(row: tuple[object, ...]) -> list[Drift]:
    source, recent, earlier, rows_now, rows_before, *shares = row
    assert isinstance(recent, int)
    assert isinstance(earlier, int)
    if recent < LEAST_RECENT_PAGES or earlier < LEAST_EARLIER_PAGES:
        return []
    numbers = [float(str(share)) for share in shares]
    found = [
        Drift(str(source), of, before, after)
        for of, after, before in zip(LACKS, numbers[::2], numbers[1::2], strict=True)
        if _has_grown(before, earlier, after, recent)
    ]
    if rows_now is not None and rows_before and float(str(rows_now)) < FEWER_ROWS * float(str(rows_before)):
        found.append(Drift(str(source), "rows a page", float(str(rows_before)), float(str(rows_now))))
    return found


def _has_grown(before: float, earlier: int, after: float, recent: int) -> bool:
    pooled = (before * earlier + after * recent) / (earlier + recent)
    error = (pooled * (1 - pooled) * (1 / earlier + 1 / recent)) ** 0.5
    return bool(after - before > max(GROWN_SHARE, STANDARD_ERRORS * error))
