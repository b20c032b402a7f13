"""robots.txt by RFC 9309, kept for all processes of this machine."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from protego import Protego

from extract.fetch.errors import AttemptError
from extract.fetch.policy import ROBOTS_TOKEN, FetchPolicy
from extract.outcomes import Outcome

# RFC 9309 2.3.1.4: a copy may stand in for an unreachable file for a while; 30 days is its own measure.
STALE_COPY_S = 30 * 86_400
# What the clocks of machines that share the folder may differ by.
MAX_SKEW_S = 60.0
State = Literal["rules", "unavailable", "unreachable"]


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What asking for robots.txt gave: rules, none to follow, or a host that must be left alone for now.

    ``fetched_at`` and ``expires_at`` are Unix seconds; ``copy_at`` is when ``text`` was last fetched for good.
    ``outcome`` and ``reason`` say why it is unreachable.
    """

    state: State
    fetched_at: float
    expires_at: float
    text: str = ""
    copy_at: float | None = None
    outcome: Outcome = "robots_denied"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """Status and text of an answer to a request for robots.txt."""

    status: int
    text: str


def decide_robots(
    answer: RobotsAnswer | AttemptError, last: RobotsFile | None, policy: FetchPolicy, now: float
) -> RobotsFile:
    """Read an answer as RFC 9309 2.3.1 does.

    2xx gives rules. 4xx means there are none (2.3.1.3), but 429 is a host that wants rest. 5xx and no
    answer mean that all is disallowed (2.3.1.4) unless a copy of the last 30 days says otherwise.
    """
    if isinstance(answer, RobotsAnswer):
        if 200 <= answer.status < 300:
            return RobotsFile("rules", now, now + policy.robots_ttl_s, answer.text, now)
        if answer.status < 500 and answer.status != 429:
            return RobotsFile("unavailable", now, now + policy.robots_ttl_s)
        outcome: Outcome = "rate_limited" if answer.status == 429 else "robots_denied"
        reason = f"robots.txt answered {answer.status}, so everything is off limits (RFC 9309 2.3.1.4)"
    elif answer.outcome in ("redirect_loop", "too_large"):
        # 2.3.1.2: beyond five redirects a file counts as unavailable.
        return RobotsFile("unavailable", now, now + policy.robots_ttl_s)
    else:
        outcome, reason = answer.outcome, f"robots.txt: {answer.detail}"
    expires = now + policy.robots_retry_s
    if last and last.copy_at is not None and now - last.copy_at < STALE_COPY_S:
        return RobotsFile("rules", now, expires, last.text, last.copy_at)
    return RobotsFile("unreachable", now, expires, outcome=outcome, reason=reason)


# No whole number of a file counts for more.
WHOLE = 10**12


class Robots:
    """Asks robots.txt once a day and host, and answers from the copy."""

    def __init__(
        self,
        folder: Path,
        policy: FetchPolicy,
        clock: Callable[[], float],
        ask: Callable[[str, bool], RobotsAnswer | AttemptError],
    ) -> None:
        """Keep copies in ``folder``; ``ask`` fetches a robots.txt URL and is told whether private hosts are fine."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._policy = policy
        self._clock = clock
        self._ask = ask
        self._parsed: dict[str, tuple[RobotsFile, Protego]] = {}
        # Many threads may want pages of a new host at once; one of them asks.
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def check(self, url: str, allow_private: bool) -> float:
        """Return the crawl-delay in seconds (0 when none). Raises AttemptError when the URL is off limits."""
        file, rules = self._rules(url, allow_private)
        if file.state == "unreachable":
            raise AttemptError(file.outcome, file.reason)
        if not rules.can_fetch(url, ROBOTS_TOKEN):
            raise AttemptError("robots_denied", f"robots.txt of {urlsplit(url).netloc} disallows this path")
        return self._delay(rules)

    def delay_s(self, url: str) -> float:
        """Return the crawl-delay that is already known for a URL's host."""
        known = self._parsed.get(_origin(url))
        return self._delay(known[1]) if known else 0.0

    def _delay(self, rules: Protego) -> float:
        delay = float(rules.crawl_delay(ROBOTS_TOKEN) or 0.0)
        rate = rules.request_rate(ROBOTS_TOKEN)
        longest = self._policy.max_crawl_delay_s
        if rate and rate.requests:
            # Whole numbers, which a file may write without end: a float has one.
            delay = max(delay, min(rate.seconds, WHOLE) / min(rate.requests, WHOLE))
        return min(max(delay, 0.0), longest)

    def _rules(self, url: str, allow_private: bool) -> tuple[RobotsFile, Protego]:
        origin = _origin(url)
        known = self._parsed.get(origin)
        if known and self._holds(known[0], allow_private):
            return known
        with self._asking[origin]:
            last = self._load(origin)
            if last is None or not self._holds(last, allow_private):
                last = self._renew(origin, last, allow_private)
            self._parsed[origin] = (last, Protego.parse(last.text))
            return self._parsed[origin]

    def _holds(self, file: RobotsFile, allow_private: bool) -> bool:
        # An address that was refused may have been allowed since.
        is_refused = file.state == "unreachable" and file.outcome == "unsafe_address"
        return self._is_fresh(file) and not (is_refused and allow_private)

    def _is_fresh(self, file: RobotsFile) -> bool:
        # A time of fetching that is yet to come was told by a clock that has been put right since.
        return file.fetched_at <= self._clock() + MAX_SKEW_S and self._clock() < file.expires_at

    def _renew(self, origin: str, last: RobotsFile | None, allow_private: bool) -> RobotsFile:
        answer = self._ask(f"{origin}/robots.txt", allow_private)
        file = decide_robots(answer, last, self._policy, self._clock())
        path = self._path(origin)
        temporary = path.with_suffix(f".{os.getpid()}-{id(file):x}.tmp")
        temporary.write_text(json.dumps(asdict(file)), encoding="utf-8")
        temporary.replace(path)
        return file

    def _load(self, origin: str) -> RobotsFile | None:
        try:
            return RobotsFile(**json.loads(self._path(origin).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _path(self, origin: str) -> Path:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
