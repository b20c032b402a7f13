"""The steps of the flows: each does one batch of one stage and leaves the ledger consistent.

They work the same inside a Prefect task and as plain calls. A step holds the warehouse only while it merges its
results, so fetching and reading never keep another process waiting.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import islice, zip_longest
from typing import Any
from uuid import uuid4

import duckdb

from extract.archive import ArchiveFolder, ArchiveWriter, missing, verify
from extract.archive import recover as recover_archive
from extract.discover import discover, keep_at_most, local_pages
from extract.fetch import Fetcher, FetchResult, Validators
from extract.fetch.policy import ROBOTS_TOKEN
from extract.fetch.rights import honour
from extract.types import ANNOUNCING, Candidate, Fetch, Source
from flows import console, forgetting, log
from flows.fetching import fetch_side_by_side
from flows.reading import Reader
from flows.settings import Settings
from load.build import BuildResult, build
from load.compact import Compacted, compact
from load.connection import writer
from load.feeds import feed_states
from load.ledger import (
    Batch,
    MergeCounts,
    Stage,
    answers_304,
    archive_files,
    archived_attempts,
    forgotten_urls,
    known_fetches,
    last_announcements,
    last_pages,
    read_files,
)
from load.left_out import merge_left_out
from load.merge import merge_candidates, merge_extractions, merge_fetches, merge_sources
from load.plan import Plan
from load.publish import Published, publish


def utc_now() -> datetime:
    """Return the current time in UTC; the flows read the clock nowhere else."""
    return datetime.now(UTC)


class Progress:
    """Where steps report each page that is done; the flow decides how to show it."""

    def __init__(self) -> None:
        self.tick: Callable[[], object] = lambda: None

    def page(self, what: str, batch_id: str) -> None:
        """Count a page of a batch as done; ``what`` is its outcome, which is printed in verbose mode."""
        self.tick()
        console.detail(what, batch_id=batch_id)


@dataclass(frozen=True, slots=True)
class BegunBatch:
    """A batch in progress: its identifier, its stage, and when it began (``time.perf_counter``)."""

    stage: Stage
    batch_id: str = field(default_factory=lambda: uuid4().hex)
    started: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every step needs: the settings, the run it belongs to, and how to report what it waits for.

    Once ``stopping`` is set, a batch ends with the pages that are done. A run that ``gives_way`` begins no batch of a
    source that another process is ingesting.
    """

    settings: Settings
    run_id: str
    tell: Callable[[str], None]
    gives_way: bool = False
    gate: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)
    progress: Progress = field(default_factory=Progress)

    @contextmanager
    def warehouse(self, owner: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Hold the warehouse for writing; threads of this run queue here, other processes at the lock file."""
        with self.gate, writer(self.settings.warehouse, owner=owner, on_wait=self.tell) as connection:
            yield connection

    def fetcher(self) -> Fetcher:
        """Open a fetcher that shares its host slots with all processes of this data folder."""
        settings = self.settings
        return Fetcher(settings.fetch, settings.state_dir, stopping=self.stopping, access=settings.accesses())

    def archive(self) -> ArchiveWriter:
        """Open a new archive file, which appears in the archive when it is closed."""
        max_bytes = self.settings.archive.max_file_mb * 1_000_000
        return ArchiveWriter(self.settings.archive_place, max_bytes=max_bytes, now=utc_now)

    def batch(self, begun: BegunBatch) -> Batch:
        """Return the ledger's row of a batch that is ready to be merged."""
        return Batch(begun.batch_id, begun.stage, utc_now(), self.run_id, time.perf_counter() - begun.started)

    def merged(self, begun: BegunBatch, counts: MergeCounts, outcomes: Sequence[tuple[str, int]]) -> StepTotals:
        """Log a batch that was merged, and return its totals."""
        seconds = round(time.perf_counter() - begun.started, 3)
        log.write(
            "info",
            f"{begun.stage} batch merged",
            batch_id=begun.batch_id,
            stage=begun.stage,
            seconds=seconds,
            rows=asdict(counts),
            outcomes=dict(outcomes),
        )
        return StepTotals(counts, tuple(outcomes))


@dataclass(frozen=True, slots=True)
class StepTotals:
    """The result of a step: rows added, changed and withdrawn, pages by outcome, and problems as text.

    ``asked`` counts the feeds, sitemaps and sections that were requested, ``unanswered`` those that failed.
    """

    rows: MergeCounts = field(default_factory=MergeCounts)
    outcomes: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
    asked: int = 0
    unanswered: int = 0

    def __add__(self, other: StepTotals) -> StepTotals:
        """Sum two totals."""
        outcomes = Counter(dict(self.outcomes)) + Counter(dict(other.outcomes))
        return StepTotals(
            self.rows + other.rows,
            tuple(sorted(outcomes.items())),
            self.problems + other.problems,
            self.asked + other.asked,
            self.unanswered + other.unanswered,
        )

    @property
    def pages(self) -> int:
        """The number of pages of all outcomes."""
        return sum(count for _, count in self.outcomes)


@dataclass(frozen=True, slots=True)
class Visit:
    """What to request of one source: its feeds and sitemaps that are due, and their last validators by URL."""

    source: Source
    validators: Mapping[str, Validators] = field(default_factory=dict)


def plan_visits(sources: Sequence[Source], context: RunContext, only_due: bool) -> list[Visit]:
    """Return what to request of each source; one look-up for all, because opening the warehouse is expensive.

    With ``only_due``, feeds and sitemaps that are not due are left out, and so are sources without any other.
    """
    with context.warehouse("discover") as connection:
        due = [_only_due(source, connection) if only_due else source for source in sources]
        return [
            Visit(source, _validators(source, connection))
            for source in due
            if source.announcements or source.url_lists or source.folders or source.warcs
        ]


def _validators(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, Validators]:
    confirmed = answers_304(connection, source.name)
    fetches = last_announcements(connection, source.name, utc_now())
    return {fetch.url: Validators.of(fetch, confirmed.get(fetch.url, 0)) for fetch in fetches}


def _only_due(source: Source, connection: duckdb.DuckDBPyConnection) -> Source:
    now = utc_now()
    states = feed_states(connection, source.name, source.announcements, sitemaps=source.sitemaps, now=now)

    def due(urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(url for url in urls if url not in states or states[url].next_at <= now)

    places: dict[str, Any] = {key: due(getattr(source, key)) for key in ANNOUNCING}
    due_now = replace(source, **places)
    # Sources that look up their feed's articles in sitemaps need both.
    return source if source.addresses_from == "sitemaps" and due_now.announcements else due_now


def discover_source(visit: Visit, context: RunContext) -> StepTotals:
    """Request the announcements of one source, archive them and enter the candidates that they list."""
    begun, source = BegunBatch("discover"), visit.source
    with context.fetcher() as fetcher:
        found = discover(source, fetcher, validators=visit.validators)
    answers = StepTotals(problems=tuple(found.problems), asked=len(found.asked), unanswered=len(found.failed))
    if not (found.results or found.candidates):
        return answers + _take_local(source, context)
    fetches = _archive(found.results, context)
    with context.warehouse(f"discover {source.name}") as connection:
        # Candidates first: once a feed is recorded as fetched, the server may not send it again.
        counts = merge_candidates(connection, found.candidates, utc_now())
        merge_fetches(connection, fetches, context.batch(begun))
    return context.merged(begun, counts, _outcomes(fetches)) + answers + _take_local(source, context)


def _take_local(source: Source, context: RunContext) -> StepTotals:
    """Archive the pages of a source's folders and WARC files, so that they are read like fetched ones.

    The row of a WARC file is entered after its pages, so it is never committed before them.
    """
    if not (source.folders or source.warcs):
        return StepTotals()
    with context.warehouse(f"discover {source.name}") as connection:
        read_through = read_files(connection, source.name)
    totals = StepTotals()
    for results in _in_batches(local_pages(source, read_through), context.settings.run.batch_pages):
        if context.stopping.is_set():
            break
        totals += take_pages(source, results, context)
    return totals


def take_pages(source: Source, results: Sequence[FetchResult], context: RunContext) -> StepTotals:
    """Archive pages that were fetched by other programs, and enter those that the ledger does not know."""
    begun = BegunBatch("fetch")
    with context.warehouse(f"discover {source.name}") as connection:
        known = known_fetches(connection, [result.fetch.fetch_id for result in results])
        forgotten = forgotten_urls(connection, [result.fetch.url for result in results])
    unknown = [r for r in results if r.fetch.fetch_id not in known and r.fetch.url not in forgotten]
    if not unknown:
        return StepTotals()
    # The user has them already, so they are kept whatever rights they reserve.
    fetches = _archive([honour(result, (), ROBOTS_TOKEN) for result in unknown], context)
    with context.warehouse(f"discover {source.name}") as connection:
        counts = merge_fetches(connection, fetches, context.batch(begun))
    return context.merged(begun, counts, _outcomes(fetches))


def _in_batches(items: Iterable[FetchResult], size: int) -> Iterator[list[FetchResult]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def fetch_batch(candidates: Sequence[Candidate], context: RunContext) -> StepTotals:
    """Fetch a batch of pages, archive the responses, and enter every attempt with its outcome."""
    begun = BegunBatch("fetch")
    sources = {source.name: source for source in context.settings.all_sources()}
    with context.warehouse("fetch") as connection:
        last = last_pages(connection, [candidate.url for candidate in candidates], utc_now())
    validators = {(fetch.source, fetch.url): Validators.of(fetch) for fetch in last}
    fetcher = context.fetcher()

    def attempts(c: Candidate) -> Sequence[FetchResult]:
        known = validators.get((c.source, c.url))
        respect = context.settings.respected(c.source)
        made = fetcher.fetch_attempts(c.url, source=sources[c.source], validators=known, respect=respect)
        for result in made[-1:]:
            context.progress.page(f"{result.fetch.outcome} {c.url}", begun.batch_id)
        return made

    each, is_over = fetch_side_by_side(attempts, candidates, context.settings.run.fetch_threads, context.stopping)
    if is_over:
        fetcher.close()
    fetches = _archive([result for of_one in each for result in of_one], context)
    with context.warehouse("fetch") as connection:
        counts = merge_fetches(connection, fetches, context.batch(begun))
    return context.merged(begun, counts, _outcomes(fetches))


def extract_batch(fetches: Sequence[Fetch], reader: Reader, context: RunContext) -> StepTotals:
    """Strip and read a batch of archived pages and merge their rows."""
    begun = BegunBatch("extract")
    extractions = []
    for extraction in reader.read(fetches):
        context.progress.page(f"{extraction.article.outcome} {extraction.fetch.url}", begun.batch_id)
        extractions.append(extraction)
        if context.stopping.is_set():
            break
    with context.warehouse("extract") as connection:
        counts = merge_extractions(connection, extractions, context.batch(begun))
    outcomes = Counter(extraction.article.outcome for extraction in extractions)
    return context.merged(begun, counts, sorted(outcomes.items()))


def enter_sources(sources: Sequence[Source], context: RunContext) -> None:
    """Record the sources of the settings in the warehouse."""
    with context.warehouse("sources") as connection:
        merge_sources(connection, sources)


def enter_left_out(plan: Plan, sources: Sequence[str], context: RunContext) -> list[Candidate]:
    """Limit the plan of an ingest to each source's ``max_pages``, and record which pages are left out, and why."""
    filters = context.settings.filters()
    limits = {name: one.max_pages for name, one in filters.items() if one.max_pages is not None}
    kept, over = keep_at_most(plan.candidates, limits)
    with context.warehouse("filters") as connection:
        merge_left_out(connection, [*plan.left_out, *over], sources, run_id=context.run_id, now=utc_now())
    return kept


def recover(context: RunContext) -> StepTotals:
    """Enter archived fetches that the ledger does not know, because a run died before it committed them.

    A run that died while it forgot pages is finished too.
    """
    begun = BegunBatch("fetch")
    forgetting.clean_archive(context)
    with context.warehouse("recover") as connection:
        known = archive_files(connection)
        fetches = recover_archive(context.settings.archive_place, known)
        if not fetches:
            return StepTotals()
        fetches = [_unseen(fetch) if fetch.purpose == "announcement" else fetch for fetch in fetches]
        # Archive files keep the names that sources had when they were written.
        names = context.settings.renames()
        fetches = [replace(fetch, source=names.get(fetch.source, fetch.source)) for fetch in fetches]
        context.tell(f"Recovered {len(fetches)} fetches from archive files that the ledger did not know.")
        counts = merge_fetches(connection, fetches, context.batch(begun))
    return context.merged(begun, counts, _outcomes(fetches))


def _unseen(fetch: Fetch) -> Fetch:
    # The items of a recovered feed were never entered, so the next request must not be conditional.
    return replace(fetch, etag=None, last_modified=None, page_sha256=None)


def verify_archive(context: RunContext) -> tuple[str, ...]:
    """Read the whole archive and describe damaged or missing files; in an object store, only missing files.

    A store checks its own data, and fetching all of it every night would cost too much; ``newsledger archive verify``
    does it on request.
    """
    place = context.settings.archive_place
    with context.warehouse("verify") as connection:
        known = archived_attempts(connection)
    problems = verify(place, known) if isinstance(place, ArchiveFolder) else missing(place.files(), known)
    return tuple(str(problem) for problem in problems)


def mix_hosts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Interleave the candidates of different sources, keeping the order within each source.

    A batch then waits for many hosts at once and not for the interval of one.
    """
    queues: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        queues.setdefault(candidate.source, []).append(candidate)
    return [c for row in zip_longest(*queues.values()) for c in row if c is not None]


def build_models(context: RunContext, full: bool, days: Sequence[date]) -> BuildResult:
    """Build and test the models of the days that changed and of ``days``, or of all days with ``full``."""
    return build(context.settings.warehouse, now=utc_now(), full=full, days=days, on_wait=context.tell)


def publish_copy(context: RunContext) -> Published:
    """Write the read-only copy and replace the last one; rewrite it entirely when pages were forgotten."""
    return forgetting.publish_afresh(context, utc_now()) or publish(context.settings.warehouse, now=utc_now())


def compact_file(context: RunContext) -> Compacted:
    """Reclaim the free space of the private file, when there is much of it."""
    return compact(context.settings.warehouse, on_wait=context.tell)


def _archive(results: Sequence[FetchResult], context: RunContext) -> list[Fetch]:
    if not results:
        return []
    with context.archive() as archive:
        return [archive.write(_of_run(result, context.run_id)) for result in results]


def _of_run(result: FetchResult, run_id: str) -> FetchResult:
    return replace(result, fetch=replace(result.fetch, run_id=run_id))


def _outcomes(fetches: Sequence[Fetch]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(fetch.outcome for fetch in fetches).items()))
