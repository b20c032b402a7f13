"""Compaction: a DuckDB file does not shrink when rows are deleted, so it is rewritten from time to time.

The new file is written next to the old one, flushed, and renamed over it; after a kill, one of the two is there whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from load.config import WarehouseConfig
from load.connection import Connection, plain_errors, private
from load.faults import fault
from load.files import attach_file, flush, remove_database, temporary
from load.lake import lake_bytes, tidy
from load.lock import writer_lock


@dataclass(frozen=True, slots=True)
class Compacted:
    """Size of the private file before and after, in bytes; equal if too little of it was free to rewrite it."""

    before: int
    after: int


def compact(config: WarehouseConfig, *, on_wait: Callable[[str], None] | None = None) -> Compacted:
    """Rewrite the private file if at least the share ``compact_from`` of it is free; tidy the files of a lake.

    Raises WarehouseBusy or DiskFull."""
    with writer_lock(config, owner="compact", on_wait=on_wait), plain_errors(config):
        if config.url:
            return _compact_lake(config)
        target = temporary(config.path)
        remove_database(target)
        with private(config) as con:
            con.execute("checkpoint")
            before = config.path.stat().st_size
            if config.compact_from is None or _free_share(con) < config.compact_from:
                return Compacted(before, before)
            _copy(con, target)
        fault("compact.before_rename")
        if config.path.with_name(config.path.name + ".wal").exists():
            # If closing failed to merge the log into the file, the log would be applied to the new file.
            remove_database(target)
            return Compacted(before, before)
        os.replace(target, config.path)
        flush(config.path.parent)
        fault("compact.after_rename")
        return Compacted(before, config.path.stat().st_size)


def _compact_lake(config: WarehouseConfig) -> Compacted:
    with private(config) as con:
        before = lake_bytes(con)
        tidy(con)
        return Compacted(before, lake_bytes(con))


def _free_share(con: Connection) -> float:
    row = con.execute(
        "select free_blocks / nullif(total_blocks, 0) from pragma_database_size()"
        " where database_name = current_database()"
    ).fetchone()
    return float(row[0] or 0) if row else 0.0


def _copy(con: Connection, target: Path) -> None:
    name = con.execute("select current_database()").fetchone()
    con.execute(attach_file(target, "compacted"))
    try:
        con.execute(f'copy from database "{name[0] if name else ""}" to compacted')
        con.execute("checkpoint compacted")
    finally:
        con.execute("detach compacted")
    flush(target)
