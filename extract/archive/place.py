"""Where finished archive files are: in a folder, or in an object store that fsspec opens.

Files are always written to a local folder, because object stores cannot append. Finishing a file renames it, or uploads
it to the store and removes the local one. Until then it keeps its temporary name and its lock, so if the process dies,
the next run finishes the file in the same way.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from extract.errors import NewsledgerError, SettingsError

SUFFIX = ".warc.gz"
# Pages are mostly read in the order in which they were written, and a request costs more than its transfer.
BLOCK_BYTES = 1_048_576
KEPT_BLOCKS = 4
EXTRAS = {"s3": "newsledger[s3]", "s3a": "newsledger[s3]"}


class ArchiveStoreError(NewsledgerError):
    """The archive's object store does not answer or denies access; this says nothing about the pages in it."""


class ArchivePlace(Protocol):
    """The location of archive files; their names are relative, with ``/`` between folders."""

    @property
    def working(self) -> Path:
        """The folder in which files are written."""

    def finish(self, temporary: Path, file: str) -> None:
        """Move a complete file from the working folder into the archive, under its final name."""

    def files(self) -> list[str]:
        """List the finished files, oldest first."""

    def part(self, file: str, start: int, end: int) -> bytes:
        """Read bytes ``start`` to ``end`` (exclusive) of a file, fewer at its end.

        Raises OSError when the file cannot be read, ArchiveStoreError when the store cannot be used.
        """

    def whole(self, file: str) -> Any:
        """Return a context manager with a local path at which the file can be read until it is closed."""

    def is_there(self) -> bool:
        """Return whether this machine can access the archive."""


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """An archive in a folder of a file system."""

    working: Path

    def finish(self, temporary: Path, file: str) -> None:
        """Rename the file durably, so that it survives a power failure."""
        path = self.working / file
        temporary.rename(path)
        _sync_folder(path.parent)

    def files(self) -> list[str]:
        """List the finished files, oldest first."""
        return sorted(path.relative_to(self.working).as_posix() for path in self.working.rglob(f"*{SUFFIX}"))

    def part(self, file: str, start: int, end: int) -> bytes:
        """Read bytes ``start`` to ``end`` of a file. Raises OSError."""
        with (self.working / file).open("rb") as opened:
            opened.seek(start)
            return opened.read(end - start)

    @contextmanager
    def whole(self, file: str) -> Iterator[Path]:
        """Yield the file's own path."""
        yield self.working / file

    def is_there(self) -> bool:
        """Return whether the folder exists."""
        return self.working.is_dir()

    def __str__(self) -> str:
        return str(self.working)


@dataclass(frozen=True, slots=True)
class ArchiveStore:
    """An archive below a URL that fsspec opens, such as ``s3://bucket/archive``.

    Keys and endpoint come from the store's usual configuration (for S3: ``AWS_ACCESS_KEY_ID``,
    ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, ``~/.aws``).
    """

    working: Path
    url: str

    def finish(self, temporary: Path, file: str) -> None:
        """Upload the file, then remove the local one; an object is created completely or not at all."""
        with self._opened() as (system, root):
            system.put_file(str(temporary), f"{root}/{file}")
        _block.cache_clear()
        temporary.unlink()

    def files(self) -> list[str]:
        """List the finished files, oldest first."""
        with self._opened() as (system, root):
            system.invalidate_cache()
            found = system.find(root)
        return sorted(path.removeprefix(f"{root}/") for path in found if path.endswith(SUFFIX))

    def part(self, file: str, start: int, end: int) -> bytes:
        """Read bytes ``start`` to ``end`` (exclusive) of a file; its range requests prefetch the neighbours."""
        with self._opened() as (system, root):
            first, last = start // BLOCK_BYTES, (end - 1) // BLOCK_BYTES
            data = b"".join(_block(system, f"{root}/{file}", number) for number in range(first, last + 1))
        return data[start - first * BLOCK_BYTES : end - first * BLOCK_BYTES]

    @contextmanager
    def whole(self, file: str) -> Iterator[Path]:
        """Download the file to a temporary one."""
        with tempfile.TemporaryDirectory(prefix="newsledger-archive-") as folder:
            path = Path(folder) / PurePosixPath(file).name
            with self._opened() as (system, root):
                system.get_file(f"{root}/{file}", str(path))
            yield path

    def is_there(self) -> bool:
        """Return whether the store answers."""
        with self._opened() as (system, root):
            system.find(root, maxdepth=1)
        return True

    def __str__(self) -> str:
        return self.url

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, str]]:
        from fsspec.core import url_to_fs

        try:
            system, root = url_to_fs(self.url)
            yield system, root.rstrip("/")
        except FileNotFoundError:
            raise
        except Exception as error:
            # Each store's library raises exceptions of its own.
            raise ArchiveStoreError(
                f"The archive at {self.url} cannot be used: {type(error).__name__}: {error}",
                hint="Check [archive] url in the settings, the keys in the environment, and that the store answers.",
            ) from error


def open_place(url: str | None, folder: Path) -> ArchivePlace:
    """Open the archive at a URL, or in the folder when ``url`` is None.

    With a URL, files are written in the folder before they are uploaded. Raises SettingsError when the URL cannot be
    opened.
    """
    if url is None:
        return ArchiveFolder(folder)
    parts = urlsplit(url)
    if parts.scheme == "file":
        return ArchiveFolder(Path(unquote(parts.path)))
    import fsspec

    try:
        fsspec.get_filesystem_class(parts.scheme)
    except (ImportError, ValueError) as error:
        extra = EXTRAS.get(parts.scheme)
        hint = (
            f"pip install '{extra}'" if extra else "The address begins with a scheme that fsspec knows: s3://, gs://."
        )
        raise SettingsError(f"The archive's URL {url} cannot be opened: {error}.", hint=hint) from None
    return ArchiveStore(folder, url.rstrip("/"))


@lru_cache(maxsize=KEPT_BLOCKS)
def _block(system: Any, path: str, number: int) -> bytes:
    """Download a block of an object; empty after its end. Blocks are cached until a file is written."""
    try:
        data: bytes = system.cat_file(path, start=number * BLOCK_BYTES, end=(number + 1) * BLOCK_BYTES)
    except OSError as error:
        # S3 returns an error (416) for a range that begins after the end.
        if error.errno == errno.EINVAL:
            return b""
        raise
    return data


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
