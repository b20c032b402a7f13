"""What can go wrong with the warehouse, in words for people.

NewsledgerError
└── WarehouseError          the warehouse cannot do what was asked
    ├── WarehouseBusy       another process holds it
    ├── WarehouseVersion    its file is of a version that this program cannot follow
    ├── NotPublished        there is no published copy yet
    ├── BuildFailed         a model or a test of the build failed; nothing was published
    ├── WarehouseDamaged    its file is damaged
    └── DiskFull            no room; what was committed before is whole
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.errors import InputError, NewsledgerError

# How DuckDB begins to say that what it may use was not enough.
OUT_OF_MEMORY = "Out of Memory Error"
MORE_MEMORY = "Raise memory_limit in [warehouse] of the settings, and run the same command again."


# How operating system, DuckDB and SQLite say that there is no room, and DuckDB that a file is not as it was written.
FULL = re.compile(r"no space left|not enough disk space|disk is full|quota exceeded", re.I)
DAMAGED = re.compile(r"corrupt|checksum|serialization error|internal error|fatal error|could not read", re.I)


def is_disk_full(error: BaseException | None) -> bool:
    """Tell whether a full disk is behind an error, whatever library has wrapped it."""
    while error is not None:
        if FULL.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


class WarehouseError(NewsledgerError):
    """The warehouse cannot do what was asked."""

    exit_code = 3


class WarehouseBusy(WarehouseError):  # noqa: N818 - reads better in messages and handlers
    """Another process holds the warehouse longer than we may wait."""

    exit_code = 4


class WarehouseVersion(WarehouseError):  # noqa: N818
    """The file is newer than this program, or no warehouse of ours."""


class NotPublished(WarehouseError):  # noqa: N818
    """There is no published copy to read yet."""


class DiskFull(WarehouseError):  # noqa: N818
    """The disk is full; the unfinished transaction was rolled back."""

    exit_code = 5


class WarehouseDamaged(WarehouseError):  # noqa: N818
    """The private file holds something else than was written to it; it can be rebuilt from the archive."""


class QueryError(InputError):
    """A question to the warehouse that it cannot answer."""


@dataclass(frozen=True, slots=True)
class FailedNode:
    """One test or model that failed: its name, the model it is about, how many rows show it, and some of them."""

    name: str
    model: str
    message: str
    rows: int = 0
    examples: tuple[str, ...] = ()


class BuildFailed(WarehouseError):  # noqa: N818
    """Models or tests failed; the last published copy stays as it is."""

    def __init__(self, failures: tuple[FailedNode, ...]) -> None:
        self.failures = failures
        lines = ["\n    ".join([f"- {f.name} (model {f.model}): {f.message}", *f.examples]) for f in failures]
        super().__init__(
            f"The build failed in {len(failures)} place(s); nothing was published.\n" + "\n".join(lines),
            hint=MORE_MEMORY
            if any(OUT_OF_MEMORY in f.message for f in failures)
            else "The last published copy is unchanged. Fix the cause, then run `newsledger build` again.",
        )
