"""Sitemaps, sitemap indexes, news sitemaps (sitemaps.org 0.9, Google's news extension) and plain-text sitemaps."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extract.discover.feeds import parse_feed
from extract.discover.items import Announcement, Item, keywords_of, parse_date
from extract.discover.urls import clean_url, join
from extract.fetch.body import gunzip
from extract.fetch.errors import AttemptError
from extract.strip.decode import decode_page

# Limits of the protocol.
MAX_URLS = 50_000
MAX_BYTES = 52_428_800
# An entry may list a thousand images of five elements each.
MAX_ENTRY_ELEMENTS = 10_000
FEED_HEAD = 2_048
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
# A warning of the program that wrote the file may come before it.
JUNK_BYTES = 8_192
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
XML_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}\?>")
BARE_AMPERSAND = re.compile(rb"&(?!(?:[a-zA-Z]{1,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
XML_ERRORS = (etree.XMLSyntaxError, ValueError, LookupError)


def parse_sitemap(data: bytes, url: str) -> Announcement:
    """Parse a sitemap of any format, gzipped or not. Never raises: errors are in ``problem``.

    The part of a broken file before the error is kept.
    """
    data, broken = _unpacked(data)
    if not data.strip():
        why = f"cannot be unpacked: {broken}" if broken else "is empty (0 bytes of content)"
        return Announcement(problem=f"The sitemap {url} {why}.")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _text_sitemap(data, url)
    if FEED.search(data[:FEED_HEAD]):
        # The protocol allows RSS and Atom as sitemaps.
        return parse_feed(data, url)
    items: list[Item] = []
    children: list[str] = []
    problem = _read_xml(_tidied(data), url, items, children) or broken
    if problem:
        return Announcement(tuple(items), tuple(children), problem=f"The sitemap {url} is broken: {problem}.")
    if not items and not children:
        return Announcement(problem=f"The sitemap {url} announces nothing, or is no sitemap.")
    return Announcement(tuple(items), tuple(children))


def _unpacked(data: bytes) -> tuple[bytes, str | None]:
    """Return a file's content, gzipped or not, and its error; of a broken file, the part before the error."""
    try:
        # A server may compress a compressed file again.
        return _in_utf8(gunzip(gunzip(data, MAX_BYTES), MAX_BYTES)), None
    except AttemptError as error:
        unpacker = zlib.decompressobj(31)
        try:
            return unpacker.decompress(data, MAX_BYTES), error.detail
        except zlib.error:
            return b"", error.detail


def _in_utf8(data: bytes) -> bytes:
    """Convert a file in UTF-16 to UTF-8, without its XML declaration."""
    return XML_DECLARATION.sub(b"", decode_page(data), count=1) if data.startswith(UTF_16) else data


def _tidied(data: bytes) -> bytes:
    """Remove everything before the XML, and escape bare ampersands."""
    start = max(data.find(b"<?xml", 0, JUNK_BYTES), 0) or max(data.find(b"<urlset", 0, JUNK_BYTES), 0)
    # Where nothing is wrong with the ampersands, each is found by its entity alone.
    return BARE_AMPERSAND.sub(b"&amp;", data[start:]) if b"&" in data else data[start:]


def _read_xml(data: bytes, url: str, items: list[Item], children: list[str]) -> str | None:
    pending = 0
    try:
        # No entity is resolved and no network is used, which prevents entity bombs and reads of local files.
        walk = etree.iterparse(
            io.BytesIO(data.lstrip()),
            events=("end",),
            recover=True,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in walk:
            pending += 1
            is_entry = _take_entry(element, url, items, children)
            if is_entry or (pending > MAX_ENTRY_ELEMENTS and not _is_in_entry(element)):
                _drop(element)
                pending = 0
            elif pending > MAX_ENTRY_ELEMENTS:
                return f"an entry of more than {MAX_ENTRY_ELEMENTS} elements"
            if len(items) + len(children) > MAX_URLS:
                return f"more than the {MAX_URLS} addresses that the protocol allows"
    except XML_ERRORS as error:
        return str(error)
    return None


def _take_entry(element: Any, url: str, items: list[Item], children: list[str]) -> bool:
    """Add the page or sitemap of an element; return whether it is such an entry."""
    name = _local(element)
    if name == "url" and (item := _item(element, url)):
        items.append(item)
    elif name == "sitemap" and (link := _fields(element).get("loc")):
        children.append(link)
    return name in ("url", "sitemap")


def _is_in_entry(element: Any) -> bool:
    return any(_local(parent) in ("url", "sitemap") for parent in element.iterancestors())


def _drop(element: Any) -> None:
    """Free an element and its preceding siblings; an element that is only cleared stays in the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _item(element: Any, sitemap: str) -> Item | None:
    fields = _fields(element)
    url = clean_url(join(sitemap, fields.get("loc", "")) or "") if fields.get("loc") else None
    if url is None:
        return None
    published, modified = parse_date(fields.get("publication_date")), parse_date(fields.get("lastmod"))
    return Item(url, fields.get("title"), published, modified, keywords_of(fields.get("keywords")))


def _fields(element: Any) -> dict[str, str]:
    """Map local names to texts, except those of images and videos inside an entry."""
    found: dict[str, str] = {}
    for child in _own(element):
        text = "".join(child.itertext()).strip()
        if text:
            found.setdefault(_local(child), " ".join(text.split()))
    return found


def _own(element: Any) -> Iterator[Any]:
    for child in element:
        if _local(child) == "news":
            yield from child
        elif _local(child) in ("loc", "lastmod"):
            yield child


def _local(element: Any) -> str:
    # Comments and processing instructions have a function for a tag.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text_sitemap(data: bytes, url: str) -> Announcement:
    lines = decode_page(data).decode("utf-8-sig", "replace").splitlines()[:MAX_URLS]
    items = tuple(Item(clean) for line in lines if (clean := clean_url(line)))
    problem = None if items else f"{url} is neither an XML sitemap nor a list of addresses."
    return Announcement(items, problem=problem)
