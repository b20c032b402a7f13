"""Servers whose TLS is wrong in one way each, with certificates made here."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

from extract.outcomes import Outcome

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<p>yes</p"
HOST = "127.0.0.1"
Serve = Callable[[socket.socket], None]


def _over_tls(authority: trustme.CA, name: str = HOST, days: int = 1) -> Serve:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=datetime.now(UTC) + timedelta(days=days)).configure_cert(context)

    def serve(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as tls:
            tls.recv(65536)
            tls.sendall(ANSWER)

    return serve


def _handshake_that_stalls(client: socket.socket) -> None:
    time.sleep(30)


def _handshake_in_drops(client: socket.socket) -> None:
    # The header of a handshake record of 16 kB, and then a byte now and then.
    client.sendall(b"\x16\x03\x03\x40\x00")
    for _ in range(300):
        time.sleep(0.1)
        client.sendall(b"\x00")


def _handshake_of_noise(client: socket.socket) -> None:
    client.recv(65536)
    client.sendall(b"\x16\x03\x03\x00\x05hello")


def _reset_in_handshake(client: socket.socket) -> None:
    client.recv(10)


def tls_scenarios(trusted: trustme.CA) -> dict[str, tuple[Serve, Outcome]]:
    """Return what each server does with a client, and the outcome that it must have."""
    return {
        "trusted": (_over_tls(trusted), "ok"),
        "unknown_authority": (_over_tls(trustme.CA()), "tls_error"),
        "expired": (_over_tls(trusted, days=-1), "tls_error"),
        "other_name": (_over_tls(trusted, "example.org"), "tls_error"),
        "handshake_that_stalls": (_handshake_that_stalls, "timeout"),
        "handshake_in_drops": (_handshake_in_drops, "timeout"),
        "handshake_of_noise": (_handshake_of_noise, "tls_error"),
        "reset_in_handshake": (_reset_in_handshake, "connection_error"),
    }


@contextmanager
def serving(serve: Serve) -> Iterator[int]:
    """Serve on a port of its own, each client in a thread, and yield the port."""
    with socket.create_server((HOST, 0)) as listener:
        threading.Thread(target=_accept, args=(listener, serve), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, serve: Serve) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_attend, args=(client, serve), daemon=True).start()


def _attend(client: socket.socket, serve: Serve) -> None:
    with client, suppress(OSError):
        serve(client)


def write_authority(authority: trustme.CA, folder: Path) -> Path:
    """Write the certificate of an authority where a client can be told to trust it."""
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return file
