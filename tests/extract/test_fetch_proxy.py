"""A source's proxy: real tunnels on loopback, to checked addresses alone, and its password is written nowhere."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests.adapters
import trustme
from tls_server import HOST, serving, tls_scenarios, write_authority

from extract.fetch import Fetcher, FetchPolicy, FetchResult
from extract.fetch.access import Access
from extract.fetch.route import Proxy
from extract.types import Source

POLICY = FetchPolicy(min_host_interval_s=0, slow_host_factor=0, transfer_deadline_s=3, read_timeout_s=2)
AUTHORITY = trustme.CA()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>hi</p>"
LOCAL = Source("paper", allow_private=True)
Serve = Callable[[socket.socket, bytes], None]


def _pump(source: socket.socket, target: socket.socket) -> None:
    how = socket.SHUT_RDWR
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        how = socket.SHUT_WR
    with suppress(OSError):
        target.shutdown(how)


def tunnel(client: socket.socket, head: bytes) -> None:
    host, port = head.split()[1].decode().rsplit(":", 1)
    with socket.create_connection((host, int(port))) as site:
        client.sendall(b"HTTP/1.1 200 Connection established\r\nVia: a\r\n\r\n")
        back = threading.Thread(target=_pump, args=(site, client))
        back.start()
        _pump(client, site)
        back.join()


def answer(client: socket.socket, head: bytes) -> None:
    client.sendall(ANSWER)


@contextmanager
def listening(serve: Serve) -> Iterator[tuple[int, list[bytes]]]:
    """Answer each connection once its first head is read; yield the port and the heads."""
    heads: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def one(client: socket.socket) -> None:
        head = b""
        with client, suppress(OSError):
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            heads.append(head)
            serve(client, head)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1], heads
    listener.close()


def fetch(url: str, folder: Path, proxy_port: int, source: Source = LOCAL) -> FetchResult:
    access = Access(proxy=Proxy.of(f"http://desk:pa%40ss@127.0.0.1:{proxy_port}"))
    with Fetcher(POLICY, folder, access={"paper": access}) as fetcher:
        return fetcher.fetch(url, source=source)


def test_all_of_a_source_goes_through_its_proxy_and_nothing_else_does(tmp_path: Path) -> None:
    with listening(tunnel) as (port, asked), listening(answer) as (site, seen):
        result = fetch(f"http://localhost:{site}/a", tmp_path, port)
        assert result.fetch.outcome == "ok", result.fetch.detail
        # The page and robots.txt, to an address: what the name means was looked up and checked here.
        assert {head.split(b"\r\n")[0] for head in asked} == {b"CONNECT 127.0.0.1:%d HTTP/1.1" % site}
        assert len(asked) == len(seen) == 2
        assert all(b"Proxy-Authorization: Basic ZGVzazpwYUBzcw==\r\n" in head for head in asked)
        assert not any(b"proxy" in head.lower() for head in [*seen, result.request])
        assert result.ip_address == "127.0.0.1"
        other = Source("other", allow_private=True)
        assert fetch(f"http://localhost:{site}/b", tmp_path, port, other).fetch.outcome == "ok"
        assert len(asked) == 2


@pytest.mark.parametrize("name", tls_scenarios(AUTHORITY))
def test_tls_is_verified_behind_a_proxy(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(write_authority(AUTHORITY, tmp_path)))
    serve, outcome = tls_scenarios(AUTHORITY)[name]
    with serving(serve) as site, listening(tunnel) as (port, asked):
        found = fetch(f"https://{HOST}:{site}/", tmp_path / "state", port).fetch
    # What resets a connection only ends a tunnel.
    assert found.outcome == ("tls_error" if name == "reset_in_handshake" else outcome), found.detail
    assert asked


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_nothing_inside_is_reached_through_a_proxy(host: str, tmp_path: Path) -> None:
    with listening(tunnel) as (port, asked), listening(answer) as (site, seen):
        found = fetch(f"http://{host}:{site}/a", tmp_path, port, Source("paper")).fetch
    assert found.outcome == "unsafe_address"
    assert not asked
    assert not seen


def _stall(client: socket.socket, head: bytes) -> None:
    client.recv(1)


REFUSALS: dict[str, tuple[Serve, str]] = {
    "no credentials": (lambda c, _: c.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), "407 Proxy"),
    "forbidden": (lambda c, _: c.sendall(b"HTTP/1.0 403 Forbidden\r\nA: b\r\n\r\nno"), "403 Forbidden"),
    "no HTTP": (lambda c, _: c.sendall(b"hello\r\n\r\n"), "no HTTP"),
    "no number": (lambda c, _: c.sendall("HTTP/1.1 ²00 OK\r\n\r\n".encode()), "opens no tunnel"),
    "closed": (lambda c, _: None, "no whole answer"),
    "without end": (lambda c, _: c.sendall(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000), "no whole answer"),
    "silent": (_stall, ""),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_proxy_that_refuses_is_named_without_its_password(name: str, tmp_path: Path) -> None:
    serve, words = REFUSALS[name]
    with listening(serve) as (port, _):
        found = fetch("http://127.0.0.1:9/a", tmp_path, port).fetch
    detail = found.detail or ""
    assert found.outcome == ("timeout" if name == "silent" else "connection_error"), detail
    assert words in detail
    assert found.is_retryable
    assert not any(secret in detail for secret in ("desk", "pa@ss", "pa%40ss"))


def test_a_proxy_that_is_not_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = fetch("http://127.0.0.1:9/a", tmp_path, port).fetch
    assert found.outcome == "connection_error"
    assert f"127.0.0.1:{port} cannot be reached" in (found.detail or "")


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://p.example:3128", Proxy("p.example", 3128)),
        ("http://p.example/", Proxy("p.example", 80)),
        ("http://u:p%40w@p.example:8080", Proxy("p.example", 8080, "u:p@w")),
        ("http://token@[::1]:8080", Proxy("::1", 8080, "token")),
    ],
)
def test_what_names_a_proxy(url: str, proxy: Proxy) -> None:
    assert Proxy.of(url) == proxy


@pytest.mark.parametrize(
    "url",
    ["p.example:3128", "https://p.example", "socks5://p.example", "http://", "http://p/a", "http://p:x", "http://p?a"],
)
def test_what_names_none(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Proxy.of(url)
