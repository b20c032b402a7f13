"""When the page was published and changed: all that the page says, in the order of how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.strip.jsonld import Node, strings
from extract.strip.page import Page, collapse
from extract.strip.timestamps import Evidence, Stamp, parse_stamp
from extract.strip.urls import date_in_url

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publishdate", "publish-date", "publish_date",
    "published_time", "publication_date", "publicationdate", "pubdate", "pub_date", "article_date_original", "article.created",
    "dcterms.issued", "dc.date.issued", "dc.date.published", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_online_date",
    "rnews:datepublished", "originalpublicationdate", "firstpublishedtime", "vr:published_time", "displaydate", "published",
    "date", "bt:pubdate", "datecreated", "article:published", "og:pubdate", "article:post_date", "ptime", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article.updated", "last-modified",
    "dcterms.modified", "dc.date.modified", "lastmod", "revised", "updated_time", "modified_time", "article:updated_time",
    "cxenseparse:recs:articlemodified", "iso-8601-modified-date", "lastmodified", "modified",
)  # fmt: skip
TIME_NODES = (
    "time, [itemprop=datePublished], [itemprop=dateCreated], [property='datePublished'], [property*='dc:date'],"
    " .published, .dt-published, abbr.updated, [data-published-date]"
)
MAX_TIME_NODES = 40


@dataclass(frozen=True, slots=True)
class Written:
    """One date as the page writes it, and the layer it stands in."""

    raw: str
    layer: str


def published_stamp(
    page: Page, article: Node | None, nodes: list[Node], evidence: Evidence, texts: list[str]
) -> tuple[Stamp, str] | None:
    """Return the publication time and its layer. ``texts`` are the short texts around the headline, nearest first."""
    first: tuple[Stamp, str] | None = None
    for written in _published(page, article, nodes, texts):
        stamp = parse_stamp(written.raw, evidence)
        if stamp is None:
            continue
        if first is None:
            first = (stamp, written.layer)
            if stamp.precision != "day":
                return first
        elif stamp.precision != "day" and stamp.local_day() == first[0].local_day():
            # The same day told more finely further down.
            return stamp, written.layer
    return first


def _published(page: Page, article: Node | None, nodes: list[Node], texts: list[str]) -> Iterator[Written]:
    yield from _of_node(article, ("datePublished",))
    yield from _of_metas(page, PUBLISHED_METAS)
    times = list(_times(page))
    yield from (written for written, rank in times if rank == 0)
    for node in nodes:
        if node is not article:
            yield from _of_node(node, ("datePublished",))
    yield from (written for written, rank in times if rank == 1)
    yield from _of_node(article, ("dateCreated", "uploadDate"))
    for url in (page.url, *page.links.get("canonical", ())):
        if day := date_in_url(url):
            yield Written(day, "url")
    yield from (Written(text, "text") for text in texts)


def modified_stamp(page: Page, article: Node | None, evidence: Evidence) -> tuple[Stamp, str] | None:
    """Return the time of the last change and its layer."""
    for written in (*_of_node(article, ("dateModified",)), *_of_metas(page, MODIFIED_METAS)):
        if stamp := parse_stamp(written.raw, evidence):
            return stamp, written.layer
    return None


def _of_node(node: Node | None, keys: tuple[str, ...]) -> Iterator[Written]:
    for key in keys if node else ():
        for raw in strings(node.get(key) if node else None):
            yield Written(raw, "json-ld")


def _of_metas(page: Page, names: tuple[str, ...]) -> Iterator[Written]:
    for name in names:
        for raw in page.metas.get(name, ()):
            yield Written(
                raw, "dublin-core" if name.startswith("dc") else "opengraph" if ":" in name else "meta"
            )


def _times(page: Page) -> Iterator[tuple[Written, int]]:
    """Yield the page's marked-up times; rank 0 are those that say they are the publication's."""
    for node in page.tree.css(TIME_NODES)[:MAX_TIME_NODES]:
        attributes = node.attributes
        itemprop = (attributes.get("itemprop") or attributes.get("property") or "").lower()
        hint = (attributes.get("class") or "").lower()
        raw = (
            attributes.get("datetime")
            or attributes.get("content")
            or attributes.get("title")
            or collapse(node.text())
        )
        if not raw or "modif" in itemprop or "updat" in hint:
            continue
        sure = (
            "datepublished" in itemprop
            or "pubdate" in attributes
            or "publish" in hint
            or "entry-date" in hint
        )
        layer = "microdata" if itemprop else "hnews" if "published" in hint else "html:time"
        yield Written(raw, layer), 0 if sure else 1
