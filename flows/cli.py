"""The command line. Every command is thin: it reads settings, calls a flow or a query, and prints.

Exit codes: 0 done · 1 something failed and is recorded (see `newsledger rejects`, `newsledger status`) · 2 a setting,
file or argument cannot be used · 3 data tests failed, the last good copy stays published · 4 another process holds
the warehouse · 5 no room on the disk · 130 interrupted, 143 asked to stop.
"""

from __future__ import annotations

import errno
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal

import typer

from extract.errors import InputError, NewsledgerError
from flows import console
from flows.cli_groups import archive_app, sample_app, sources_app, warehouse_app
from flows.engine import prepare_environment
from flows.options import DATE_FORMATS, ConfigOption, FromOption, JsonOption, SourceOption, ToOption, leave_by
from load.stopping import is_interruption

app = typer.Typer(
    name="newsledger",
    help="Facts out of the news: fetch articles, keep the pages, read out who claims which number, "
    "and question it in SQL.",
    epilog="Start with: newsledger demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.add_typer(warehouse_app, name="warehouse")
app.add_typer(sample_app, name="sample")
app.add_typer(archive_app, name="archive")
app.add_typer(sources_app, name="sources")

INTERRUPTED = 130
STOPPED = 143


class Stopped(BaseException):
    """SIGTERM: finish or undo what is in hand and leave with 143.

    No KeyboardInterrupt, which the command library would turn into its own.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    prepare_environment()
    stop = StopRequest()
    signal.signal(signal.SIGTERM, stop)
    try:
        code = app(standalone_mode=False)
    except NewsledgerError as error:
        console.complain(error)
        sys.exit(error.exit_code)
    except Stopped:
        code = STOPPED
    except OSError as error:
        sys.exit(_on_os_error(error))
    except Exception as error:  # click's usage errors; anything else is a fault of ours and shows its traceback
        if not stop.caused(error):
            sys.exit(_on_usage_error(error))
        code = STOPPED
    sys.exit(_on_stop(code, stop) if code in (INTERRUPTED, STOPPED) else code if isinstance(code, int) else 0)


class StopRequest:
    """The handler of SIGTERM: raises Stopped, and remembers it for where a library has put its own error instead."""

    def __init__(self) -> None:
        self.was_made = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise Stopped."""
        self.was_made = True
        raise Stopped

    def caused(self, error: Exception) -> bool:
        """Tell whether this error only says that a query was cut short by the request."""
        return self.was_made and is_interruption(error)


def _on_stop(code: int, stop: StopRequest) -> int:
    # Typer turns Ctrl-C into a code and says nothing.
    word, left = ("Stopped", STOPPED) if stop.was_made else ("Interrupted", code)
    console.note(f"{word}. What was finished is kept; the next run takes up the rest.")
    return left


def _on_os_error(error: OSError) -> int:
    if error.errno == errno.ENOSPC:
        console.complain(
            NewsledgerError(
                f"No room is left on the disk{f' for {error.filename}' if error.filename else ''}.",
                hint="Free some space and run the command again; whole batches are kept, nothing is half-written.",
            )
        )
        return 5
    if error.errno == errno.EPIPE:
        return 0
    raise error


def _on_usage_error(error: Exception) -> int:
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return int(getattr(error, "exit_code", 2))


@app.command()
def init(
    file: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("newsledger.toml"),
) -> None:
    """Write a settings file to start from, every key explained."""
    from flows.commands.settings import write_starter

    write_starter(file)
    console.say(f"Wrote {file}. Add your sources to it, then: newsledger ingest")


@app.command()
def settings(config: ConfigOption = None, json: JsonOption = False) -> None:
    """List every setting with its value and meaning."""
    from flows.commands.settings import show_settings
    from flows.settings import load_settings

    show_settings(load_settings(config), as_json=json)


@app.command()
def extract(
    pages: Annotated[list[str], typer.Argument(help="HTML files or URLs.", metavar="PAGE_OR_URL...")],
    url: Annotated[str | None, typer.Option(help="Where a local file comes from.")] = None,
    fetched_at: Annotated[
        datetime | None,
        typer.Option(help="When a local file was fetched (UTC).", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    ] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read pages into rows, without a warehouse.

    Examples:

      newsledger extract page.html --url https://example.org/news/1 --json

      newsledger extract https://example.org/news/1
    """
    from datetime import UTC

    from flows.commands.extract import extract_pages
    from flows.settings import load_settings

    failed = extract_pages(
        pages,
        url=url,
        fetched_at=fetched_at.replace(tzinfo=UTC) if fetched_at else None,
        policy=load_settings(config).fetch,
        allow_private=allow_private,
        as_json_lines=json,
    )
    if failed:
        raise typer.Exit(InputError.exit_code if failed == len(pages) else 1)


@app.command()
def ingest(
    source: SourceOption = None,
    due: Annotated[
        bool, typer.Option("--due", help="Ask only feeds and sitemaps that are due by their own rhythm.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Find, fetch, archive, strip, read and load what is new; build and publish the models.

    What is there already is left alone, so this can run at any time and be interrupted at any time. Articles of the
    last weeks are looked at again now and then, for outlets change them.

    Examples:

      newsledger ingest

      newsledger ingest --source example --json
    """
    from flows.commands.run import run_ingest
    from flows.settings import load_settings

    leave_by(run_ingest(load_settings(config), source or [], only_due=due, as_json=json))


@app.command()
def backfill(
    published_from: FromOption = None,
    published_to: ToOption = None,
    source: SourceOption = None,
    stage: Annotated[
        Literal["fetch", "extract", "models"],
        typer.Option(help="fetch: pages that are missing; extract: archived pages again; models: rebuild."),
    ] = "fetch",
    extractor_version: Annotated[
        str | None, typer.Option(help="Only pages read by this extractor version (with --stage extract).")
    ] = None,
    fetched_from: Annotated[
        datetime | None, typer.Option(formats=DATE_FORMATS, help="First day of the last try.")
    ] = None,
    fetched_to: Annotated[datetime | None, typer.Option(formats=DATE_FORMATS, help="Last day of the last try.")] = None,
    outcome: Annotated[list[str] | None, typer.Option(help="Only pages that came to this (timeout, paywall).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and do nothing.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Fill a hole: do again, or for the first time, what an interval lacks.

    Examples:

      newsledger backfill --from 2024-11-01 --to 2024-11-30 --source example --dry-run

      newsledger backfill --stage extract          (after a better extractor; needs no web)

      newsledger backfill --outcome timeout --fetched-from 2024-11-20
    """
    from flows.commands.run import run_backfill
    from flows.settings import load_settings

    leave_by(
        run_backfill(
            load_settings(config),
            published=_days(published_from, published_to),
            fetched=_days(fetched_from, fetched_to),
            sources=source or [],
            stage=stage,
            extractor_version=extractor_version,
            outcomes=outcome or [],
            dry_run=dry_run,
            as_json=json,
        )
    )


@app.command()
def build(
    full: Annotated[bool, typer.Option("--full", help="All days, not only those that changed.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Build the models, test them, and publish a read-only copy if every test passes.

    An ingest does this by itself; by hand it is for after a mended test or setting.

    Examples:

      newsledger build --full
    """
    from flows.commands.run import run_build
    from flows.settings import load_settings

    leave_by(run_build(load_settings(config), full=full, as_json=json))


@app.command()
def maintain(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Close dead runs, recover and verify the archive, compact the warehouse, build and publish again.

    `newsledger serve` does it every night. In a folder that holds nothing but an archive it makes the warehouse anew.
    """
    from flows.commands.run import run_maintain
    from flows.settings import load_settings

    leave_by(run_maintain(load_settings(config), as_json=json))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="SQL, a file with SQL, or the name of a saved query.")],
    output_format: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, json, markdown or parquet.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Ask the published warehouse a question.

    Examples:

      newsledger query "from claims limit 20"

      newsledger query anonymous_sources --format markdown

      newsledger query "from coverage" --format parquet -o coverage.parquet
    """
    from flows.commands.look import run_query
    from flows.settings import load_settings

    run_query(load_settings(config), sql, output_format="json" if json else output_format, output=output)


@app.command()
def queries(json: JsonOption = False) -> None:
    """List the saved queries and the question that each answers."""
    from flows.commands.look import list_queries

    list_queries(as_json=json)


@app.command()
def status(
    gaps: Annotated[bool, typer.Option("--gaps", help="Show the holes as a calendar.")] = False,
    alert: Annotated[bool, typer.Option("--alert", help="Tell the channels of \\[alerts] what has changed.")] = False,
    watch: Annotated[
        float | None, typer.Option("--watch", min=0.5, metavar="SECONDS", help="Show it anew every so often.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Show what ran and will run, what is missing, and which sources are ill; leave with 1 when a person is needed.

    Examples:

      newsledger status --watch 10

      newsledger status --json                     (for a monitor)

      newsledger status --alert                    (from cron: tells what is new, once)
    """
    from flows.commands.look import show_status, watch_status
    from flows.settings import load_settings

    settings = load_settings(config)
    if watch is None:
        leave_by(show_status(settings, gaps=gaps, as_json=json, alert=alert))
    else:
        leave_by(watch_status(settings, watch, gaps=gaps, as_json=json, alert=alert))


@app.command()
def rejects(
    source: SourceOption = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason (an outcome).")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try the listed pages again.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """List the pages that gave no article, with the reason; try them again with --retry.

    Examples:

      newsledger rejects --source example --reason timeout

      newsledger rejects --source example --reason timeout --retry
    """
    from flows.commands.look import show_rejects
    from flows.settings import load_settings

    leave_by(show_rejects(load_settings(config), source or [], reason=reason, retry=retry, as_json=json))


@app.command()
def serve(
    host: Annotated[
        str,
        typer.Option(help="Address to listen on; keep it on this machine unless a login stands before it."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the page and the API.")] = 4200,
    config: ConfigOption = None,
) -> None:
    """Run Prefect's server and page, a worker and the schedules of prefect.yaml until Ctrl-C.

    The prefect.yaml of this folder is taken, else the project's own: an ingest every ten minutes, which asks the feeds
    that are due, and maintenance at night. Parts that die are started again.

    Examples:

      newsledger serve

      newsledger serve --port 4300 --config /srv/news/newsledger.toml
    """
    from flows.serve import serve as run_serve
    from flows.settings import load_settings

    run_serve(load_settings(config), host=host, port=port, tell=console.say)


@app.command()
def worker(
    server: Annotated[str | None, typer.Option(help="API of the Prefect server.", show_default="the one found")] = None,
    name: Annotated[str | None, typer.Option(help="Name on Prefect's page.")] = None,
    limit: Annotated[int, typer.Option(help="Shares at once; each uses run.workers processes.")] = 1,
    config: ConfigOption = None,
) -> None:
    """Read pages for the ingests of a Prefect server, on this or another machine (engine = "prefect").

    Examples:

      newsledger worker --server http://10.0.0.5:4200/api
    """
    from flows.pool import work_here
    from flows.settings import load_settings

    work_here(load_settings(config), server=server, name=name, limit=limit)


@app.command()
def cancel(
    run: Annotated[str | None, typer.Argument(help="Part of the run's name or identifier.", show_default="all")] = None,
    config: ConfigOption = None,
) -> None:
    """Ask runs to stop: what they have finished is kept, and the next run takes up the rest.

    Examples:

      newsledger cancel                            (all that run)

      newsledger cancel backfill
    """
    from flows.commands.cancel import cancel as run_cancel
    from flows.settings import load_settings

    leave_by(run_cancel(load_settings(config), run))


@app.command()
def deploy(config: ConfigOption = None) -> None:
    """Put the deployments of prefect.yaml on your own Prefect server or Cloud (PREFECT_API_URL or its profile).

    Examples:

      PREFECT_API_URL=http://10.0.0.5:4200/api newsledger deploy
    """
    from flows.deploy import deploy as run_deploy
    from flows.deploy import prefect_file
    from flows.engine import find_server
    from flows.settings import load_settings

    settings = load_settings(config)
    server = find_server(settings.data_dir)
    if server is None:
        raise InputError("No Prefect server answers.", hint="Set PREFECT_API_URL, or run: newsledger serve")
    for name in run_deploy(server, prefect_file(), settings.alerts):
        console.say(f"deployed {name}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to keep the demo's data.")] = Path("demo"),
    json: JsonOption = False,
) -> None:
    """Run the sample newsroom through every stage over real HTTP and show what comes out."""
    from flows.commands.demo import run_demo

    leave_by(run_demo(folder, as_json=json))


@app.command()
def report(
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("report"),
    published_from: FromOption = None,
    published_to: ToOption = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="Only this measure, by name or key; may be given again.")
    ] = None,
    source: SourceOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Write a static site: figures over time, who disagrees, revisions, and the evidence for each claim."""
    from flows.commands.report import run_report
    from flows.settings import load_settings

    first, last = _days(published_from, published_to)
    leave_by(
        run_report(
            load_settings(config),
            out,
            published_from=first,
            published_to=last,
            measures=measure or [],
            sources=source or [],
            as_json=json,
        )
    )


@app.command()
def shell(config: ConfigOption = None) -> None:
    """Open the published warehouse in DuckDB's shell, read-only."""
    from flows.commands.look import open_shell
    from flows.settings import load_settings

    open_shell(load_settings(config))


@app.command()
def doctor(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Check settings, disk, clock, names, packages, rights and server; leave with 1 when something is wrong."""
    from flows.commands.doctor import show_findings

    leave_by(show_findings(config, as_json=json))


def _days(first: datetime | None, last: datetime | None) -> tuple[date | None, date | None]:
    days = tuple(when.date() if when else None for when in (first, last))
    if days[0] and days[1] and days[0] > days[1]:
        raise InputError(
            f"--from {days[0]} lies after --to {days[1]}.", hint="The first day comes first; both days are included."
        )
    return days[0], days[1]
