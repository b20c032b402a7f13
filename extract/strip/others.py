"""Parts of a page with dates and names of others than the article: comments, events, opening hours, the header."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from extract.strip.segment import MAX_HINT_CHARS, Box

# A class may end in the article's own category: "category-events".
OF_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?(?=$|\s|[_-]+(?:\d|box|list|item|meta|date|time|author|body|content|header|info|text))"
    r"|kommentare?|commentaires?|comentarios?|today[_-]?date|date[_-]?today|current[_-]?date|hours|deadline|countdown)"
    r"(?=$|[\s_-])|(?:^|\s)(?:today(?=$|\s)|(?:events?|weather|wetter|top-?bar|nav-?(?:top|bar)|site-?header|header-?date)"
    r"(?=$|[\s_-]))",
    re.I,
)
# Elements whose date is that of a picture, a quotation or a source.
TAGS_OF_OTHERS = frozenset(("figure", "figcaption", "caption", "blockquote", "cite"))
OF_SOURCES = re.compile(
    r"(?:^|\s)(?:foot-?notes?|end-?notes?|references?|bibliograph\w*|tweet|twitter-tweet"
    r"|(?:wp|img|image|photo|picture|media|figure)[_-]caption(?:[_-]text)?)(?=$|[\s_-])",
    re.I,
)
# This many ancestors of a text may say whose it is.
REACH = 3


@lru_cache(maxsize=20_000)
def _is_of_others(hint: str) -> bool:
    """Return whether a class or id names such a part; cached, because classes recur across a site."""
    return OF_OTHERS.search(hint) is not None


def box_of_others(box: Box) -> bool:
    """Return whether the class or id of a box, or of its close ancestors, names such a part."""
    return any(_is_of_others(outer.hint) for outer in islice(box.ancestry(), REACH) if outer.parent)


def box_of_sources(box: Box) -> bool:
    """Return whether the class or id of a box, or of its close ancestors, names notes, sources or quoted posts."""
    return any(OF_SOURCES.search(outer.hint) for outer in islice(box.ancestry(), REACH) if outer.parent)


def node_of_others(node: LexborNode) -> bool:
    """Return whether the class of an element, or of its close ancestors, names such a part."""
    around: LexborNode | None = node
    for _ in range(REACH + 1):
        if around is None or around.tag in ("body", "-document"):
            return False
        if _is_of_others((around.attrs.get("class") or "")[:MAX_HINT_CHARS]):
            return True
        around = around.parent
    return False
