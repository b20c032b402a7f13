"""Reading archived pages into rows, on all cores of this machine or on a cluster.

Work goes to the processes as places in the archive, not as bytes, and comes back as records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from queue import SimpleQueue
from threading import Event
from typing import Protocol

import extract
from extract import EXTRACTOR_VERSION
from extract.archive import ArchiveError, ArchivePlace, read_page
from extract.errors import NewsledgerError
from extract.identity import stable_id
from extract.types import Article, Fetch, KnownZone, Outcome, Rows, Source
from flows.page_process import PageLostError, PageProcess, ReadingStoppedError
from flows.settings import Settings
from load.merge import Extraction

# A chunk is what one process takes at a time: small enough that all finish together.
CHUNK_PAGES = 10


# Batches in work on one machine: one is read while another is merged.
BATCHES_AT_ONCE = 2


class Reader(Protocol):
    """Reads batches of archived pages, ``at_once`` of them side by side."""

    @property
    def at_once(self) -> int:
        """How many batches are to be in work, so that no process waits for one."""

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages and yield what each gave, in their order."""

    def close(self) -> None:
        """End; what has not begun is not done."""


class LocalReader:
    """Reads archived pages in processes of its own, which end with a page that takes too long."""

    at_once = BATCHES_AT_ONCE

    def __init__(
        self,
        archive: ArchivePlace,
        sources: Mapping[str, Source],
        workers: int,
        page_seconds: int,
        stopping: Event | None = None,
    ) -> None:
        self._shared = (archive, sources)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._processes = [PageProcess(_read_page, page_seconds, stopping or Event()) for _ in range(workers)]
        self._idle: SimpleQueue[PageProcess] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages and yield what each gave, in their order; told to stop, it ends with what it has."""
        chunks = [fetches[at : at + CHUNK_PAGES] for at in range(0, len(fetches), CHUNK_PAGES)]
        with suppress(ReadingStoppedError):
            for job in [self._threads.submit(self._read_chunk, chunk) for chunk in chunks]:
                yield from job.result()

    def _read_chunk(self, fetches: Sequence[Fetch]) -> list[Extraction]:
        process = self._idle.get()
        try:
            return process.read(self._shared, fetches, self._reject)
        finally:
            self._idle.put(process)

    def _reject(self, fetch: Fetch, lost: PageLostError) -> Extraction:
        outcome: Outcome = "timeout" if lost.took_too_long else "broken_body"
        source = self._shared[1].get(fetch.source)
        return Extraction(fetch, _reject(fetch, outcome, lost.reason), Rows(), source.timezone if source else None)

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.end()


@contextmanager
def reader(settings: Settings, stopping: Event | None = None) -> Iterator[Reader]:
    """Open the reader that the settings ask for, and end its processes when done, or at once when ``stopping`` is set.

    Raises ClusterError when a cluster is asked for and cannot be used.
    """
    opened = _open(settings, stopping, {source.name: source for source in settings.all_sources()})
    try:
        yield opened
    finally:
        opened.close()


def _open(settings: Settings, stopping: Event | None, sources: Mapping[str, Source]) -> Reader:
    # What is not given out to the workers of a pool, and what each of them has taken, is read on the spot.
    if settings.run.engine in ("local", "prefect"):
        run = settings.run
        return LocalReader(settings.archive_place, sources, run.workers, run.page_seconds, stopping)
    # Imported here: Dask is an extra that most do not have.
    from flows.cluster import ClusterReader

    return ClusterReader(settings.run.dask_address or "", settings.archive_place, sources)


def read_pages(archive: ArchivePlace, sources: Mapping[str, Source], fetches: Iterable[Fetch]) -> Iterator[Extraction]:
    """Read archived pages one after another; ``sources`` are those of the settings, by name."""
    for fetch in fetches:
        yield _read_page((archive, sources), fetch)


def _read_page(shared: tuple[ArchivePlace, Mapping[str, Source]], fetch: Fetch) -> Extraction:
    archive, sources = shared
    source = sources.get(fetch.source) or Source(fetch.source)
    try:
        article = _read_article(archive, fetch, KnownZone(source.timezone) if source.timezone else None)
        rows = _rows(article)
    except (NewsledgerError, OSError):
        # Of the archive or the machine: no page can be judged by that.
        raise
    except Exception as error:
        article = _reject(fetch, "broken_body", f"the page cannot be read: {type(error).__name__}: {error}")
        rows = Rows()
    return Extraction(fetch, _with_publisher(article, source.publisher), rows, source.timezone)


def _reject(fetch: Fetch, outcome: Outcome, reason: str) -> Article:
    return Article(
        article_id=stable_id("article", fetch.final_url or fetch.url),
        version_id=stable_id("version", fetch.fetch_id),
        outcome=outcome,
        page_kind="error",
        extractor_version=EXTRACTOR_VERSION,
        reason=reason,
    )


def _read_article(archive: ArchivePlace, fetch: Fetch, zone: KnownZone | None) -> Article:
    url = fetch.final_url or fetch.url
    try:
        page = read_page(archive, fetch)
    except ArchiveError as error:
        # A damaged record is a reject of its page and must not stop the others.
        return _reject(fetch, "broken_body", str(error))
    # By way of the package: the models are loaded by the first page that is read, not by a run that reads none.
    return extract.extract_article(
        page.body,
        url=url,
        fetched_at=fetch.fetched_at,
        content_type=page.content_type,
        source=fetch.source,
        known_zone=zone,
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
