"""``newsledger sources``: the publishers that are followed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import console
from flows.cli.app import Group
from flows.cli.options import ConfigOption, JsonOption, leave_by

sources_app = typer.Typer(cls=Group, help="The publishers that are followed.", no_args_is_help=True)


@sources_app.command("list")
def sources_list(config: ConfigOption = None, json: JsonOption = False) -> None:
    """List the sources of the settings."""
    from flows.commands.sources import list_sources
    from flows.settings import load_settings

    list_sources(load_settings(config), as_json=json)


@sources_app.command("add")
def sources_add(
    url: Annotated[
        str, typer.Argument(help="Any page of the site, a feed, or a name from the directory.", metavar="URL_OR_NAME")
    ],
    name: Annotated[str | None, typer.Option(help="Short name.", show_default="from the address")] = None,
    publisher: Annotated[str | None, typer.Option(help="The name people know it by.")] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    config: ConfigOption = None,
) -> None:
    """Find a site's feeds (or its sitemaps, or the articles that the page lists) and add it to the settings file.

    A name from `newsledger sources directory` is added as listed there; nothing is fetched.

    Examples:

      newsledger sources add https://example.org --publisher "The Example"

      newsledger sources add bbc
    """
    from flows.commands.sources import add_listed, add_source, ask_for_contact
    from flows.directory import load_directory
    from flows.settings import load_settings

    ask_for_contact(load_settings(config))
    settings = load_settings(config)
    if listed := load_directory().get(url.casefold()):
        added = add_listed(settings, listed, name=name, publisher=publisher)
        step = f"newsledger sources test {added.name}"
    else:
        added = add_source(settings, url, name=name, publisher=publisher, allow_private=allow_private)
        step = "newsledger ingest"
    console.say(f"Added {added.name}: {', '.join(added.announcements)}. Next: {step}")


@sources_app.command("directory")
def sources_directory(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of name, country or language.", show_default="all")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """List publishers of many countries whose feeds can be added by name; nothing is fetched.

    Examples:

      newsledger sources directory kenya

      newsledger sources directory gb en
    """
    from flows.commands.sources import list_directory
    from flows.settings import load_settings

    list_directory(load_settings(config), " ".join(words or ()), as_json=json)


@sources_app.command("rename")
def sources_rename(
    old: Annotated[str, typer.Argument(help="Current name.")],
    new: Annotated[str, typer.Argument(help="New name.")],
    config: ConfigOption = None,
) -> None:
    """Rename a source in the settings and the warehouse; nothing is fetched again.

    Examples:

      newsledger sources rename courier harbour-courier
    """
    from flows.commands.sources import rename_source
    from flows.settings import load_settings

    rename_source(load_settings(config), old, new)
    console.say(f"{old} is now {new}. Readers see the new name after the next ingest or build.")


@sources_app.command("remove")
def sources_remove(
    name: Annotated[str, typer.Argument(help="Name of the source.")],
    config: ConfigOption = None,
) -> None:
    """Stop following a source; its pages, articles and claims stay.

    Examples:

      newsledger sources remove courier
    """
    from flows.commands.sources import remove_source
    from flows.settings import load_settings

    remove_source(load_settings(config), name)
    console.say(f"{name} is no longer followed. Its articles and claims stay.")


@sources_app.command("test")
def sources_test(
    names: Annotated[list[str] | None, typer.Argument(help="Names of sources.", show_default="all")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Request each feed, sitemap and section once and show what it lists; exit with 1 if one fails. Records nothing.

    Examples:

      newsledger sources test courier
    """
    from flows.commands.sources import try_sources
    from flows.settings import load_settings

    leave_by(try_sources(load_settings(config), names or [], as_json=json))


@sources_app.command("import")
def sources_import(
    opml: Annotated[Path, typer.Argument(help="Subscription list of a feed reader (OPML).")],
    config: ConfigOption = None,
) -> None:
    """Add every feed of a feed reader's subscription list to the settings file, one source per site.

    Examples:

      newsledger sources import subscriptions.opml
    """
    from flows.commands.sources import import_opml
    from flows.settings import load_settings

    added, followed = import_opml(load_settings(config), opml)
    for source in added:
        console.say(f"Added {source.name}: {', '.join(source.feeds)}")
    console.say(f"{len(added)} sources added; {followed} feeds were followed already. Next: newsledger sources test")
