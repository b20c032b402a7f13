"""Turns: one ingest of a source at a time, and backfills let ingests go first.

A source's turn is a lock on one byte of a file in the data folder. The operating system takes it back when its process
dies, and a thousand sources need no more than this one open file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from extract.types import Candidate, Fetch
from flows.stages import House

Batch = TypeVar("Batch", bound=Sequence[Candidate] | Sequence[Fetch])

POLL_S = 0.2


@contextmanager
def ingesting(house: House, sources: Iterable[str]) -> Iterator[None]:
    """Have the turn of all these sources; wait for the ingests of other processes that have one of them."""
    with _turns(house) as file:
        # All processes take them in one order, so that no two wait for each other.
        for name in sorted(sources):
            _take(house, file, name)
        yield


def in_turn(house: House, batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield the batches; where the run gives way, each when no other process is ingesting one of its sources."""
    for batch in batches:
        # An ingest has its turns already, and to open and close the file anew would lose them (POSIX, close).
        if house.gives_way:
            with _turns(house) as file:
                for name in sorted({item.source for item in batch}):
                    _take(house, file, name)
        yield batch


@contextmanager
def _turns(house: House) -> Iterator[int]:
    path = house.settings.state_dir / "turns.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield file
    finally:
        os.close(file)


def _take(house: House, file: int, source: str) -> None:
    byte = int.from_bytes(hashlib.sha256(source.encode()).digest()[:6])
    has_told = False
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):  # which of the two, POSIX leaves open
            if not has_told:
                house.tell(f"Another process is ingesting {source}; this one goes on when that has finished.")
                has_told = True
            time.sleep(POLL_S)
        else:
            return
