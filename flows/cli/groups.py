"""The commands that stand in groups: ``sample``, ``archive``, ``sources`` and ``warehouse``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import console
from flows.cli.options import ConfigOption, JsonOption, leave_by

sample_app = typer.Typer(help="The sample newsroom: eight small outlets on this machine.", no_args_is_help=True)
archive_app = typer.Typer(help="The archive of pages (WARC).", no_args_is_help=True)
warehouse_app = typer.Typer(help="The warehouse as a whole.", no_args_is_help=True)
rules_app = typer.Typer(help="Your own publisher rules, for pages that are read wrongly.", no_args_is_help=True)
sources_app = typer.Typer(help="The publishers that are followed.", no_args_is_help=True)


@sources_app.command("list")
def sources_list(config: ConfigOption = None, json: JsonOption = False) -> None:
    """List the sources of the settings."""
    from flows.commands.sources import list_sources
    from flows.settings import load_settings

    list_sources(load_settings(config), as_json=json)


@sources_app.command("add")
def sources_add(
    url: Annotated[str, typer.Argument(help="Any page of the site, or a feed.")],
    name: Annotated[str | None, typer.Option(help="Short name.", show_default="from the address")] = None,
    publisher: Annotated[str | None, typer.Option(help="The name people know it by.")] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    config: ConfigOption = None,
) -> None:
    """Find a site's feeds, or else its sitemaps, and add it to the settings file; else the page as a list of articles.

    Examples:

      newsledger sources add https://example.org --publisher "The Example"
    """
    from flows.commands.sources import add_source, ask_for_contact
    from flows.settings import load_settings

    ask_for_contact(load_settings(config))
    added = add_source(load_settings(config), url, name=name, publisher=publisher, allow_private=allow_private)
    console.say(f"Added {added.name}: {', '.join(added.announcements)}. Next: newsledger ingest")


@sources_app.command("rename")
def sources_rename(
    old: Annotated[str, typer.Argument(help="Present name.")],
    new: Annotated[str, typer.Argument(help="New name.")],
    config: ConfigOption = None,
) -> None:
    """Give a source another name, in the settings and the warehouse; nothing is fetched again.

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
    console.say(f"{name} is no longer followed. What was collected of it stays.")


@sources_app.command("test")
def sources_test(
    names: Annotated[list[str] | None, typer.Argument(help="Names of sources.", show_default="all")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Ask each feed, sitemap and section once and show what it announces; leave with 1 when one fails. Records nothing.

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
    """Add every feed of a feed reader's subscription list to the settings file, a source for each site.

    Examples:

      newsledger sources import subscriptions.opml
    """
    from flows.commands.sources import import_opml
    from flows.settings import load_settings

    added, followed = import_opml(load_settings(config), opml)
    for source in added:
        console.say(f"Added {source.name}: {', '.join(source.feeds)}")
    console.say(f"{len(added)} sources added; {followed} feeds were followed already. Next: newsledger sources test")


@rules_app.command("test")
def rules_test(
    page: Annotated[str, typer.Argument(help="HTML file, URL, or - for standard input.", metavar="PAGE_OR_URL")],
    url: Annotated[str | None, typer.Option(help="Where a local file comes from.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules.", show_default="publisher_rules")] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read a page without and with your publisher rules and show the difference; leave with 1 when none is for it.

    Examples:

      newsledger rules test page.html --url https://example.org/news/1
    """
    from flows.commands.rules import try_rules
    from flows.settings import load_settings

    settings = load_settings(config)
    leave_by(try_rules(settings, page, url=url, folder=rules, allow_private=allow_private, as_json=json))


@rules_app.command("apply")
def rules_apply(config: ConfigOption = None) -> None:
    """Have the next run read again the archived pages of all hosts that your publisher rules name.

    Do it after a rule was added, changed or, before its file is deleted, is to be taken back.
    """
    from flows.commands.rules import apply_rules
    from flows.settings import load_settings

    count = apply_rules(load_settings(config), None)
    console.say(f"{count} pages will be read again. Next: newsledger backfill --stage extract")


@warehouse_app.command("copy")
def warehouse_copy(
    source: Annotated[str, typer.Argument(help="File or ducklake: URL.", metavar="FROM")],
    target: Annotated[str, typer.Argument(help="File or ducklake: URL, new or empty.", metavar="TO")],
    data_path: Annotated[str | None, typer.Option(help="Folder or s3:// of the Parquet files of a new lake.")] = None,
) -> None:
    """Copy what was loaded into another warehouse; build its models there afterwards.

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


@archive_app.command("verify")
def archive_verify(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Read every record of the archive and list what is damaged; leave with 1 when anything is."""
    from flows.commands.archive import verify_archive
    from flows.settings import load_settings

    leave_by(verify_archive(load_settings(config), as_json=json))


@sample_app.command("serve")
def sample_serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="First port; each outlet has its own.")] = 8800,
    articles: Annotated[int, typer.Option(help="Generated articles beside the hand-written ones.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the generator.")] = 0,
) -> None:
    """Run the sample newsroom's outlets on this machine until Ctrl-C."""
    from sample.content import load_articles
    from sample.generator import generate_articles
    from sample.server import run_forever

    run_forever(host, port, (*load_articles(), *generate_articles(articles, seed=seed)))
