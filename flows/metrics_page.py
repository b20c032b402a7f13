"""``/metrics`` of the server of ``newsledger serve``: the ledger's metrics, for clients that have its key."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from flows.asgi import App, Receive, Scope, Send

PATH = "/metrics"
# The ledger is read at most once in this time (seconds), however many monitors request it.
FRESH_S = 5.0


class MetricsPage:
    """An ASGI application that answers ``/metrics`` itself and passes all other requests on.

    ``key`` is ``NAME:PASSWORD`` of HTTP basic authentication, or None when no key is required. ``read`` reads the
    metrics and may block.
    """

    def __init__(self, app: App, key: str | None, read: Callable[[], CollectorRegistry]) -> None:
        self._app = app
        self._key = key
        self._read = read
        self._read_at = -FRESH_S
        self._registry: CollectorRegistry | None = None
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand the request on."""
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        if not self._is_allowed(headers.get(b"authorization", b"")):
            await _answer(send, 401, b"text/plain", b"The key of this server is needed.\n", _ASK_KEY)
            return
        try:
            registry = await self._fresh()
        except Exception as error:
            await _answer(send, 503, b"text/plain", f"The ledger cannot be read: {error}\n".encode())
            return
        encode, content_type = choose_encoder(headers.get(b"accept", b"").decode("latin-1"))
        await _answer(send, 200, content_type.encode(), encode(registry))

    async def _fresh(self) -> CollectorRegistry:
        async with self._lock:
            if self._registry is None or time.monotonic() - self._read_at > FRESH_S:
                self._registry = await asyncio.to_thread(self._read)
                self._read_at = time.monotonic()
            return self._registry

    def _is_allowed(self, given: bytes) -> bool:
        if self._key is None:
            return True
        scheme, _, token = given.partition(b" ")
        try:
            known = base64.b64decode(token.strip(), validate=True)
        except binascii.Error:
            return False
        return scheme.lower() == b"basic" and hmac.compare_digest(known, self._key.encode())


_ASK_KEY = ((b"www-authenticate", b'Basic realm="newsledger"'),)


async def _answer(
    send: Send, status: int, kind: bytes, body: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    start = [(b"content-type", kind), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})
