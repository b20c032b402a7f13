"""Map exceptions of requests, urllib3 and sockets to outcomes."""

from __future__ import annotations

import http.client
import re
import socket
import ssl

import requests
import urllib3
from urllib3.exceptions import HTTPError

from extract.fetch.errors import AttemptError
from extract.outcomes import Outcome

# The prefix of urllib3's messages: the object that raised the error.
URLLIB3_OBJECT = re.compile(r"^(?:<[^<>]*>|\w+\(host='[^']*', port=\w+\)): ")


def explain(error: Exception) -> AttemptError:
    """Return the outcome of an exception of requests, urllib3 or a socket, by its chain of causes."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, AttemptError):
            return cause
    for kind, outcome, words in KINDS:
        for cause in causes:
            if isinstance(cause, kind):
                return AttemptError(outcome, f"{words}: {_last_words(cause)}")
    if isinstance(error, OSError):
        return AttemptError("connection_error", f"the connection failed: {_last_words(error)}")
    return AttemptError("broken_body", f"the response cannot be handled: {type(error).__name__}: {_last_words(error)}")


KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Outcome, str], ...] = (
    # Both are timeouts to urllib3, whatever the reason.
    ((socket.gaierror, urllib3.exceptions.NameResolutionError), "dns_error", "the name does not resolve"),
    (urllib3.exceptions.NewConnectionError, "connection_error", "the connection failed"),
    ((TimeoutError, urllib3.exceptions.TimeoutError, requests.Timeout), "timeout", "no answer in time"),
    ((ssl.SSLError, urllib3.exceptions.SSLError, requests.exceptions.SSLError), "tls_error", "TLS failed"),
    (
        (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema),
        "unsafe_address",
        "not a URL that can be fetched",
    ),
    (
        (
            http.client.IncompleteRead,
            urllib3.exceptions.IncompleteRead,
            urllib3.exceptions.InvalidChunkLength,
            urllib3.exceptions.DecodeError,
        ),
        "broken_body",
        "the body is broken",
    ),
    (ConnectionError, "connection_error", "the connection failed"),
    ((HTTPError, requests.RequestException), "connection_error", "the answer is not HTTP"),
)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue and len(found) < 20:
        item = queue.pop(0)
        if isinstance(item, BaseException) and item not in found:
            found.append(item)
            queue += [*item.args, getattr(item, "reason", None), item.__cause__, item.__context__]
    return found


def _last_words(error: BaseException) -> str:
    return (URLLIB3_OBJECT.sub("", str(error)) or type(error).__name__)[:300]
