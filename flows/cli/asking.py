"""``query``, ``queries``, ``report`` and ``shell``: read the published warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import ASK, app
from flows.cli.options import ConfigOption, FromOption, JsonOption, SourceOption, ToOption, check_interval, leave_by


@app.command(rich_help_panel=ASK)
def query(
    sql: Annotated[str, typer.Argument(help="SQL, a file with SQL, or the name of a saved query.")],
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="table, csv, json, markdown or parquet.",
            show_default="table, or by the suffix of --output",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", "-m", help="The measure that a saved query is about: words of its name, or its key."),
    ] = None,
    unsafe: Annotated[
        bool,
        typer.Option(
            "--unsafe",
            help="Let the SQL read and write files and URLs and load extensions: only for SQL that you trust.",
        ),
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Query the published warehouse with SQL.

    SQL from others is safe to run: it reaches the published tables and nothing else, unless you give --unsafe.

    On a terminal, tables fit its width and long answers are cut; pipes and files get everything.

    Examples:

      newsledger query "from claims limit 20"

      newsledger query timeline

      newsledger query timeline --measure "deaths, Port Ansel"

      newsledger query "from coverage" -o coverage.parquet
    """
    from flows.commands.look import run_query
    from flows.settings import load_settings

    form = "json" if json else output_format
    run_query(load_settings(config), sql, output_format=form, output=output, measure=measure, unsafe=unsafe)


@app.command(rich_help_panel=ASK)
def measures(
    words: Annotated[str, typer.Argument(help="Words of what is measured, of whom, or where.")],
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """List the measures with these words in their name, with the number of claims and outlets of each.

    Examples:

      newsledger measures "deaths Port Ansel"
    """
    from flows.commands.look import list_measures
    from flows.settings import load_settings

    list_measures(load_settings(config), words, as_json=json)


@app.command(rich_help_panel=ASK)
def queries(json: JsonOption = False) -> None:
    """List the saved queries and what each answers."""
    from flows.commands.look import list_queries

    list_queries(as_json=json)


@app.command(rich_help_panel=ASK)
def report(
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("report"),
    published_from: FromOption = None,
    published_to: ToOption = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="Only this measure, by name or key; may be repeated.")
    ] = None,
    source: SourceOption = None,
    archive: Annotated[
        bool, typer.Option(help="Include the archived pages, so that every article's record can be opened.")
    ] = True,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Write a static site: figures over time, disagreements, revisions, and the evidence for each claim.

    Examples:

      newsledger report --out site

      newsledger report --from 2024-11 --to 2024-11 --source example
    """
    from flows.commands.report import run_report
    from flows.settings import load_settings

    first, last = check_interval(published_from, published_to)
    leave_by(
        run_report(
            load_settings(config),
            out,
            published_from=first,
            published_to=last,
            measures=measure or [],
            sources=source or [],
            with_archive=archive,
            as_json=json,
        )
    )


@app.command(rich_help_panel=ASK)
def shell(config: ConfigOption = None) -> None:
    """Open the published warehouse in DuckDB's shell, read-only."""
    from flows.commands.look import open_shell
    from flows.settings import load_settings

    open_shell(load_settings(config))
