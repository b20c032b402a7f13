"""Kill -9 writers and builders of one warehouse, or its catalog's server; does it end with each batch once?

    python -m benchmarks.writers --place file|postgres|s3 [--kills 40] [--each 10] [--seed 1]

Three processes work on one warehouse: two load the same batches of made-up pages, each in an order of its own, and one
builds and publishes what there is again and again. ``file`` is a DuckDB file, ``postgres`` a lake whose catalog is a
PostgreSQL database, ``s3`` a lake whose rows lie on an S3-compatible server. At random moments one of the three, or
PostgreSQL's server, is killed and started again, while a reader looks at the published copy. After so many kills
(``--each``) they are left to end. Then loaded tables and marts must have the digests of a warehouse that one process
loaded and built once.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from benchmarks.crash import Reader
from benchmarks.postgres import Postgres, postgres
from benchmarks.s3 import s3_server
from benchmarks.synthetic import START, pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.errors import WarehouseError
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

PAGES, BATCH = 40, 8
BATCHES = PAGES // BATCH
LAST = START + timedelta(days=30)
ROLES = ("first", "second", "builder")
BUILDS = 3
# Other writers hold the warehouse, or its server has gone: again.
TRIES, PAUSE_S = 400, 0.25
PLACES = ("file", "postgres", "s3")


def work(config: WarehouseConfig, role: str, seed: int) -> None:
    """Load all batches, or build and publish, in a process of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    order = list(range(BATCHES))
    random.Random(seed).shuffle(order)
    for number in order if role != "builder" else range(BUILDS):
        _again(partial(_load, config, number) if role != "builder" else lambda: _publish(config, _now()))


def _again(step: Callable[[], None]) -> None:
    for tried in range(TRIES):
        try:
            step()
            return
        except (WarehouseError, duckdb.Error, OSError):
            if tried == TRIES - 1:
                raise
            time.sleep(PAUSE_S)


def _load(config: WarehouseConfig, number: int) -> None:
    extractions = [read(page) for page in islice(pages(PAGES, days=6), number * BATCH, (number + 1) * BATCH)]
    with writer(config, owner="writer") as con:
        merge_fetches(con, [one.fetch for one in extractions], Batch(f"f{number}", "fetch", START))
    with writer(config, owner="writer") as con:
        merge_extractions(con, extractions, Batch(f"e{number}", "extract", START))


def _publish(config: WarehouseConfig, at: datetime) -> None:
    build(config, now=at)
    publish(config, at)


def _now() -> datetime:
    """Return a time before the last build's, later than all before."""
    return START + timedelta(days=20, seconds=time.monotonic())


def tables(config: WarehouseConfig) -> dict[str, str]:
    """Build and publish a last time, and return the digests of what is loaded and of what is published."""
    _publish(config, LAST)
    with writer(config, owner="digest") as con:
        loaded = digest(con)
    with duckdb.connect(str(config.published), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        return loaded | {f"published {name}": value for name, value in digest(con).items()}


@dataclass
class Histories:
    """Runs histories of one place and adds up what came of them."""

    root: Path
    place: str
    draw: random.Random
    server: Postgres | None
    kills: dict[str, int] = field(default_factory=dict)
    views: int = 0
    problems: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    processes: Any = field(default_factory=lambda: multiprocessing.get_context("forkserver"))

    def config(self, name: str) -> WarehouseConfig:
        """Make a place for a history."""
        folder = self.root / name
        folder.mkdir()
        config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
        if self.server:
            with psycopg.connect(self.server.connection, autocommit=True) as con:
                con.execute(f"create database {name}".encode())
            place = self.server.connection.replace("dbname=postgres", f"dbname={name}")
            return WarehouseConfig(
                **config.model_dump() | {"url": f"ducklake:postgres:{place}", "data_path": folder / "lake"}
            )
        if self.place == "s3":
            return WarehouseConfig(
                **config.model_dump() | {"url": f"ducklake:sqlite:{folder}/catalog", "data_path": f"s3://news/{name}"}
            )
        return config

    def start(self, config: WarehouseConfig, role: str) -> ForkServerProcess:
        """Start a process."""
        process: ForkServerProcess = self.processes.Process(
            target=work, args=(config, role, self.draw.random()), name=role
        )
        process.start()
        return process

    def history(self, name: str, kills: int) -> WarehouseConfig:
        """Run the three with so many kills, then to their end."""
        config = self.config(name)
        reader = Reader(config.published, may_be_empty=True)
        with reader.reading():
            living = {role: self.start(config, role) for role in ROLES}
            for _ in range(kills):
                time.sleep(self.draw.uniform(0.05, 3.0))
                self.strike(config, living)
            for process in living.values():
                process.join()
        self.failed += [f"{name} {role} {one.exitcode}" for role, one in living.items() if one.exitcode]
        self.views += reader.views
        self.problems += reader.problems
        return config

    def strike(self, config: WarehouseConfig, living: dict[str, ForkServerProcess]) -> None:
        """Kill one of those at work and start it again; what has ended is started again as well."""
        victims = [role for role, process in living.items() if process.is_alive()]
        victim = self.draw.choice([*victims, "server"] if self.server else victims or ["nobody"])
        if victim == "server" and self.server:
            self.server.restart()
        elif victim != "nobody":
            living[victim].kill()
        for role, process in living.items():
            if role == victim or not process.is_alive():
                process.join()
                living[role] = self.start(config, role)
        if victim != "nobody":
            self.kills[victim] = self.kills.get(victim, 0) + 1

    def compare(self, name: str, kills: int, expected: dict[str, str]) -> None:
        """Run a history and note what differs."""
        config = self.history(name, kills)
        found = tables(config)
        names = found.keys() | expected.keys()
        wrong = sorted(table for table in names if found.get(table) != expected.get(table))
        self.differ += [f"{name}: {', '.join(wrong)}"] if wrong else []
        print(
            f"{name}: {sum(self.kills.values())} kills so far, {'DIFFERS in ' + str(wrong) if wrong else 'equal'}",
            flush=True,
        )
        shutil.rmtree(config.path.parent)


@contextmanager
def standing(place: str, root: Path) -> Iterator[Postgres | None]:
    """Run the server that a place needs."""
    with (
        postgres() if place == "postgres" else nullcontext() as server,
        s3_server(root) if place == "s3" else nullcontext() as store,
    ):
        os.environ |= store.environment if store else {}
        yield server


def measure(place: str, root: Path, kills: int, each: int, seed: int) -> dict[str, Any]:
    """Run histories until there were enough kills; return the figures."""
    with standing(place, root) as server:
        told = Histories(root, place, random.Random(seed), server)
        told.processes.set_forkserver_preload(
            ["benchmarks.crash", "benchmarks.synthetic", "load.publish", "dbt.cli.main"]
        )
        once = told.config("once")
        for number in range(BATCHES):
            _load(once, number)
        expected = tables(once)
        at = 0
        while sum(told.kills.values()) < kills:
            at += 1
            told.compare(f"history_{at}", each, expected)
        return {
            "place": place,
            "histories": at,
            "kills": told.kills,
            "tables": len(expected),
            "differ": told.differ,
            "failed": told.failed,
            "reads": told.views,
            "wrong_reads": told.problems,
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 when something differs, failed or was read wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--place", choices=PLACES, default="file")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--each", type=int, default=10, help="kills of one history")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    root = Path(tempfile.mkdtemp(prefix="newsledger-writers-"))
    try:
        figures = measure(given.place, root, given.kills, given.each, given.seed)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(json.dumps(figures))
    return int(bool(figures["differ"] or figures["failed"] or figures["wrong_reads"]))


if __name__ == "__main__":
    raise SystemExit(main())
