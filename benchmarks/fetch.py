"""Fetch rate on loopback without politeness limits, against a bare ``requests.Session`` doing the same GETs.

    python -m benchmarks.fetch [--pages 1500] [--json]

The server runs in a process of its own; what counts is the CPU time of the client's process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from extract.fetch import Fetcher, FetchPolicy
from extract.types import Source

PAGE = gzip.compress(b"<html><body>" + b"".join(b"<p>Paragraph %d of the page.</p>" % n for n in range(2500)))


class Pages(BaseHTTPRequestHandler):
    """Answers every path with one page, robots.txt with 404."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        """Answer."""
        is_page = self.path != "/robots.txt"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip" if is_page else "identity")
        self.send_header("Content-Length", str(len(PAGE) if is_page else 0))
        self.end_headers()
        self.wfile.write(PAGE if is_page else b"")
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def serve(port: multiprocessing.Queue[int]) -> None:
    """Tell the port and serve forever."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    port.put(server.server_port)
    server.serve_forever()


def measure(pages: int, rounds: int = 3) -> dict[str, float]:
    """Take turns, several rounds, and keep the best of each: noise only adds."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    process.start()
    base = f"http://127.0.0.1:{ports.get(timeout=20)}"
    bare: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as state:
        for _ in range(rounds):
            bare.append(_timed(lambda: _bare(base, pages)))
            ours.append(_timed(lambda: _ours(base, pages, Path(state))))
    process.terminate()
    bare_cpu, ours_cpu = min(cpu for cpu, _ in bare), min(cpu for cpu, _ in ours)
    return {
        "pages": pages,
        "page_bytes": len(gzip.decompress(PAGE)),
        "bare_cpu_ms": round(bare_cpu / pages * 1000, 3),
        "ours_cpu_ms": round(ours_cpu / pages * 1000, 3),
        "cpu_ratio": round(ours_cpu / bare_cpu, 2),
        "bare_pages_s": round(pages / min(wall for _, wall in bare)),
        "ours_pages_s": round(pages / min(wall for _, wall in ours)),
    }


def _timed(work: object) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - cpu, time.perf_counter() - wall


def _bare(base: str, pages: int) -> None:
    with requests.Session() as session:
        for number in range(pages):
            assert session.get(f"{base}/{number}", timeout=10).content


def _ours(base: str, pages: int, state: Path) -> None:
    source = Source("bench", allow_private=True)
    with Fetcher(FetchPolicy(min_host_interval_s=0), state) as fetcher:
        for number in range(pages):
            assert fetcher.fetch(f"{base}/{number}", source=source).fetch.outcome == "ok"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.pages)
    for name, value in figures.items():
        print(f"{name:16} {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
