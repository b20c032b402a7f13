"""Copying a warehouse, in a file or a lake, into another one that is still empty.

The loaded rows are copied in one transaction; a build in the target then produces the same models.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from extract.errors import InputError
from load.config import WarehouseConfig
from load.connection import in_utc, plain_errors, private
from load.files import attach_file
from load.lake import attach_statement, load_extensions
from load.lock import writer_lock
from load.schema import tables

# These tables are not copied: the models are rebuilt from the copied rows.
STAYS = ("builds", "built_days", "changed_days")


def place(where: str, data_path: Path | str | None, work: Path) -> WarehouseConfig:
    """Describe a warehouse by its file or its ``ducklake:`` URL; working files go to ``work``."""
    if where.startswith("ducklake:"):
        return WarehouseConfig(
            path=work / "lake.duckdb", published=work / "public.duckdb", url=where, data_path=data_path
        )
    return WarehouseConfig(path=Path(where), published=work / "public.duckdb")


def copy_warehouse(source: WarehouseConfig, target: WarehouseConfig) -> dict[str, int]:
    """Copy all loaded rows; return the number of rows of each table.

    Raises InputError if there is no source, or if the target is not empty.
    """
    if source.url is None and not source.path.exists():
        raise InputError(f"There is no warehouse {source.path}.")
    with ExitStack() as stack:
        for one in (source, target):
            one.path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(writer_lock(one, owner="copy"))
            with private(one):  # brings its tables up to date, so that both have the same
                pass
        with plain_errors(target), _both(source, target) as con:
            _refuse_filled(con, target)
            con.begin()
            counts = {name: _copy(con, name) for name in _copied()}
            con.commit()
    return counts


@contextmanager
def _both(source: WarehouseConfig, target: WarehouseConfig) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open one connection to both, with the aliases ``a`` and ``b``."""
    con = in_utc(duckdb.connect(":memory:", config=(target if target.url else source).duckdb_settings()))
    try:
        for alias, one in (("a", source), ("b", target)):
            if one.url:
                load_extensions(con, one)
                con.execute(attach_statement(one, alias))
            else:
                con.execute(attach_file(one.path, alias))
        yield con
    finally:
        con.close()


def _refuse_filled(con: duckdb.DuckDBPyConnection, target: WarehouseConfig) -> None:
    filled = [name for name in _copied() if _count(con, f"b.main.{name}")]
    if filled:
        raise InputError(
            f"{target.url or target.path} holds rows already ({', '.join(filled)}).",
            hint="Copy to a new file or lake. To merge two warehouses, read both archives.",
        )


def _copied() -> list[str]:
    return [name for name in tables() if name not in STAYS]


def _copy(con: duckdb.DuckDBPyConnection, name: str) -> int:
    con.execute(f"insert into b.main.{name} by name from a.main.{name}")
    return _count(con, f"a.main.{name}")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
