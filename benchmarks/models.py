"""How long the models take to build: all days, one new day, and a publication; and how much memory.

python -m benchmarks.models [--articles 100000] [--days 365] [--keep FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.load import load_ours
from benchmarks.synthetic import MANY, Page, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def timed(work: Any) -> dict[str, float]:
    """Run and return CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}


def add_day(config: WarehouseConfig, day: int, count: int, first: int) -> None:
    """Load the articles of one more day."""
    todo = [read(Page(first + i, f"outlet-{'abcdefghijkl'[i % 12]}", day), vocabulary=MANY) for i in range(count)]
    with writer(config, owner="benchmark") as con:
        merge_fetches(con, [e.fetch for e in todo], Batch(f"day-f{day}", "fetch", NOW))
        merge_extractions(con, todo, Batch(f"day-e{day}", "extract", NOW))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp(prefix="newsledger-models-"))
    config = WarehouseConfig(
        path=folder / "warehouse.duckdb", published=folder / "published.duckdb", parquet=folder / "parquet"
    )
    figures: dict[str, Any] = {"articles": args.articles}
    try:
        if not config.path.exists():
            load_ours(config, args.articles, 500)
        figures["full"] = timed(lambda: build(config, now=NOW, full=True))
        figures["publish"] = timed(lambda: publish(config, NOW))
        for round_ in range(2):
            add_day(config, args.days + round_, max(1, args.articles // args.days), args.articles * (2 + round_))
            later = NOW + timedelta(hours=1 + round_)
            figures["one_day"] = timed(lambda later=later: build(config, now=later))
        figures["publish_again"] = timed(lambda: publish(config, NOW))
        figures["share"] = figures["one_day"]["cpu_s"] / figures["full"]["cpu_s"]
        figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures["file_mb"] = config.path.stat().st_size / 1e6
        figures["published_mb"] = config.published.stat().st_size / 1e6
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
    for name in ("full", "one_day", "publish", "publish_again"):
        print(f"{name:>14}: {figures[name]['cpu_s']:7.1f} CPU s  {figures[name]['wall_s']:7.1f} s")
    print(
        f"one day is {figures['share']:.1%} of a full build; peak {figures['peak_mb']:.0f} MB; "
        f"warehouse {figures['file_mb']:.0f} MB, published {figures['published_mb']:.0f} MB"
    )
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
