"""What publishers reserve for a whole site is asked for once, politely, and read as the protocols say: real HTTP."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.fetch import Fetcher, FetchPolicy, FetchResult
from extract.fetch.site_rights import TdmRule, comparable, parse_tdm
from extract.types import Right, Source

TDM, AI = "/.well-known/tdmrep.json", "/ai.txt"
PAGE = b"<html><head><title>Boats</title></head><body><p>Boats came in.</p></body></html>"
POLICY = FetchPolicy(min_host_interval_s=0, slow_host_factor=0, transfer_deadline_s=5, read_timeout_s=5)
SOURCE = Source("paper", allow_private=True)
ALL: tuple[Right, ...] = ("noarchive", "noai", "noimageai", "tdm", "ai.txt")
Answer = tuple[int, dict[str, str], bytes]


def rules(*entries: tuple[str, int]) -> bytes:
    return json.dumps([{"location": where, "tdm-reservation": value} for where, value in entries]).encode()


@contextmanager
def site(files: dict[str, Answer | bytes]) -> Iterator[tuple[str, Counter[str]]]:
    """Serve some paths, 404 for the other files of a site and a page for the rest; yield address and what was asked."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            missing: Answer = (404, {}, b"none")
            answer = files.get(self.path, missing if self.path in ("/robots.txt", TDM, AI) else PAGE)
            status, headers, body = (
                answer if isinstance(answer, tuple) else (200, {"Content-Type": "text/html"}, answer)
            )
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def fetch(base: str, folder: Path, paths: Sequence[str], respect: Sequence[Right] | None = ()) -> list[FetchResult]:
    with Fetcher(POLICY, folder) as fetcher:
        return [fetcher.fetch(base + path, source=SOURCE, respect=respect) for path in paths]


@pytest.mark.parametrize(
    ("file", "reserved", "free"),
    [
        (rules(("/", 1)), ["/", "/a", "/b/c?d=e"], []),
        (rules(("/*", 1)), ["/", "/a"], []),
        (rules(("/a/", 1)), ["/a/", "/a/b"], ["/a", "/b", "/c/a/"]),
        # The first match holds, not the longest.
        (rules(("/free/", 0), ("/", 1)), ["/a"], ["/free/a"]),
        (rules(("/", 1), ("/free/", 0)), ["/a", "/free/a"], []),
        (rules(("/*.html$", 1)), ["/a.html", "/a/b.html"], ["/a.html?print", "/a.htm"]),
        (rules(("/a$", 1)), ["/a"], ["/a/", "/ab", "/b/a"]),
        (rules(("/*/opinion/*/paid", 1)), ["/uk/opinion/x/paid/1"], ["/opinion/x/paid", "/uk/opinion/paid"]),
        (rules(("*", 1)), ["/", "/a"], []),
        (rules(("/caf%C3%A9/", 1)), ["/caf%c3%a9/a"], ["/cafe/a"]),
        (rules(("/%7Eann/", 1)), ["/~ann/a", "/%7eann/a"], []),
        (rules(("/price-%24", 1)), ["/price-$"], ["/price-"]),
        (rules(("/A/", 1)), ["/A/"], ["/a/"]),
        (b'[{"location": "/a", "tdm-reservation": "1"}]', ["/a"], ["/b"]),
        (b'{"location": "/a", "tdm-reservation": 1}', ["/a"], ["/b"]),
        (b'\xef\xbb\xbf[{"location": "/a", "tdm-reservation": 1}]', ["/a"], ["/b"]),
        # What is no rule takes no other rule with it.
        (b'[7, null, {"location": 3}, {"location": "/a"}, {"location": "/a", "tdm-reservation": 1}]', ["/a"], ["/b"]),
    ],
)
def test_the_rules_of_tdmrep_json(tmp_path: Path, file: bytes, reserved: list[str], free: list[str]) -> None:
    with site({TDM: file}) as (base, asked):
        found = fetch(base, tmp_path, [*reserved, *free])
        marks = {result.fetch.url.removeprefix(base): result.fetch.reserved_rights for result in found}
    assert marks == dict.fromkeys(reserved, ("tdm",)) | dict.fromkeys(free, ())
    assert asked[TDM] == asked[AI] == asked["/robots.txt"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Not found, but politely</html>",
        b'[{"location": "/", "tdm-reservation": 1}',
        b"[" * 200_000,
        b'"/"',
        b"[[[1]]]",
        b'[{"location": "/", "tdm-reservation": ' + b"1" * 5000 + b"}]",
        b'[{"location": "/", "tdm-reservation": 2}]',
        "[{'location': '/', 'tdm-reservation': 1}]".encode("utf-16"),
        (404, {}, rules(("/", 1))),
        (500, {}, rules(("/", 1))),
        (204, {}, b""),
        (302, {"Location": TDM}, b""),
        (302, {"Location": "ftp://127.0.0.1/"}, b""),
        (302, {"Location": "http://169.254.169.254/latest"}, b""),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
        # More than a site's file may have, in one rule.
        rules(("/", 1)) + b" " * 600_000,
    ],
)
def test_a_file_that_cannot_be_had_or_read_reserves_nothing(tmp_path: Path, answer: Answer | bytes) -> None:
    with site({TDM: answer, AI: answer if isinstance(answer, tuple) else b"# Write to us.\n\xff"}) as (base, _):
        (result,) = fetch(base, tmp_path, ["/a"], ALL)
    assert (result.fetch.outcome, result.fetch.reserved_rights) == ("ok", ())


def test_a_file_is_followed_to_where_it_was_moved(tmp_path: Path) -> None:
    moved: Answer = (301, {"Location": "/rights.json"}, b"")
    with site({TDM: moved, "/rights.json": rules(("/", 1))}) as (base, _):
        (result,) = fetch(base, tmp_path, ["/a"])
    assert result.fetch.reserved_rights == ("tdm",)


def test_a_page_that_a_file_reserves_is_not_asked_for(tmp_path: Path) -> None:
    terms = "https://paper.example/terms.json"
    file = json.dumps([{"location": "/", "tdm-reservation": 1, "tdm-policy": terms}]).encode()
    with site({TDM: file, AI: b"User-Agent: *\nDisallow: /\n"}) as (base, asked):
        (tdm,) = fetch(base, tmp_path, ["/a"], ["tdm"])
        (ai,) = fetch(base, tmp_path, ["/a"], ["ai.txt"])
        (noted,) = fetch(base, tmp_path, ["/b"], ["noarchive"])
    assert (tdm.fetch.outcome, ai.fetch.outcome, noted.fetch.outcome) == ("reserved", "reserved", "ok")
    assert (asked["/a"], asked["/b"]) == (0, 1)
    assert terms in (tdm.fetch.detail or "")
    assert "ai.txt" in (ai.fetch.detail or "")
    assert tdm.fetch.reserved_rights == ai.fetch.reserved_rights == noted.fetch.reserved_rights == ("tdm", "ai.txt")
    assert not tdm.fetch.is_retryable


@pytest.mark.parametrize(
    ("file", "header", "meta", "marks"),
    [
        (0, "1", None, ("tdm",)),
        (1, "0", None, ()),
        (1, "0", "1", ("tdm",)),
        (1, "1", "0", ()),
        (1, "neither", "", ("tdm",)),
        (0, None, None, ()),
    ],
)
def test_the_page_itself_counts_before_the_file(
    tmp_path: Path, file: int, header: str | None, meta: str | None, marks: tuple[str, ...]
) -> None:
    page = PAGE if meta is None else PAGE.replace(b"</head>", f"<meta name=tdm-reservation content='{meta}'>".encode())
    headers = {"Content-Type": "text/html"} | ({} if header is None else {"TDM-Reservation": header})
    with site({TDM: rules(("/", file)), "/a": (200, headers, page)}) as (base, _):
        (result,) = fetch(base, tmp_path, ["/a"])
    assert result.fetch.reserved_rights == marks


@pytest.mark.parametrize(
    ("file", "closed", "open_"),
    [
        (b"User-Agent: *\nDisallow: /\nDisallow: *\n", ["/", "/a", "/a.html"], []),
        (b"User-Agent: *\nDisallow: *.txt\nDisallow: *.html\n", ["/a", "/a/", "/a.html", "/a?b=c"], []),
        (b"User-Agent: *\nDisallow: *.jpg\nDisallow: *.mp4\n", [], ["/", "/a", "/a.html"]),
        (b"User-Agent: *\nDisallow: /archive/\n", ["/archive/a"], ["/a"]),
        (b"User-Agent: *\nDisallow: /\nAllow: *.html\n", [], ["/a"]),
        (b"User-Agent: GPTBot\nDisallow: /\n", [], ["/a"]),
        (b"User-Agent: newsledger\nDisallow: /\n\nUser-Agent: *\nAllow: /\n", ["/a"], []),
        (b"# AI policy\ntraining: deny\n", [], ["/a"]),
    ],
)
def test_what_ai_txt_closes(tmp_path: Path, file: bytes, closed: list[str], open_: list[str]) -> None:
    with site({AI: file}) as (base, _):
        found = fetch(base, tmp_path, [*closed, *open_])
    marks = {result.fetch.url.removeprefix(base): result.fetch.reserved_rights for result in found}
    assert marks == dict.fromkeys(closed, ("ai.txt",)) | dict.fromkeys(open_, ())


def test_files_are_asked_for_once_a_day_by_all_processes_and_threads(tmp_path: Path) -> None:
    now = [datetime(2024, 5, 1, tzinfo=UTC)]
    with site({TDM: rules(("/", 1))}) as (base, asked):
        for hours, times in ((0, 1), (23, 1), (2, 2)):
            now[0] += timedelta(hours=hours)
            with Fetcher(POLICY, tmp_path, now=lambda: now[0]) as fetcher, ThreadPoolExecutor(4) as threads:
                urls = [f"{base}/{at}" for at in range(4)]
                list(threads.map(partial(fetcher.fetch, source=SOURCE, respect=()), urls))
            assert (asked[TDM], asked[AI]) == (times, times)


def test_an_old_copy_stands_in_for_a_file_that_cannot_be_had_now(tmp_path: Path) -> None:
    now = [datetime(2024, 5, 1, tzinfo=UTC)]
    files: dict[str, Answer | bytes] = {TDM: rules(("/", 1))}
    with site(files) as (base, asked), Fetcher(POLICY, tmp_path, now=lambda: now[0]) as fetcher:
        for days, answer, marks in ((0, None, ("tdm",)), (2, 503, ("tdm",)), (40, 503, ()), (1, 404, ())):
            now[0] += timedelta(days=days)
            files |= {TDM: (answer, {}, b"")} if answer else {}
            result = fetcher.fetch(f"{base}/a", source=SOURCE, respect=())
            assert result.fetch.reserved_rights == marks
        assert asked[TDM] == 4


def test_they_are_asked_for_where_robots_txt_lets_us_and_of_public_hosts_alone(tmp_path: Path) -> None:
    with site({"/robots.txt": b"User-agent: *\nDisallow: /.well-known/\nDisallow: /closed/\n"}) as (base, asked):
        found = fetch(base, tmp_path / "a", ["/closed/a", "/a"], ALL)
        assert [result.fetch.outcome for result in found] == ["robots_denied", "ok"]
        assert (asked[TDM], asked[AI]) == (0, 1)
        asked.clear()
        with Fetcher(POLICY, tmp_path / "b") as fetcher:
            assert fetcher.fetch(f"{base}/a", source=Source("paper"), respect=ALL).fetch.outcome == "unsafe_address"
        assert not asked


def test_nobody_asks_for_them_who_does_not_keep_pages(tmp_path: Path) -> None:
    with site({TDM: rules(("/", 1))}) as (base, asked):
        (result,) = fetch(base, tmp_path, ["/a"], None)
    assert (result.fetch.outcome, result.fetch.reserved_rights, asked[TDM], asked[AI]) == ("ok", None, 0, 0)


def test_a_host_that_wants_rest_when_asked_for_a_file_is_left_alone(tmp_path: Path) -> None:
    with site({TDM: (429, {"Retry-After": "3600"}, b"")}) as (base, asked):
        first, second = fetch(base, tmp_path, ["/a", "/b"])
    assert (first.fetch.outcome, second.fetch.outcome) == ("rate_limited", "rate_limited")
    assert asked["/a"] + asked["/b"] + asked[AI] == 0


def test_an_error_page_with_marks_stays_an_error_that_is_tried_again(tmp_path: Path) -> None:
    headers = {"X-Robots-Tag": "noarchive", "Content-Type": "text/html"}
    with site({"/a": (503, headers, PAGE), "/b": (404, headers, PAGE)}) as (base, _):
        found = fetch(base, tmp_path, ["/a", "/b"], ["noarchive"])
    assert [(r.fetch.outcome, r.fetch.is_retryable, r.body) for r in found] == [
        ("http_error", True, None),
        ("http_error", False, None),
    ]


def test_locations_cost_no_more_than_their_length() -> None:
    rule = TdmRule("/" + "*a" * 100_000 + "$", is_reserved=True)
    assert not rule.covers("/" + "a" * 8_000 + "b")
    assert TdmRule("/" + "*a" * 5_000, is_reserved=True).covers("/" + "a" * 8_000)
    assert len(parse_tdm(json.dumps([{"location": "/a", "tdm-reservation": 1}] * 5_000))) == 5_000


@pytest.mark.parametrize(
    "url", ["https://a.example", "https://a.example/\udc80", "https://a.example/%", "https://a.example/%zz?%"]
)
def test_any_address_can_be_compared(url: str) -> None:
    assert comparable(url).startswith("/")
