"""CC-NEWS, Common Crawl's news archive: its monthly listings, and which records belong to a publisher."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from extract.errors import InputError
from extract.strip.urls import host_of

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MAX_LISTING_BYTES = 20_000_000


def listing_url(base_url: str, month: str) -> str:
    """Return the URL of a month's file listing; ``month`` is ``2024-11``. Raises InputError when it is no month."""
    match = MONTH.fullmatch(month)
    if match is None:
        raise InputError(f"{month!r} is not a month.", hint="Write it as 2024-11.")
    return urljoin(_folder(base_url), f"crawl-data/CC-NEWS/{match[1]}/{match[2]}/warc.paths.gz")


def read_listing(data: bytes, base_url: str) -> list[str]:
    """Return the URLs of the files in a listing, in its order. Raises InputError when it is no listing."""
    try:
        if data.startswith(b"\x1f\x8b"):
            data = zlib.decompressobj(31).decompress(data, MAX_LISTING_BYTES)
    except zlib.error as error:
        raise InputError(f"The listing cannot be unpacked: {error}.") from None
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    paths = [line for line in lines if line.endswith((".warc.gz", ".warc"))]
    if not paths or len(paths) < len([line for line in lines if line]):
        raise InputError("The listing names files that are not WARC files.", hint="Check cc_news_url and the month.")
    return [urljoin(_folder(base_url), path) for path in paths]


def of_hosts(hosts: Iterable[str]) -> Callable[[str], bool]:
    """Return a predicate on URLs: whether the host is one of these or a subdomain of one."""
    names = frozenset(host.lower().removeprefix("www.") for host in hosts)
    ends = tuple(f".{name}" for name in names)

    def wanted(url: str) -> bool:
        host = host_of(url)
        return host in names or host.endswith(ends)

    return wanted


def _folder(base_url: str) -> str:
    return base_url.rstrip("/") + "/"
