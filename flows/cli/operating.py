"""``status``, ``doctor``, ``serve``, ``worker``, ``cancel``, ``deploy`` and ``forget``: operate a data folder."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from extract.errors import InputError
from flows import console
from flows.cli.app import OPERATE, app
from flows.cli.options import ConfigOption, JsonOption, SourceOption, leave_by, parse_first_day


@app.command(rich_help_panel=OPERATE)
def status(
    gaps: Annotated[bool, typer.Option("--gaps", help="Show the gaps as a calendar.")] = False,
    alert: Annotated[bool, typer.Option("--alert", help="Notify the channels of [alerts] of what changed.")] = False,
    watch: Annotated[
        float | None, typer.Option("--watch", min=0.5, metavar="SECONDS", help="Refresh at this interval.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Show what ran and will run, what is missing, and which sources fail; exit with 1 if something needs attention.

    Examples:

      newsledger status --watch 10

      newsledger status --json                     (for a monitor)

      newsledger status --alert                    (from cron: notifies of changes, each once)
    """
    from flows.commands.look import show_status, watch_status
    from flows.settings import load_settings

    settings = load_settings(config)
    if watch is None:
        leave_by(show_status(settings, gaps=gaps, as_json=json, alert=alert))
    else:
        leave_by(watch_status(settings, watch, gaps=gaps, as_json=json, alert=alert))


@app.command(rich_help_panel=OPERATE)
def rejects(
    source: SourceOption = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason (an outcome).")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try the listed pages again.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """List the pages without an article, with the reason; retry them with --retry.

    Examples:

      newsledger rejects --source example --reason timeout

      newsledger rejects --source example --reason timeout --retry
    """
    from flows.commands.look import show_rejects
    from flows.settings import load_settings

    leave_by(show_rejects(load_settings(config), source or [], reason=reason, retry=retry, as_json=json))


@app.command(rich_help_panel=OPERATE)
def doctor(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Check settings, feeds, disk, clock, packages, files and server; exit with 1 if something is wrong."""
    from flows.commands.doctor import show_findings

    leave_by(show_findings(config, as_json=json))


@app.command(rich_help_panel=OPERATE)
def serve(
    host: Annotated[
        str,
        typer.Option(help="Address to listen on; any but loopback needs TLS in front of it."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the page and the API.")] = 4200,
    public_name: Annotated[
        list[str] | None,
        typer.Option(help="Name under which browsers reach it, such as a proxy's; may be repeated."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Run Prefect's server and page, a worker and the schedules until Ctrl-C.

    An ingest every ten minutes requests the feeds that are due, and maintenance runs at night; processes that die are
    restarted. Your own prefect.yaml in this folder replaces these schedules if its name is newsledger. The page asks
    each browser once for the key in data/prefect/api.key; commands and workers of this data folder read it there.

    Examples:

      newsledger serve

      newsledger serve --port 4300 --config /srv/news/newsledger.toml
    """
    from flows.serve import serve as run_serve
    from flows.settings import load_settings

    run_serve(load_settings(config), host=host, port=port, public_names=public_name or (), tell=console.say)


@app.command(rich_help_panel=OPERATE)
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


@app.command(rich_help_panel=OPERATE)
def cancel(
    run: Annotated[str | None, typer.Argument(help="Part of the run's name or identifier.", show_default="all")] = None,
    config: ConfigOption = None,
) -> None:
    """Ask runs to stop: what they have finished is kept, and the next run does the rest.

    Examples:

      newsledger cancel                            (all runs)

      newsledger cancel backfill
    """
    from flows.commands.cancel import cancel as run_cancel
    from flows.settings import load_settings

    leave_by(run_cancel(load_settings(config), run))


@app.command(rich_help_panel=OPERATE)
def deploy(config: ConfigOption = None) -> None:
    """Put the deployments on your own Prefect server or Cloud (PREFECT_API_URL or its profile).

    Examples:

      PREFECT_API_URL=http://10.0.0.5:4200/api newsledger deploy
    """
    from flows.declared import prefect_file
    from flows.deploy import deploy as run_deploy
    from flows.server import find_server
    from flows.settings import load_settings

    settings = load_settings(config)
    server = find_server(settings.data_dir)
    if server is None:
        raise InputError("No Prefect server answers.", hint="Set PREFECT_API_URL, or run: newsledger serve")
    for name in run_deploy(server, prefect_file(), settings):
        console.say(f"deployed {name}")


@app.command(rich_help_panel=OPERATE)
def forget(
    url: Annotated[str | None, typer.Argument(help="Page whose article to forget.", show_default=False)] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", help="All pages of this source.")] = None,
    before: Annotated[
        datetime.date | None,
        typer.Option(parser=parse_first_day, metavar="DATE", help="Pages published before this day; ISO 8601."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be forgotten and change nothing.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Remove pages for good from the warehouse, the archive and everything published.

    Only the address of each page and its digest stay. Exits with 1 if there is no such page.

    Examples:

      newsledger forget https://example.org/2024/11/a-name --dry-run

      newsledger forget --source example --before 2020-01-01
    """
    from flows.commands.forget import forget_pages
    from flows.settings import load_settings

    leave_by(forget_pages(load_settings(config), url, source=source, before=before, dry_run=dry_run, as_json=json))
