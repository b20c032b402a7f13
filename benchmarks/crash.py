"""Kill -9 anywhere in the whole pipeline; run again; is the warehouse the one of an uninterrupted run?

    python -m benchmarks.crash [--trials 20] [--kills 2] [--steps] [--articles 12] [--jobs 2] [--seed 1] [--json]

A run reads generated pages from WARC files, archives, strips, reads and loads them, builds, publishes and looks at
what is watched. It is killed at random moments of its work (``--trials``, each of up to ``--kills``) and once at every
named step (``--steps``), then run again until it comes through. Moments are told by the run's processor time, so that
they fall where they do however busy the machine is. With ``--parts`` each run finds more pages than the one before, so
that models are built in parts and published pages stand beside new ones. Its tables must then have the digests of a
warehouse that was never interrupted and took all pages at once, and every page of the ledger must be readable in the
archive. Meanwhile a reader opens the published copy in a loop and checks that it sees a whole build.
``benchmarks.kills`` kills other things than the run's own process.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import duckdb

from benchmarks.moments import wait
from extract.archive import read_page, verify
from extract.types import Fetch
from flows.engine import prepare_environment
from flows.settings import Settings, load_settings
from load.connection import writer
from load.digest import digest
from load.faults import VARIABLE
from sample.generator import generate_articles, write_warc

STEPS = (
    "migrate.before_commit",
    "fetch.before_ledger",
    "fetch.before_commit",
    "extract.before_ledger",
    "extract.before_commit",
    "measures.before_links",
    "measures.before_assign",
    "build.before_models",
    "build.after_models",
    "build.before_commit",
    "publish.after_copy",
    "publish.before_rename",
    "publish.between_renames",
    "publish.after_rename",
)
# Where in the archive a page lies depends on which archive file was open when it came; that it lies there is checked.
PLACES = frozenset({"warc_file", "warc_offset", "warc_length"})
SETTINGS = """
[run]
workers = {workers}
batch_pages = 5
{more}
[[sources]]
name = "generated"
warcs = {warcs}

[[watches]]
name = "new"
of = "source"
what = "generated"
when = "new"

[[watches]]
name = "most"
of = "query"
what = "top_measures"
"""


def ingest_in(file: Path, step: str) -> None:
    """Do one whole run, in a process and group of its own, with the named step set to kill it."""
    os.environ[VARIABLE] = step
    os.setpgid(0, 0)
    folder = file.parent
    prepare_environment()
    log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    from flows.pipeline import ingest

    ingest.fn(config=file)


@dataclass
class Reader:
    """Opens the published copy again and again, and counts what it saw.

    ``may_be_empty`` is for a warehouse that is built and published before anything is loaded.
    """

    path: Path
    may_be_empty: bool = False
    views: int = 0
    problems: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def loop(self) -> None:
        """Read until told to stop."""
        while not self.stop.wait(0.3):
            with self.lock:
                if self.path.exists():
                    self.look()

    def look(self) -> None:
        """Read once: the claims and the coverage of a whole build agree, and there are some."""
        try:
            with duckdb.connect(str(self.path), read_only=True) as con:
                row = con.execute(
                    "select (select count(*) from claims where is_counted), (select sum(claims) from coverage),"
                    " (select count(*) from newsledger_build)"
                ).fetchone()
            self.views += 1
            claims, covered, builds = row or (0, 0, 0)
            if claims != (covered or 0) or builds != 1 or not (claims or self.may_be_empty):
                self.problems.append(f"half-built: {row}")
            # What has had claims once is not empty again.
            self.may_be_empty &= not claims
        except duckdb.Error as error:
            self.problems.append(str(error))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in a thread while the block runs, and once more at its end."""
        thread = threading.Thread(target=self.loop)
        thread.start()
        try:
            yield
        finally:
            self.stop.set()
            thread.join()
            if self.path.exists():
                self.look()


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended: its exit code, the kills that hit, and the processor time that it was seen to take."""

    code: int | None
    kills: int
    spent: float


@dataclass(frozen=True, slots=True)
class Trial:
    """How one interrupted history ended: kills that hit, exit code of the last run, tables and what readers saw.

    ``spent`` is the last run's processor time.
    """

    name: str
    kills: int
    ended: int | None
    seconds: float
    spent: float
    views: int
    problems: tuple[str, ...]
    tables: dict[str, str]

    def differs(self, expected: Trial) -> list[str]:
        """Name what is not as in the uninterrupted warehouse."""
        names = sorted(self.tables.keys() | expected.tables.keys())
        wrong = [name for name in names if self.tables.get(name) != expected.tables.get(name)]
        return wrong if self.ended == 0 else [*wrong, f"ended with {self.ended}"]


class Course:
    """A folder with the pages that every trial loads, in so many parts."""

    workers = 1

    def __init__(self, root: Path, articles: int, parts: int = 1) -> None:
        self.root = root
        # Seconds of processor time that an uninterrupted run takes; moments are shares of it.
        self.length = 60.0
        # Forks of a process that has imported everything and opened nothing: a run starts at once.
        self.processes = multiprocessing.get_context("forkserver")
        self.processes.set_forkserver_preload(["flows.pipeline", "dbt.cli.main", "spacy"])
        made = list(generate_articles(articles, first_day=date(2024, 3, 1), last_day=date(2024, 3, 6)))
        self.warcs = [f"pages-{part}.warc.gz" for part in range(parts)]
        for part, name in enumerate(self.warcs):
            write_warc(made[part::parts], root / name)

    def run(self, file: Path, *, step: str = "", at: float | None = None) -> Run:
        """Run once, killed at a step or struck after so many seconds of processor time."""
        child = self.processes.Process(target=ingest_in, args=(file, step))
        child.start()
        spent = wait(child, at)
        kills = self.strike(child, file.parent.name) if at is not None else 0
        spent = max(spent, wait(child))
        child.join()
        return Run(child.exitcode, kills if at is not None else int(child.exitcode == -signal.SIGKILL), spent)

    def strike(self, child: ForkServerProcess, trial: str) -> int:
        """Kill what this course kills, and return how many times; if the run lives on, it is waited for."""
        alive = child.is_alive()
        child.kill()
        return int(alive)

    def kill(self, file: Path, reader: Reader, *, step: str = "", at: float | None = None) -> Run:
        """Run once, to be killed."""
        run = self.run(file, step=step, at=at)
        if run.code is not None and run.code < 0:
            self.killed(file.parent, reader)
        return run

    def kills(self, files: Sequence[Path], reader: Reader, steps: Sequence[str], shares: Sequence[float]) -> int:
        """Run once for each step and share, to be killed; return the kills that hit."""
        plans: list[str | float] = [*steps, *shares]
        kills, length = 0, self.length
        for number, plan in enumerate(plans):
            file = files[min(number, len(files) - 1)]
            if isinstance(plan, str):
                kills += self.kill(file, reader, step=plan).kills
                continue
            run = self.kill(file, reader, at=plan * length)
            kills += run.kills
            if run.code == 0:
                # There was less left to do than in the first run: the next moments are to fall into a run again.
                length = min(length, run.spent)
        return kills

    def settings(self, folder: Path) -> list[Path]:
        """Write a settings file for each run, with more and more of the pages, and return them; the last has all."""
        files = []
        for part in range(1, len(self.warcs) + 1):
            files.append(folder / f"newsledger-{part}.toml")
            warcs = json.dumps([str(self.root / name) for name in self.warcs[:part]])
            text = SETTINGS.format(workers=self.workers, warcs=warcs, more=self.more(folder.name))
            files[-1].write_text(text, encoding="utf-8")
        return files

    def more(self, trial: str) -> str:
        """Return what a kind of trial sets besides."""
        return ""

    def begun(self, folder: Path) -> None:
        """Do what a kind of trial needs once its folder is there."""

    def killed(self, folder: Path, reader: Reader) -> None:
        """Do what a kind of trial adds to a kill."""

    def trial(self, name: str, *, steps: Sequence[str] = (), shares: Sequence[float] = ()) -> Trial:
        """Kill as told, run to the end, and look at what there is."""
        started = time.perf_counter()
        folder = self.root / name.replace(".", "-")
        folder.mkdir()
        files = self.settings(folder)
        self.begun(folder)
        settings = load_settings(files[-1])
        reader = Reader(settings.warehouse.published)
        with reader.reading():
            kills = self.kills(files, reader, steps, shares)
            last = self.run(files[-1])
        seconds = time.perf_counter() - started
        if last.code != 0:
            print((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
        seen = (reader.views, tuple(reader.problems))
        found = Trial(name, kills, last.code, seconds, last.spent, *seen, contents(settings))
        shutil.rmtree(folder)
        return found


def contents(settings: Settings) -> dict[str, str]:
    """Digest the tables, and say of the archive whether it holds every page of the ledger."""
    with writer(settings.warehouse, owner="digest") as con:
        found = digest(con, without=PLACES)
        pages = archived(con)
    damaged = [str(problem) for problem in verify(settings.archive_place)]
    unreadable = [page.url for page in pages if not read_page(settings.archive_place, page).body]
    return found | {"(archive)": f"{len(pages)} pages, damaged {damaged}, unreadable {unreadable}"}


def archived(con: duckdb.DuckDBPyConnection) -> list[Fetch]:
    """List where the ledger says that pages lie."""
    names = ("fetch_id", "source", "url", "fetched_at", "outcome", "warc_file", "warc_offset", "page_sha256")
    rows = con.execute(
        f"select {', '.join(names)} from fetches where warc_file is not null and purpose = 'page'"
    ).fetchall()
    return [Fetch(**dict(zip(names, row, strict=True))) for row in rows]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of what all trials with kills are told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=20, help="histories that are interrupted at random moments")
    parser.add_argument("--kills", type=int, default=2, help="how often each of them is at most")
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--parts", type=int, default=1, help="in how many runs the pages come")
    parser.add_argument("--jobs", type=int, default=1, help="trials at a time, each in a folder of its own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", action="store_true", help="interrupt at every named step too")
    parser.add_argument("--json", action="store_true")
    return parser


def main() -> None:
    """Run and print a line a trial."""
    args = arguments(__doc__).parse_args()
    root = Path(tempfile.mkdtemp(prefix="newsledger-crash-"))
    try:
        figures = run_trials(Course(root, args.articles, args.parts), args)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{figures['trials']} trials, {figures['kills']} kills: {figures['differ']} warehouses differ; "
        f"{figures['views']} reads, {figures['wrong_reads']} of them wrong; steps not reached: {figures['missed']}"
    )
    if args.json:
        print(json.dumps(figures))


def run_trials(course: Course, args: argparse.Namespace) -> dict[str, object]:
    """Run the uninterrupted trial, then all others against it."""
    expected = course.trial("uninterrupted")
    course.length = expected.spent
    print(
        f"uninterrupted: {expected.seconds:.1f} s, {expected.spent:.1f} of processor time,"
        f" {expected.views} reads, {len(expected.tables)} tables",
        flush=True,
    )
    if expected.ended != 0 or expected.problems:
        raise SystemExit(f"The uninterrupted run failed: {asdict(expected)}")
    draw = random.Random(args.seed)
    plans: list[tuple[str, tuple[str, ...], tuple[float, ...]]] = []
    plans += [(step, (step,), ()) for step in (STEPS if args.steps else ())]
    plans += [(f"random-{i}", (), _moments(draw, args.kills)) for i in range(args.trials)]

    def carry_out(plan: tuple[str, tuple[str, ...], tuple[float, ...]]) -> Trial:
        name, steps, shares = plan
        trial = course.trial(name, steps=steps, shares=shares)
        report(trial, expected)
        return trial

    with ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(carry_out, plans))
    return {
        "trials": len(done),
        "kills": sum(t.kills for t in done),
        "differ": sum(1 for t in done if t.differs(expected)),
        "views": sum(t.views for t in done),
        "wrong_reads": sum(len(t.problems) for t in done),
        "missed": [t.name for t in done if t.name in STEPS and not t.kills],
    }


def _moments(draw: random.Random, kills: int) -> tuple[float, ...]:
    return tuple(draw.uniform(0.01, 0.9) for _ in range(draw.randint((kills + 1) // 2, kills)))


def report(trial: Trial, expected: Trial) -> None:
    """Print one line."""
    wrong = trial.differs(expected)
    print(
        f"{trial.name}: {trial.kills} kills, {trial.seconds:.1f} s, {trial.views} reads"
        f"{', ' + str(len(trial.problems)) + ' wrong: ' + trial.problems[0] if trial.problems else ''}: "
        + ("DIFFERS in " + ", ".join(wrong) if wrong else "equal"),
        flush=True,
    )


if __name__ == "__main__":
    main()
