"""How long the report takes to write: all pages, nothing new, and one new day; and what its front page weighs.

Where Chromium and Playwright are installed, it also tells how soon the front page and the largest measure are ready.

python -m benchmarks.report [--articles 10000] [--days 365] [--json]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.load import load_ours
from benchmarks.models import NOW, add_day, timed
from load.build import build
from load.config import WarehouseConfig
from load.publish import publish
from report import ReportResult, render

LATER = datetime(2025, 2, 2, tzinfo=UTC)
# What a browser loads to show the front page.
FRONT = (
    "index.html",
    "assets/report.css",
    "assets/report.js",
    "assets/coverage.svg",
    "assets/fonts/inter.woff2",
    "assets/fonts/source-serif-4.woff2",
)
READY = """() => document.fonts.ready.then(() => {
    const [page] = performance.getEntriesByType('navigation');
    return [page.domContentLoadedEventEnd, page.loadEventEnd, performance.now()];
})"""


def measure(config: WarehouseConfig, out: Path) -> dict[str, Any]:
    """Write the report once and return its seconds and counts."""
    results: list[ReportResult] = []
    spent = timed(lambda: results.append(render(config, out)))
    return spent | {"pages": results[0].pages, "written": results[0].files_written}


def ready(out: Path, chromium: str) -> dict[str, Any]:
    """Open the front page and the largest measure five times each; return the median milliseconds until they are ready.

    The front page is ready when it is loaded, with its fonts; a measure when its chart is drawn too.
    """
    from playwright.sync_api import sync_playwright

    measure = max((out / "measures").glob("*.html"), key=lambda path: path.stat().st_size)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        times: dict[str, list[float]] = {"front": [], "measure": []}
        for _ in range(5):
            for name, path in (("front", out / "index.html"), ("measure", measure)):
                page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
                page.goto(path.as_uri(), wait_until="load")
                if name == "measure":
                    page.wait_for_selector("#chart[data-drawn] svg")
                times[name].append(max(page.evaluate(READY)))
                page.context.close()
        browser.close()
    return {f"{name}_ms": median(found) for name, found in times.items()}


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
        figures["front_bytes"]["all"] = sum(figures["front_bytes"].values())
        if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
            figures["ready"] = ready(out, chromium)
    if args.json:
        print(json.dumps(figures, indent=2))
        return
    for what, found in figures.items():
        print(what, ", ".join(f"{key} {value:,.4g}" for key, value in found.items()))


if __name__ == "__main__":
    main()
