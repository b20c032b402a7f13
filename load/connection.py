"""Connections: one writer to the private file, any number of readers of the published copy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from load.config import ALIAS, WarehouseConfig
from load.errors import MORE_MEMORY, OUT_OF_MEMORY, DiskFull, NotPublished, WarehouseBusy, WarehouseError
from load.files import attach_file
from load.lake import open_lake
from load.lock import POLL_S, writer_lock
from load.migrate import migrate

Connection = duckdb.DuckDBPyConnection

# To close works the log into the file, with as much of it in memory as is allowed; it takes no longer with this.
CLOSING_MEMORY = "128MB"


@contextmanager
def writer(
    config: WarehouseConfig, *, owner: str, on_wait: Callable[[str], None] | None = None
) -> Iterator[Connection]:
    """Hold the warehouse for writing: lock it, open the private file, bring its tables up to date.

    Raises WarehouseBusy, WarehouseVersion or DiskFull. What was not committed when the block ends is rolled back.
    """
    with writer_lock(config, owner=owner, on_wait=on_wait), private(config) as connection:
        # A batch is too small to be shared out: with two threads it takes a third more of the processor, and longer.
        connection.execute("set threads = 1")
        yield connection
        connection.execute(f"set memory_limit = '{CLOSING_MEMORY}'")


@contextmanager
def private(config: WarehouseConfig) -> Iterator[Connection]:
    """Open the private file and migrate it; the caller holds the writer lock."""
    with plain_errors(config):
        connection = _open_private(config)
        try:
            migrate(connection, config.url or str(config.path))
            yield connection
        finally:
            connection.close()


def _open_private(config: WarehouseConfig) -> Connection:
    if config.url:
        return in_utc(open_lake(config))
    deadline = time.monotonic() + config.lock_wait_s
    while True:
        try:
            return in_utc(_open_file(config))
        except duckdb.IOException as error:
            if "lock on file" not in str(error):
                raise
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"Another program has {config.path} open.",
                    hint=f"Close it there, and open the published copy instead: {config.published}",
                ) from None
            time.sleep(POLL_S)


def _open_file(config: WarehouseConfig) -> Connection:
    connection = duckdb.connect(":memory:", config=config.duckdb_settings())
    try:
        connection.execute(attach_file(config.path.absolute(), ALIAS))
        connection.execute(f"use {ALIAS}")
    except BaseException:
        connection.close()
        raise
    return connection


def in_utc(connection: Connection) -> Connection:
    """Make days of times be days in UTC, whatever zone the machine is in."""
    connection.execute("set TimeZone = 'UTC'")
    return connection


@contextmanager
def plain_errors(config: WarehouseConfig) -> Iterator[None]:
    """Turn DuckDB's words on a full disk or a foreign file into ours."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        message = str(error)
        if "No space left" in message or "not enough disk space" in message.lower():
            raise DiskFull(
                f"The disk that holds {config.path.parent} is full; the unfinished batch was rolled back.",
                hint="Make room and run the same command again: it goes on where it stopped.",
            ) from error
        if message.startswith(OUT_OF_MEMORY):
            raise WarehouseError(
                f"DuckDB did not come out with the {config.memory_limit} that it may use; the batch was rolled back.",
                hint=MORE_MEMORY,
            ) from error
        if "not a valid DuckDB database file" in message:
            raise WarehouseError(
                f"{config.path} is not a DuckDB file.",
                hint="Check warehouse.path in the settings, or move that file away.",
            ) from error
        raise


@contextmanager
def reader(config: WarehouseConfig) -> Iterator[Connection]:
    """Open the published copy, read-only. Raises NotPublished when there is none yet."""
    if not config.published.exists():
        raise NotPublished(
            f"Nothing has been published yet: {config.published} does not exist.",
            hint="Run `newsledger ingest`, or `newsledger build` if pages were loaded before.",
        )
    connection = in_utc(duckdb.connect(str(config.published), read_only=True))
    try:
        yield connection
    finally:
        connection.close()
