"""Collect the evidence for a page's kind: from its body, all its blocks, and its structured data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from extract.strip import metadata
from extract.strip.kind import (
    ENOUGH_PARAGRAPHS,
    MIN_STORY_WORDS,
    MIN_TEASERS,
    NOTICE_MARKS,
    PAYWALL,
    SHORT_PAGE_CHARS,
    is_guarded,
    is_notice,
    names_of,
)
from extract.strip.page import Page
from extract.strip.segment import TextBlock
from extract.strip.urls import absolute

# A paragraph of running text is this wide, in letters of Latin script, and less of it than this is links.
MIN_WIDTH = 60
MAX_LINKED = 0.4
# What is wider needs no full stop to be one.
WIDE = 150
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "”", '"', "»", "」", ":", "’", ")", "다", "؟")
TITLES = frozenset(("h1", "h2"))
FIRST_HEADINGS = 3
# A page with more words is no login page.
FEW_WORDS = 200
PASSWORD = re.compile(rb"type=[\"']?password\b")
# What sends a reader on at once: a meta tag "0; url=...", or a script on a page of little else.
REFRESH = re.compile(r"[0-5](?:\.\d+)?\s*[;,]\s*url\s*=\s*['\"]?([^'\"\s]+)", re.I)
FORWARD = re.compile(rb"\blocation(?:\.href)?\s*(?:\.(?:replace|assign)\(|=)\s*['\"]([^'\"\s]{1,500})['\"]")
# In the scripts of a larger page such an address is that of a button.
MAX_FORWARD_BYTES = 10_000
# A linked heading stands so many blocks before its teaser at most.
TEASER_REACH = 2
MIN_TEASER_LINK_CHARS = 15
# The notice of a paywall is at most this many blocks after the last readable one.
BEHIND_BODY = 4


@dataclass(frozen=True)
class Signs:
    """The evidence for a page's kind, each sign read when it is asked for: most pages are articles at first sight.

    ``blocks`` are the page's, ``words`` counts those of the ``body``.
    """

    page: Page
    data: metadata.Structured
    blocks: list[TextBlock]
    body: list[TextBlock]
    words: int
    headline: str | None

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Return whether one of the page's names matches a pattern completely."""
        return any(pattern.fullmatch(name) for name in self.names)

    def is_told(self) -> bool:
        """Return whether the body is a story: three paragraphs, or one if the page is marked up as an article."""
        return self.paragraphs >= ENOUGH_PARAGRAPHS or (self.has_article_markup and self.paragraphs > 0)

    @cached_property
    def running(self) -> list[TextBlock]:
        """The body's paragraphs of running text."""
        return [block for block in self.body if is_running(block)]

    @cached_property
    def under_links(self) -> set[int]:
        """The identities of the teasers."""
        return _teasers(self.blocks, self.running)

    @cached_property
    def paragraphs(self) -> int:
        """The number of paragraphs of running text that are no notices and no teasers, up to ``ENOUGH_PARAGRAPHS``."""
        own = (block for block in self.running if id(block) not in self.under_links and not _is_notice(block))
        return len(list(islice(own, ENOUGH_PARAGRAPHS)))

    @property
    def teasers(self) -> int:
        """The number of texts under a linked heading."""
        return len(self.under_links)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parts of the page's title, its headline and its first headings."""
        headings = (block.text for block in self.blocks if block.box.tag in TITLES and not block.link_chars)
        return names_of([self.page.title, self.headline or "", *islice(headings, FIRST_HEADINGS)])

    @property
    def page_text(self) -> str:
        """The page's first text."""
        return " ".join([block.text for block in self.blocks[:40]])[:4000]

    @cached_property
    def page_chars(self) -> int:
        """The length of the page's text."""
        return _chars(self.blocks)

    @cached_property
    def links_alone(self) -> int:
        """The number of blocks that are nothing but a link."""
        return sum([block.link_chars > 0.8 * len(block.text) for block in self.blocks])

    @property
    def link_share(self) -> float:
        """What part of the body is links."""
        return _link_chars(self.body) / max(1, _chars(self.body))

    @property
    def notice_share(self) -> float:
        """What part of the page's text, links left out, asks for a bot check or consent."""
        unlinked = max(1, _chars(self.body), self.page_chars - _link_chars(self.blocks))
        return _chars([block for block in self.running if _is_notice(block)]) / unlinked

    @property
    def asks_to_pay(self) -> bool:
        """Whether the body's end, or what follows it, asks for payment."""
        return _asks_to_pay(self.blocks, self.body)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of the structured data's nodes."""
        return self.data.types()

    @property
    def og_type(self) -> str:
        """The page's type in OpenGraph."""
        return _og_type(self.page)

    @cached_property
    def path(self) -> str | None:
        """The URL's path, with the query; None when the page's URL is not known."""
        return _path(self.page.url)

    @property
    def is_free(self) -> bool | None:
        """Whether the structured data declares the article free to read; None if it does not say."""
        told = str((self.data.article or {}).get("isAccessibleForFree")).rsplit("/", 1)[-1].lower()
        return {"true": True, "false": False}.get(told)

    @property
    def has_article_markup(self) -> bool:
        """Whether the page's metadata declares it an article."""
        return is_marked_up(self.page, self.data)

    @property
    def has_password(self) -> bool:
        """Whether a page of a few words has a field for a password."""
        return self.words < FEW_WORDS and PASSWORD.search(self.page.code) is not None

    @property
    def is_guarded(self) -> bool:
        """Whether a page of little text has the scripts of a bot guard."""
        return self.page_chars <= SHORT_PAGE_CHARS and is_guarded(self.page.code)

    @property
    def leads_on(self) -> str | None:
        """Where a page of a few words sends its reader on by itself."""
        return _leads_on(self.page) if self.words < MIN_STORY_WORDS else None


def _leads_on(page: Page) -> str | None:
    """Return the address to which a page sends its reader on, by its head or a script; None where that is its own."""
    found = REFRESH.match(page.meta("refresh") or "")
    is_little = found is None and len(page.source) <= MAX_FORWARD_BYTES
    script = FORWARD.search(page.source) if is_little else None
    given = found[1] if found else script[1].decode("utf-8", "replace") if script else None
    target = absolute(given, page.url)
    return target if target != absolute(page.url, None) else None


def is_marked_up(page: Page, data: metadata.Structured) -> bool:
    """Return whether the page's metadata declares it an article."""
    return data.article is not None or _og_type(page) == "article"


def _og_type(page: Page) -> str:
    return (page.meta("og:type") or "").lower()


def _chars(blocks: list[TextBlock]) -> int:
    return sum([len(block.text) for block in blocks])


def _link_chars(blocks: list[TextBlock]) -> int:
    return sum([block.link_chars for block in blocks])


def _is_notice(block: TextBlock) -> bool:
    """Return whether a paragraph asks for a bot check or consent."""
    text = block.text.lower()
    return any(mark in text for mark in NOTICE_MARKS) and is_notice(block.text)


def is_running(block: TextBlock) -> bool:
    """Return whether a block is a paragraph of running text: at least a sentence, and most of it no link."""
    text = block.text
    if len(text) < MIN_WIDTH // 2 or block.link_chars > MAX_LINKED * len(text) or block.box.tag in HEADINGS:
        return False
    return block.width >= WIDE or (block.width >= MIN_WIDTH and text.endswith(STOPS))


def _teasers(blocks: list[TextBlock], running: list[TextBlock]) -> set[int]:
    """Return the identities of the paragraphs under a linked heading of their own."""
    wanted = {id(block) for block in running}
    found: set[int] = set()
    since = TEASER_REACH + 1
    for block in blocks:
        if block.link_chars > 0.8 * len(block.text) >= 0.8 * MIN_TEASER_LINK_CHARS:
            since = 0
            continue
        since += 1
        if id(block) in wanted:
            if since <= TEASER_REACH:
                found.add(id(block))
            since = TEASER_REACH + 1
    # Where most paragraphs have none, the links between them are of the story.
    return found if len(found) >= MIN_TEASERS and 2 * len(found) > len(running) else set()


def _asks_to_pay(blocks: list[TextBlock], body: list[TextBlock]) -> bool:
    end = next((at for at, block in enumerate(blocks) if body and block is body[-1]), 0)
    near = [*body[-BEHIND_BODY:], *blocks[end + 1 : end + 1 + BEHIND_BODY]]
    return any(PAYWALL.search(block.text) for block in near)


def _path(url: str | None) -> str | None:
    if not url or not url.startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
