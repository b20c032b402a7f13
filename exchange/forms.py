"""Claims as files: CSV that no spreadsheet runs, JSON Lines, Parquet and JSON-LD, each beside its data dictionary."""

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
# What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection).
# Signs of full width and of mathematics are read as the plain ones by some, and what cannot be seen is skipped.
FORMULA = r"^([\s\p{Z}\p{Cf}\x00]*[=+@\-＝＋－＠﹢﹣﹦﹫−]|[\t\r\n])"
LINE_ENDS = re.compile("[\x85\u2028\u2029]")
# Rows that are held at once.
ROWS = 8_192


def form_of(path: Path, form: str | None = None) -> Form:
    """Return the form that is asked for, or that a file's suffix stands for. Raises QueryError where neither tells."""
    if form is None and path.suffix.lower() not in SUFFIXES:
        raise QueryError(
            f"The suffix of {path.name} is not a format that can be written.",
            hint=f"Use {', '.join(SUFFIXES)}, or give --format.",
        )
    return cast(Form, form) if form else SUFFIXES[path.suffix.lower()]


def export(config: WarehouseConfig, selection: Selection, form: Form, path: Path) -> int:
    """Write the selected claims to a file, with a data dictionary beside it (JSON-LD needs none); return their number.

    Both appear whole or not at all. Raises NotPublished, and QueryError when the selection cannot be run or the files
    cannot be written.
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
    """Name the data dictionary beside a file of claims."""
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
        with suppress(OSError):  # where nothing can be written, nothing can be removed either
            draft.unlink(missing_ok=True)


def _batches(reader: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    return reader.schema, iter(reader)


def _write_csv(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write CSV as RFC 4180 has it, UTF-8, with a header."""
    out.write((",".join(f'"{name}"' for name in schema.names) + "\n").encode())
    options = pyarrow.csv.WriteOptions(include_header=False)
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        pyarrow.csv.write_csv(safe_for_spreadsheets(pa.Table.from_batches([batch])), out, options)
    return rows


def safe_for_spreadsheets(table: pa.Table) -> pa.Table:
    """Put an apostrophe before text that a spreadsheet would run."""
    for i, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(i, field, pc.replace_substring_regex(table[i], FORMULA, r"'\1"))
    return table


def _write_json_lines(out: BinaryIO, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write a JSON object a line, UTF-8."""
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        out.writelines(f"{_line(as_json(row))}\n".encode() for row in batch.to_pylist())
    return rows


def _line(value: Any) -> str:
    """Write JSON on one line, also for readers to whom Unicode's other line ends are such."""
    text = json.dumps(value, ensure_ascii=False)
    return LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", text)


def as_json(value: Any) -> Any:
    """Turn a value of the warehouse into one that JSON has: days and times as ISO 8601, what is not finite as null."""
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
    """Write one JSON-LD document, a claim a line."""
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
