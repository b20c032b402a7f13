"""The application that the modules of this package add their commands to, and the options before a command."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import QuietOption, VerboseOption

# Sections of `newsledger --help`.
START, RUN, ASK, OPERATE = "Start", "Collect", "Ask", "Operate"

app = typer.Typer(
    name="newsledger",
    help="Collect news articles, read out who claims which number, and query it with SQL.",
    epilog="New here? newsledger demo runs a sample newsroom; newsledger init starts your own.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        from extract.version import EXTRACTOR_VERSION

        typer.echo(f"newsledger {version('newsledger')} (reader {EXTRACTOR_VERSION})")
        raise typer.Exit


@app.callback()
def before_any_command(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Collect news articles, read out who claims which number, and query it with SQL."""
