"""Digests of tables, for comparing two warehouses."""

from __future__ import annotations

import duckdb

from load.schema import tables


def digest(
    con: duckdb.DuckDBPyConnection,
    *,
    volatile: frozenset[str] = frozenset({"batch_id", "run_id"}),
    without: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Hash every table of the schema ``main``, regardless of the order of rows.

    Tables and columns that are volatile in the field dictionary are left out, and in the models' tables the columns in
    ``volatile``; in all tables, the columns in ``without``.
    """
    known = tables()
    names = con.execute(
        "select table_name from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main' and not internal order by 1"
    ).fetchall()
    found: dict[str, str] = {}
    for (name,) in names:
        if name in ("migrations", "newsledger_build") or (name in known and known[name].is_volatile):
            continue
        skip = known[name].volatile if name in known else volatile
        found[name] = _digest_table(con, name, skip | without)
    return found


def _digest_table(con: duckdb.DuckDBPyConnection, name: str, skip: frozenset[str]) -> str:
    columns = [
        row[0]
        for row in con.execute(
            "select column_name from duckdb_columns()"
            " where database_name = current_database() and schema_name = 'main' and table_name = ? order by 1",
            [name],
        ).fetchall()
    ]
    listed = ", ".join(f'"{column}"' for column in columns if column not in skip)
    row = con.execute(f'select count(*), sum(hash({listed})::hugeint) from main."{name}"').fetchone()
    count, total = row or (0, None)
    return f"{count}:{total or 0:x}"
