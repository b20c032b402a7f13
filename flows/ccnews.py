"""Ingest a month of CC-NEWS: stream its WARC files and keep only the pages of a publisher's hosts.

How far each file was read is kept in the data folder, and is written after the pages before that position are
committed. If that record is lost, files are read again from their beginning, and pages that the ledger has are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extract.discover.ccnews import listing_url, of_hosts, read_listing
from extract.discover.warcs import stream_warc
from extract.errors import InputError
from extract.fetch import FetchResult
from extract.fetch.stream import RemoteFile, StreamError, read_small, size_of
from extract.identity import stable_id
from extract.strip.urls import host_of
from extract.types import Source
from flows import console
from flows.runs import open_run
from flows.settings import Settings
from flows.stages import RunContext, StepTotals, take_pages
from load.files import replace_file
from load.plan import Selection

# The sizes of at most about this many files are requested; the total is estimated from them.
ASKED_SIZES = 20
DONE = -1
# The position in a file is saved after this many records of other hosts, even without a page.
PASSED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Month:
    """What is left to ingest of a month.

    ``files`` are the URLs of the files to read, ``read_before`` how many were read already, ``hosts`` those whose pages
    are kept, ``listed`` how many files the month has.
    """

    files: tuple[str, ...]
    read_before: int
    hosts: tuple[str, ...]
    listed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What was ingested: files read to their end, records of other hosts that were skipped, and the pages kept."""

    files: int
    passed_over: int
    kept: StepTotals
    failed: tuple[str, ...] = ()


def plan_month(settings: Settings, month: str, source: Source, hosts: Sequence[str]) -> Month:
    """Read a month's listing and return what is left to ingest.

    ``hosts`` defaults to the hosts of the source's addresses. Raises InputError and StreamError.
    """
    base = settings.run.cc_news_url
    files = read_listing(read_small(listing_url(base, month), settings.fetch), base)
    named = tuple(hosts) or hosts_of(source)
    progress = Progress(settings, source, named)
    left = tuple(file for file in files if progress.at(file) != DONE)
    return Month(left, len(files) - len(left), named, len(files))


def hosts_of(source: Source) -> tuple[str, ...]:
    """Return the hosts of a source's addresses. Raises InputError when it has none."""
    urls = (*source.announcements, *((source.base_url,) if source.base_url else ()))
    hosts = sorted({host_of(url) for url in urls} - {""})
    if not hosts:
        raise InputError(f"Source {source.name} has no addresses.", hint="Name the publisher's hosts with --host.")
    return tuple(hosts)


def total_bytes(settings: Settings, month: Month) -> tuple[int, bool]:
    """Return the size in bytes of the files that are left, and whether it is an estimate.

    When there are many files, only the sizes of some are requested. Raises StreamError.
    """
    step = max(len(month.files) // ASKED_SIZES, 1)
    asked = month.files[::step]
    with console.progress("sizes", len(asked)) as tick:
        sizes = []
        for url in asked:
            sizes.append(size_of(url, settings.fetch))
            tick()
    return (sum(sizes) * len(month.files) // len(asked) if asked else 0), step > 1


def take_month(settings: Settings, month: Month, source: Source) -> Taken:
    """Ingest a month's pages, one file after another; a file that fails does not stop the others."""
    files, passed_over, kept, failed = 0, 0, StepTotals(), []
    progress = Progress(settings, source, month.hosts)
    selection = Selection(sources=(source.name,))
    with (
        open_run(settings, "backfill", selection) as context,
        console.progress("files", len(month.files)) as tick,
    ):
        for url in month.files:
            try:
                for totals, passed in _take_file(url, source, month.hosts, progress, context):
                    kept, passed_over = kept + totals, passed_over + passed
                files += 1
            except (StreamError, InputError) as error:
                failed.append(f"{url}: {error}")
            tick()
    return Taken(files, passed_over, kept, tuple(failed))


def _take_file(
    url: str, source: Source, hosts: Sequence[str], progress: Progress, context: RunContext
) -> Iterator[tuple[StepTotals, int]]:
    start = progress.at(url)
    size = context.settings.run.batch_pages
    with RemoteFile(url, context.settings.fetch, start) as remote:
        records = stream_warc(remote, source.name, of_hosts(hosts))
        for batch, next_at, passed in _batches(records, size):
            totals = take_pages(source, batch, context) if batch else StepTotals()
            # After the commit, so that a kill between the two loses nothing.
            progress.note(url, next_at)
            yield totals, passed
    progress.note(url, DONE)


def _batches(
    records: Iterator[tuple[int, FetchResult | None]], size: int
) -> Iterator[tuple[list[FetchResult], int, int]]:
    """Cut a stream into batches: the pages, the byte offset to resume from, and the number of records skipped.

    The offset is where the last record begins: that record is read again and recognised as known. The offset advances
    also where no record is of the wanted hosts.
    """
    pages: list[FetchResult] = []
    passed = at = 0
    failure = None
    try:
        for at, page in records:
            if page is None:
                passed += 1
            else:
                pages.append(page)
            if len(pages) >= size or passed >= PASSED_AT_ONCE:
                yield pages, at, passed
                pages, passed = [], 0
    except (StreamError, InputError) as error:
        # The pages before the failure are kept.
        failure = error
    if pages or passed:
        yield pages, at, passed
    if failure is not None:
        raise failure


class Progress:
    """How far each file was read for a source and its hosts: the byte offset of the next record to read."""

    def __init__(self, settings: Settings, source: Source, hosts: Sequence[str]) -> None:
        key = stable_id(source.name, *sorted(hosts))[:12]
        self._file: Path = settings.state_dir / "cc-news" / f"{source.name}-{key}.json"
        self._bytes: dict[str, int] = {}
        # Without a readable state file, all files are read from their beginning.
        with suppress(OSError, ValueError, AttributeError):
            self._bytes = {str(url): int(at) for url, at in json.loads(self._file.read_text("utf-8")).items()}

    def at(self, url: str) -> int:
        """Return the byte offset to resume a file from, or DONE when it was read to its end."""
        return self._bytes.get(url, 0)

    def note(self, url: str, at: int) -> None:
        """Save how far a file was read, as a byte offset."""
        self._bytes[url] = at
        self._file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self._file, json.dumps(self._bytes, indent=0).encode())
