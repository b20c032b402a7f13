"""``ingest``, ``backfill``, ``build`` and ``maintain``: the flows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import typer

from flows.cli.app import OPERATE, RUN, app
from flows.cli.options import (
    ConfigOption,
    FromOption,
    JsonOption,
    QuietOption,
    SourceOption,
    ToOption,
    VerboseOption,
    check_interval,
    leave_by,
    parse_first_day,
    parse_last_day,
)


@app.command(rich_help_panel=RUN)
def ingest(
    source: SourceOption = None,
    due: Annotated[
        bool, typer.Option("--due", help="Request only the feeds, sitemaps and sections that are due.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Find, fetch, archive, read and load what is new; build and publish the models.

    It skips what is already there, so you can run and interrupt it at any time. Articles of recent weeks
    are checked again occasionally, because outlets change them. Exits with 1 if no source answered, and with 6 when
    only some did.

    Examples:

      newsledger ingest

      newsledger ingest --source example --json
    """
    from flows.commands.run import run_ingest
    from flows.settings import load_settings

    leave_by(run_ingest(load_settings(config), source or [], only_due=due, as_json=json))


@app.command(rich_help_panel=RUN)
def backfill(
    published_from: FromOption = None,
    published_to: ToOption = None,
    source: SourceOption = None,
    stage: Annotated[
        Literal["fetch", "extract", "models"],
        typer.Option(help="fetch: missing pages; extract: archived pages again; models: rebuild."),
    ] = "fetch",
    extractor_version: Annotated[
        str | None,
        typer.Option(help="Only pages read by this extractor version, also the current one (with --stage extract)."),
    ] = None,
    fetched_from: Annotated[
        date | None,
        typer.Option(parser=parse_first_day, metavar="DATE", help="First day of the last attempt; ISO 8601."),
    ] = None,
    fetched_to: Annotated[
        date | None, typer.Option(parser=parse_last_day, metavar="DATE", help="Last day of the last attempt.")
    ] = None,
    outcome: Annotated[list[str] | None, typer.Option(help="Only pages with this outcome (timeout, paywall).")] = None,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="Also fetch pages that the filters of their sources leave out.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and change nothing.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Fill a gap: fetch, read or rebuild what is missing in an interval.

    Examples:

      newsledger backfill --from 2024-11 --to 2024-11 --source example --dry-run

      newsledger backfill --stage extract          (after an upgrade of the extractor; needs no network)

      newsledger backfill --outcome timeout --fetched-from 2024-11-20
    """
    from flows.commands.run import run_backfill
    from flows.settings import load_settings

    leave_by(
        run_backfill(
            load_settings(config),
            published=check_interval(published_from, published_to),
            fetched=check_interval(fetched_from, fetched_to),
            sources=source or [],
            stage=stage,
            extractor_version=extractor_version,
            outcomes=outcome or [],
            left_out=left_out,
            dry_run=dry_run,
            as_json=json,
        )
    )


@app.command(rich_help_panel=RUN)
def ccnews(
    month: Annotated[str, typer.Argument(help="Month of the crawl, such as 2024-11.")],
    source: Annotated[str, typer.Option("--source", "-s", help="Source to record the pages under.")],
    host: Annotated[
        list[str] | None, typer.Option(help="Host of the publisher.", show_default="those of the source's addresses")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the number of files and bytes and change nothing.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Take a publisher's pages out of a month of CC-NEWS, Common Crawl's archive of news, and read them.

    Its files are streamed and not stored; pages of other hosts are skipped. If it is stopped, the next call
    resumes where it was.

    Examples:

      newsledger ccnews 2024-11 --source example --dry-run

      newsledger ccnews 2024-11 --source example --host example.org
    """
    from flows.commands.ccnews import take_ccnews
    from flows.settings import load_settings

    leave_by(take_ccnews(load_settings(config), month, source=source, hosts=host or [], dry_run=dry_run, as_json=json))


@app.command(rich_help_panel=RUN)
def build(
    full: Annotated[bool, typer.Option("--full", help="All days, not only those that changed.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Build the models, test them, and publish a read-only copy if every test passes.

    An ingest does this by itself. Run it by hand after fixing a test or changing a setting.

    Examples:

      newsledger build --full
    """
    from flows.commands.run import run_build
    from flows.settings import load_settings

    leave_by(run_build(load_settings(config), full=full, as_json=json))


@app.command(rich_help_panel=OPERATE)
def maintain(
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Close dead runs, recover and verify the archive, compact the warehouse, build and publish.

    `newsledger serve` does it every night. In a folder that holds only an archive it rebuilds the warehouse.
    """
    from flows.commands.run import run_maintain
    from flows.settings import load_settings

    leave_by(run_maintain(load_settings(config), as_json=json))
