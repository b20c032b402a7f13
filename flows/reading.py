"""Reading archived pages into rows, on all cores of this machine or on a cluster.

Work goes to the processes as places in the archive, not as bytes, and comes back as records.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import Protocol

import extract
from extract import EXTRACTOR_VERSION
from extract.archive import ArchiveError, ArchivePlace, read_page
from extract.identity import stable_id
from extract.types import Article, Fetch, KnownZone, Rows, Source
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
    """Reads archived pages: in this process, or in several when there is enough to do."""

    at_once = BATCHES_AT_ONCE

    def __init__(self, archive: ArchivePlace, sources: Mapping[str, Source], workers: int) -> None:
        self._archive = archive
        self._sources = sources
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._opening = Lock()

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages and yield what each gave, in their order."""
        if self._workers < 2 or len(fetches) <= CHUNK_PAGES:
            yield from read_pages(self._archive, self._sources, fetches)
            return
        pool = self._processes()
        chunks = [fetches[at : at + CHUNK_PAGES] for at in range(0, len(fetches), CHUNK_PAGES)]
        jobs = [pool.submit(_read_chunk, self._archive, self._sources, chunk) for chunk in chunks]
        for job in jobs:
            yield from job.result()

    def _processes(self) -> ProcessPoolExecutor:
        # The first batches come at once, each from a thread of its own.
        with self._opening:
            if self._pool is None:
                # A fork of a process that has threads and an open database is not safe.
                os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
                self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=_prepare)
            return self._pool

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def reader(settings: Settings) -> Iterator[Reader]:
    """Open the reader that the settings ask for, and end its processes when done.

    Raises ClusterError when a cluster is asked for and cannot be used.
    """
    opened = _open(settings, {source.name: source for source in settings.all_sources()})
    try:
        yield opened
    finally:
        opened.close()


def _open(settings: Settings, sources: Mapping[str, Source]) -> Reader:
    # What is not given out to the workers of a pool, and what each of them has taken, is read on the spot.
    if settings.run.engine in ("local", "prefect"):
        return LocalReader(settings.archive_place, sources, settings.run.workers)
    # Imported here: Dask is an extra that most do not have.
    from flows.cluster import ClusterReader

    return ClusterReader(settings.run.dask_address or "", settings.archive_place, sources)


def read_pages(archive: ArchivePlace, sources: Mapping[str, Source], fetches: Iterable[Fetch]) -> Iterator[Extraction]:
    """Read archived pages one after another; ``sources`` are those of the settings, by name."""
    for fetch in fetches:
        source = sources.get(fetch.source) or Source(fetch.source)
        article = _read_article(archive, fetch, KnownZone(source.timezone) if source.timezone else None)
        yield Extraction(fetch, _with_publisher(article, source.publisher), _rows(article), source.timezone)


def _read_article(archive: ArchivePlace, fetch: Fetch, zone: KnownZone | None) -> Article:
    url = fetch.final_url or fetch.url
    try:
        page = read_page(archive, fetch)
    except ArchiveError as error:
        # A damaged record is a reject of its page and must not stop the others.
        return Article(
            article_id=stable_id("article", url),
            version_id=stable_id("version", fetch.fetch_id),
            outcome="broken_body",
            page_kind="error",
            extractor_version=EXTRACTOR_VERSION,
            reason=str(error),
        )
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


def _prepare() -> None:
    # A terminal sends Ctrl-C to all processes; this one ends when its parent says so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    # A page makes many short-lived objects and few cycles: collecting as often as Python does by itself costs a tenth.
    gc.set_threshold(50_000, 20, 20)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: of a kill -9 the pool itself learns nothing."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, name="parent watch", daemon=True).start()


def _read_chunk(archive: ArchivePlace, sources: Mapping[str, Source], fetches: Sequence[Fetch]) -> list[Extraction]:
    return list(read_pages(archive, sources, fetches))
