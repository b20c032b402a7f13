"""Times in the ledger that lie in the future: they were written while a clock was ahead that was corrected since.

Nothing must wait for them. They stay in the rows as they are; code that depends on the time of the last attempt, of an
announcement or of a run ignores times after ``latest``, or treats them as older than all others.
"""

from __future__ import annotations

from datetime import datetime, timedelta

# Allowed difference between the clocks of machines that share a ledger.
MAX_SKEW = timedelta(minutes=1)


def latest(now: datetime) -> datetime:
    """Return the latest time that a correct clock may have written."""
    return now + MAX_SKEW
