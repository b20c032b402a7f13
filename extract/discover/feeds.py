"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed; and the feeds that a page links to."""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import feedparser
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from extract.discover.items import Announcement, Item, evidence_of, keywords_of, parse_date
from extract.discover.urls import clean_url, join
from extract.fetch.body import gunzip
from extract.fetch.errors import AttemptError
from extract.strip.decode import decode_page
from extract.strip.language import language_of
from extract.strip.timestamps import Evidence
from extract.strip.urls import host_of, site_label

MAX_ITEMS = 10_000
MAX_BYTES = 52_428_800
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json"}
)
# Generic media types; the title or URL of the link must say that it is a feed.
XML_TYPES = frozenset({"text/xml", "application/xml", "application/x-rss+xml", "text/rss+xml", "application/rss"})
FEED_TITLE = re.compile(r"\batom\b|\bfeed\b|rss", re.I)
# Comment feeds, and WordPress's REST API, which has a JSON type.
NOT_ARTICLES = re.compile(r"comment|kommentar|comentario|commentaire|reacties|/wp-json/|oembed", re.I)
# The end of a URL that may be a feed's, for links in the page's text.
FEED_ADDRESS = re.compile(
    r"/(?:[\w-]*[_-])?(?:rss|feeds?|atom)\d?(?:[_-]\w{1,12})?(?:\.(?:xml|rdf|php|aspx?))?/?(?:\?|$)"
    r"|\.(?:rss|rdf|atom)(?:\?|$)",
    re.I,
)
MAX_LINKED = 3
XML_HEAD = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=", re.I)
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,1000}>", re.I)
# Suffixes of files that are no readable page.
MEDIA = re.compile(
    r"\.(?:mp3|m4a|m4v|mp4|ogg|oga|ogv|opus|wav|aac|mov|avi|webm|jpe?g|png|gif|webp|svg|zip|epub|pdf|docx?|xlsx?|pptx?)$",
    re.I,
)
# The programs of Google Alerts, Bing and others through which the links of their feeds lead.
COUNTER = re.compile(r"/(?:url|apiclick\.aspx|redirect(?:\.\w+)?)$", re.I)
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
# RSS 1.0 syndication module.
PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parse_feed(data: bytes, url: str, content_type: str | None = None) -> Announcement:
    """Parse a feed of any format, gzipped or not; links are resolved against ``url``.

    ``content_type`` is the HTTP header, whose encoding is used when the feed declares none. Never raises: errors are in
    ``problem``.
    """
    try:
        data = gunzip(data, MAX_BYTES)
    except AttemptError as error:
        return Announcement(problem=f"The feed {url} cannot be unpacked: {error.detail}.")
    if not data.strip():
        return Announcement(problem=f"The feed {url} is empty (0 bytes of content).")
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    return _json_feed(data, url) if is_json else _xml_feed(data, url, content_type)


def _xml_feed(data: bytes, url: str, content_type: str | None) -> Announcement:
    if not XML_HEAD.match(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode_page(data, content_type)
    try:
        # A stream, so that feedparser never takes the bytes for a file name or URL.
        parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url})
    except (ValueError, AssertionError, RecursionError, LookupError, TypeError, AttributeError) as error:
        return Announcement(problem=f"The feed {url} cannot be read: {error}.")
    items = _items(parsed, url)
    if not items and not parsed.version:
        why = f" ({parsed.bozo_exception})" if parsed.bozo else ""
        return Announcement(problem=f"{url} is no feed of a kind we know, or is too broken to read{why}.")
    return Announcement(items, interval=_interval(parsed.feed), problem=_nothing_in(items, url))


def _items(parsed: Any, url: str) -> tuple[Item, ...]:
    entries = parsed.entries[:MAX_ITEMS]
    dates = evidence_of(
        (str(entry.get("published") or entry.get("updated") or "") for entry in entries),
        language_of(str(parsed.feed.get("language") or "")),
    )
    return tuple(filter(None, (_item(entry, url, dates) for entry in entries)))


def _nothing_in(items: tuple[Item, ...], url: str) -> str | None:
    return None if items else f"The feed {url} announces nothing: it has no items with a link."


def find_feeds(html: bytes, url: str) -> list[str]:
    """Return the feeds in a page's ``link`` elements, in order, without duplicates."""
    # Only these elements are parsed: a home page may have a megabyte of others.
    page = _elements(html, "base", "link")
    base = page.find("base", href=True)
    at = join(url, str(base["href"])) if base else None
    # A base that is no address is none.
    root = at if at and clean_url(at) else url
    feeds = (join(root, str(link["href"]).strip()) for link in page.find_all("link", href=True) if _is_feed_link(link))
    return list(dict.fromkeys(feed for feed in feeds if feed and feed.startswith(("http://", "https://"))))


def linked_feeds(html: bytes, url: str) -> list[str]:
    """Return the first URLs of the page's own site that it links to and that look like article feeds."""
    site = site_label(host_of(url))
    links = _elements(html, "a").find_all("a", href=True)
    told = [(link.get_text(" "), join(url, str(link["href"]))) for link in links]
    feeds = [
        at
        for text, at in told
        if at and clean_url(at) and FEED_ADDRESS.search(at) and not any(map(NOT_ARTICLES.search, (text, at)))
    ]
    return [at for at in dict.fromkeys(feeds) if site_label(host_of(at)) == site][:MAX_LINKED]


def _elements(data: bytes, *names: str) -> BeautifulSoup:
    """Parse only the elements of these names in a document.

    It is decoded first, because a bytes parser fails at a declared encoding that does not exist. XML is parsed as
    leniently as HTML, without its declaration, which would make the parser warn the user.
    """
    text = XML_DECLARATION.sub("", decode_page(data).decode("utf-8", "replace"), count=1)
    return BeautifulSoup(text, "lxml", parse_only=SoupStrainer(list(names)))


def _is_feed_link(link: Any) -> bool:
    """Return whether a link's type and relation are those of an article feed and not of a comment feed."""
    kind = str(link.get("type") or "").split(";")[0].strip().lower()
    rels = {rel.lower() for rel in link.get_attribute_list("rel") if rel}
    title, href = str(link.get("title") or ""), str(link["href"]).strip()
    is_feed = kind in FEED_TYPES or (kind in XML_TYPES and FEED_TITLE.search(f"{title} {href}") is not None)
    is_offered = not rels.isdisjoint(("alternate", "feed")) and "stylesheet" not in rels
    return is_feed and is_offered and not any(map(NOT_ARTICLES.search, (title, href)))


def read_opml(data: bytes) -> dict[str, str | None]:
    """Return the feeds of an OPML subscription list (``xmlUrl``), each with its title or None, in order."""
    found: dict[str, str | None] = {}
    for outline in _elements(data, "outline").find_all("outline"):
        url = str(outline.get("xmlurl") or "").strip()
        if url.startswith(("http://", "https://")):
            found.setdefault(url, plain_title(str(outline.get("title") or outline.get("text") or "")))
    return found


def _item(entry: Any, url: str, dates: Evidence) -> Item | None:
    links = (x for x in entry.get("links", []) if x.get("rel", "alternate") == "alternate" and x.get("href"))
    # What counts the readers of a feed leads through itself, and tells the article's own address beside.
    link = entry.get("feedburner_origlink") or entry.get("link") or next((x["href"] for x in links), None)
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry.get("id")
    return _make(
        link,
        url,
        entry.get("title"),
        _time(entry, "published", dates) or _time(entry, "created", dates),
        _time(entry, "updated", dates),
        keywords_of(*(plain_title(tag.get("label") or tag.get("term")) for tag in entry.get("tags", ()))),
    )


def _make(
    link: str | None,
    url: str,
    title: str | None,
    published: datetime | None,
    modified: datetime | None,
    keywords: tuple[str, ...] | None,
) -> Item | None:
    at = join(url, link) if link else None
    clean = clean_url(_led_to(at)) if at else None
    # The feed itself, and what is played or looked at, is no article.
    is_page = clean is not None and clean != clean_url(url) and not MEDIA.search(clean.partition("?")[0])
    return Item(clean, plain_title(title), published, modified, keywords) if clean and is_page else None


def _led_to(url: str) -> str:
    """Return the address that a search engine's feed leads to by way of its own counter (``/url?url=https://...``)."""
    path, _, query = url.partition("?")
    if not COUNTER.search(path):
        return url
    with suppress(ValueError):
        targets = (value for name, value in parse_qsl(query) if name.lower() == "url")
        return next((target for target in targets if target.startswith(("http://", "https://"))), url)
    return url


def plain_title(title: str | None) -> str | None:
    """Remove markup, entities and control characters from a title."""
    if not title:
        return None
    text = BeautifulSoup(title, "lxml").get_text() if "<" in title or "&" in title else title
    words = (word.translate(CONTROLS) for word in unescape(text or "").split())
    return " ".join(filter(None, words)) or None


def _time(entry: Any, name: str, dates: Evidence) -> datetime | None:
    # feedparser substitutes "updated" for a missing "published" in some feeds; only real values count.
    return parse_date(str(entry.get(name) or ""), dates) if name in entry else None


def _interval(feed: Any) -> timedelta | None:
    hours = PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    with suppress(ValueError, TypeError, ArithmeticError):
        if feed.get("ttl"):
            minutes = int(feed["ttl"])
            return timedelta(minutes=minutes) if 0 < minutes < 100_000 else None
        if hours:
            return timedelta(hours=hours / max(int(feed.get("sy_updatefrequency", 1)), 1))
    return None


def _json_feed(data: bytes, url: str) -> Announcement:
    try:
        feed = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Announcement(problem=f"The JSON feed {url} cannot be read: {error}.")
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Announcement(problem=f"{url} is JSON but no JSON Feed: it has no list of items.")
    dates = Evidence(language_of(str(feed.get("language") or "")))
    entries = (entry for entry in feed["items"][:MAX_ITEMS] if isinstance(entry, dict))
    items = tuple(filter(None, (_json_item(entry, url, dates) for entry in entries)))
    return Announcement(items, problem=_nothing_in(items, url))


def _json_item(entry: dict[str, Any], url: str, dates: Evidence) -> Item | None:
    # JSON Feed 1.1: `url` is the item's page, `external_url` what it is about; an `id` is often the URL.
    named = [value for value in map(entry.get, ("url", "external_url")) if isinstance(value, str) and value.strip()]
    link = next((x for x in (*named, entry.get("id")) if _is_link(x)), named[0] if named else None)
    published, modified = (
        parse_date(str(entry.get(f"date_{kind}") or ""), dates) for kind in ("published", "modified")
    )
    title = entry.get("title")
    return _make(link, url, title if isinstance(title, str) else None, published, modified, _tags(entry.get("tags")))


def _tags(tags: Any) -> tuple[str, ...] | None:
    return keywords_of(*(tag for tag in tags if isinstance(tag, str))) if isinstance(tags, list) else None


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://", "/"))
