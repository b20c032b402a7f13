"""Fetching: the only part of ``extract`` that opens sockets. ``docs/politeness.md`` says what it guarantees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.fetch.fetcher import Fetcher

from extract.fetch.policy import FetchPolicy
from extract.fetch.polling import FeedState, decide_feed, decide_recheck
from extract.fetch.result import FetchResult, Validators
from extract.fetch.stop import FetchStopped

__all__ = [
    "FeedState",
    "FetchPolicy",
    "FetchResult",
    "FetchStopped",
    "Fetcher",
    "Validators",
    "decide_feed",
    "decide_recheck",
]


def __getattr__(name: str) -> Any:
    # Loaded lazily (PEP 562): every command needs settings and records, but only fetching needs the HTTP client.
    if name == "Fetcher":
        from extract.fetch.fetcher import Fetcher

        return Fetcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
