"""``newsledger watch``: notifications when figures move, are disputed or revised."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from flows.cli.app import Group
from flows.cli.options import ConfigOption, JsonOption, leave_by

watch_app = typer.Typer(
    cls=Group,
    help="Get notified when a figure moves, is disputed, is revised, or rests on an anonymous source.",
    no_args_is_help=True,
)
NameArgument = Annotated[str, typer.Argument(help="Name of the watch; `newsledger watch list` has them.")]


@watch_app.command("add")
def watch_add(
    what: Annotated[str, typer.Argument(help="Words of a measure's name; or a name, a source, a saved query (--of).")],
    when: Annotated[
        Literal["moved", "disagreed", "revised", "anonymous", "new"] | None,
        typer.Option(help="What must happen.", show_default="new"),
    ] = None,
    of: Annotated[
        Literal["measure", "entity", "source", "query"], typer.Option(help="What the words name.")
    ] = "measure",
    by: Annotated[str | None, typer.Option(help="Smallest move to notify of, such as 10%.", show_default="any")] = None,
    name: Annotated[str | None, typer.Option(help="Short name.", show_default="from the words")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Add a watch to the settings file. It notifies the channels of [alerts] and writes a feed, each event once.

    Examples:

      newsledger watch add "deaths, Port Ansel" --when moved --by 10%

      newsledger watch add "Ruth Osei" --of entity --when disagreed

      newsledger watch add harbour-courier --of source --when revised

      newsledger watch add disagreements --of query
    """
    from flows.commands.watch import add_watch
    from flows.settings import load_settings

    leave_by(add_watch(load_settings(config), what, of=of, when=when, by=by, name=name, as_json=json))


@watch_app.command("list")
def watch_list(config: ConfigOption = None, json: JsonOption = False) -> None:
    """List the watches, and how many events each found."""
    from flows.commands.watch import list_watches
    from flows.settings import load_settings

    list_watches(load_settings(config), as_json=json)


@watch_app.command("test")
def watch_test(name: NameArgument, config: ConfigOption = None, json: JsonOption = False) -> None:
    """Show what a watch finds now, and send a test message on every channel."""
    from flows.commands.watch import test_watch
    from flows.settings import load_settings

    leave_by(test_watch(load_settings(config), name, as_json=json))


@watch_app.command("remove")
def watch_remove(name: NameArgument, config: ConfigOption = None) -> None:
    """Remove a watch from the settings file."""
    from flows.commands.watch import remove_watch
    from flows.settings import load_settings

    leave_by(remove_watch(load_settings(config), name))


@watch_app.command("run")
def watch_run(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Check every watch now and send what is new; ingest and build do this themselves."""
    from flows.commands.watch import run_watches
    from flows.settings import load_settings

    leave_by(run_watches(load_settings(config), as_json=json))
