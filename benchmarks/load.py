"""How fast the merge loads, against dlt loading the same rows with its merge, and whether memory stays flat.

    python -m benchmarks.load [--articles 100000] [--dlt-articles 2000] [--batch 500] [--json]

Made-up rows (``benchmarks.synthetic``), batch by batch as the flows do it: the warehouse is opened, each stage merged
in one transaction with its ledger line, and closed. CPU time, as machines are noisy; a process for each size, whose
peak memory is compared.
dlt (an optional peer: ``pip install "dlt[duckdb]"``) loads the same rows as dictionaries, one resource a table, with
``write_disposition="merge"`` and the tables' keys; it is given fewer articles, and its rate is compared.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.synthetic import MANY, pages, read
from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.ledger import Batch, MergeCounts
from load.merge import merge_extractions, merge_fetches

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def batches(articles: int, size: int) -> Iterator[list[Extraction]]:
    """Make the pages batch by batch, so that the benchmark's own memory stays flat."""
    every = (read(page, vocabulary=MANY) for page in pages(articles))
    while part := list(islice(every, size)):
        yield part


def load_ours(config: WarehouseConfig, articles: int, size: int) -> dict[str, float]:
    """Load all pages and return rows, CPU seconds without making the pages, and peak memory of this process."""
    cpu, rows, counts = 0.0, 0, MergeCounts()
    for number, part in enumerate(batches(articles, size)):
        started = time.process_time()
        with writer(config, owner="benchmark") as con:
            merge_fetches(con, [e.fetch for e in part], Batch(f"f{number}", "fetch", NOW))
            counts += merge_extractions(con, part, Batch(f"e{number}", "extract", NOW))
        cpu += time.process_time() - started
        rows += sum(row_count(e) for e in part)
    return {"rows": rows, "cpu_s": cpu, "rows_s": rows / cpu, "added": counts.added, "peak_mb": peak_mb()}


def row_count(e: Extraction) -> int:
    """Rows of a page: fetch, article and what was read."""
    return 2 + sum(len(r) for r in (e.rows.quantities, e.rows.attributions, e.rows.dates, e.rows.mentions))


def peak_mb() -> float:
    """Peak resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load_dlt(folder: Path, articles: int, size: int) -> list[dict[str, float]] | None:
    """Load the same with dlt, twice; None when it is not installed."""
    try:
        import dlt
    except ImportError:
        return None
    pipeline = dlt.pipeline(
        "peer",
        destination=dlt.destinations.duckdb(str(folder / "dlt.duckdb")),
        dataset_name="landing",
        pipelines_dir=str(folder / "dlt"),
    )
    return [_dlt_once(dlt, pipeline, articles, size) for _ in range(2)]


def _dlt_once(dlt: Any, pipeline: Any, articles: int, size: int) -> dict[str, float]:
    cpu, rows = 0.0, 0
    for part in batches(articles, size):
        tables = _as_dictionaries(part)
        started = time.process_time()
        pipeline.run(
            [
                dlt.resource(data, name=name, primary_key=key, write_disposition="merge", max_table_nesting=0)
                for (name, key), data in tables.items()
            ]
        )
        cpu += time.process_time() - started
        rows += sum(row_count(e) for e in part)
    return {"rows": rows, "cpu_s": cpu, "rows_s": rows / cpu}


def _as_dictionaries(part: list[Extraction]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    children = {
        (name, key): [asdict(row) for e in part for row in getattr(e.rows, name)]
        for name, key in (
            ("quantities", "quantity_id"),
            ("attributions", "attribution_id"),
            ("dates", "date_id"),
            ("mentions", "mention_id"),
        )
    }
    return {
        ("fetches", "fetch_id"): [asdict(e.fetch) for e in part],
        ("articles", "version_id"): [asdict(e.article) for e in part],
        **children,
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--dlt-articles", type=int, default=2_000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="newsledger-load-"))
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    figures: dict[str, Any] = {"articles": args.articles}
    try:
        small = WarehouseConfig(path=folder / "small.duckdb", published=folder / "small-published.duckdb")
        for name, target, articles in (
            ("tenth", small, args.articles // 10),
            ("first", config, args.articles),
            ("again", config, args.articles),
        ):
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                figures[name] = process.submit(load_ours, target, articles, args.batch).result()
        figures["file_mb"] = config.path.stat().st_size / 1e6
        figures["dlt"] = load_dlt(folder, args.dlt_articles, args.batch)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(figures)
    if args.json:
        print(json.dumps(figures))


def report(figures: dict[str, Any]) -> None:
    """Print the table for people."""
    for name in ("tenth", "first", "again"):
        f = figures[name]
        print(
            f"{name:>7}: {f['rows']:>9,} rows  {f['cpu_s']:7.1f} CPU s  {f['rows_s']:>9,.0f} rows/s"
            f"  {f['peak_mb']:.0f} MB peak"
        )
    print(f"   file: {figures['file_mb']:.0f} MB")
    if figures["dlt"] is None:
        print('    dlt: not installed (pip install "dlt[duckdb]")')
        return
    for name, f in zip(("dlt", "dlt again"), figures["dlt"], strict=True):
        ratio = figures["first" if name == "dlt" else "again"]["rows_s"] / f["rows_s"]
        print(
            f"{name:>9}: {f['rows']:,} rows  {f['cpu_s']:.1f} CPU s  {f['rows_s']:,.0f} rows/s;"
            f" ours is {ratio:.1f} times"
        )


if __name__ == "__main__":
    main()
