"""A month of CC-NEWS from a server on loopback: filtered by host, resumed where it broke, told before it is read."""

from __future__ import annotations

import gzip
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extract.discover.ccnews import listing_url, of_hosts, read_listing
from extract.errors import InputError
from extract.fetch.stream import StreamError
from flows.ccnews import Progress, hosts_of, plan_month, take_month, total_bytes
from flows.commands.ccnews import take_ccnews
from flows.settings import load_settings
from load.connection import looking
from sample.generator import generate_articles, warc_records

LISTING = "/crawl-data/CC-NEWS/2024/11/warc.paths.gz"
FILES = ["crawl-data/CC-NEWS/2024/11/CC-NEWS-1.warc.gz", "crawl-data/CC-NEWS/2024/11/CC-NEWS-2.warc.gz"]
RECORDS = list(warc_records(generate_articles(60, seed=5)))


@dataclass
class Host:
    """The files of a data host, what was asked of it, and after how many bytes it breaks off (once each)."""

    files: dict[str, bytes]
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(host: Host):
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(is_head=True)

        def do_GET(self) -> None:
            self.answer(is_head=False)

        def answer(self, is_head: bool) -> None:
            ranged = self.headers.get("Range")
            host.asked.append((self.command, self.path, ranged))
            data = host.files.get(self.path)
            start = int(ranged.removeprefix("bytes=").rstrip("-")) if ranged else 0
            self.send_response(404 if data is None else 206 if ranged else 200)
            data = (data or b"")[start:]
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if not is_head:
                cut = host.breaks.pop(0) if host.breaks and self.path != LISTING else len(data)
                self.wfile.write(data[:cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host():
    files = {f"/{FILES[0]}": b"".join(RECORDS[:30]), f"/{FILES[1]}": b"".join(RECORDS[30:])}
    with serving(Host({LISTING: gzip.compress("\n".join(FILES).encode()), **files})) as host:
        yield host


@pytest.fixture
def settings(tmp_path, host):
    file = tmp_path / "newsledger.toml"
    file.write_text(
        f'[fetch]\nbackoff_base_s = 0.01\n[run]\nbatch_pages = 5\nworkers = 1\ncc_news_url = "{host.address}"\n'
        f'[[sources]]\nname = "ours"\nfeeds = ["https://{HOST}/rss"]\n'
    )
    return load_settings(file)


def hosts_of_records() -> list[str]:
    return [gzip.decompress(r).split(b"WARC-Target-URI: ")[1].split(b"/")[2].decode() for r in RECORDS]


HOST = max(set(hosts_of_records()), key=hosts_of_records().count)
OURS = hosts_of_records().count(HOST)


def pages(settings) -> list[str]:
    with looking(settings.warehouse) as view:
        rows = view.connection.execute("select url from fetches where purpose = 'page' order by url").fetchall()
    return [row[0] for row in rows]


def taken(settings):
    (source,) = settings.all_sources()
    return take_month(settings, plan_month(settings, "2024-11", source, ()), source)


def test_only_pages_of_the_publishers_hosts_are_kept(settings, host):
    done = taken(settings)
    assert (done.files, done.passed_over, done.failed) == (2, len(RECORDS) - OURS, ())
    assert len(pages(settings)) == OURS
    assert all(f"//{HOST}/" in url for url in pages(settings))


def test_a_month_that_was_read_is_not_read_again(settings, host):
    taken(settings)
    before = pages(settings)
    host.asked.clear()
    again = taken(settings)
    assert [path for _, path, _ in host.asked] == [LISTING]
    assert (again.files, pages(settings)) == (0, before)


def test_a_connection_that_breaks_goes_on_where_it_broke(settings, host):
    size = len(host.files[f"/{FILES[0]}"])
    host.breaks = [size // 3, size // 4]
    assert taken(settings).failed == ()
    assert len(pages(settings)) == OURS
    ranges = [ranged for _, path, ranged in host.asked if path == f"/{FILES[0]}"]
    assert ranges == [None, f"bytes={size // 3}-", f"bytes={size // 3 + size // 4}-"]


def test_a_file_that_keeps_failing_is_gone_on_with_by_the_next_call(settings, host):
    size = len(host.files[f"/{FILES[0]}"])
    host.breaks = [size // 2, 0, 0, 0]
    first = taken(settings)
    assert (first.files, len(first.failed)) == (1, 1)
    assert "breaks off" in first.failed[0]
    (source,) = settings.all_sources()
    at = Progress(settings, source, hosts_of(source)).at(f"{host.address}/{FILES[0]}")
    host.asked.clear()
    assert taken(settings).failed == ()
    assert [ranged for _, path, ranged in host.asked if path == f"/{FILES[0]}"] == [f"bytes={at}-" if at else None]
    assert 0 < at < size
    assert len(pages(settings)) == OURS


def test_without_its_notes_it_reads_anew_and_doubles_nothing(settings):
    taken(settings)
    before = pages(settings)
    for file in (settings.state_dir / "cc-news").iterdir():
        file.write_text("{")
    assert taken(settings).files == 2
    assert pages(settings) == before


def test_a_dry_run_says_how_much_it_is_and_reads_nothing(settings, host, capsys):
    (source,) = settings.all_sources()
    size = sum(len(data) for path, data in host.files.items() if path != LISTING)
    assert total_bytes(settings, plan_month(settings, "2024-11", source, ())) == (size, False)
    host.asked.clear()
    given = {"source": "ours", "hosts": [], "dry_run": True}
    assert take_ccnews(settings, "2024-11", **given, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (len(told["files"]), told["bytes"], told["hosts"]) == (2, size, [HOST.removeprefix("www.")])
    assert {command for command, path, _ in host.asked if path != LISTING} == {"HEAD"}
    assert take_ccnews(settings, "2024-11", **given, as_json=False) == 0
    assert f"{size:,} bytes" in capsys.readouterr().out
    assert not settings.warehouse.path.exists()


def test_what_cannot_be_read_is_said(settings, host):
    (source,) = settings.all_sources()
    with pytest.raises(InputError, match="not a month"):
        plan_month(settings, "2024-13", source, ())
    with pytest.raises(StreamError, match="404"):
        plan_month(settings, "2024-12", source, ())
    host.files[LISTING] = b"<html>not found"
    with pytest.raises(InputError, match="not WARC files"):
        plan_month(settings, "2024-11", source, ())
    host.files[f"/{FILES[0]}"] = b"\x1f\x8b" + b"junk" * 99
    host.files[LISTING] = FILES[0].encode()
    assert "cannot be read" in taken(settings).failed[0]
    assert pages(settings) == []


def test_hosts_are_names_and_all_below_them():
    wanted = of_hosts(["WWW.Example.org"])
    assert [wanted(f"https://{host}/a") for host in ("example.org", "www.example.org", "news.example.org")] == [
        True
    ] * 3
    assert not any(wanted(url) for url in ("https://notexample.org/", "https://example.org.evil/", "https://[", ""))


def test_a_listing_is_read_packed_and_plain():
    assert listing_url("https://data.example", "2024-11") == f"https://data.example{LISTING}"
    for data in ("\n".join(FILES).encode(), gzip.compress("\n".join(FILES).encode())):
        assert read_listing(data, "https://data.example/x") == [f"https://data.example/x/{file}" for file in FILES]
