"""The flows: ingest, backfill, build and maintain. They only orchestrate; the steps are in ``flows.stages``.

A flow can be called plainly, run by a Prefect server, or started by a form on Prefect's page. Each determines what is
missing and does that, so any flow can be stopped anywhere and started again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extract import EXTRACTOR_VERSION
from extract.archive import ArchiveStoreError
from extract.errors import SettingsError
from extract.types import Candidate, Fetch
from flows import console, stages
from flows.artifacts import name_run, name_task, show_report
from flows.engine import Done, cancellable, each, once
from flows.forgetting import forget_rows, outlived
from flows.pool import read_by_workers
from flows.reading import reader
from flows.run_report import Report
from flows.runs import open_run
from flows.settings import Settings, load_settings
from flows.source_locks import between_ingests, ingesting
from flows.stages import RunContext, StepTotals
from load.connection import Connection, looking
from load.errors import DiskFull, WarehouseBusy
from load.plan import Plan, Selection, make_plan, planned_fetches
from load.rechecks import due_rechecks
from load.rejects import rejected_candidates

# A second attempt can fix a network error; a page that cannot be read once cannot be read the second time.
discover_source = task(
    name="discover",
    task_run_name=name_task,
    retries=1,
    retry_delay_seconds=5,
    tags=["network"],
    cache_policy=NO_CACHE,
)(stages.discover_source)
fetch_batch = task(
    name="fetch",
    task_run_name=name_task,
    retries=1,
    retry_delay_seconds=5,
    tags=["network"],
    cache_policy=NO_CACHE,
)(stages.fetch_batch)
extract_batch = task(name="extract", task_run_name=name_task, tags=["cpu"], cache_policy=NO_CACHE)(stages.extract_batch)
build_models = task(name="build models", tags=["warehouse"], cache_policy=NO_CACHE)(stages.build_models)
publish_copy = task(name="publish", tags=["warehouse"], cache_policy=NO_CACHE)(stages.publish_copy)

Stage = Literal["fetch", "extract", "models"]
Item = TypeVar("Item")

# Planned pages whose records are in memory at once.
LOOKED_UP_PAGES = 10_000
# How many sources are requested at once.
SOURCES_AT_ONCE = 4
# Errors that would stop every other batch too; the run ends.
HOPELESS = (DiskFull, WarehouseBusy, ArchiveStoreError, OSError)


@flow(name="ingest", flow_run_name=name_run)
@cancellable
def ingest(sources: list[str] | None = None, only_due: bool = False, config: Path | None = None) -> Report:
    """Find, fetch, archive, strip, read and load what is new; build and publish the models.

    Articles that are due for another look are fetched again, in case the outlet has changed them.

    Args:
        sources: names of the sources to follow; all that are not paused when left empty.
        only_due: ask only the feeds and sitemaps whose own polling interval is over; else all of them.
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    chosen = settings.pick_sources(sources)
    if not chosen:
        # This also catches a worker that was started in the wrong folder: a run without sources must not look
        # successful.
        where = settings.file or f"the defaults: there is no newsledger.toml in {Path.cwd()}"
        raise SettingsError(
            f"There are no sources in {where}.",
            hint="Add one: newsledger sources add https://example.org   (a worker finds its file by NEWSLEDGER_CONFIG)",
        )
    selection = Selection(sources=tuple(source.name for source in chosen))
    with open_run(settings, "ingest", selection) as context:
        report = Report(context.run_id, discovered=stages.recover(context))
        stages.enter_sources(chosen, context)
        with ingesting(context, selection.sources):
            report = _discover(chosen, context, report, only_due)
            due = _due_rechecks(context, selection)
            report = _fetch_missing(context, selection, report, due, is_limited=True)
            report = _extract_missing(context, selection, report)
        return _build_and_publish(context, report)


@flow(name="backfill", flow_run_name=name_run)
@cancellable
def backfill(
    published_from: date | None = None,
    published_to: date | None = None,
    sources: list[str] | None = None,
    stage: Stage = "fetch",
    extractor_version: str | None = None,
    fetched_from: date | None = None,
    fetched_to: date | None = None,
    outcomes: list[str] | None = None,
    left_out: bool = False,
    dry_run: bool = False,
    config: Path | None = None,
) -> Report:
    """Do for an interval what it lacks: fetch missing pages, read archived ones again, or rebuild models.

    It goes by batches, and lets an ingest of the same sources go first between any two.

    Args:
        published_from: first publication day.
        published_to: last publication day (inclusive).
        sources: names of the sources; all when left empty.
        stage: fetch what is missing (and read it), extract again from the archive, or rebuild the models.
        extractor_version: only pages that this extractor version has read; also the current one.
        fetched_from: first day of the last attempt at a page.
        fetched_to: last day of the last attempt at a page (inclusive).
        outcomes: only pages whose last attempt, or reading, came to one of these.
        left_out: fetch pages too that filters of their sources leave out.
        dry_run: work out the plan and do nothing.
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    names = tuple(source.name for source in settings.pick_sources(sources)) if sources else ()
    selection = Selection(
        published_from=published_from,
        published_to=published_to,
        sources=names,
        stage=stage,
        extractor_version=extractor_version,
        fetched_from=fetched_from,
        fetched_to=fetched_to,
        outcomes=tuple(outcomes or ()),
        lets_in=left_out,
    )
    planned = replace(selection, stage=None if stage == "fetch" else stage)
    if dry_run:
        return Report("dry run", plan=_look_at_plan(settings, planned))
    with open_run(settings, "backfill", selection) as context:
        plan = _plan(context, planned)
        report = Report(context.run_id, plan=plan)
        if stage == "fetch":
            report = _fetch_missing(context, selection, report)
        if stage in ("fetch", "extract"):
            report = _extract_missing(context, selection, report)
        days = plan.days if stage == "models" else ()
        return _build_and_publish(context, report, days=days)


@flow(name="retry", flow_run_name=name_run)
@cancellable
def retry(sources: list[str] | None = None, reason: str | None = None, config: Path | None = None) -> Report:
    """Try rejected pages again, those too that were given up.

    Args:
        sources: names of the sources; all when left empty.
        reason: only rejects of this reason (an outcome).
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    names = tuple(source.name for source in settings.pick_sources(sources)) if sources else ()
    selection = Selection(sources=names, outcomes=(reason,) if reason else ())
    with open_run(settings, "retry", selection) as context:
        with context.warehouse("retry") as connection:
            again = rejected_candidates(connection, sources=names, reason=reason)
        report = _fetch(context, again, Report(context.run_id))
        report = _extract_missing(context, Selection(sources=names), report)
        return _build_and_publish(context, report)


@flow(name="build", flow_run_name=name_run)
@cancellable
def build(full: bool = False, config: Path | None = None) -> Report:
    """Build the models, test them, and publish a read-only copy if every test passes.

    Args:
        full: build all days, not only those that changed.
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    with open_run(settings, "build", Selection(stage="models")) as context:
        return _build_and_publish(context, Report(context.run_id), full=full)


@flow(name="maintain", flow_run_name=name_run)
@cancellable
def maintain(config: Path | None = None) -> Report:
    """Close dead runs, recover and verify the archive, read what is unread, build and publish, compact the warehouse.

    Pages that a source does not keep any longer are forgotten.

    Args:
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    with open_run(settings, "maintain", Selection()) as context:
        report = Report(context.run_id, discovered=stages.recover(context), failed=stages.verify_archive(context))
        for what in outlived(settings, stages.utc_now()):
            forget_rows(context, what)
        report = _extract_missing(context, Selection(stage="extract"), report)
        report = _build_and_publish(context, report)
        return replace(report, compacted=stages.compact_file(context))


@flow(name="read", flow_run_name=name_run)
@cancellable
def read(selection: Selection, config: Path | None = None) -> Report:
    """Read archived pages of a selection where this runs, and merge their rows; runs of other flows give this out.

    Args:
        selection: which pages; what is read already is left out.
        config: settings file; NEWSLEDGER_CONFIG or ./newsledger.toml when left empty.
    """
    settings = load_settings(config)
    with open_run(settings, "read", selection) as context:
        return _extract_here(context, _plan(context, selection).pages, Report(context.run_id))


def _discover(sources: Sequence[Any], context: RunContext, report: Report, only_due: bool) -> Report:
    visits = stages.plan_visits(sources, context, only_due)
    done = each(discover_source, visits, context, at_once=SOURCES_AT_ONCE, on_stop=context.stopping.set)
    totals, failed = _gather(done, "discover", len(visits), lambda visit: f"source {visit.source.name}")
    return replace(report, discovered=report.discovered + totals, failed=report.failed + failed)


def _fetch_missing(
    context: RunContext,
    selection: Selection,
    report: Report,
    rechecks: Sequence[Candidate] = (),
    *,
    is_limited: bool = False,
) -> Report:
    plan = _plan(context, replace(selection, stage="fetch"))
    missing = stages.enter_left_out(plan, selection.sources, context) if is_limited else plan.candidates
    planned = {(candidate.source, candidate.url) for candidate in missing}
    return _fetch(context, [*missing, *(c for c in rechecks if (c.source, c.url) not in planned)], report)


def _due_rechecks(context: RunContext, selection: Selection) -> tuple[Candidate, ...]:
    longest = timedelta(days=context.settings.run.recheck_days)
    with context.warehouse("plan") as connection:
        return due_rechecks(connection, selection.sources, now=stages.utc_now(), longest=longest)


def _fetch(context: RunContext, candidates: Sequence[Candidate], report: Report) -> Report:
    candidates = _of_known_sources(candidates, context)
    batches = _cut(stages.mix_hosts(candidates), context.settings.run.batch_pages)
    done = each(fetch_batch, between_ingests(context, batches), context, on_stop=context.stopping.set)
    totals, failed = _gather(
        done, "fetch", len(candidates), lambda batch: f"fetch of {batch[0].url} and others", context
    )
    return replace(report, fetched=totals, failed=report.failed + failed)


def _of_known_sources(candidates: Sequence[Candidate], context: RunContext) -> Sequence[Candidate]:
    """Leave out pages of sources that the settings no longer name, since nothing says how to fetch them."""
    known = {source.name for source in context.settings.all_sources()}
    left_out = sorted({candidate.source for candidate in candidates} - known)
    if left_out:
        context.tell(f"Pages of sources that are not in the settings are skipped: {', '.join(left_out)}.")
    return [candidate for candidate in candidates if candidate.source in known]


def _extract_missing(context: RunContext, selection: Selection, report: Report) -> Report:
    pages = _plan(context, replace(selection, stage="extract")).pages
    # Starting a run elsewhere costs more than reading a single batch here.
    if context.settings.run.engine != "prefect" or len(pages) <= context.settings.run.batch_pages:
        return _extract_here(context, pages, report)
    totals, lost = read_by_workers(context, selection, len(pages))
    if left := len(_plan(context, replace(selection, stage="extract")).pages):
        lost = (*lost, f"{left} pages that the workers were to read are still unread; their runs tell why")
    return replace(report, extracted=totals, failed=report.failed + lost)


def _extract_here(context: RunContext, missing: Sequence[str], report: Report) -> Report:
    if not missing:
        return report
    with reader(context.settings, context.stopping) as pages:
        batches = _batches(context, missing)
        at_once = pages.at_once
        done = each(
            extract_batch,
            between_ingests(context, batches),
            pages,
            context,
            at_once=at_once,
            on_stop=context.stopping.set,
        )
        totals, failed = _gather(
            done, "read", len(missing), lambda batch: f"reading of {batch[0].url} and others", context
        )
    return replace(report, extracted=totals, failed=report.failed + failed)


def _batches(context: RunContext, missing: Sequence[str]) -> Iterator[Sequence[Fetch]]:
    """Look up the fetches of planned pages piece by piece, and cut them into batches."""
    for pages in _cut(missing, LOOKED_UP_PAGES):
        with context.warehouse("plan") as connection:
            fetches = planned_fetches(connection, pages)
        yield from _cut(fetches, context.settings.run.batch_pages)


def _build_and_publish(context: RunContext, report: Report, *, full: bool = False, days: Sequence[date] = ()) -> Report:
    built = once(build_models, context, full, tuple(days))
    report = replace(report, built=built, published=once(publish_copy, context))
    show_report(report, context)
    return report


def _plan(context: RunContext, selection: Selection) -> Plan:
    with context.warehouse("plan") as connection:
        return _make_plan(connection, selection, context.settings)


def _look_at_plan(settings: Settings, selection: Selection) -> Plan:
    """Return the plan without starting a run, taking a lock or writing anything."""
    with looking(settings.warehouse) as view:
        if view.busy:
            console.note(
                f"The warehouse is being written by {view.busy}; the plan is based on what was last published."
            )
        return _make_plan(view.connection, selection, settings)


def _make_plan(connection: Connection, selection: Selection, settings: Settings) -> Plan:
    return make_plan(
        connection,
        selection,
        extractor_version=EXTRACTOR_VERSION,
        now=stages.utc_now(),
        max_attempts=settings.run.max_attempts,
        timezones=settings.timezones(),
        filters=settings.filters(),
    )


def _cut(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def _gather(
    done: Iterable[Done], label: str, total: int, name: Any, context: RunContext | None = None
) -> tuple[StepTotals, tuple[str, ...]]:
    """Sum the results of the batches.

    The error of a batch is kept and does not stop the others, unless it would stop all. With ``context``, the progress
    counts the pages that its steps report; otherwise it counts the items.
    """
    totals, failed = StepTotals(), []
    with console.progress(label, total) as tick:
        if context:
            context.progress.tick = tick
        for one in done:
            if not context:
                tick()
            if isinstance(one.error, HOPELESS):
                raise one.error
            if one.error:
                failed.append(f"{name(one.item)}: {type(one.error).__name__}: {one.error}")
            else:
                totals += one.result
    return totals, tuple(failed)
