"""Canonicalise URLs: remove tracking parameters, session ids, fragments and spellings of a host.

Everything that may identify the page stays, so cleaning never changes which page answers.
"""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import quote, quote_plus, unquote_to_bytes, urljoin, urlsplit, urlunsplit

import idna

from extract.strip.queries import LINKERS, SCRIPT, names_no_page, plain_bytes

SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sessionid)=[^/?;]*|;sid=(?=[\w-]{16,})[^/?;]*", re.I)
# The last path segment of a story: words with hyphens between them, or a number as long as a date.
NAMES_STORY = re.compile(r"(?:[^\W_]+[-_]){2,}[^\W_]+|\d{5,}")
ABOVE_ROOT = re.compile(r"^(?:/\.\.(?![^/]))+")
AMPERSAND = re.compile(r"&(?:amp|#0*38);")
PATH_SAFE = "/%:@!$&'()*+,;=~-._"
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL = 4096


def clean_url(url: str) -> str | None:
    """Return the canonical form of an http(s) URL, or None when it is none. Idempotent.

    Removes tracking parameters, session ids, fragments, default ports and user names; sorts the parameters by name if
    all have one. Percent-encoded bytes keep their values.
    """
    url = "".join(url.split()) if "\n" in url or "\t" in url else url.strip()
    if len(url) > MAX_URL or any(char < " " for char in url):
        return None
    for _ in range(4):
        once = _clean_once(url)
        # Its canonical form may exceed the maximum length of a URL.
        if once is None or len(once) > MAX_URL:
            return None
        if once == url:
            return once
        url = once
    return url


def join(base: str, link: str) -> str | None:
    """Resolve a link as written by a site; None when it cannot be a URL (``http://[``)."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return None


def _clean_once(url: str) -> str | None:
    try:
        parts = urlsplit(AMPERSAND.sub("&", url))
        host, port = _host(parts.hostname), parts.port
        scheme = parts.scheme.lower()
        if scheme not in DEFAULT_PORTS or not host:
            return None
        netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
        path = quote(ABOVE_ROOT.sub("", SESSION_PATH.sub("", parts.path)) or "/", safe=PATH_SAFE)
        return urlunsplit((scheme, netloc, path, _query(parts.query, path), ""))
    except ValueError:
        return None


def _query(query: str, path: str) -> str:
    """Return a query without parameters that do not identify the page, sorted by name."""
    linkers = LINKERS if _names_story(path) else frozenset()
    kept = [piece for piece in query.split("&") if piece and not _is_dropped(piece, linkers)]
    # Parameters without names are positional.
    if all("=" in piece for piece in kept):
        kept.sort(key=_name)
    return "&".join(map(_spell, kept))


def _name(piece: str) -> str:
    return plain_bytes(piece.partition("=")[0])


def _is_dropped(piece: str, linkers: Container[str]) -> bool:
    name = _name(piece).lower()
    return name in linkers or names_no_page(name, piece)


def _names_story(path: str) -> bool:
    last = path.rstrip("/").rpartition("/")[2]
    return NAMES_STORY.search(last) is not None and not SCRIPT.search(last)


def _spell(piece: str) -> str:
    """Return the canonical spelling of a parameter with the same bytes, in any encoding."""
    name, sign, value = piece.partition("=")
    if not sign:
        return quote(piece, safe=PATH_SAFE + "?")
    key, data = (unquote_to_bytes(part.replace("+", " ").encode("utf-8", "surrogatepass")) for part in (name, value))
    # Some servers treat a semicolon as an ampersand.
    return f"{quote_plus(key)}={quote_plus(data, safe=';=' if b';' in data else '')}"


def _host(name: str | None) -> str | None:
    """Return a host name in lower-case ASCII (RFC 5891, with the mapping of UTS 46)."""
    if not name or ":" in name:
        return f"[{name}]" if name else None
    name = name.rstrip(".").lower()
    if name.isascii():
        return name if re.fullmatch(r"[a-z0-9._-]+", name) else None
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
