"""How soon `newsledger mcp` answers on a large warehouse: each tool, asked by the official SDK's own client.

    python -m benchmarks.assistant [--articles 100000] [--folder FOLDER] [--json]

The warehouse is made up (``benchmarks.synthetic``, ten numbers an article), loaded, built and published with its search
index. Which claims are of one measure is not found but made up too, by what is counted, as the matcher's time is not
asked here: some measures have thousands of claims, most some dozens. With ``--folder`` what is made is kept there, and
making goes on where it was ended. The server is started as assistants start it, on standard input and output; each
question is put three times, and the slowest answer counts.
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
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import mcp

from benchmarks.load import NOW
from benchmarks.synthetic import MANY, pages, read
from load.build import build
from load.built import cut_days
from load.config import WarehouseConfig
from load.connection import writer
from load.ledger import Batch
from load.measures.entities import update_entities
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

BATCH = 2_000
TIMES = 3
ROOT = Path(__file__).parents[1]
# Claims of two things are one measure for each place, all others one for each thing that is counted.
MEASURES = """
    insert into claim_measures
    with counted as (
        select q.*, coalesce(a.published_on, a.fetched_at::date) as news_date,
            if(q.thing similar to '.*(troops|houses)', split_part(q.thing, ' ', 2) || ', ' || q.place, q.thing) as name
        from quantities as q inner join articles as a using (version_id)
    )
    select quantity_id, version_id, start, 'm' || substr(md5(name), 1, 16), name,
        'level', 'count', null, null, news_date
    from counted
"""
LINKS = """
    insert into claim_links
    select claim_id, other, 1.5, ['terms +2.1'], news_date, other_date
    from (
        select claim_id, news_date, lag(claim_id) over measure as other, lag(news_date) over measure as other_date
        from claim_measures
        window measure as (partition by measure_key order by news_date, version_id, claim_start)
    )
    where other is not null
"""


def make(folder: Path, articles: int) -> WarehouseConfig:
    """Load, build and publish the warehouse, as far as that was not done before."""
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")
    if not config.published.exists():
        folder.mkdir(parents=True, exist_ok=True)
        load(config, articles)
        with patch("load.build.update_measures", by_what_is_counted):
            build(config, now=NOW)
        publish(config, NOW)
    return config


def load(config: WarehouseConfig, articles: int) -> None:
    """Load the pages that are not there yet."""
    with writer(config, owner="benchmark") as con:
        ((done,),) = con.execute("select count(*) from batches where stage = 'extract'").fetchall()
    left = islice(pages(articles), done * BATCH, None)
    while part := [read(page, vocabulary=MANY) for page in islice(left, BATCH)]:
        with writer(config, owner="benchmark") as con:
            merge_fetches(con, [page.fetch for page in part], Batch(f"f{done}", "fetch", NOW))
            merge_extractions(con, part, Batch(f"e{done}", "extract", NOW))
        done += 1


def by_what_is_counted(con: duckdb.DuckDBPyConnection) -> None:
    """Stand in for the matcher: decide on names as ever, and give measures and links by what is counted."""
    days = [day for (day,) in con.execute("select distinct news_date from changed_days order by 1").fetchall()]
    update_entities(con, cut_days(con, days, BATCH))
    for statement in ("delete from claim_measures", "delete from claim_links", MEASURES, LINKS):
        con.execute(statement)


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
        ("search_claims", {"words": "spokesman tents"}),
        ("search_claims", {"words": " ".join(quote.split()[:6])}),
        ("search_claims", {"words": "authority permits hired"}),
        ("search_claims", {"words": '"said that the port"'}),
        ("search_claims", {"words": "said"}),
        ("search_claims", {"words": "the said", "published_from": str(day), "published_to": str(day)}),
        ("search_claims", {"words": "farms -spokesman"}),
        ("search_claims", {"words": "ferr* engin*"}),
        ("search_claims", {"words": "nurses", "place": "Vellin", "limit": 200}),
        ("search_claims", {"words": "bought lamps", "speaker": "Ada", "place": "Sorrano"}),
        ("search_claims", {"words": "the", "speaker": "nobody of this name"}),
        ("search_claims", {"words": "xylophone"}),
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
