"""Find other articles on an article's page, such as those appended for infinite scrolling."""

from __future__ import annotations

import re

from extract.strip.segment import Box, TextBlock
from extract.strip.wording import fold, showing

BYLINE = re.compile(r"byline|dateline|(?:^|[\s_-])authors?(?:$|[\s_-](?:name|line|link))", re.I)
BYLINE_REACH = 2
HEADINGS = frozenset(("h1", "h2", "h3"))
# The elements that hold one article.
HOLDERS = frozenset(("article", "main"))
# The element with the headline has at least this share of the text of an article below it.
MIN_SHARE = 0.2


def without_other_articles(blocks: list[TextBlock], headline: str) -> list[TextBlock]:
    """Return the blocks that are in no other article; ``headline`` is this article's, folded."""
    strangers = _other_articles(blocks, headline)
    return [block for block in blocks if strangers.isdisjoint(block.box.ancestry())] if strangers else blocks


def _other_articles(blocks: list[TextBlock], headline: str) -> set[Box]:
    """Return the boxes of articles that begin, under a heading of their own, outside what holds the headline.

    Parts of a page that one element holds together with the headline are its own.
    """
    place = headline_place(blocks, headline)
    if place is None:
        return set()
    home = set(blocks[place].box.ancestry())
    holders = [box for box in home if box.tag in HOLDERS and box.paragraph_chars]
    holders.sort(key=lambda box: -box.depth)
    strangers = (
        _stranger(blocks, at, home, holders)
        for at in range(place + 1, len(blocks))
        if blocks[at].box.tag in HEADINGS and fold(blocks[at].text) != headline
    )
    return set(filter(None, strangers))


def headline_place(blocks: list[TextBlock], headline: str) -> int | None:
    """Return the number of the heading that shows a folded headline, None where no heading does."""
    places = showing([block.text for block in blocks], headline)
    return next((at for at in places if blocks[at].box.tag in HEADINGS), None)


def _is_signed(blocks: list[TextBlock], at: int) -> bool:
    """Return whether a marked-up byline follows a heading."""
    return any(BYLINE.search(block.box.hint) for block in blocks[at + 1 : at + 1 + BYLINE_REACH])


def _stranger(blocks: list[TextBlock], at: int, home: set[Box], holders: list[Box]) -> Box | None:
    """Return the outermost box around a heading but not the headline, if it is a separate article; else None."""
    around = list(blocks[at].box.ancestry())
    apart = [box for box in around if box not in home]
    own = next((box for box in holders if box not in around), None)
    if own is None or not apart:
        return None
    if not 0 < apart[-1].paragraph_chars * MIN_SHARE <= own.paragraph_chars:
        return None
    is_article = not {"h1", "article"}.isdisjoint(box.tag for box in apart) or _is_signed(blocks, at)
    return apart[-1] if is_article else None
