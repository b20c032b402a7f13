"""An article that its outlet changes: looked at again at growing intervals, each content kept once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from extract.archive import verify
from flows import stages
from flows.pipeline import ingest
from flows.settings import Settings, load_settings
from load.connection import writer

NOW = datetime.now(UTC)
TEXT = (
    "The harbour office said on Monday that {n} boats had been counted at the quay after the storm, and that all of "
    "their crews were safe. Divers will look at the moorings this week, the office added, and the ferry to the island "
    "will stay in port until they have finished their work. Nobody was hurt."
)


class Outlet(ThreadingHTTPServer):
    """One feed and one article, which can be changed; both answer conditional requests."""

    boats = 12
    asked: list[str]

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def body(self, path: str) -> bytes:
        if path == "/rss":
            item = f"<item><title>Boats</title><link>{self.address('/boats')}</link></item>"
            return f'<rss version="2.0"><channel><title>O</title>{item}</channel></rss>'.encode()
        published = (NOW - timedelta(minutes=10)).isoformat(timespec="seconds")
        return (
            f"<html lang=en><head><title>Boats counted after storm</title>"
            f'<meta property="article:published_time" content="{published}"></head><body><article>'
            f"<h1>Boats counted after storm</h1><p>{TEXT.format(n=self.boats)}</p><p>{TEXT.format(n=3)}</p>"
            f"</article></body></html>"
        ).encode()


class Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        body, tag = self.server.body(self.path), f'"{self.server.boats}"'
        is_known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html" if self.path == "/boats" else "application/rss+xml")
        self.send_header("Content-Length", "0" if is_known else str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if is_known else body)

    def log_message(self, *args: object) -> None:
        pass


pytestmark = pytest.mark.usefixtures("no_models")


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with Outlet(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def settings(tmp_path: Path, outlet: Outlet) -> Settings:
    file = tmp_path / "newsledger.toml"
    file.write_text(
        f'[fetch]\nmin_host_interval_s = 0.0\n[run]\nworkers = 1\n[[sources]]\nname = "outlet"\nallow_private = true\n'
        f'feeds = ["{outlet.address("/rss")}"]\n'
    )
    return load_settings(file)


def rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with writer(settings.warehouse, owner="test") as connection:
        return connection.execute(sql).fetchall()


PAGES = "select outcome, warc_file is not null from fetches where purpose = 'page' order by fetched_at"
VERSIONS = "select regexp_extract(text, 'that (\\d+)', 1) from articles order by fetched_at"


def test_a_changed_article_is_found_and_an_unchanged_one_costs_a_revisit(settings, outlet, monkeypatch):
    ingest.fn(config=settings.file)
    ingest.fn(config=settings.file)
    assert rows(settings, PAGES) == [("ok", True)], "too early for another look"

    monkeypatch.setattr(stages, "utc_now", lambda: NOW + timedelta(hours=2))
    ingest.fn(config=settings.file)
    assert rows(settings, PAGES) == [("ok", True), ("not_modified", True)]
    assert rows(settings, VERSIONS) == [("12",)]

    outlet.boats = 15
    monkeypatch.setattr(stages, "utc_now", lambda: NOW + timedelta(days=2))
    ingest.fn(config=settings.file)
    assert [outcome for outcome, _ in rows(settings, PAGES)] == ["ok", "not_modified", "ok"]
    assert rows(settings, VERSIONS) == [("12",), ("15",)]
    assert list(verify(settings.archive_place)) == []


def test_a_scheduled_run_asks_only_feeds_that_are_due(settings, outlet, monkeypatch):
    ingest.fn(config=settings.file)
    outlet.asked.clear()
    ingest.fn(config=settings.file, only_due=True)
    assert outlet.asked == []
    context = stages.RunContext(settings, "run", print)
    assert stages.plan_visits(settings.all_sources(), context, only_due=True) == [], "a task for a source costs, too"
    assert [visit.source.name for visit in stages.plan_visits(settings.all_sources(), context, only_due=False)]
    ingest.fn(config=settings.file)
    assert "/rss" in outlet.asked
    outlet.asked.clear()
    monkeypatch.setattr(stages, "utc_now", lambda: NOW + timedelta(days=2))
    ingest.fn(config=settings.file, only_due=True)
    assert "/rss" in outlet.asked
