"""The sample newsroom over real HTTP: each outlet a host of its own on loopback.

Each outlet listens on its own port of 127.0.0.1. To HTTP an origin is scheme, host and port (RFC 9110
section 4.3.1) and robots.txt holds for one origin (RFC 9309 section 2.3), so ports separate outlets as
host names do on the web, and need no configuration on any system (the other loopback addresses such
as 127.0.0.2 do on macOS).
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qs, urlsplit

from extract.types import Source
from sample.content import SampleArticle, load_articles
from sample.outlets import OUTLETS, Outlet
from sample.site import Answer, Site, control_answer, http_date

LATEST = datetime.max.replace(tzinfo=UTC)
DEFAULT_PORT = 8701


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the server's own log; ``at`` is when the request arrived (UTC), ``done_at`` when it was answered."""

    at: datetime
    done_at: datetime
    outlet: str
    method: str
    path: str
    status: int
    user_agent: str | None
    if_none_match: str | None
    if_modified_since: str | None


@dataclass(slots=True)
class Newsroom:
    """The running newsroom: where its outlets are, what was asked of them, and its clock."""

    sites: dict[str, Site]
    requests: list[Request] = field(default_factory=list)

    def base_url(self, outlet: str) -> str:
        """The outlet's address without trailing slash; ``KeyError`` when there is no such outlet."""
        return self.sites[outlet].base

    @property
    def sources(self) -> tuple[Source, ...]:
        """The outlets as sources of the pipeline, with leave to fetch from loopback."""
        return tuple(_source(site) for site in self.sites.values())

    def advance(self, to: datetime | None = None) -> None:
        """Move the clock: publish what is new and revised up to ``to``, or every revision without it."""
        for site in self.sites.values():
            site.now = to or LATEST


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], newsroom: Newsroom, outlet: str) -> None:
        super().__init__(address, _Handler)
        self.newsroom = newsroom
        self.outlet = outlet

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which can take seconds where no resolver answers."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleNewsroom"
    sys_version = ""
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._serve(self._site().answer(self.path))

    def do_HEAD(self) -> None:
        self._serve(self._site().answer(self.path))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve(self._control())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: ``Newsroom.requests`` is the log."""

    def _site(self) -> Site:
        self._began = datetime.now(UTC)
        return self.server.newsroom.sites[self.server.outlet]

    def _control(self) -> Answer:
        self._began = datetime.now(UTC)
        parts = urlsplit(self.path)
        if parts.path != "/_control/advance":
            return Answer(404, b"The one address to post to is /_control/advance.", "text/plain")
        wanted = parse_qs(parts.query).get("to", [""])[0].replace(" ", "+")
        try:
            moment = datetime.fromisoformat(wanted) if wanted else None
        except ValueError:
            return Answer(400, b"to= takes an ISO 8601 time with its offset.", "text/plain")
        if moment and moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        self.server.newsroom.advance(moment)
        return control_answer(wanted or "latest")

    def _serve(self, answer: Answer) -> None:
        unchanged = answer.status == 200 and self._is_unchanged(answer)
        status = 304 if unchanged else answer.status
        body = b"" if unchanged else answer.body
        self.send_response(status)
        body = self._compress(answer, body)
        if not unchanged:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self._validators(answer)
        for name, value in answer.headers:
            self.send_header(name, value)
        # Logged before the last byte goes out, so that whoever has read the answer finds it in the log.
        self.server.newsroom.requests.append(self._request(status))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _compress(self, answer: Answer, body: bytes) -> bytes:
        is_text = answer.content_type.startswith(("text/", "application/rss", "application/atom"))
        if not is_text or len(body) < 1000 or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return body
        self.send_header("Content-Encoding", "gzip")
        return gzip.compress(body, 1, mtime=0)

    def _validators(self, answer: Answer) -> None:
        if answer.status == 200:
            self.send_header("ETag", answer.etag)
            self.send_header("Vary", "Accept-Encoding")
        if answer.modified_at:
            self.send_header("Last-Modified", http_date(answer.modified_at))

    def _is_unchanged(self, answer: Answer) -> bool:
        """RFC 9110 section 13.2.2: If-None-Match decides alone when it is there."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None or answer.modified_at is None:
            return False
        try:
            return answer.modified_at.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def _request(self, status: int) -> Request:
        return Request(
            at=self._began,
            done_at=datetime.now(UTC),
            outlet=self.server.outlet,
            method=self.command,
            path=self.path,
            status=status,
            user_agent=self.headers.get("User-Agent"),
            if_none_match=self.headers.get("If-None-Match"),
            if_modified_since=self.headers.get("If-Modified-Since"),
        )


@contextmanager
def serve_newsroom(
    port: int = 0,
    articles: Iterable[SampleArticle] | None = None,
    now: datetime | None = None,
    *,
    host: str = "127.0.0.1",
    crawl_delay: float = 0.2,
    misbehave: bool = True,
) -> Iterator[Newsroom]:
    """Run the newsroom in threads of this process until the block ends.

    ``port`` is the first of eight consecutive ports; 0 takes free ones. ``articles`` are the hand-written
    ones unless given. ``now`` is the newsroom's clock: nothing later is online; without it every article is
    online in its first version until ``Newsroom.advance``. ``crawl_delay`` (seconds) stands in each robots.txt.
    ``misbehave=False`` leaves out all faults and all pages that are no articles, for measuring.
    Raises ``OSError`` when a port is taken.
    """
    published = tuple(load_articles() if articles is None else articles)
    newsroom = Newsroom({})
    with ExitStack() as stack:
        for index, outlet in enumerate(OUTLETS):
            server = _Server((host, port + index if port else 0), newsroom, outlet.slug)
            stack.callback(server.server_close)
            base = f"http://{host}:{server.server_address[1]}"
            newsroom.sites[outlet.slug] = Site.of(
                outlet, base, published, crawl_delay=crawl_delay, now=now, misbehave=misbehave
            )
            _start(server, stack)
        yield newsroom


def _start(server: _Server, stack: ExitStack) -> None:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)


def run_forever(
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    articles: Iterable[SampleArticle] | None = None,
    *,
    crawl_delay: float = 0.2,
) -> None:
    """Serve until Ctrl-C, after printing where the outlets are and their ``[[sources]]`` for the settings file.

    Raises ``OSError`` when a port is taken.
    """
    with serve_newsroom(port, articles, host=host, crawl_delay=crawl_delay) as newsroom:
        print(describe(newsroom), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("The newsroom is closed.")


def describe(newsroom: Newsroom) -> str:
    """The outlets with their addresses, and the TOML that makes them sources of the pipeline."""
    rows = [
        f"{site.outlet.name:22}{site.base}/   {', '.join(path for _, path in site.outlet.announces)}"
        for site in newsroom.sites.values()
    ]
    first = next(iter(newsroom.sites.values())).base
    hint = f"Publish the revisions: curl -X POST {first}/_control/advance   (Ctrl-C ends the newsroom)"
    return "\n".join(
        [*rows, "", hint, "", "For newsledger.toml:", "", *(source_toml(source) for source in newsroom.sources)]
    )


def source_toml(source: Source) -> str:
    """One source as a ``[[sources]]`` table of the settings file."""
    lines = ["[[sources]]", f'name = "{source.name}"', f'publisher = "{source.publisher}"']
    for key, urls in (("feeds", source.feeds), ("sitemaps", source.sitemaps)):
        if urls:
            lines.append(f"{key} = [{', '.join(f'{chr(34)}{url}{chr(34)}' for url in urls)}]")
    return "\n".join([*lines, "allow_private = true", ""])


def _source(site: Site) -> Source:
    def where(outlet: Outlet, wanted: bool) -> tuple[str, ...]:
        return tuple(site.base + path for kind, path in outlet.announces if ("sitemap" in kind) is wanted)

    return Source(
        name=site.outlet.slug,
        publisher=site.outlet.name,
        feeds=where(site.outlet, False),
        sitemaps=where(site.outlet, True),
        base_url=site.base,
        allow_private=True,
    )
