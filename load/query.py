"""Queries of the published copy: SQL, an SQL file, or the name of a saved query."""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from load.config import WarehouseConfig
from load.connection import reader
from load.errors import QueryError
from load.plain_json import as_json

if TYPE_CHECKING:
    import pyarrow as pa

# Settings that restrict SQL unless it runs with ``unsafe``; the last one prevents changes to the others.
CLOSED = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
TextFormat = Literal["csv", "json", "markdown"]
Format = Literal["csv", "json", "markdown", "parquet"]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that ships with the project; its first comment line is the question that it answers."""

    name: str
    question: str
    sql: str


def saved_queries() -> dict[str, SavedQuery]:
    """List the saved queries of ``sql/analyses``."""
    folder = files("sql").joinpath("analyses")
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".sql"):
            sql = entry.read_text(encoding="utf-8")
            name = entry.name.removesuffix(".sql")
            found[name] = SavedQuery(name, sql.splitlines()[0].removeprefix("--").strip(), sql)
    return found


def resolve(question: str) -> str:
    """Return the SQL of a question: a saved query's name, a path to an SQL file, or SQL itself."""
    saved, question = saved_queries(), question.strip()
    if question in saved:
        return saved[question].sql
    if question.endswith(".sql"):
        return _read_sql(Path(question))
    if not question:
        raise _no_sql()
    if re.fullmatch(r"[\w-]+", question):
        near = difflib.get_close_matches(question, saved, n=1, cutoff=0.5)
        raise QueryError(
            f"No saved query is called {question!r}{f'; did you mean {near[0]!r}?' if near else '.'}",
            hint="`newsledger queries` lists the saved ones. SQL that reads a table begins with `from` or `select`.",
        )
    return question


def _no_sql() -> QueryError:
    return QueryError("There is no SQL to run.", hint='For example: newsledger query "from claims limit 20"')


def _read_sql(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise QueryError(
            f"Cannot read {path}: {getattr(error, 'strerror', None) or 'it is not a file of UTF-8 text'}.",
            hint="`newsledger queries` lists the saved queries; they are called by name, without .sql.",
        ) from None


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query as Python values, with the column names (which may repeat)."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def query(config: WarehouseConfig, question: str, measure: str | None = None, *, unsafe: bool = False) -> Answer:
    """Run a query on the published copy and return its rows; saved queries accept a ``measure``, given by its key.

    The SQL may be untrusted: without ``unsafe``, it can access no other file, address or extension, and cannot change
    that. Raises NotPublished, and QueryError for SQL that DuckDB cannot run.
    """
    with _executed(config, question, measure, unsafe) as result:
        return Answer(tuple(column[0] for column in result.description or ()), result.fetchall())


def query_arrow(
    config: WarehouseConfig, question: str, measure: str | None = None, *, unsafe: bool = False
) -> pa.Table:
    """Run a query as ``query`` does and return an Arrow table, which keeps the types."""
    with _executed(config, question, measure, unsafe) as result:
        return result.to_arrow_table()


@contextmanager
def _executed(
    config: WarehouseConfig, question: str, measure: str | None, unsafe: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    sql = resolve(question)
    if measure is not None and "getvariable('measure')" not in sql:
        raise QueryError(
            f"{question!r} takes no measure.",
            hint="Saved queries that do: timeline, disagreements. SQL can name its key.",
        )
    with reader(config) as con:
        try:
            con.execute("set variable measure = ?", [measure])
            for setting in () if unsafe else CLOSED:
                con.execute(setting)
            if not con.extract_statements(sql):
                raise _no_sql()
            yield con.execute(sql)
        except duckdb.PermissionException as error:
            raise QueryError(
                f"A query may read the published tables and nothing else: {error}",
                hint="For SQL of your own that reads or writes files: newsledger query --unsafe ...",
            ) from None
        except duckdb.Error as error:
            raise QueryError(
                f"DuckDB cannot run that: {error}",
                hint='Tables and columns are in docs/schema.md; "show tables" lists them.',
            ) from None


def render(answer: Answer, form: TextFormat) -> str:
    """Write rows as text: CSV, JSON (one array) or a Markdown table."""
    if form == "json":
        objects = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        return as_json(objects, default=as_text, ensure_ascii=False, indent=2)
    rows = [[as_text(value) for value in row] for row in answer.rows]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([answer.columns, *rows])
        return out.getvalue().rstrip("\n")
    return _markdown(answer.columns, rows)


def write(
    config: WarehouseConfig,
    question: str,
    form: Format,
    path: Path,
    measure: str | None = None,
    *,
    unsafe: bool = False,
) -> int:
    """Run a query and write its rows to a file in the given format; return the number of rows.

    Raises QueryError also if the file cannot be written.
    """
    if form == "parquet":
        import pyarrow.parquet as pq

        table = query_arrow(config, question, measure, unsafe=unsafe)
        with _writing(path):
            pq.write_table(table, path)
        return int(table.num_rows)
    answer = query(config, question, measure, unsafe=unsafe)
    with _writing(path):
        path.write_text(render(answer, form) + "\n", encoding="utf-8")
    return len(answer.rows)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise QueryError(f"Cannot write {path}: {why}.", hint="Name a file in a folder that exists.") from None


def as_text(value: Any) -> str:
    """Format a value for CSV, Markdown and tables: empty for NULL, ISO 8601 for times, JSON for lists."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return as_json(value, default=as_text, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _markdown(names: Sequence[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
