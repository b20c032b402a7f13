"""Leave out, before anything is scored, the blocks that are surely not body: menus, comments, consent banners."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.strip.furniture import without_furniture
from extract.strip.segment import Box, TextBlock

# The group are the programs that ask for consent: their texts about cookies may be longer than the article.
NOT_ARTICLE = re.compile(
    r"(?:^|\s)(?:((?:onetrust|didomi|cybotcookiebot|cmpbox|qc-cmp2?|sp_message|usercentrics|cky-|iubenda-cs|truste-|klaro"
    r"|fc-consent|borlabs-?cookie|osano-cm|cmplz-|tarteaucitron|cookie-law-info)[\w-]*)"
    r"|comments?|comment-?list|comments?[-_](?:area|section|body|content|wrapper|container|thread)"
    r"|(?:div-)?comment-\d+|disqus_thread|ot-[\w-]+|cookie-?(?:banner|consent|notice|law|bar)[\w-]*"
    r"|[\w-]*cookieconsent[\w-]*|gdpr[\w-]*|newsletter(?:[-_](?:sign-?up|box|form|promo|widget|banner))?"
    r"|(?:forgot|forgotten|lost|reset)[-_]?password[\w-]*|e?mail[-_]?verification[\w-]*|(?:traditional|social)[-_]?registration"
    r"|support(?:-?(?:us|box|banner))?|donat(?:e|ions?)(?:-(?:box|banner|form))?)(?=\s|$)"
)
# A box with more of the page's running text than this is not cut, unless a consent manager made it.
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
        cut = box.parent is not None and (_is_cut(box.parent, page_chars, known) or _is_furniture(box, page_chars))
        known[box] = cut
    return cut


def _is_furniture(box: Box, page_chars: int) -> bool:
    """Say whether a box's class and id name a part that is no article, of a size that such parts have."""
    share = _cut_share(box.hint) if len(box.hint) > 1 else 0
    return share > 0 and box.paragraph_chars <= share * page_chars


@lru_cache(maxsize=20_000)
def _cut_share(hint: str) -> float:
    """Return up to which share of the running text a class and id cut a box; a site's recur on all its pages."""
    found = NOT_ARTICLE.search(hint[:200].lower())
    if found is None:
        return 0
    return 1 if found[1] else MAX_CUT_SHARE


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
