"""The data dictionary of exported files: a Data Package (Frictionless), which describes each column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from load.schema import Column, describe, tables

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
TYPES = {
    "varchar": "string",
    "double": "number",
    "integer": "integer",
    "bigint": "integer",
    "boolean": "boolean",
    "date": "date",
    "timestamp with time zone": "datetime",
    "timestamptz": "datetime",
}


def package(resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Describe exported files as one Data Package."""
    return {
        "$schema": PROFILE,
        "name": "newsledger",
        "title": "Claims in the news",
        "description": "Who reported which number, of what, where and as of when, with the words that say so. "
        "Times are UTC; offsets count characters, half-open.",
        "resources": list(resources),
    }


def resource(
    table: str, form: str, paths: Sequence[str], *, rows: int | None = None, added: Sequence[str] = ()
) -> dict[str, Any]:
    """Describe the files of one table: a single path, or all files that its rows are split into.

    ``added`` names columns of ``fetches`` that follow those of the table.
    """
    description, columns = _models()[table]
    fetches = {column.name: column for column in tables()["fetches"].columns}
    columns += tuple(fetches[name] for name in added)
    described: dict[str, Any] = {
        "name": table.replace("_", "-"),
        "type": "table",
        "path": paths[0] if len(paths) == 1 else list(paths),
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "description": description,
        "schema": {"fields": [_field(column, form) for column in columns], "missingValues": [""]},
    }
    return described | ({"encoding": "utf-8"} if form != "parquet" else {}) | ({"rowCount": rows} if rows else {})


def describe_folder(folder: Path) -> None:
    """Write ``datapackage.json`` into a folder of Parquet files, one folder of months for each table."""
    found = {table.name: sorted(table.rglob("*.parquet")) for table in sorted(folder.iterdir()) if table.is_dir()}
    described = package(
        resource(name, "parquet", [path.relative_to(folder).as_posix() for path in paths])
        for name, paths in found.items()
        if paths
    )
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


@cache
def _models() -> dict[str, tuple[str, tuple[Column, ...]]]:
    """Read each model's description and columns, by name."""
    import yaml

    found = {}
    for path in sorted(Path(str(files("sql"))).glob("models/marts/*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            columns = tuple(Column(c["name"], c["data_type"], c["description"]) for c in model["columns"])
            found[model["name"]] = model["description"], columns
    return found


def meaning(table: str) -> tuple[str | None, dict[str, str]]:
    """Return a table's description and its columns' meanings by name; nothing for a table without a description."""
    if table in _models():
        description, columns = _models()[table]
    elif table in tables():
        description, columns = f"Grain: {tables()[table].grain}.", tables()[table].columns
    else:
        return None, {}
    return description, {column.name: describe(column) for column in columns}


def _field(column: Column, form: str) -> dict[str, Any]:
    described = {"name": column.name, "type": _type(column.type.lower(), form)}
    if described["type"] == "datetime":
        described["format"] = "any"
    return described | {"description": describe(column)}


def _type(kind: str, form: str) -> str:
    """Return the Data Package type. Its arrays are JSON text, unlike lists in Parquet, which has its own schema."""
    if kind.endswith("[]") and form != "parquet":
        return "array"
    return TYPES.get(kind, "any")
