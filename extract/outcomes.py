"""The closed list of what can come of asking for a page or reading it, and what each means for the next attempt.

Plans, rejects, status and models take it from here; ``stg_fetches`` repeats it in SQL, and a test compares the two.
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
# good: the page came, has not changed, is one that we have, or was forgotten and is not wanted. retry: it may pass by
# itself. final: it is as it is until somebody changes something (an HTTP error goes by its status: those of the server
# are tried again).
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
