"""A year of news, day by day: late items, edits, deletions, outages and two better extractors.

    python -m benchmarks.year [--days 365] [--articles 40] [--keep FOLDER] [--until DAY] [--json]

Every day the made-up pages (``benchmarks.synthetic``) of that day are loaded, built and published, and once a week the
file is compacted. One in twenty articles comes days late, one in ten is edited later, some are deleted; on outage days
nothing but failures comes, and the next day brings both; a third and two thirds of the way on the extractor gets better
and everything is read again. In the end the tables must have the digests of a full rebuild, and of a second warehouse
that got all pages at once in random order. Prints CPU seconds and bytes around day 10 and at the end. With ``--keep``
and ``--until`` the year can be run in pieces.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.synthetic import MANY, OUTLETS, START, Page, read
from extract.types import Fetch
from load.build import build
from load.compact import compact
from load.config import WarehouseConfig
from load.connection import writer
from load.digest import digest
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

BATCH = 200
COMPACT_EVERY = 7
# Days that are averaged for a figure, since one day may be an outage.
AVERAGED = 10


@dataclass(frozen=True, slots=True)
class Sighting:
    """A page as it was seen so long after it appeared."""

    page: Page
    seen: timedelta

    def fetch(self) -> Fetch:
        """The attempt that fetched it."""
        return read(self.page, seen=self.seen, quantities=1).fetch


@dataclass(slots=True)
class Newsroom:
    """What there is to see on each day; the same seed gives the same year."""

    days: int
    articles: int
    draw: random.Random = field(default_factory=lambda: random.Random(11))
    due: dict[int, list[Sighting]] = field(default_factory=dict)
    gone: dict[int, list[Page]] = field(default_factory=dict)
    number: int = 0

    def year(self) -> Iterator[tuple[list[Sighting], list[Fetch]]]:
        """Yield, for each day, the pages that are seen and the attempts that fail."""
        delayed: list[Sighting] = []
        for day in range(self.days):
            for _ in range(self.articles):
                self._publish(day)
            pages, gone = [*delayed, *self.due.pop(day, [])], self.gone.pop(day, [])
            if self.draw.random() < 0.03 and day + 1 < self.days:
                delayed = pages
                yield [], [_failed(s.page, day, "timeout") for s in pages]
            else:
                delayed = []
                yield pages, [_failed(page, day, "http_error") for page in gone]

    def _publish(self, day: int) -> None:
        self.number += 1
        copied = self.number - 1 if self.draw.random() < 0.1 and self.number % self.articles != 1 else None
        page = Page(self.number, self.draw.choice(OUTLETS), day, copy_of=copied)
        late = self.draw.randint(1, 20) if self.draw.random() < 0.05 else 0
        self._see(Sighting(page, timedelta(days=late)), day + late)
        if copied is None and self.draw.random() < 0.1:
            later = late + self.draw.randint(1, 5)
            self._see(Sighting(replace(page, revision=1), timedelta(days=later)), day + later)
        if self.draw.random() < 0.01:
            self.gone.setdefault(day + late + 7, []).append(page)

    def _see(self, sighting: Sighting, day: int) -> None:
        self.due.setdefault(day, []).append(sighting)


def _failed(page: Page, day: int, outcome: str) -> Fetch:
    fetch = read(page, quantities=1).fetch
    at = START + timedelta(days=day, hours=17, minutes=page.number % 60)
    return Fetch(
        fetch_id=f"{fetch.fetch_id}-{day}-{outcome}",
        source=fetch.source,
        url=fetch.url,
        fetched_at=at,
        outcome=outcome,  # type: ignore[arg-type]
        status=410 if outcome == "http_error" else None,
        is_retryable=outcome == "timeout",
    )


def load(
    config: WarehouseConfig, seen: Sequence[Sighting], failed: Sequence[Fetch], version: str, now: datetime
) -> None:
    """Load a day's pages by batches, and its failures."""
    with writer(config, owner="benchmark") as con:
        if failed:
            merge_fetches(con, failed, Batch(f"{now:%j}-failed", "fetch", now))
        for at in range(0, len(seen), BATCH):
            part = [
                read(s.page, version=version, seen=s.seen, quantities=5, vocabulary=MANY) for s in seen[at : at + BATCH]
            ]
            merge_fetches(con, [e.fetch for e in part], Batch(f"{now:%j}-{version}-f{at}", "fetch", now))
            merge_extractions(con, part, Batch(f"{now:%j}-{version}-e{at}", "extract", now))


def live_through(config: WarehouseConfig, newsroom: Newsroom, state: Path, until: int) -> list[dict[str, float]]:
    """Live the days that were not lived yet; return what each day took, from the state file on."""
    lived: list[dict[str, float]] = json.loads(state.read_text()) if state.exists() else []
    everything: list[Sighting] = []
    for day, (seen, failed) in enumerate(newsroom.year()):
        everything += seen
        if len(lived) <= day < until:
            lived.append(live_a_day(config, newsroom.days, day, (seen, failed, everything)))
            state.write_text(json.dumps(lived))
    return lived


def live_a_day(
    config: WarehouseConfig, days: int, day: int, what: tuple[list[Sighting], list[Fetch], list[Sighting]]
) -> dict[str, float]:
    """Load, build, publish and sometimes compact; CPU and wall seconds, and the sizes of the files."""
    seen, failed, everything = what
    upgrades = (days // 3, 2 * days // 3)
    version = str(1 + sum(1 for upgrade in upgrades if day >= upgrade))
    now = START + timedelta(days=day, hours=18)
    started, cpu = time.perf_counter(), time.process_time()
    load(config, everything if day in upgrades else seen, failed, version, now)
    loaded = time.process_time() - cpu
    build(config, now=now)
    publish(config, now)
    if day % COMPACT_EVERY == COMPACT_EVERY - 1:
        compact(config)
    return {
        "cpu_s": time.process_time() - cpu,
        "load_s": loaded,
        "wall_s": time.perf_counter() - started,
        "bytes": config.path.stat().st_size,
        "published": config.published.stat().st_size,
        "articles": len(everything),
    }


def contents(config: WarehouseConfig) -> dict[str, str]:
    """Digest the tables."""
    with writer(config, owner="digest") as con:
        return digest(con)


def at_once(folder: Path, newsroom: Newsroom, now: datetime) -> dict[str, str]:
    """Load the whole year's pages in random order into another warehouse, and build it in one go."""
    config = WarehouseConfig(path=folder / "other.duckdb", published=folder / "other-published.duckdb")
    seen, failed = [], []
    for pages, failures in newsroom.year():
        seen += pages
        failed += failures
    random.Random(3).shuffle(seen)
    load(config, seen, failed, "3", now)
    build(config, now=now)
    return contents(config)


def compare(config: WarehouseConfig, folder: Path, newsroom: Newsroom) -> dict[str, list[str]]:
    """Name the tables in which a rebuild and a warehouse loaded at once differ from the one that lived."""
    now = START + timedelta(days=newsroom.days + 1)
    lived = contents(config)
    build(config, now=now, full=True)
    others = {"rebuild": contents(config), "at once": at_once(folder, newsroom, now)}
    return {name: sorted(t for t in lived | other if lived.get(t) != other.get(t)) for name, other in others.items()}


def figures(lived: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Medians around day 10 and over the last days, and how they grew."""
    early, late = lived[5 : 5 + AVERAGED], lived[-AVERAGED:]
    seconds = [statistics.median(day["cpu_s"] for day in days) for days in (early, late)]
    sizes = [days[-1]["bytes"] / days[-1]["articles"] for days in (early, late)]
    return {
        "days": len(lived),
        "hours": sum(day["wall_s"] for day in lived) / 3600,
        "cpu_hours": sum(day["cpu_s"] for day in lived) / 3600,
        "early_s": seconds[0],
        "late_s": seconds[1],
        "growth": seconds[1] / seconds[0],
        "early_mb": early[-1]["bytes"] / 1e6,
        "late_mb": late[-1]["bytes"] / 1e6,
        "published_mb": late[-1]["published"] / 1e6,
        "bytes_an_article": sizes,
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=40, help="articles a day")
    parser.add_argument("--keep", type=Path, help="folder to run in and to go on from")
    parser.add_argument("--until", type=int, help="stop after this day and say so")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp(prefix="newsledger-year-"))
    folder.mkdir(exist_ok=True)
    config = WarehouseConfig(path=folder / "w.duckdb", published=folder / "p.duckdb", parquet=folder / "parquet")
    try:
        lived = live_through(config, Newsroom(args.days, args.articles), folder / "lived.json", args.until or args.days)
        found = figures(lived)
        if len(lived) == args.days:
            found["differ"] = compare(config, folder, Newsroom(args.days, args.articles))
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(
        f"{found['days']} days in {found['hours']:.2f} h ({found['cpu_hours']:.2f} CPU h);"
        f" a day at first {found['early_s']:.1f} CPU s, in the end {found['late_s']:.1f} ({found['growth']:.2f} times);"
        f" file {found['early_mb']:.0f} MB at first,"
        f" {found['late_mb']:.0f} in the end ({found['bytes_an_article'][0] / 1000:.1f} and"
        f" {found['bytes_an_article'][1] / 1000:.1f} kB an article), published {found['published_mb']:.0f} MB"
    )
    print(f"differing tables: {found.get('differ', 'not compared before the last day')}")
    if args.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
