"""Limit the markup of hostile pages before parsing, which would take quadratic time.

Lexbor takes quadratic time for deeply nested elements, options inside a select, attributes of one element, and unclosed
formatting elements, which it reopens in each paragraph. Ordinary pages are far below these limits; a few counts
recognise them, and they are returned unchanged.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
OPTION = re.compile(rb"<option\b[^<]*", re.I)
TAG_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*+[\s/]*+")
NEXT_TAG = re.compile(rb"[<>]")
# A quoted value is matched with its name, so that removing it leaves no quotation mark.
ATTRIBUTE = re.compile(rb"""(?:[^\s"'>/=]++|["'=])(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))?[\s/]*+""")
# Void elements, and elements whose end tag is optional, do not add to the depth.
SHALLOW = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option tbody thead"
    b" html head body".split()
)
# Elements that the parser reopens in the next paragraph; a new link closes the previous one.
FORMATTING = frozenset(b"b big code em font i s small strike strong tt u".split())
# Attributes of repeated tags are merged into the page's only element of that name.
SINGLE = frozenset((b"html", b"body"))
# Real pages nest some 30 deep, and broken ones a few hundred.
MAX_DEPTH = 400
MAX_DROPPED = 5_000
# Pages below both limits cannot contain enough to matter, and are not examined.
MAX_TAGS = 8_000
MAX_UNCLOSED = 2_000
MAX_OPTIONS = 3_000
MAX_FORMATTING = 20
# The parser may reopen this many elements.
MAX_REOPENED = 200_000
MAX_SINGLE = 100
MAX_ATTRIBUTES = 1_000
# Only tags of this many bytes are examined; shorter ones have too few attributes to matter.
LONG_TAG_BYTES = 16_000


def limit_markup(html: bytes) -> bytes:
    """Drop what would cost the parser quadratic time: tags that nest deeper than ``MAX_DEPTH``, options and attributes
    beyond thousands, formatting that stays open. Ordinary pages are returned as they are.

    After ``MAX_DROPPED`` such tags the page is made to be hostile, and the rest of it is left out.
    """
    html = _limit_attributes(html)
    # Several times as fast as looking for what recurs so often.
    data = np.frombuffer(html, dtype=np.uint8)
    is_open = data == ord("<")
    if np.count_nonzero(is_open) < MAX_UNCLOSED:
        return html
    opens = np.flatnonzero(is_open[:-2])
    letters = data[opens + 1]
    unclosed = len(opens) - 2 * np.count_nonzero(letters == ord("/"))
    if np.count_nonzero((letters | 32 == ord("o")) & (data[opens + 2] | 32 == ord("p"))) >= MAX_OPTIONS:
        html = OPTION.sub(b"", html)
    return _limit_tags(html) if len(opens) >= MAX_TAGS or unclosed >= MAX_UNCLOSED else html


def _limit_tags(html: bytes) -> bytes:
    """Remove the opening tags above the limits, and everything after them when the page is hostile."""
    opened = _Opened()
    pieces: list[bytes] = []
    at = 0
    for match in TAG.finditer(html):
        name = match[2].lower()
        if match[1]:
            opened.close(name)
        elif not opened.admit(name):
            pieces.append(html[at : match.start()])
            at = match.end()
            if len(pieces) >= MAX_DROPPED:
                return b"".join(pieces)
        elif opened.reopened > MAX_REOPENED:
            return b"".join((*pieces, html[at : match.start()]))
    pieces.append(html[at:])
    return b"".join(pieces)


class _Opened:
    """The open elements while a page's tags are read, and the number of elements reopened so far."""

    def __init__(self) -> None:
        self.depth = self.formatting = self.reopened = 0
        self.singles: Counter[bytes] = Counter()

    def admit(self, name: bytes) -> bool:
        """Record that an element opens; return whether it is within the limits."""
        if name in SINGLE:
            self.singles[name] += 1
            return self.singles[name] <= MAX_SINGLE
        if name not in SHALLOW and self.depth >= MAX_DEPTH:
            return False
        if name in FORMATTING:
            if self.formatting >= MAX_FORMATTING:
                return False
            self.formatting += 1
        else:
            self.reopened += self.formatting
        self.depth += name not in SHALLOW
        return True

    def close(self, name: bytes) -> None:
        """Record that an element ends."""
        if name not in SHALLOW:
            self.depth = max(0, self.depth - 1)
        if name in FORMATTING:
            self.formatting = max(0, self.formatting - 1)


def _limit_attributes(html: bytes) -> bytes:
    """Remove the attributes of a tag after the first ``MAX_ATTRIBUTES``.

    Only tags of ``LONG_TAG_BYTES`` and more are found, if they contain no ``<`` or ``>`` for half that length.
    """
    step = LONG_TAG_BYTES // 2
    at = len(html) - len(html) % step
    while at > 0:
        # Nearly always the next tag is near.
        if html.find(b">", at, at + step) < 0 and html.find(b"<", at, at + step) < 0:
            start = max(0, html.rfind(b"<", 0, at))
            if html.find(b">", start, at) < 0 and not _is_in_script(html, start):
                html = _without_attributes(html, start)
            at = start - start % step + step
        at -= step
    return html


def _without_attributes(html: bytes, start: int) -> bytes:
    """Remove the attributes after the first ``MAX_ATTRIBUTES`` of the tag at ``start``."""
    found = TAG_NAME.match(html, start)
    at = start
    for _ in range(MAX_ATTRIBUTES):
        if found is None:
            return html
        at = found.end()
        found = ATTRIBUTE.match(html, at)
    end = NEXT_TAG.search(html, at)
    return html[:at] + (html[end.start() :] if end else b"")


def _is_in_script(html: bytes, at: int) -> bool:
    """Return whether a position is inside a script or data, in which no tag begins."""
    opened = ((name, html.rfind(b"<" + name, 0, at)) for name in (b"script", b"style"))
    return any(start >= 0 and html.find(b"</" + name, start, at) < 0 for name, start in opened)
