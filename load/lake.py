"""A warehouse on DuckLake: the catalog in SQLite or PostgreSQL, the rows as Parquet files in a folder or in S3.

Tables, merges and models are the same as for a file. This module has the differences: which extensions are needed and
where they come from, how the catalog is attached, and how writers are serialised: with a catalog in SQLite, which is
for one machine, by the lock file; in PostgreSQL by an advisory lock, which ends with its session.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import duckdb

from load.config import ALIAS, WarehouseConfig
from load.errors import WarehouseBusy, WarehouseError
from load.schema import quoted

SCANNERS = {"sqlite": "sqlite_scanner", "postgres": "postgres_scanner"}
# The two keys of the advisory lock: "news" in ASCII, and 1 for the single writer.
LOCK = (0x6E657773, 1)
POLL_S = 0.2
GET_EXTRA = "pip install 'newsledger[ducklake]'"


class LakeError(WarehouseError):
    """DuckLake cannot be used: an extension is missing or has another version, or the catalog does not answer."""


def catalog_kind(url: str) -> Literal["sqlite", "postgres"]:
    """Return the kind of database of the catalog ``ducklake:KIND:...``."""
    return "postgres" if url.split(":", 2)[1] == "postgres" else "sqlite"


def catalog_place(url: str) -> str:
    """Return the catalog's file (SQLite) or its connection string (PostgreSQL)."""
    return url.split(":", 2)[2]


def extensions(config: WarehouseConfig) -> tuple[str, ...]:
    """Name DuckDB's extensions that this lake needs."""
    assert config.url is not None
    needed = ("ducklake", SCANNERS[catalog_kind(config.url)])
    # Without a folder, the catalog knows where the files are; that may be an object store.
    unsaid = config.data_path is None and _packaged("httpfs") is not None
    return (*needed, "httpfs") if is_in_store(config.data_path) or unsaid else needed


def is_in_store(data_path: Path | str | None) -> bool:
    """Return whether a lake's Parquet files are in an object store."""
    return isinstance(data_path, str) and "://" in data_path


def store_settings() -> dict[str, str | bool]:
    """Settings with which DuckDB finds your own S3-compatible server, from ``AWS_ENDPOINT_URL``.

    DuckDB's extension reads keys and region from the environment itself.
    """
    address = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
    if not address.netloc:
        return {}
    return {
        "s3_endpoint": address.netloc + address.path.rstrip("/"),
        "s3_use_ssl": address.scheme != "http",
        "s3_url_style": "path",
    }


def open_lake(config: WarehouseConfig) -> duckdb.DuckDBPyConnection:
    """Open a connection whose current database is the lake. Raises LakeError."""
    assert config.url is not None
    config.build_dir.mkdir(parents=True, exist_ok=True)
    if catalog_kind(config.url) == "sqlite":
        Path(catalog_place(config.url)).parent.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(":memory:", config=config.duckdb_settings())
    try:
        load_extensions(con, config)
        con.execute(attach_statement(config))
        con.execute(f"use {ALIAS}")
    except duckdb.Error as error:
        con.close()
        raise LakeError(
            f"The lake {describe(config.url)} cannot be opened: {' '.join(str(error).split())[:300]}",
            hint="Check url and data_path in [warehouse] of the settings, and that the catalog's server answers.",
        ) from error
    except BaseException:
        con.close()
        raise
    return con


def attach_statement(config: WarehouseConfig, alias: str = ALIAS) -> str:
    """Return the statement that attaches the lake; without a folder, the catalog knows where the files are."""
    options = f" (data_path {quoted(str(config.data_path))})" if config.data_path else ""
    return f"attach {quoted(config.url or '')} as {alias}{options}"


def describe(url: str) -> str:
    """Return the lake's address without its password."""
    shown = [part for part in url.split() if not part.startswith("password=")]
    return " ".join(shown)


def load_extensions(con: duckdb.DuckDBPyConnection, config: WarehouseConfig) -> None:
    """Load the extensions that the lake needs, from the packages if they are installed. Raises LakeError."""
    needed = extensions(config)
    for name in needed:
        file = _packaged(name)
        try:
            _load(con, name, quoted(str(file)) if file else name)
        except duckdb.Error as error:
            raise LakeError(
                f"DuckDB {duckdb.__version__} cannot load its extension {name}: {str(error).splitlines()[0]}",
                hint=f"{_extra(name)}, or let this machine reach DuckDB's extension repository once.",
            ) from error
    if "httpfs" in needed:
        for key, value in store_settings().items():
            con.execute(f"set {key} = {quoted(str(value))}")


def _extra(extension: str) -> str:
    return "pip install 'newsledger[s3]'" if extension == "httpfs" else GET_EXTRA


def _load(con: duckdb.DuckDBPyConnection, name: str, place: str) -> None:
    """Load an extension, installed from its place if it is not there whole.

    What is installed is told by loading it: DuckDB lists as installed what a killed installation left.
    """
    try:
        con.execute(f"load {name}")
    except duckdb.Error:
        con.execute(f"force install {place}")
        con.execute(f"load {name}")


def _packaged(name: str) -> Path | None:
    """Return the extension's file from its package; None if the package is not installed.

    Raises LakeError if the versions of package and DuckDB differ, for which DuckDB itself has no clear message.
    """
    package = f"duckdb-extension-{name.replace('_', '-')}"
    try:
        found = version(package)
    except PackageNotFoundError:
        return None
    if found != duckdb.__version__:
        raise LakeError(
            f"The package {package} is {found}, but DuckDB is {duckdb.__version__}: they must be the same.",
            hint=f"pip install '{package}=={duckdb.__version__}'",
        )
    folder = files(f"duckdb_extension_{name}").joinpath("extensions", f"v{found}")
    return Path(str(folder.joinpath(f"{name}.duckdb_extension")))


def tidy(con: duckdb.DuckDBPyConnection) -> None:
    """Merge the small files that batches leave, and remove files that no snapshot of the tables uses any more."""
    con.execute(f"call ducklake_expire_snapshots('{ALIAS}', older_than => now())")
    con.execute(f"call ducklake_merge_adjacent_files('{ALIAS}')")
    con.execute(f"call ducklake_rewrite_data_files('{ALIAS}')")
    con.execute(f"call ducklake_expire_snapshots('{ALIAS}', older_than => now())")
    con.execute(f"call ducklake_cleanup_old_files('{ALIAS}', cleanup_all => true)")


def lake_bytes(con: duckdb.DuckDBPyConnection) -> int:
    """Return the total size of the current Parquet files of all tables, in bytes."""
    row = con.execute(
        "select sum(file_size_bytes + coalesce(delete_file_size_bytes, 0)) from ducklake_table_info(?)", [ALIAS]
    ).fetchone()
    return int(row[0] or 0) if row else 0


@contextmanager
def catalog_lock(config: WarehouseConfig, owner: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the writer's advisory lock of a PostgreSQL catalog. Raises WarehouseBusy or LakeError."""
    with _session(config, owner) as session:
        _wait_for(session, config, tell)
        yield


@contextmanager
def _session(config: WarehouseConfig, owner: str) -> Iterator[Any]:
    try:
        import psycopg
    except ImportError:
        raise LakeError("psycopg, which talks to the catalog's PostgreSQL, is not installed.", hint=GET_EXTRA) from None
    assert config.url is not None
    try:
        with psycopg.connect(
            catalog_place(config.url), autocommit=True, application_name=f"newsledger {owner}", connect_timeout=10
        ) as session:
            yield session
    except psycopg.OperationalError as error:
        raise LakeError(
            f"The catalog of {describe(config.url)} does not answer: {str(error).splitlines()[0]}",
            hint="Check that PostgreSQL runs there, and url in [warehouse] of the settings.",
        ) from error


def _wait_for(session: Any, config: WarehouseConfig, tell: Callable[[str], None]) -> None:
    deadline = time.monotonic() + config.lock_wait_s
    told = False
    while not session.execute("select pg_try_advisory_lock(%s, %s)", LOCK).fetchone()[0]:
        if time.monotonic() >= deadline:
            raise WarehouseBusy(
                f"The lake {describe(config.url or '')} is being written by another run; "
                f"waited {config.lock_wait_s:g} s.",
                hint="Try again when it has finished, or raise warehouse.lock_wait_s. Readers are not affected.",
            )
        if not told:
            tell(f"Waiting for the lake, which another run is writing (up to {config.lock_wait_s:g} s).")
            told = True
        time.sleep(POLL_S)
