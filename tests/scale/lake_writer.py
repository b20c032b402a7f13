"""Loads batches of made-up pages into a lake, each again until it succeeds; run by the tests as a process.

python lake_writer.py URL FOLDER FIRST
"""

import sys
import time
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.synthetic import START, pages, read
from load.config import WarehouseConfig
from load.connection import writer
from load.errors import WarehouseError
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches

PAGES = 48
BATCH = 12
BATCHES = PAGES // BATCH
TRIES = 20


def batch(number):
    return [read(page) for page in islice(pages(PAGES, days=6), number * BATCH, (number + 1) * BATCH)]


def load_batch(config, number):
    """Load a batch as a run does: fetches and readings in blocks of their own."""
    extractions = batch(number)
    with writer(config, owner="test") as con:
        merge_fetches(con, [e.fetch for e in extractions], Batch(f"f{number}", "fetch", START))
    with writer(config, owner="test") as con:
        merge_extractions(con, extractions, Batch(f"e{number}", "extract", START))


def main(url, folder, first):
    """Load half of all batches, beginning with ``first``, so that each is loaded by two of four writers."""
    home = Path(folder)
    config = WarehouseConfig(
        path=home / f"writer-{first}" / "w.duckdb", published=home / "p.duckdb", url=url, data_path=home / "lake"
    )
    for number in range(int(first), int(first) + BATCHES // 2):
        for tried in range(TRIES):
            try:
                load_batch(config, number % BATCHES)
                break
            except (WarehouseError, duckdb.Error) as error:
                print(f"batch {number}, try {tried}: {error}", file=sys.stderr)
                time.sleep(0.5)
        else:
            raise SystemExit(f"batch {number} was never loaded")


if __name__ == "__main__":
    main(*sys.argv[1:])
