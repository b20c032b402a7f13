"""Operating system locks on files that are open for another purpose; they are released when a process dies.

For files that exist only for their lock, ``filelock`` is used.
"""

from __future__ import annotations

import fcntl
from typing import Protocol


class Open(Protocol):
    """A file that is open in this process."""

    def fileno(self) -> int:
        """Its descriptor."""


def take(file: int | Open, *, wait: bool = False, shared: bool = False) -> bool:
    """Lock an open file for this process, and return whether that succeeded; with ``wait``, wait for the lock.

    ``shared`` locks exclude only exclusive locks.
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def give_back(file: int | Open) -> None:
    """Unlock a file that stays open."""
    fcntl.flock(file, fcntl.LOCK_UN)


def take_byte(file: int, byte: int) -> bool:
    """Lock one byte of an open file, and return whether that succeeded: one file can have a thousand locks.

    If a process closes the file, even if it has opened it several times, all its locks on it are released (POSIX).
    """
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):  # POSIX allows either
        return False
    return True
