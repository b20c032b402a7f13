"""One writer at a time, enforced by a lock that the operating system releases when its process dies.

The lock is ``flock`` on a file next to the warehouse. The holder's name is written to a second file for people only;
the lock itself does not depend on that file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from extract.locks import take
from load.config import WarehouseConfig
from load.errors import WarehouseBusy
from load.lake import catalog_kind, catalog_lock

# A waiting writer tries again after this time (seconds): short enough not to be noticed, long enough to cost nothing.
POLL_S = 0.1
# Only waits longer than this (seconds) are reported, because most writers just merge a batch.
TOLD_AFTER_S = 1.0
UNKNOWN = "another process"

# A forked child shares its parent's lock and would keep it after the parent's death, so it closes inherited files.
_held: set[int] = set()


def _close_inherited() -> None:
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_inherited)


@contextmanager
def writer_lock(config: WarehouseConfig, *, owner: str, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the warehouse's writer lock.

    If another process holds it for longer, ``on_wait`` is called with the holder's name, once for each holder. Raises
    WarehouseBusy after ``config.lock_wait_s``.
    """
    tell = on_wait or (lambda message: None)
    if config.url and catalog_kind(config.url) == "postgres":
        with catalog_lock(config, owner, tell):
            yield
        return
    config.lock_file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(config.lock_file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait_for(descriptor, config, tell)
        _held.add(descriptor)
        with suppress(OSError):  # on a full disk, waiting processes do not learn the holder's name
            config.holder_file.write_text(json.dumps({"pid": os.getpid(), "owner": owner}), encoding="utf-8")
        try:
            yield
        finally:
            # Also after a failure: otherwise the note names a process that no longer holds the lock.
            with suppress(OSError):
                config.holder_file.unlink(missing_ok=True)
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


@contextmanager
def kept_from_writers(config: WarehouseConfig) -> Iterator[bool]:
    """Block writers while the file is being read; yields whether that was possible, because no process was writing.

    A build closes the file and opens it again, and would fail if a reader had it open at that moment.
    """
    try:
        descriptor = os.open(config.lock_file, os.O_RDONLY)
    except OSError:  # no process has ever written here, or we may not lock the file
        yield True
        return
    _held.add(descriptor)
    try:
        yield take(descriptor, shared=True)
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _wait_for(descriptor: int, config: WarehouseConfig, tell: Callable[[str], None]) -> None:
    began, told = time.monotonic(), ""
    deadline = began + config.lock_wait_s
    while not take(descriptor):
        holder = describe_holder(config)
        if time.monotonic() >= deadline:
            raise WarehouseBusy(
                f"The warehouse {config.path} is being written by {holder}; waited {config.lock_wait_s:g} s.",
                hint="Try again when it has finished, or raise warehouse.lock_wait_s. Readers are not affected.",
            )
        # A holder that is finishing removes its note before it releases the lock: it is not a new holder.
        is_new = holder != told and not (told and holder == UNKNOWN)
        if is_new and time.monotonic() - began >= TOLD_AFTER_S:
            tell(f"Waiting for the warehouse, which {holder} is writing (up to {config.lock_wait_s:g} s).")
            told = holder
        time.sleep(POLL_S)


def held_for(config: WarehouseConfig) -> float:
    """Return for how many seconds the holder has had the lock, according to its note; 0 if there is no note."""
    try:
        return time.time() - config.holder_file.stat().st_mtime
    except OSError:
        return 0.0


def describe_holder(config: WarehouseConfig) -> str:
    """Describe the lock's holder, according to its note."""
    try:
        note = json.loads(config.holder_file.read_text(encoding="utf-8"))
        since = datetime.fromtimestamp(config.holder_file.stat().st_mtime, UTC)
        return f"{note['owner']} (process {note['pid']}, since {since:%H:%M:%S} UTC)"
    except (OSError, ValueError, KeyError, TypeError):
        return UNKNOWN
