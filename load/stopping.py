"""End a library's work when the process is asked to stop, and only then be stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def as_interrupt() -> Iterator[None]:
    """Tell the block of SIGTERM and SIGINT by one KeyboardInterrupt, and the rest of the program when it has ended.

    For a library that undoes its work at a Ctrl-C alone and swallows any other exception: what the program's own
    handler raises is raised once the block is over, whatever the block made of the interrupt. Outside the main thread,
    where no signal arrives, nothing happens.
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
        # What the interrupt did to the block must not hide who asked.
        if not asked:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        signal.raise_signal(asked[0])
        raise KeyboardInterrupt


def is_interruption(error: BaseException) -> bool:
    """Tell whether an error says that somebody asked to stop, and not that something is wrong."""
    # DuckDB puts this error in the place of the one that a signal raised while a query ran.
    return not isinstance(error, Exception) or str(error) == "Query interrupted"
