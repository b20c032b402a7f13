"""Forgetting out of a year of made-up news: seconds, and whether what is left equals a warehouse that never had it.

    python -m benchmarks.forget [--articles 10000] [--days 365] [--json]

Two warehouses are loaded and built: one with all articles, one without those of the first half of the year. The first
is made to forget that half and built again; then all tables of both must have the same digests, but for ``fetches``,
where forgotten attempts stay as tombstones, and ``pipeline_health``, which counts them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.synthetic import MANY, START, pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.extraction import Extraction
from load.forget import Forgettable, forget
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches

NOW = datetime(2025, 6, 1, tzinfo=UTC)
BATCH = 500
TOMBSTONES = frozenset({"fetches", "pipeline_health", "forgetting"})


def load(folder: Path, extractions: Iterable[Extraction]) -> WarehouseConfig:
    """Load and build a warehouse."""
    folder.mkdir()
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "public.duckdb")
    stream, number = iter(extractions), 0
    while batch := list(islice(stream, BATCH)):
        number += 1
        with writer(config, owner="benchmark") as con:
            merge_fetches(con, [page.fetch for page in batch], Batch(f"f{number}", "fetch", NOW))
            merge_extractions(con, batch, Batch(f"e{number}", "extract", NOW))
    build(config, now=NOW, full=True)
    return config


def _day(extraction: Extraction) -> date:
    return extraction.article.published_on or extraction.fetch.fetched_at.date()


def contents(config: WarehouseConfig) -> dict[str, str]:
    """Return the digests of all tables but those that tell of tombstones."""
    with writer(config, owner="benchmark") as con:
        return {name: value for name, value in digest(con).items() if name not in TOMBSTONES}


def measure(folder: Path, articles: int, days: int) -> dict[str, Any]:
    """Forget half a year and return the figures."""
    middle = (START + timedelta(days=days // 2)).date()

    def made() -> Iterable[Extraction]:
        return (read(page, vocabulary=MANY) for page in pages(articles, days=days))

    never = load(folder / "never", (e for e in made() if _day(e) >= middle))
    full = load(folder / "full", made())
    started = time.perf_counter()
    with writer(full, owner="benchmark") as con:
        counts = forget(con, Forgettable(before=middle))
    rows_s = time.perf_counter() - started
    build(full, now=NOW + timedelta(hours=1))
    built_s = time.perf_counter() - started - rows_s
    kept, wanted = contents(full), contents(never)
    differing = sorted(name for name in kept | wanted if kept.get(name) != wanted.get(name))
    return {
        "articles": articles,
        "forgotten": counts.versions,
        "forgotten_numbers": counts.quantities,
        "rows_seconds": round(rows_s, 2),
        "build_seconds": round(built_s, 2),
        "tables_compared": len(wanted),
        "tables_that_differ": differing,
    }


def main() -> None:
    """Print the figures; leave with 1 when a table differs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--days", type=int, default=365)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-") as folder:
        figures = measure(Path(folder), given.articles, given.days)
    print(json.dumps(figures) if given.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))
    raise SystemExit(bool(figures["tables_that_differ"]))


if __name__ == "__main__":
    main()
