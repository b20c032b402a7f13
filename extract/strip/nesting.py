"""Keep a hostile page from costing the parser quadratic time: cap how deep its elements nest, before parsing."""

from __future__ import annotations

import re

import numpy as np

TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
# Elements without content, and elements whose end tag HTML leaves out, do not deepen a page.
SHALLOW = frozenset(
    [
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"param",
        b"source",
        b"track",
        b"wbr",
        b"p",
        b"li",
        b"td",
        b"th",
        b"tr",
        b"dt",
        b"dd",
        b"option",
        b"tbody",
        b"thead",
        b"html",
        b"head",
        b"body",
    ]
)
# Real pages nest some 30 deep, and broken ones a few hundred.
MAX_DEPTH = 400
MAX_DROPPED = 5_000
# Pages below both marks cannot nest deep enough to matter, and are not looked at closer.
MAX_TAGS = 25_000
MAX_UNCLOSED = 5_000


def limit_nesting(html: bytes) -> bytes:
    """Drop the opening tags that would nest deeper than ``MAX_DEPTH``; ordinary pages are returned as they are.

    After ``MAX_DROPPED`` such tags the page is made to be deep, and the rest of it is left out.
    """
    # Five times as fast as counting a byte that recurs so often.
    tags = np.count_nonzero(np.frombuffer(html, dtype=np.uint8) == ord("<"))
    if tags < MAX_UNCLOSED or (tags < MAX_TAGS and tags - 2 * html.count(b"</") < MAX_UNCLOSED):
        return html
    depth = 0
    pieces: list[bytes] = []
    at = 0
    for match in TAG.finditer(html):
        closing, name = match[1], match[2].lower()
        if name in SHALLOW:
            continue
        if closing:
            depth = max(0, depth - 1)
        elif depth < MAX_DEPTH:
            depth += 1
        else:
            pieces.append(html[at : match.start()])
            at = match.end()
            if len(pieces) >= MAX_DROPPED:
                return b"".join(pieces)
    pieces.append(html[at:])
    return b"".join(pieces)
