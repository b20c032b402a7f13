"""What a run did, in a few lines: for the terminal and for Prefect's logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.run_report import Report
    from flows.stages import StepTotals


def summary(report: Report) -> Iterator[str]:
    """Yield the lines that say what a run did; a stage that had nothing to do has no line."""
    if report.discovered.unanswered:
        asked = report.discovered.asked
        yield f"asked      {asked:,} feeds, sitemaps and sections, of which {report.discovered.unanswered:,} failed"
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


def _is_quiet(report: Report) -> bool:
    worked = report.fetched.pages or report.extracted.pages or (report.built and report.built.models)
    return report.plan is None and not (worked or report.has_failures)


def _outcomes(totals: StepTotals) -> str:
    return ", ".join(f"{count:,} {outcome}" for outcome, count in totals.outcomes)
