"""Rights that a publisher reserves in a page, with it or for its site, by the marks that machines are to read.

``noarchive``, ``noai`` and ``noimageai`` are words of robots' meta tags and of the header X-Robots-Tag; ``tdm`` is a
reservation of text and data mining (W3C TDM Reservation Protocol), made by a file of the site, a header or a meta tag;
``ai.txt`` is a page that this file closes.
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
# A head without a body behind it is looked through so far.
HEAD_BYTES = 262_144
BODY = re.compile(rb"<body\b", re.IGNORECASE)
UNSEEN = re.compile(r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
META = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# Of the words of X-Robots-Tag only this one has a value of its own behind a colon that is no robot's rule.
VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")


def check(site: SiteMarks, respect: Collection[Right]) -> None:
    """Raise AttemptError (``reserved``) where a site's files set a mark that is respected, before a page is asked for.

    The protocol lets a page's own header or meta tag say otherwise; a publisher that says both is believed the one that
    keeps more, and spared the request.
    """
    marks = [mark for mark in site_marks(site) if mark in respect]
    if marks:
        raise AttemptError("reserved", _sentence(marks, site))


def honour(result: FetchResult, respect: Collection[Right], robot: str, site: SiteMarks = NO_MARKS) -> FetchResult:
    """Return the attempt with the marks of the page in its row, and without the page where one of them is respected.

    Its outcome is then ``reserved``, unless it was no success anyway; neither the request nor what came of it is left
    to be archived.
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
    """Return the marks that a site's files set on a page."""
    tdm: tuple[Right, ...] = ("tdm",) if site.tdm and site.tdm.is_reserved else ()
    return (*tdm, "ai.txt") if site.is_closed_to_ai else tdm


def find_marks(head: bytes, body: bytes, robot: str, site: SiteMarks = NO_MARKS) -> tuple[Right, ...]:
    """Read the marks of a page off its response's head and its body, for a robot of this name.

    Of reservations of mining the meta tag's counts before the header's, and that before the file's (*Processing
    priority* of the protocol).
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
    """Return the words for all robots, or for this one, of a header or meta tag."""
    if name == "x-robots-tag":
        return _rules(value, robot)
    return [word.strip() for word in value.split(",")] if name in ("robots", robot) else []


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        if (name := name.strip().lower()) in ("x-robots-tag", "tdm-reservation"):
            yield name, value.lower()


def _rules(value: str, robot: str) -> Iterator[str]:
    """Yield the words of an X-Robots-Tag that are for all robots or for this one."""
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
