"""A raw-socket server that answers in every way that no server should: one path for each scenario."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from extract.outcomes import Outcome

Answer = Callable[["HostileServer", socket.socket, str], None]
MB = 1024 * 1024


@dataclass(frozen=True)
class Scenario:
    name: str
    answer: Answer
    outcomes: frozenset[Outcome]


SCENARIOS: dict[str, Scenario] = {}


def scenario(*outcomes: Outcome) -> Callable[[Answer], Answer]:
    def register(answer: Answer) -> Answer:
        name = answer.__name__
        SCENARIOS[name] = Scenario(name, answer, frozenset(outcomes))
        return answer

    return register


def head(*lines: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines, "", ""]).encode("latin-1")


@dataclass
class HostileServer:
    """Serves scenarios on loopback until it is closed."""

    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> HostileServer:
        # Made beforehand: a slow start would look like a stall.
        _bomb(100 * MB, 31), _bomb(100 * MB, 15)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def _serve(self) -> None:
        while not self.stop.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                if not (part := client.recv(65536)):
                    return
                request += part
                if request.startswith(b"\x16"):
                    client.sendall(b"HTTP/1.1 400 This is no TLS\r\n\r\n")
                    return
            path = request.split(b" ")[1].decode().lstrip("/")
            if path == "robots.txt":
                client.sendall(head("Content-Length: 0", status="404 Not Found"))
                return
            SCENARIOS[path.split("/")[0].split("?")[0]].answer(self, client, path)

    def drip(self, client: socket.socket, data: bytes, pause_s: float) -> None:
        for byte in data:
            if self.stop.wait(pause_s):
                return
            client.sendall(bytes([byte]))


@scenario("timeout")
def stall_before_headers(server: HostileServer, client: socket.socket, path: str) -> None:
    server.stop.wait(60)


@scenario("timeout")
def stall_inside_headers(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")
    server.stop.wait(60)


@scenario("timeout")
def trickle_status_line(server: HostileServer, client: socket.socket, path: str) -> None:
    server.drip(client, b"HTTP/1.1 200 " + b"O" * 2000, 0.1)


@scenario("timeout")
def trickle_headers(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    server.drip(client, b"X-A: b\r\n" * 500, 0.1)


@scenario("timeout")
def trickle_body(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 5000"))
    server.drip(client, b"x" * 5000, 0.1)


@scenario("timeout")
def trickle_chunk_sizes(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Transfer-Encoding: chunked"))
    server.drip(client, b"0" * 5000, 0.1)


@scenario("timeout")
def stall_inside_body(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 100") + b"half")
    server.stop.wait(60)


@scenario("timeout", "too_large", "connection_error")
def endless_continue(server: HostileServer, client: socket.socket, path: str) -> None:
    while not server.stop.is_set():
        client.sendall(b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 100)


@lru_cache
def _bomb(unpacked: int, wbits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    block = bytes(MB)
    return b"".join(packer.compress(block) for _ in range(unpacked // MB)) + packer.flush()


def _send(client: socket.socket, coding: str, body: bytes) -> None:
    client.sendall(head(f"Content-Encoding: {coding}", f"Content-Length: {len(body)}") + body)


@scenario("too_large")
def gzip_bomb(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, "gzip", _bomb(100 * MB, 31))


@scenario("too_large")
def deflate_bomb(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, "deflate", _bomb(100 * MB, 15))


@scenario("too_large")
def chained_bomb(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, "gzip, gzip", gzip.compress(_bomb(100 * MB, 31)))


@scenario("broken_body")
def many_codings(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, ", ".join(["gzip"] * 50), gzip.compress(b"x"))


@scenario("broken_body")
def damaged_gzip(server: HostileServer, client: socket.socket, path: str) -> None:
    data = bytearray(gzip.compress(bytes(range(256)) * 40))
    data[len(data) // 2] ^= 0xFF
    _send(client, "gzip", bytes(data))


@scenario("broken_body")
def cut_gzip(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, "gzip", gzip.compress(bytes(range(256)) * 40)[:-20])


@scenario("broken_body")
def coding_not_asked_for(server: HostileServer, client: socket.socket, path: str) -> None:
    _send(client, "sdch", b"hello")


@scenario("too_large")
def endless_body(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head())
    while not server.stop.is_set():
        client.sendall(b"x" * 65536)


@scenario("too_large")
def endless_chunks(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Transfer-Encoding: chunked"))
    while not server.stop.is_set():
        client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


@scenario("broken_body")
def length_too_long(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 1000") + b"short")


@scenario("ok")
def length_too_short(server: HostileServer, client: socket.socket, path: str) -> None:
    # The rest cannot be told from the next answer; what the length names is the body.
    client.sendall(head("Content-Length: 5") + b"<p>ok and much more")


@scenario("broken_body", "connection_error")
def length_negative(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 10, 20") + b"<p>hello</p>")


@scenario("broken_body")
def chunk_size_is_a_word(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Transfer-Encoding: chunked") + b"zebra\r\nhello\r\n0\r\n\r\n")


@scenario("broken_body")
def chunks_end_early(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Transfer-Encoding: chunked") + b"ff\r\nhello")


@scenario("broken_body", "connection_error")
def reset_inside_body(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 1000") + b"half")
    time.sleep(0.1)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


@scenario("connection_error")
def closed_without_answer(server: HostileServer, client: socket.socket, path: str) -> None:
    client.shutdown(socket.SHUT_WR)


@scenario("connection_error")
def not_http(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


@scenario("redirect_loop")
def redirect_to_itself(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head(f"Location: /{path}", "Content-Length: 0", status="302 Found"))


@scenario("redirect_loop")
def redirect_for_ever(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head(f"Location: /{path}/x", "Content-Length: 0", status="301 Moved Permanently"))


@scenario("ok")
def redirect_in_raw_utf_8(server: HostileServer, client: socket.socket, path: str) -> None:
    if path.endswith("/caf%C3%A9"):
        _send(client, "identity", b"<p>The quay reopened on Monday.")
    elif path.endswith("utf_8"):
        there = head("Location: /redirect_in_raw_utf_8/coffee", "Content-Length: 0", status="302 Found")
        client.sendall(there.replace(b"coffee", "café".encode()))
    else:
        client.sendall(head("Content-Length: 0", status="404 Not Found"))


@scenario("ok")
def content_type_sent_twice(server: HostileServer, client: socket.socket, path: str) -> None:
    body = b"<p>The quay reopened on Monday."
    kind = "Content-Type: text/html"
    client.sendall(head(kind, f"{kind}; charset=utf-8", f"Content-Length: {len(body)}") + body)


@scenario("unsafe_address")
def redirect_to_file(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Location: file:///etc/passwd", "Content-Length: 0", status="302 Found"))


@scenario("unsafe_address")
def redirect_to_nonsense(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Location: http://[half", "Content-Length: 0", status="302 Found"))


@scenario("too_large", "connection_error")
def header_flood(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)))


@scenario("too_large", "connection_error")
def header_of_a_megabyte(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"y" * MB + b"\r\n\r\n")


@scenario("ok")
def bad_charset(server: HostileServer, client: socket.socket, path: str) -> None:
    body = "<p>caf\u00e9</p>".encode("cp1252")
    client.sendall(head(f"Content-Length: {len(body)}", kind="text/html; charset=no-such-thing") + body)


@scenario("http_error")
def not_modified_unasked(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head(status="304 Not Modified"))


def _busy(client: socket.socket, retry_after: str) -> None:
    client.sendall(head(f"Retry-After: {retry_after}", "Content-Length: 0", status="429 Too Many Requests"))


@scenario("rate_limited")
def busy_in_seconds(server: HostileServer, client: socket.socket, path: str) -> None:
    _busy(client, "1")


@scenario("rate_limited")
def busy_until_a_date(server: HostileServer, client: socket.socket, path: str) -> None:
    _busy(client, "Mon, 01 Jan 2018 00:00:00 GMT")


@scenario("rate_limited")
def busy_in_words(server: HostileServer, client: socket.socket, path: str) -> None:
    _busy(client, "soon")


@scenario("challenge_page")
def challenge(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("cf-mitigated: challenge", "Content-Length: 2", status="403 Forbidden") + b"no")


@scenario("not_html")
def image(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 4", kind="image/png") + b"\x89PNG")


@scenario("not_html")
def empty_page(server: HostileServer, client: socket.socket, path: str) -> None:
    client.sendall(head("Content-Length: 0"))
