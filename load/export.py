"""The Parquet export: one folder per table, partitioned by month. The public name is a link to the current export.

Files of months in which nothing was built since the previous export are hard links to its files: files are never
modified, and removing one export does not affect the other.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from load.built import days_built_since
from load.dictionary import describe_folder
from load.errors import WarehouseError
from load.files import flush, temporary
from load.schema import quoted

# The exported tables, with the column that gives the month; rows of a publication day change only when it is built.
BY_NEWS_DATE = "news_date"
EXPORTED = {
    "claims": BY_NEWS_DATE,
    "claim_timeline": BY_NEWS_DATE,
    "claim_revisions": BY_NEWS_DATE,
    "source_reliance": BY_NEWS_DATE,
    "coverage": BY_NEWS_DATE,
    "mentions_daily": BY_NEWS_DATE,
    "claim_disagreements": "as_of_start",
    "pipeline_health": "fetched_date",
}
DICTIONARY = "datapackage.json"
STAMP = "%Y%m%dT%H%M%S%f"


def export_parquet(con: duckdb.DuckDBPyConnection, parquet: Path, built_at: datetime) -> Path:
    """Write the export of a build, and return its folder; ``parquet``, the public name, is not changed."""
    folder = parquet.with_name(f"{parquet.name}.{built_at.astimezone(UTC):{STAMP}}")
    former = parquet.resolve() if parquet.is_symlink() else None
    if former == folder.resolve() and folder.is_dir():
        # A publication that was killed had already made it public.
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    days = days_built_since(con, _built_at(parquet, former)) if former and former.is_dir() else None
    months = None if days is None else {f"{day:%Y-%m}" for day in days}
    for table, day in EXPORTED.items():
        unchanged = former / table if former and months is not None and day == BY_NEWS_DATE else None
        _export_table(con, table, day, folder / table, unchanged, months)
    describe_folder(folder)
    return folder


def _export_table(
    con: duckdb.DuckDBPyConnection, table: str, day: str, folder: Path, former: Path | None, months: set[str] | None
) -> None:
    """Write a table's folder: these months anew, the others from the previous export; without one, all months."""
    folder.mkdir(parents=True)
    if former is None or months is None or not former.is_dir():
        _write(con, table, day, folder)
    else:
        _link_months(former, folder, months)
        _write(con, table, day, folder, months)
    if not any(folder.iterdir()):
        # A folder without files has no schema, so readers fail on it; a missing folder is easier to handle.
        folder.rmdir()


def _built_at(parquet: Path, folder: Path | None) -> datetime | None:
    """Read the build time from a folder's name; None if it is not the name of an export."""
    try:
        return datetime.strptime(folder.name if folder else "", f"{parquet.name}.{STAMP}").replace(tzinfo=UTC)
    except ValueError:
        return None


def _write(con: duckdb.DuckDBPyConnection, table: str, day: str, folder: Path, months: set[str] | None = None) -> None:
    """Write a table's months, by default all of them, and flush them to disk.

    Months are written one after the other: DuckDB would hold all months in memory to partition them.
    """
    of_month = f"strftime({day}, '%Y-%m')"
    found = con.execute(f"select distinct {of_month} from {table} where {day} is not null order by 1").fetchall()
    for (month,) in found:
        if months is None or month in months:
            file = folder / f"month={month}" / "data_0.parquet"
            file.parent.mkdir()
            # Selected by row number, so that DuckDB reads the other columns of these rows only.
            con.execute(
                f"copy (from {table} where rowid in (select rowid from {table} where {of_month} = {quoted(month)}))"
                f" to {quoted(str(file))} (format parquet, compression zstd)"
            )
            flush(file)
            flush(file.parent)


def _link_months(former: Path, folder: Path, changed: set[str]) -> None:
    """Link the files of unchanged months; copy them if the file system has no hard links."""
    for month in former.iterdir():
        if month.name.removeprefix("month=") not in changed:
            shutil.copytree(month, folder / month.name, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def swap_folder(parquet: Path, folder: Path) -> None:
    """Point the public name at the new folder. A link can be replaced atomically, a folder cannot."""
    if parquet.exists() and not parquet.is_symlink():
        raise WarehouseError(
            f"{parquet} is a folder of its own, not a link to an export.",
            hint="Move it away, or name another folder in warehouse.parquet.",
        )
    before = parquet.resolve() if parquet.is_symlink() else None
    if before == folder.resolve():
        return
    link = temporary(parquet)
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name, target_is_directory=True)
    os.replace(link, parquet)
    # The previous export stays for programs that are reading it; older ones are removed.
    for old in parquet.parent.glob(f"{parquet.name}.*T*"):
        if old.resolve() not in (before, folder.resolve()) and _is_export(parquet, old):
            shutil.rmtree(old, ignore_errors=True)


def remove_old_exports(parquet: Path) -> None:
    """Remove the exports before the public one."""
    for old in parquet.parent.glob(f"{parquet.name}.*T*"):
        if old.resolve() != parquet.resolve() and _is_export(parquet, old):
            shutil.rmtree(old, ignore_errors=True)


def _is_export(parquet: Path, folder: Path) -> bool:
    """Return whether a folder is one of our exports, judged by the time in its name and by its contents."""
    built_at = _built_at(parquet, folder)
    # Compared with our own format, because strptime also accepts fewer digits.
    if built_at is None or folder.name != f"{parquet.name}.{built_at:{STAMP}}" or folder.is_symlink():
        return False
    return all(_is_ours(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def _is_ours(file: Path) -> bool:
    """Return whether an export writes such a file: the data dictionary, or a month of a table."""
    is_month = len(file.parts) == 3 and file.parts[0] in EXPORTED and file.name == "data_0.parquet"
    return is_month or file == Path(DICTIONARY)
