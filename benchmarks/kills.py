"""Kill -9 what a run stands on: its group, page readers or PostgreSQL catalog, or itself as it writes to a store.

    python -m benchmarks.kills --of group [--trials 20] [--kills 2] [--parts 1] [--articles 12] [--seed 1] [--json]

As ``benchmarks.crash``, which kills the run's own process, but the kill takes

- ``group``: the run with its page readers, at one moment;
- ``readers``: the page readers alone, each once a run, which must come through (and so leaves no pages for the
  next: as many ``--parts`` as kills);
- ``catalog``: the PostgreSQL server of a lake's catalog, which is started again at once, and every other time the run;
- ``store``: the run, whose archive and rows go to an S3-compatible server.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil
import psycopg

from benchmarks.crash import Course, arguments, run_trials
from benchmarks.postgres import Postgres, postgres
from benchmarks.s3 import s3_server


class GroupCourse(Course):
    """Trials in which a run dies with all its processes."""

    workers = 2

    def strike(self, child: ForkServerProcess, trial: str) -> int:
        """Kill the group; a run that has not made its own yet is killed alone."""
        alive = child.is_alive()
        with suppress(ProcessLookupError):
            os.killpg(child.pid or 0, signal.SIGKILL)
        child.kill()
        return int(alive)


class ReaderCourse(Course):
    """Trials in which page readers die and the run lives."""

    workers = 2

    def strike(self, child: ForkServerProcess, trial: str) -> int:
        """Kill each page reader that there is, waiting for the first."""
        while child.is_alive():
            found = _page_readers(child.pid or 0)
            for process in found:
                process.kill()
            if found:
                return len(found)
            time.sleep(0.02)
        return 0


def _page_readers(run: int) -> list[psutil.Process]:
    """Return the processes that were forked by the run's own server of forks."""
    with suppress(psutil.NoSuchProcess):
        return [reader for server in psutil.Process(run).children() for reader in server.children()]
    return []


class CatalogCourse(Course):
    """Trials on a lake whose catalog is a PostgreSQL database."""

    def __init__(self, root: Path, articles: int, parts: int, server: Postgres) -> None:
        super().__init__(root, articles, parts)
        self.server, self.strikes = server, 0

    def more(self, trial: str) -> str:
        """Give the lake a place."""
        place = self.server.connection.replace("dbname=postgres", f"dbname={_database(trial)}")
        return f'[warehouse]\nurl = "ducklake:postgres:{place}"\ndata_path = "lake"\n'

    def begun(self, folder: Path) -> None:
        """Make the database."""
        with psycopg.connect(self.server.connection, autocommit=True) as con:
            con.execute(f"create database {_database(folder.name)}".encode())

    def strike(self, child: ForkServerProcess, trial: str) -> int:
        """End the server's sessions, and every other time the run, which else may end with an error or come through."""
        if not child.is_alive():
            return 0
        self.server.restart()
        self.strikes += 1
        if self.strikes % 2:
            child.kill()
        return 1


def _database(trial: str) -> str:
    return "catalog_" + trial.replace("-", "_")


class StoreCourse(Course):
    """Trials whose archive and rows lie on an S3-compatible server."""

    def more(self, trial: str) -> str:
        """Give archive and lake a place."""
        return (
            f'[archive]\nurl = "s3://news/{trial}/archive"\n'
            f'[warehouse]\nurl = "ducklake:sqlite:{self.root / trial}/catalog"\ndata_path = "s3://news/{trial}/lake"\n'
        )


@contextmanager
def course(kind: str, root: Path, articles: int, parts: int) -> Iterator[Course]:
    """Open a course, with the server that it needs."""
    if kind == "catalog":
        with postgres() as server:
            yield CatalogCourse(root, articles, parts, server)
    elif kind == "store":
        with s3_server(root) as store:
            os.environ |= store.environment
            yield StoreCourse(root, articles, parts)
    else:
        yield {"group": GroupCourse, "readers": ReaderCourse}[kind](root, articles, parts)


def main() -> None:
    """Run and print a line a trial; leave with 1 when a warehouse differs."""
    parser = arguments(__doc__)
    parser.add_argument("--of", choices=("group", "readers", "catalog", "store"), required=True)
    args = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="newsledger-kills-"))
    try:
        with course(args.of, root, args.articles, args.parts) as told:
            figures = run_trials(told, args)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{figures['trials']} trials, {figures['kills']} kills of {args.of}: {figures['differ']} warehouses differ; "
        f"{figures['views']} reads, {figures['wrong_reads']} of them wrong"
    )
    if args.json:
        print(json.dumps(figures))
    raise SystemExit(bool(figures["differ"] or figures["wrong_reads"]))


if __name__ == "__main__":
    main()
