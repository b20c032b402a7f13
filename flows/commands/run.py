"""``ingest``, ``backfill``, ``build`` and ``maintain``: run a flow and say what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extract.errors import SettingsError
from flows import console
from flows.engine import find_server, run_flow
from flows.pipeline import Report, backfill, build, ingest, maintain, retry
from flows.settings import Settings
from flows.stages import Tally
from load.plan import Plan

SHOWN_PROBLEMS = 10
SHOWN_CELLS = 40


def run_ingest(settings: Settings, sources: Sequence[str], *, only_due: bool, as_json: bool) -> int:
    """Run the ingest flow; return the exit code. Raises SettingsError when there is nobody to ask."""
    if not settings.pick_sources(list(sources)):
        raise SettingsError(
            f"No source is followed by {settings.file or 'the default settings: there is no newsledger.toml here'}.",
            hint="Add one: newsledger sources add https://example.org",
        )
    return _run(settings, ingest, as_json, sources=list(sources) or None, only_due=only_due)


def run_backfill(
    settings: Settings,
    *,
    published: tuple[date | None, date | None],
    fetched: tuple[date | None, date | None],
    sources: Sequence[str],
    stage: str,
    extractor_version: str | None,
    outcomes: Sequence[str],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Run the backfill flow, or print its plan; return the exit code."""
    return _run(
        settings,
        backfill,
        as_json,
        published_from=published[0],
        published_to=published[1],
        fetched_from=fetched[0],
        fetched_to=fetched[1],
        sources=list(sources) or None,
        stage=stage,
        extractor_version=extractor_version,
        outcomes=list(outcomes) or None,
        dry_run=dry_run,
    )


def run_build(settings: Settings, *, full: bool, as_json: bool) -> int:
    """Run the build flow; return the exit code."""
    return _run(settings, build, as_json, full=full)


def run_maintain(settings: Settings, *, as_json: bool) -> int:
    """Run the maintenance flow; return the exit code."""
    return _run(settings, maintain, as_json)


def run_retry(settings: Settings, sources: Sequence[str], *, reason: str | None, as_json: bool) -> int:
    """Run the retry flow; return the exit code."""
    return _run(settings, retry, as_json, sources=list(sources) or None, reason=reason)


def _run(settings: Settings, flow: Any, as_json: bool, **parameters: Any) -> int:
    config: Path | None = settings.file
    report: Report = run_flow(flow, find_server(settings.data_dir), config=config, **parameters)
    if as_json:
        console.print_json(report.as_json() | ({"plan": _plan_json(report.plan)} if report.plan else {}))
    else:
        show_report(report)
    return 1 if report.failed else 0


def show_report(report: Report) -> None:
    """Say in a few lines what a run did, and what it could not do."""
    if report.plan is not None:
        show_plan(report.plan)
    for line in summary(report):
        console.say(line)
    problems = report.discovered.problems + report.failed
    for problem in problems[:SHOWN_PROBLEMS]:
        console.note(f"! {problem}")
    if len(problems) > SHOWN_PROBLEMS:
        console.note(f"! and {len(problems) - SHOWN_PROBLEMS} more: newsledger rejects")


def summary(report: Report) -> Iterator[str]:
    """Yield the lines that say what a run did; a stage that had nothing to do has no line."""
    if report.discovered.rows.added:
        yield f"found      {report.discovered.rows.added:,} new candidates"
    if report.fetched.pages:
        yield f"fetched    {report.fetched.pages:,} attempts: {_outcomes(report.fetched)}"
    if report.extracted.pages:
        rows = report.extracted.rows
        yield f"read       {report.extracted.pages:,} pages: {_outcomes(report.extracted)}"
        yield f"loaded     {rows.added:,} rows added, {rows.changed:,} changed, {rows.withdrawn:,} withdrawn"
    if report.built and report.built.models:
        days = "all days" if report.built.is_full else f"{len(report.built.days):,} days"
        yield f"built      {report.built.models} models over {days}, {report.built.tests} tests passed"
    if report.published and report.published.is_new:
        yield f"published  {report.published.path} ({report.published.bytes / 1e6:.1f} MB)"
    if report.compacted and report.compacted.after < report.compacted.before:
        yield f"compacted  {report.compacted.before / 1e6:.1f} MB to {report.compacted.after / 1e6:.1f} MB"
    if _is_quiet(report):
        yield "Nothing new: all that was announced is in the warehouse."


def show_plan(plan: Plan) -> None:
    """Print a plan: days by sources with what is present, stale, missing and quarantined, and what it will take."""
    cells = plan.cells[-SHOWN_CELLS:]
    console.print_table(
        ("day", "source", "present", "stale", "missing", "quarantined"),
        [(c.day or "unknown", c.source, c.present, c.stale, c.missing, c.quarantined) for c in cells],
    )
    if len(plan.cells) > len(cells):
        console.say(f"… and {len(plan.cells) - len(cells)} earlier days; --json prints all.")
    console.say(
        f"To fetch: {len(plan.candidates):,} pages. To read: {len(plan.pages):,} archived pages. "
        f"Days to build: {len(plan.days):,}. About {plan.expected_minutes:.1f} minutes."
    )


def _is_quiet(report: Report) -> bool:
    return report.plan is None and not (report.fetched.pages or report.extracted.pages or report.failed)


def _outcomes(tally: Tally) -> str:
    return ", ".join(f"{count:,} {outcome}" for outcome, count in tally.outcomes)


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "cells": [[c.day, c.source, c.present, c.stale, c.missing, c.quarantined] for c in plan.cells],
        "to_fetch": len(plan.candidates),
        "to_read": len(plan.pages),
        "days": list(plan.days),
        "expected_minutes": plan.expected_minutes,
    }
