"""One address for one page: tracking, session ids, fragments and spellings of a host are taken off a URL."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import idna
from courlan import normalize_url

SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/?;]*", re.I)
SESSION_KEYS = frozenset(
    {"phpsessid", "jsessionid", "sessionid", "session_id", "sid", "aspsessionid", "cfid", "cftoken"}
)
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL = 4096


def clean_url(url: str) -> str | None:
    """Return the canonical spelling of an http(s) URL, or None for what is no such URL. Idempotent.

    courlan takes off tracking parameters and sorts the query; session ids, fragments, default ports, user names and the
    two spellings of an international host are ours.
    """
    url = "".join(url.split()) if "\n" in url or "\t" in url else url.strip()
    if len(url) > MAX_URL or any(char < " " for char in url):
        return None
    for _ in range(4):
        once = _clean_once(url)
        if once is None or once == url:
            return once
        url = once
    return url


def _clean_once(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(key, value) for key, value in pairs if key.lower() not in SESSION_KEYS])
    path = quote(SESSION_PATH.sub("", parts.path) or "/", safe="/%:@!$&'()*+,;=~-._")
    try:
        normal = urlsplit(str(normalize_url(urlunsplit((scheme, netloc, path, query, "")))))
        # courlan spells international hosts in their own script; requests and ledgers want ASCII.
        return urlunsplit((scheme, netloc, normal.path or "/", normal.query, ""))
    except ValueError:
        return None


def _host(name: str | None) -> str | None:
    """Spell a host in ASCII lower case (RFC 5891, with the mapping of UTS 46)."""
    if not name or ":" in name:
        return f"[{name}]" if name else None
    name = name.rstrip(".").lower()
    if name.isascii():
        return name if re.fullmatch(r"[a-z0-9._-]+", name) else None
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
