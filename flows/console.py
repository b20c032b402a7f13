"""What people see: tables, progress bars, notes and errors.

Results go to standard output, everything else to standard error. Bold, colour and bars are for terminals only
(``NO_COLOR`` switches them off there too), and what a page or an error says is never taken for markup.
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
# Of a longer answer a terminal shows the beginning.
TERMINAL_ROWS = 40
# Left-out columns that are named.
NAMED_COLUMNS = 8

_verbosity = NORMAL


class Tick(Protocol):
    """What long work calls to say how far it is."""

    def __call__(self, advance: int = 1, *, total: int | None = None) -> None:
        """Count ``advance`` items as done; ``total`` corrects how many there are."""
        ...


def prepare_streams() -> None:
    """Have a terminal that knows only ASCII show other characters as escapes, where Python would raise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure and not _knows_unicode(stream):
            reconfigure(errors="backslashreplace")


def set_verbosity(level: int) -> None:
    """Say less (QUIET: errors and results alone) or more (VERBOSE: what is done while it is done)."""
    global _verbosity
    _verbosity = level


def is_quiet() -> bool:
    """Tell whether only errors and results are wanted."""
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
    """Print rows as a table that fits the terminal; return the names of the columns that were left out.

    ``show`` writes a value as text; ``plain`` does unless told.
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
    """Print the answer to a query, and tell on standard error how many rows there are and what is not shown."""
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
    """Write one value for a table of ours: nothing for NULL, whole numbers without a fraction, thousands grouped."""
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
    """Print one JSON value on one line, for programs; on a terminal with escapes for all that it might obey."""
    is_ascii = sys.stdout.isatty() or not _knows_unicode(sys.stdout)
    sys.stdout.write(as_json(value, ensure_ascii=is_ascii, default=str) + "\n")


def print_text(text: str) -> None:
    """Print a text for programs: as it stands, but not into a terminal."""
    sys.stdout.write((clean(text) if sys.stdout.isatty() else text) + "\n")


def say(message: str) -> None:
    """Print a line for people to standard output."""
    _write(sys.stdout, clean(message))


def say_boldly(message: str) -> None:
    """Print a line that heads others."""
    _write(sys.stdout, clean(message), BOLD)


def say_marked(message: str, start: str, end: str) -> None:
    """Print a line in which what stands between two marks is set off, on a terminal; elsewhere without the marks."""
    bold, reset = (BOLD, RESET) if _has_colour(sys.stdout) else ("", "")
    line = ""
    for part in message.split(start):
        inside, is_marked, after = part.partition(end)
        line += f"{bold}{one_line(inside)}{reset}{one_line(after)}" if is_marked else one_line(inside)
    _write(sys.stdout, line)


def new_page(title: str) -> None:
    """Begin at the top of an empty terminal; elsewhere, a line apart."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")
        say(title)
    else:
        say(f"\n{title}")


def note(message: str) -> None:
    """Print a line for people to standard error, where it does not disturb what a program reads."""
    log.write("info", message)
    if not is_quiet() and not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def detail(message: str, **fields: str) -> None:
    """Print a line to standard error when the user wants to see everything; ``fields`` are for the log alone."""
    log.write("debug", message, **fields)
    if _verbosity >= VERBOSE and not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def warn(message: str) -> None:
    """Print a line to standard error that must be seen, however little the user wants to hear."""
    log.write("warning", message)
    if not log.takes_standard_error():
        _write(sys.stderr, clean(message))


def complain(error: NewsledgerError) -> None:
    """Print what is wrong and, on a line of its own, what to do about it."""
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
