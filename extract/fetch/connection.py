"""urllib3 connections that connect only to checked addresses and never exceed the deadline of the transfer.

A socket's timeout restarts with each byte, so it never stops a server that sends its headers byte by byte. Here every
single read of the socket gets only the time that is left of the whole transfer.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from extract.fetch.addresses import is_public, may_be_allowed
from extract.fetch.errors import AttemptError
from extract.fetch.route import Proxy, Route


@dataclass(slots=True)
class Transfer:
    """The limits of the current thread's transfer, and the address that it connected to."""

    ends_at: float
    read_timeout_s: float
    connect_timeout_s: float
    max_header_bytes: int
    route: Route
    ip_address: str | None = None
    is_reused: bool = False

    def left_s(self, longest: float) -> float:
        """Return the seconds that a wait may take, at most ``longest``. Raises AttemptError after the deadline."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise AttemptError("timeout", "the transfer did not end by its deadline")
        return min(left, longest)


_current = threading.local()


def begin(transfer: Transfer) -> None:
    """Make this the transfer of the current thread; connections read it when they dial, send and receive."""
    _current.transfer = transfer


def _transfer() -> Transfer:
    transfer: Transfer = _current.transfer
    return transfer


class DeadlineReader(io.RawIOBase):
    """A socket's bytes, each read under the deadline of the transfer; counts the bytes of the response head."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self.head_left: int | None = None

    def readable(self) -> bool:
        """Return True, as BufferedReader requires."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read once from the socket. Raises AttemptError or TimeoutError after the deadline."""
        transfer = _transfer()
        self._sock.settimeout(transfer.left_s(transfer.read_timeout_s))
        count = self._raw.readinto(buffer) or 0
        if self.head_left is not None:
            self.head_left -= count
            if self.head_left < 0:
                raise AttemptError("too_large", f"headers of more than {transfer.max_header_bytes} bytes")
        return count

    def close(self) -> None:
        """Release the socket, which stays open while its connection holds it."""
        self._raw.close()
        super().close()


class DeadlineResponse(http.client.HTTPResponse):
    """http.client's response over a DeadlineReader."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self._reader = DeadlineReader(sock)
        self.fp = io.BufferedReader(self._reader)

    def begin(self) -> None:
        """Read status line and headers, within the limit of bytes."""
        # A buffer may extend into the body.
        self._reader.head_left = _transfer().max_header_bytes + io.DEFAULT_BUFFER_SIZE
        super().begin()
        self._reader.head_left = None


def resolve(host: str, port: int, wait_s: float) -> list[tuple[Any, ...]]:
    """Resolve a host name within ``wait_s``. Raises TimeoutError, or OSError when the name does not resolve."""
    # getaddrinfo has no timeout; the abandoned thread ends when the resolver gives up.
    answer: Future[list[tuple[Any, ...]]] = Future()

    def look_up() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    threading.Thread(target=look_up, daemon=True, name=f"resolve {host}").start()
    return answer.result(wait_s)


def dial(host: str, port: int, options: Any) -> tuple[socket.socket, str]:
    """Connect to the first address of a host that answers, through the route's proxy if it has one.

    Returns the socket and the host's address. Raises AttemptError when an address is not allowed or none answers.
    """
    transfer = _transfer()
    found = _look_up(host, port, transfer)
    _refuse_unsafe(host, found, transfer.route)
    if transfer.route.proxy:
        address = str(found[0][4][0])
        return _through(transfer.route.proxy, address, port, options, transfer), address
    sock = _connect_to_first(host, port, found, options, transfer)
    return sock, str(sock.getpeername()[0])


def _through(proxy: Proxy, address: str, port: int, options: Any, transfer: Transfer) -> socket.socket:
    found = _look_up(proxy.host, proxy.port, transfer)
    sock = _connect_to_first(proxy.host, proxy.port, found, options, transfer)
    try:
        proxy.open_tunnel(sock, address, port, lambda: transfer.left_s(transfer.connect_timeout_s))
    except BaseException:
        sock.close()
        raise
    sock.settimeout(transfer.left_s(transfer.connect_timeout_s))
    return sock


def _look_up(host: str, port: int, transfer: Transfer) -> list[tuple[Any, ...]]:
    try:
        return resolve(host.strip("[]"), port, transfer.left_s(transfer.connect_timeout_s))
    except TimeoutError:
        raise AttemptError("timeout", f"looking up {host} took too long") from None
    except (OSError, UnicodeError) as error:
        raise AttemptError("dns_error", f"{host} does not resolve: {error}") from None


def _connect_to_first(
    host: str, port: int, found: list[tuple[Any, ...]], options: Any, transfer: Transfer
) -> socket.socket:
    last: OSError = OSError("the name has no addresses")
    for family, kind, protocol, _, address in found:
        try:
            return _connect(socket.socket(family, kind, protocol), address, options, transfer)
        except OSError as error:
            last = error
    if isinstance(last, TimeoutError):
        raise AttemptError("timeout", f"{host}:{port} did not accept the connection in time")
    raise AttemptError("connection_error", f"{host}:{port} cannot be reached: {last.strerror or last}")


def _refuse_unsafe(host: str, found: list[tuple[Any, ...]], route: Route) -> None:
    for *_, address in found:
        numeric = str(address[0])
        if route.allow_private and not may_be_allowed(numeric):
            raise AttemptError("unsafe_address", f"{host} is {numeric}, which no source may reach")
        if not route.allow_private and not is_public(numeric):
            raise AttemptError("unsafe_address", f"{host} is {numeric}, which is not on the public internet")


def _connect(sock: socket.socket, address: Any, options: Any, transfer: Transfer) -> socket.socket:
    try:
        for option in options or ():
            sock.setsockopt(*option)
        sock.settimeout(transfer.left_s(transfer.connect_timeout_s))
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    # TLS and sending come next, with this timeout.
    sock.settimeout(transfer.left_s(transfer.connect_timeout_s))
    return sock


class GuardedConnection(HTTPConnection):
    """An HTTP connection by the route of the transfer."""

    response_class = DeadlineResponse
    ip_address: str | None = None

    def _new_conn(self) -> socket.socket:
        sock, self.ip_address = dial(self._dns_host, self.port or 80, self.socket_options)
        return sock

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send the request; on a kept connection, it is under the deadline too."""
        transfer = _transfer()
        transfer.is_reused = self.sock is not None
        self.timeout = transfer.left_s(transfer.read_timeout_s)
        super().request(*args, **kwargs)
        transfer.ip_address = self.ip_address


class GuardedTLSConnection(HTTPSConnection):
    """An HTTPS connection by the route of the transfer."""

    response_class = DeadlineResponse
    ip_address: str | None = None

    def _new_conn(self) -> socket.socket:
        sock, self.ip_address = dial(self._dns_host, self.port or 443, self.socket_options)
        return sock

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send the request; on a kept connection, it is under the deadline too."""
        transfer = _transfer()
        transfer.is_reused = self.sock is not None
        self.timeout = transfer.left_s(transfer.read_timeout_s)
        super().request(*args, **kwargs)
        transfer.ip_address = self.ip_address


class GuardedPool(HTTPConnectionPool):
    """The connections to one host."""

    ConnectionCls = GuardedConnection


class GuardedTLSPool(HTTPSConnectionPool):
    """The TLS connections to one host."""

    ConnectionCls = GuardedTLSConnection


class GuardedAdapter(HTTPAdapter):
    """requests' adapter with guarded connections.

    Each route has its own adapter, so that no connection is shared between sources that may reach private addresses and
    those that may not, or between proxies.
    """

    def __init__(self) -> None:
        super().__init__(pool_connections=200, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Build the pool manager with our pools."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": GuardedPool, "https": GuardedTLSPool}
