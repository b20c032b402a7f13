"""Read archived pages into rows, on all cores of this machine or on a cluster.

Work is sent to the processes as locations in the archive, not as bytes, and comes back as records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from extract.archive import ArchivePlace
from extract.outcomes import Outcome
from extract.strip.rules import load_own_rules
from extract.types import Fetch, Rows
from flows.page_process import PageLostError, PageProcess, ReadingStoppedError
from flows.page_reader import Known, read_one, rejected
from flows.settings import Settings
from load.extraction import Extraction

# Pages that a process takes at a time: few enough that all processes finish together.
CHUNK_PAGES = 10


# Batches in progress on one machine: one is read while another is merged.
BATCHES_AT_ONCE = 2


class Reader(Protocol):
    """Reads batches of archived pages, ``at_once`` of them side by side."""

    @property
    def at_once(self) -> int:
        """How many batches must be in progress so that no process waits for one."""

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages and yield the result of each, in their order."""

    def close(self) -> None:
        """End the reader; pages that have not begun are not read."""


class LocalReader:
    """Reads archived pages in subprocesses, which are killed by a page that takes too long."""

    at_once = BATCHES_AT_ONCE

    def __init__(
        self,
        archive: ArchivePlace,
        known: Known,
        workers: int,
        page_seconds: int,
        stopping: Event | None = None,
    ) -> None:
        self._shared = (archive, known)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._processes = [PageProcess(read_one, page_seconds, stopping or Event()) for _ in range(workers)]
        self._idle: SimpleQueue[PageProcess] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)

    def read(self, fetches: Sequence[Fetch]) -> Iterator[Extraction]:
        """Read these pages and yield the result of each, in their order; end early when asked to stop."""
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
        source = self._shared[1].sources.get(fetch.source)
        return Extraction(fetch, rejected(fetch, outcome, lost.reason), Rows(), source.timezone if source else None)

    def close(self) -> None:
        """End the processes; pages that they have not begun are not read."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.end()


def what_is_known(settings: Settings) -> Known:
    """Return what the settings say about pages. Raises InputError for publisher rules that cannot be used."""
    folder = settings.run.publisher_rules
    rules = load_own_rules(settings.base / folder) if folder else {}
    return Known({source.name: source for source in settings.all_sources()}, rules)


@contextmanager
def reader(settings: Settings, stopping: Event | None = None) -> Iterator[Reader]:
    """Open the reader that the settings choose; end its processes when done, or at once when ``stopping`` is set.

    Raises ClusterError when a cluster is configured and cannot be used.
    """
    opened = _open(settings, stopping, what_is_known(settings))
    try:
        yield opened
    finally:
        opened.close()


def _open(settings: Settings, stopping: Event | None, known: Known) -> Reader:
    # With a work pool, pages that are not given out are read here, and so are the pages of each share by its worker.
    if settings.run.engine in ("local", "prefect"):
        run = settings.run
        return LocalReader(settings.archive_place, known, run.workers, run.page_seconds, stopping)
    # Imported here: Dask is an extra that most installations lack.
    from flows.cluster import ClusterReader

    return ClusterReader(settings.run.dask_address or "", settings.archive_place, known)
