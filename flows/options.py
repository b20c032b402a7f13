"""The options that several commands of the command line have in common."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DATE_FORMATS = ["%Y-%m-%d"]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Settings file.", show_default="newsledger.toml, or $NEWSLEDGER_CONFIG"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", "-s", help="Only this source; may be given again.", show_default="all"),
]
FromOption = Annotated[datetime | None, typer.Option("--from", formats=DATE_FORMATS, help="First publication day.")]
ToOption = Annotated[datetime | None, typer.Option("--to", formats=DATE_FORMATS, help="Last one (inclusive).")]


def leave_by(code: int) -> None:
    """Leave with this code, unless it says that all is well."""
    if code:
        raise typer.Exit(code)
