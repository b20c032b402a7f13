"""Connections: one writer to the private file, any number of readers of the published copy."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from load.config import ALIAS, WarehouseConfig
from load.errors import (
    DAMAGED,
    MORE_MEMORY,
    OUT_OF_MEMORY,
    BuildFailed,
    DiskFull,
    NotPublished,
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseError,
    is_disk_full,
)
from load.files import attach_file
from load.lake import LakeError, open_lake
from load.lock import POLL_S, describe_holder, held_for, kept_from_writers, writer_lock
from load.migrate import applied, available, migrate, refuse_newer

# A merge has the file open for a moment, a build for minutes: a writer that has had it longer is not waited for
# (seconds).
LOOK_PATIENCE_S = 0.5

Connection = duckdb.DuckDBPyConnection
# A list of strings, bound as one JSON value: without pandas, DuckDB takes 0.2 ms for each item of a bound list.
LISTED = """from_json(?, '["varchar"]')"""

# Memory limit while closing, when DuckDB merges the log into the file: it uses all it may, but is not faster with more.
CLOSING_MEMORY = "128MB"


@contextmanager
def writer(
    config: WarehouseConfig, *, owner: str, on_wait: Callable[[str], None] | None = None
) -> Iterator[Connection]:
    """Open the warehouse for writing: lock it, open the private file and migrate its tables.

    Raises WarehouseBusy, WarehouseVersion or DiskFull. Changes that are not committed when the block ends are rolled
    back.
    """
    with writer_lock(config, owner=owner, on_wait=on_wait), private(config) as connection:
        # A batch is too small to parallelise: two threads take a third more processor time, and longer overall.
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
            if not _is_locked(error):
                raise
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"Another program has {config.path} open.",
                    hint=f"Close it there, and open the published copy instead: {config.published}",
                ) from None
            time.sleep(POLL_S)


def _open_file(config: WarehouseConfig, *, read_only: bool = False) -> Connection:
    connection = duckdb.connect(":memory:", config=config.duckdb_settings())
    try:
        connection.execute(attach_file(config.path.absolute(), ALIAS, read_only=read_only))
        connection.execute(f"use {ALIAS}")
    except BaseException:
        connection.close()
        raise
    return connection


def in_utc(connection: Connection) -> Connection:
    """Convert times to days in UTC, whatever the machine's time zone is."""
    connection.execute("set TimeZone = 'UTC'")
    return connection


@dataclass(frozen=True, slots=True)
class View:
    """What a read-only command sees: the private database or, while a writer has it open, a substitute.

    ``busy`` names the writer if ``connection`` is therefore to the published copy (or to an empty database if nothing
    has been published yet); ``as_of`` is when that copy was published.
    """

    connection: Connection
    busy: str | None = None
    as_of: datetime | None = None


@contextmanager
def looking(config: WarehouseConfig, *, patience_s: float | None = None) -> Iterator[View]:
    """Open the private database for reading: without the writer's lock, without writing, and without a long wait.

    Waits up to ``patience_s`` for a writer; by default for as long as a merge may take, from when that writer started.
    Raises WarehouseError if neither the database nor the copy can be read.
    """
    with plain_errors(config), ExitStack() as held:
        view = _view(config, patience_s, held)
        try:
            yield view
        finally:
            view.connection.close()


def _view(config: WarehouseConfig, patience_s: float | None, held: ExitStack) -> View:
    if not config.url and not config.path.exists():
        return View(_empty_record())
    began = time.monotonic()
    while True:
        connection = _record_to_look_at(config, held)
        if connection is not None:
            return View(connection)
        waited = time.monotonic() - began
        if (max(waited, held_for(config)) >= LOOK_PATIENCE_S) if patience_s is None else (waited >= patience_s):
            break
        time.sleep(POLL_S)
    busy = describe_holder(config)
    if not config.published.exists():
        return View(_empty_record(), busy)
    connection = in_utc(duckdb.connect(str(config.published), read_only=True))
    # The published copy does not have the list of days to build.
    connection.execute("create temp table changed_days (news_date date)")
    return View(connection, busy, datetime.fromtimestamp(config.published.stat().st_mtime, UTC))


def _record_to_look_at(config: WarehouseConfig, held: ExitStack) -> Connection | None:
    """Open the migrated database, and block writers while ``held`` is open; None while another process writes to it."""
    with ExitStack() as attempt:
        if not config.url and not attempt.enter_context(kept_from_writers(config)):
            return None
        try:
            connection = _open_record(config)
        except (duckdb.IOException, LakeError) as error:
            if _is_locked(error):
                return None
            raise
        if connection is not None:
            held.enter_context(attempt.pop_all())
            return connection
    # Once after an upgrade: the query may need tables or columns that the migration adds.
    with writer(config, owner="migration"):
        pass
    return _record_to_look_at(config, held)


def _open_record(config: WarehouseConfig) -> Connection | None:
    """Open the private database for reading; None if it has to be migrated first."""
    connection = in_utc(open_lake(config) if config.url else _open_file(config, read_only=True))
    try:
        done, steps = applied(connection), available()
        if done < steps[-1].number:
            connection.close()
            return None
        refuse_newer(done, config.url or str(config.path))
    except BaseException:
        connection.close()
        raise
    return connection


def _is_locked(error: Exception) -> bool:
    # The wording of DuckDB for its own file, and of SQLite for a lake's catalog.
    return "lock on file" in str(error) or "is locked" in str(error)


def _empty_record() -> Connection:
    connection = in_utc(duckdb.connect(":memory:"))
    migrate(connection, ":memory:")
    return connection


@contextmanager
def plain_errors(config: WarehouseConfig) -> Iterator[None]:
    """Translate library errors about a full disk, a foreign file or a damaged file into our exceptions."""
    try:
        yield
    except (duckdb.Error, sqlite3.Error, OSError, BuildFailed) as error:
        message = str(error)
        if is_disk_full(error):
            raise DiskFull(
                f"The disk that holds {config.path.parent} is full; the unfinished batch was rolled back.",
                hint="Free some space and run the same command again: it resumes where it stopped.",
            ) from error
        if message.startswith(OUT_OF_MEMORY):
            raise WarehouseError(
                f"DuckDB needs more memory than its limit of {config.memory_limit}; the batch was rolled back.",
                hint=MORE_MEMORY,
            ) from error
        if config.path.is_dir():
            raise WarehouseError(
                f"{config.path} is a folder; the warehouse is a file.", hint="Correct warehouse.path in the settings."
            ) from error
        if "not a valid DuckDB database file" in message:
            raise WarehouseError(
                f"{config.path} is not a DuckDB file.",
                hint="Check warehouse.path in the settings, or move that file away.",
            ) from error
        if isinstance(error, duckdb.Error) and DAMAGED.search(message):
            raise WarehouseDamaged(
                f"{config.path} is damaged: {message.splitlines()[0]}",
                hint="Move it and its .wal file away and run: newsledger maintain   (it is rebuilt from the archive)",
            ) from error
        raise


@contextmanager
def reader(config: WarehouseConfig) -> Iterator[Connection]:
    """Open the published copy, read-only. Raises NotPublished if there is none yet."""
    if not config.published.exists():
        raise NotPublished(
            f"Nothing has been published yet: {config.published} does not exist.",
            hint="Run `newsledger ingest`, or `newsledger build` if pages were loaded before.",
        )
    try:
        connection = in_utc(duckdb.connect(str(config.published), read_only=True))
    except duckdb.Error as error:
        raise _unreadable(config, error) from error
    try:
        yield connection
    finally:
        connection.close()


def _unreadable(config: WarehouseConfig, error: duckdb.Error) -> WarehouseError:
    why = str(error).splitlines()[0]
    if _is_locked(error):
        return WarehouseBusy(
            f"Another program has opened {config.published} for writing.",
            hint="Close it there; programs that only read should open it read-only.",
        )
    if config.published.is_dir():
        return WarehouseError(f"{config.published} is a folder.", hint="Correct warehouse.published in the settings.")
    return WarehouseError(
        f"The published copy {config.published} cannot be read: {why}",
        hint="Delete it and run: newsledger build   (the record is another file and is not affected)",
    )
