"""Leave out, before anything is scored, the blocks that are surely not body: menus, comments, consent banners."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.strip.furniture import without_furniture
from extract.strip.segment import Box, TextBlock

NOT_ARTICLE = re.compile(
    r"(?:^|\s)(?:comments?|comment-?list|comments?[-_](?:area|section|body|content|wrapper|container|thread)"
    r"|(?:div-)?comment-\d+|disqus_thread|onetrust-[\w-]+|ot-[\w-]+|cookie-?(?:banner|consent|notice|law|bar)[\w-]*"
    r"|[\w-]*cookieconsent[\w-]*|gdpr[\w-]*|newsletter(?:[-_](?:sign-?up|box|form|promo|widget|banner))?"
    r"|support(?:-?(?:us|box|banner))?|donat(?:e|ions?)(?:-(?:box|banner|form))?)(?=\s|$)"
)
# A box with more of the page's running text than this is not cut, whatever it is called.
MAX_CUT_SHARE = 0.5
MENU_ITEM_CHARS = 120
# Fewer link-only blocks in a row may be headings of a list article or links between paragraphs.
MIN_MENU_ITEMS = 3


def candidate_blocks(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks that may be body, in order."""
    if not blocks:
        return blocks
    root = list(blocks[0].box.ancestry())[-1]
    cut: dict[Box, bool] = {}
    kept = [block for block in blocks if not _is_cut(block.box, root.paragraph_chars, cut)]
    return _without_menus(without_furniture(kept) or kept or blocks)


def _is_cut(box: Box, page_chars: int, known: dict[Box, bool]) -> bool:
    """Say whether a box, or one around it, is comments or consent; ``known`` keeps the answers."""
    cut = known.get(box)
    if cut is None:
        cut = box.parent is not None and _is_cut(box.parent, page_chars, known)
        if not cut and len(box.hint) > 1 and box.paragraph_chars <= MAX_CUT_SHARE * page_chars:
            cut = _is_not_article(box.hint)
        known[box] = cut
    return cut


@lru_cache(maxsize=20_000)
def _is_not_article(hint: str) -> bool:
    """Say whether a class and id name a part that is no article; a site's classes recur on all its pages."""
    return NOT_ARTICLE.search(hint[:200].lower()) is not None


def _without_menus(blocks: list[TextBlock]) -> list[TextBlock]:
    """Drop the runs of short blocks that are nothing but links."""
    kept: list[TextBlock] = []
    run: list[TextBlock] = []
    for block in blocks:
        chars = len(block.text)
        if chars < MENU_ITEM_CHARS and block.link_chars >= 0.9 * chars:
            run.append(block)
            continue
        if len(run) < MIN_MENU_ITEMS:
            kept.extend(run)
        run = []
        kept.append(block)
    return kept + (run if len(run) < MIN_MENU_ITEMS else [])
