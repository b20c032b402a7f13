"""Parse a page once with Lexbor, extract the structured parts and remove what cannot be article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from extract.strip.formulas import write_formulas
from extract.strip.layout import lay_out
from extract.strip.limits import limit_markup

# Elements whose text readers do not see or do not take for the article; ``segment`` skips rarer ones.
PRUNED = "script, style, template, svg, iframe, nav, select, button, dialog"
# An unclosed title swallows the page, and the content of a meta tag may be huge.
MAX_TITLE_CHARS = 2_000
MAX_META_CHARS = 20_000
TOLD = 'meta[content], link[rel~=canonical i][href], script[type*="ld+json" i], head title, body > title'
# The links of a trail from the front page to this one, which are mostly in what is pruned.
TRAIL = (
    "[itemtype$=BreadcrumbList i] a[href], [typeof~=BreadcrumbList i] a[href], [aria-label*=breadcrumb i] a[href],"
    " [class~=breadcrumb i] a[href], [class~=breadcrumbs i] a[href]"
)
# Every page with such a trail contains one of these; selecting the elements takes much longer.
TRAIL_WORDS = (b"readcrumb", b"READCRUMB")
MAX_STEPS = 12
# The events only copy an option to where a select shows it, and selects are removed.
WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value


@dataclass
class Page:
    """A parsed and pruned page, with what had to be read before pruning.

    ``metas`` maps a meta tag's lower-case name (``name``, ``property``, ``itemprop`` or ``http-equiv``) to
    its contents in
    order; ``canonicals`` are the targets of links to the canonical page; ``scripts`` are the JSON-LD texts,
    ``trail`` are the names and targets of the links of a trail to it, ``source`` is the page in UTF-8.
    """

    tree: LexborHTMLParser
    body: LexborNode | None
    url: str | None = None
    title: str = ""
    lang: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    canonicals: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    trail: list[tuple[str, str | None]] = field(default_factory=list)
    source: bytes = b""

    @cached_property
    def code(self) -> bytes:
        """The page's source in lower case, to search in scripts and forms."""
        return self.source.lower()

    def meta(self, *names: str) -> str | None:
        """Return the first non-empty content among the named meta tags."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return None


def parse_page(html: bytes, url: str | None = None) -> Page:
    """Parse HTML in UTF-8. Never raises; the page may be empty."""
    tree = LexborHTMLParser(limit_markup(html), options=WITHOUT_EVENTS)
    page = Page(tree=tree, body=None, url=url, source=html)
    root = tree.root
    if root is None:
        return page
    page.lang = root.attributes.get("lang") or root.attributes.get("xml:lang")
    _read_told(page)
    if any(word in html for word in TRAIL_WORDS):
        page.trail = [(collapse(link.text()), link.attrs.get("href")) for link in tree.css(TRAIL)[:MAX_STEPS]]
    for node in tree.css(PRUNED):
        node.decompose()
    write_formulas(tree)
    lay_out(tree, page.lang or "")
    _remove_noscripts_and_footers(tree)
    page.body = tree.body
    return page


# A noscript element with more text than this has swallowed part of the page by an unclosed element inside it.
MAX_NOSCRIPT_CHARS = 500


# The foot of the page is none of its body; one with more text has swallowed what stands before it.
MAX_FOOTER_CHARS = 5_000
NOT_THE_PAGE = frozenset(("article", "main", "blockquote", "footer"))


def _remove_noscripts_and_footers(tree: LexborHTMLParser) -> None:
    found = tree.css("noscript, footer")
    for node in found:
        if node.tag == "noscript":
            if len(node.text()) > MAX_NOSCRIPT_CHARS:
                node.unwrap()
            else:
                node.decompose()
    # All are looked at before the first goes, and what lies in one goes with it.
    feet = [node for node in found if node.tag == "footer" and not _has_footer_of_its_own(node.parent)]
    for node in feet:
        if len(node.text()) <= MAX_FOOTER_CHARS:
            node.decompose()


def _has_footer_of_its_own(around: LexborNode | None) -> bool:
    """Return whether an element, or one of its ancestors, is a part of the page with its own footer."""
    while around is not None and around.tag not in NOT_THE_PAGE:
        around = around.parent
    return around is not None


def _read_told(page: Page) -> None:
    """Read the title, meta tags, canonical links and JSON-LD in one pass."""
    for node in page.tree.css(TOLD):
        attributes = node.attributes
        if node.tag == "meta":
            _add_meta(page, attributes)
        elif node.tag == "link":
            page.canonicals.append((attributes.get("href") or "").strip())
        elif node.tag == "script":
            page.scripts.append(node.text())
        elif not page.title:
            page.title = collapse(node.text()[:MAX_TITLE_CHARS])


def _add_meta(page: Page, attributes: Mapping[str, str | None]) -> None:
    content = collapse((attributes.get("content") or "")[:MAX_META_CHARS])
    for key in ("property", "name", "itemprop", "http-equiv"):
        if name := attributes.get(key):
            page.metas.setdefault(name.strip().lower(), []).append(content)


def collapse(text: str) -> str:
    """Join the words of a text with single spaces; soft hyphens and zero-width characters are removed."""
    text = " ".join(text.split())
    # What is invisible is not printable, and nearly every text is.
    return text if text.isprintable() else " ".join(INVISIBLE.sub("", text).split())


INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]+")
