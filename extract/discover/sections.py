"""Section pages: the pages that list a site's articles, for sites without a feed.

A link counts as an article when its URL looks like a story's, or when it has a headline of its own. Links to lists,
tags and authors do not count, and no link is followed further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.discover.feeds import MEDIA
from extract.discover.items import Announcement, Item, parse_date
from extract.discover.urls import clean_url, join
from extract.strip.decode import decode_page
from extract.strip.kind import INDEX_URL
from extract.strip.limits import limit_markup
from extract.strip.others import node_of_others
from extract.strip.page import collapse
from extract.strip.urls import PLAIN_PATH, STORY_PART, date_in_url, host_of, site_label

MAX_BYTES = 10_000_000
MAX_LINKS = 5_000
MAX_ITEMS = 1_000
# Elements at the edges of every page of a site.
EDGES = frozenset(("nav", "footer", "form"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
TEASERS = frozenset(("article", "li"))
# An element with more links than this is a list of teasers.
MAX_TEASER_LINKS = 12
# Minimum length of a headline in characters; less in scripts in which a character may be a word.
MIN_TITLE_CHARS = 12
MIN_WIDE_TITLE_CHARS = 6
MAX_TITLE_CHARS = 300
# Minimum length of a link text that is not marked as a headline; few section names are as long.
MIN_CALLED_CHARS = 25
LONG_NUMBER = re.compile(r"\d{5,}")
# URL segments of lists of articles, and of pages about the site itself, in the commonest languages of news sites.
LISTS = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|kategorien?|rubriken?|rubriques?|categor[ií]as?|etiquetas?|temas?|sujets?"
    r"|schlagw(?:o|ö|oe)rt(?:e|er)?|authors?|autor(?:en|es|s)?|auteurs?|people|collections?|products?|shop|abo"
    r"|about(?:-us)?|contact|privacy|terms|cookies?|imprint|impressum|datenschutz|agb|subscri\w+|newsletters?|login"
    r"|sign-?(?:in|up)|register|account|advertis\w+|jobs|careers|help|faq|sitemap|rss|mentions-legales|aviso-legal)"
    r"(?:[/_-]|\.\w+$|$)",
    re.I,
)


def parse_section(data: bytes, url: str, content_type: str | None = None) -> Announcement:
    """Return the articles that a page of a site links to, with headline and, if it is marked up, time.

    Never raises: errors are in ``problem``.
    """
    if not data.strip():
        return Announcement(problem=f"The section page {url} is empty (0 bytes of content).")
    tree = LexborHTMLParser(limit_markup(decode_page(data[:MAX_BYTES], content_type)))
    base = tree.css_first("base[href]")
    at = join(url, (base.attributes.get("href") or "") if base is not None else "") or url
    found: dict[str, _Link] = {}
    for link in _links(tree, at, url):
        found[link.url] = _fuller(found[link.url], link) if link.url in found else link
    items = tuple(Item(link.url, link.title, link.time) for link in found.values() if is_to_article(link))[:MAX_ITEMS]
    problem = None if items else f"The section page {url} links to nothing that looks like an article of its site."
    return Announcement(items, problem=problem)


@dataclass(frozen=True, slots=True)
class _Link:
    """All links of a page to one URL; ``is_headline`` when one of them is, contains or is in a headline."""

    url: str
    title: str | None
    is_headline: bool
    time: datetime | None


def _fuller(one: _Link, other: _Link) -> _Link:
    """Merge two links to one URL: a teaser's picture and button link to it too."""
    best = max((one, other), key=lambda link: (link.is_headline, len(link.title or "")))
    return replace(best, time=one.time or other.time)


def _links(tree: LexborHTMLParser, base: str, page: str) -> Iterator[_Link]:
    own = clean_url(page)
    for node in tree.css("a[href]")[:MAX_LINKS]:
        address = join(base, node.attributes.get("href") or "")
        url = clean_url(address) if address else None
        if url is not None and url != own and is_of_site(url, page) and not _is_at_edge(node):
            heading = _headline(node)
            yield _Link(url, heading or _told(node), heading is not None, _time(node))


def is_of_site(url: str, page: str) -> bool:
    """Return whether a URL is of the same site as a page, whatever the subdomain."""
    return host_of(url) == host_of(page) or site_label(host_of(url)) == site_label(host_of(page))


def is_to_article(link: _Link) -> bool:
    """Return whether a link looks like an article's: by its URL alone, or by its URL and text."""
    path = urlsplit(link.url).path
    if MEDIA.search(path) or INDEX_URL.search(path) or LISTS.search(path) or PLAIN_PATH.fullmatch(path):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    if LONG_NUMBER.search(last) or (date_in_url(link.url) and not last.isdigit()):
        return True
    is_called = link.title is not None and (len(link.title) >= MIN_CALLED_CHARS or not link.title.isascii())
    return link.is_headline or (is_called and STORY_PART.search(last) is not None)


def _is_at_edge(link: LexborNode) -> bool:
    node = link.parent
    while node is not None and node.tag != "body":
        if node.tag in EDGES:
            return True
        node = node.parent
    return node_of_others(link)


def _headline(link: LexborNode) -> str | None:
    """Return the headline that a link is, is in, or contains."""
    inside = next((node for tag in sorted(HEADINGS) if (node := link.css_first(tag)) is not None), None)
    around = link.parent
    if inside is None and around is not None and around.tag in HEADINGS:
        inside = around
    return _told(inside) if inside is not None else None


def _told(node: LexborNode) -> str | None:
    """Return the text of a link or heading if it can be a headline."""
    text = collapse(node.text(separator=" "))
    least = MIN_TITLE_CHARS if text.isascii() else MIN_WIDE_TITLE_CHARS
    return text if least <= len(text) <= MAX_TITLE_CHARS else None


def _time(link: LexborNode) -> datetime | None:
    """Return the marked-up time of the teaser around a link."""
    node = link.parent
    while node is not None and node.tag not in TEASERS:
        node = node.parent
    if node is None or len(node.css("a[href]")) > MAX_TEASER_LINKS:
        return None
    marked = node.css("time[datetime]")
    return parse_date(marked[0].attributes.get("datetime")) if len(marked) == 1 else None
