"""Fetch a URL: one polite and safe attempt, with exactly one outcome."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from extract.fetch.access import NO_ACCESS, Access
from extract.fetch.body import decode_content, read_raw
from extract.fetch.connection import GuardedAdapter, Transfer, begin
from extract.fetch.errors import AttemptError
from extract.fetch.explain import explain
from extract.fetch.judge import Answer, judge
from extract.fetch.locations import clean_request_url, join
from extract.fetch.policy import ROBOTS_TOKEN, FetchPolicy
from extract.fetch.result import FetchResult, Validators
from extract.fetch.retry import decide_backoff_s, is_trustworthy_date, parse_retry_after
from extract.fetch.rights import check, honour, site_marks
from extract.fetch.robots import Robots
from extract.fetch.route import Route
from extract.fetch.site_files import FileAnswer
from extract.fetch.site_rights import NO_MARKS, SiteMarks, SiteRights
from extract.fetch.slots import HostNotDueError, HostSlots, Slot, decide_next
from extract.fetch.stop import FetchStopped
from extract.identity import stable_id
from extract.outcomes import RETRYABLE
from extract.types import Fetch, FetchPurpose, Right, Source

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ROBOTS_REDIRECTS = 5
ACCEPT = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    "announcement": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
}


def utc_now() -> datetime:
    """Return the system clock's time in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Attempt:
    """The state of the attempt in progress."""

    url: str
    purpose: FetchPurpose
    route: Route
    started_at: datetime
    validators: Validators | None
    is_politely: bool = True
    access: Access = NO_ACCESS
    respect: Collection[Right] | None = None
    site: SiteMarks = NO_MARKS
    most_bytes: int | None = None
    chain: list[str] = field(default_factory=list)
    request: bytes = b""
    response: bytes = b""
    answer: Answer | None = None
    ip_address: str | None = None
    transfer_s: float = 0.0
    retry_at: datetime | None = None


class Fetcher:
    """Fetches URLs for many threads; processes with the same ``state_dir`` share host slots and site files.

    It uses no requests Session and so no cookie jar, no ``.netrc`` and no proxy from the environment: nothing that one
    host sets can reach another.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        state_dir: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] | None = None,
        stopping: threading.Event | None = None,
        access: Mapping[str, Access] | None = None,
    ) -> None:
        """Share hosts through ``state_dir``; once ``stopping`` is set, all waits end and no request is begun.

        ``access`` is what hosts are sent in addition, by source name.
        """
        self.policy = policy
        self._access = access or {}
        self._now = now
        self._stopping = stopping or threading.Event()
        self._sleep = sleep or self._pause
        self._adapters: defaultdict[Route, GuardedAdapter] = defaultdict(GuardedAdapter)
        self._slots = HostSlots(state_dir / "hosts", policy, self._clock, self._sleep)
        self._robots = Robots(state_dir / "robots", policy, self._clock, self._ask_robots)
        self._rights = SiteRights(state_dir / "rights", policy, self._clock, self._ask_rights)
        self._random = random.Random()  # noqa: S311 -- jitter, no secret

    def __enter__(self) -> Fetcher:
        """Return the fetcher itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close connections and lock files."""
        self.close()

    def close(self) -> None:
        """Close connections and lock files."""
        for adapter in self._adapters.values():
            adapter.close()
        self._slots.close()

    def fetch(
        self,
        url: str,
        *,
        source: Source,
        validators: Validators | None = None,
        purpose: FetchPurpose = "page",
        respect: Collection[Right] | None = None,
    ) -> FetchResult:
        """Make one attempt. Never raises because of a server, a network or a URL.

        ``respect`` are the rights marks with which a page is not kept; all its marks are recorded. None: marks are not
        checked. ``retry_after_at`` of the row is when a failed attempt may be repeated. A host that demanded a wait
        longer than ``max_host_wait_s`` is not requested (``rate_limited``). Raises FetchStopped when told to stop.
        """
        access = self._access.get(source.name, NO_ACCESS)
        usable = self._usable(validators)
        route = Route(source.allow_private, access.proxy)
        attempt = Attempt(url, purpose, route, self._now(), usable, access=access, respect=respect)
        try:
            self._follow(attempt)
            return self._answered(attempt, source)
        except Exception as error:
            # Any error at all: the other URLs of the batch must not be affected.
            return self._failed(attempt, explain(error), source)

    def fetch_attempts(
        self,
        url: str,
        *,
        source: Source,
        validators: Validators | None = None,
        purpose: FetchPurpose = "page",
        respect: Collection[Right] | None = None,
    ) -> list[FetchResult]:
        """Try again until it succeeds, cannot succeed, the host demands a long wait, or ``max_attempts`` is reached.

        After a 304 for another version than the known one, the page is requested without conditions. When told to stop,
        it returns the attempts that were made.
        """
        results: list[FetchResult] = []
        with suppress(FetchStopped):
            while len(results) < self.policy.max_attempts:
                result = self.fetch(url, source=source, validators=validators, purpose=purpose, respect=respect)
                results.append(result)
                if result.fetch.status == 304:
                    validators = None
                if not result.fetch.is_retryable or len(results) == self.policy.max_attempts:
                    break
                wait = self._wait_s(result.fetch, len(results))
                if wait > self.policy.max_host_wait_s:
                    break
                self._sleep(wait)
        return results

    def _pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise FetchStopped

    def _wait_s(self, fetch: Fetch, failures: int) -> float:
        backoff = decide_backoff_s(failures, self.policy, self._random.random())
        asked = (fetch.retry_after_at - self._now()).total_seconds() if fetch.retry_after_at else 0.0
        return max(backoff, asked)

    def _clock(self) -> float:
        return self._now().timestamp()

    def _usable(self, validators: Validators | None) -> Validators | None:
        """Drop validators that are too old or confirmed too often, and implausible dates."""
        if validators is None:
            return None
        trusted = timedelta(days=self.policy.trust_304_days)
        is_old = validators.fetched_at is not None and self._now() - validators.fetched_at > trusted
        if is_old or validators.answers_304 >= self.policy.trust_304_answers:
            return replace(validators, etag=None, last_modified=None)
        if not is_trustworthy_date(validators.last_modified, self._now()):
            return replace(validators, last_modified=None)
        return validators

    def _follow(self, attempt: Attempt) -> None:
        """Follow redirects until a response is none."""
        url = clean_request_url(attempt.url)
        limit = self.policy.max_redirects if attempt.is_politely else ROBOTS_REDIRECTS
        while True:
            attempt.chain.append(url)
            delay_s = self._robots.check(url, attempt.route) if attempt.is_politely else 0.0
            if attempt.respect is not None:
                attempt.site = self._rights.of(url, attempt.route)
                check(attempt.site, attempt.respect)
            with self._slots.hold(url) as slot:
                if self._stopping.is_set():
                    raise FetchStopped
                answer = self._hop(url, attempt, slot, delay_s)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                attempt.answer = answer
                return
            url = join(url, target)
            if url in attempt.chain:
                raise AttemptError("redirect_loop", f"redirected back to {url}")
            if len(attempt.chain) > limit:
                raise AttemptError("redirect_loop", f"more than {limit} redirects")

    def _hop(self, url: str, attempt: Attempt, slot: Slot, delay_s: float) -> Answer:
        """Send one request in the host's slot, and record how long the host must be left alone."""
        started = time.monotonic()
        try:
            answer = self._send(url, attempt)
            self._heed(answer, attempt, slot)
            return answer
        finally:
            elapsed = time.monotonic() - started
            attempt.transfer_s += elapsed
            ended = self._clock()
            slot.state = decide_next(slot.state, self.policy, ended_at=ended, elapsed_s=elapsed, delay_s=delay_s)
            slot.save()

    def _heed(self, answer: Answer, attempt: Attempt, slot: Slot) -> None:
        if answer.status not in (429, 503):
            return
        now = self._now()
        asked = parse_retry_after(answer.headers.get("retry-after"), now, self.policy.max_retry_after_s)
        if asked is None and answer.status == 503:
            return
        # 429 without a usable Retry-After: the host demands a wait without saying how long.
        attempt.retry_at = asked or now + timedelta(seconds=self.policy.backoff_base_s)
        slot.block_until(attempt.retry_at.timestamp())

    def _send(self, url: str, attempt: Attempt) -> Answer:
        policy = self.policy
        left = policy.transfer_deadline_s - attempt.transfer_s
        transfer = Transfer(
            time.monotonic() + left,
            policy.read_timeout_s,
            policy.connect_timeout_s,
            policy.max_header_bytes,
            attempt.route,
        )
        begin(transfer)
        attempt.response = b""
        request = requests.Request("GET", url, headers=self._headers(attempt)).prepare()
        attempt.access.add_to(request)
        attempt.request = _request_head(request, attempt.access.kept(request))
        with self._open(request, attempt, transfer) as response:
            raw = response.raw
            attempt.ip_address = transfer.ip_address
            attempt.response = _response_head(raw)
            headers = {name.lower(): value for name, value in raw.headers.items()}
            is_page = attempt.purpose == "page"
            most = attempt.most_bytes or (policy.max_wire_bytes if is_page else policy.max_announcement_bytes)
            sent = read_raw(raw, most)
        most = attempt.most_bytes or (policy.max_body_bytes if is_page else policy.max_announcement_bytes)
        body = decode_content(sent, headers.get("content-encoding"), most, lambda: transfer.left_s(0))
        return Answer(url, raw.status, headers, sent, body)

    def _open(self, request: requests.PreparedRequest, attempt: Attempt, transfer: Transfer) -> requests.Response:
        adapter = self._adapters[attempt.route]
        timeout = (self.policy.connect_timeout_s, self.policy.read_timeout_s)
        try:
            return adapter.send(request, stream=True, timeout=timeout, verify=True)
        except (requests.ConnectionError, HTTPError, OSError) as error:
            # A server may close a kept connection just as it is reused; then it has not seen the request.
            if not transfer.is_reused or explain(error).outcome != "connection_error":
                raise
            return adapter.send(request, stream=True, timeout=timeout, verify=True)

    def _headers(self, attempt: Attempt) -> dict[str, str]:
        headers = {
            "User-Agent": self.policy.user_agent,
            "Accept": ACCEPT[attempt.purpose],
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }
        # Validators belong to the URL that they came from, not to a redirect's target on another host.
        if attempt.validators and len(attempt.chain) == 1:
            if attempt.validators.etag:
                headers["If-None-Match"] = attempt.validators.etag
            if attempt.validators.last_modified:
                headers["If-Modified-Since"] = attempt.validators.last_modified
        return headers

    def _ask_robots(self, url: str, route: Route) -> FileAnswer | AttemptError:
        return self._ask_file(Attempt(url, "announcement", route, self._now(), None, is_politely=False))

    def _ask_rights(self, url: str, route: Route) -> FileAnswer | AttemptError:
        most = self.policy.max_robots_bytes
        answer = self._ask_file(Attempt(url, "announcement", route, self._now(), None, most_bytes=most))
        if isinstance(answer, HostNotDueError):
            # No request was made, and the page is not due either.
            raise answer
        return answer

    def _ask_file(self, attempt: Attempt) -> FileAnswer | AttemptError:
        try:
            self._follow(attempt)
        except Exception as error:
            return explain(error)
        assert attempt.answer is not None
        text = attempt.answer.body[: self.policy.max_robots_bytes].decode("utf-8-sig", "replace")
        return FileAnswer(attempt.answer.status, text)

    def _answered(self, attempt: Attempt, source: Source) -> FetchResult:
        answer = attempt.answer
        assert answer is not None
        verdict = judge(answer, attempt.purpose, attempt.validators, len(attempt.chain) > 1)
        retry_at = attempt.retry_at
        if verdict.is_retryable and retry_at is None:
            retry_at = self._now() + timedelta(seconds=decide_backoff_s(1, self.policy, self._random.random()))
        row = replace(
            self._row(attempt, source),
            outcome=verdict.outcome,
            detail=verdict.detail,
            is_retryable=verdict.is_retryable,
            retry_after_at=retry_at if verdict.is_retryable else None,
            status=answer.status,
            body_bytes=len(answer.body),
            content_type=answer.headers.get("content-type"),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            page_sha256=hashlib.sha256(answer.body).hexdigest(),
        )
        if verdict.outcome == "not_modified" and attempt.validators:
            row = replace(row, page_sha256=attempt.validators.page_sha256)
        result = self._result(row, attempt, answer.raw, answer.body)
        return result if attempt.respect is None else honour(result, attempt.respect, ROBOTS_TOKEN, attempt.site)

    def _failed(self, attempt: Attempt, error: AttemptError, source: Source) -> FetchResult:
        now = self._now()
        is_retryable = error.outcome in RETRYABLE or error.detail.startswith("robots.txt answered 5")
        wait = decide_backoff_s(1, self.policy, self._random.random())
        if isinstance(error, HostNotDueError):
            wait = error.wait_s
        retry_at = attempt.retry_at or now + timedelta(seconds=wait)
        row = replace(
            self._row(attempt, source),
            outcome=error.outcome,
            detail=error.detail,
            reserved_rights=site_marks(attempt.site) if error.outcome == "reserved" else None,
            is_retryable=is_retryable,
            retry_after_at=retry_at if is_retryable else None,
        )
        return self._result(row, attempt, b"", None)

    def _row(self, attempt: Attempt, source: Source) -> Fetch:
        return Fetch(
            fetch_id=stable_id(source.name, attempt.url, attempt.started_at.isoformat()),
            source=source.name,
            url=attempt.url,
            fetched_at=attempt.started_at,
            outcome="ok",
            final_url=attempt.chain[-1] if attempt.chain else None,
            redirects=tuple(attempt.chain[:-1]),
            elapsed_ms=round(attempt.transfer_s * 1000),
            purpose=attempt.purpose,
        )

    def _result(self, row: Fetch, attempt: Attempt, raw: bytes, body: bytes | None) -> FetchResult:
        return FetchResult(row, attempt.request, attempt.response, raw, body, attempt.ip_address, attempt.validators)


def _request_head(request: requests.PreparedRequest, headers: Mapping[str, str]) -> bytes:
    parts = urlsplit(str(request.url))
    lines = [f"GET {request.path_url} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _response_head(raw: Any) -> bytes:
    """Rebuild status line and headers; Transfer-Encoding is renamed, because the body is already decoded."""
    version = "1.0" if raw.version == 10 else "1.1"
    lines = [f"HTTP/{version} {raw.status} {raw.reason or ''}"]
    for name, value in raw.headers.items():
        shown = f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name
        lines.append(f"{shown}: {' '.join(value.split())}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
