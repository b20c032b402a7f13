"""Request URLs, and the targets of redirects."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from extract.fetch.errors import AttemptError


def clean_request_url(url: str) -> str:
    """Return the URL to request: without fragment, user and password.

    Raises AttemptError when it is not an http(s) URL.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AttemptError("unsafe_address", f"not a URL: {error}") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise AttemptError("unsafe_address", f"only http and https are fetched, not {parts.scheme[:20] or 'this'!r}")
    return urlunsplit((parts.scheme.lower(), parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))


def join(url: str, target: str) -> str:
    """Return the absolute target of a redirect. Raises AttemptError when it is not an http(s) URL."""
    try:
        return clean_request_url(urljoin(url, _as_sent(target)))
    except ValueError as error:
        raise AttemptError("unsafe_address", f"redirected to no URL: {error}") from None


def _as_sent(target: str) -> str:
    """Decode a URL in a header as UTF-8: headers are read as Latin-1, but servers send raw UTF-8."""
    try:
        return target.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return target
