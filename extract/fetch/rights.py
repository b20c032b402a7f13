"""Rights that a publisher reserves in a page or with it, by the marks that machines are to read.

``noarchive`` and ``noai`` are words of robots' meta tags and of the header X-Robots-Tag; ``tdm`` is a reservation of
text and data mining (W3C TDM Reservation Protocol), made by a header or a meta tag. A site's ``tdmrep.json`` is not
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from html import unescape

from extract.fetch.marks import Right
from extract.fetch.result import FetchResult

ROBOTS_WORDS: tuple[Right, ...] = ("noarchive", "noai")
MEANINGS: dict[Right, str] = {
    "noarchive": "its publisher asks that it be not archived (noarchive)",
    "noai": "its publisher asks that it be not used for artificial intelligence (noai)",
    "tdm": "its publisher reserves text and data mining (tdm-reservation)",
}
# A head without a body behind it is looked through so far.
HEAD_BYTES = 262_144
BODY = re.compile(rb"<body\b", re.IGNORECASE)
UNSEEN = re.compile(r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
META = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# Of the words of X-Robots-Tag only this one has a value of its own behind a colon that is no robot's rule.
VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")


def honour(result: FetchResult, respect: Collection[Right], robot: str) -> FetchResult:
    """Return the attempt as it is, or, where the page bears a mark that is respected, without the page.

    Its outcome is then ``reserved``; neither the request nor what came of it is left to be archived.
    """
    if result.body is None or result.is_local or not respect:
        return result
    marks = [mark for mark in find_marks(result.response, result.body, robot) if mark in respect]
    if not marks:
        return result
    fetch = replace(
        result.fetch,
        outcome="reserved",
        detail=f"The page is left out: {'; '.join(MEANINGS[mark] for mark in marks)}.",
        is_retryable=False,
        etag=None,
        last_modified=None,
        page_sha256=None,
        body_bytes=None,
    )
    return replace(result, fetch=fetch, request=b"", response=b"", raw=b"", body=None)


def find_marks(head: bytes, body: bytes, robot: str) -> tuple[Right, ...]:
    """Read the marks of a page off its response's head and its body, for a robot of this name."""
    words: set[str] = set()
    is_reserved = False
    for name, value in [*_headers(head), *_metas(body)]:
        if name == "x-robots-tag":
            words |= set(_rules(value, robot))
        elif name in ("robots", robot):
            words |= {word.strip() for word in value.split(",")}
        elif name == "tdm-reservation":
            is_reserved = is_reserved or value.strip() == "1"
    found: list[Right] = [word for word in ROBOTS_WORDS if word in words]
    return (*found, "tdm") if is_reserved else tuple(found)


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
