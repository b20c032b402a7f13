"""What a page's URLs say: its canonical URL, its site, its date."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from extract.calendar import MONTH_NAMES
from extract.strip.queries import may_name_page

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/\-_.]?)(0[1-9]|1[0-2]|[1-9](?=\2[^\d]|[/\-_.]))\2(0[1-9]|[12]\d|3[01]|(?<=[/\-_.])[1-9])(?!\d)"
)
MONTHS = [name[:3].lower() for name in MONTH_NAMES]
# ``/2014/nov/23/`` as some news sites write it.
URL_NAMED_DATE = re.compile(
    rf"/((?:19|20)\d\d)[/-]({'|'.join(MONTHS)})[a-z]{{0,6}}[/-](0?[1-9]|[12]\d|3[01])(?!\d)", re.I
)
# Domains of one owner under which publishers of different names publish, as registries' customers do.
SHARED_DOMAINS = ("go.com",)  # Disney's: abcnews.go.com


# Addresses that are absolute already, which most are, with nothing in them that resolving would change.
PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w.~!$&'()*+,=:@%/-]*)?(?:\?[\w.~!$&'()*+,=:@%/?-]+)?", re.A)


def absolute(url: str | None, base: str | None) -> str | None:
    """Resolve a URL against the page's own; None if the result is not an http(s) URL."""
    if not url:
        return None
    if PLAIN_URL.fullmatch(url):
        return url
    try:
        resolved = urljoin(base or "", url.strip())
        parts = urlsplit(resolved)
    except ValueError:
        return None
    return resolved if parts.scheme in ("http", "https") and parts.netloc else None


# A generic path: an optional language and one plain word.
PLAIN_PATH = re.compile(
    r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/)?(?:[a-z]{1,12}/?)?(?:[a-z]{1,12}\.(?:[sp]?html?|php\d?|aspx?|jsp))?/?", re.I
)
# The last part of a path that names a story by itself: words with hyphens between them, a long number, a file.
STORY_PART = re.compile(r"(?:[^\W_]+[-_]){2,}[^\W_]+|\d{5,}|\.[sp]?html?$", re.I)


# Development hosts, which sites forget in their canonical URLs.
WORKSHOP = re.compile(
    r"localhost|(?:127|10)\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[?::1\]?"
    r"|.*\.(?:local|localhost|internal)",
    re.I,
)


def names_other_page(canonical: str, url: str) -> bool:
    """Return whether a page's canonical URL is a shared one: a front page, a section, a missing query."""
    try:
        named, own = urlsplit(canonical), urlsplit(url.strip())
    except ValueError:
        return True
    if _is_workshop(named.hostname) and not _is_workshop(own.hostname):
        return True
    if named.query:
        return False
    path, own_path = named.path.rstrip("/"), own.path.rstrip("/")
    if path == own_path:
        return may_name_page(own.query, own.path) and STORY_PART.search(path.rpartition("/")[2]) is None
    if PLAIN_PATH.fullmatch(named.path or "/"):
        return True
    # A story's pages and its print stand under it; a section stands over its stories.
    return own_path.startswith(path + "/") and STORY_PART.search(path) is None


def _is_workshop(host: str | None) -> bool:
    return WORKSHOP.fullmatch(host or "") is not None


def host_of(url: str | None) -> str:
    """Return the URL's host in lower case without ``www.``, or an empty string."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


@cache
def _suffixes() -> PublicSuffixList:
    # Read when first asked for: 10,000 lines, of which only pages and the discovery of feeds have need.
    from publicsuffixlist import PSLFILE, PublicSuffixList

    return PublicSuffixList([*Path(PSLFILE).read_text(encoding="utf-8").splitlines(), *SHARED_DOMAINS])


def site_label(host: str) -> str:
    """Return what identifies the site in a host name: ``bbc`` of ``news.bbc.co.uk``, ``me`` of ``me.blogspot.com``."""
    if host[-1:].isdigit():  # an IPv4 address
        return host
    return (_suffixes().privatesuffix(host) or host).partition(".")[0]


def date_in_url(url: str | None) -> str | None:
    """Return the date in a URL's path (``2019-11-18``), or None."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    if match := URL_DATE.search(path):
        return f"{match[1]}-{int(match[3]):02d}-{int(match[4]):02d}"
    if match := URL_NAMED_DATE.search(path):
        return f"{match[1]}-{MONTHS.index(match[2].lower()) + 1:02d}-{int(match[3]):02d}"
    return None
