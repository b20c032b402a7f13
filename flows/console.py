"""Output for people: tables, progress bars, notes and errors.

Results go to standard output, everything else to standard error. Bold, colour and progress bars are only for terminals
(``NO_COLOR`` switches them off there too). Text from pages and errors is never interpreted as markup.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from extract.errors import NewsledgerError
from flows import log
from flows.table import lay_out, one_line
from load.plain_json import as_json
from load.plain_text import clean

QUIET, NORMAL, VERBOSE = 0, 1, 2
BOLD, RED, RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[0m"
# A terminal shows at most this many rows.
TERMINAL_ROWS = 40
# At most this many omitted columns are named.
NAMED_COLUMNS = 8

_verbosity = NORMAL


class Tick(Protocol):
    """The callback with which long work reports its progress."""

    def __call__(self, advance: int = 1, *, total: int | None = None) -> None:
        """Count ``advance`` items as done; ``total`` corrects the number of items."""
        ...


def prepare_streams() -> None:
    """Make an ASCII-only terminal show other characters as escapes; Python would raise an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure and not _knows_unicode(stream):
            reconfigure(errors="backslashreplace")


def set_verbosity(level: int) -> None:
    """Print less (QUIET: only errors and results) or more (VERBOSE: each item as it is done)."""
    global _verbosity
    _verbosity = level


def is_quiet() -> bool:
    """Return whether only errors and results are printed."""
    return _verbosity <= QUIET


def terminal_width() -> int | None:
    """Return the width that tables must fit: the terminal's, or COLUMNS; None for a pipe or a file."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return max(shutil.get_terminal_size().columns, 20)
    return None


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Tick]:
    """Show a progress bar on a terminal; show nothing elsewhere, so that logs stay clean."""
    if is_quiet() or not sys.stderr.isatty() or log.takes_standard_error():
        yield lambda advance=1, *, total=None: None
        return
    # Imported here: most commands show none.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, emoji=False, markup=False), transient=True) as bars:
        bar = bars.add_task(label, total=total)

        def tick(advance: int = 1, *, total: int | None = None) -> None:
            bars.update(bar, advance=advance)
            if total is not None:
                bars.update(bar, total=total)

        yield tick


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str | None = None,
    show: Callable[[Any], str] | None = None,
) -> tuple[str, ...]:
    """Print rows as a table that fits the terminal; return the names of the columns that were omitted.

    ``show`` formats a value as text; the default is ``plain``.
    """
    show = show or plain
    rows = [tuple(row) for row in rows]
    layout = lay_out(
        columns,
        [[show(value) for value in row] for row in rows],
        numeric=[_is_numeric(row[at] for row in rows) for at in range(len(columns))],
        width=terminal_width(),
        ellipsis=_ellipsis(),
    )
    if title:
        say_boldly(title)
    for number, line in enumerate(layout.lines):
        _write(sys.stdout, line, BOLD if number < layout.head else "")
    return layout.hidden


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], show: Callable[[Any], str]) -> None:
    """Print the rows of a query; standard error gets their number and what is not shown."""
    is_short = sys.stdout.isatty() and len(rows) > TERMINAL_ROWS
    hidden = print_table(columns, rows[:TERMINAL_ROWS] if is_short else rows, show=show)
    told = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    if is_short:
        told += f", the first {TERMINAL_ROWS} shown"
    if hidden:
        names = ", ".join(hidden[:NAMED_COLUMNS]) + (f" and {len(hidden) - NAMED_COLUMNS} more" * (len(hidden) > 8))
        told += f"; {len(columns) - len(hidden)} of {len(columns)} columns fit, left out: {names}"
    if is_short or hidden:
        told += ". Write everything with: -o FILE.csv"
    note(told)


def plain(value: Any) -> str:
    """Format a value for a table: NULL as an empty text, whole numbers without a fraction, thousands grouped."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:,.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _is_numeric(values: Iterable[Any]) -> bool:
    given = [value for value in values if value is not None]
    return bool(given) and all(_is_number(value) for value in given)


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and (isinstance(value, (int, float)) or type(value).__name__ == "Decimal")


def print_json(value: Any) -> None:
    """Print a JSON value on one line, for programs; on a terminal, control characters are escaped."""
    is_ascii = sys.stdout.isatty() or not _knows_unicode(sys.stdout)
    sys.stdout.write(as_json(value, ensure_ascii=is_ascii, default=str) + "\n")


def print_text(text: str) -> None:
    """Print a text for programs: unchanged to a file or pipe, escaped on a terminal."""
    sys.stdout.write((clean(text) if sys.stdout.isatty() else text) + "\n")


def say(message: str) -> None:
    """Print a line for people to standard output."""
    _write(sys.stdout, clean(message))


def say_boldly(message: str) -> None:
    """Print a heading."""
    _write(sys.stdout, clean(message), BOLD)


def say_marked(message: str, start: str, end: str) -> None:
    """Print a line with the text between two marks highlighted on a terminal; elsewhere the marks are only removed."""
    bold, reset = (BOLD, RESET) if _has_colour(sys.stdout) else ("", "")
    line = ""
    for part in message.split(start):
        inside, is_marked, after = part.partition(end)
        line += f"{bold}{one_line(inside)}{reset}{one_line(after)}" if is_marked else one_line(inside)
    _write(sys.stdout, line)


def new_page(title: str) -> None:
    """Clear the terminal and print a title; elsewhere, print it after an empty line."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")
        say(title)
    else:
        say(f"\n{title}")


def note(message: str) -> None:
    """Print a line for people to standard error, so that it stays out of what programs read."""
    log.write("info", message)
    if not is_quiet() and not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def detail(message: str, **fields: str) -> None:
    """Print a line to standard error in verbose mode; ``fields`` go only to the log."""
    log.write("debug", message, **fields)
    if _verbosity >= VERBOSE and not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def warn(message: str) -> None:
    """Print a line to standard error, even in quiet mode."""
    log.write("warning", message)
    if not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def complain(error: NewsledgerError) -> None:
    """Print an error and, on a line of its own, its hint."""
    log.write("error", error.message, **({"hint": error.hint} if error.hint else {}))
    if log.takes_standard_error():
        return
    red, reset = (RED, RESET) if _has_colour(sys.stderr) else ("", "")
    sys.stderr.write(f"{red}Error:{reset} {clean(error.message)}\n")
    if error.hint:
        sys.stderr.write(clean(error.hint) + "\n")


def _write(stream: TextIO, line: str, style: str = "") -> None:
    stream.write(f"{style}{line}{RESET}\n" if style and _has_colour(stream) else f"{line}\n")


def _has_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _knows_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")


def _ellipsis() -> str:
    return "…" if _knows_unicode(sys.stdout) else "..."
