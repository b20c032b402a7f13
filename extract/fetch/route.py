"""How a host is reached: directly or through an HTTP proxy, and whether private addresses are allowed.

A proxy is asked for a tunnel (CONNECT) to an address that was resolved and checked here, never to a name. So an address
that is not allowed directly cannot be reached through a proxy either.
"""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from extract.fetch.errors import AttemptError

LONGEST_ANSWER = 16_384  # bytes


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy, and the credentials (``user:password``) to send to it."""

    host: str
    port: int
    credentials: str | None = None

    @classmethod
    def of(cls, url: str) -> Proxy:
        """Parse ``http://user:password@host:port``. Raises ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("a proxy is written http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT")
        credentials, at, _ = parts.netloc.rpartition("@")
        return cls(parts.hostname, parts.port or 80, unquote(credentials) if at else None)

    def __str__(self) -> str:
        """Return its address without credentials."""
        return f"{self.host}:{self.port}"

    def open_tunnel(self, sock: socket.socket, address: str, port: int, left_s: Callable[[], float]) -> None:
        """Open a tunnel to an address on a socket connected to the proxy; ``left_s`` limits each wait.

        Raises AttemptError when the proxy refuses.
        """
        target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
        if self.credentials is not None:
            lines.append("Proxy-Authorization: Basic " + b64encode(self.credentials.encode()).decode("ascii"))
        sock.settimeout(left_s())
        sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        status, _, reason = self._answer(sock, left_s).partition(b" ")[2].partition(b" ")
        if not (status.isdigit() and 200 <= int(status[:3]) < 300):
            said = b" ".join((status, reason))[:100].decode("latin-1").strip()
            raise AttemptError("connection_error", f"the proxy {self} opens no tunnel to {target}: {said or 'no HTTP'}")

    def _answer(self, sock: socket.socket, left_s: Callable[[], float]) -> bytes:
        """Read the response head byte by byte, since what follows is the host's; return the status line."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            sock.settimeout(left_s())
            byte = sock.recv(1)
            if not byte or len(head) > LONGEST_ANSWER:
                raise AttemptError("connection_error", f"the proxy {self} gave no whole answer")
            head += byte
        return head.partition(b"\r\n")[0]


@dataclass(frozen=True, slots=True)
class Route:
    """How the hosts of a source are reached."""

    allow_private: bool = False
    proxy: Proxy | None = None
