"""Which meta tags say when a page was published or changed."""

from __future__ import annotations

import re
from functools import lru_cache

PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "article_date_original",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.published",
    "citation_publication_date",
    "citation_online_date",
    "rnews:datepublished",
    "originalpublicationdate",
    "firstpublishedtime",
    "vr:published_time",
    "displaydate",
    "published",
    "bt:pubdate",
    "article:published",
    "og:pubdate",
    "article:post_date",
    "ptime",
    "iso-8601-publish-date",
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article.updated",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "revised",
    "updated_time",
    "modified_time",
    "article:updated_time",
    "cxenseparse:recs:articlemodified",
    "iso-8601-modified-date",
    "lastmodified",
    "modified",
)
# Other tags are known by the last words of their names ("dtk:publishdate", "content_PublishedDate"). What is called
# creation, or only "date", is what content systems also fill with the day of the last change.
NOT_LETTERS = re.compile(r"[^a-z]+")
OTHER_NAMES = re.compile(
    r"(?:(?<!un)(?<!re)publish(?:ed)?(?:date|day|time|on|at)?|pub(?:lication)?(?:date|day|time)|date(?:published|posted)"
    r"|post(?:ed)?(?:date|time)|issued|articledate|citationdate|created?(?:date|time|on|at)?|creationdate|firstcreate"
    r"|^(?:dc|dcterms?|gsa)?date|^(?:release|p)date)(?:time|timestamp|utc|gmt|local|iso|unix)?$"
)


@lru_cache(maxsize=4096)
def may_date(name: str) -> bool:
    """Say whether a meta tag, by its lower-case name, dates the publication or something close to it."""
    return OTHER_NAMES.search(NOT_LETTERS.sub("", name)) is not None
