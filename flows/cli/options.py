"""Options that several commands share, and the parsing of dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from extract.errors import InputError
from flows import console

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Settings file.", show_default="newsledger.toml, or $NEWSLEDGER_CONFIG"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", "-s", help="Only this source; may be repeated.", show_default="all"),
]


def _be_quiet(asked: bool) -> None:
    if asked:
        console.set_verbosity(console.QUIET)


def _be_verbose(asked: bool) -> None:
    if asked:
        console.set_verbosity(console.VERBOSE)


# Their callbacks do all the work, so no command receives the values.
QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Print errors and results only.", callback=_be_quiet, expose_value=False),
]
VerboseOption = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="Print every page as it is done.", callback=_be_verbose, expose_value=False),
]


def parse_interval(text: str) -> tuple[date, date]:
    """Read a date in any form of ISO 8601 and return its first and last day.

    ``2024-11-23``, ``20241123``, ``2024-W47-6``, ``2024-328``, a month (``2024-11``), a week (``2024-W47``), a year, or
    a time, whose day is that in UTC. Raises InputError for anything else.
    """
    text = text.strip()
    try:
        return _read_interval(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not an ISO 8601 date, such as 2024-11-23 or 2024-11.") from None


def _read_interval(text: str) -> tuple[date, date]:
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if month := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first = date(int(month[1]), int(month[2]), 1)
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if re.fullmatch(r"\d{4}-?W\d{2}", text):
        first = date.fromisoformat(text)
        return first, first + timedelta(days=6)
    if ordinal := re.fullmatch(r"(\d{4})-?(\d{3})", text):
        # %j accepts day 366 in any year.
        day = datetime.strptime("".join(ordinal.groups()), "%Y%j").replace(tzinfo=UTC).date()
        return day, day
    when = datetime.fromisoformat(text)
    day = (when if when.tzinfo is None else when.astimezone(UTC)).date()
    return day, day


def parse_first_day(text: str) -> date:
    """Return the first day that a date stands for."""
    return parse_interval(text)[0]


def parse_last_day(text: str) -> date:
    """Return the last day that a date stands for."""
    return parse_interval(text)[1]


def parse_time(text: str) -> datetime:
    """Parse an ISO 8601 date or time; without a zone it is in UTC."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not an ISO 8601 time, such as 2024-11-23T14:05Z.") from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


FromOption = Annotated[
    date | None,
    typer.Option("--from", parser=parse_first_day, metavar="DATE", help="First publication day; ISO 8601."),
]
ToOption = Annotated[
    date | None,
    typer.Option("--to", parser=parse_last_day, metavar="DATE", help="Last publication day, inclusive."),
]


def check_interval(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Return the two days. Raises InputError when the first is after the last, or in the future everywhere."""
    # The earliest time zone is 14 hours ahead of UTC.
    today = (datetime.now(UTC) + timedelta(hours=14)).date()
    if first and first > today:
        raise InputError(f"--from {first} is in the future: nothing was published then.")
    if first and last and first > last:
        raise InputError(
            f"--from {first} is after --to {last}.", hint="The first day comes first; both days are included."
        )
    return first, last


def leave_by(code: int) -> None:
    """Exit with this code, unless it is 0."""
    if code:
        raise typer.Exit(code)
