"""Keep the archive consistent: find damage, truncate partial records, finish the files of dead processes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extract.archive.members import Damage, parse, walk
from extract.archive.place import ArchivePlace
from extract.archive.read import iter_archive, row_of
from extract.archive.write import TEMPORARY_SUFFIX
from extract.locks import take
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


def verify(place: ArchivePlace, known: Mapping[str, Collection[int]] | None = None) -> Iterator[ArchiveProblem]:
    """Read every record of the archive, check the checksums of gzip and WARC, and yield what is damaged.

    ``known`` has the offsets of the ledger's attempts by file. Without it, an archive in which a file is missing, empty
    or truncated between two records looks complete.
    """
    known = known or {}
    files = place.files()
    yield from missing(files, known)
    for file in files:
        try:
            with place.whole(file) as path:
                yield from _problems(path, file, set(known.get(file, ())))
        except OSError as error:
            # A folder or a broken link with such a name, or a failing disk; the other files must still be read.
            yield ArchiveProblem(file, 0, 0, f"the file cannot be read: {error.strerror or error}")


def _problems(path: Path, file: str, lost: set[int]) -> Iterator[ArchiveProblem]:
    """Yield the problems of one file; ``lost`` are the offsets of attempts that must be found in it."""
    for item in walk(path):
        lost.discard(item.start)
        if isinstance(item, Damage):
            lost -= {offset for offset in lost if item.start <= offset < item.end}
            yield ArchiveProblem(file, item.start, item.end, item.what)
        elif problem := _digest_problem(item.data):
            yield ArchiveProblem(file, item.start, item.end, problem)
    if lost:
        what = f"{len(lost)} attempts that the ledger knows are not there; their pages are lost with them"
        yield ArchiveProblem(file, min(lost), max(lost), what)


def missing(files: Collection[str], known: Mapping[str, Collection[int]]) -> Iterator[ArchiveProblem]:
    """Yield the files that the ledger knows and the archive does not have."""
    for file in sorted(set(known) - set(files)):
        what = f"the file is gone; the ledger knows {len(known[file])} attempts in it"
        yield ArchiveProblem(file, 0, max(known[file], default=0), what)


def repair(path: Path) -> int:
    """Truncate a file after its last complete record; return the number of bytes removed.

    Damage before the last complete record stays: the records after it are found by their offsets.
    """
    size = path.stat().st_size
    return _cut(path, max((item.end for item in walk(path) if not isinstance(item, Damage)), default=0), size)


def recover(place: ArchivePlace, known_files: Collection[str]) -> list[Fetch]:
    """Finish the files that dead processes left open; return the rows of archive files that the ledger does not know.

    A file with a temporary name is truncated after its last complete attempt and finished, or removed when it has none.
    Files that a living process is writing are locked, and left alone.
    """
    # No writer leaves a folder or a pipe.
    for path in sorted(path for path in place.working.rglob(f"*{TEMPORARY_SUFFIX}") if path.is_file()):
        _take_in(place, path)
    known = set(known_files)
    return [fetch for file in place.files() if file not in known for fetch in _rows_of(place, file)]


def _rows_of(place: ArchivePlace, file: str) -> list[Fetch]:
    try:
        return list(iter_archive(place, file))
    except OSError:
        # A folder or a broken link with such a name; ``verify`` reports it, and no run must fail because of it.
        return []


def _take_in(place: ArchivePlace, path: Path) -> None:
    with suppress(FileNotFoundError), path.open("r+b") as file:
        # Its writer may be alive, or may have finished it since the listing.
        if not take(file):
            return
        whole = max((item.end for item in walk(path) if not isinstance(item, Damage) and row_of(item)), default=0)
        if not whole:
            path.unlink()
            return
        _cut(path, whole, path.stat().st_size)
        place.finish(path, path.relative_to(place.working).as_posix().removesuffix(TEMPORARY_SUFFIX))


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
