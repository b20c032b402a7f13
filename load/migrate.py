"""Migrations: numbered SQL files, each applied once, in order, in the same transaction as its record."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import duckdb

from load.errors import WarehouseVersion
from load.faults import fault
from load.transaction import transaction

RECORD = """
    create table if not exists migrations (
        number integer not null, name varchar not null, applied_at timestamptz not null default now()
    )
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, name and statements."""

    number: int
    name: str
    sql: str


def available() -> tuple[Migration, ...]:
    """List the migrations of this program, in order."""
    folder = files("load").joinpath("migrations")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(
        Migration(int(name.split("_")[0]), name.removesuffix(".sql"), folder.joinpath(name).read_text("utf-8"))
        for name in names
    )


def applied(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the newest migration in the file; 0 for an empty file."""
    exists = connection.execute(
        "select count(*) from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main' and table_name = 'migrations'"
    ).fetchone()
    if not exists or not exists[0]:
        return 0
    row = connection.execute("select coalesce(max(number), 0) from main.migrations").fetchone()
    return int(row[0]) if row else 0


def migrate(connection: duckdb.DuckDBPyConnection, where: str) -> int:
    """Apply the missing migrations and return their number.

    Raises WarehouseVersion if the file is newer than this program or contains foreign tables.
    """
    steps = available()
    done = applied(connection)
    refuse_newer(done, where)
    if done == 0:
        _refuse_foreign(connection, where)
    pending = [step for step in steps if step.number > done]
    for step in pending:
        _apply(connection, step)
    return len(pending)


def refuse_newer(done: int, where: str) -> None:
    """Raise WarehouseVersion if this program does not know the file's newest migration."""
    newest = available()[-1].number
    if done > newest:
        raise WarehouseVersion(
            f"{where} was written by a newer Newsledger (schema {done}; this one knows {newest}).",
            hint="Upgrade Newsledger, or name another file in warehouse.path.",
        )


def _refuse_foreign(connection: duckdb.DuckDBPyConnection, where: str) -> None:
    row = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database() and not internal"
    ).fetchone()
    if row and row[0]:
        raise WarehouseVersion(
            f"{where} is a DuckDB file, but not a Newsledger warehouse.",
            hint="Name another file in warehouse.path.",
        )


def _apply(connection: duckdb.DuckDBPyConnection, step: Migration) -> None:
    with transaction(connection):
        connection.execute(RECORD)
        connection.execute(step.sql)
        fault("migrate.before_commit")
        connection.execute("insert into migrations (number, name) values (?, ?)", [step.number, step.name])
