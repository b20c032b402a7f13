"""When to try again: Retry-After headers, and backoff with jitter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from extract.fetch.policy import FetchPolicy


def parse_http_date(text: str | None) -> datetime | None:
    """Parse an HTTP date (RFC 9110 5.6.7) in any of its three forms; None for anything else."""
    try:
        when = parsedate_to_datetime((text or "").strip())
        # 9999 west of Greenwich is the year 10000 in UTC, which datetime cannot represent.
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return _asctime(text or "")


def _asctime(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def parse_retry_after(text: str | None, now: datetime, cap_s: float) -> datetime | None:
    """Parse a Retry-After header (seconds or a date, RFC 9110 10.2.3), at most ``cap_s`` ahead.

    None for a missing or invalid one (negative, in the past, neither number nor date).
    """
    if not text:
        return None
    seconds = _seconds(text.strip())
    if seconds is None:
        when = parse_http_date(text)
        seconds = (when - now).total_seconds() if when else -1.0
    return now + timedelta(seconds=min(seconds, cap_s)) if seconds >= 0 else None


def _seconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    # NaN compares false with everything.
    return value if value >= 0 else -1.0


def decide_backoff_s(failures: int, policy: FetchPolicy, draw: float) -> float:
    """Return the wait in seconds after this many consecutive failures (1 or more).

    It doubles from the base to the cap; its jittered share is multiplied by ``draw``, a random number in [0, 1).
    """
    whole: float = min(policy.backoff_base_s * 2.0 ** min(failures - 1, 60), policy.backoff_cap_s)
    return whole * (1 - policy.backoff_jitter) + whole * policy.backoff_jitter * draw


def is_trustworthy_date(last_modified: str | None, now: datetime) -> bool:
    """Return whether a Last-Modified can be used: not 1970 (a clock that was never set), not in the future."""
    when = parse_http_date(last_modified)
    return when is not None and datetime(1990, 1, 1, tzinfo=UTC) < when <= now + timedelta(hours=1)
