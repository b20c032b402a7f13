"""When to request a feed or an article again: pure functions of stored state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extract.outcomes import RETRYABLE, Outcome

# The weight of a failure: a temporary one counts a quarter, a server error half, a missing feed one.
WEIGHTS = {"temporary": 0.25, "soft": 0.5, "hard": 1.0}
HARD_STATUSES = frozenset({401, 403, 404, 410, 451})
# A feed is paused at ten weights: 40 timeouts in a row, 20 server errors or 10 times 404.
PAUSE_AT = 10.0
MIN_INTERVAL = timedelta(minutes=5)
MAX_INTERVAL = timedelta(hours=24)
# A paused feed is requested at this interval, because sites come back.
PAUSED_INTERVAL = timedelta(days=7)
# Requested twice as often as items appear, a feed is late by at most half that gap.
POLLS_PER_ITEM_GAP = 2
SMOOTHING = 0.25


@dataclass(frozen=True, slots=True)
class FeedState:
    """The stored state of a feed. ``stated_interval`` is the feed's own ``ttl`` or update period."""

    next_at: datetime
    failures: float = 0.0
    is_paused: bool = False
    stated_interval: timedelta | None = None
    observed_gap: timedelta | None = None
    last_ok_at: datetime | None = None


def decide_feed(
    state: FeedState,
    outcome: Outcome,
    now: datetime,
    *,
    status: int | None = None,
    new_items: int = 0,
    stated_interval: timedelta | None = None,
    retry_after_at: datetime | None = None,
    draw: float = 0.5,
) -> FeedState:
    """Return a feed's state after a poll; ``draw`` in [0, 1) spreads polls over a tenth of their interval."""
    if outcome in ("ok", "not_modified"):
        after = _after_success(state, now, new_items, stated_interval)
    else:
        failures = state.failures + WEIGHTS[failure_kind(outcome, status)]
        after = replace(state, failures=failures, is_paused=failures >= PAUSE_AT)
    wait = feed_interval(after) * (0.95 + 0.1 * draw)
    due = now + wait
    return replace(after, next_at=max(due, retry_after_at) if retry_after_at else due)


def failure_kind(outcome: Outcome, status: int | None) -> str:
    """Classify a failure as temporary, soft or hard."""
    if status in HARD_STATUSES:
        return "hard"
    return "temporary" if outcome in RETRYABLE else "soft"


def feed_interval(state: FeedState) -> timedelta:
    """Return the time between polls: stated, or half the observed gap; doubled per whole failure; bounded."""
    if state.is_paused:
        return PAUSED_INTERVAL
    observed = state.observed_gap / POLLS_PER_ITEM_GAP if state.observed_gap else timedelta(minutes=30)
    base = max(state.stated_interval or observed, MIN_INTERVAL)
    return min(base * (1 << min(int(state.failures), 10)), MAX_INTERVAL)


def _after_success(state: FeedState, now: datetime, new_items: int, stated: timedelta | None) -> FeedState:
    gap = state.observed_gap
    if state.last_ok_at and now > state.last_ok_at:
        seen = (now - state.last_ok_at) / new_items if new_items else (now - state.last_ok_at) * 2
        gap = gap + (seen - gap) * SMOOTHING if gap else seen
    return replace(
        state,
        failures=0.0,
        is_paused=False,
        stated_interval=stated or state.stated_interval,
        observed_gap=gap,
        last_ok_at=now,
    )


def decide_recheck(
    published_at: datetime, checked_at: datetime, checks_unchanged: int, *, longest: timedelta = timedelta(days=30)
) -> datetime | None:
    """Return when to fetch an article again, or None when never.

    The wait is a quarter of the article's age, at least an hour, doubled for each consecutive check that found it
    unchanged, because corrections come in the first hours. Articles older than ``longest`` are not checked again.
    """
    age = checked_at - published_at
    if age >= longest:
        return None
    wait = max(age / 4, timedelta(hours=1)) * (1 << min(checks_unchanged, 10))
    due = checked_at + wait
    return due if due - published_at < longest else None
