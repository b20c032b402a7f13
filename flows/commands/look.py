"""``query``, ``queries``, ``status`` and ``rejects``: read the warehouse."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract.errors import InputError, SettingsError
from flows import console
from flows.settings import Settings
from load.errors import NotPublished, QueryError
from load.query import as_text, query, render, saved_queries, write

FORMATS = ("table", "csv", "json", "markdown", "parquet")
SUFFIXES = {".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet", ".pq": "parquet"}
SHOWN_REJECTS = 50
# On a terminal narrower than this, a table would cut addresses and reasons.
REJECTS_WIDTH = 140


def run_query(
    settings: Settings,
    question: str,
    *,
    output_format: str | None,
    output: Path | None,
    measure: str | None = None,
    unsafe: bool = False,
) -> None:
    """Run a query on the published copy and print or write its rows.

    When ``output_format`` is None, the suffix of ``output`` decides. Raises InputError for a format that does not exist
    or does not fit the file, and the errors of ``load.query.query``.
    """
    from load.ask import the_measure

    chosen = _choose_format(output_format, output)
    found = the_measure(settings.warehouse, measure) if measure is not None else None
    key = found.key if found else None
    if found:
        console.note(f"{found.name} ({found.claims:,} claims)")
    if output:
        count = write(settings.warehouse, question, chosen, output, key, unsafe=unsafe)  # type: ignore[arg-type]
        console.note(f"Wrote {count:,} {'row' if count == 1 else 'rows'} to {output}.")
        return
    answer = query(settings.warehouse, question, key, unsafe=unsafe)
    if chosen == "table":
        console.print_rows(answer.columns, answer.rows, as_cell)
    else:
        console.print_text(render(answer, chosen))  # type: ignore[arg-type]


def _choose_format(named: str | None, output: Path | None) -> str:
    chosen = named or (SUFFIXES.get(output.suffix.lower()) if output else "table")
    if chosen is None:
        raise InputError(
            f"The suffix of {output} is not a format that can be written.",
            hint="Use .csv, .json, .md or .parquet, or give --format.",
        )
    if chosen not in FORMATS:
        raise InputError(f"--format {chosen!r} is not one of {', '.join(FORMATS)}.")
    if chosen == "table" and output:
        raise InputError("Tables are for the terminal.", hint="Write .csv, .json, .md or .parquet, or give --format.")
    if chosen == "parquet" and not output:
        raise InputError("Parquet is written to a file.", hint="Name one with --output FILE.parquet.")
    return chosen


def list_measures(settings: Settings, words: str, *, as_json: bool) -> None:
    """Print the measures whose names contain these words, the best matches first."""
    from load.ask import find_measures

    found = find_measures(settings.warehouse, words)
    if as_json:
        console.print_json([asdict(measure) for measure in found])
        return
    if not found:
        console.say(f"No measure has any of the words {words!r} in its name.")
        return
    columns = ("measure", "claims", "outlets", "first", "last", "key")
    rows = [(m.name, m.claims, m.publishers, m.first_day, m.last_day, m.key) for m in found]
    console.print_table(columns, rows)


def list_queries(*, as_json: bool) -> None:
    """Print the saved queries and what each answers."""
    saved = [(query.name, query.question) for query in saved_queries().values()]
    if as_json:
        console.print_json([{"name": name, "question": question} for name, question in saved])
    else:
        console.print_table(("name", "answers"), saved)


def show_rejects(settings: Settings, sources: Sequence[str], *, reason: str | None, retry: bool, as_json: bool) -> int:
    """Print the pages that gave no article, or try them again."""
    if retry:
        from flows.commands.run import run_retry

        return run_retry(settings, sources, reason=reason, as_json=as_json)
    rows = _rejects(settings, sources, reason)
    if as_json:
        console.print_json(rows)
        return 0
    if not rows:
        console.say("No rejects: every page that was fetched is in the warehouse.")
        return 0
    shown = rows[:SHOWN_REJECTS]
    if (console.terminal_width() or REJECTS_WIDTH) >= REJECTS_WIDTH:
        console.print_table(("source", "stage", "reason", "tries", "again?", "last", "url", "detail"), _as_lines(shown))
    else:
        for row in shown:
            again = "tried again" if row["is_retryable"] else "not tried again"
            console.say_boldly(
                f"{row['source']}: {row['reason']} ({row['stage']} {row['last_at']:%m-%d %H:%M}, {again})"
            )
            console.say(f"  {row['url']}\n  {row['detail']}")
    more = f", {SHOWN_REJECTS} shown" if len(rows) > SHOWN_REJECTS else ""
    console.note(f"{len(rows):,} rejects{more}. Try them again with --retry.")
    return 0


def _as_lines(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        known = (row["source"], row["stage"], row["reason"], row["attempts"], row["is_retryable"])
        yield *known, f"{row['last_at']:%m-%d %H:%M}", row["url"], row["detail"]


def _rejects(settings: Settings, sources: Sequence[str], reason: str | None) -> list[dict[str, Any]]:
    for name in sources:
        settings.pick_sources([name])
    answer = query(settings.warehouse, "from rejects where resolved_at is null order by source, reason, url")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return [row for row in rows if (not sources or row["source"] in sources) and reason in (None, row["reason"])]


def show_status(settings: Settings, *, gaps: bool, as_json: bool, alert: bool = False) -> int:
    """Print runs, gaps and health, and report changes; return 1 when something needs a person.

    Raises SettingsError when there are no data to show or no channels to notify, and AlertError when a channel does not
    accept a message.
    """
    from flows.status import read_status, show

    if alert and not settings.alerts.channels:
        raise SettingsError(
            "No webhook, Slack channel or mail is set.",
            hint='Add one to the settings: [alerts] webhook = "https://..."',
        )
    if settings.file is None and not settings.data_dir.exists():
        raise SettingsError(
            f"There is neither a settings file nor a data folder in {Path.cwd()}.",
            hint="Go to where they are, give --config, or start a new one: newsledger init",
        )
    patience_s = settings.warehouse.lock_wait_s if alert else None
    status = read_status(settings, gaps=gaps, patience_s=patience_s)
    if alert:
        from flows.alerts import channels, find_alerts, send_changes

        for channel in channels(settings.alerts):
            send_changes(find_alerts(status), channel, settings.state_dir)
    if as_json:
        console.print_json(status.as_json())
    else:
        show(status)
    return 0 if status.is_healthy else 1


def watch_status(settings: Settings, every_s: float, *, gaps: bool, as_json: bool, alert: bool = False) -> int:
    """Print the status repeatedly until interrupted, on a terminal in place; return the last exit code."""
    code = 0
    try:
        while True:
            if not as_json:
                console.new_page(f"Every {every_s:g} s, now {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC. Ctrl-C ends.")
            code = show_status(settings, gaps=gaps, as_json=as_json, alert=alert)
            sys.stdout.flush()
            time.sleep(every_s)
    except KeyboardInterrupt:
        return code


def open_shell(settings: Settings) -> None:
    """Open the published copy in DuckDB's own shell, or in a minimal one where DuckDB's is not installed."""
    published = settings.warehouse.published
    if not published.exists():
        raise NotPublished(f"Nothing has been published at {published} yet.", hint="Run: newsledger ingest")
    program = shutil.which("duckdb")
    if program:
        # An open build stays readable after the next one has replaced it.
        os.execv(program, [program, "-readonly", str(published.resolve())])  # noqa: S606  # the shell takes our place
    console.note("Statements end with a semicolon; an empty line or Ctrl-D exits.")
    while question := _read_question():
        try:
            run_query(settings, question, output_format=None, output=None)
        except QueryError as error:
            console.complain(error)


def _read_question() -> str:
    lines: list[str] = []
    while not (lines and lines[-1].rstrip().endswith(";")):
        try:
            line = input("   ...> " if lines else "newsledger> ")
        except EOFError:
            return "\n".join(lines)
        if not line.strip():
            return "\n".join(lines)
        lines.append(line)
    return "\n".join(lines)


def as_cell(value: Any) -> str:
    """Format a value for a table: as text, fractions to six significant digits; ``-o`` writes all digits."""
    if isinstance(value, float) and not value.is_integer() and abs(value) < 1e6:
        return f"{value:.6g}"
    return as_text(value)
