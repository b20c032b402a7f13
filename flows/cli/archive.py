"""The commands of ``newsledger archive``."""

from __future__ import annotations

import typer

from flows.cli.app import Group
from flows.cli.options import ConfigOption, JsonOption, leave_by

archive_app = typer.Typer(cls=Group, help="The archive of pages (WARC).", no_args_is_help=True)


@archive_app.command("verify")
def archive_verify(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Read every record of the archive and list what is damaged; exit with 1 if anything is."""
    from flows.commands.archive import verify_archive
    from flows.settings import load_settings

    leave_by(verify_archive(load_settings(config), as_json=json))
