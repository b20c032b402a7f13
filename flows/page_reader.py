"""Read one archived page into records; called by the processes of a machine and the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import extract
from extract import EXTRACTOR_VERSION
from extract.archive import ArchiveError, ArchivePlace, read_page
from extract.errors import NewsledgerError
from extract.identity import stable_id
from extract.outcomes import Outcome
from extract.strip.rules import RulesByHost
from extract.types import Article, Fetch, KnownZone, Rows, Source
from load.extraction import Extraction


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings say about pages: the sources by name, and the user's publisher rules."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: RulesByHost = field(default_factory=dict)


def read_pages(archive: ArchivePlace, known: Known, fetches: Iterable[Fetch]) -> Iterator[Extraction]:
    """Read archived pages one after another."""
    for fetch in fetches:
        yield read_one((archive, known), fetch)


def read_one(shared: tuple[ArchivePlace, Known], fetch: Fetch) -> Extraction:
    """Read one archived page of any content; a page that cannot be read becomes a reject with its reason."""
    archive, known = shared
    source = known.sources.get(fetch.source) or Source(fetch.source)
    try:
        article = _read_article(archive, fetch, KnownZone(source.timezone) if source.timezone else None, known.rules)
        rows = _rows(article)
    except (NewsledgerError, OSError):
        # An error of the archive or the machine says nothing about the page.
        raise
    except Exception as error:
        article = rejected(fetch, "broken_body", f"the page cannot be read: {type(error).__name__}: {error}")
        rows = Rows()
    return Extraction(fetch, _with_publisher(article, source.publisher), rows, source.timezone)


def rejected(fetch: Fetch, outcome: Outcome, reason: str) -> Article:
    """Return the record of a page that was not read, with its reason."""
    return Article(
        article_id=stable_id("article", fetch.final_url or fetch.url),
        version_id=stable_id("version", fetch.fetch_id),
        outcome=outcome,
        page_kind="error",
        extractor_version=EXTRACTOR_VERSION,
        reason=reason,
    )


def _read_article(archive: ArchivePlace, fetch: Fetch, zone: KnownZone | None, rules: RulesByHost) -> Article:
    url = fetch.final_url or fetch.url
    try:
        page = read_page(archive, fetch)
    except ArchiveError as error:
        # A damaged record is a reject of its own page and must not stop the others.
        return rejected(fetch, "broken_body", str(error))
    # Imported through the package, so that the models are loaded with the first page, not by a run that reads none.
    return extract.extract_article(
        page.body,
        url=url,
        fetched_at=fetch.fetched_at,
        content_type=page.content_type,
        source=fetch.source,
        known_zone=zone,
        own_rules=rules,
    )


def _rows(article: Article) -> Rows:
    if article.outcome != "ok":
        return Rows(skipped=article.reason)
    return extract.read_rows(
        article.text,
        published_at=article.reading_day,
        language=article.language,
        version_id=article.version_id,
    )


def _with_publisher(article: Article, publisher: str | None) -> Article:
    # What the page says of itself comes first; the settings' name fills in.
    if article.publisher or not publisher:
        return article
    return replace(article, publisher=publisher, layers=article.layers | {"publisher": "settings"})
