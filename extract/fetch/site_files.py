"""Files that speak for a whole site, robots.txt among them: asked for once a period and host, kept for all processes.

What an answer means is told by whoever reads the file: ``decide`` makes a kept file of an answer, ``parse`` its rules.
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

# What the clocks of machines that share the folder may differ by.
MAX_SKEW_S = 60.0
State = Literal["rules", "unavailable", "unreachable"]
Rules = TypeVar("Rules")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What asking for a site's file gave: rules, none to follow, or a host that must be left alone for now.

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
class FileAnswer:
    """Status and text of an answer to a request for a site's file."""

    status: int
    text: str


Ask = Callable[[str, Route], FileAnswer | AttemptError]
Decide = Callable[[FileAnswer | AttemptError, SiteFile | None, float], SiteFile]


class SiteFiles(Generic[Rules]):
    """Asks for one file of every host, and answers from the copy until it expires."""

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
        """Keep copies in ``folder``; ``ask`` fetches a URL by a route."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self._folder, self._clock = path, folder, clock
        self._ask, self._decide, self._parse = ask, decide, parse
        self._parsed: dict[str, tuple[SiteFile, Rules]] = {}
        # Many threads may want pages of a new host at once; one of them asks.
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
        # An address that was refused may have been allowed since.
        is_refused = file.outcome == "unsafe_address"
        return self._is_fresh(file) and not (is_refused and route.allow_private)

    def _is_fresh(self, file: SiteFile) -> bool:
        # A time of fetching that is yet to come was told by a clock that has been put right since.
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
