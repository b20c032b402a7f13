"""``init``, ``demo``, ``settings`` and ``extract``: the first commands of a new user."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from extract.errors import InputError
from flows import console
from flows.cli.app import ASK, START, app
from flows.cli.options import ConfigOption, JsonOption, leave_by, parse_time


@app.command(rich_help_panel=START)
def init(
    file: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("newsledger.toml"),
    contact: Annotated[
        str | None,
        typer.Option(help="E-mail address or web page in the User-Agent, so that publishers can reach you."),
    ] = None,
) -> None:
    """Write a settings file that explains every key.

    Examples:

      newsledger init --contact desk@example.org
    """
    from flows.commands.settings import ask_contact, write_starter

    write_starter(file, contact or ask_contact())
    option = "" if file == Path("newsledger.toml") else f" --config {file}"
    console.say(f"Wrote {file}. Next: newsledger sources add https://SITE{option}")


@app.command(rich_help_panel=START)
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to keep the demo's data.")] = Path("demo"),
    json: JsonOption = False,
) -> None:
    """Run a sample newsroom of eight outlets through every stage, over HTTP on this machine."""
    from flows.commands.demo import run_demo

    leave_by(run_demo(folder, as_json=json))


@app.command(rich_help_panel=START)
def settings(config: ConfigOption = None, json: JsonOption = False) -> None:
    """List every setting with its value and meaning."""
    from flows.commands.settings import show_settings
    from flows.settings import load_settings

    show_settings(load_settings(config), as_json=json)


@app.command(rich_help_panel=ASK)
def extract(
    pages: Annotated[
        list[str], typer.Argument(help="HTML files, URLs, or - for standard input.", metavar="PAGE_OR_URL...")
    ],
    url: Annotated[str | None, typer.Option(help="Where a local file comes from.")] = None,
    fetched_at: Annotated[
        datetime | None,
        typer.Option(parser=parse_time, metavar="TIME", help="When a local file was fetched; ISO 8601, UTC."),
    ] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    why: Annotated[
        int | None, typer.Option(metavar="N", help="Print how the slots of the N-th number were chosen.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read pages into rows, without a warehouse.

    Examples:

      newsledger extract page.html --url https://example.org/news/1 --json

      newsledger extract https://example.org/news/1

      curl -s https://example.org/news/1 | newsledger extract -
    """
    from flows.commands.extract import extract_pages
    from flows.settings import load_settings

    failed = extract_pages(
        pages,
        url=url,
        fetched_at=fetched_at,
        policy=load_settings(config).fetch,
        allow_private=allow_private,
        as_json_lines=json,
        why=why,
    )
    if failed:
        raise typer.Exit(InputError.exit_code if failed == len(pages) else 1)
