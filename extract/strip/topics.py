"""The article's section, breadcrumb trail, keywords and topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from extract.strip.jsonld import Node, bare_url, first_string, plain, strings, types_of
from extract.strip.metadata import Structured, Told
from extract.strip.others import node_of_others
from extract.strip.page import Page, collapse
from extract.strip.urls import absolute
from extract.strip.wording import fold

Many = tuple[tuple[str, ...], str]
SECTION_METAS = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "cxenseparse:section",
    "dc.subject",
    "news_section",
    "articlesection",
)
# On many pages the keywords meta tag is the site's, so it comes last.
KEYWORD_METAS = (
    ("opengraph", ("article:tag", "og:article:tag", "article:tags")),
    ("meta", ("news_keywords",)),
    ("meta", ("parsely-tags", "sailthru.tags", "cxenseparse:taglist")),
    ("microdata", ("keywords",)),
    ("meta", ("keywords",)),
)
SEPARATORS = re.compile(r"\s*[,;|]\s*")
# A keyword is a name or a few words; anything longer is a sentence.
MAX_KEYWORD_CHARS = 80
MAX_KEYWORDS = 100
# Links by which a page says what it is about (the rel-tag microformat).
TAG_LINKS = "a[rel~=tag]"


def read_section(page: Page, data: Structured, trail: Many | None) -> Told | None:
    """Return the article's section and its layer; ``trail`` is the result of ``read_trail``."""
    if data.article and (name := first_string(data.article.get("articleSection"))):
        return name, "json-ld"
    if name := page.meta(*SECTION_METAS):
        return name, "opengraph"
    return (trail[0][-1], trail[1]) if trail else None


def read_trail(page: Page, data: Structured, headline: str | None) -> Many | None:
    """Return the sections that lead to the page, the widest first, and the layer; neither front page nor article."""
    node = next((node for node in data.nodes if "breadcrumblist" in types_of(node)), {})
    told = _without_ends(_steps(node, page), page, headline)
    if told:
        return tuple(told), "json-ld"
    shown = _without_ends(page.trail, page, headline)
    return (tuple(shown), "html:breadcrumb") if shown else None


def _steps(trail: Node, page: Page) -> Iterator[tuple[str, str | None]]:
    """Yield the names and addresses of the steps of a trail in structured data."""
    steps = trail.get("itemListElement")
    for step in steps if isinstance(steps, list) else ():
        if not isinstance(step, dict):
            continue
        given = step.get("item")
        item: dict[str, Any] = given if isinstance(given, dict) else {"@id": given}
        target = item.get("@id") or item.get("url")
        if name := first_string(item.get("name") or step.get("name")):
            yield name, target if isinstance(target, str) else None


def _without_ends(steps: Iterable[tuple[str, str | None]], page: Page, headline: str | None) -> list[str]:
    own = bare_url(page.url or "")
    found: dict[str, None] = {}
    for name, target in steps:
        url = bare_url(absolute(target, page.url) or "")
        leads_on = "/" in url and url != own
        if leads_on and fold(name) != fold(headline or ""):
            found[name] = None
    return list(found)


def read_keywords(page: Page, data: Structured) -> Many | None:
    """Return the page's keywords and their layer, in order, without duplicates."""
    if data.article and (told := _parted(strings(data.article.get("keywords")))):
        return told, "json-ld"
    for layer, names in KEYWORD_METAS:
        if told := _parted(value for name in names for value in page.metas.get(name, ())):
            return told, layer
    return None


def read_topics(page: Page, data: Structured) -> Many | None:
    """Return the page's topics and their layer: from structured data, else from links to its topics."""
    about = strings(data.article.get("about")) if data.article else []
    if told := _distinct(map(plain, about)):
        return told, "json-ld"
    links = [link for link in page.tree.css(TAG_LINKS)[:MAX_KEYWORDS] if not node_of_others(link)]
    told = _distinct(collapse(link.text(separator=" ")).lstrip("#") for link in links)
    return (told, "html:tag") if told else None


def _parted(values: Iterable[str]) -> tuple[str, ...]:
    """Split values that contain several keywords."""
    return _distinct(word for value in values for word in SEPARATORS.split(plain(value)))


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in words:
        text = word.strip(" \"'#")
        if 0 < len(text) <= MAX_KEYWORD_CHARS:
            found.setdefault(fold(text), text)
    return tuple(found.values())[:MAX_KEYWORDS]
