"""Mutated input for everything that reads what strangers write: each must end, and raise only its own errors.

    python -m benchmarks.fuzz --executions 100000            (shared out among all targets)
    python -m benchmarks.fuzz --executions 5000 --target dates --seed 7
    python -m benchmarks.fuzz --executions 1000000 --done fuzz.jsonl    (run again, it goes on where it was ended)

Seeds are small well-formed inputs, with the cases of ``../shared/data/cases`` where they are; each execution cuts,
doubles, splices, flips or replaces parts of one, or of what became of one before, by what breaks parsers. Work is done
in parts, each with a seed of its own, so that any part can be run again alone. Prints executions, crashers and the
slowest input of each target; a crasher is written to --keep. An input that takes longer than ten seconds of processor
time is a crasher.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.fuzz_seeds import CASES, LONGEST_INPUT, TOKENS, seeds
from extract.archive.members import parse, walk
from extract.archive.rows import load_fetch
from extract.discover import clean_url, find_feeds, parse_feed, parse_sitemap, read_opml, read_warc
from extract.discover.items import parse_date
from extract.discover.payload import parse_payload
from extract.errors import NewsledgerError
from extract.fetch.body import decode_content
from extract.fetch.errors import AttemptError
from extract.fetch.locations import clean_request_url
from extract.fetch.policy import FetchPolicy
from extract.fetch.retry import is_trustworthy_date, parse_retry_after
from extract.fetch.rights import find_marks
from extract.fetch.robots import Robots
from extract.fetch.route import Route
from extract.fetch.site_files import FileAnswer
from extract.fetch.site_rights import SiteRights
from flows.settings import load_settings
from load.config import WarehouseConfig
from load.query import TextFormat, query, render

NOW = datetime(2024, 11, 23, 12, tzinfo=UTC)
AT = "https://news.example/a"
FORMS: tuple[TextFormat, ...] = ("csv", "json", "markdown")
# Executions of each target in a thousand of all, and in a part: more where one costs less.
SHARES = {
    "dates": (90, 2_000),
    "codings": (180, 4_000),
    "urls": (170, 4_000),
    "feeds": (40, 1_000),
    "sitemaps": (110, 2_000),
    "robots": (100, 2_000),
    "warc": (60, 1_000),
    "html": (30, 500),
    "headers": (150, 4_000),
    "settings": (50, 1_000),
    "queries": (10, 200),
    "text": (10, 200),
}
LONGEST_S = 10.0
KEPT = 200  # inputs that are mutated further


class TooLong(Exception):  # noqa: N818 (the limit is reached: what is wrong is the reader)
    """An execution took more processor time than any input of this size may."""


def _dates(data: bytes, folder: Path) -> None:
    text = data.decode("latin-1")
    parse_retry_after(text, NOW, 86_400)
    is_trustworthy_date(text, NOW)
    parse_date(text)


def _codings(data: bytes, folder: Path) -> None:
    for coding in ("gzip", "deflate", "gzip, gzip", "br", "zstd"):
        try:
            decode_content(data, coding, 1_000_000)
        except AttemptError:
            continue


def _urls(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    clean = clean_url(text)
    assert clean is None or clean_url(clean) == clean, "cleaning twice gives something else"
    try:
        clean_request_url(text)
    except AttemptError:
        return


def _feeds(data: bytes, folder: Path) -> None:
    parse_feed(data, AT)
    find_feeds(data, AT)
    read_opml(data)


def _sitemaps(data: bytes, folder: Path) -> None:
    parse_sitemap(data, AT)


def _robots(data: bytes, folder: Path) -> None:
    answer = FileAnswer(200, data.decode("utf-8-sig", "replace"))
    copies = folder / "robots"
    robots = Robots(copies, FetchPolicy(), lambda: 0.0, lambda *_: answer)
    rights = SiteRights(copies, FetchPolicy(), lambda: 0.0, lambda *_: answer)
    try:
        rights.of(AT, Route())
        assert 0 <= robots.check(AT, Route()) <= FetchPolicy().max_crawl_delay_s
    except AttemptError:
        return
    finally:
        shutil.rmtree(copies)


def _warc(data: bytes, folder: Path) -> None:
    for content in (data, gzip.compress(data)):
        file = folder / "fuzz.warc.gz"
        file.write_bytes(content)
        list(read_warc(file, "s"))
        list(walk(file))
    for read in (parse, load_fetch):
        try:
            read(data)
        except ValueError:
            continue


def _headers(data: bytes, folder: Path) -> None:
    payload = parse_payload(data)
    head, _, body = data.partition(b"\r\n\r\n")
    find_marks(head, body, "newsbot")
    headers = payload.headers if payload else {}
    parse_retry_after(headers.get("retry-after"), NOW, 86_400)
    is_trustworthy_date(headers.get("last-modified"), NOW)


def _settings(data: bytes, folder: Path) -> None:
    file = folder / "newsledger.toml"
    file.write_bytes(data)
    load_settings(file, {})


def _queries(data: bytes, folder: Path) -> None:
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    if not config.published.exists():
        with duckdb.connect(str(config.published)) as con:
            con.execute("create table claims as select 'troops' as subject, 59000.0 as value, date '2024-11-23' as day")
    answer = query(config, data.decode("utf-8", "replace"))
    for form in FORMS:
        render(answer, form)


def _html(data: bytes, folder: Path) -> None:
    from extract import extract_article

    extract_article(data, url=AT, fetched_at=NOW)


def _text(data: bytes, folder: Path) -> None:
    from extract import read_rows

    read_rows(data.decode("utf-8", "replace"), published_at=NOW, language="en", version_id="v")


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    "dates": _dates,
    "codings": _codings,
    "urls": _urls,
    "feeds": _feeds,
    "sitemaps": _sitemaps,
    "robots": _robots,
    "warc": _warc,
    "html": _html,
    "headers": _headers,
    "settings": _settings,
    "queries": _queries,
    "text": _text,
}


def mutate(data: bytes, draw: random.Random) -> bytes:
    """Change an input in one to four places."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(changed) + 1)
        end = min(len(changed), start + draw.choice((0, 1, 2, 8, 40)))
        part = bytes(changed[start:end])
        token = draw.choice(TOKENS)
        changed[start:end] = draw.choice((b"", part * 2, part[::-1], token, token + part, bytes([draw.randrange(256)])))
        if draw.random() < 0.05:
            changed *= draw.randint(2, 30)
    return bytes(changed[:LONGEST_INPUT])


def inputs(given: list[bytes], draw: random.Random) -> Iterator[bytes]:
    """Yield mutated inputs without end: of the given ones, and of mutated ones that are still short."""
    kept: list[bytes] = []
    while True:
        data = mutate(draw.choice(kept if kept and draw.random() < 0.3 else given), draw)
        if len(data) < 2_000 and draw.random() < 0.1:
            place = draw.randrange(KEPT)
            kept[place : place + 1] = [data]
        yield data


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooLong in this thread when the block takes more processor time."""

    def end(*_: object) -> None:
        raise TooLong(f"more than {seconds:.0f} s")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fuzz(
    target: str, executions: int, seed: int, folder: Path, cases: Path | None = None
) -> tuple[dict[str, Any], list[bytes]]:
    """Run a target so many times; return the figures and the inputs at which it raised what is none of its errors."""
    mutated = inputs(seeds(target, cases), random.Random(seed))
    crashers: dict[str, bytes] = {}
    slowest, began_all = 0.0, time.process_time()
    for _ in range(executions):
        data, began = next(mutated), time.process_time()
        try:
            with limited(LONGEST_S):
                TARGETS[target](data, folder)
        except NewsledgerError:
            pass
        except Exception as error:
            crashers.setdefault(_kind(error), data)
        slowest = max(slowest, time.process_time() - began)
    figures = {
        "target": target,
        "seed": seed,
        "executions": executions,
        "crashers": sorted(crashers),
        "slowest_s": round(slowest, 3),
        "seconds": round(time.process_time() - began_all, 1),
    }
    return figures, list(crashers.values())


def _kind(error: Exception) -> str:
    """Name what was raised and where; not the message, which quotes the input."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


def parts(targets: list[str], executions: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """Share executions out among targets; yield target, executions and seed of each part, the targets in turn."""
    whole = sum(SHARES[target][0] for target in targets)
    left = {target: round(executions * SHARES[target][0] / whole) for target in targets}
    while any(left.values()):
        for target in targets:
            if left[target]:
                count = min(left[target], SHARES[target][1])
                left[target] -= count
                yield target, count, seed
        seed += 1


def _done(file: Path | None) -> list[dict[str, Any]]:
    if file is None or not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> int:
    """Print a line of figures for each target; leave with 1 when one raised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", action="append", choices=list(TARGETS))
    parser.add_argument("--executions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--done", type=Path, help="File of the parts that are done; those in it are not run again.")
    parser.add_argument("--cases", type=Path, default=CASES, help="Folder of pages and texts that are seeds as well.")
    parser.add_argument("--keep", type=Path, help="Folder for the inputs that crashed.")
    given = parser.parse_args()
    done = _done(given.done)
    known = {(part["target"], part["executions"], part["seed"]) for part in done}
    for part in parts(given.target or list(TARGETS), given.executions, given.seed):
        if part not in known:
            target, count, seed = part
            with tempfile.TemporaryDirectory() as folder:
                figures, crashers = fuzz(target, count, seed, Path(folder), given.cases)
            done.append(figures)
            if given.done:
                with given.done.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(figures) + "\n")
            keep(target, crashers, given.keep)
    return report(done)


def keep(target: str, crashers: list[bytes], folder: Path | None) -> None:
    """Write inputs that crashed a target into a folder."""
    for data in crashers if folder else ():
        place = Path(folder or "")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)


def report(done: list[dict[str, Any]]) -> int:
    """Print what the parts come to by target and in all; return 1 when one crashed."""
    executions: Counter[str] = Counter()
    for part in done:
        executions[part["target"]] += part["executions"]
    for target, count in executions.items():
        own = [part for part in done if part["target"] == target]
        crashers = sorted({kind for part in own for kind in part["crashers"]})
        slowest, seconds = max(part["slowest_s"] for part in own), round(sum(part["seconds"] for part in own), 1)
        figures = {"target": target, "executions": count, "crashers": crashers, "slowest_s": slowest}
        print(json.dumps(figures | {"seconds": seconds}))
    print(json.dumps({"executions": executions.total(), "crashed": any(part["crashers"] for part in done)}))
    return int(any(part["crashers"] for part in done))


if __name__ == "__main__":
    raise SystemExit(main())
