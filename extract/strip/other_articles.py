"""Find the other articles on an article's page: those that follow below it, where reading goes on by scrolling."""

from __future__ import annotations

from extract.strip.segment import Box, TextBlock
from extract.strip.wording import fold, showing

HEADINGS = frozenset(("h1", "h2", "h3"))
# The elements that hold one article.
HOLDERS = frozenset(("article", "main"))
# What holds the headline holds at least this share of the text of an article below it.
MIN_SHARE = 0.2


def other_articles(blocks: list[TextBlock], headline: str) -> set[Box]:
    """Return the boxes of articles that begin, under a heading of their own, outside what holds the headline.

    ``headline`` is folded. Parts of a page that one element holds together with the headline are its own.
    """
    places = showing([block.text for block in blocks], headline)
    place = next((at for at in places if blocks[at].box.tag in HEADINGS), None)
    if place is None:
        return set()
    home = list(blocks[place].box.ancestry())
    holders = [box for box in home if box.tag in HOLDERS and box.paragraph_chars]
    below = [block for block in blocks[place + 1 :] if block.box.tag in HEADINGS] if holders else []
    strangers = (_stranger(block.box, set(home), holders) for block in below if fold(block.text) != headline)
    return set(filter(None, strangers))


def _stranger(heading: Box, home: set[Box], holders: list[Box]) -> Box | None:
    """Return the outermost box around a heading that is not around the headline, if it is an article of its own."""
    around = list(heading.ancestry())
    apart = [box for box in around if box not in home]
    own = next((box for box in holders if box not in around), None)
    if own is None or not apart or not apart[-1].paragraph_chars:
        return None
    is_article = heading.tag == "h1" or "article" in [box.tag for box in apart]
    holds_text = own.paragraph_chars >= MIN_SHARE * apart[-1].paragraph_chars
    return apart[-1] if is_article and holds_text else None
