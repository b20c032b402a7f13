"""Feeds and sitemaps of an outlet: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, sitemaps.org 0.9 and news sitemaps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from sample.outlets import Outlet

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page as a feed announces it."""

    url: str
    title: str
    summary: str
    published_at: datetime
    modified_at: datetime


def rss(outlet: Outlet, base: str, listings: Sequence[Listing]) -> bytes:
    """RSS 2.0; a revised page gets an ``atom:updated`` beside its first ``pubDate``."""
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _texts(channel, title=outlet.name, link=f"{base}/", description=f"News from {outlet.name}", ttl="15")
    for entry in listings:
        item = ET.SubElement(channel, "item")
        _texts(item, title=entry.title, link=entry.url, guid=entry.url, description=entry.summary)
        _texts(item, pubDate=format_datetime(entry.published_at))
        ET.SubElement(item, f"{{{ATOM}}}updated").text = entry.modified_at.isoformat()
    return _xml(root, outlet.encoding)


def atom(outlet: Outlet, base: str, listings: Sequence[Listing]) -> bytes:
    """Atom with ``published`` and ``updated``."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    newest = max((entry.modified_at for entry in listings), default=None)
    _texts(root, ATOM, title=outlet.name, id=f"{base}/", updated=newest.isoformat() if newest else "")
    for entry in listings:
        item = ET.SubElement(root, f"{{{ATOM}}}entry")
        _texts(item, ATOM, title=entry.title, id=entry.url, summary=entry.summary)
        _texts(item, ATOM, published=entry.published_at.isoformat(), updated=entry.modified_at.isoformat())
        ET.SubElement(item, f"{{{ATOM}}}link", rel="alternate", href=entry.url)
    return _xml(root, "utf-8")


def json_feed(outlet: Outlet, base: str, listings: Sequence[Listing]) -> bytes:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": entry.published_at.isoformat(),
            "date_modified": entry.modified_at.isoformat(),
        }
        for entry in listings
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def sitemap(listings: Sequence[Listing]) -> bytes:
    """A sitemap with ``lastmod``."""
    ET.register_namespace("", SITEMAP)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for entry in listings:
        url = ET.SubElement(root, f"{{{SITEMAP}}}url")
        _texts(url, SITEMAP, loc=entry.url, lastmod=entry.modified_at.isoformat())
    return _xml(root, "utf-8")


def news_sitemap(outlet: Outlet, listings: Sequence[Listing]) -> bytes:
    """A news sitemap: title, language and time of publication of each page."""
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("news", NEWS)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for entry in listings:
        url = ET.SubElement(root, f"{{{SITEMAP}}}url")
        _texts(url, SITEMAP, loc=entry.url, lastmod=entry.modified_at.isoformat())
        news = ET.SubElement(url, f"{{{NEWS}}}news")
        _texts(ET.SubElement(news, f"{{{NEWS}}}publication"), NEWS, name=outlet.name, language=outlet.language[:2])
        _texts(news, NEWS, publication_date=entry.published_at.isoformat(), title=entry.title)
    return _xml(root, "utf-8")


def sitemap_index(urls: Sequence[str]) -> bytes:
    """An index of sitemaps."""
    ET.register_namespace("", SITEMAP)
    root = ET.Element(f"{{{SITEMAP}}}sitemapindex")
    for url in urls:
        _texts(ET.SubElement(root, f"{{{SITEMAP}}}sitemap"), SITEMAP, loc=url)
    return _xml(root, "utf-8")


def compressed(body: bytes) -> bytes:
    """The body as a .gz file; the same body gives the same bytes."""
    return gzip.compress(body, mtime=0)


def _texts(parent: ET.Element, namespace: str = "", /, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name).text = text


def _xml(root: ET.Element, encoding: str) -> bytes:
    return bytes(ET.tostring(root, encoding=encoding, xml_declaration=True))
