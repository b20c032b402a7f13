"""One slot and one request interval per host, shared by all processes of this machine.

A slot is an operating-system lock on a file, which is released when its process dies. The file stores when the host may
be requested next and its mean response time. Threads of a process first take a plain lock, because file locks do not
exclude each other within a process.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from extract.fetch.errors import AttemptError
from extract.fetch.policy import FetchPolicy
from extract.locks import give_back, take

# Smoothing of the response time as TCP's of round-trip times (RFC 6298): an eighth of each new measurement.
SMOOTHING = 0.125
POLL_S = 0.02
# Tolerated difference (seconds) between the clocks of machines that share the folder; corrections of a clock are often
# this large.
MAX_SKEW_S = 5.0
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class HostState:
    """What all processes know about a host. Times are Unix seconds; ``blocked_until`` comes from a Retry-After.

    ``saved_at`` is the clock's time when this was written.
    """

    next_at: float = 0.0
    blocked_until: float = 0.0
    mean_elapsed_s: float = 0.0
    saved_at: float = 0.0

    def set_right(self, now: float) -> HostState:
        """Return the state adjusted to the current clock, if the clock was ahead when it was written."""
        ahead = self.saved_at - now
        if ahead <= MAX_SKEW_S:
            return self
        return replace(self, next_at=self.next_at - ahead, blocked_until=self.blocked_until - ahead, saved_at=now)


def host_key(url: str) -> str:
    """Return the key of a URL's slot: host name in lower case, with the port if it is not the scheme's default."""
    parts = urlsplit(url)
    port = parts.port
    host = (parts.hostname or "").rstrip(".")
    return host if port in (None, 80, 443) else f"{host}:{port}"


def decide_next(
    state: HostState, policy: FetchPolicy, *, ended_at: float, elapsed_s: float, delay_s: float
) -> HostState:
    """Return the state after a request that took ``elapsed_s`` seconds: when the host may be requested again.

    ``delay_s`` is its crawl-delay in seconds.
    """
    mean = state.mean_elapsed_s + SMOOTHING * (elapsed_s - state.mean_elapsed_s) if state.mean_elapsed_s else elapsed_s
    own = min(policy.slow_host_factor * mean, policy.max_crawl_delay_s) if policy.min_host_interval_s else 0.0
    rest = max(policy.min_host_interval_s, min(delay_s, policy.max_crawl_delay_s), own)
    return replace(state, next_at=ended_at + rest, mean_elapsed_s=mean)


def decide_wait(state: HostState, policy: FetchPolicy, now: float) -> float:
    """Return the seconds until the host may be requested; a wait longer than any rule allows is ignored."""
    rest, blocked = state.next_at - now, state.blocked_until - now
    if not rest <= policy.max_crawl_delay_s + policy.min_host_interval_s + MAX_SKEW_S:
        rest = 0.0
    if not blocked <= max(policy.max_retry_after_s, policy.backoff_base_s) + MAX_SKEW_S:
        blocked = 0.0
    return max(rest, blocked, 0.0)


class Slot:
    """A host's slot while it is held; ``state`` is saved when it is released."""

    def __init__(self, file: int, clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock
        kept = _parse(os.pread(file, 4096, 0))
        self.state = kept.set_right(clock())
        if self.state is not kept:
            self.save()

    def block_until(self, when: float) -> None:
        """Block all requests to this host until a Unix time."""
        self.state = replace(self.state, blocked_until=max(when, self.state.blocked_until))

    def save(self) -> None:
        """Write the state in one small write, so that after a kill the old or the new one is there."""
        self.state = replace(self.state, saved_at=self._clock())
        # Spaces overwrite the rest of a longer previous state.
        os.pwrite(self._file, json.dumps(asdict(self.state)).encode().ljust(200), 0)


class HostSlots:
    """The slots of all hosts, as files in one folder. Thread-safe."""

    def __init__(
        self, folder: Path, policy: FetchPolicy, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._policy = policy
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._hosts: dict[str, tuple[threading.Lock, int]] = {}

    def close(self) -> None:
        """Close the lock files."""
        with self._guard:
            for _, file in self._hosts.values():
                os.close(file)
            self._hosts.clear()

    @contextmanager
    def hold(self, url: str) -> Iterator[Slot]:
        """Wait for the slot of a URL's host and for its next request time, hold it, then save the new state.

        Raises AttemptError (``rate_limited``) when the wait would be longer than the policy allows.
        """
        lock, file = self._host(host_key(url))
        with lock:
            self._lock_file(file)
            try:
                slot = Slot(file, self._clock)
                self._wait(slot.state, url)
                yield slot
                slot.save()
            finally:
                give_back(file)

    def _wait(self, state: HostState, url: str) -> None:
        wait = decide_wait(state, self._policy, self._clock())
        if wait > self._policy.max_host_wait_s:
            raise HostNotDueError(host_key(url), wait)
        # A sleep may end a little early.
        while wait > 0:
            self._sleep(wait)
            wait = decide_wait(state, self._policy, self._clock())

    def _lock_file(self, file: int) -> None:
        # Polled: a blocking lock would delay Ctrl-C. Holders release it by the deadline of their transfer.
        while not take(file):
            self._sleep(POLL_S)

    def _host(self, key: str) -> tuple[threading.Lock, int]:
        with self._guard:
            if key not in self._hosts:
                name = hashlib.sha256(key.encode()).hexdigest()[:32]
                file = os.open(self._folder / f"{name}.json", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
                self._hosts[key] = (threading.Lock(), file)
            return self._hosts[key]


class HostNotDueError(AttemptError):
    """The host demanded a longer wait than the policy allows; ``wait_s`` is the rest in seconds."""

    def __init__(self, host: str, wait_s: float) -> None:
        super().__init__("rate_limited", f"{host} is to be left alone for another {wait_s:.0f} s")
        self.wait_s = wait_s


def _parse(data: bytes) -> HostState:
    try:
        values = json.loads(data or b"{}")
        return HostState(**{key: float(value) for key, value in values.items()})
    except (ValueError, TypeError, AttributeError, OverflowError):
        # A file of another version or a partial one: the host counts as new.
        return HostState()
