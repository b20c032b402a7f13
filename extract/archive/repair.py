"""Keeping the archive whole: finding damage, cutting torn ends, taking in what a dead process left."""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.archive.members import Damage, parse, walk
from extract.archive.read import archive_paths, iter_archive, row_of
from extract.archive.write import TEMPORARY_SUFFIX
from extract.types import Fetch


@dataclass(frozen=True, slots=True)
class ArchiveProblem:
    """A damaged stretch of an archive file, in bytes of the file."""

    file: str
    start: int
    end: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}, bytes {self.start} to {self.end}: {self.what}"


def verify(root: Path) -> Iterator[ArchiveProblem]:
    """Read every record of the archive and yield what is damaged: checksums of gzip and of WARC are both checked."""
    for file in archive_paths(root):
        for item in walk(root / file):
            if isinstance(item, Damage):
                yield ArchiveProblem(file, item.start, item.end, item.what)
            elif problem := _digest_problem(item.data):
                yield ArchiveProblem(file, item.start, item.end, problem)


def repair(path: Path) -> int:
    """Cut a torn file after its last whole record; return the number of bytes that were cut off.

    Damage before the last whole record stays where it is: the records behind it are found by their offsets.
    """
    size = path.stat().st_size
    return _cut(path, max((item.end for item in walk(path) if not isinstance(item, Damage)), default=0), size)


def recover(root: Path, known_files: Collection[str]) -> list[Fetch]:
    """Return the rows of archive files that no ledger knows, after taking in files that dead processes left open.

    A file left under its temporary name is cut after its last whole attempt and renamed, or removed when it holds none.
    Files that a living process is writing are locked by it and left alone.
    """
    for path in sorted(root.rglob(f"*{TEMPORARY_SUFFIX}")):
        _take_in(path)
    known = set(known_files)
    return [fetch for file in archive_paths(root) if file not in known for fetch in iter_archive(root, file)]


def _take_in(path: Path) -> None:
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        whole = max((item.end for item in walk(path) if not isinstance(item, Damage) and row_of(item)), default=0)
        if not whole:
            path.unlink(missing_ok=True)
            return
        _cut(path, whole, path.stat().st_size)
        path.rename(path.with_name(path.name.removesuffix(TEMPORARY_SUFFIX)))


def _cut(path: Path, end: int, size: int) -> int:
    if end < size:
        with path.open("r+b") as file:
            file.truncate(end)
    return size - end


def _digest_problem(data: bytes) -> str | None:
    try:
        record = parse(data, parse_http=False)
    except ValueError as error:
        return str(error)
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        return "the record is not what its digest says"
    return None
