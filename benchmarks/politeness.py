"""Two processes fetch from 50 virtual hosts at once; the server's own log is the witness.

    python -m benchmarks.politeness [--requests 10000] [--hosts 50] [--interval 0.05] [--json]

A third of the hosts is asked for addresses that are known, a third is a source of section pages and a third one of
sitemaps alone, behind an index. Counted as violations: two transfers of one host at the same time, a rest shorter than
the interval or the crawl-delay, a request for a disallowed path, one for a page that the site's file reserves, one
before a Retry-After is over, a site's file asked for again, and one for a link of a section page that leads to no
article.
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
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from extract.discover import discover
from extract.fetch import Fetcher, FetchPolicy
from extract.fetch.site_rights import AI_PATH, TDM_PATH
from extract.types import Source

Hit = tuple[str, str, float, float]
CRAWL_DELAY_S = 0.1
RETRY_AFTER_S = 1
PROCESSES = 2
# By the number of the host: how its pages are announced, if at all.
ANNOUNCED = ("", "/section", "/sitemaps.xml")


class Witness:
    """Answers on the first loopback addresses at one port and writes down who was asked what, from when to when."""

    def __init__(self, hosts: int, pages: int = 0) -> None:
        """Listen on so many addresses, whose announcements name so many pages for each process."""
        self.hits: list[Hit] = []
        self.pages = pages
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
                answer = _answer_to(path, f"http://{host}:{self.port}", self.pages)
                self.hits.append((host, path, began, time.time()))
                client.sendall(answer)


def _answer_to(path: str, base: str, pages: int) -> bytes:
    number = int((urlsplit(base).hostname or "").split(".")[-1])
    if path == "/robots.txt":
        delay = f"Crawl-delay: {CRAWL_DELAY_S}\n" if number % 5 == 0 else ""
        closed = f"Disallow: {TDM_PATH}\n" if number % 7 == 0 else ""
        return _http("200 OK", f"User-agent: *\nDisallow: /private/\n{closed}{delay}".encode())
    if path == TDM_PATH:
        return _http("200 OK", b'[{"location": "/reserved/", "tdm-reservation": 1}]')
    if path == AI_PATH:
        return _http("404 Not Found", b"")
    if path.startswith("/busy/"):
        return _http("429 Too Many Requests", b"", f"Retry-After: {RETRY_AFTER_S}\r\n")
    if path == "/section":
        return _http("200 OK", _section(pages))
    if path.startswith("/sitemap"):
        return _http("200 OK", _sitemap(path, base, pages), kind="application/xml")
    return _http("200 OK", b"<p>page</p>")


def _section(pages: int) -> bytes:
    links = [path for process in range(PROCESSES) for path in _paths(pages, process)]
    teasers = "".join(f'<article><h2><a href="{link}">What happened at {link}</a></h2></article>' for link in links)
    return f'<body><nav><a href="/more/2">More news of today</a></nav><main>{teasers}</main></body>'.encode()


def _sitemap(path: str, base: str, pages: int) -> bytes:
    if path == "/sitemaps.xml":
        kind, places = "sitemap", [f"/sitemap-{process}.xml" for process in range(PROCESSES)]
    else:
        kind, places = "url", _paths(pages, int(path.removeprefix("/sitemap-").removesuffix(".xml")))
    entries = "".join(f"<{kind}><loc>{base}{place}</loc></{kind}>" for place in places)
    root = "sitemapindex" if kind == "sitemap" else "urlset"
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()


def _http(status: str, body: bytes, more: str = "", *, kind: str = "text/html") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _paths(count: int, process: int) -> list[str]:
    kinds = {0: "private", 1: "busy", 2: "reserved"}
    # Numbers as long as those that articles have.
    return [f"/{kinds.get(n % 40, 'page')}/{process}-{1_000_000 + n}" for n in range(2, count + 2)]


def crawl(process: int, port: int, hosts: int, count: int, interval_s: float, state: str) -> None:
    """Fetch ``count`` pages of each host, each host in a thread, as they are announced there."""
    source = Source("witness", allow_private=True)
    policy = FetchPolicy(min_host_interval_s=interval_s, slow_host_factor=0)
    with Fetcher(policy, Path(state)) as fetcher, ThreadPoolExecutor(hosts) as threads:

        def visit(number: int) -> None:
            base = f"http://127.0.0.{number + 1}:{port}"
            urls = [base + path for path in _paths(count, process)]
            if announced := ANNOUNCED[number % len(ANNOUNCED)]:
                places = (base + announced,)
                is_section = announced == "/section"
                own = replace(source, sections=places) if is_section else replace(source, sitemaps=places)
                found = discover(own, fetcher).candidates
                # The other process asks for the rest.
                urls = [candidate.url for candidate in found if candidate.url in set(urls)]
            for url in urls:
                fetcher.fetch(url, source=source, respect=policy.respect)

        list(threads.map(visit, range(hosts)))


def violations(hits: list[Hit], interval_s: float) -> Counter[str]:
    """Judge the server's log."""
    found: Counter[str] = Counter(robots=0, reserved=0, files=0, slot=0, delay=0, retry_after=0, beyond=0)
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
        asked = Counter(path for _, path, _, _ in own)
        is_closed = int(host.split(".")[-1]) % 7 == 0
        found["robots"] += sum(path.startswith("/private/") for path in asked) + is_closed * asked[TDM_PATH]
        found["reserved"] += sum(path.startswith("/reserved/") for path in asked) * (not is_closed)
        # Two processes may ask at one moment, and no more.
        found["files"] += sum(asked[path] > PROCESSES for path in ("/robots.txt", TDM_PATH, AI_PATH))
        found["beyond"] += sum(path.startswith("/more/") for _, path, _, _ in own)
    return found


def measure(requests: int, hosts: int, interval_s: float) -> dict[str, int]:
    """Run the two processes against the witness."""
    pages = requests // hosts // PROCESSES
    witness = Witness(hosts, pages)
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as state:
        workers = [
            context.Process(target=crawl, args=(n, witness.port, hosts, pages, interval_s, state))
            for n in range(PROCESSES)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    found = violations(witness.hits, interval_s)
    asked = Counter(path.split("/")[1] for _, path, _, _ in witness.hits)
    announcing = {"sections_asked": asked["section"], "sitemaps_asked": asked["sitemaps.xml"]}
    return {
        "requests_seen": len(witness.hits),
        "hosts": hosts,
        **announcing,
        **found,
        "violations": sum(found.values()),
    }


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
