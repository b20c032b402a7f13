"""From the bytes of a page to an article: the three layers in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from extract.identity import stable_id
from extract.strip import metadata, topics
from extract.strip.authors import clean_authors
from extract.strip.body import all_of_little, choose_body
from extract.strip.data_body import body_in_data
from extract.strip.decode import decode_page, what_binary
from extract.strip.disclaimer import LAST, find_disclaimer, is_disclaimer
from extract.strip.features import Hints
from extract.strip.images import as_records, read_images
from extract.strip.jsonld import plain, strings
from extract.strip.kind import STAND_INS, decide_kind
from extract.strip.language import guess_language, language_instead
from extract.strip.local_day import PublicationDay, publication_day
from extract.strip.other_articles import without_other_articles
from extract.strip.page import Page, parse_page
from extract.strip.published import modified_stamp, published_stamp
from extract.strip.rules import Rule, RulesByHost, prune, rules_for, texts
from extract.strip.seen import settle
from extract.strip.segment import Box, TextBlock, listed_lines, segment
from extract.strip.signs import Signs, is_marked_up
from extract.strip.text_measure import count_words
from extract.strip.timestamps import Evidence, Stamp
from extract.strip.urls import absolute, date_in_url
from extract.strip.visible_bylines import visible_bylines
from extract.strip.visible_dates import visible_dates
from extract.strip.wording import fold, showing
from extract.types import Article, Block, BlockKind, KnownZone, PageKind
from extract.version import EXTRACTOR_VERSION

# The largest of a thousand real news pages has 2.2 MB; bytes after this limit are not read.
MAX_PAGE_BYTES = 5_000_000
TAG_KINDS: dict[str, BlockKind] = {
    "blockquote": "quote",
    "li": "list",
    "dt": "list",
    "dd": "list",
    "figcaption": "caption",
    "caption": "caption",
    "td": "table",
    "th": "table",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
# This many texts after the body may still name its author.
BEHIND_BODY = 3
# What holds these does not say what the text in them is.
PARTS = frozenset(("article", "section", "main"))


def extract_article(
    html: bytes | str,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    source: str | None = None,
    known_zone: KnownZone | None = None,
    own_rules: RulesByHost | None = None,
) -> Article:
    """Extract the article from a page.

    ``html`` is the page as received (bytes, or text that was decoded already), ``url`` its address, ``fetched_at`` the
    time of the fetch (aware; relative dates are resolved against it, and it is never used as the publication date),
    ``content_type`` the HTTP header, ``source`` the name of the source for the row. ``known_zone`` is the source's time
    zone, for pages that do not state one; ``own_rules`` are publisher rules in addition to the built-in ones. Never
    raises: a page without an article has an ``outcome`` other than ``ok`` and a ``reason``.
    """
    if isinstance(html, str):
        html = html.encode("utf-8", "ignore")
    if (binary := what_binary(html)) or not html or html.isspace():
        return _not_html(binary or "an empty body", url, fetched_at, source)
    page = parse_page(decode_page(html[:MAX_PAGE_BYTES], content_type), url)
    settle(page.tree)
    rule = _rule(page, rules_for(url, own_rules), fetched_at)
    return _read(page, fetched_at, source, known_zone, rule)


def stand_in(html: bytes | str, *, url: str | None = None, content_type: str | None = None) -> PageKind | None:
    """Return the kind of page that a site shows instead of the requested one: challenge, consent, paywall, error.

    None for every other page, articles and lists alike. Takes the same arguments as ``extract_article``, and as long.
    """
    kind = extract_article(html, url=url, content_type=content_type).page_kind
    return kind if kind in STAND_INS else None


def _not_html(what: str, url: str | None, fetched_at: datetime | None, source: str | None) -> Article:
    article_id = stable_id("article", url)
    return Article(
        article_id=article_id,
        version_id=stable_id("version", article_id, None, ""),
        outcome="not_html",
        page_kind="other",
        extractor_version=EXTRACTOR_VERSION,
        url=url,
        source=source,
        fetched_at=fetched_at,
        reason=f"The response is {what}, not an HTML page.",
    )


def _read(
    page: Page, fetched_at: datetime | None, source: str | None, known_zone: KnownZone | None, rule: Rule | None
) -> Article:
    data = metadata.read_structured(page)
    fields = _Fields()
    ruled = _ruled_headline(page, rule)
    marked = prune(page, rule) if rule else []
    blocks = segment(page.body) if page.body is not None else []
    told = ruled or metadata.read_headline(page, data, _texts(blocks))
    headline = fields.take("headline", told, "the page names no headline")
    hints = body_hints(page, data, headline or "")
    own = without_other_articles(blocks, hints.headline)
    body = _read_body(marked, own, hints, [] if is_marked_up(page, data) else all_of_little(own))
    if (told_body := body_in_data(data.article, body)) is not None:
        body = fields.take("text", (told_body, "json-ld"), "")
    text, spans = join_blocks(body)
    language = fields.take(
        "language",
        _language(metadata.read_language(page, data), text),
        "too little text to tell the language",
    )
    evidence = Evidence(language, metadata.is_day_first(page, language), fetched_at, metadata.read_country(page))
    span = _span(own, body)
    seen = visible_dates(own, headline, span)
    changed = modified_stamp(page, data.article, evidence)
    dated = published_stamp(page, data.article, data.nodes, evidence, seen, changed)
    published = fields.take("published_at", dated, "the page tells no date")
    day = publication_day(published, date_in_url(page.url), known_zone, evidence.country) if published else None
    modified = fields.take("modified_at", changed, "the page tells no change")
    canonical = fields.take("canonical_url", metadata.read_canonical(page, data), "the page names no canonical URL")
    bylines = visible_bylines(own, headline)
    until_foot = _texts(own[: span.stop + BEHIND_BODY])
    authors = _ruled_authors(page, rule) or metadata.read_authors(page, data, bylines, until_foot)
    article_id = stable_id("article", canonical or absolute(page.url, None) or page.url)
    version_id = stable_id("version", article_id, headline, text)
    trail = topics.read_trail(page, data, headline)
    lead = fields.take("lead_image_url", metadata.read_lead_image(page, data), "the page names no lead image")
    words = count_words(text)
    verdict = decide_kind(Signs(page, data, blocks, body, words, headline))
    return Article(
        article_id=article_id,
        version_id=version_id,
        outcome=verdict.outcome,
        page_kind=verdict.kind,
        reason=verdict.reason,
        extractor_version=EXTRACTOR_VERSION,
        text=text,
        blocks=spans,
        url=page.url,
        canonical_url=canonical,
        source=source,
        publisher=fields.take("publisher", metadata.read_publisher(page, data), "the page names no publisher"),
        headline=headline,
        standfirst=fields.take("standfirst", metadata.read_standfirst(page, data), "the page has no summary"),
        authors=fields.take("authors", authors, "the page has no byline") or (),
        section=fields.take("section", topics.read_section(page, data, trail), "the page names no section"),
        language=language,
        **_publication(published, day),
        modified_at=modified.at if modified else None,
        fetched_at=fetched_at,
        lead_image_url=lead,
        disclaimer=find_disclaimer(own, body),
        word_count=words,
        layers=fields.layers,
        missing=fields.missing,
        section_trail=fields.take("section_trail", trail, "the page shows no trail of sections"),
        keywords=fields.take("keywords", topics.read_keywords(page, data), "the page gives no keywords"),
        topics=fields.take("topics", topics.read_topics(page, data), "the page does not say what it is about"),
        images=as_records(read_images(page, data, lead, body), version_id, text, spans),
    )


def _publication(stamp: Stamp | None, day: PublicationDay | None) -> dict[str, Any]:
    """Return the publication fields of an article; empty when the page has no date."""
    if stamp is None or day is None:
        return {}
    return {
        "published_at": day.at,
        "published_raw": stamp.raw,
        "published_precision": stamp.precision,
        "published_zone": stamp.zone,
        "published_on": day.day,
        "published_on_zone": day.zone,
        "published_on_from": day.teller,
    }


def _span(blocks: list[TextBlock], body: list[TextBlock]) -> range:
    """Return the range of block numbers from the first to the last block of the body."""
    if not body:
        return range(0, 0)
    places = {id(block): index for index, block in enumerate(blocks)}
    return range(places.get(id(body[0]), 0), places.get(id(body[-1]), 0) + 1)


def body_hints(page: Page, data: metadata.Structured, headline: str) -> Hints:
    """Return what the structured data says about the body, for the block classifier."""
    summary = metadata.read_standfirst(page, data)
    body = strings(data.article.get("articleBody") or data.article.get("text")) if data.article else []
    return Hints(fold(headline), fold(summary[0] if summary else ""), " ".join(map(plain, body)))


def _rule(page: Page, rules: Sequence[Rule], fetched_at: datetime | None) -> Rule | None:
    """Return the publisher's rule for the page's day: the day in its metadata, else the day of the fetch."""
    if not rules:
        return None
    article = metadata.read_structured(page).article
    evidence = Evidence(fetched_at=fetched_at)
    changed = modified_stamp(page, article, evidence)
    dated = published_stamp(page, article, [], evidence, iter(()), changed)
    at = dated[0].at if dated else fetched_at
    return next((rule for rule in rules if rule.holds_on(at.date() if at else None)), None)


def _ruled_headline(page: Page, rule: Rule | None) -> tuple[str, str] | None:
    found = texts(page, rule.headline) if rule else []
    return (found[0], f"rule:{rule.publisher}") if rule and found else None


def _ruled_authors(page: Page, rule: Rule | None) -> tuple[tuple[str, ...], str] | None:
    names = clean_authors(texts(page, rule.authors)) if rule else ()
    return (names, f"rule:{rule.publisher}") if rule and names else None


def _read_body(
    marked: list[LexborNode], blocks: list[TextBlock], hints: Hints, little: list[TextBlock]
) -> list[TextBlock]:
    """Return the body's blocks, without the headline.

    They are the elements that a rule selects, else all blocks of a page of a few words, else those that the generic
    reader chooses.
    """
    body = [block for node in marked for block in segment(node)] or little or choose_body(blocks, hints)
    headlines = showing([block.text for block in body], hints.headline)
    return [block for at, block in enumerate(body) if at not in headlines]


class _Fields:
    """Records which layer each field came from, and why the others are empty."""

    def __init__(self) -> None:
        self.layers: dict[str, str] = {}
        self.missing: dict[str, str] = {}

    def take(self, name: str, told: tuple[Any, str] | None, reason: str) -> Any:
        if told is None:
            self.missing[name] = reason
            return None
        self.layers[name] = told[1]
        return told[0]


def _texts(blocks: list[TextBlock]) -> list[str]:
    return [block.text for block in blocks]


def _language(told: tuple[str, str] | None, text: str) -> tuple[str, str] | None:
    """Return the page's declared language, or the detected one where none is declared or it is certainly wrong."""
    code = language_instead(told[0], text) if told else guess_language(text)
    return (code, "text") if code else told


def join_blocks(body: list[TextBlock]) -> tuple[str, tuple[Block, ...]]:
    """Join blocks with blank lines, and return the position of each in the text."""
    spans: list[Block] = []
    texts: list[str] = []
    at = 0
    for left, block in enumerate(body, start=-len(body)):
        kind = "disclaimer" if left >= -LAST and is_disclaimer(block) else _kind(block)
        for text in listed_lines(block) or (block.text,):
            spans.append(Block(kind, at, at + len(text)))
            texts.append(text)
            at += len(text) + 2
    return "\n\n".join(texts), tuple(spans)


def _kind(block: TextBlock) -> BlockKind:
    box: Box | None = block.box
    while box is not None and box.tag not in PARTS:
        if kind := TAG_KINDS.get(box.tag):
            return kind
        box = box.parent
    return "paragraph"
