"""Wait until a process has worked for so long: a moment in its work that does not move as the machine gets busy."""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.process import BaseProcess

import psutil

# What has nearly worked for so long is looked at so often, in seconds; anything else no less often than the second.
LEAST_PAUSE, LONGEST_PAUSE = 0.02, 0.5


def processor_time(process: int) -> float:
    """Return the seconds of processor time that a process and all processes below it have taken; 0 once it is gone."""
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(process)
        return sum(_own_time(one) for one in (first, *first.children(recursive=True)))
    return 0.0


def _own_time(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def wait(process: BaseProcess, seconds: float | None = None) -> float:
    """Wait until a process has taken so much processor time or has ended; return what it was last seen to have taken.

    ``None`` waits for the end.
    """
    spent = 0.0
    while process.is_alive():
        spent = max(spent, processor_time(process.pid or 0))
        if seconds is not None and spent >= seconds:
            break
        left = LONGEST_PAUSE if seconds is None else (seconds - spent) / 2
        process.join(min(max(left, LEAST_PAUSE), LONGEST_PAUSE))
    return spent
