"""The summary of a run in a few lines, for the terminal and for Prefect's logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.run_report import Report
    from flows.stages import StepTotals


def summary(report: Report) -> Iterator[str]:
    """Yield the lines of the summary; a stage that had nothing to do has no line."""
    if report.discovered.unanswered:
        asked = report.discovered.asked
        yield f"asked      {asked:,} feeds, sitemaps and sections, of which {report.discovered.unanswered:,} failed"
    if report.discovered.rows.added:
        yield f"found      {_many(report.discovered.rows.added, 'new candidate')}"
    if report.fetched.pages:
        yield f"fetched    {_many(report.fetched.pages, 'attempt')}: {_outcomes(report.fetched)}"
    if report.extracted.pages:
        rows = report.extracted.rows
        yield f"read       {_many(report.extracted.pages, 'page')}: {_outcomes(report.extracted)}"
        yield f"loaded     {_many(rows.added, 'row')} added, {rows.changed:,} changed, {rows.withdrawn:,} withdrawn"
    if report.built and report.built.models:
        days = "all days" if report.built.is_full else _many(len(report.built.days), "day")
        tests = _many(report.built.tests, "test")
        yield f"built      {_many(report.built.models, 'model')} over {days}, {tests} passed"
    if report.published and report.published.is_new:
        yield f"published  {report.published.path} ({report.published.bytes / 1e6:.1f} MB)"
    if report.compacted and report.compacted.after < report.compacted.before:
        yield f"compacted  {report.compacted.before / 1e6:.1f} MB to {report.compacted.after / 1e6:.1f} MB"
    if _is_quiet(report):
        yield "Nothing new: all that was announced is in the warehouse."


def _many(how_many: int, noun: str) -> str:
    return f"{how_many:,} {noun if how_many == 1 else noun + 's'}"


def _is_quiet(report: Report) -> bool:
    worked = report.fetched.pages or report.extracted.pages or (report.built and report.built.models)
    return report.plan is None and not (worked or report.has_failures)


def _outcomes(totals: StepTotals) -> str:
    return ", ".join(f"{count:,} {outcome}" for outcome, count in totals.outcomes)
