"""Claims as files: CSV without formulas, JSON Lines, Parquet and JSON-LD, each next to its data dictionary."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from exchange.linked import CONTEXT, linked
from exchange.selection import EVIDENCE, Selection, selected
from load.config import WarehouseConfig
from load.dictionary import package, resource
from load.errors import QueryError
from load.files import temporary

Form = Literal["csv", "jsonl", "parquet", "jsonld"]
SUFFIXES: dict[str, Form] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".jsonld": "jsonld",
}
# Beginnings of a cell that a spreadsheet reads as a formula (OWASP, CSV injection). Some programs also accept
# full-width and mathematical variants of the signs, and skip invisible characters.
FORMULA = r"^([\s\p{Z}\p{Cf}\x00]*[=+@\-＝＋－＠﹢﹣﹦﹫−]|[\t\r\n])"
LINE_ENDS = re.compile("[\x85\u2028\u2029]")
# Rows held in memory at once.
ROWS = 8_192


def form_of(path: Path, form: str | None = None) -> Form:
    """Return the requested format, or that of the file's suffix. Raises QueryError if neither is known."""
    if form is None and path.suffix.lower() not in SUFFIXES:
        raise QueryError(
            f"The suffix of {path.name} is not a format that can be written.",
            hint=f"Use {', '.join(SUFFIXES)}, or give --format.",
        )
    return cast(Form, form) if form else SUFFIXES[path.suffix.lower()]


def export(config: WarehouseConfig, selection: Selection, form: Form, path: Path) -> int:
    """Write the selected claims to a file, with a data dictionary next to it (JSON-LD needs none); return their number.

    Both files appear complete or not at all. Raises NotPublished, and QueryError if the selection cannot be run or the
    files cannot be written.
    """
    with selected(config, selection) as found, _whole(path) as draft:
        schema, batches = _batches(found.to_arrow_reader(ROWS))
        with draft.open("wb") as out:
            rows = WRITERS[form](out, schema, batches)
        if form != "jsonld":
            described = package([resource("claims", form, (path.name,), rows=rows, added=EVIDENCE)])
            text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
            with _whole(dictionary_of(path)) as beside:
                beside.write_text(text, encoding="utf-8")
    return rows


def stream(config: WarehouseConfig, selection: Selection, form: Form, out: BinaryIO) -> int:
    """Write the selected claims to an open stream, and return their number. Raises as ``export`` does."""
    with selected(config, selection) as found:
        return WRITERS[form](out, *_batches(found.to_arrow_reader(ROWS)))


def dictionary_of(path: Path) -> Path:
    """Return the path of the data dictionary for a file of claims."""
    return path.with_name(f"{path.name}.datapackage.json")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    draft = temporary(path)
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise QueryError(
            f"Cannot write {path}: {error.strerror or error}.", hint="Name a file in a folder that exists."
        ) from None
    finally:
        with suppress(OSError):  # if nothing can be written, nothing can be removed either
            draft.unlink(missing_ok=True)


def _batches(reader: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    return reader.schema, iter(reader)


def _write_csv(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write CSV (RFC 4180), UTF-8, with a header."""
    out.write((",".join(f'"{name}"' for name in schema.names) + "\n").encode())
    options = pyarrow.csv.WriteOptions(include_header=False)
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        pyarrow.csv.write_csv(safe_for_spreadsheets(pa.Table.from_batches([batch])), out, options)
    return rows


def safe_for_spreadsheets(table: pa.Table) -> pa.Table:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    for i, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(i, field, pc.replace_substring_regex(table[i], FORMULA, r"'\1"))
    return table


def _write_json_lines(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write one JSON object per line, UTF-8."""
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        out.writelines(f"{_line(as_json(row))}\n".encode() for row in batch.to_pylist())
    return rows


def _line(value: Any) -> str:
    """Write JSON on one line, also for readers that treat Unicode's other line separators as line ends."""
    text = json.dumps(value, ensure_ascii=False)
    return LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", text)


def as_json(value: Any) -> Any:
    """Convert a value of the warehouse to a JSON value: days and times as ISO 8601, non-finite numbers as null."""
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(part) for part in value]
    if isinstance(value, float):
        return (int(value) if value.is_integer() and abs(value) < 2**53 else value) if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _write_parquet(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    rows = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches:
            rows += batch.num_rows
            writer.write_batch(batch)
    return rows


def _write_linked(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write one JSON-LD document, one claim per line."""
    out.write(('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [').encode())
    rows = 0
    for batch in batches:
        for row in batch.to_pylist():
            out.write(f"{',' if rows else ''}\n{_line(linked(as_json(row)))}".encode())
            rows += 1
    out.write(b"\n]}\n")
    return rows


WRITERS: dict[Form, Callable[[BinaryIO, pa.Schema, Iterator[pa.RecordBatch]], int]] = {
    "csv": _write_csv,
    "jsonl": _write_json_lines,
    "parquet": _write_parquet,
    "jsonld": _write_linked,
}
