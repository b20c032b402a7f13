"""A week of hourly runs in minutes: a real Prefect server under a clock that is set on, and everything that goes wrong.

    python -m benchmarks.week [--hours 168] [--articles 100] [--json]

``newsledger serve`` runs with an hourly schedule under a clock of our own (``clock.c``, for which a C compiler is
needed), which this program sets on by an hour whenever the run of an hour has ended. Meanwhile the sample newsroom
publishes; the server is killed twice, the worker ten times, the clock steps back once by 20 minutes, the disk is full
during one run (a tmpfs, which needs root; else left out and said so), and one outlet does not answer for a day. At the
end: is every page that was ever online in the warehouse, is no run left open, were the alerts those to be expected?
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import requests

from flows.server import QUIET, server_at
from sample.generator import generate_articles
from sample.server import Newsroom, serve_newsroom, source_toml
from sample.site import Answer, Site

DISK_BYTES = 3_000_000_000
HOUR = timedelta(hours=1)
# A run that has not ended after so long (seconds) is left to the hours that follow.
PATIENCE_S = 60.0
LOOK_EVERY_S = 0.1
BAR_S = 1200.0
STATE = "select state_type from flow_run where expected_start_time between ? and ?"
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
SCHEDULE = """
deployments:
  - name: ingest
    entrypoint: flows.pipeline.ingest
    tags: [newsledger, scheduled]
    work_pool: {name: newsledger}
    concurrency_limit: {limit: 1, collision_strategy: CANCEL_NEW}
    schedules: [{slug: hourly, cron: "0 * * * *", timezone: UTC}]
"""
SETTINGS = 'data_dir = "data"\n[fetch]\nmin_host_interval_s = 0.0\nbackoff_base_s = 0.1\n[run]\nworkers = 1\n'


class Outage:
    """A site that can be made not to answer."""

    def __init__(self, site: Site) -> None:
        self.site, self.is_down = site, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.site, name)

    def __setattr__(self, name: str, value: Any) -> None:
        target = self if name in ("site", "is_down") else self.site
        object.__setattr__(target, name, value)

    def answer(self, target: str) -> Answer:
        """Answer as the site does, or with 503."""
        return Answer(503, b"down", "text/plain") if self.is_down else self.site.answer(target)


@dataclass
class Week:
    """The course of a week: which hours bring which trouble, and what has come of it."""

    hours: int
    folder: Path
    newsroom: Newsroom
    api: str
    log: list[str] = field(default_factory=list)
    online: set[str] = field(default_factory=set)
    states: dict[str, int] = field(default_factory=dict)

    def at(self, share: float) -> int:
        """Return the hour at this share of the week."""
        return round(share * self.hours)

    @property
    def server_kills(self) -> set[int]:
        """The hours in whose run the server is killed."""
        return {self.at(0.3), self.at(0.7)}

    @property
    def worker_kills(self) -> set[int]:
        """The hours in whose run the worker is killed."""
        return {self.at(0.05 + 0.09 * number) for number in range(10)}

    def ask(self, path: str, body: Any) -> Any:
        """Ask Prefect's API; None while nobody answers."""
        server = server_at(self.api, self.folder / "data")
        with suppress(requests.RequestException, ValueError):
            return server.ask(server.session(), path, body)
        return None

    def state_of(self, hour: datetime) -> str | None:
        """Return the state of the run that was scheduled for an hour; None where there is none.

        Read from the server's own database: to ask the server five times a second would cost it more than the runs do.
        """
        place = f"file:{self.folder}/data/prefect/prefect.db?mode=ro"
        span = [f"{hour + timedelta(seconds=off):%Y-%m-%d %H:%M:%S}" for off in (-1, 1)]
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(place, uri=True)) as database:
            found = database.execute(STATE, span).fetchone()
            return str(found[0]) if found else None
        return None

    def wait_for(self, hour: datetime, states: tuple[str, ...]) -> str:
        """Wait until the run of an hour is in one of these states; return its state, or ``LATE``."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            state = self.state_of(hour)
            if state in states:
                return state
            time.sleep(LOOK_EVERY_S)
        return "LATE"


class Receiver(BaseHTTPRequestHandler):
    """Takes alerts."""

    def do_POST(self) -> None:
        """Keep the keys of the alerts."""
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys += [alert["key"] for alert in message.get("alerts", ())]  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def receiving() -> Iterator[ThreadingHTTPServer]:
    """Run a receiver of alerts on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.keys = []  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small file system at a folder; False where this user may not."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "newsledger-week", str(folder)]
    is_mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


class Clock:
    """The clock that ``serve`` and its parts see."""

    def __init__(self, folder: Path) -> None:
        self.file, self.library = folder / "clock", folder / "clock.so"
        self.file.write_bytes(bytes(8))
        source = Path(__file__).with_name("clock.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", self.library, source], check=True)

    def set(self, to: datetime) -> None:
        """Step the clock."""
        offset = (to - datetime.now(UTC)) // timedelta(microseconds=1) * 1000
        # In place: the processes have this very file in their memory.
        with self.file.open("r+b") as file:
            file.write(offset.to_bytes(8, sys.byteorder, signed=True))


def start_serve(folder: Path, clock: Clock, port: int) -> subprocess.Popen[bytes]:
    """Start ``newsledger serve`` under the clock."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment = (
        kept
        | QUIET
        | {
            "LD_PRELOAD": str(clock.library),
            "CLOCK_OFFSET_FILE": str(clock.file),
            "NEWSLEDGER_CONFIG": str(folder / "newsledger.toml"),
            "PREFECT_WORKER_QUERY_SECONDS": "0.5",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        }
    )
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve", "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def fill_disk(ballast: Path) -> None:
    """Take all room that the disk has, while others may write to it."""
    size = 0
    with ballast.open("wb") as file:
        for piece in (2**27, 2**20, 2**12):
            with suppress(OSError):
                while True:
                    os.posix_fallocate(file.fileno(), size, piece)
                    size += piece


def kill_part(serve: subprocess.Popen[bytes], part: str) -> None:
    """Kill -9 the server or the worker of this ``serve``."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        pid, parent, args = line.split(None, 2)
        if parent == str(serve.pid) and ("flows.guard" if part == "server" else f"prefect {part} start") in args:
            os.kill(int(pid), signal.SIGKILL)


def live(week: Week, clock: Clock, serve: subprocess.Popen[bytes], first: datetime, has_disk: bool) -> None:
    """Go through the hours."""
    ill = Outage(week.newsroom.sites["harbour-courier"])
    week.newsroom.sites["harbour-courier"] = ill  # type: ignore[assignment]
    down_from = week.at(0.25)
    for number in range(week.hours):
        hour = first + number * HOUR
        ill.is_down = down_from <= number < down_from + 24
        week.newsroom.advance(hour)
        for site in week.newsroom.sites.values():
            week.online |= {site.base + path for path in site.current()}
        # A run that was not yet planned when its hour comes would never be.
        week.wait_for(hour, ("SCHEDULED", *OVER))
        clock.set(hour + timedelta(seconds=1))
        state = _one_hour(week, clock, serve, number, hour, has_disk)
        week.states[state] = week.states.get(state, 0) + 1
        print(f"{hour:%a %H:%M} {state:<10} {len(week.online)} pages online", flush=True)


def _one_hour(
    week: Week, clock: Clock, serve: subprocess.Popen[bytes], number: int, hour: datetime, has_disk: bool
) -> str:
    is_full = has_disk and number == week.at(0.55)
    ballast = week.folder / "data" / "ballast"
    if is_full:
        fill_disk(ballast)
    parts = [p for p, hours in (("server", week.server_kills), ("worker", week.worker_kills)) if number in hours]
    if parts:
        week.wait_for(hour, ("RUNNING", *OVER))
        for part in parts:
            kill_part(serve, part)
    if number == week.at(0.6):
        week.wait_for(hour, ("RUNNING", *OVER))
        clock.set(hour - timedelta(minutes=20))
    state = week.wait_for(hour, OVER)
    ballast.unlink(missing_ok=True)
    return state


def judge(week: Week, keys: list[str], has_disk: bool) -> dict[str, Any]:
    """Compare what came of the week with what should have come of it."""
    with closing(duckdb.connect(str(week.folder / "data" / "warehouse.duckdb"), read_only=True)) as connection:
        loaded = {row[0] for row in connection.execute("select url from extractions where outcome = 'ok'").fetchall()}
        runs = dict(connection.execute("select state, count(*) from runs group by 1").fetchall())
    expected = {"stale:harbour-courier"} | ({"disk"} if has_disk else set())
    # A run whose server, worker or disk was taken away may fail, and then says so.
    excused = {f"run:ingest:{state}" for state in ("failed", "crashed")}
    return {
        "pages_online": len(week.online),
        "pages_missing": sorted(week.online - loaded)[:5],
        "runs_of_hours": week.states,
        "runs_in_ledger": runs,
        "alerts": sorted(set(keys)),
        "alerts_missing": sorted(expected - set(keys)),
        "alerts_unexpected": sorted(set(keys) - expected - excused),
    }


def run(hours: int, articles: int, folder: Path) -> dict[str, Any]:
    """Live a week; return the figures."""
    began = time.monotonic()
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    last_day = (first + hours * HOUR).date()
    written = tuple(generate_articles(articles, seed=3, first_day=first.date(), last_day=last_day))
    with ExitStack() as stack:
        newsroom = stack.enter_context(serve_newsroom(articles=written, now=first, crawl_delay=0.0, misbehave=False))
        receiver = stack.enter_context(receiving())
        has_disk = stack.enter_context(small_disk(folder / "data"))
        alerts = f'[alerts]\nwebhook = "http://127.0.0.1:{receiver.server_port}/"\n'
        sources = "\n".join(source_toml(source) for source in newsroom.sources)
        (folder / "newsledger.toml").write_text(SETTINGS + alerts + sources, encoding="utf-8")
        (folder / "prefect.yaml").write_text(SCHEDULE, encoding="utf-8")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        week = Week(hours, folder, newsroom, f"http://127.0.0.1:{port}/api")
        clock = Clock(folder)
        clock.set(first - timedelta(minutes=5))
        serve = start_serve(folder, clock, port)
        try:
            while "Page and API" not in (folder / "serve.log").read_text():
                if serve.poll() is not None:
                    raise RuntimeError((folder / "serve.log").read_text())
                time.sleep(0.3)
            ready = time.monotonic() - began
            live(week, clock, serve, first, has_disk)
            open_states = {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
            left = week.ask("/flow_runs/filter", {"flow_runs": open_states}) or []
        finally:
            serve.send_signal(signal.SIGINT)
            serve.wait(60)
        keys = list(receiver.keys)  # type: ignore[attr-defined]
        figures = judge(week, keys, has_disk) | {"left_open": [run["name"] for run in left], "had_disk": has_disk}
    # Of what was not killed: a machine that does something else besides makes the clock say less.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures["processor_s"] = round(used.ru_utime + used.ru_stime)
    return figures | {"ready_s": round(ready, 1), "seconds": round(time.monotonic() - began, 1)}


def main() -> None:
    """Print what came of the week; leave with 1 when something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--hours", type=int, default=168)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if shutil.which("cc") is None:
        sys.exit("There is no C compiler (cc); without it no clock can be made that this program may set.")
    with tempfile.TemporaryDirectory(prefix="newsledger-week-") as name:
        figures = run(options.hours, options.articles, Path(name))
        shutil.copy(Path(name) / "serve.log", "/tmp/newsledger-week-serve.log")
    for label, figure in figures.items():
        print(f"{label:<20}{figure}{f'   (bar: {BAR_S:.0f})' if label == 'seconds' else ''}")
    if options.json:
        print(json.dumps(figures))
    wrong = ("pages_missing", "alerts_missing", "alerts_unexpected", "left_open")
    sys.exit(1 if any(figures[name] for name in wrong) or "running" in figures["runs_in_ledger"] else 0)


if __name__ == "__main__":
    main()
