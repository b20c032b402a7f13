"""Fetching: the only part of ``extract`` that opens sockets. What it promises: ``docs/politeness.md``."""

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
    # Settings and records are needed by every command, the HTTP client by those that fetch (PEP 562).
    if name == "Fetcher":
        from extract.fetch.fetcher import Fetcher

        return Fetcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
