"""The Typer application to which the modules of this package add their commands, and its global options."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_name

from flows.cli.options import QuietOption, VerboseOption

# Sections of `newsledger --help`.
START, RUN, ASK, OPERATE = "Start", "Collect", "Ask", "Operate"
# The section of the commands of a group, such as `newsledger sources`.
COMMANDS = "Commands"
SECTIONS = (START, RUN, ASK, OPERATE, COMMANDS)
LONGEST_SENTENCE = 200


class Group(TyperGroup):
    """A group whose help lists its commands by section, each with its whole first sentence.

    Typer does this only with Rich, whose import takes longer than everything else in a short command.
    """

    def format_commands(self, _context: Any, formatter: Any) -> None:
        """Write the sections in order; the commands of a subgroup have one section."""
        sections: dict[str, list[tuple[str, str]]] = {section: [] for section in SECTIONS}
        for name, command in self.commands.items():
            section = getattr(command, "rich_help_panel", None) or COMMANDS
            sections[section].append((name, command.get_short_help_str(limit=LONGEST_SENTENCE)))
        for section, rows in sections.items():
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)


app = typer.Typer(
    name="newsledger",
    help="Collect news articles, read out who claims which number, and query it with SQL.",
    epilog="New here? newsledger demo runs a sample newsroom; newsledger init starts your own.",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
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


def narrowed(words: Sequence[str]) -> typer.Typer:
    """Return the application with only the command or group that the first word names.

    Setting up all commands takes longer than most answers. When the word names none, as in a request for help or a
    typing error, all commands are there to be listed and suggested.
    """
    asked = words[0] if words else ""
    commands = [one for one in app.registered_commands if asked == (one.name or get_command_name(_name_of(one)))]
    groups = [one for one in app.registered_groups if asked == one.name]
    if not commands and not groups:
        return app
    narrow = copy(app)
    narrow.registered_commands, narrow.registered_groups = commands, groups
    return narrow


def _name_of(command: Any) -> str:
    return str(command.callback.__name__)
