"""``newsledger mcp``: the Model Context Protocol server for assistants."""

from __future__ import annotations

from extract.errors import InputError
from flows import console
from flows.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve_assistants(settings: Settings, *, http: bool, host: str, port: int) -> None:
    """Serve until the client disconnects or Ctrl-C. There is no login, so only loopback addresses are allowed.

    Raises InputError when the extra is not installed or the address is not loopback.
    """
    try:
        from assistant.server import make_server
    except ImportError:
        raise InputError("The package mcp is not installed.", hint="pip install 'newsledger[mcp]'") from None
    if http and host not in LOOPBACK:
        raise InputError(
            f"{host} can be reached from other machines, and the server has no login.",
            hint="Keep 127.0.0.1, and put a proxy with a login in front of it.",
        )
    server = make_server(settings.warehouse, settings.archive_place)
    if not http:
        server.run("stdio")
        return
    console.note(f"Assistants connect to http://{host}:{port}/mcp; Ctrl-C ends.")
    server.run("streamable-http", host=host, port=port, stateless_http=True)
