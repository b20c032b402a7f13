"""Parse a page once with Lexbor, take the structured parts out and prune what cannot be article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.strip.nesting import limit_nesting

# Elements whose text no reader sees, or that no reader takes for the article.
PRUNED = [
    "script",
    "style",
    "template",
    "svg",
    "math",
    "iframe",
    "frame",
    "frameset",
    "nav",
    "select",
    "option",
    "input",
    "textarea",
    "button",
    "video",
    "audio",
    "canvas",
    "object",
    "embed",
    "map",
    "datalist",
    "dialog",
    "img",
    "source",
    "picture",
]
# An unclosed title swallows the page; a meta tag's content may be made to be huge.
MAX_TITLE_CHARS = 2_000
MAX_META_CHARS = 20_000
LD_JSON = 'script[type*="ld+json" i]'


@dataclass(slots=True)
class Page:
    """A parsed and pruned page, with what had to be read before pruning.

    ``metas`` maps a meta tag's lower-case name (``name``, ``property``, ``itemprop`` or ``http-equiv``) to
    its contents in
    order; ``links`` maps a link's lower-case ``rel`` to its targets; ``scripts`` are the JSON-LD texts,
    ``source`` is the decoded page.
    """

    tree: LexborHTMLParser
    body: LexborNode | None
    url: str | None = None
    title: str = ""
    lang: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    source: str = ""

    def meta(self, *names: str) -> str | None:
        """Return the first non-empty content among the named meta tags."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return None


def parse_page(text: str, url: str | None = None) -> Page:
    """Parse decoded HTML. Any text gives a page, if perhaps an empty one."""
    tree = LexborHTMLParser(limit_nesting(text))
    page = Page(tree=tree, body=None, url=url, source=text)
    root = tree.root
    if root is None:
        return page
    page.scripts = [node.text() for node in tree.css(LD_JSON)]
    page.lang = root.attributes.get("lang") or root.attributes.get("xml:lang")
    title = tree.css_first("head title, body > title")
    page.title = collapse(title.text()[:MAX_TITLE_CHARS]) if title is not None else ""
    _read_metas(page)
    _read_links(page)
    tree.strip_tags(PRUNED)
    _remove_noscripts(tree)
    page.body = tree.body
    return page


# A noscript element with more text than this has swallowed part of the page by an unclosed element inside it.
MAX_NOSCRIPT_CHARS = 500


def _remove_noscripts(tree: LexborHTMLParser) -> None:
    for node in tree.css("noscript"):
        if len(node.text()) > MAX_NOSCRIPT_CHARS:
            node.unwrap()
        else:
            node.decompose()


def _read_metas(page: Page) -> None:
    for node in page.tree.css("meta[content]"):
        attributes = node.attributes
        content = collapse((attributes.get("content") or "")[:MAX_META_CHARS])
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := attributes.get(key):
                page.metas.setdefault(name.strip().lower(), []).append(content)


def _read_links(page: Page) -> None:
    for node in page.tree.css("link[rel][href]"):
        rel = (node.attributes.get("rel") or "").strip().lower()
        page.links.setdefault(rel, []).append((node.attributes.get("href") or "").strip())


def collapse(text: str) -> str:
    """Join the words of a text by single spaces; soft hyphens and zero-width characters go."""
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    return " ".join(text.split())


INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]+")
