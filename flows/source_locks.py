"""Locks of sources: one ingest of a source at a time, and backfills yield to ingests.

The lock of a source is on one byte of a file in the data folder. The operating system releases it when the process
dies, and a thousand sources need only one open file.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from extract.locks import take_byte
from extract.types import Candidate, Fetch
from flows.stages import RunContext

Batch = TypeVar("Batch", bound=Sequence[Candidate] | Sequence[Fetch])

POLL_S = 0.2


@contextmanager
def ingesting(context: RunContext, sources: Iterable[str]) -> Iterator[None]:
    """Hold the locks of all these sources; wait for ingests of other processes that hold one of them."""
    with _lock_file(context) as file:
        # All processes lock in the same order, so that there are no deadlocks.
        for name in sorted(sources):
            _take(context, file, name)
        yield


def between_ingests(context: RunContext, batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield the batches.

    In a run that yields to ingests, each batch waits until no other process ingests one of its sources.
    """
    for batch in batches:
        # An ingest holds the locks already; opening and closing the file again would release them (POSIX, close).
        if context.gives_way:
            with _lock_file(context) as file:
                for name in sorted({item.source for item in batch}):
                    _take(context, file, name)
        yield batch


@contextmanager
def _lock_file(context: RunContext) -> Iterator[int]:
    path = context.settings.state_dir / "sources.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield file
    finally:
        os.close(file)


def _take(context: RunContext, file: int, source: str) -> None:
    byte = int.from_bytes(hashlib.sha256(source.encode()).digest()[:6])
    has_told = False
    while not take_byte(file, byte):
        if not has_told:
            context.tell(f"Another process is ingesting {source}; this one goes on when that has finished.")
            has_told = True
        time.sleep(POLL_S)
