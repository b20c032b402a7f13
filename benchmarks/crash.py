"""Kill -9 while loading, building and publishing; run again; is the warehouse the one of an uninterrupted run?

    python -m benchmarks.crash [--random 20] [--articles 120] [--seed 1] [--json]

Kills the worker once at every named step, then at random moments, each time until a run comes through, and compares a
digest of every table with that of a warehouse that was never interrupted. Meanwhile a reader opens the published copy
in a loop and checks that what it sees is whole.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks.synthetic import pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.faults import VARIABLE
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

STEPS = (
    "migrate.before_commit",
    "fetch.before_ledger",
    "fetch.before_commit",
    "extract.before_ledger",
    "extract.before_commit",
    "build.before_models",
    "build.after_models",
    "build.before_commit",
    "publish.after_copy",
    "publish.before_rename",
    "publish.between_renames",
    "publish.after_rename",
)
BATCH = 15


def config_in(folder: Path) -> WarehouseConfig:
    """Name the warehouse of a trial."""
    return WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb", lock_wait_s=60)


def work(folder: Path, articles: int) -> None:
    """Do what a run does: load all batches, build, publish."""
    config, now = config_in(folder), datetime.now(UTC)
    todo = [read(page, quantities=3) for page in pages(articles, days=8)]
    for i in range(0, len(todo), BATCH):
        part = todo[i : i + BATCH]
        with writer(config, owner="crash test") as con:
            merge_fetches(con, [e.fetch for e in part], Batch(f"f{i}", "fetch", now))
            merge_extractions(con, part, Batch(f"e{i}", "extract", now))
    build(config, now=now)
    publish(config, now)


def start(folder: Path, articles: int, step: str = "") -> subprocess.Popen[bytes]:
    """Start a worker, with the named step set to kill it."""
    command = [sys.executable, "-m", "benchmarks.crash", "--work", str(folder), "--articles", str(articles)]
    return subprocess.Popen(command, env={**os.environ, VARIABLE: step}, stderr=subprocess.DEVNULL)


@dataclass
class Reader:
    """Opens the published copy again and again, and counts what it saw."""

    folder: Path
    views: int = 0
    problems: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def loop(self) -> None:
        """Read until told to stop."""
        path = config_in(self.folder).published
        while not self.stop.wait(0.05):
            if path.exists():
                self.look(path)

    def look(self, path: Path) -> None:
        """Read once: the claims and the coverage of a whole build agree."""
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                row = con.execute(
                    "select (select count(*) from claims where is_counted), (select sum(claims) from coverage),"
                    " (select count(*) from newsledger_build)"
                ).fetchone()
            self.views += 1
            if row is None or row[0] != row[1] or row[2] != 1:
                self.problems.append(f"half-built: {row}")
        except duckdb.Error as error:
            self.problems.append(str(error))


def contents(folder: Path) -> dict[str, str]:
    """Digest the private file."""
    with writer(config_in(folder), owner="digest") as con:
        return digest(con)


def trial(root: Path, name: str, articles: int, *, step: str = "", delays: tuple[float, ...] = ()) -> dict[str, object]:
    """Kill as told, run to the end, and return how often it was killed, the digest, and what readers saw."""
    folder = root / name.replace(".", "-")
    folder.mkdir()
    reader = Reader(folder)
    thread = threading.Thread(target=reader.loop)
    thread.start()
    kills = int(bool(step) and start(folder, articles, step).wait() < 0)
    for delay in delays:
        child = start(folder, articles)
        time.sleep(delay)
        child.kill()
        kills += int(child.wait() < 0)
    ended = start(folder, articles).wait()
    reader.stop.set()
    thread.join()
    found = {
        "kills": kills,
        "digest": contents(folder),
        "ended": ended,
        "views": reader.views,
        "problems": reader.problems,
    }
    shutil.rmtree(folder)
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--random", type=int, default=20)
    parser.add_argument("--steps", nargs="*", default=list(STEPS))
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.work:
        work(args.work, args.articles)
        return
    root = Path(tempfile.mkdtemp(prefix="newsledger-crash-"))
    try:
        figures = run_trials(root, args)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{figures['trials']} trials, {figures['kills']} kills: {figures['differ']} warehouses differ; "
        f"{figures['views']} reads, {figures['reader_problems']} of them wrong; steps not reached: {figures['missed']}"
    )
    if args.json:
        print(json.dumps(figures))


def run_trials(root: Path, args: argparse.Namespace) -> dict[str, object]:
    """Run the uninterrupted trial, then all others against it."""
    started = time.perf_counter()
    expected = trial(root, "uninterrupted", args.articles)
    length = time.perf_counter() - started
    draw = random.Random(args.seed)
    results = {step: trial(root, step, args.articles, step=step) for step in args.steps}
    for number in range(args.random):
        delays = tuple(draw.uniform(0.3, length) for _ in range(draw.choice((1, 2))))
        results[f"random-{number}"] = trial(root, f"random-{number}", args.articles, delays=delays)
    wrong = [name for name, r in results.items() if r["digest"] != expected["digest"] or r["ended"] != 0]
    for name in wrong:
        print(f"differs: {name}: ended with {results[name]['ended']}")
    for name, result in results.items():
        for problem in result["problems"]:  # type: ignore[attr-defined]
            print(f"reader of {name}: {problem}")
    return {
        "trials": len(results),
        "kills": sum(r["kills"] for r in results.values()),  # type: ignore[misc]
        "differ": len(wrong),
        "views": sum(r["views"] for r in results.values()),  # type: ignore[misc]
        "reader_problems": sum(len(r["problems"]) for r in results.values()),  # type: ignore[arg-type]
        "missed": [name for name, r in results.items() if name in STEPS and not r["kills"]],
    }


if __name__ == "__main__":
    main()
