"""Publication: a read-only copy, renamed into place as a whole, with Parquet files and a search index next to it.

Readers never conflict with the writer: they open the public file, and keep it open when a new one replaces it.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from load.config import WarehouseConfig
from load.connection import plain_errors, private
from load.errors import WarehouseError
from load.export import export_parquet, remove_old_exports, swap_folder
from load.faults import fault
from load.files import attach_file, flush, remove_database, temporary
from load.lock import writer_lock
from load.schema import published_build
from load.search_index import is_sound, update_search

# Tables that only the writer needs.
PRIVATE = (
    "sketches",
    "story_pairs",
    "stories",
    "changed_days",
    "forgetting",
    "builds",
    "built_days",
    "user_synonyms",
    "user_entities",
    "claim_profiles",
    "claim_keys",
    "migrations",
)
PUBLIC_SCHEMAS = ("main", "intermediate")


@dataclass(frozen=True, slots=True)
class Published:
    """What was published; ``is_new`` is false if the public copy already was of the last successful build."""

    path: Path
    built_at: datetime
    is_new: bool
    bytes: int
    tables: int
    seconds: float


def publish(
    config: WarehouseConfig,
    now: datetime,
    *,
    on_wait: Callable[[str], None] | None = None,
    afresh: bool = False,
) -> Published:
    """Publish the last build if its tests passed. Raises WarehouseError if there is no successful build to publish.

    With ``afresh``, everything is rewritten and nothing is reused from the previous publication.
    """
    started = time.perf_counter()
    with writer_lock(config, owner="publish", on_wait=on_wait), plain_errors(config):
        remove_leftovers(config)
        with private(config) as con:
            built_at = _good_build(con)
            is_new = afresh or not _is_published(config, built_at)
            tables = _write_copy(con, config, now, built_at, afresh) if is_new else 0
    size = config.published.stat().st_size
    return Published(config.published, built_at, is_new, size, tables, time.perf_counter() - started)


def _good_build(con: duckdb.DuckDBPyConnection) -> datetime:
    last = con.execute("select built_at, passed from builds order by built_at desc limit 1").fetchone()
    if last is None or not last[1]:
        raise WarehouseError(
            "There is no build to publish." if last is None else "The last build failed, so it is not published.",
            hint="Run `newsledger build`; it says what fails.",
        )
    return last[0]  # type: ignore[no-any-return]


def _is_published(config: WarehouseConfig, built_at: datetime) -> bool:
    if not config.published.exists():
        return False
    try:
        with duckdb.connect(str(config.published), read_only=True) as con:
            row = con.execute("select built_at from newsledger_build").fetchone()
    except duckdb.Error:
        return False
    is_whole = (config.parquet is None or config.parquet.exists()) and is_sound(config.search)
    return row is not None and row[0] == built_at and is_whole


def _write_copy(
    con: duckdb.DuckDBPyConnection, config: WarehouseConfig, now: datetime, built_at: datetime, afresh: bool
) -> int:
    """Write all parts under temporary names, then rename them; the file that readers open comes last."""
    config.published.parent.mkdir(parents=True, exist_ok=True)
    target = temporary(config.published)
    tables = _copy_tables(con, config, target, now, built_at)
    fault("publish.after_copy")
    folder = export_parquet(con, config.parquet, built_at) if config.parquet else None
    current = None if afresh else config.search
    search = update_search(con, built_at, current, temporary(config.search))
    fault("publish.before_rename")
    # Read-only for everybody, so that no program opens it for writing by mistake and locks out the readers.
    target.chmod(0o444)
    flush(target)
    _keep_old(config)
    if folder and config.parquet:
        swap_folder(config.parquet, folder)
    os.replace(search, config.search)
    fault("publish.between_renames")
    os.replace(target, config.published)
    flush(config.published.parent)
    fault("publish.after_rename")
    return tables


def _copy_tables(
    con: duckdb.DuckDBPyConnection, config: WarehouseConfig, target: Path, now: datetime, built_at: datetime
) -> int:
    if not config.url:
        # Copies the file itself, whose tables are already compressed: inserting the rows takes ten times as long.
        # `maintain` removes free space.
        con.execute("checkpoint")
        shutil.copyfile(config.path, target)
    con.execute(attach_file(target, "public_copy"))
    try:
        if config.url:
            _copy_lake(con)
        _drop_private(con)
        _describe_build(con, now, built_at)
        row = con.execute("select count(*) from duckdb_tables() where database_name = 'public_copy'").fetchone()
    finally:
        con.execute("detach public_copy")
    return row[0] - 1 if row else 0


def _copy_lake(con: duckdb.DuckDBPyConnection) -> None:
    database = con.execute("select current_database()").fetchone()
    con.execute(f'copy from database "{database[0] if database else ""}" to public_copy (schema)')
    con.execute("set preserve_insertion_order = false")
    try:
        for schema, table in _tables(con):
            if not _is_private(schema, table):
                con.execute(f'insert into public_copy."{schema}"."{table}" from "{schema}"."{table}"')
    finally:
        con.execute("set preserve_insertion_order = true")


def _drop_private(con: duckdb.DuckDBPyConnection) -> None:
    for schema in ("staging", "built"):
        con.execute(f"drop schema if exists public_copy.{schema} cascade")
    for schema, table in _tables(con, "public_copy"):
        if _is_private(schema, table):
            con.execute(f'drop table public_copy."{schema}"."{table}"')


def _tables(con: duckdb.DuckDBPyConnection, database: str | None = None) -> list[tuple[str, str]]:
    return con.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = coalesce(?, current_database())",
        [database],
    ).fetchall()


def _is_private(schema: str, table: str) -> bool:
    return schema not in PUBLIC_SCHEMAS or table in PRIVATE


def _describe_build(con: duckdb.DuckDBPyConnection, now: datetime, built_at: datetime) -> None:
    con.execute(published_build("public_copy.main.").ddl())
    con.execute(
        "insert into public_copy.main.newsledger_build select ?, ?, ?, max(extractor_version) from articles",
        [version("newsledger"), built_at, now],
    )
    # Their result is not known yet, and the copy would show them as running forever.
    con.execute("delete from public_copy.main.runs where state = 'running'")


def _keep_old(config: WarehouseConfig) -> None:
    """Keep the copy that is being replaced under its build time, and as many older ones as the settings say."""
    if not config.published.exists():
        return
    stem = config.published.stem
    if config.keep_published:
        stamp = datetime.fromtimestamp(config.published.stat().st_mtime).astimezone().strftime("%Y%m%dT%H%M%S%f")
        kept = config.published.with_name(f"{stem}.{stamp}.duckdb")
        if not kept.exists():
            os.link(config.published, kept)
    old = [path for path in sorted(config.published.parent.glob(f"{stem}.*T*.duckdb")) if _is_kept_copy(path, stem)]
    for path in old[: max(0, len(old) - config.keep_published)]:
        path.unlink()


def remove_old(config: WarehouseConfig) -> None:
    """Remove all earlier copies and exports, including those that are kept."""
    for path in config.published.parent.glob(f"{config.published.stem}.*T*.duckdb"):
        if _is_kept_copy(path, config.published.stem):
            path.unlink()
    if config.parquet:
        remove_old_exports(config.parquet)


def _is_kept_copy(path: Path, stem: str) -> bool:
    """Return whether a file is one of our kept copies, judged by the time in its name and the build in the file."""
    if not re.fullmatch(rf"{re.escape(stem)}\.\d{{8}}T\d{{12}}\.duckdb", path.name) or path.is_symlink():
        return False
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            con.execute("select built_at from newsledger_build")
    except duckdb.Error:
        return False
    return True


def remove_leftovers(config: WarehouseConfig) -> None:
    """Remove files that a killed publication or compaction left behind; the caller holds the writer lock."""
    for path in (config.published, config.search, config.path):
        remove_database(temporary(path))
