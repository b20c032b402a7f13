"""Metrics of the ledger in OpenMetrics, as a file beside the published copy and under ``serve``.

A monitor reads the file as it is (node_exporter's textfile collector) or requests ``/metrics`` from the server of
``serve``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector

from extract.outcomes import GOOD
from flows.settings import Settings
from load.connection import Connection, looking
from load.files import replace_file

PREFIX = "newsledger"


@dataclass(frozen=True, slots=True)
class Family:
    """One metric: its type (counter or gauge), meaning, and a query for its labels and, as last column, its value."""

    name: str
    kind: str
    help: str
    sql: str


FAMILIES = (
    Family(
        "fetches",
        "counter",
        "Attempts to fetch, by source and outcome.",
        "select source, outcome, count(*) as value from fetches group by all order by all",
    ),
    Family(
        "last_answer_timestamp_seconds",
        "gauge",
        "When a source last answered, in seconds since 1970.",
        "select source, epoch(max(fetched_at)) as value from fetches where outcome in $good group by source"
        " order by source",
    ),
    Family(
        "newest_article_timestamp_seconds",
        "gauge",
        "Publication of a source's newest article, in seconds since 1970.",
        "select source, epoch(max(published_at)) as value from articles where published_at is not null"
        " group by source order by source",
    ),
    Family(
        "fetch_lag_seconds",
        "gauge",
        "Median time from the publication of an article to the first fetch of its page, of the last seven days.",
        "select source, median(epoch(first_fetched_at - published_at)) as value from ("
        " select source, article_id, min(published_at) as published_at, min(fetched_at) as first_fetched_at"
        " from articles where published_at is not null and published_precision in ('second', 'minute')"
        " and fetched_at > $now::timestamptz - interval 7 days group by source, article_id"
        ") where first_fetched_at >= published_at group by source order by source",
    ),
    Family(
        "batch_items",
        "counter",
        "Pages, fetches or candidates that batches of a stage had in hand.",
        "select stage, sum(items) as value from batches group by stage order by stage",
    ),
    Family(
        "batch_seconds",
        "counter",
        "Seconds that batches of a stage took, by part: work, and the merge into the warehouse.",
        "select stage, part, sum(took) as value from ("
        " select stage, 'work' as part, seconds as took from batches"
        " union all select stage, 'merge', load_seconds from batches"
        ") where took is not null group by all order by all",
    ),
    Family(
        "articles",
        "gauge",
        "Articles, each in one or more versions, by source.",
        "select source, count(distinct article_id) as value from articles group by source order by source",
    ),
    Family(
        "rejects",
        "gauge",
        "Pages that gave no article, by source and reason.",
        "select source, reason, count(*) as value from rejects where resolved_at is null group by all order by all",
    ),
    Family(
        "runs",
        "counter",
        "Runs that have ended, by kind and state.",
        "select kind, state, count(*) as value from runs where state <> 'running' group by all order by all",
    ),
    Family(
        "last_run_duration_seconds",
        "gauge",
        "How long the last run of a kind took.",
        "select kind, epoch(finished_at - started_at) as value from runs where finished_at is not null"
        " qualify row_number() over (partition by kind order by started_at desc) = 1 order by kind",
    ),
    Family(
        "last_run_timestamp_seconds",
        "gauge",
        "When the last run of a kind ended, in seconds since 1970.",
        "select kind, epoch(max(finished_at)) as value from runs where finished_at is not null group by kind"
        " order by kind",
    ),
)


def metrics_file(settings: Settings) -> Path:
    """Return the path of the metrics file."""
    return settings.warehouse.published.with_suffix(".prom")


def write_metrics(settings: Settings, now: datetime) -> Path:
    """Write the metrics atomically, so that a monitor never reads half of them. Raises WarehouseError and OSError."""
    file = metrics_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    text: bytes = generate_latest(registry_of(settings, now))  # type: ignore[no-untyped-call]
    replace_file(file, text)
    return file


def registry_of(settings: Settings, now: datetime) -> CollectorRegistry:
    """Read the ledger and return its metrics as a registry of the Prometheus client. Raises WarehouseError."""
    with looking(settings.warehouse) as view:
        found = [_family(view.connection, family, now) for family in FAMILIES]
    size = Metric(f"{PREFIX}_size_bytes", "Size of a file.", "gauge")
    for part, path in {"warehouse": settings.warehouse.path, "published": settings.warehouse.published}.items():
        if path.exists():
            size.add_sample(size.name, {"part": part}, path.stat().st_size)
    written = Metric(f"{PREFIX}_written_timestamp_seconds", "When these metrics were written.", "gauge")
    written.add_sample(written.name, {}, now.timestamp())
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Ledger([*found, size, written]))
    return registry


class _Ledger(Collector):
    """A collector of metrics that were read before it was made.

    So an error in reading is raised to the caller of ``registry_of``, and not while a monitor collects.
    """

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Yield each family."""
        yield from self._found


def _family(con: Connection, family: Family, now: datetime) -> Metric:
    given = {name: value for name, value in (("good", list(GOOD)), ("now", now)) if f"${name}" in family.sql}
    found = con.execute(family.sql, given)
    names = [column[0] for column in found.description or ()][:-1]
    metric = Metric(f"{PREFIX}_{family.name}", family.help, family.kind)
    suffix = "_total" if family.kind == "counter" else ""
    for *labels, value in found.fetchall():
        metric.add_sample(metric.name + suffix, dict(zip(names, map(str, labels), strict=True)), float(value))
    return metric
