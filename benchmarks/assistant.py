"""How soon `newsledger mcp` answers on a large warehouse: each tool, asked by the official SDK's own client.

    python -m benchmarks.assistant [--articles 100000] [--folder FOLDER] [--json]

The warehouse is made up (``benchmarks.synthetic``, ten numbers an article), loaded, built and published with its search
index; with ``--folder`` it is kept there, and taken when it is there. The server is started as assistants start it, on
standard input and output; each question is put three times, and the slowest answer counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import mcp

from benchmarks.load import NOW, load_ours
from load.build import build
from load.config import WarehouseConfig
from load.publish import publish

BATCH = 500
TIMES = 3
ROOT = Path(__file__).parents[1]


def make(folder: Path, articles: int) -> WarehouseConfig:
    """Load, build and publish the warehouse, unless it is there."""
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")
    if not config.published.exists():
        folder.mkdir(parents=True, exist_ok=True)
        load_ours(config, articles, BATCH)
        build(config, now=NOW, full=True)
        publish(config, NOW)
    return config


def questions(config: WarehouseConfig) -> list[tuple[str, dict[str, Any]]]:
    """Name tools with what they are asked: broad questions and narrow ones."""
    with duckdb.connect(str(config.published), read_only=True) as con:
        claim, quote, day = con.execute("select claim_id, quote, news_date from claims order by 1 limit 1").fetchall()[
            0
        ]
        measure = con.execute(
            "select measure_key from claims where measure_key is not null group by 1 order by count(*) desc limit 1"
        ).fetchone()
    return [
        ("search_claims", {}),
        ("search_claims", {"words": "harbour tents"}),
        ("search_claims", {"words": " ".join(quote.split()[:6])}),
        ("search_claims", {"speaker": "Kovac", "place": "Sorrano", "published_from": str(day)}),
        ("search_claims", {"measure": "troops"}),
        ("list_measures", {}),
        ("list_measures", {"words": "houses"}),
        ("timeline", {"measure": measure[0] if measure else "troops"}),
        ("disagreements", {}),
        ("revisions", {}),
        ("revisions", {"words": "voters"}),
        ("evidence", {"claim_id": claim}),
        ("tables", {}),
        ("tables", {"table": "claims"}),
        ("run_sql", {"sql": "select publisher, count(*) from claims group by 1 order by 2 desc"}),
        ("run_sql", {"sql": "from claims where quote like '%patients%' order by news_date desc"}),
    ]


async def ask(settings: Path, asked: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Start the server and put the questions; return seconds of the slowest answer to each."""
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "flows", "mcp", "-c", str(settings)],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
    )
    told = []
    async with mcp.Client(server) as client:
        for tool, arguments in asked:
            seconds, size, failed = [], 0, False
            for _ in range(TIMES):
                started = time.perf_counter()
                answer = await client.call_tool(tool, arguments)
                seconds.append(time.perf_counter() - started)
                size = len(answer.model_dump_json())
                failed = failed or bool(answer.is_error)
            told.append(
                {"tool": tool, "asked": arguments, "seconds": round(max(seconds), 3), "bytes": size, "failed": failed}
            )
    return told


def main() -> None:
    """Print a line for each question; leave with 1 when one failed or took more than a second."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    place = nullcontext(str(given.folder)) if given.folder else tempfile.TemporaryDirectory(prefix="newsledger-")
    with place as name:
        folder = Path(name)
        config = make(folder, given.articles)
        settings = folder / "newsledger.toml"
        settings.write_text(f'[warehouse]\npath = "{config.path}"\npublished = "{config.published}"\n')
        told = asyncio.run(ask(settings, questions(config)))
    if given.json:
        print(json.dumps(told))
    else:
        for row in told:
            failed = " FAILED" if row["failed"] else ""
            print(f"{row['seconds']:7.3f} s {row['bytes']:8,} bytes  {row['tool']} {row['asked']}{failed}")
    raise SystemExit(any(row["failed"] or row["seconds"] > 1 for row in told))


if __name__ == "__main__":
    main()
