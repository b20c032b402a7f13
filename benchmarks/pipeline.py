"""From feed to published marts: generated articles over real HTTP through every stage.

    python -m benchmarks.pipeline [--articles 1000] [--seed 1] [--json]

Reports articles a second by stage, where the wall time goes, and the peak memory of this process and its readers. The
newsroom is served by another process, so its time is not ours; it misbehaves nowhere and asks for no delay.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flows.commands.demo import HEAD
from flows.pipeline import ingest
from flows.run_report import Report
from flows.settings import load_settings
from load.connection import writer

STAGES = ("discover", "fetch", "extract", "models", "publish")
LAST_DAY = date(2024, 11, 24)


def serve(articles: int, seed: int, pipe: Connection) -> None:
    """Serve generated articles until the other side closes the pipe."""
    from sample.generator import generate_articles
    from sample.server import serve_newsroom, source_toml

    written = generate_articles(articles, seed=seed, first_day=LAST_DAY - timedelta(days=29), last_day=LAST_DAY)
    with serve_newsroom(articles=written, crawl_delay=0.0, misbehave=False) as newsroom:
        newsroom.advance()
        pipe.send("\n".join(source_toml(source) for source in newsroom.sources))
        pipe.recv()


def run(articles: int, seed: int, folder: Path) -> dict[str, Any]:
    """Ingest everything once, and once again when there is nothing new; return the figures."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(articles, seed, there), daemon=True)
    server.start()
    file = folder / "newsledger.toml"
    file.write_text(HEAD + here.recv(), encoding="utf-8")
    began = time.perf_counter()
    first = ingest.fn(config=file)
    wall = time.perf_counter() - began
    began = time.perf_counter()
    again = ingest.fn(config=file)
    idle = time.perf_counter() - began
    here.send("done")
    server.join(10)
    return _figures(file, first, again, wall, idle)


def _figures(file: Path, first: Report, again: Report, wall: float, idle: float) -> dict[str, Any]:
    settings = load_settings(file)
    with writer(settings.warehouse, owner="benchmark") as connection:
        seconds = dict(
            connection.execute(
                "select stage, sum(coalesce(seconds, 0) + coalesce(load_seconds, 0)) from batches"
                " where run_id = ? group by 1",
                [first.run_id],
            ).fetchall()
        )
        count = connection.execute("select count(distinct article_id), (select count(*) from quantities) from articles")
        articles, quantities = count.fetchone() or (0, 0)
    seconds["models"] = first.built.seconds if first.built else 0.0
    seconds["publish"] = first.published.seconds if first.published else 0.0
    usage = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "articles": articles,
        "quantities": quantities,
        "rows": first.extracted.rows.added,
        "failed": len(first.failed),
        "wall_s": round(wall, 1),
        "articles_per_s": round(articles / wall, 1),
        "stage_s": {stage: round(float(seconds.get(stage, 0.0)), 1) for stage in STAGES},
        "nothing_new_s": round(idle, 1),
        "nothing_new_pages": again.extracted.pages,
        "peak_mb": {"main": round(usage[0]), "largest reader": round(usage[1])},
        "archive_mb": round(sum(f.stat().st_size for f in settings.archive_dir.rglob("*.gz")) / 1e6, 1),
        "warehouse_mb": round(settings.warehouse.path.stat().st_size / 1e6, 1),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-") as folder:
        figures = run(arguments.articles, arguments.seed, Path(folder))
    print(f"{figures['articles']:,} articles, {figures['rows']:,} rows in {figures['wall_s']} s")
    print(f"{'stage':<12}{'seconds':>10}{'articles/s':>12}   (batches of one stage overlap)")
    for stage, spent in figures["stage_s"].items():
        print(f"{stage:<12}{spent:>10}{figures['articles'] / spent if spent else 0:>12.1f}")
    print(f"again, nothing new: {figures['nothing_new_s']} s, {figures['nothing_new_pages']} pages read")
    print(f"peak memory, MB: {figures['peak_mb']}")
    print(f"on disk, MB: archive {figures['archive_mb']}, warehouse {figures['warehouse_mb']}")
    if arguments.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
