"""How a host is reached: from here or through an HTTP proxy, and whether it may be in this network's inside.

A proxy is asked for a tunnel (CONNECT) to an address that was looked up and checked here, never to a name: what may not
be dialled from here may not be reached through a proxy either.
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
    """An HTTP proxy, and the credentials (``user:password``) that it is sent."""

    host: str
    port: int
    credentials: str | None = None

    @classmethod
    def of(cls, url: str) -> Proxy:
        """Read ``http://user:password@host:port``. Raises ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("a proxy is written http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT")
        credentials, at, _ = parts.netloc.rpartition("@")
        return cls(parts.hostname, parts.port or 80, unquote(credentials) if at else None)

    def __str__(self) -> str:
        """Its name without credentials."""
        return f"{self.host}:{self.port}"

    def open_tunnel(self, sock: socket.socket, address: str, port: int, left_s: Callable[[], float]) -> None:
        """Ask for a tunnel to an address on a socket that is connected to the proxy; ``left_s`` is for each wait.

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
        """Read a head byte by byte, for what follows it is the host's; return its first line."""
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
    """By which way the hosts of a source are reached."""

    allow_private: bool = False
    proxy: Proxy | None = None
