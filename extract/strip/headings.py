"""The page's headings as readers see them: without kickers, and without breadcrumb trails."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from extract.strip.page import Page, collapse
from extract.strip.wording import fold

# Class words of the parts of a heading that are not the headline: kicker, subtitle, labels.
BESIDE_HEADLINE = re.compile(
    r"kicker|over-?line|over-?title|super-?(?:title|headline)|dachzeile|top-?line|roof-?line|spitzmarke|eyebrow"
    r"|topic|rubri(?:k|c)|\bflag|badge|ante-?t[ií]t|occhiello|vorspann|\bsub-?(?:title|head|line)|[-_]sub-?(?:title|head|line)"
    r"|visually-?hidden|sr-only|screen-?reader|off-?screen|categor|comment|byline|\btags?\b",
    re.I,
)
BREADCRUMB = re.compile(r"bread-?_?crumb", re.I)
HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?(?:\?.*)?")
SMALL_TAGS = frozenset(("small", "time", "sup"))
MAX_FIRST = 8
MAX_LESSER = 60
MAX_CHARS = 1_000
# How many ancestors of a heading may mark it as the end of a breadcrumb trail.
TRAIL_REACH = 3
# A heading without its kicker must be at least this long (characters) to be a headline.
MIN_HEADLINE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings that may be the headline, without kickers, and the lesser headings, with and without.

    ``without_kicker`` maps the folded text of a lesser heading with a kicker to its text without the kicker.
    """

    first: tuple[str, ...]
    lesser: tuple[str, ...]
    without_kicker: dict[str, str]


def read_headings(page: Page) -> Headings:
    """Read the headings of a pruned page. A heading that links to the front page is the site's name.

    If no h1 is left, the h2 in a group with kicker or subtitle replaces it.
    """
    nodes = page.tree.css("h1, h2, h3")
    greatest = [node for node in nodes if node.tag == "h1"][:MAX_FIRST]
    first = [headline_text(node) for node in greatest if not _is_trail(node)]
    lesser = [node for node in nodes if node.tag != "h1"][:MAX_LESSER]
    if not any(first):
        first = [headline_text(node) for node in lesser if _is_in_group(node)][:1]
    whole = [collapse(node.text(separator=" ")[:MAX_CHARS]) for node in lesser]
    cut = [headline_text(node) for node in lesser[:MAX_FIRST]]
    shorter = {fold(text): rest for text, rest in zip(whole, cut, strict=False) if text != rest}
    return Headings(tuple(filter(None, first)), tuple(filter(None, dict.fromkeys((*whole, *cut)))), shorter)


def _is_in_group(node: LexborNode) -> bool:
    return node.tag == "h2" and node.parent is not None and node.parent.tag == "hgroup"


def headline_text(node: LexborNode) -> str:
    """Return a heading's text without the parts marked up as kicker, label or subtitle."""
    whole = collapse(node.text(separator=" ")[: 5 * MAX_CHARS])
    if node.first_child is None or not any(child.tag != "-text" for child in node.iter(include_text=True)):
        return whole
    pieces: list[str] = []
    _gather(node, pieces, 0)
    rest = collapse(" ".join(pieces)).strip(" :|–-")
    return rest if len(rest) >= MIN_HEADLINE_CHARS else whole


def _gather(node: LexborNode, pieces: list[str], depth: int) -> None:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            pieces.append(child.text_content or "")
        elif child.tag not in SMALL_TAGS and not _is_beside(child):
            if depth < TRAIL_REACH:
                _gather(child, pieces, depth + 1)
            else:
                pieces.append(child.text(separator=" "))


def _is_beside(node: LexborNode) -> bool:
    attributes = node.attributes
    names = " ".join(name for name in attributes if name.startswith("data-"))
    return BESIDE_HEADLINE.search(f"{attributes.get('class') or ''} {names}"[:300]) is not None


def _is_trail(node: LexborNode) -> bool:
    """Return whether a heading is the last step of a breadcrumb trail, or only a link to the front page."""
    around: LexborNode | None = node
    for _ in range(TRAIL_REACH):
        if around is None or around.tag in ("body", "-document"):
            break
        if BREADCRUMB.search(around.attrs.get("class") or ""):
            return True
        around = around.parent
    if node.parent is not None and sum(child.tag == "a" for child in node.parent.iter()) >= 2:
        return True
    links = node.css("a")
    alone = len(links) == 1 and collapse(links[0].text()) == collapse(node.text())
    return alone and HOME.fullmatch(links[0].attrs.get("href") or "") is not None
