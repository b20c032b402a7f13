"""Whatever way the pages came in, is it the same warehouse? And two at once, with twenty waiting for the lock?

    python -m benchmarks.ways [--articles 60] [--waiting 20] [--json]

The same generated pages go through the whole pipeline: once; twice; in random order and small batches; a day at a time
with a build after each; read again by two backfills; entered from the archive alone; and by an ingest and a backfill of
overlapping days that run at the same time while others wait for the lock. Each warehouse is compared with the first by
the digests of all tables but ``sources``, which holds the paths that the settings name, and without the rows of the
WARC files themselves: the ways put the same pages into other files.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from benchmarks.crash import contents
from flows.engine import prepare_environment
from flows.settings import Settings, load_settings
from load.connection import writer
from sample.generator import generate_articles, warc_records

SETTINGS = """
[run]
workers = 1
batch_pages = {batch}

[[sources]]
name = "generated"
warcs = ["pages"]
"""
# Publication day and WARC record of a page.
Record = tuple[date, bytes]
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 6)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One warehouse with its pages and settings."""

    folder: Path

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return load_settings(self.file)

    @property
    def file(self) -> Path:
        """Its settings file."""
        return self.folder / "newsledger.toml"

    @property
    def pages(self) -> Path:
        """The folder of WARC files that its source names."""
        return self.folder / "pages"

    def receive(self, records: Sequence[Record]) -> None:
        """Put one more WARC file where the source looks."""
        (self.pages / f"{len(list(self.pages.iterdir()))}.warc.gz").write_bytes(b"".join(data for _, data in records))

    def ingest(self) -> None:
        """Take in what is new, and publish."""
        from flows.pipeline import ingest

        ingest.fn(config=self.file)

    def backfill(self, stage: str, *, first: date | None = None, last: date | None = None) -> None:
        """Do again what an interval lacks."""
        from flows.pipeline import backfill

        backfill.fn(stage=stage, published_from=first, published_to=last, config=self.file)  # type: ignore[arg-type]

    def maintain(self) -> None:
        """Enter what the archive holds."""
        from flows.pipeline import maintain

        maintain.fn(config=self.file)


class Ways:
    """The ways in which the same pages come into a warehouse of their own."""

    def __init__(self, root: Path, articles: int, waiting: int, seed: int) -> None:
        self.root, self.waiting, self.draw = root, waiting, random.Random(seed)
        made = list(generate_articles(articles, first_day=FIRST, last_day=LAST))
        self.records = list(zip((a.published_at.date() for a in made), warc_records(made), strict=True))

    def workspace(self, name: str, *, batch: int = 20) -> Workspace:
        """Make an empty one."""
        folder = self.root / name
        (folder / "pages").mkdir(parents=True)
        (folder / "newsledger.toml").write_text(SETTINGS.format(batch=batch), encoding="utf-8")
        return Workspace(folder)

    def once(self) -> Workspace:
        """All pages in one run."""
        workspace = self.workspace("once")
        workspace.receive(self.records)
        workspace.ingest()
        return workspace

    def twice(self) -> Workspace:
        """The same run again."""
        workspace = self.workspace("twice")
        workspace.receive(self.records)
        workspace.ingest()
        workspace.ingest()
        return workspace

    def shuffled(self) -> Workspace:
        """In random order and batches of seven."""
        workspace = self.workspace("shuffled", batch=7)
        workspace.receive(self.draw.sample(self.records, len(self.records)))
        workspace.ingest()
        return workspace

    def by_day(self) -> Workspace:
        """A publication day at a time, the days in random order, each built and published."""
        workspace = self.workspace("by_day")
        days = [list(group) for _, group in groupby(sorted(self.records), key=itemgetter(0))]
        for part in self.draw.sample(days, len(days)):
            workspace.receive(part)
            workspace.ingest()
        return workspace

    def backfilled(self) -> Workspace:
        """Read by an older extractor first, then read again from the archive by two backfills."""
        workspace = self.workspace("backfilled")
        workspace.receive(self.records)
        workspace.ingest()
        with writer(workspace.settings.warehouse, owner="benchmark") as con:
            con.execute("update extractions set extractor_version = 'older'")
            con.execute("update articles set extractor_version = 'older'")
        middle = date(2024, 3, 3)
        workspace.backfill("extract", last=middle)
        workspace.backfill("extract", first=middle)
        return workspace

    def from_archive(self) -> Workspace:
        """From the archive of another warehouse, without its pages' sources."""
        workspace = self.workspace("from_archive")
        shutil.copytree(Workspace(self.root / "once").settings.archive_dir, workspace.settings.archive_dir)
        workspace.maintain()
        return workspace

    def together(self) -> Workspace:
        """An ingest and overlapping backfills at the same time, and others that wait for the lock."""
        workspace = self.workspace("together", batch=7)
        half = len(self.records) // 2
        workspace.receive(self.records[:half])
        workspace.ingest()
        with writer(workspace.settings.warehouse, owner="benchmark") as con:
            con.execute("update extractions set extractor_version = 'older'")
            con.execute("update articles set extractor_version = 'older'")
        workspace.receive(self.records[half:])
        jobs: list[tuple[Callable[..., None], tuple[object, ...]]] = [
            (_ingest, (workspace,)),
            (_backfill, (workspace,)),
        ]
        jobs += [(_wait, (workspace,))] * self.waiting
        run_together(jobs)
        return workspace


def _ingest(workspace: Workspace) -> None:
    _quiet(workspace)
    workspace.ingest()


def _backfill(workspace: Workspace) -> None:
    _quiet(workspace)
    workspace.backfill("extract", first=FIRST, last=LAST)


def _wait(workspace: Workspace) -> None:
    _quiet(workspace)
    with writer(workspace.settings.warehouse, owner="waiting", on_wait=print) as con:
        con.execute("select count(*) from articles").fetchone()


def _quiet(workspace: Workspace) -> None:
    prepare_environment()
    log = os.open(workspace.folder / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)


def run_together(jobs: Sequence[tuple[Callable[..., None], tuple[object, ...]]]) -> None:
    """Run in processes of their own; raises RuntimeError when one fails."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.pipeline", "dbt.cli.main"])
    children = [context.Process(target=work, args=arguments) for work, arguments in jobs]
    for child in children:
        child.start()
    for child in children:
        child.join()
    codes = [child.exitcode for child in children]
    if any(codes):
        raise RuntimeError(f"Exit codes {codes}.")


def _contents(workspace: Workspace) -> dict[str, str]:
    with writer(workspace.settings.warehouse, owner="benchmark") as con:
        con.execute("delete from fetches where purpose = 'announcement'")
        con.execute("delete from pipeline_health where attempts = announcement_attempts")
    return contents(workspace.settings)


def _said(tables: Sequence[str]) -> str:
    return f"differs in {', '.join(tables)}" if tables else "equal"


def main() -> None:
    """Run and print a line a way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--waiting", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    prepare_environment()
    root = Path(tempfile.mkdtemp(prefix="newsledger-ways-"))
    differ: dict[str, list[str]] = {}
    try:
        ways = Ways(root, args.articles, args.waiting, args.seed)
        expected = _contents(ways.once())
        print(f"once: {len(expected)} tables, {expected['(archive)']}, claims {expected['claims']}", flush=True)
        if expected["claims"].startswith("0:"):
            raise SystemExit("The first warehouse is empty: there is nothing to compare.")
        for way in (ways.twice, ways.shuffled, ways.by_day, ways.backfilled, ways.from_archive, ways.together):
            found = _contents(way())
            found["sources"] = expected["sources"]
            names = sorted(expected.keys() | found.keys())
            differ[way.__name__] = [name for name in names if expected.get(name) != found.get(name)]
            print(f"{way.__name__}: {_said(differ[way.__name__])}", flush=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    wrong = sum(1 for tables in differ.values() if tables)
    print(f"{len(differ)} ways and the first: {wrong} warehouses differ")
    if args.json:
        print(json.dumps(differ))


if __name__ == "__main__":
    main()
