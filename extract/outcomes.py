"""The closed list of outcomes of fetching or reading a page, and what each means for the next attempt.

Plans, rejects, status and models use this list; ``stg_fetches`` repeats it in SQL, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Outcome = Literal[
    "ok",
    "not_modified",
    "duplicate",
    "robots_denied",
    "http_error",
    "rate_limited",
    "timeout",
    "too_large",
    "unsafe_address",
    "redirect_loop",
    "dns_error",
    "tls_error",
    "broken_body",
    "not_html",
    "challenge_page",
    "paywall",
    "not_an_article",
    "connection_error",
    "forgotten",
    "reserved",
]
# good: the page arrived, has not changed, is already archived, or was forgotten. retry: the failure may be temporary.
# final: the failure is permanent until something changes (HTTP errors depend on their status: server errors are
# retried).
Prospect = Literal["good", "retry", "final"]

OUTCOMES: Mapping[Outcome, Prospect] = MappingProxyType(
    {
        "ok": "good",
        "not_modified": "good",
        "duplicate": "good",
        "robots_denied": "final",
        "http_error": "final",
        "rate_limited": "retry",
        "timeout": "retry",
        "too_large": "final",
        "unsafe_address": "final",
        "redirect_loop": "final",
        "dns_error": "retry",
        "tls_error": "retry",
        "broken_body": "retry",
        "not_html": "final",
        "challenge_page": "final",
        "paywall": "final",
        "not_an_article": "final",
        "connection_error": "retry",
        "forgotten": "good",
        "reserved": "final",
    }
)
GOOD: tuple[Outcome, ...] = tuple(outcome for outcome, prospect in OUTCOMES.items() if prospect == "good")
RETRYABLE: frozenset[Outcome] = frozenset(outcome for outcome, prospect in OUTCOMES.items() if prospect == "retry")
