"""Files that are written under a temporary name and renamed into place."""

from __future__ import annotations

import os
from pathlib import Path

from load.schema import quoted

# Rows that DuckDB keeps together. When it works its log into the file it joins the small groups that batches leave, in
# memory: with its own 122,880, that of loading grew to 850 MB at 100,000 articles, for their texts.
ROW_GROUP = 8_192


def attach_file(path: Path, alias: str, *, read_only: bool = False) -> str:
    """Write the statement that attaches a DuckDB file; whoever may write to one opens it by this."""
    options = "read_only" if read_only else f"row_group_size {ROW_GROUP}"
    return f"attach {quoted(str(path))} as {alias} ({options})"


def temporary(path: Path) -> Path:
    """Name the file beside ``path`` that is written first."""
    return path.with_name(f".{path.name}.new")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever reads it has the old one or the new one, never half of either.

    This holds across a power cut too: the new file is on the disk before it takes the name.
    """
    draft = temporary(path)
    draft.write_bytes(data)
    flush(draft)
    draft.replace(path)
    flush(path.parent)


def remove_database(path: Path) -> None:
    """Remove a database file that a killed writer left, with its log or journal."""
    for leftover in (path, path.with_name(path.name + ".wal"), path.with_name(path.name + "-journal")):
        leftover.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have the disk hold what was written to a file, or which names a folder has."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
