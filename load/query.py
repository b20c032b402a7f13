"""Questions to the published copy: SQL, a file of SQL, or a saved query by its name."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from load.config import WarehouseConfig
from load.connection import reader
from load.errors import QueryError

Format = Literal["table", "csv", "json", "parquet", "markdown"]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that ships with the project; its first comment line says what it answers."""

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
    """Return the SQL that a question stands for: a saved query's name, a path to a file, or SQL itself."""
    saved = saved_queries()
    if question in saved:
        return saved[question].sql
    if question.endswith(".sql"):
        path = Path(question)
        if not path.exists():
            raise QueryError(f"There is no file {question}.", hint=f"Saved queries: {', '.join(saved)}.")
        return path.read_text(encoding="utf-8")
    return question


def query(config: WarehouseConfig, question: str) -> pa.Table:
    """Run a question on the published copy and return its rows.

    Raises NotPublished, and QueryError for SQL that DuckDB cannot run.
    """
    sql = resolve(question)
    with reader(config) as con:
        try:
            result = con.execute(sql)
            return result.to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(
                f"DuckDB cannot answer that: {error}",
                hint='Tables and columns are in docs/schema.md; "show tables" lists them.',
            ) from None


def render(table: pa.Table, form: Format) -> str:
    """Write rows as text: an aligned table, CSV, JSON (one array) or a Markdown table.

    Raises QueryError for Parquet, which is no text: use ``write``.
    """
    if form == "json":
        return json.dumps(table.to_pylist(), default=_as_text, ensure_ascii=False, indent=2)
    if form == "parquet":
        raise QueryError("Parquet is written to a file.", hint="Name one with --output.")
    names = table.column_names
    rows = [[_as_text(value) for value in row.values()] for row in table.to_pylist()]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([names, *rows])
        return out.getvalue().rstrip("\n")
    return _markdown(names, rows) if form == "markdown" else _aligned(names, rows)


def write(table: pa.Table, form: Format, path: Path) -> None:
    """Write rows to a file in the given form."""
    if form == "parquet":
        pq.write_table(table, path)
    else:
        path.write_text(render(table, form) + "\n", encoding="utf-8")


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return json.dumps(value, default=_as_text, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _markdown(names: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _aligned(names: list[str], rows: list[list[str]]) -> str:
    table = [names, *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(names))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
