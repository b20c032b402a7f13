"""Secrets of a source reach the hosts that they are for, and nothing else: no other host, no archive."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.fetch import Fetcher, FetchPolicy, Validators
from extract.fetch.access import HIDDEN, Access, load_cookies, take_credentials
from extract.types import Source

POLICY = FetchPolicy(min_host_interval_s=0, max_attempts=1)
SOURCE = Source("paper", allow_private=True)
COOKIES = """# Netscape HTTP Cookie File
127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tc00kie
other.example\tFALSE\t/\tFALSE\t0\tsession\tnotthis
"""
SECRETS = ("t0ken", "dXNlcjpwOnc=", "c00kie", "p:w")


@contextmanager
def recording(redirect_to: str | None = None) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Serve one text under every path, or redirect; yield the host and the headers of all requests but robots.txt."""
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != "/robots.txt":
                seen.append({name.lower(): value for name, value in self.headers.items()})
            is_led = redirect_to is not None and self.path != "/robots.txt"
            self.send_response(302 if is_led else 404 if self.path == "/robots.txt" else 200)
            if is_led:
                self.send_header("Location", redirect_to or "")
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "0" if is_led else "9")
            self.end_headers()
            self.wfile.write(b"" if is_led else b"<p>hi</p>")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def access(host: str, tmp_path: Path) -> Access:
    file = tmp_path / "cookies.txt"
    file.write_text(COOKIES)
    return Access(
        frozenset({host}), {"X-Key": "t0ken"}, {host: "user:p:w"}, "Desk/1", load_cookies(file), "fr-CA, fr;q=0.8"
    )


def test_secrets_reach_their_host_and_are_not_kept(tmp_path: Path) -> None:
    with recording() as (host, seen), Fetcher(POLICY, tmp_path, access={"paper": access(host, tmp_path)}) as fetcher:
        result = fetcher.fetch(f"http://{host}/a", source=SOURCE)
        of_another = fetcher.fetch(f"http://{host}/b", source=Source("other", allow_private=True))
    assert (result.fetch.outcome, of_another.fetch.outcome) == ("ok", "ok")
    assert seen[0]["x-key"] == "t0ken"
    assert seen[0]["authorization"] == "Basic dXNlcjpwOnc="
    assert seen[0]["cookie"] == "session=c00kie"
    assert seen[0]["user-agent"] == "Desk/1"
    assert seen[0]["accept-language"] == "fr-CA, fr;q=0.8"
    assert not {"x-key", "authorization", "cookie", "accept-language"} & seen[1].keys()
    assert result.request.count(HIDDEN.encode()) == 3
    assert not any(secret.encode() in result.request for secret in SECRETS)


def test_secrets_do_not_follow_a_redirect(tmp_path: Path) -> None:
    with ExitStack() as stack:
        there, seen_there = stack.enter_context(recording())
        here, seen_here = stack.enter_context(recording(redirect_to=f"http://{there}/x"))
        fetcher = stack.enter_context(Fetcher(POLICY, tmp_path, access={"paper": access(here, tmp_path)}))
        result = fetcher.fetch(f"http://{here}/a", source=SOURCE)
    assert result.fetch.final_url == f"http://{there}/x"
    assert seen_here[0]["x-key"] == "t0ken"
    # Cookies know no ports, as RFC 6265 has it.
    assert not {"x-key", "authorization", "accept-language"} & seen_there[0].keys()
    assert seen_there[0]["user-agent"].startswith("newsledger/")


@pytest.mark.parametrize(("confirmed", "is_conditional"), [(0, True), (9, True), (10, False), (400, False)])
def test_a_server_is_believed_only_so_often_that_nothing_is_new(
    tmp_path: Path, confirmed: int, is_conditional: bool
) -> None:
    with recording() as (host, seen), Fetcher(POLICY, tmp_path) as fetcher:
        validators = Validators(etag='"1"', page_sha256="0" * 64, answers_304=confirmed)
        fetcher.fetch(f"http://{host}/a", source=SOURCE, validators=validators)
    assert ("if-none-match" in seen[0]) == is_conditional


@pytest.mark.parametrize(
    ("url", "split"),
    [
        ("https://a.example/f", ("https://a.example/f", "a.example", None)),
        ("https://u:p@a.example:8443/f?q=@", ("https://a.example:8443/f?q=@", "a.example:8443", "u:p")),
        ("https://u%40x:p%3Aw@a.example/", ("https://a.example/", "a.example", "u@x:p:w")),
        ("https://token@a.example/", ("https://a.example/", "a.example", "token")),
        ("http://[", ("http://[", "", None)),
    ],
)
def test_credentials_are_split_off(url: str, split: tuple[str, str, str | None]) -> None:
    assert take_credentials(url) == split
