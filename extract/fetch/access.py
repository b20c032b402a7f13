"""What requests to one source's hosts send in addition: credentials, headers, cookies, another User-Agent.

Credentials go only to the host that they were given for, headers to the hosts of the source's own URLs, cookies to the
domains of their file, and none of them to other hosts that a page redirects or links to. The archived request has a
placeholder in their place.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from extract.fetch.route import Proxy

if TYPE_CHECKING:
    # Every command reads the settings, and few fetch.
    from http.cookiejar import CookieJar, MozillaCookieJar

    import requests

HIDDEN = "(not kept)"


@dataclass(frozen=True, slots=True)
class Access:
    """What one source sends in addition: ``headers`` to ``hosts``, ``credentials`` by host, cookies by domain.

    Credentials are ``user:password``. Hosts are as in a URL, with the port if it names one. ``language`` is the value
    of Accept-Language. All requests for the source, to any host, go through ``proxy``.
    """

    hosts: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    credentials: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    user_agent: str | None = None
    cookies: CookieJar | None = None
    language: str | None = None
    proxy: Proxy | None = None

    def add_to(self, request: requests.PreparedRequest) -> None:
        """Add to a request what its host is to receive."""
        host = urlsplit(str(request.url)).netloc
        if self.user_agent and host in self.hosts:
            request.headers["User-Agent"] = self.user_agent
        if self.language and host in self.hosts:
            request.headers["Accept-Language"] = self.language
        request.headers.update(self._secrets(host))
        if self.cookies is not None:
            from requests.cookies import get_cookie_header

            cookies = get_cookie_header(self.cookies, request)  # type: ignore[no-untyped-call]
            request.headers.update({"Cookie": cookies} if cookies else {})

    def kept(self, request: requests.PreparedRequest) -> dict[str, str]:
        """Return a request's headers with secrets masked, as they may be archived."""
        secret = {name.lower() for name in self._secrets(urlsplit(str(request.url)).netloc)} | {"cookie"}
        return {name: HIDDEN if name.lower() in secret else value for name, value in request.headers.items()}

    def _secrets(self, host: str) -> dict[str, str]:
        secrets = dict(self.headers) if host in self.hosts else {}
        if host in self.credentials:
            secrets["Authorization"] = "Basic " + b64encode(self.credentials[host].encode()).decode("ascii")
        return secrets


NO_ACCESS = Access()


def take_credentials(url: str) -> tuple[str, str, str | None]:
    """Split a URL into the URL without credentials, its host, and the credentials as ``user:password`` (or None)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, "", None
    credentials, at, host = parts.netloc.rpartition("@")
    return (parts._replace(netloc=host).geturl() if at else url), host, unquote(credentials) if at else None


def load_cookies(file: Path) -> MozillaCookieJar:
    """Read cookies in Netscape's format. Raises OSError when the file is missing or has another format."""
    from http.cookiejar import MozillaCookieJar

    jar = MozillaCookieJar(file)
    jar.load(ignore_discard=True, ignore_expires=True)
    for cookie in jar:
        # Browsers and curl write 0 for session cookies; Python would take it for 1970.
        if cookie.expires == 0:
            cookie.expires, cookie.discard = None, True
    return jar
