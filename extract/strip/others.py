"""What on a page is dated and signed by others than the article: comments, events, opening hours, the site's header."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from extract.strip.segment import MAX_HINT_CHARS, Box

# A class may end in the name of the article's own category: "category-events".
OF_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?(?=$|\s|[_-]+(?:\d|box|list|item|meta|date|time|author|body|content|header|info|text))"
    r"|kommentare?|commentaires?|comentarios?|today[_-]?date|date[_-]?today|current[_-]?date|hours|deadline|countdown)"
    r"(?=$|[\s_-])|(?:^|\s)(?:today(?=$|\s)|(?:events?|weather|wetter|top-?bar|nav-?(?:top|bar)|site-?header|header-?date)"
    r"(?=$|[\s_-]))",
    re.I,
)
# Elements of which a date tells when a picture was taken, a quotation said or a source written.
TAGS_OF_OTHERS = frozenset(("figure", "figcaption", "caption", "blockquote", "cite"))
OF_SOURCES = re.compile(
    r"(?:^|\s)(?:foot-?notes?|end-?notes?|references?|bibliograph\w*|tweet|twitter-tweet"
    r"|(?:wp|img|image|photo|picture|media|figure)[_-]caption(?:[_-]text)?)(?=$|[\s_-])",
    re.I,
)
# So many elements around a text may say whose it is.
REACH = 3


@lru_cache(maxsize=20_000)
def _is_of_others(hint: str) -> bool:
    """Say whether a class or id speaks of such a part; a site's classes recur on all its pages."""
    return OF_OTHERS.search(hint) is not None


def box_of_others(box: Box) -> bool:
    """Say whether the class or id of a box, or of those close around it, speaks of such a part."""
    return any(_is_of_others(outer.hint) for outer in islice(box.ancestry(), REACH) if outer.parent)


def box_of_sources(box: Box) -> bool:
    """Say whether the class or id of a box, or of those close around it, speaks of notes, sources or quoted posts."""
    return any(OF_SOURCES.search(outer.hint) for outer in islice(box.ancestry(), REACH) if outer.parent)


def node_of_others(node: LexborNode) -> bool:
    """Say whether the class of an element, or of those close around it, speaks of such a part."""
    around: LexborNode | None = node
    for _ in range(REACH + 1):
        if around is None or around.tag == "body":
            return False
        if _is_of_others((around.attributes.get("class") or "")[:MAX_HINT_CHARS]):
            return True
        around = around.parent
    return False
