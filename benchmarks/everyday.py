"""How long people wait every day: for help, a first answer, the status during a build, and a fetch that they stop.

    python -m benchmarks.everyday [--times 5] [--json]

The sample newsroom is served on loopback and ingested first. Each command is a process of its own; the slowest of
``--times`` counts, and the processor time that it took. ``status`` is asked for as long as a full build holds the
warehouse, and Ctrl-C is sent to fetches that wait for a host's turn: of seconds, and of a hundred. What a stopped fetch
kept is compared with the server's log.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flows.settings import load_settings
from load.connection import writer
from sample.server import Newsroom, serve_newsroom, source_toml

QUESTION = "select publisher, count(*) as claims from claims group by all order by claims desc"
# In the newsroom's addresses that are no pages.
ANNOUNCEMENTS = ("ai.txt", ".well-known", "/robots.txt", "feed", "rss", "sitemap", "atom", ".xml")
# Bars in seconds.
BARS = {
    "help": 0.5,
    "query": 1.0,
    "status_in_build": 2.0,
    "stop_between_pages": 3.0,
    "stop_long_interval": 3.0,
}
SETTINGS = """data_dir = "data"

[fetch]
contact = "mailto:desk@example.org"
min_host_interval_s = {interval}

"""


def settings_file(folder: Path, newsroom: Newsroom, interval: float = 0.0) -> Path:
    """Write settings that follow every outlet of the newsroom."""
    folder.mkdir()
    file = folder / "newsledger.toml"
    text = SETTINGS.format(interval=interval) + "\n".join(source_toml(source) for source in newsroom.sources)
    file.write_text(text, encoding="utf-8")
    return file


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a command as a shell does, in whose background programs ignore Ctrl-C."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-m", "flows", *arguments],
        env=kept,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def seconds(*arguments: str) -> tuple[float, float]:
    """Run a command that is to end well and return how long it took, by the clock and of processor time."""
    began = time.perf_counter()
    _, code, used = os.wait4(start(*arguments).pid, 0)
    if code:
        raise SystemExit(f"`newsledger {' '.join(arguments)}` left with {os.waitstatus_to_exitcode(code)}")
    return round(time.perf_counter() - began, 2), round(used.ru_utime + used.ru_stime, 2)


def slowest(times: int, *arguments: str) -> dict[str, float]:
    """Run a command so many times and return the slowest by the clock."""
    took, used = max(seconds(*arguments) for _ in range(times))
    return {"seconds": took, "processor": used}


def status_in_build(file: Path) -> dict[str, float]:
    """Ask for the status, over and over, while a full build runs; what outlived the build does not count."""
    build = start("build", "--full", "-c", str(file))
    holder = load_settings(file).warehouse.holder_file
    _until(lambda: (holder.exists() and "build" in holder.read_text(encoding="utf-8")) or build.poll() is not None)
    taken = []
    while build.poll() is None:
        answer = seconds("status", "-c", str(file))
        if build.poll() is None:
            taken.append(answer)
    if build.returncode or not taken:
        raise SystemExit(f"The build left with {build.returncode} and was asked about {len(taken)} times")
    took, used = max(taken)
    return {"seconds": took, "processor": used, "times": len(taken)}


def stop(folder: Path, crawl_delay: float, interval: float, *, asked: int, pages: int = 0) -> dict[str, float]:
    """Send Ctrl-C to an ingest that has asked for so many addresses and pages, and waits for its hosts' turns."""
    with serve_newsroom(crawl_delay=crawl_delay, misbehave=False) as newsroom:
        file = settings_file(folder, newsroom, interval)
        run = start("ingest", "-c", str(file))
        _until(
            lambda: (len(newsroom.requests) >= asked and _pages(newsroom) >= pages) or run.poll() is not None,
        )
        began = time.perf_counter()
        run.send_signal(signal.SIGINT)
        code = run.wait(120)
        took = time.perf_counter() - began
        came = _pages(newsroom)
    with writer(load_settings(file).warehouse, owner="benchmark") as con:
        ((kept,),) = con.execute("select count(*) from fetches where purpose = 'page'").fetchall()
    return {"seconds": round(took, 2), "exit_code": code, "pages_asked": came, "pages_kept": kept}


def _pages(newsroom: Newsroom) -> int:
    return sum(not any(word in request.path for word in ANNOUNCEMENTS) for request in newsroom.requests)


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 240
    while not is_so():
        if time.monotonic() > deadline:
            raise SystemExit("Waited four minutes in vain")
        time.sleep(0.02)


def measure(folder: Path, times: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Give each figure as soon as it is known."""
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as newsroom:
        file = settings_file(folder / "newsroom", newsroom)
        yield "first_ingest", slowest(1, "ingest", "-c", str(file))
    yield "help", slowest(times, "--help")
    yield "query", slowest(times, "query", QUESTION, "-c", str(file))
    yield "status", slowest(times, "status", "-c", str(file))
    yield "status_in_build", status_in_build(file)
    yield "stop_between_pages", stop(folder / "pages", crawl_delay=3.0, interval=0.0, asked=12, pages=3)
    yield "stop_long_interval", stop(folder / "interval", crawl_delay=0.0, interval=100.0, asked=4)


def is_held(figures: dict[str, Any]) -> bool:
    """Whether every bar is held, and what was fetched was kept."""
    stops = [figures["stop_between_pages"], figures["stop_long_interval"]]
    is_kept = all(stopped["pages_asked"] == stopped["pages_kept"] for stopped in stops)
    return is_kept and all(figures[name]["seconds"] <= bar for name, bar in BARS.items())


def main() -> None:
    """Print the figures; leave with 1 when a bar is missed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-") as folder:
        figures = {}
        for name, figure in measure(Path(folder), given.times):
            figures[name] = figure
            print(f"{name:20} {figure}", flush=True)
    if given.json:
        print(json.dumps(figures))
    raise SystemExit(not is_held(figures))


if __name__ == "__main__":
    main()
