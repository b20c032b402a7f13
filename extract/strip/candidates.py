"""Remove blocks that are certainly not body before anything is scored: menus, comments, consent banners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.strip.boilerplate import without_boilerplate
from extract.strip.hints import group_names, read_hint
from extract.strip.other_articles import headline_place
from extract.strip.segment import Box, TextBlock

# First the consent managers, then sites' own names for such parts. Their cookie notices may be longer than the article.
NOT_ARTICLE = re.compile(
    r"(?:^|\s)(?:((?:onetrust|didomi|cybotcookiebot|cmpbox|qc-cmp2?|sp_message|usercentrics|cky-|iubenda-cs|truste-|klaro"
    r"|fc-consent|borlabs-?cookie|osano-cm|cmplz-|tarteaucitron|cookie-law-info)[\w-]*)"
    r"|(cookie-?(?:banner|consent|notice|law|bar)[\w-]*|[\w-]*cookieconsent[\w-]*|gdpr[\w-]*)"
    r"|(comments?|comment-?list|comments?[-_](?:area|section|body|box|content|wrapper|container|thread|text|stream|form)"
    r"|(?:div-)?comment-\d+|disqus_thread)|ot-[\w-]+|newsletter(?:[-_](?:sign-?up|box|form|promo|widget|banner))?"
    r"|(?:forgot|forgotten|lost|reset)[-_]?password[\w-]*|e?mail[-_]?verification[\w-]*|(?:traditional|social)[-_]?registration"
    r"|support(?:-?(?:us|box|banner))?|donat(?:e|ions?)(?:-(?:box|banner|form))?)(?=\s|$)"
)
# Every match of the pattern contains one of these.
CUT_GROUPS = sum(1 << group_names().index(name) for name in ("comments", "consent", "signup", "related"))
# Parts with teasers of other stories, or with navigation.
RELATED = re.compile(
    r"(?:^|[\s_-])(?:related(?:[-_]?(?:articles?|stor(?:y|ies)|posts?|content|news|links?|coverage|box))?|read[-_]?(?:more|also|next)"
    r"|also[-_]?read|see[-_]?also|more[-_]?(?:stories|news|articles)|up[-_]?next|next[-_]?(?:article|story|post)"
    r"|infinite[-_]?scroll|recirc(?:ulation)?|recommended|outbrain|taboola|mehr[-_]?zum[-_]?thema|lire[-_]?aussi)(?=[\s_-]|$)"
)
MAX_RELATED_SHARE = 0.25
# A box with more of the page's running text than this is kept, unless it is a consent manager's.
MAX_CUT_SHARE = 0.5
MAX_HIDDEN_SHARE = 0.25
TEXT_TAGS = frozenset(("p", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))
OVERLAY = re.compile(r"(?:^|[\s_-])(?:modal|popup|overlay|lightbox)(?=[\s_-]|$)", re.I)
# The parts of a page: what is cut whole, what holds controls, and what is text whatever lies around it.
CUT = "cut"
CONTROLS = frozenset(("form", "header"))
TEXTS = frozenset(("article", "main"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MAX_CONTROL_CHARS = 100
MENU_ITEM_CHARS = 120
# Fewer consecutive link-only blocks may be headings of a list article or links between paragraphs.
MIN_MENU_ITEMS = 3


@dataclass(frozen=True, slots=True)
class _Page:
    """The length of a page's running text in characters, and the boxes around its headline."""

    chars: int
    home: frozenset[Box]


def candidate_blocks(blocks: list[TextBlock], headline: str = "") -> list[TextBlock]:
    """Return the blocks that may be body, in order; ``headline`` is the page's, folded."""
    if not blocks:
        return blocks
    root = list(blocks[0].box.ancestry())[-1]
    place = headline_place(blocks, headline)
    home = frozenset(() if place is None else blocks[place].box.ancestry())
    known = dict.fromkeys(_hidden(blocks, root.paragraph_chars), CUT)
    page = _Page(root.paragraph_chars, home)
    # Menus first: half of a page's blocks are theirs.
    blocks = _without_menus(blocks) or blocks
    kept = [block for block in blocks if not _is_cut(block, _part(block.box, page, known))]
    return without_boilerplate(kept) or kept or blocks


def _hidden(blocks: list[TextBlock], page_chars: int) -> set[Box]:
    """Return the boxes that no reader sees.

    Where they hold more of the page scripts will show them, all but single paragraphs and what opens over the page.
    """
    found = {outer for block in blocks if block.box.hidden and (outer := _outermost_hidden(block.box))}
    shown_later = {box for box in found if box.tag not in TEXT_TAGS and not OVERLAY.search(f"{box.tag} {box.hint}")}
    is_shown = sum([box.paragraph_chars for box in shown_later]) > MAX_HIDDEN_SHARE * page_chars
    return found - shown_later if is_shown else found


def _outermost_hidden(box: Box) -> Box | None:
    return next(
        (outer for outer in box.ancestry() if outer.hidden and not (outer.parent and outer.parent.hidden)), None
    )


def _is_cut(block: TextBlock, part: str) -> bool:
    """Return whether a block is a comment or consent text, or a short text in a form or page header (no heading)."""
    if part in CONTROLS:
        return len(block.text) < MAX_CONTROL_CHARS and block.box.tag not in HEADINGS
    return part == CUT


def _part(box: Box, page: _Page, known: dict[Box, str]) -> str:
    """Say which part of the page a box lies in, empty for all that are not looked at closer.

    ``known`` keeps the answers.
    """
    part = known.get(box)
    if part is None:
        outer = "" if box.parent is None else known.get(box.parent) or _part(box.parent, page, known)
        part = known[box] = outer if box.parent is None or outer == CUT else _own_part(box, page, outer)
    return part


def _own_part(box: Box, page: _Page, outer: str) -> str:
    if box.tag == "label" or _is_boilerplate(box, page):
        return CUT
    is_control = box.tag in CONTROLS and outer not in TEXTS and box.paragraph_chars <= MAX_CUT_SHARE * page.chars
    return box.tag if is_control or box.tag in TEXTS else outer


def _is_boilerplate(box: Box, page: _Page) -> bool:
    """Return whether a box's class and id name a non-article part, and its size is plausible for one."""
    if len(box.hint) < 2 or not read_hint(box.hint)[1] & CUT_GROUPS:
        return False
    share = _cut_share(box.hint, bool(page.home) and box not in page.home)
    is_led = share > MAX_RELATED_SHARE or box.link_chars > 0
    return share > 0 and is_led and box.paragraph_chars <= share * page.chars


@lru_cache(maxsize=20_000)
def _cut_share(hint: str, is_apart: bool) -> float:
    """Return up to which share of the running text a class and id cut a box that stands apart from the headline or not.

    A site's classes recur on all its pages.
    """
    hint = hint[:200].lower()
    if found := NOT_ARTICLE.search(hint):
        return 1 if found[1] or ((found[2] or found[3]) and is_apart) else MAX_CUT_SHARE
    return MAX_RELATED_SHARE if RELATED.search(hint) else 0


def _without_menus(blocks: list[TextBlock]) -> list[TextBlock]:
    """Drop runs of short link-only blocks, and single ones that are not in a text element."""
    kept: list[TextBlock] = []
    run: list[TextBlock] = []
    for block in blocks:
        chars = len(block.text)
        if chars < MENU_ITEM_CHARS and block.link_chars >= 0.9 * chars:
            run.append(block)
            continue
        kept += _of_text(run)
        run = []
        kept.append(block)
    return kept + _of_text(run)


def _of_text(run: list[TextBlock]) -> list[TextBlock]:
    return [block for block in run if block.box.tag != "div"] if len(run) < MIN_MENU_ITEMS else []
