"""Fetching: the only part of ``extract`` that opens sockets. What it promises: ``docs/politeness.md``."""

from extract.fetch.fetcher import Fetcher
from extract.fetch.policy import FetchPolicy
from extract.fetch.result import FetchResult, Validators
from extract.fetch.rhythm import FeedState, decide_feed, decide_recheck

__all__ = ["FeedState", "FetchPolicy", "FetchResult", "Fetcher", "Validators", "decide_feed", "decide_recheck"]
