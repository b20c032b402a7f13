"""Collect the evidence for a page's kind: from its body, all its blocks, and its structured data."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from extract.strip import metadata
from extract.strip.kind import (
    MIN_STORY_WORDS,
    MIN_TEASERS,
    NOTICE_MARKS,
    PAYWALL,
    PAYWALL_MARKS,
    SHORT_PAGE_CHARS,
    Signs,
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


def gather_signs(
    page: Page,
    data: metadata.Structured,
    blocks: list[TextBlock],
    body: list[TextBlock],
    words: int,
    headline: str | None,
) -> Signs:
    """Return the evidence about a page; ``words`` is the word count of the body."""
    chars = _chars(blocks)
    body_chars = max(1, _chars(body))
    unlinked_chars = max(body_chars, chars - _link_chars(blocks))
    running = [block for block in body if is_running(block)]
    notices = _notices(running)
    teasers = _teasers(blocks, running)
    own = [block for block in running if id(block) not in notices | teasers]
    return Signs(
        names=_names(page, blocks, headline),
        page_text=" ".join(_texts(blocks[:40]))[:4000],
        page_chars=chars,
        words=words,
        paragraphs=len(own),
        teasers=len(teasers),
        links_alone=_links_alone(blocks),
        link_share=_link_chars(body) / body_chars,
        notice_share=_chars([block for block in running if id(block) in notices]) / unlinked_chars,
        asks_to_pay=_asks_to_pay(blocks, body),
        types=data.types(),
        og_type=_og_type(page),
        path=_path(page.url),
        is_free=_is_free(data),
        has_article_markup=is_marked_up(page, data),
        has_password=words < FEW_WORDS and PASSWORD.search(page.code) is not None,
        is_guarded=chars <= SHORT_PAGE_CHARS and is_guarded(page.code),
        leads_on=_leads_on(page) if words < MIN_STORY_WORDS else None,
    )


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


def _texts(blocks: list[TextBlock]) -> list[str]:
    return [block.text for block in blocks]


def _links_alone(blocks: list[TextBlock]) -> int:
    """Count the blocks that are nothing but a link."""
    return sum([block.link_chars > 0.8 * len(block.text) for block in blocks])


def _chars(blocks: list[TextBlock]) -> int:
    return sum([len(block.text) for block in blocks])


def _link_chars(blocks: list[TextBlock]) -> int:
    return sum([block.link_chars for block in blocks])


def _is_free(data: metadata.Structured) -> bool | None:
    """Return whether the structured data declares the article free to read; None if it does not say."""
    told = str((data.article or {}).get("isAccessibleForFree")).rsplit("/", 1)[-1].lower()
    return {"true": True, "false": False}.get(told)


def _notices(running: list[TextBlock]) -> set[int]:
    """Return the identities of the paragraphs that ask for a bot check or consent."""
    return {id(block) for block in _marked(running, NOTICE_MARKS) if is_notice(block.text)}


def _marked(blocks: list[TextBlock], marks: tuple[str, ...]) -> list[TextBlock]:
    """Return the blocks that hold one of some marks, in lower case; hardly a page has one, which is told at once."""
    text = "\n".join([block.text for block in blocks]).lower()
    found = [mark for mark in marks if mark in text]
    return [block for block in blocks if any(mark in block.text.lower() for mark in found)] if found else []


def is_running(block: TextBlock) -> bool:
    """Return whether a block is a paragraph of running text: at least a sentence, and most of it no link."""
    text = block.text
    if len(text) < MIN_WIDTH // 2 or block.link_chars > MAX_LINKED * len(text) or block.box.tag in HEADINGS:
        return False
    return block.width >= WIDE or (block.width >= MIN_WIDTH and text.endswith(STOPS))


def _names(page: Page, blocks: list[TextBlock], headline: str | None) -> tuple[str, ...]:
    headings = (block.text for block in blocks if block.box.tag in TITLES and not block.link_chars)
    return names_of([page.title, headline or "", *islice(headings, FIRST_HEADINGS)])


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
    return any([PAYWALL.search(block.text) is not None for block in _marked(near, PAYWALL_MARKS)])


def _path(url: str | None) -> str | None:
    if not url or not url.startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
