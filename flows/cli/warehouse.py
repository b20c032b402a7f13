"""The commands of ``newsledger warehouse``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import console
from flows.cli.app import Group
from flows.cli.options import ConfigOption

warehouse_app = typer.Typer(cls=Group, help="The warehouse as a whole.", no_args_is_help=True)


@warehouse_app.command("copy")
def warehouse_copy(
    source: Annotated[str, typer.Argument(help="File or ducklake: URL.", metavar="FROM")],
    target: Annotated[str, typer.Argument(help="File or ducklake: URL, new or empty.", metavar="TO")],
    data_path: Annotated[str | None, typer.Option(help="Folder or s3:// of the Parquet files of a new lake.")] = None,
) -> None:
    """Copy the loaded tables to another warehouse; then build its models there.

    Examples:

      newsledger warehouse copy data/warehouse.duckdb ducklake:sqlite:data/catalog.sqlite --data-path data/lake
    """
    from flows.commands.warehouse import copy

    copy(source, target, data_path)


@warehouse_app.command("docs")
def warehouse_docs(
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("newsledger-docs.html"),
    config: ConfigOption = None,
) -> None:
    """Write dbt's page of all tables, columns, tests and dependencies: one file that needs no network."""
    from flows.settings import load_settings
    from load.docs import write_docs

    write_docs(load_settings(config).warehouse, out, on_wait=console.note)
    console.say(str(out))
