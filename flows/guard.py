"""``python -m flows.guard``: Prefect's server behind a check of the Host and Origin headers.

A browser sends any page's requests to this machine. Prefect's key keeps them from doing anything, but Prefect checks
neither the name that a request was sent to (DNS rebinding: a foreign name that resolves to this machine) nor the page
that it comes from. Both are checked here, for HTTP and WebSocket, before Prefect sees the request.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import re
import socket
from collections.abc import Collection, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flows.asgi import App, Receive, Scope, Send

# A Host header (RFC 9110 7.2): a name or an address (IPv6 in brackets) and a port.
HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]+)?")
MISDIRECTED = 421
FORBIDDEN = 403
POLICY_VIOLATION = 1008
# Prefect's page requests a statistics service, and could be framed by a foreign page (clickjacking).
PAGE_HEADERS = (
    (
        b"content-security-policy",
        b"connect-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """An ASGI application that accepts only requests sent to one of ``names`` and not by a foreign page."""

    def __init__(self, app: App, names: Collection[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        refused = self._refuse(scope["headers"]) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self._app(scope, receive, _closed(send) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            status, reason = refused
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": reason.encode()})

    def _refuse(self, headers: Collection[tuple[bytes, bytes]]) -> tuple[int, str] | None:
        hosts = [value.decode("latin-1") for name, value in headers if name.lower() == b"host"]
        origins = [value.decode("latin-1") for name, value in headers if name.lower() == b"origin"]
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return MISDIRECTED, "This server is not known by that host name; see --public-name of `newsledger serve`.\n"
        if any(not _is_same(origin, hosts[0]) for origin in origins):
            return FORBIDDEN, "Requests from pages of other sites are rejected.\n"
        return None

    def _is_ours(self, host: str) -> bool:
        name = HOST.fullmatch(host)
        return name is not None and (name[1].lower() in self._names or _is_address(name[1].strip("[]")))


def _closed(send: Send) -> Send:
    async def send_closed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *PAGE_HEADERS]
        await send(message)

    return send_closed


def _is_address(name: str) -> bool:
    # A page at a bare address was served by that address, so no DNS rebinding is involved.
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_same(origin: str, host: str) -> bool:
    # The scheme is not compared: a proxy may terminate TLS.
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def main() -> None:
    """Run Prefect's server as its own command does, with the metrics page, behind the guard."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--host", required=True)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--name", action="append", default=[])
    given = arguments.parse_args()

    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    from flows.metrics import registry_of
    from flows.metrics_page import MetricsPage
    from flows.settings import load_settings

    server = get_current_settings().server
    settings = load_settings()
    key = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    app = MetricsPage(create_app(final=True), key, lambda: registry_of(settings, datetime.now(UTC)))
    uvicorn.run(
        Guard(app, {"localhost", socket.gethostname(), given.host, *given.name}),
        host=given.host,
        port=given.port,
        timeout_keep_alive=server.api.keepalive_timeout,
        ws_ping_interval=server.api.websocket_ping_interval,
        ws_ping_timeout=server.api.websocket_ping_timeout,
        log_level=server.logging_level.lower(),
    )


if __name__ == "__main__":
    main()
