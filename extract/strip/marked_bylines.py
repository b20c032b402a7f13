"""Bylines by markup: classes, properties and links to author pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from selectolax.lexbor import LexborNode

from extract.strip.authors import clean_authors
from extract.strip.others import node_of_others
from extract.strip.page import Page, collapse
from extract.strip.segment import BLOCK_TAGS
from extract.strip.visible_bylines import PHRASE

# The selector to find candidates, and the classes that count: a selector for each would take several times as long.
BYLINE_NODES = "[rel~=author], [itemprop=author], [class*=author], [class*=byline], .vcard .fn"
BYLINE_CLASS = re.compile(
    r"(?:^|\s)(?:author|byline)(?=\s|$)|author-name|byline__|author__name|article-author|byline-name"
)
# Class names that end in such a word: "post-author", "pb-byline", "eb-authors-name".
NAMED_NODES = "[class*=author], [class*=byline], [class*=writer]"
NAMED_CLASS = re.compile(
    r"(?:^|\s)(?!(?:comments?|related|other|more|about|next|no|has|is|with|without|hide)[-_])(?:[a-z0-9]+[-_]{1,2}){1,3}"
    r"(?:authors?|byline|writer)(?:[-_]{1,2}names?(?:[-_]?\d)?)?(?=\s|$)",
    re.I,
)
FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}")
MAX_BYLINE_NODES = 4
AUTHOR_LINKS = (
    "a[href*='/author'], a[href*='/autor'], a[href*='/auteur'], a[href*='/contributor'], a[href*='/journalist'],"
    " a[href*='/writer'], a[href*='/reporter'], a[href*='/columnist']"
)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en?|es|in)?|auteurs?|autori|contributors?|journalists?|writers?|reporters?|columnists?)"
    r"/[^/?#]+/?(?:[?#]|$)",
    re.I,
)
MAX_AUTHOR_LINKS = 12
LEAST_NAME_CHARS = 4
MAX_BYLINE_CHARS = 120


def marked_bylines(page: Page) -> Iterator[tuple[list[str], str]]:
    """Yield the names in elements with the usual author classes and properties."""
    found = {node.mem_id: node for node in page.tree.css(BYLINE_NODES)}
    for names in _names_in(page, [node for node in found.values() if _is_byline(node)]):
        yield names, "html:byline"


def named_bylines(page: Page, until_foot: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield full names in elements whose site-specific classes contain author or byline; these are less certain.

    The names must occur in the texts up to the article's end, since teasers below have authors of their own.
    """
    nodes = [node for node in page.tree.css(NAMED_NODES) if NAMED_CLASS.search(node.attrs.get("class") or "")]
    for names in _names_in(page, nodes):
        full = filter(FULL_NAME.fullmatch, names)
        yield [name for name in full if any(name in shown for shown in until_foot)], "html:byline"


def _names_in(page: Page, nodes: list[LexborNode]) -> Iterator[list[str]]:
    """Yield the names in each of the first byline elements that belong to this article."""
    home = _home(page) if nodes else frozenset()
    ours = [node for node in nodes if not _is_in_other_article(node, home)][:MAX_BYLINE_NODES]
    for _, group in groupby(ours, _card):
        lines = []
        for node in group:
            text = collapse(node.text(separator=" "))
            if LEAST_NAME_CHARS <= len(text) < MAX_BYLINE_CHARS and not node_of_others(node):
                lines.append(_first_line(node))
        # A link to a profile or to all posts has the same markup as its author.
        yield [name for name in clean_authors(lines) if not PHRASE.match(name)]


def _card(node: LexborNode) -> tuple[str, str, int]:
    """Return what the elements of several authors in a row have in common: tag, class and parent."""
    parent = node.parent
    return node.tag or "", node.attributes.get("class") or "", parent.mem_id if parent is not None else 0


def _is_byline(node: LexborNode) -> bool:
    attributes = node.attributes
    classes = attributes.get("class") or ""
    named = attributes.get("itemprop") == "author" or "author" in (attributes.get("rel") or "").split()
    return named or BYLINE_CLASS.search(classes) is not None or ("fn" in classes.split() and _is_in_card(node))


def _is_in_card(node: LexborNode) -> bool:
    around = node.parent
    while around is not None and "vcard" not in (around.attributes.get("class") or "").split():
        around = around.parent
    return around is not None


def _home(page: Page) -> frozenset[int]:
    """Return the identities of the ``article`` elements around the first h1."""
    first = page.tree.css_first("h1")
    return frozenset(_articles_around(first)) if first is not None else frozenset()


def _articles_around(node: LexborNode) -> Iterator[int]:
    around = node.parent
    while around is not None:
        if around.tag == "article":
            yield around.mem_id
        around = around.parent


def _is_in_other_article(node: LexborNode, home: frozenset[int]) -> bool:
    """Return whether an element is in an ``article`` other than the one with the page's h1."""
    around = set(_articles_around(node)) if home else set()
    return bool(around) and around.isdisjoint(home)


def _first_line(node: LexborNode) -> str:
    """Return the first line of a byline that contains a name; lines below may have a role or a company."""
    line = ""
    for child in node.iter(include_text=True):
        text = child.text(separator=" ")
        if child.tag not in BLOCK_TAGS:
            line = collapse(f"{line} {text}")
        elif clean_authors([line]):
            return line
        elif clean_authors([text]):
            return _first_line(child)
    return line or collapse(node.text(separator=" "))


def linked_bylines(page: Page) -> Iterator[tuple[list[str], str]]:
    """Yield the names of the page's first adjacent links to author pages."""
    links = [link for link in page.tree.css(AUTHOR_LINKS)[:MAX_AUTHOR_LINKS] if _is_of_author(link)]
    yield [link.text(separator=" ") for link in links if link.parent == links[0].parent], "html:link"


def _is_of_author(link: LexborNode) -> bool:
    """Return whether a text link (no picture, no initials) leads to an author page and is not in a comment."""
    is_named = len(collapse(link.text())) >= LEAST_NAME_CHARS
    return is_named and AUTHOR_PAGE.search(link.attrs.get("href") or "") is not None and not node_of_others(link)
