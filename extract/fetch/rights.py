"""Rights that a publisher reserves for a page, by machine-readable marks in the page or its site's files.

``noarchive``, ``noai`` and ``noimageai`` are directives of robots meta tags and of the X-Robots-Tag header. ``tdm`` is
a reservation of text and data mining (W3C TDM Reservation Protocol) in a site file, a header or a meta tag. ``ai.txt``
means that this file disallows the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from html import unescape

from extract.fetch.errors import AttemptError
from extract.fetch.result import FetchResult
from extract.fetch.site_rights import NO_MARKS, SiteMarks
from extract.outcomes import GOOD
from extract.types import Right

ROBOTS_WORDS: tuple[Right, ...] = ("noarchive", "noai", "noimageai")
MEANINGS: dict[Right, str] = {
    "noarchive": "its publisher asks that it be not archived (noarchive)",
    "noai": "its publisher asks that it be not used for artificial intelligence (noai)",
    "noimageai": "its publisher asks that its images be not used for artificial intelligence (noimageai)",
    "tdm": "its publisher reserves text and data mining (tdm-reservation)",
    "ai.txt": "its publisher closes it to artificial intelligence (ai.txt)",
}
# Without a body element, marks are searched in this many bytes.
HEAD_BYTES = 262_144
BODY = re.compile(rb"<body\b", re.IGNORECASE)
UNSEEN = re.compile(r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
META = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# Directives of X-Robots-Tag with a value of their own after a colon; their names are no robots' names.
VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")


def check(site: SiteMarks, respect: Collection[Right]) -> None:
    """Raise AttemptError (``reserved``) before a request, where a site's files set a mark that is respected.

    The protocol lets a page's own header or meta tag override the file. When they disagree, we follow the stricter one,
    which also saves the request.
    """
    marks = [mark for mark in site_marks(site) if mark in respect]
    if marks:
        raise AttemptError("reserved", _sentence(marks, site))


def honour(result: FetchResult, respect: Collection[Right], robot: str, site: SiteMarks = NO_MARKS) -> FetchResult:
    """Return the attempt with the page's marks in its row, and without the page if one of them is respected.

    Its outcome is then ``reserved``, unless the attempt had failed anyway; neither the request nor the response is
    archived.
    """
    if result.body is None:
        return result
    marks = find_marks(result.response, result.body, robot, site)
    result = replace(result, fetch=replace(result.fetch, reserved_rights=marks))
    respected = [mark for mark in marks if mark in respect]
    if not respected:
        return result
    fetch = replace(result.fetch, etag=None, last_modified=None, page_sha256=None, body_bytes=None)
    if fetch.outcome in GOOD:
        fetch = replace(fetch, outcome="reserved", detail=_sentence(respected, site))
    return replace(result, fetch=fetch, request=b"", response=b"", raw=b"", body=None)


def _sentence(marks: Iterable[Right], site: SiteMarks) -> str:
    terms = f" Its terms: {site.tdm.policy}" if "tdm" in marks and site.tdm and site.tdm.policy else ""
    return f"The page is left out: {'; '.join(MEANINGS[mark] for mark in marks)}.{terms}"


def site_marks(site: SiteMarks) -> tuple[Right, ...]:
    """Return the marks that a site's files set for a page."""
    tdm: tuple[Right, ...] = ("tdm",) if site.tdm and site.tdm.is_reserved else ()
    return (*tdm, "ai.txt") if site.is_closed_to_ai else tdm


def find_marks(head: bytes, body: bytes, robot: str, site: SiteMarks = NO_MARKS) -> tuple[Right, ...]:
    """Return a page's marks from its response head and its body, for a robot of this name.

    For mining, a meta tag overrides a header, and a header overrides the site's file (*Processing priority* in the
    protocol).
    """
    in_head, in_page = list(_headers(head)), list(_metas(body))
    words = {word for name, value in in_head + in_page for word in _words(name, value, robot)}
    marks = words & set(ROBOTS_WORDS) | set(site_marks(site))
    if said := _reservations(in_page) or _reservations(in_head):
        marks = marks - {"tdm"} | ({"tdm"} if "1" in said else set())
    return tuple(mark for mark in MEANINGS if mark in marks)


def _reservations(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {value.strip() for name, value in pairs if name == "tdm-reservation"} & {"0", "1"}


def _words(name: str, value: str, robot: str) -> Iterable[str]:
    """Return the directives of a header or meta tag that apply to all robots or to this one."""
    if name == "x-robots-tag":
        return _rules(value, robot)
    return [word.strip() for word in value.split(",")] if name in ("robots", robot) else []


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        if (name := name.strip().lower()) in ("x-robots-tag", "tdm-reservation"):
            yield name, value.lower()


def _rules(value: str, robot: str) -> Iterator[str]:
    """Yield the directives of an X-Robots-Tag that apply to all robots or to this one."""
    is_meant = True
    for part in value.split(","):
        agent, colon, word = part.strip().partition(":")
        if colon and agent.strip() not in VALUED:
            is_meant = agent.strip() == robot
        else:
            word = agent
        if is_meant:
            yield word.strip()


def _metas(body: bytes) -> Iterator[tuple[str, str]]:
    end = BODY.search(body, 0, HEAD_BYTES)
    text = UNSEEN.sub("", body[: end.start() if end else HEAD_BYTES].decode("latin-1"))
    for tag in META.findall(text):
        values = {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(tag)}
        name = unescape(values.get("name", "")).strip().lower()
        if name and name != "x-robots-tag":
            yield name, unescape(values.get("content", "")).lower()
