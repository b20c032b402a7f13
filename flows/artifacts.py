"""Names and artifacts that describe a flow run on Prefect's page.

Outside a flow run, these functions do nothing.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flows.engine import in_flow_run
from flows.summary import summary

if TYPE_CHECKING:
    from flows.run_report import Report
    from flows.stages import RunContext, StepTotals

SHOWN_FAILURES = 20


def name_run() -> str:
    """Return the name of the flow run that begins: ``ingest 2024-11-23 22:00 (3 sources)``."""
    from prefect.runtime import flow_run

    parameters = flow_run.get_parameters()
    about = ", ".join(_about(parameters))
    when = flow_run.get_scheduled_start_time()
    return f"{flow_run.get_flow_name()} {when:%Y-%m-%d %H:%M}{f' ({about})' if about else ''}"


def name_task() -> str:
    """Name the task run that begins by its sources: ``discover courier``, ``fetch 100 pages of 3 sources``."""
    from prefect.runtime import task_run

    name, parameters = task_run.task_name, task_run.parameters
    if visit := parameters.get("visit"):
        return f"{name} {visit.source.name}"
    pages = parameters.get("candidates") or parameters.get("fetches") or ()
    sources = sorted({page.source for page in pages})
    return f"{name} {len(pages)} pages of {sources[0] if len(sources) == 1 else f'{len(sources)} sources'}"


def _about(parameters: dict[str, Any]) -> Iterator[str]:
    first, last = parameters.get("published_from"), parameters.get("published_to")
    if first or last:
        yield f"{first or ''}..{last or ''}"
    if parameters.get("stage"):
        yield str(parameters["stage"])
    if "sources" in parameters:
        yield _sources(parameters)
    for switch in ("dry_run", "full"):
        if parameters.get(switch):
            yield switch.replace("_", " ")


def _sources(parameters: dict[str, Any]) -> str:
    from extract.errors import SettingsError
    from flows.settings import load_settings

    names = list(parameters["sources"] or ())
    if len(names) == 1:
        return str(names[0])
    try:
        count = len(names) or len(load_settings(parameters.get("config")).pick_sources(None))
    except SettingsError:
        # The settings cannot be read. The flow reports that in a moment; a name need not.
        return "sources unknown"
    return f"{count} sources" if count != 1 else "1 source"


def sign_run() -> None:
    """Record on the flow run which process works on it, so that the runs of dead processes can be recognised."""
    if not in_flow_run():
        return
    from prefect import get_client
    from prefect.runtime import flow_run

    with get_client(sync_client=True) as client:
        if client.read_flow_run(flow_run.id).infrastructure_pid is None:
            client.update_flow_run(flow_run.id, infrastructure_pid=f"{socket.gethostname()}:{os.getpid()}")


def show_report(report: Report, context: RunContext) -> None:
    """Put the report of a run on its page: a table of outcomes by source, and the rest as Markdown."""
    if not in_flow_run():
        return
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    for line in summary(report):
        context.tell(line)
    create_table_artifact(table=_by_source(context), description="Fetches of this run by source and outcome")
    create_markdown_artifact(markdown=write_report(report), description="What this run did")


def _by_source(context: RunContext) -> list[dict[str, Any]]:
    with context.warehouse("report") as connection:
        rows = connection.execute(
            "select source, purpose, outcome, count(*) from fetches where run_id = ? group by all order by all",
            [context.run_id],
        ).fetchall()
    return [dict(zip(("source", "asked for", "outcome", "fetches"), row, strict=True)) for row in rows]


def write_report(report: Report) -> str:
    """Write a report as Markdown: pages by stage and outcome, what was built, what failed."""
    stages = (("discover", report.discovered), ("fetch", report.fetched), ("extract", report.extracted))
    lines = ["| stage | outcome | pages |", "|---|---|---:|"]
    lines += [f"| {stage} | {outcome} | {pages} |" for stage, totals in stages for outcome, pages in _outcomes(totals)]
    if report.built:
        lines += ["", f"Models built and tested in {report.built.seconds:.1f} s."]
    if report.published:
        lines += [f"Published: `{report.published.path}`."]
    wrong = report.discovered.problems + report.failed
    lines += ["", *(f"- {_plain(problem)}" for problem in wrong[:SHOWN_FAILURES])]
    if len(wrong) > SHOWN_FAILURES:
        lines.append(f"- and {len(wrong) - SHOWN_FAILURES} more")
    return "\n".join(lines).rstrip() + "\n"


def _outcomes(totals: StepTotals) -> tuple[tuple[str, int], ...]:
    return totals.outcomes or (("nothing to do", 0),)


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
