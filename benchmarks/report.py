"""How long the report takes to write: all pages, nothing new, and one new day; and the bytes of its front page.

python -m benchmarks.report [--articles 10000] [--days 365] [--json]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import load_ours
from benchmarks.models import NOW, add_day, timed
from load.build import build
from load.config import WarehouseConfig
from load.publish import publish
from report import ReportResult, render

LATER = datetime(2025, 2, 2, tzinfo=UTC)
# What a browser loads to show the front page.
FRONT = ("index.html", "assets/report.css", "assets/report.js", "assets/coverage.svg")


def measure(config: WarehouseConfig, out: Path) -> dict[str, Any]:
    """Write the report once and return its seconds and counts."""
    results: list[ReportResult] = []
    spent = timed(lambda: results.append(render(config, out)))
    return spent | {"pages": results[0].pages, "written": results[0].files_written}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-report-") as name:
        folder = Path(name)
        config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
        out = folder / "site"
        load_ours(config, args.articles, 500)
        build(config, now=NOW)
        publish(config, NOW)
        figures = {"all": measure(config, out), "nothing_new": measure(config, out)}
        add_day(config, args.days, max(1, args.articles // args.days), args.articles)
        build(config, now=LATER)
        publish(config, LATER)
        figures["one_new_day"] = measure(config, out)
        figures["front_bytes"] = {path: (out / path).stat().st_size for path in FRONT}
    if args.json:
        print(json.dumps(figures, indent=2))
        return
    for what, found in figures.items():
        print(what, ", ".join(f"{key} {value:,.4g}" for key, value in found.items()))


if __name__ == "__main__":
    main()
