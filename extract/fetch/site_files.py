"""Files that apply to a whole site, such as robots.txt: requested once per period and host, shared by all processes.

``decide`` turns a response into a cached file and ``parse`` turns its text into rules; each kind of file has its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar
from urllib.parse import urlsplit

from extract.fetch.errors import AttemptError
from extract.fetch.route import Route
from extract.outcomes import Outcome

# Tolerated difference (seconds) between the clocks of machines that share the folder.
MAX_SKEW_S = 60.0
State = Literal["rules", "unavailable", "unreachable"]
Rules = TypeVar("Rules")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The result of requesting a site's file: rules, no rules, or a host that must be left alone for now.

    ``fetched_at`` and ``expires_at`` are Unix seconds; ``copy_at`` is when ``text`` was last fetched successfully.
    ``outcome`` and ``reason`` say why the file is unreachable.
    """

    state: State
    fetched_at: float
    expires_at: float
    text: str = ""
    copy_at: float | None = None
    outcome: Outcome = "robots_denied"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """Status and text of the response for a site's file."""

    status: int
    text: str


Ask = Callable[[str, Route], FileAnswer | AttemptError]
Decide = Callable[[FileAnswer | AttemptError, SiteFile | None, float], SiteFile]


class SiteFiles(Generic[Rules]):
    """Requests one file of every host, and caches it until it expires."""

    def __init__(
        self,
        path: str,
        folder: Path,
        clock: Callable[[], float],
        *,
        ask: Ask,
        decide: Decide,
        parse: Callable[[str], Rules],
    ) -> None:
        """Cache files in ``folder``; ``ask`` fetches a URL by a route."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self._folder, self._clock = path, folder, clock
        self._ask, self._decide, self._parse = ask, decide, parse
        self._parsed: dict[str, tuple[SiteFile, Rules]] = {}
        # Many threads may request pages of a new host at once; only one of them requests the file.
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def of(self, url: str, route: Route) -> tuple[SiteFile, Rules]:
        """Return the file of a URL's host and its rules."""
        origin = _origin(url)
        known = self._parsed.get(origin)
        if known and self._holds(known[0], route):
            return known
        with self._asking[origin]:
            last = self._load(origin)
            if last is None or not self._holds(last, route):
                last = self._renew(origin, last, route)
            self._parsed[origin] = (last, self._parse(last.text))
            return self._parsed[origin]

    def _holds(self, file: SiteFile, route: Route) -> bool:
        # A host whose address was not allowed may be allowed now.
        is_refused = file.outcome == "unsafe_address"
        return self._is_fresh(file) and not (is_refused and route.allow_private)

    def _is_fresh(self, file: SiteFile) -> bool:
        # A fetch time in the future comes from a clock that has been corrected since.
        return file.fetched_at <= self._clock() + MAX_SKEW_S and self._clock() < file.expires_at

    def _renew(self, origin: str, last: SiteFile | None, route: Route) -> SiteFile:
        file = self._decide(self._ask(origin + self._path, route), last, self._clock())
        path = self._copy(origin)
        temporary = path.with_suffix(f".{os.getpid()}-{id(file):x}.tmp")
        temporary.write_text(json.dumps(asdict(file)), encoding="utf-8")
        temporary.replace(path)
        return file

    def _load(self, origin: str) -> SiteFile | None:
        try:
            return SiteFile(**json.loads(self._copy(origin).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _copy(self, origin: str) -> Path:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
