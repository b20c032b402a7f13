"""What an object store costs: the same ingest with archive and rows in a folder, and on an S3-compatible server.

    python -m benchmarks.object_store [--articles 200] [--json]

The server is moto's, on loopback and in Python: its own time lies in the seconds by the clock, not in the processor
seconds. Over a network each request adds a round trip.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.s3 import s3_server
from flows.pipeline import ingest
from flows.settings import load_settings
from load.digest import digest
from sample.generator import generate_articles, write_warc

# The places of pages in the archive come from the file names that a run draws.
PLACES = frozenset({"warc_file", "warc_offset", "warc_length"})
PLACED = {
    "folder": "",
    "archive-in-s3": '[archive]\nurl = "s3://news/archive"\n',
    "all-in-s3": '[archive]\nurl = "s3://news/both"\n'
    '[warehouse]\nurl = "ducklake:sqlite:{folder}/catalog"\ndata_path = "s3://news/lake"\n',
}


def measure(folder: Path, warc: Path, placed: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Ingest the WARC file with everything in its place; return the figures and the digests of what is published."""
    folder.mkdir()
    file = folder / "newsledger.toml"
    source = f'[[sources]]\nname = "generated"\nwarcs = ["{warc}"]\n'
    file.write_text(f"[run]\nworkers = 1\n{placed.format(folder=folder)}{source}", encoding="utf-8")
    began, spent = time.perf_counter(), _processor()
    report = ingest.fn(config=file)
    wall, processor = time.perf_counter() - began, _processor() - spent
    settings = load_settings(file)
    with duckdb.connect(str(settings.warehouse.published), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        digests = digest(con, without=PLACES)
    figures = {
        "pages": report.extracted.pages,
        "failed": len(report.failed),
        "wall_s": round(wall, 1),
        "processor_s": round(processor, 1),
        "files_here": sum(1 for path in settings.archive_dir.rglob("*") if path.is_file()),
    }
    return figures, digests


def main() -> None:
    """Print the figures of each placing, and whether all published the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, s3_server(Path(name)) as server:
        os.environ |= server.environment
        warc = Path(name) / "pages.warc.gz"
        write_warc(generate_articles(arguments.articles, seed=11), warc)
        # The first run of a process loads the models; its time would be the first placing's.
        measure(Path(name) / "warm", warc, "")
        found = {
            placing: measure(Path(name) / str(at), warc, text) for at, (placing, text) in enumerate(PLACED.items())
        }
        requests = server.log.read_text(encoding="utf-8").count('" 20')
    digests = [published for _, published in found.values()]
    result = {
        "placings": {placing: figures for placing, (figures, _) in found.items()},
        "requests": requests,
        "same_published": all(one == digests[0] for one in digests),
    }
    print(json.dumps(result, indent=None if arguments.json else 2))


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
