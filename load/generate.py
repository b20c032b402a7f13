"""Write everything derived from the field dictionary: ``python -m load.generate`` after editing ``fields.toml``.

These are the migration that brings older warehouses up to the dictionary, the staging models of the tables whose rows
models use unchanged, and ``docs/schema.md``. Tests compare all of them with the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml

from load.migrate import available, migrate
from load.schema import Table, describe, quoted, tables, write_docs

# The tables whose rows are staged column by column, each with the prefix of its ``start`` and ``end``: these two are
# SQL keywords, and models join several of these tables.
STAGED = {"quantities": "claim", "attributions": "attribution", "dates": "date", "mentions": "mention"}
SQL = """\
-- Written by `python -m load.generate` from load/fields.toml.
with source as (
    select * from {{{{ source('built', '{table}') }}}}
),

renamed as (
    select
        {columns}
    from source
)

select * from renamed
"""


def staged_name(table: str, column: str) -> str:
    """The name that a landing column has in staging."""
    return f"{STAGED[table]}_{column}" if column in ("start", "end") else column


def staging_sql(table: Table) -> str:
    """The staging model of a table: all its columns."""
    columns = [(f'"{c}"' if c == "end" else c, staged_name(table.name, c)) for c in table.names]
    return SQL.format(
        table=table.name,
        columns=",\n        ".join(name if name == staged else f"{name} as {staged}" for name, staged in columns),
    )


def staging_yaml(table: Table, written: str) -> str:
    """The description of a staging model: the model and its tests as in ``written``, and all columns."""
    head, _, _ = written.partition("    columns:\n")
    (model,) = yaml.safe_load(written)["models"]
    tests = {column["name"]: column["data_tests"] for column in model["columns"] if "data_tests" in column}
    lines = [head + "    columns:"]
    for column in table.columns:
        name = staged_name(table.name, column.name)
        lines += [f"      - name: {name}", f"        description: {_yaml(describe(column))}"]
        if name in tests:
            lines += _indented(tests[name])
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _indented(tests: Any) -> list[str]:
    dumped = yaml.safe_dump({"data_tests": tests}, sort_keys=False)
    return [" " * 8 + line for line in dumped.splitlines()]


def migration(wanted: Mapping[str, Table]) -> str:
    """The statements that bring a warehouse with all existing migrations up to the dictionary; empty if there are none.

    Raises ValueError for a change that cannot be generated, because a person has to decide what happens to the rows.
    """
    with duckdb.connect() as con:
        migrate(con, "memory")
        rows = con.execute(
            "select table_name, column_name, data_type, not is_nullable, comment from duckdb_columns()"
            " where not internal and table_name <> 'migrations'"
        ).fetchall()
        comments = dict(con.execute("select table_name, comment from duckdb_tables() where not internal").fetchall())
        types = {name: _type(con, name) for table in wanted.values() for name in {c.type for c in table.columns}}
    present: dict[str, dict[str, tuple[str, bool, str]]] = {}
    for table, column, *rest in rows:
        present.setdefault(table, {})[column] = (rest[0], rest[1], rest[2])
    statements: list[str] = []
    for name, table in wanted.items():
        if name not in present:
            statements.append(table.ddl())
            continue
        if comments[name] != table.comment:
            statements.append(f"comment on table {name} is {quoted(table.comment)};")
        statements += _changes(table, present[name], types)
    return "\n".join(statements)


def _type(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """A type as DuckDB itself spells it."""
    return str(con.execute(f"select cast(null as {name})").description[0][1])


def _changes(table: Table, present: Mapping[str, tuple[str, bool, str]], types: Mapping[str, str]) -> Iterable[str]:
    gone = present.keys() - set(table.names)
    if gone:
        raise ValueError(f"{table.name} has lost {', '.join(sorted(gone))}: write the migration by hand.")
    for column in table.columns:
        comment = f'comment on column {table.name}."{column.name}" is {quoted(describe(column))};'
        if column.name not in present:
            if column.null is None:
                raise ValueError(
                    f"{table.name}.{column.name} is never NULL: write the migration with a value for existing rows "
                    "by hand, or say what NULL means."
                )
            yield f'alter table {table.name} add column "{column.name}" {column.type};\n{comment}'
        elif present[column.name][:2] != (types[column.type], column.null is None):
            raise ValueError(f"{table.name}.{column.name} has changed its type: write the migration by hand.")
        elif present[column.name][2] != describe(column):
            yield comment


def staging_files(folder: Path) -> dict[Path, str]:
    """The expected staging models and their descriptions, by file."""
    found = {}
    for name in STAGED:
        sql, described = folder / f"stg_{name}.sql", folder / f"stg_{name}.yml"
        found[sql] = staging_sql(tables()[name])
        found[described] = staging_yaml(tables()[name], described.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Write all of it into the checkout that contains this file, and print the files that changed."""
    root = Path(__file__).parents[1]
    found = staging_files(root / "sql" / "models" / "staging")
    statements = migration(tables())
    if statements:
        number = available()[-1].number + 1
        path = root / "load" / "migrations" / f"{number:03}_fields.sql"
        found[path] = f"-- Written by `python -m load.generate`: changes of the field dictionary.\n\n{statements}\n"
    found[root / "docs" / "schema.md"] = write_docs()
    for path, text in found.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(root))


if __name__ == "__main__":
    main()
