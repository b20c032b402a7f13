"""The archive under damage, and its speed against fastwarc alone.

python -m benchmarks.archive [--trials 1000] [--pages 300] [--json]
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extract.archive import ArchiveError, ArchiveFolder, ArchiveWriter, iter_archive, read_page, repair
from extract.fetch import FetchResult
from extract.types import Fetch

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def results(count: int, seed: int = 1, words: int = 6000) -> list[FetchResult]:
    """Make pages of random words, about as compressible as text."""
    draw = random.Random(seed)
    vocabulary = ["".join(draw.choices("etaoinshrdlu", k=draw.randint(2, 9))) for _ in range(5000)]
    made = []
    for number in range(count):
        body = " ".join(draw.choices(vocabulary, k=words)).encode()
        url, digest = f"https://news.example/{number}", hashlib.sha256(body).hexdigest()
        fetch = Fetch(str(number), "bench", url, NOW, "ok", status=200, page_sha256=digest)
        made.append(FetchResult(fetch, b"GET / HTTP/1.1\r\n\r\n", HEAD, body, body))
    return made


def write(root: Path, pages: list[FetchResult]) -> list[Fetch]:
    """Write all to one archive file."""
    with ArchiveWriter(ArchiveFolder(root), max_bytes=10**10, now=lambda: NOW) as writer:
        return [writer.write(page) for page in pages]


def damage(trials: int, kind: str, seed: int = 7) -> dict[str, int]:
    """Cut a file, or flip one bit of it, at random; read everything, and compare with what was written."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        rows = write(root, results(12, words=300))
        path = root / str(rows[0].warc_file)
        whole = path.read_bytes()
        lost = silent = 0
        for _ in range(trials):
            at = draw.randrange(len(whole))
            flipped = bytearray(whole)
            flipped[at] ^= 1 << draw.randrange(8)
            path.write_bytes(whole[:at] if kind == "cut" else bytes(flipped))
            if kind == "cut":
                repair(path)
            one_lost, one_silent = _judge(root, rows, at)
            lost, silent = lost + one_lost, silent + one_silent
    return {"trials": trials, "whole_before_damage_lost": lost, "silent_corruption": silent}


def _judge(root: Path, rows: list[Fetch], at: int) -> tuple[int, int]:
    before = [r for r in rows if (r.warc_offset or 0) + (r.warc_length or 0) <= at]
    lost = silent = 0
    for row in rows:
        try:
            body = read_page(ArchiveFolder(root), row).body
        except ArchiveError:
            lost += row in before
        else:
            silent += hashlib.sha256(body).hexdigest() != row.page_sha256
    known = {row.fetch_id: row for row in rows}
    found = list(iter_archive(ArchiveFolder(root), str(rows[0].warc_file)))
    silent += sum(known.get(row.fetch_id) != row for row in found)
    # An attempt is whole before the damage when the next one begins there.
    starts = [row.warc_offset or 0 for row in rows]
    complete = [row for row, following in zip(rows, starts[1:], strict=False) if following <= at]
    # The next attempt's request record stands between; it may be torn without harm.
    lost += sum(row not in found for row in complete)
    return lost, silent


def speed(count: int) -> dict[str, float]:
    """MB of page bytes a CPU second, written and read, with the same compression level."""
    pages = results(count)
    size = sum(len(page.raw) for page in pages) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        rows: list[Fetch] = []
        writing = _cpu(lambda: rows.extend(write(root, pages)))
        reading = _cpu(lambda: [read_page(ArchiveFolder(root), row) for row in rows])
        bare = root / "bare.warc.gz"
        bare_writing = _cpu(lambda: _bare_write(bare, pages))
        bare_reading = _cpu(lambda: _bare_read(bare))
    return {
        "write_mb_s": round(size / writing, 1),
        "fastwarc_write_mb_s": round(size / bare_writing, 1),
        "read_mb_s": round(size / reading, 1),
        "fastwarc_read_mb_s": round(size / bare_reading, 1),
    }


def _bare_write(path: Path, pages: list[FetchResult]) -> None:
    writer = GzipWriter(str(path), compression_level=6)
    for page in pages:
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = page.fetch.url
        record.set_bytes_content(page.response + page.raw)
        record.write(writer, checksum_data=True)
    writer.close()


def _bare_read(path: Path) -> None:
    for record in ArchiveIterator(io.BytesIO(path.read_bytes()), verify_digests=True):
        hashlib.sha256(record.reader.read()).hexdigest()


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = {kind: damage(options.trials, kind) for kind in ("cut", "flip")} | {"speed": speed(options.pages)}
    for name, values in figures.items():
        print(name, "  ".join(f"{key} {value}" for key, value in values.items()))
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
