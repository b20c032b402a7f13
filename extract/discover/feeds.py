"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed; and the feeds that a page names."""

from __future__ import annotations

import calendar
import io
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from extract.discover.items import Announcement, Item, as_utc, parse_date
from extract.discover.urls import clean_url

MAX_ITEMS = 10_000
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json"}
)
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
# RSS 1.0 syndication module.
PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parse_feed(data: bytes, url: str) -> Announcement:
    """Read a feed of any kind; links are resolved against ``url``. Never raises: what is wrong is in ``problem``."""
    if not data.strip():
        return Announcement(problem=f"The feed {url} is empty (0 bytes of content).")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, url)
    try:
        # A stream, so that bytes are never taken for a file name or an address.
        parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url})
    except (ValueError, AssertionError, RecursionError, LookupError, TypeError, AttributeError) as error:
        return Announcement(problem=f"The feed {url} cannot be read: {error}.")
    items = tuple(filter(None, (_item(entry, url) for entry in parsed.entries[:MAX_ITEMS])))
    interval = _interval(parsed.feed)
    if items:
        return Announcement(items, interval=interval)
    if not parsed.version:
        why = f" ({parsed.bozo_exception})" if parsed.bozo else ""
        return Announcement(problem=f"{url} is no feed of a kind we know, or is too broken to read{why}.")
    return Announcement(interval=interval, problem=f"The feed {url} announces nothing: it has no items with a link.")


def find_feeds(html: bytes, url: str) -> list[str]:
    """List the feeds that a page names in its ``link`` elements, in its order, without doubles."""
    # Only the elements that matter are built: a home page may have a megabyte of others.
    page = BeautifulSoup(html, "lxml", parse_only=SoupStrainer(["base", "link"]))
    base = page.find("base", href=True)
    root = urljoin(url, str(base["href"]) if base else "")
    found: dict[str, None] = {}
    for link in page.find_all("link", href=True):
        kind = str(link.get("type") or "").split(";")[0].strip().lower()
        rels = {rel.lower() for rel in link.get_attribute_list("rel") if rel}
        if kind in FEED_TYPES and "alternate" in rels and "stylesheet" not in rels:
            with suppress(ValueError):
                found[urljoin(root, str(link["href"]).strip())] = None
    return [feed for feed in found if feed.startswith(("http://", "https://"))]


def read_opml(data: bytes) -> dict[str, str | None]:
    """Return the feeds of an OPML subscription list (``xmlUrl``), each with its title or None, in the list's order."""
    found: dict[str, str | None] = {}
    for outline in BeautifulSoup(data, "lxml", parse_only=SoupStrainer("outline")).find_all("outline"):
        url = str(outline.get("xmlurl") or "").strip()
        if url.startswith(("http://", "https://")):
            found.setdefault(url, plain_title(str(outline.get("title") or outline.get("text") or "")))
    return found


def _item(entry: Any, url: str) -> Item | None:
    link = entry.get("link") or next((x.get("href") for x in entry.get("links", []) if x.get("href")), None)
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry.get("id")
    return _make(
        link,
        url,
        entry.get("title"),
        _time(entry, "published") or _time(entry, "created"),
        _time(entry, "updated"),
    )


def _make(
    link: str | None, url: str, title: str | None, published: datetime | None, modified: datetime | None
) -> Item | None:
    try:
        clean = clean_url(urljoin(url, link.strip())) if link else None
    except ValueError:
        return None
    return Item(clean, plain_title(title), published, modified) if clean else None


def plain_title(title: str | None) -> str | None:
    """Take markup, entities and control characters out of a title."""
    if not title:
        return None
    text = BeautifulSoup(title, "lxml").get_text() if "<" in title or "&" in title else title
    words = (word.translate(CONTROLS) for word in unescape(text or "").split())
    return " ".join(filter(None, words)) or None


def _time(entry: Any, name: str) -> datetime | None:
    # feedparser itself takes "updated" for a missing "published" in some feeds; only what is there counts.
    if name not in entry:
        return None
    parsed = entry.get(f"{name}_parsed")
    if not parsed:
        return parse_date(entry.get(name))
    try:
        return as_utc(datetime.fromtimestamp(calendar.timegm(parsed), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _interval(feed: Any) -> timedelta | None:
    hours = PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    with suppress(ValueError, TypeError, OverflowError, ZeroDivisionError):
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
    items = tuple(_json_items(feed["items"][:MAX_ITEMS], url))
    problem = None if items else f"The feed {url} announces nothing: it has no items with a link."
    return Announcement(items, problem=problem)


def _json_items(entries: Iterable[Any], url: str) -> Iterable[Item]:
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        # JSON Feed 1.1: `url` is the item's page, `external_url` what it is about; an `id` is often the URL.
        link = next((x for x in map(entry.get, ("url", "external_url", "id")) if _is_link(x)), None)
        dates = [parse_date(str(entry.get(key) or "")) for key in ("date_published", "date_modified")]
        title = entry.get("title")
        if item := _make(link, url, title if isinstance(title, str) else None, dates[0], dates[1]):
            yield item


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://", "/"))
