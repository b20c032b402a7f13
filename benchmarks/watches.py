"""Kill -9 watches at any moment; does a real receiver get every event, and each but once?

    python -m benchmarks.watches [--kills 100] [--articles 40] [--seed 1] [--json]

Made-up pages (``benchmarks.synthetic``) are published, then new and changed ones. Five watches look at them and send
what they find to an HTTP server on loopback. The process that looks and sends is killed at a random moment and run
again, until it comes through; then the next history begins with an empty ledger of watches. The events received must be
those of a history without kills. A message that a receiver took, and whose sender died before noting so, comes again
under the same ``Idempotency-Key``: the server counts it as such, and it is doubled only where the keys differ.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from benchmarks.synthetic import OUTLETS, Page, read
from flows.settings import load_settings
from flows.watching import watch_all
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

NOW = datetime(2025, 2, 1, tzinfo=UTC)
# A receiver that answers at once leaves little time in which its sender can die.
ANSWERS_AFTER_S = 0.004
SETTINGS = """
[alerts]
webhook = "http://127.0.0.1:{port}/"

[[sources]]
name = "outlet-c"
feeds = ["http://127.0.0.1:9/feed"]

[[watches]]
name = "kovac"
of = "entity"
what = "Kovac"
when = "new"

[[watches]]
name = "changed"
of = "source"
what = "outlet-c"
when = "revised"

[[watches]]
name = "nobody"
of = "source"
what = "outlet-a"
when = "anonymous"

[[watches]]
name = "troops"
what = "troops"
when = "moved"

[[watches]]
name = "most"
of = "query"
what = "top_measures"
"""


class Receiver(BaseHTTPRequestHandler):
    """Takes messages as a user's program does."""

    server: Any

    def do_POST(self) -> None:
        """Keep the message, then answer."""
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.received.append((self.headers["Idempotency-Key"], message["watch"], message["event"]["title"]))
        time.sleep(ANSWERS_AFTER_S)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Any]:
    """Run the receiver while the block runs."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    # The one who would be answered may be dead.
    server.handle_error = lambda *_: None
    server.received, server.lock = [], Lock()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def publications(folder: Path, articles: int) -> tuple[Path, Path]:
    """Publish a warehouse as it was, and with what came later; return both files."""
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")
    first = [read(Page(number, OUTLETS[number % 3], number % 4), quantities=4) for number in range(articles // 2)]
    changed = [read(Page(n, OUTLETS[n % 3], n % 4, revision=1), quantities=4) for n in range(2, articles // 2, 6)]
    new = [read(Page(100 + n, OUTLETS[n % 3], 5), quantities=4) for n in range(articles // 2)]
    later = [*changed, *(nameless(page) if n % 4 == 0 else page for n, page in enumerate(new))]
    files = []
    for hour, pages in enumerate((first, later)):
        publish_pages(config, pages, NOW.replace(hour=hour))
        files.append(Path(shutil.copyfile(config.published, folder / f"{hour}.kept")))
    return files[0], files[1]


def publish_pages(config: WarehouseConfig, pages: Sequence[Extraction], at: datetime, *, full: bool = False) -> None:
    """Load pages, build and publish, all at one moment."""
    with writer(config, owner="made-up pages") as con:
        merge_fetches(con, [e.fetch for e in pages], Batch(f"f{at}", "fetch", at))
        merge_extractions(con, pages, Batch(f"e{at}", "extract", at))
    build(config, now=at, full=full)
    publish(config, at)


def nameless(page: Extraction) -> Extraction:
    """The same page, whose speakers want no name."""
    said = tuple(replace(a, source_kind="anonymous", is_anonymous=True) for a in page.rows.attributions)
    return replace(page, rows=replace(page.rows, attributions=said))


def look(settings: Path) -> None:
    """Look and send, in a process of its own."""
    problems: list[str] = []
    watch_all(load_settings(settings), problems.append)
    if problems:
        raise SystemExit("; ".join(problems))


@dataclass
class Histories:
    """Runs histories, each with a ledger of its own, and adds up what came of them."""

    root: Path
    port: int
    before: Path
    after: Path
    server: Any
    kills: int = 0
    histories: int = 0
    again: int = 0
    lost: list[Any] = field(default_factory=list)
    doubled: list[Any] = field(default_factory=list)
    processes: Any = field(default_factory=lambda: multiprocessing.get_context("forkserver"))

    def run(self, settings: Path, after_s: float | None = None) -> bool:
        """Look and send, killed after some seconds; return whether it came through. Raises where it failed."""
        child = self.processes.Process(target=look, args=(settings,))
        child.start()
        child.join(after_s)
        child.kill()
        child.join()
        if child.exitcode not in (0, -9):
            raise SystemExit(f"A run ended with {child.exitcode}.")
        return bool(child.exitcode == 0)

    def history(self, moments: Iterator[float]) -> list[tuple[str, str, str]]:
        """Begin anew, publish what came later, run until one comes through; return what was received."""
        folder = self.root / str(self.histories)
        self.histories += 1
        folder.mkdir()
        settings = folder / "newsledger.toml"
        settings.write_text(SETTINGS.format(port=self.port), encoding="utf-8")
        published = load_settings(settings).warehouse.published
        published.parent.mkdir()
        shutil.copyfile(self.before, published)
        self.run(settings)
        if self.server.received:
            raise SystemExit("What was there at the first look was told.")
        shutil.copyfile(self.after, published.with_suffix(".new")).replace(published)
        while (moment := next(moments, None)) is not None and not self.run(settings, moment):
            self.kills += 1
        self.run(settings)
        received: list[tuple[str, str, str]] = self.server.received
        self.server.received = []
        shutil.rmtree(folder)
        return received

    def compare(self, received: Sequence[tuple[str, str, str]], expected: Counter[tuple[str, str]]) -> None:
        """Count what was lost and doubled: of messages with the same key a receiver takes the first."""
        taken = Counter((watch, title) for _, watch, title in dict.fromkeys(received))
        self.again += len(received) - len(dict.fromkeys(received))
        self.lost += list((expected - taken).elements())
        self.doubled += list((taken - expected).elements())


def measure(root: Path, kills: int, articles: int, seed: int) -> dict[str, Any]:
    """Run one history without kills, then as many as it takes."""
    before, after = publications(root, articles)
    draw = random.Random(seed)
    with receiving() as server:
        course = Histories(root, server.server_port, before, after, server)
        course.processes.set_forkserver_preload(["flows.watching", "duckdb", "apprise"])
        course.history(iter(()))
        started = time.perf_counter()
        whole = course.history(iter(()))
        # Two looks, of which the first sends nothing: most moments fall into one that is at work.
        length = (time.perf_counter() - started) * 0.7
        expected = Counter((watch, title) for _, watch, title in whole)
        while course.kills < kills:
            left = kills - course.kills
            course.compare(course.history(iter([draw.uniform(0, length) for _ in range(min(left, 8))])), expected)
    return {
        "kills": course.kills,
        "histories": course.histories - 2,
        "events_a_history": len(whole),
        "lost": len(course.lost),
        "doubled": len(course.doubled),
        "came_again_under_the_same_key": course.again,
        "seconds_of_a_history": round(length / 0.7, 2),
        "watches_that_told": sorted({watch for _, watch, _ in whole}),
    }


def main() -> None:
    """Print the figures; leave with 1 when an event was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--articles", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    root = Path(tempfile.mkdtemp(prefix="newsledger-watches-"))
    try:
        figures = measure(root, given.kills, given.articles, given.seed)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(json.dumps(figures) if given.json else "\n".join(f"{name:30} {value}" for name, value in figures.items()))
    raise SystemExit(bool(figures["lost"] or figures["doubled"]))


if __name__ == "__main__":
    main()
