"""The Parquet export: a folder a table, partitioned by month, under a name of its own; the public name is a link to it.

The files of months in which nothing was built since the export before are the same files, under a second name (a hard
link): nobody writes to a file once it is there, and removing the one export leaves the other whole.
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

# Tables that are exported, with the column that gives the month; rows of a publication day change with its build alone.
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
    """Write the export of a build, and return its folder; ``parquet``, the public name, stays as it is."""
    folder = parquet.with_name(f"{parquet.name}.{built_at.astimezone(UTC):{STAMP}}")
    former = parquet.resolve() if parquet.is_symlink() else None
    if former == folder.resolve() and folder.is_dir():
        # A publication that was killed has made it public already.
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
    """Write a table's folder: these months anew and the others from the former export, or all where there is none."""
    folder.mkdir(parents=True)
    if former is None or months is None or not former.is_dir():
        _write(con, table, day, folder)
    else:
        _link_months(former, folder, months)
        _write(con, table, day, folder, months)
    if not any(folder.iterdir()):
        # Of a folder without files no reader knows the columns; it stops where a missing one can be seen.
        folder.rmdir()


def _built_at(parquet: Path, folder: Path | None) -> datetime | None:
    """Read off a folder's name of which build it is; None where it is none of an export."""
    try:
        return datetime.strptime(folder.name if folder else "", f"{parquet.name}.{STAMP}").replace(tzinfo=UTC)
    except ValueError:
        return None


def _write(con: duckdb.DuckDBPyConnection, table: str, day: str, folder: Path, months: set[str] | None = None) -> None:
    """Write a table's months, all unless told, and have the disk hold them.

    One after the other: where DuckDB parts the rows itself, those of all months lie in memory.
    """
    of_month = f"strftime({day}, '%Y-%m')"
    found = con.execute(f"select distinct {of_month} from {table} where {day} is not null order by 1").fetchall()
    for (month,) in found:
        if months is None or month in months:
            file = folder / f"month={month}" / "data_0.parquet"
            file.parent.mkdir()
            # By row number, so that DuckDB reads the other columns of these rows alone.
            con.execute(
                f"copy (from {table} where rowid in (select rowid from {table} where {of_month} = {quoted(month)}))"
                f" to {quoted(str(file))} (format parquet, compression zstd)"
            )
            flush(file)
            flush(file.parent)


def _link_months(former: Path, folder: Path, changed: set[str]) -> None:
    """Take over the files of the months that did not change; copy them where the file system has no hard links."""
    for month in former.iterdir():
        if month.name.removeprefix("month=") not in changed:
            shutil.copytree(month, folder / month.name, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def swap_folder(parquet: Path, folder: Path) -> None:
    """Point the public name at the new folder. A link can be replaced in one step, a folder cannot."""
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
    # The export before this one stays for those who are reading it; older ones go.
    for old in parquet.parent.glob(f"{parquet.name}.*T*"):
        if old.resolve() not in (before, folder.resolve()) and _is_export(parquet, old):
            shutil.rmtree(old, ignore_errors=True)


def remove_old_exports(parquet: Path) -> None:
    """Remove the exports before the public one."""
    for old in parquet.parent.glob(f"{parquet.name}.*T*"):
        if old.resolve() != parquet.resolve() and _is_export(parquet, old):
            shutil.rmtree(old, ignore_errors=True)


def _is_export(parquet: Path, folder: Path) -> bool:
    """Tell a folder of ours from one that only has a name like it: by its time and by all that is in it."""
    built_at = _built_at(parquet, folder)
    # As we write it: strptime takes fewer digits for a time as well.
    if built_at is None or folder.name != f"{parquet.name}.{built_at:{STAMP}}" or folder.is_symlink():
        return False
    return all(_is_ours(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def _is_ours(file: Path) -> bool:
    """Tell a file that an export writes: the data dictionary, or a month of a table."""
    is_month = len(file.parts) == 3 and file.parts[0] in EXPORTED and file.name == "data_0.parquet"
    return is_month or file == Path(DICTIONARY)
