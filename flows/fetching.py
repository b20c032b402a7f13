"""Fetch pages concurrently, in threads that are abandoned when the run is asked to stop."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Seconds that current transfers are given after a request to stop. Most end in this time and are kept; the next run
# fetches the others again.
GRACE_S = 1.0
LOOK_EVERY_S = 0.1


def fetch_side_by_side(
    fetch: Callable[[Item], Result], items: Sequence[Item], threads: int, stopping: threading.Event
) -> tuple[list[Result], bool]:
    """Call ``fetch`` for every item; return the results in the items' order, and whether all threads have ended.

    Once ``stopping`` is set, no further item is begun, and items that are not done shortly after are left out. Their
    threads may still be transferring, so what they use must not be closed. Raises the first error that a call raised.
    """
    waiting = deque(enumerate(items))
    done: SimpleQueue[tuple[int, Result] | BaseException | None] = SimpleQueue()
    running = min(threads, len(items))
    for _ in range(running):
        # Daemon threads: at its exit, Python would otherwise wait for a server that has stopped answering.
        threading.Thread(target=_work, args=(fetch, waiting, done, stopping), name="fetch", daemon=True).start()
    results: dict[int, Result] = {}
    errors: list[BaseException] = []
    patience = _Patience(stopping)
    while running and not patience.is_over():
        with suppress(Empty):
            match done.get(timeout=LOOK_EVERY_S):
                case None:
                    running -= 1
                case BaseException() as error:
                    errors.append(error)
                case (at, result):
                    results[at] = result
    if errors:
        raise errors[0]
    return [results[at] for at in sorted(results)], not running


def _work(
    fetch: Callable[[Item], Result],
    waiting: deque[tuple[int, Item]],
    done: SimpleQueue[tuple[int, Result] | BaseException | None],
    stopping: threading.Event,
) -> None:
    try:
        while not stopping.is_set() and (taken := _take(waiting)):
            done.put((taken[0], fetch(taken[1])))
    except BaseException as error:
        done.put(error)
    finally:
        done.put(None)


def _take(waiting: deque[tuple[int, Item]]) -> tuple[int, Item] | None:
    try:
        return waiting.popleft()
    except IndexError:  # another thread took the last one
        return None


class _Patience:
    """The deadline of current transfers once the run is asked to stop."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._ends_at: float | None = None

    def is_over(self) -> bool:
        if self._ends_at is None and self._stopping.is_set():
            self._ends_at = time.monotonic() + GRACE_S
        return self._ends_at is not None and time.monotonic() >= self._ends_at
