"""Stop a library's work cleanly before the process stops."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def as_interrupt() -> Iterator[None]:
    """Raise one KeyboardInterrupt in the block on SIGTERM or SIGINT, and stop the program after the block.

    For a library that rolls back its work only on a KeyboardInterrupt and swallows other exceptions. The exception of
    the program's own signal handler is raised after the block, however the block handled the interrupt. Outside the
    main thread, which receives no signals, this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) == 1:
            raise KeyboardInterrupt

    heard = [number for number in ASKS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heard}
    try:
        yield
    except BaseException:
        # An error that the interrupt caused in the block must not hide the request to stop.
        if not asked:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        signal.raise_signal(asked[0])
        raise KeyboardInterrupt


def is_interruption(error: BaseException) -> bool:
    """Return whether an error comes from a request to stop, and not from a failure."""
    # DuckDB replaces an exception raised by a signal handler during a query by this error.
    return not isinstance(error, Exception) or str(error) == "Query interrupted"
