"""Classify a response by its status and headers: one outcome of the closed list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.fetch.result import Validators
from extract.outcomes import Outcome
from extract.types import FetchPurpose, PageKind

# RFC 9110 15.5 and 15.6: statuses that may be temporary. 403 and 404 are not; 425 and 408 ask for another attempt.
PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524})
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", ""})
# Unknown bytes may still be HTML: the strip stage looks at them.
UNTOLD_TYPES = frozenset({"application/octet-stream", "binary/octet-stream", "unknown/unknown"})
CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "challenge", "x-vercel-mitigated": "challenge"}
# Statuses with which sites ask for a bot check, a login or payment. 404, 410 and 451 mean what they say, although bot
# guards put their scripts on those pages too.
ASKING_STATUSES = frozenset({401, 403, 405, 406, 503})
# Error pages up to this size may be a request of a guard; larger ones are the site's own, with its menus.
MAX_NOTICE_BYTES = 200_000
NOTICES: Mapping[PageKind | None, tuple[Outcome, str]] = {
    "challenge": ("challenge_page", "asks for proof that a person reads"),
    "paywall": ("paywall", "asks the reader to sign in or to pay"),
}
CONSENT_LABELS = frozenset({"consent", "guce", "myprivacy", "cmp"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete response: header names in lower case, the body as sent and decoded."""

    url: str
    status: int
    headers: dict[str, str]
    raw: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reason."""

    outcome: Outcome
    detail: str | None = None
    is_retryable: bool = False


def judge(answer: Answer, purpose: FetchPurpose, validators: Validators | None, is_redirected: bool) -> Verdict:
    """Return the outcome of a response."""
    if answer.status == 304:
        return _judge_304(answer, validators)
    if wall := _wall(answer, is_redirected):
        return wall
    if answer.status == 429:
        return Verdict("rate_limited", "the server answered 429 (too many requests)", is_retryable=True)
    if answer.status != 200:
        return _judge_error(answer)
    if validators and validators.page_sha256 == hashlib.sha256(answer.body).hexdigest():
        return Verdict("not_modified", "the same bytes as before, though sent again")
    return _judge_type(answer) if purpose == "page" else Verdict("ok")


def _judge_error(answer: Answer) -> Verdict:
    """Return the outcome of an error response by its status, and by what its page asks of the reader."""
    passes = answer.status in PASSING_STATUSES
    notice = NOTICES.get(_shown(answer)) if answer.status in ASKING_STATUSES else None
    if notice is None:
        return Verdict("http_error", f"the server answered {answer.status}", passes)
    outcome, words = notice
    return Verdict(outcome, f"the server answered {answer.status} with a page that {words}", passes)


def _shown(answer: Answer) -> PageKind | None:
    content_type = answer.headers.get("content-type", "")
    if "html" not in content_type.lower() or not 0 < len(answer.body) <= MAX_NOTICE_BYTES:
        return None
    # Imported here: only errors need it, and the strip stage takes a while to import.
    from extract.strip import stand_in

    return stand_in(answer.body, url=answer.url, content_type=content_type)


def _judge_304(answer: Answer, validators: Validators | None) -> Verdict:
    if not validators or not (validators.etag or validators.last_modified):
        return Verdict("http_error", "304 (not modified) though nothing was asked conditionally")
    sent, back = validators.etag, answer.headers.get("etag")
    # Weak and strong ETags compare as equal here (RFC 9110 13.1.2: weak comparison).
    if sent and back and sent.removeprefix("W/") != back.removeprefix("W/"):
        return Verdict("http_error", "304 (not modified) with another ETag than was asked for", is_retryable=True)
    return Verdict("not_modified")


def _first_label(url: str) -> str:
    """Return the first label of a URL's host name; empty for an invalid URL, which archives may contain."""
    try:
        return (urlsplit(url).hostname or "").split(".")[0]
    except ValueError:
        return ""


def _wall(answer: Answer, is_redirected: bool) -> Verdict | None:
    for name, value in CHALLENGE_HEADERS.items():
        if value in answer.headers.get(name, "").lower():
            return Verdict("challenge_page", f"the header {name} says so")
    if answer.status == 202:
        return Verdict("challenge_page", "202 (accepted): bot checks answer so, pages do not", is_retryable=True)
    if answer.status == 402:
        return Verdict("paywall", "the server answered 402 (payment required)")
    label = _first_label(answer.url)
    if is_redirected and label in CONSENT_LABELS:
        return Verdict("challenge_page", f"redirected to a consent wall at {label}")
    return None


def _judge_type(answer: Answer) -> Verdict:
    # A header that was sent twice arrives as a list.
    kind = answer.headers.get("content-type", "").split(",")[0].split(";")[0].strip().lower()
    if kind not in PAGE_TYPES and kind not in UNTOLD_TYPES:
        return Verdict("not_html", f"the server calls it {kind[:60]!r}")
    if not answer.body.strip():
        return Verdict("not_html", "the body is empty", is_retryable=True)
    return Verdict("ok")
