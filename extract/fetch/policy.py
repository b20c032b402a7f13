"""The limits of fetching, for the servers' sake and ours, each with its unit in the name and its reason."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from extract.types import Right
from extract.version import EXTRACTOR_VERSION

ROBOTS_TOKEN = "newsledger"  # noqa: S105 -- the name that robots.txt files call us by


class FetchPolicy(BaseModel):
    """Limits of one fetcher. Frozen, and with no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    contact: str = Field(
        "", description="Address or URL that goes into the User-Agent, so that publishers can reach you."
    )
    connect_timeout_s: float = Field(
        10, gt=0, description="Connecting, with TLS: TCP's third attempt comes after 7 s, so 10 s allows three."
    )
    read_timeout_s: float = Field(
        20, gt=0, description="Longest silence while reading: a slow cache miss takes seconds, a dead peer forever."
    )
    transfer_deadline_s: float = Field(
        60, gt=0, description="Whole transfer with its redirects, without waits for slots: ends very slow transfers."
    )
    max_header_bytes: int = Field(
        65_536, ge=1024, description="Status line and headers together; real sites stay under 16 kB."
    )
    max_wire_bytes: int = Field(
        10_000_000, ge=1, description="Body of a page as sent; the largest article pages have 1-3 MB."
    )
    max_body_bytes: int = Field(
        20_000_000, ge=1, description="Body of a page once decompressed: what a gzip bomb may cost in memory."
    )
    max_announcement_bytes: int = Field(
        52_428_800, ge=1, description="Body of a feed or sitemap, decompressed: the 50 MiB of the sitemap protocol."
    )
    max_redirects: int = Field(
        8, ge=0, description="Redirects followed; RFC 9110 sets no limit, browsers follow 20, sites use 1-3."
    )
    min_host_interval_s: float = Field(
        2.0, ge=0, description="Pause between two requests to one host; a reader clicks about as fast."
    )
    max_crawl_delay_s: float = Field(
        120, ge=0, description="Longest crawl-delay followed; larger ones are mostly outdated."
    )
    slow_host_factor: float = Field(
        1.0, ge=0, description="Pause per host, in multiples of its mean response time: at 1, it is idle half the time."
    )
    max_host_wait_s: float = Field(
        120, ge=0, description="Longest wait for a host's slot; a host that is due later is left for another run."
    )
    max_retry_after_s: float = Field(
        86_400, ge=0, description="Longest Retry-After followed; a date a year ahead is a mistake, a day is not."
    )
    max_attempts: int = Field(
        3, ge=1, description="Attempts of `fetch_attempts` before it gives up; a later run tries again."
    )
    backoff_base_s: float = Field(5, ge=0, description="First wait after a failure; doubles with each one.")
    backoff_cap_s: float = Field(600, ge=0, description="Longest wait between attempts: outages last minutes or hours.")
    backoff_jitter: float = Field(
        0.5, ge=0, le=1, description="Share of a wait that is random, so that clients do not all return at once."
    )
    robots_ttl_s: float = Field(86_400, ge=0, description="How long robots.txt is cached: RFC 9309 2.4 says 24 h.")
    robots_retry_s: float = Field(
        900, ge=0, description="How long an unreachable robots.txt blocks its host before it is requested again."
    )
    max_robots_bytes: int = Field(512_000, ge=512_000, description="RFC 9309 2.5: parse at least 500 kibibytes.")
    trust_304_days: float = Field(
        30, ge=0, description="After this long a page is fetched without validators: some servers answer 304 forever."
    )
    trust_304_answers: int = Field(
        10,
        ge=1,
        description="After this many 304 in a row a feed is fetched without validators: a cache may answer that for "
        "weeks, and one full response in eleven costs little.",
    )
    respect: tuple[Right, ...] = Field(
        ("noarchive", "tdm"),
        description="Marks that keep pages from being archived and read, except for sources with rights_cleared: "
        "noarchive, noai, noimageai, tdm (text and data mining reserved), ai.txt (closed in that file).",
    )

    @property
    def user_agent(self) -> str:
        """The User-Agent header: name, version, and whom to write to."""
        return f"{ROBOTS_TOKEN}/{EXTRACTOR_VERSION}" + (f" (+{self.contact})" if self.contact else "")
