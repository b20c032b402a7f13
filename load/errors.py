"""The exceptions of the warehouse; their messages are written for users.

NewsledgerError
└── WarehouseError          the warehouse cannot do what was requested
    ├── WarehouseBusy       another process holds its lock
    ├── WarehouseVersion    its file has a version that this program does not support
    ├── NotPublished        there is no published copy yet
    ├── BuildFailed         a model or a test of the build failed; nothing was published
    ├── WarehouseDamaged    its file is damaged
    └── DiskFull            the disk is full; earlier commits are intact
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.errors import InputError, NewsledgerError

# Beginning of DuckDB's message when its memory limit is exceeded.
OUT_OF_MEMORY = "Out of Memory Error"
MORE_MEMORY = "Raise memory_limit in [warehouse] of the settings, and run the same command again."


# Messages of the operating system, DuckDB and SQLite for a full disk, and of DuckDB for a damaged file.
FULL = re.compile(r"no space left|not enough disk space|disk is full|quota exceeded", re.I)
DAMAGED = re.compile(r"corrupt|checksum|serialization error|internal error|fatal error|could not read", re.I)


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error was caused by a full disk, whichever library wrapped it."""
    while error is not None:
        if FULL.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


class WarehouseError(NewsledgerError):
    """The warehouse cannot do what was requested."""

    exit_code = 3


class WarehouseBusy(WarehouseError):  # noqa: N818 - reads better in messages and handlers
    """Another process held the warehouse's lock for longer than the allowed waiting time."""

    exit_code = 4


class WarehouseVersion(WarehouseError):  # noqa: N818
    """The file is newer than this program, or is not a Newsledger warehouse."""


class NotPublished(WarehouseError):  # noqa: N818
    """There is no published copy to read yet."""


class DiskFull(WarehouseError):  # noqa: N818
    """The disk is full; the unfinished transaction was rolled back."""

    exit_code = 5


class WarehouseDamaged(WarehouseError):  # noqa: N818
    """The private file does not contain what was written to it; it can be rebuilt from the archive."""


class QueryError(InputError):
    """A query that the warehouse cannot answer."""


@dataclass(frozen=True, slots=True)
class FailedNode:
    """One failed test or model: its name, the model it concerns, the number of failing rows, and some of them."""

    name: str
    model: str
    message: str
    rows: int = 0
    examples: tuple[str, ...] = ()


class BuildFailed(WarehouseError):  # noqa: N818
    """Models or tests failed; the published copy stays unchanged."""

    def __init__(self, failures: tuple[FailedNode, ...]) -> None:
        self.failures = failures
        lines = ["\n    ".join([f"- {f.name} (model {f.model}): {f.message}", *f.examples]) for f in failures]
        super().__init__(
            f"The build failed in {len(failures)} place(s); nothing was published.\n" + "\n".join(lines),
            hint=MORE_MEMORY
            if any(OUT_OF_MEMORY in f.message for f in failures)
            else "The last published copy is unchanged. Fix the cause, then run `newsledger build` again.",
        )
