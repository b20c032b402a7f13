"""Section pages: where a site announces in no feed, the pages that list its articles.

A link is taken for one to an article when its address names a story, or when it stands under a headline of its own;
lists, tags and authors are not, and no link is followed any further.
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
# What stands at the edges of every page of a site.
EDGES = frozenset(("nav", "footer", "form"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
TEASERS = frozenset(("article", "li"))
# What holds more links than this is a list of teasers.
MAX_TEASER_LINKS = 12
# A headline has so many characters at least; where a character may be a word, fewer.
MIN_TITLE_CHARS = 12
MIN_WIDE_TITLE_CHARS = 6
MAX_TITLE_CHARS = 300
# What a link is called that is no headline by its place: so long are few names of sections.
MIN_CALLED_CHARS = 25
LONG_NUMBER = re.compile(r"\d{5,}")
# Lists of a site's articles, and pages about the site itself, in the commonest languages of news sites.
LISTS = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|kategorien?|rubriken?|rubriques?|categor[ií]as?|etiquetas?|temas?|sujets?"
    r"|schlagw(?:o|ö|oe)rt(?:e|er)?|authors?|autor(?:en|es|s)?|auteurs?|people|collections?|products?|shop|abo"
    r"|about(?:-us)?|contact|privacy|terms|cookies?|imprint|impressum|datenschutz|agb|subscri\w+|newsletters?|login"
    r"|sign-?(?:in|up)|register|account|advertis\w+|jobs|careers|help|faq|sitemap|rss|mentions-legales|aviso-legal)"
    r"(?:[/_-]|\.\w+$|$)",
    re.I,
)


def parse_section(data: bytes, url: str, content_type: str | None = None) -> Announcement:
    """Read the articles that a page of a site links to, each with its headline and, where it is marked, its time.

    Never raises: what is wrong is in ``problem``.
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
    """What a page's links to one address tell of it; ``is_headline`` where one of them is, holds or stands in one."""

    url: str
    title: str | None
    is_headline: bool
    time: datetime | None


def _fuller(one: _Link, other: _Link) -> _Link:
    """Join two links to one address: a teaser's picture and its button link to it too."""
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
    """Say whether an address is of the same site as a page, whatever the name in front of it."""
    return host_of(url) == host_of(page) or site_label(host_of(url)) == site_label(host_of(page))


def is_to_article(link: _Link) -> bool:
    """Say whether a link looks like one to an article: by its address alone, or by that and what it is called."""
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
    """Return the headline that a link is, is in, or holds."""
    inside = next((node for tag in sorted(HEADINGS) if (node := link.css_first(tag)) is not None), None)
    around = link.parent
    if inside is None and around is not None and around.tag in HEADINGS:
        inside = around
    return _told(inside) if inside is not None else None


def _told(node: LexborNode) -> str | None:
    """Return a link's or heading's text if it can be a headline."""
    text = collapse(node.text(separator=" "))
    least = MIN_TITLE_CHARS if text.isascii() else MIN_WIDE_TITLE_CHARS
    return text if least <= len(text) <= MAX_TITLE_CHARS else None


def _time(link: LexborNode) -> datetime | None:
    """Return the time that the teaser around a link marks as such."""
    node = link.parent
    while node is not None and node.tag not in TEASERS:
        node = node.parent
    if node is None or len(node.css("a[href]")) > MAX_TEASER_LINKS:
        return None
    marked = node.css("time[datetime]")
    return parse_date(marked[0].attributes.get("datetime")) if len(marked) == 1 else None
