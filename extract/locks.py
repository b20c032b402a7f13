"""Locks of the operating system on files that are open for another reason: it takes them back when a process dies.

Where a file exists for nothing but its lock, ``filelock`` holds it.
"""

from __future__ import annotations

import fcntl
from typing import Protocol


class Open(Protocol):
    """A file that is open in this process."""

    def fileno(self) -> int:
        """Its descriptor."""


def take(file: int | Open, *, wait: bool = False, shared: bool = False) -> bool:
    """Lock an open file for this process, and return whether it could be; with ``wait``, once nobody else holds it.

    Locks that are ``shared`` keep only those out who want the file alone.
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
    """Lock one byte of an open file, and return whether it could be: a thousand locks in one file.

    Whoever closes the file, opened however often, gives all its bytes back (POSIX).
    """
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):  # which of the two, POSIX leaves open
        return False
    return True
