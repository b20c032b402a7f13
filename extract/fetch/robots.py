"""robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from extract.fetch.errors import AttemptError
from extract.fetch.policy import ROBOTS_TOKEN, FetchPolicy
from extract.fetch.route import Route
from extract.fetch.site_files import Ask, FileAnswer, SiteFile, SiteFiles
from extract.outcomes import Outcome

# RFC 9309 2.3.1.4: a cached copy may replace an unreachable file for a while; 30 days is the RFC's example.
STALE_COPY_S = 30 * 86_400
# Numbers in the file are capped at this value.
WHOLE = 10**12


def decide_robots(
    answer: FileAnswer | AttemptError, last: SiteFile | None, now: float, policy: FetchPolicy
) -> SiteFile:
    """Interpret a response as RFC 9309 2.3.1 says.

    2xx gives rules. 4xx means that there are none (2.3.1.3), except 429, with which the host demands a wait. 5xx and no
    answer disallow everything (2.3.1.4), unless there is a copy of the last 30 days.
    """
    if isinstance(answer, FileAnswer):
        if 200 <= answer.status < 300:
            return SiteFile("rules", now, now + policy.robots_ttl_s, answer.text, now)
        if answer.status < 500 and answer.status != 429:
            return SiteFile("unavailable", now, now + policy.robots_ttl_s)
        outcome: Outcome = "rate_limited" if answer.status == 429 else "robots_denied"
        reason = f"robots.txt answered {answer.status}, so everything is off limits (RFC 9309 2.3.1.4)"
    elif answer.outcome in ("redirect_loop", "too_large"):
        # 2.3.1.2: after more than five redirects a file counts as unavailable.
        return SiteFile("unavailable", now, now + policy.robots_ttl_s)
    else:
        outcome, reason = answer.outcome, f"robots.txt: {answer.detail}"
    expires = now + policy.robots_retry_s
    if last and last.copy_at is not None and now - last.copy_at < STALE_COPY_S:
        return SiteFile("rules", now, expires, last.text, last.copy_at)
    return SiteFile("unreachable", now, expires, outcome=outcome, reason=reason)


class Robots:
    """Requests robots.txt once a day per host, and caches it."""

    def __init__(self, folder: Path, policy: FetchPolicy, clock: Callable[[], float], ask: Ask) -> None:
        """Cache files in ``folder``; ``ask`` fetches a robots.txt URL by a route."""
        self._policy = policy
        decide = partial(decide_robots, policy=policy)
        self._files = SiteFiles("/robots.txt", folder, clock, ask=ask, decide=decide, parse=Protego.parse)

    def check(self, url: str, route: Route) -> float:
        """Return the crawl-delay in seconds (0: none). Raises AttemptError when the URL is disallowed."""
        file, rules = self._files.of(url, route)
        if file.state == "unreachable":
            raise AttemptError(file.outcome, file.reason)
        if not rules.can_fetch(url, ROBOTS_TOKEN):
            raise AttemptError("robots_denied", f"robots.txt of {urlsplit(url).netloc} disallows this path")
        return self._delay(rules)

    def _delay(self, rules: Protego) -> float:
        delay = float(rules.crawl_delay(ROBOTS_TOKEN) or 0.0)
        rate = rules.request_rate(ROBOTS_TOKEN)
        longest = self._policy.max_crawl_delay_s
        if rate and rate.requests:
            # An integer in the file may have any number of digits; a float is bounded.
            delay = max(delay, min(rate.seconds, WHOLE) / min(rate.requests, WHOLE))
        return min(max(delay, 0.0), longest)
