"""What the hosts of one source are sent besides what all are sent: credentials, headers, cookies, another User-Agent.

Credentials go to the host that they were given for, headers to the hosts of the source's own addresses, cookies to the
domains of their file, and none of them to where a page redirects or links. What is kept of a request has a mark in
their place.
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
    """One source's own: ``headers`` for ``hosts``, ``credentials`` by host (``user:password``), cookies by domain.

    Hosts are as in a URL, with the port if one is named. ``language`` is what they are asked to answer in. All that is
    fetched for the source, of whichever host, goes through ``proxy``.
    """

    hosts: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    credentials: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    user_agent: str | None = None
    cookies: CookieJar | None = None
    language: str | None = None
    proxy: Proxy | None = None

    def add_to(self, request: requests.PreparedRequest) -> None:
        """Add to a request what its host is to be sent."""
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
        """Return a request's headers as they may be archived."""
        secret = {name.lower() for name in self._secrets(urlsplit(str(request.url)).netloc)} | {"cookie"}
        return {name: HIDDEN if name.lower() in secret else value for name, value in request.headers.items()}

    def _secrets(self, host: str) -> dict[str, str]:
        secrets = dict(self.headers) if host in self.hosts else {}
        if host in self.credentials:
            secrets["Authorization"] = "Basic " + b64encode(self.credentials[host].encode()).decode("ascii")
        return secrets


NO_ACCESS = Access()


def take_credentials(url: str) -> tuple[str, str, str | None]:
    """Split an address into itself without user and password, its host, and these two as ``user:password``."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, "", None
    credentials, at, host = parts.netloc.rpartition("@")
    return (parts._replace(netloc=host).geturl() if at else url), host, unquote(credentials) if at else None


def load_cookies(file: Path) -> MozillaCookieJar:
    """Read cookies in Netscape's format. Raises OSError for a file that is missing or something else."""
    from http.cookiejar import MozillaCookieJar

    jar = MozillaCookieJar(file)
    jar.load(ignore_discard=True, ignore_expires=True)
    for cookie in jar:
        # Browsers and curl write 0 for a cookie of the session, which Python takes for 1970.
        if cookie.expires == 0:
            cookie.expires, cookie.discard = None, True
    return jar
