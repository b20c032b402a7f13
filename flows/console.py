"""What people see: tables, progress bars and errors; colours and bars only on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from extract.errors import NewsledgerError

# A file or a pipe has no width of its own; tables then get room enough not to be folded.
WIDE = 220
out = Console(width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, soft_wrap=True)


class Tick(Protocol):
    """What long work calls to say how far it is."""

    def __call__(self, advance: int = 1, *, total: int | None = None) -> None:
        """Count ``advance`` items as done; ``total`` corrects how many there are."""
        ...


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Tick]:
    """Show a progress bar on a terminal; show nothing elsewhere, so that logs stay clean."""
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bars:
        bar = bars.add_task(label, total=total)

        def tick(advance: int = 1, *, total: int | None = None) -> None:
            bars.update(bar, advance=advance)
            if total is not None:
                bars.update(bar, total=total)

        yield tick


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Print rows as a table, numbers to the right."""
    rows = [tuple(row) for row in rows]
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], (int, float)) and not isinstance(row[index], bool) for row in rows)
        table.add_column(_escape(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain(value) for value in row))
    out.print(table)


def plain(value: Any) -> str:
    """Write one value for a table: nothing for NULL, whole numbers without a fraction, thousands grouped."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:,.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    return _escape(str(value))


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def print_json(value: Any) -> None:
    """Print one JSON value on one line, for programs."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def say(message: str) -> None:
    """Print a line for people to standard output, as it stands: what pages and errors say may hold brackets."""
    out.print(message, highlight=False, markup=False, soft_wrap=True)


def say_boldly(message: str) -> None:
    """Print a line that heads others."""
    out.print(message, highlight=False, markup=False, soft_wrap=True, style="bold")


def new_page(title: str) -> None:
    """Begin at the top of an empty terminal; elsewhere, a line apart."""
    out.clear()
    say(title if out.is_terminal else f"\n{title}")


def note(message: str) -> None:
    """Print a line for people to standard error, where it does not disturb what a program reads."""
    err.print(message, highlight=False, markup=False)


def complain(error: NewsledgerError) -> None:
    """Print what is wrong and, on a line of its own, what to do about it."""
    err.print(f"[bold red]Error:[/] {_escape(error.message)}", highlight=False)
    if error.hint:
        err.print(_escape(error.hint), highlight=False)
