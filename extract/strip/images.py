"""The images of an article, with captions, credits and alternative texts.

Counted are the lead image that the page declares, and images inside the element that holds the article's text; those of
teasers, comments and authors are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selectolax.lexbor import LexborNode

from extract.identity import stable_id
from extract.strip.jsonld import bare_url, first_string
from extract.strip.metadata import Structured
from extract.strip.others import node_of_others
from extract.strip.page import Page, collapse
from extract.strip.segment import TextBlock
from extract.strip.urls import absolute
from extract.types import Block, Image

MAX_IMAGES = 60
# This many of the article's paragraphs locate the element that holds it.
PROBES = 6
PROBE_CHARS = 30
MAX_CAPTION_CHARS = 1_500
ARTICLES = frozenset(("article", "main"))
# Smaller images are icons, portraits of authors and tracking pixels.
MIN_SIDE = 100
# For lazily loaded images, the src attribute is a placeholder.
ADDRESS_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-url")
SOURCE_SETS = ("data-srcset", "srcset")
# Size suffixes that content systems add: "quay-601x321.jpg", "quay@2x.jpg", "quay-scaled.jpg".
SIZE = re.compile(r"(?:[-_]\d{2,4}x\d{2,4}|@\dx|-scaled)(?=\.\w+$)")
CAPTION = "figcaption, [class*=caption i], [itemprop=caption]"
CREDIT = (
    "[class*=credit i], [class*=copyright i], [class*=photographer i], [itemprop=creditText],"
    " [itemprop=copyrightHolder], [itemprop=creator]"
)
# Words before the name in a credit at the end of a caption, in several languages.
CREDIT_LABELS = (
    r"photo(?:graph|graphie|grafie)?|picture|image|illustration|graphic|credits?|crédits?|copyright|source|foto(?:grafía"
    r"|grafia)?|bild|quelle|grafik|imagen|fuente|immagine|beeld|zdjęcie|kuva|фото"
)
LABELLED = re.compile(
    rf"[\s(\[|–—-]*(?:\b(?:{CREDIT_LABELS})(?:\s+(?:by|courtesy of|de|von|di|av))?\s*[:/©]\s*"
    rf"|\b(?:{CREDIT_LABELS})\s+by\s+|©\s*|\(c\)\s*)(?P<who>[^.:;]{{2,100}}?)[\s)\].]*$",
    re.I,
)
# Both patterns of credits contain one of these.
MAY_CREDIT = re.compile(r"[:/©]|\bby\b|\(c\)", re.I)
# A name and an agency, or agencies, in brackets at the end: "(Ada Quill/AP)".
BRACKETED = re.compile(r"\s*[(\[](?P<who>[^()\[\]]{2,60}/[^()\[\]]{2,40})[)\]]\.?$")

Attributes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """An image as described in one part of the page."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alternative: str | None = None


def read_images(page: Page, data: Structured, lead: str | None, body: list[TextBlock]) -> list[_Found]:
    """Return the article's images in page order; a lead image that is not shown on the page comes first.

    Each URL is listed once, with all its descriptions merged.
    """
    shown = list(_shown(page, body, lead))
    told = [found for found in _told(data, page.url) if found.caption or found.credit]
    merged: dict[str, _Found] = {}
    for found in [*_lead(lead, shown), *shown]:
        key = _name(found.url)
        merged[key] = _joined(merged[key], found) if key in merged else found
    for found in told:
        key = _name(found.url)
        if key in merged:
            merged[key] = _joined(merged[key], found)
    return list(merged.values())[:MAX_IMAGES]


def as_records(found: Iterable[_Found], version_id: str, text: str, blocks: Iterable[Block]) -> tuple[Image, ...]:
    """Return the records of a version's images; captions are matched to the text's blocks."""
    captions = [(text[block.start : block.end], block.start) for block in blocks if block.kind == "caption"]
    images = []
    for position, one in enumerate(found, start=1):
        start = _place(one.caption, captions)
        images.append(
            Image(
                image_id=stable_id("image", version_id, one.url),
                version_id=version_id,
                position=position,
                url=one.url,
                caption=one.caption,
                caption_start=start,
                caption_end=start + len(one.caption) if start is not None and one.caption else None,
                credit=one.credit,
                alternative_text=one.alternative,
            )
        )
    return tuple(images)


def _place(caption: str | None, captions: list[tuple[str, int]]) -> int | None:
    return next((start + text.find(caption) for text, start in captions if caption and caption in text), None)


def _lead(url: str | None, shown: list[_Found]) -> list[_Found]:
    """Return the lead image, unless the page shows it under another spelling of its URL."""
    if url is None or any(_name(found.url) == _name(url) for found in shown):
        return []
    return [_Found(url)]


def _name(url: str) -> str:
    """Return an image's file name: sites store one image in many sizes, by folder or query."""
    return SIZE.sub("", bare_url(url).rpartition("/")[2])


def _told(data: Structured, base: str | None) -> Iterator[_Found]:
    """Yield the images in the article's structured data."""
    given = data.article.get("image") if data.article else None
    for item in (given if isinstance(given, list) else [given])[:MAX_IMAGES]:
        node: dict[str, Any] = item if isinstance(item, dict) else {"url": item}
        address = node.get("url") or node.get("contentUrl") or node.get("@id")
        if url := absolute(address if isinstance(address, str) else None, base):
            credit = next(
                filter(None, map(first_string, map(node.get, ("creditText", "creator", "copyrightHolder")))), None
            )
            yield _Found(url, first_string(node.get("caption")), credit)


def _shown(page: Page, body: list[TextBlock], lead: str | None) -> Iterator[_Found]:
    """Yield the images in the element that holds the article's text, and the lead image wherever it is."""
    images = page.tree.css("img")[: 10 * MAX_IMAGES]
    holder = _holder(page, body) if images and body else None
    inside = {node.mem_id for node in holder.css("img")} if holder is not None else set()
    name = _name(lead) if lead is not None else None
    for node in images:
        is_inside = node.mem_id in inside
        attributes = node.attributes
        if not (is_inside or _may_be_called(name, attributes)) or _is_small(attributes):
            continue
        url = _address(_given(attributes), page.url)
        if url is not None and (is_inside or _name(url) == name) and not _is_of_others(node, page.url):
            yield _described(node, url)


def _holder(page: Page, body: list[TextBlock]) -> LexborNode | None:
    """Return the innermost article element around some paragraphs of the text, else their common ancestor."""
    blocks = [block for block in body if len(block.text) >= PROBE_CHARS] or body
    step = max(len(blocks) // PROBES, 1)
    around = [_elements_around(block.box.node) for block in (*blocks[::step], blocks[-1])]
    common = [node for mem_id, node in around[0].items() if all(mem_id in others for others in around)]
    if page.body is None or page.body.mem_id not in around[0]:
        # The text is the structured data's.
        return page.body
    named = next((node for node in common if node.tag in ARTICLES), None)
    return named or _above(common)


def _elements_around(node: LexborNode | None) -> dict[int, LexborNode]:
    """Return an element and its ancestors up to the body element, innermost first, by identity."""
    found: dict[int, LexborNode] = {}
    while node is not None and node.tag != "html":
        found[node.mem_id] = node
        node = node.parent
    return found


def _above(around: list[LexborNode]) -> LexborNode | None:
    """Return the parent of the innermost element, where lead images often are; never the whole page."""
    if len(around) > 2:
        return around[1]
    return around[0] if around else None


def _may_be_called(name: str | None, attributes: Attributes) -> bool:
    """Say whether an address may end in the name of a file; without resolving it, as most of a page's end in others."""
    if name is None:
        return False
    stem = name.rpartition(".")[0] or name
    return stem in " ".join(filter(None, attributes.values())).lower()


def _given(attributes: Attributes) -> list[str]:
    """Return the URLs in an image's attributes, the most reliable first."""
    late = (attributes.get(name) for name in ADDRESS_ATTRIBUTES)
    sets = ((attributes.get(name) or "").split(",")[-1].split() for name in SOURCE_SETS)
    given = [*late, *(words[0] for words in sets if words), attributes.get("src")]
    return [url for url in given if url and not url.startswith("data:")]


def _address(given: list[str], base: str | None) -> str | None:
    return next(filter(None, (absolute(url, base) for url in given)), None)


def _is_small(attributes: Attributes) -> bool:
    sides = [(attributes.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(side.isdecimal() and int(side) < MIN_SIDE for side in sides)


def _is_of_others(node: LexborNode, base: str | None) -> bool:
    """Return whether an image belongs to a comment, or is a link to something else: a teaser, a share button."""
    link = _around(node, ("a",))
    if link is not None and (href := link.attrs.get("href")):
        target = absolute(href, base) or ""
        if bare_url(target) != bare_url(base or "") and not _is_picture(target):
            return True
    return node_of_others(node)


def _is_picture(url: str) -> bool:
    return bare_url(url).endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))


def _around(node: LexborNode, tags: tuple[str, ...], reach: int = 6) -> LexborNode | None:
    around = node.parent
    for _ in range(reach):
        if around is None or around.tag in tags:
            return around
        around = around.parent
    return None


def _described(node: LexborNode, url: str) -> _Found:
    """Read what the figure around an image says; a figure of several images describes them all."""
    alternative = collapse(node.attrs.get("alt") or "") or None
    figure = _around(node, ("figure",))
    if figure is None:
        return _Found(url, alternative=alternative)
    credit = next((text for part in figure.css(CREDIT) if (text := collapse(part.text(separator=" ")))), None)
    shown = figure.css_first(CAPTION)
    caption = collapse(shown.text(separator=" "))[:MAX_CAPTION_CHARS] if shown is not None else ""
    caption, credit = _parted(caption, credit)
    return _Found(url, caption or None, credit, alternative)


def _parted(caption: str, credit: str | None) -> tuple[str, str | None]:
    """Split a caption from the credit at its end, by the page's markup or its wording."""
    if credit:
        named = LABELLED.search(credit)
        rest = caption.removesuffix(credit).rstrip(" |–—-") if caption.endswith(credit) else caption
        return rest, named["who"] if named and named.start() == 0 else credit
    found = MAY_CREDIT.search(caption) and (LABELLED.search(caption) or BRACKETED.search(caption))
    return (caption[: found.start()].rstrip(" |–—-"), found["who"].strip()) if found else (caption, None)


def _joined(one: _Found, other: _Found) -> _Found:
    return replace(
        one,
        caption=one.caption or other.caption,
        credit=one.credit or other.credit,
        alternative=one.alternative or other.alternative,
    )
