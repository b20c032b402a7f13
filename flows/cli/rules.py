"""The commands of ``newsledger rules``: publisher rules of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import console
from flows.cli.app import Group
from flows.cli.options import ConfigOption, JsonOption, leave_by

rules_app = typer.Typer(cls=Group, help="Your own publisher rules, for pages that are misread.", no_args_is_help=True)


@rules_app.command("test")
def rules_test(
    page: Annotated[str, typer.Argument(help="HTML file, URL, or - for standard input.", metavar="PAGE_OR_URL")],
    url: Annotated[str | None, typer.Option(help="Where a local file comes from.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules.", show_default="publisher_rules")] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow private and loopback addresses.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read a page with and without your publisher rules and show the difference; exit with 1 if no rule applies to it.

    Examples:

      newsledger rules test page.html --url https://example.org/news/1
    """
    from flows.commands.rules import try_rules
    from flows.settings import load_settings

    settings = load_settings(config)
    leave_by(try_rules(settings, page, url=url, folder=rules, allow_private=allow_private, as_json=json))


@rules_app.command("apply")
def rules_apply(config: ConfigOption = None) -> None:
    """Have the next run read the archived pages of all hosts in your publisher rules again.

    Run it after you add or change a rule; to undo a rule, run it before you delete its file.
    """
    from flows.commands.rules import apply_rules
    from flows.settings import load_settings

    count = apply_rules(load_settings(config), None)
    console.say(f"{count} pages will be read again. Next: newsledger backfill --stage extract")
