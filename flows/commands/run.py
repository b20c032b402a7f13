"""``ingest``, ``backfill``, ``build`` and ``maintain``: run a flow and print its result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows import console
from flows.engine import run_flow
from flows.pipeline import backfill, build, ingest, maintain, retry
from flows.run_report import Report
from flows.server import find_server
from flows.settings import Settings
from flows.summary import summary
from load.plan import Plan

# Exit codes of a run that failed as a whole, and of one that failed in part.
FAILED, PARTIAL = 1, 6
SHOWN_PROBLEMS = 10
SHOWN_CELLS = 40


def run_ingest(settings: Settings, sources: Sequence[str], *, only_due: bool, as_json: bool) -> int:
    """Run the ingest flow; return the exit code."""
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
    left_out: bool,
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
        left_out=left_out,
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
    return exit_code(report)


def exit_code(report: Report) -> int:
    """Return 0 on success, FAILED when everything that was requested failed, and PARTIAL when some of it did."""
    return FAILED if report.is_lost else PARTIAL if report.has_failures else 0


def show_report(report: Report) -> None:
    """Print the summary of a run and its problems."""
    if report.plan is not None:
        show_plan(report.plan)
    for line in () if console.is_quiet() else summary(report):
        console.say(line)
    problems = report.discovered.problems + report.failed
    for problem in problems[:SHOWN_PROBLEMS]:
        console.warn(f"! {problem}")
    if len(problems) > SHOWN_PROBLEMS:
        console.warn(f"! and {len(problems) - SHOWN_PROBLEMS} more: newsledger status")


def show_plan(plan: Plan) -> None:
    """Print a plan: days by sources with their pages by state, and the work that it would take."""
    cells = plan.cells[-SHOWN_CELLS:]
    console.print_table(
        ("day", "source", "present", "stale", "missing", "quarantined", "left out"),
        [(c.day or "unknown", c.source, c.present, c.stale, c.missing, c.quarantined, c.left_out) for c in cells],
    )
    if len(plan.cells) > len(cells):
        console.say(f"… and {len(plan.cells) - len(cells)} earlier days; --json prints all.")
    console.say(
        f"To fetch: {len(plan.candidates):,} pages. To read: {len(plan.pages):,} archived pages. "
        f"Days to build: {len(plan.days):,}. About {plan.expected_minutes:.1f} minutes."
    )


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "cells": [[c.day, c.source, c.present, c.stale, c.missing, c.quarantined, c.left_out] for c in plan.cells],
        "to_fetch": len(plan.candidates),
        "to_read": len(plan.pages),
        "days": list(plan.days),
        "expected_minutes": plan.expected_minutes,
    }
