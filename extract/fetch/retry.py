"""When to try again: Retry-After as servers send it, and backoff with jitter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from extract.fetch.policy import FetchPolicy


def parse_http_date(text: str | None) -> datetime | None:
    """Read an HTTP date (RFC 9110 5.6.7) in any of its three forms, or return None."""
    try:
        when = parsedate_to_datetime((text or "").strip())
        # The year 9999 west of Greenwich is a year 10000 that no clock has.
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return _asctime(text or "")


def _asctime(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def parse_retry_after(text: str | None, now: datetime, cap_s: float) -> datetime | None:
    """Read a Retry-After header (seconds or a date, RFC 9110 10.2.3), at most ``cap_s`` ahead.

    None for an absent or senseless one (negative, in the past, no number and no date).
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
    """Return the wait after so many failures in a row (1 or more); ``draw`` is a random number of [0, 1).

    Doubles from the base to the cap; the jittered share of it is multiplied by the draw.
    """
    whole: float = min(policy.backoff_base_s * 2.0 ** min(failures - 1, 60), policy.backoff_cap_s)
    return whole * (1 - policy.backoff_jitter) + whole * policy.backoff_jitter * draw


def is_trustworthy_date(last_modified: str | None, now: datetime) -> bool:
    """Tell whether a Last-Modified can be asked back: not of 1970 (an unset clock), not of the future."""
    when = parse_http_date(last_modified)
    return when is not None and datetime(1990, 1, 1, tzinfo=UTC) < when <= now + timedelta(hours=1)
