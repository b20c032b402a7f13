"""Pages that bear a mark which is respected are neither archived nor read, unless the rights are cleared."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from extract.archive import iter_archive
from extract.types import Candidate
from flows.settings import Settings, load_settings
from flows.stages import RunContext, fetch_batch
from flows.status import read_status

PAGES = {
    "/free": ("", "<p>Boats</p>"),
    "/head": ("noarchive", "<p>Boats</p>"),
    "/meta": ("", "<meta name=tdm-reservation content=1><p>Boats</p>"),
    "/noai": ("noai", "<p>Boats</p>"),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path not in PAGES:
            self.send_error(404)
            return
        mark, text = PAGES[self.path]
        body = f"<html><head><title>Boats</title>{text}</html>".encode()
        self.send_response(200)
        if mark:
            self.send_header("X-Robots-Tag", mark)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def settings(folder: Path, more: str) -> Settings:
    folder.mkdir()
    file = folder / "newsledger.toml"
    head = "[fetch]\nmin_host_interval_s = 0.0\nslow_host_factor = 0.0\n"
    file.write_text(head + more.format(source='[[sources]]\nname = "s"\nfeeds = ["http://x/"]\nallow_private = true\n'))
    return load_settings(file)


@pytest.mark.parametrize(
    ("more", "reserved"),
    [
        ("{source}", {"/head", "/meta"}),
        ('respect = ["noai"]\n{source}', {"/noai"}),
        ("respect = []\n{source}", set()),
        ("{source}rights_cleared = true\n", set()),
    ],
)
def test_what_is_reserved_leaves_only_its_row(tmp_path: Path, site: str, more: str, reserved: set[str]) -> None:
    told = settings(tmp_path / "desk", more)
    told.warehouse.path.parent.mkdir(parents=True)
    fetch_batch([Candidate(site + path, "s", "feed") for path in PAGES], RunContext(told, "run", print))
    place = told.archive_place
    rows = {row.url.removeprefix(site): row for file in place.files() for row in iter_archive(place, file)}
    assert {path for path, row in rows.items() if row.outcome == "reserved"} == reserved
    assert {path for path, row in rows.items() if row.outcome == "ok"} == set(PAGES) - reserved
    shown = {(row["mark"], row["left_out"], row["kept"]) for row in read_status(told, gaps=False).reserved_rights}
    bear = {"noarchive": "/head", "tdm": "/meta", "noai": "/noai"}
    assert shown == {(mark, int(path in reserved), int(path not in reserved)) for mark, path in bear.items()}
    assert all(rows[path].page_sha256 is None and rows[path].warc_length is None for path in reserved)
