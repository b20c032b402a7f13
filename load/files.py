"""Files that are written under a temporary name and renamed into place."""

from __future__ import annotations

import os
from pathlib import Path

from load.schema import quoted

# Rows per DuckDB row group. A checkpoint merges the small groups that batches leave, in memory: with the default of
# 122,880 rows, loading 100,000 articles used up to 850 MB because of their texts.
ROW_GROUP = 8_192


def attach_file(path: Path, alias: str, *, read_only: bool = False) -> str:
    """Return the statement that attaches a DuckDB file; every connection that may write uses it."""
    options = "read_only" if read_only else f"row_group_size {ROW_GROUP}"
    return f"attach {quoted(str(path))} as {alias} ({options})"


def temporary(path: Path) -> Path:
    """Return the temporary file next to ``path`` that is written first."""
    return path.with_name(f".{path.name}.new")


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file atomically: a reader sees either the old one or the new one, never a partial file.

    This also holds in a power cut: the new file is flushed to disk before it is renamed.
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
    """Flush a file's contents, or a folder's entries, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
