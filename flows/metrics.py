"""Metrics for a monitor: what the ledger says, in OpenMetrics' text format, in a file beside the published copy.

A monitor takes the file as it is (node_exporter's textfile collector) or serves it; no port is opened for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from extract.outcomes import GOOD
from flows.settings import Settings
from load.connection import Connection, looking
from load.files import replace_file

PREFIX = "newsledger"


@dataclass(frozen=True, slots=True)
class Family:
    """Samples of one name: its type (counter or gauge), what it means, and a query for labels and, last, the value."""

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
    """Name the file of metrics."""
    return settings.warehouse.published.with_suffix(".prom")


def write_metrics(settings: Settings, now: datetime) -> Path:
    """Write the metrics in one step, so that a monitor never reads half of them. Raises WarehouseError and OSError."""
    with looking(settings.warehouse) as view:
        lines = [line for family in FAMILIES for line in _family(view.connection, family)]
    file = metrics_file(settings)
    parts = {"warehouse": settings.warehouse.path, "published": settings.warehouse.published}
    sizes = [({"part": name}, path.stat().st_size) for name, path in parts.items() if path.exists()]
    lines += _lines("size_bytes", "gauge", "Size of a file.", sizes)
    lines += _lines("written_timestamp_seconds", "gauge", "When this was written.", [({}, now.timestamp())])
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, ("\n".join([*lines, "# EOF"]) + "\n").encode())
    return file


def _family(con: Connection, family: Family) -> Iterator[str]:
    found = con.execute(family.sql, {"good": list(GOOD)} if "$good" in family.sql else {})
    names = [column[0] for column in found.description or ()][:-1]
    samples = [(dict(zip(names, row[:-1], strict=True)), row[-1]) for row in found.fetchall()]
    return _lines(family.name, family.kind, family.help, samples)


def _lines(name: str, kind: str, help_: str, samples: Iterable[tuple[dict[str, Any], Any]]) -> Iterator[str]:
    full = f"{PREFIX}_{name}"
    yield f"# TYPE {full} {kind}"
    yield f"# HELP {full} {help_}"
    for labels, value in samples:
        shown = ",".join(f'{key}="{_escaped(str(label))}"' for key, label in labels.items())
        total = "_total" if kind == "counter" else ""
        yield f"{full}{total}{f'{{{shown}}}' if shown else ''} {float(value):.15g}"


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
