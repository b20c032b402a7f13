"""Two processes fetch from 50 virtual hosts at once; the server's own log is the witness.

    python -m benchmarks.politeness [--requests 10000] [--hosts 50] [--interval 0.05] [--json]

Counted as violations: two transfers of one host at the same time, a rest shorter than the interval or the crawl-delay,
a request for a disallowed path, and a request before a Retry-After is over.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import socket
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from extract.fetch import Fetcher, FetchPolicy
from extract.types import Source

Hit = tuple[str, str, float, float]
CRAWL_DELAY_S = 0.1
RETRY_AFTER_S = 1


class Witness:
    """Answers on the first loopback addresses at one port and writes down who was asked what, from when to when."""

    def __init__(self, hosts: int) -> None:
        self.hits: list[Hit] = []
        self.port = 0
        for number in range(1, hosts + 1):
            listener = socket.create_server((f"127.0.0.{number}", self.port), backlog=512)
            self.port = listener.getsockname()[1]
            threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        host = client.getsockname()[0]
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with client, client.makefile("rb") as lines, suppress(OSError):
            while request := lines.readline():
                began = time.time()
                while lines.readline().strip():
                    pass
                path = request.split()[1].decode()
                answer = _answer_to(path, host)
                self.hits.append((host, path, began, time.time()))
                client.sendall(answer)


def _answer_to(path: str, host: str) -> bytes:
    number = int(host.split(".")[-1])
    if path == "/robots.txt":
        delay = f"Crawl-delay: {CRAWL_DELAY_S}\n" if number % 5 == 0 else ""
        return _http("200 OK", f"User-agent: *\nDisallow: /private/\n{delay}".encode())
    if path.startswith("/busy/"):
        return _http("429 Too Many Requests", b"", f"Retry-After: {RETRY_AFTER_S}\r\n")
    return _http("200 OK", b"<p>page</p>")


def _http(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _paths(count: int, process: int) -> list[str]:
    kinds = {0: "private", 1: "busy"}
    return [f"/{kinds.get(n % 40, 'page')}/{process}-{n}" for n in range(2, count + 2)]


def crawl(process: int, port: int, hosts: int, count: int, interval_s: float, state: str) -> None:
    """Fetch ``count`` pages of each host, each host in a thread."""
    source = Source("witness", allow_private=True)
    policy = FetchPolicy(min_host_interval_s=interval_s, slow_host_factor=0)
    with Fetcher(policy, Path(state)) as fetcher, ThreadPoolExecutor(hosts) as threads:

        def visit(number: int) -> None:
            for path in _paths(count, process):
                fetcher.fetch(f"http://127.0.0.{number + 1}:{port}{path}", source=source)

        list(threads.map(visit, range(hosts)))


def violations(hits: list[Hit], interval_s: float) -> Counter[str]:
    """Judge the server's log."""
    found: Counter[str] = Counter(robots=0, slot=0, delay=0, retry_after=0)
    by_host: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: hit[2]):
        by_host.setdefault(hit[0], []).append(hit)
    for host, own in by_host.items():
        delay = max(interval_s, CRAWL_DELAY_S if int(host.split(".")[-1]) % 5 == 0 else 0)
        for last, this in pairwise(own):
            rest = this[2] - last[3]
            found["slot"] += rest < 0
            # Robots.txt itself comes before its own delay is known.
            found["delay"] += rest < (interval_s if last[1] == "/robots.txt" else delay)
            found["retry_after"] += last[1].startswith("/busy/") and rest < RETRY_AFTER_S
        found["robots"] += sum(path.startswith("/private/") for _, path, _, _ in own)
    return found


def measure(requests: int, hosts: int, interval_s: float) -> dict[str, int]:
    """Run the two processes against the witness."""
    witness = Witness(hosts)
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as state:
        workers = [
            context.Process(target=crawl, args=(n, witness.port, hosts, requests // hosts // 2, interval_s, state))
            for n in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    found = violations(witness.hits, interval_s)
    return {"requests_seen": len(witness.hits), "hosts": hosts, **found, "violations": sum(found.values())}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--requests", type=int, default=10_600, help="attempts; disallowed paths never reach the server"
    )
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--interval", type=float, default=0.05)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.requests, options.hosts, options.interval)
    for name, value in figures.items():
        print(f"{name:16} {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
