"""The inputs and the result of one attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extract.types import Fetch


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier fetch of the same URL returned, for the conditional request and the revisit record.

    ``warc_file`` and ``warc_offset`` locate the response record of that fetch (never a revisit record). ``answers_304``
    counts the consecutive 304 responses since.
    """

    etag: str | None = None
    last_modified: str | None = None
    page_sha256: str | None = None
    fetched_at: datetime | None = None
    url: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    answers_304: int = 0

    @classmethod
    def of(cls, fetch: Fetch, answers_304: int = 0) -> Validators:
        """Return the validators in a fetch row."""
        return cls(
            fetch.etag,
            fetch.last_modified,
            fetch.page_sha256,
            fetch.fetched_at,
            fetch.final_url or fetch.url,
            fetch.warc_file,
            fetch.warc_offset,
            answers_304,
        )


@dataclass(frozen=True, slots=True)
class FetchResult:
    """One attempt: its row, and the bytes for the archive.

    ``request`` and ``response`` are head bytes with the blank line (``response`` is the status line and headers, with
    the transfer coding taken off); ``raw`` is the body as sent, content coding kept; ``body`` the same decoded, or
    None when there is no whole body. ``is_local`` marks pages that were read from this machine.
    """

    fetch: Fetch
    request: bytes = b""
    response: bytes = b""
    raw: bytes = b""
    body: bytes | None = None
    ip_address: str | None = None
    validators: Validators | None = None
    is_local: bool = False
