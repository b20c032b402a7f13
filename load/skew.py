"""Times in the ledger that are yet to come: a clock that was ahead told them, and has been put right since.

Nothing is to wait for them. They stay in the rows as they were told; what decides by the time of the last attempt, of
an announcement or of a run leaves those after ``latest`` out, or takes them as older than all others.
"""

from __future__ import annotations

from datetime import datetime, timedelta

# What the clocks of machines that share a ledger may differ by.
MAX_SKEW = timedelta(minutes=1)


def latest(now: datetime) -> datetime:
    """Return the latest time that a clock which is right may have written."""
    return now + MAX_SKEW
