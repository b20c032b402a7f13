"""The commands that stand in small groups: ``rules``, ``warehouse``, ``archive`` and ``sample``."""

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
