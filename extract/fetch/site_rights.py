"""Rights that a publisher reserves for its whole site: ``/.well-known/tdmrep.json`` and ``/ai.txt``.

The first is the file of the TDM Reservation Protocol (W3C Community Group final report, 10 May 2024): a list of rules,
of which the first that matches a path applies. The second is Spawning's: the grammar of robots.txt over file types. A
page is checked as an HTML file; rules for other file types do not apply to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from protego import Protego

from extract.fetch.errors import AttemptError
from extract.fetch.policy import ROBOTS_TOKEN, FetchPolicy
from extract.fetch.robots import decide_robots
from extract.fetch.route import Route
from extract.fetch.site_files import Ask, FileAnswer, SiteFile, SiteFiles

TDM_PATH, AI_PATH = "/.well-known/tdmrep.json", "/ai.txt"
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
ESCAPE = re.compile("%([0-9a-fA-F]{2})")
UNRESERVED = re.compile("[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class TdmRule:
    """Whether text and data mining is reserved at a location, and where its terms are."""

    location: str
    is_reserved: bool
    policy: str | None = None

    def covers(self, path: str) -> bool:
        """Return whether the location matches a path from ``comparable``: ``*`` matches anything, ``$`` the end."""
        is_whole = self.location.endswith("$")
        first, *pieces = self.location.removesuffix("$").split("*")
        if is_whole and not pieces:
            return path == first
        last = pieces.pop() if is_whole else ""
        at = len(first) if path.startswith(first) else -1
        for piece in pieces:
            if at < 0:
                return False
            found = path.find(piece, at)
            at = found + len(piece) if found >= 0 else -1
        return 0 <= at <= len(path) - len(last) and path.endswith(last)


@dataclass(frozen=True, slots=True)
class SiteMarks:
    """What a site's files say about one page: the TDM rule that applies, and whether ai.txt disallows it."""

    tdm: TdmRule | None = None
    is_closed_to_ai: bool = False


NO_MARKS = SiteMarks()


class SiteRights:
    """Requests both files once a day per host, and evaluates them for a page."""

    def __init__(self, folder: Path, policy: FetchPolicy, clock: Callable[[], float], ask: Ask) -> None:
        """Cache files in ``folder``; ``ask`` fetches a URL by a route."""
        decide = partial(decide_rights, policy=policy)
        self._tdm = SiteFiles(TDM_PATH, folder / "tdmrep", clock, ask=ask, decide=decide, parse=parse_tdm)
        self._ai = SiteFiles(AI_PATH, folder / "ai", clock, ask=ask, decide=decide, parse=Protego.parse)

    def of(self, url: str, route: Route) -> SiteMarks:
        """Return what the files say about a page. Raises AttemptError when the host must be left alone."""
        _, rules = self._tdm.of(url, route)
        _, ai = self._ai.of(url, route)
        path = comparable(url)
        rule = next((rule for rule in rules if rule.covers(path)), None)
        return SiteMarks(rule, not ai.can_fetch(_as_html(url), ROBOTS_TOKEN))


def decide_rights(
    answer: FileAnswer | AttemptError, last: SiteFile | None, now: float, policy: FetchPolicy
) -> SiteFile:
    """Interpret a response like that of robots.txt, but an unavailable file reserves nothing.

    A publisher whose file cannot be accessed does not take part in the protocol (section *TDM File on the Origin
    Server*).
    """
    file = decide_robots(answer, last, now, policy)
    return replace(file, state="unavailable") if file.state == "unreachable" else file


def parse_tdm(text: str) -> tuple[TdmRule, ...]:
    """Parse a tdmrep.json; rules without location or reservation are skipped, and invalid JSON gives none."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    # The outer array is required, but a file without it is unambiguous.
    entries = [found] if isinstance(found, dict) else found if isinstance(found, list) else []
    return tuple(rule for entry in entries if isinstance(entry, dict) and (rule := _rule(entry)))


def _rule(entry: dict[str, Any]) -> TdmRule | None:
    location, value, policy = entry.get("location"), entry.get("tdm-reservation"), entry.get("tdm-policy")
    if not isinstance(location, str) or str(value) not in ("0", "1"):
        return None
    return TdmRule(_plain_escapes(location), str(value) == "1", policy if isinstance(policy, str) else None)


def comparable(url: str) -> str:
    """Return a URL's path and query for comparison with locations; ``*`` and ``$`` in it are escaped."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _plain_escapes(path).replace("*", "%2A").replace("$", "%24")


def _plain_escapes(path: str) -> str:
    """Normalise percent-encoding: decode unreserved characters, encode what must be (RFC 3986 6.2.2)."""

    def decoded(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if UNRESERVED.fullmatch(character) else found[0].upper()

    return ESCAPE.sub(decoded, quote(path, safe=PRINTABLE, errors="replace"))


def _as_html(url: str) -> str:
    """Return the URL with an HTML suffix: ai.txt matches file suffixes, and most pages have none."""
    parts = urlsplit(url)
    path = parts.path or "/"
    return parts._replace(path=path if path.lower().endswith(".html") else f"{path}.html").geturl()
