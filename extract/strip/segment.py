"""Split a pruned page into text blocks: the inline text between the edges of block-level elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from selectolax.lexbor import LexborNode

from extract.strip.layout import EDGE
from extract.strip.page import collapse
from extract.strip.text_measure import width

# HTML's block-level elements (and what lays out like one); all other elements are inline.
BLOCK_TAGS = frozenset(
    [
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "pre",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "details",
        "summary",
        "center",
        "hgroup",
        "hr",
        "amp-body",
        "article-body",
        "menu",
        "legend",
        "label",
        "search",
    ]
)
# Where a line breaks, until the run of text is whole.
BREAK = "\u2028"
# The content of these elements is not read, or not as text; most pages have none.
UNREAD = frozenset(
    (
        *("-", "-comment", "-doctype", "-document"),
        *("math", "frameset", "option", "textarea", "video", "audio", "canvas", "object", "datalist"),
    )
)
# Elements that only lay out the text inside them, which are most of those that are no block; others are, rarer.
PLAIN = frozenset(("span", "img", "source", "picture", "i", "em", "small", "input", "font", "time"))
MAX_DEPTH = 400
MAX_BLOCKS = 3_000
# Into nodes and out of elements.
MAX_STEPS = 200_000
# A block that takes more room than this many letters, less than half of them links, is running text.
MIN_RUNNING_WIDTH = 80
MAX_BLOCK_CHARS = 60_000
# A list by line breaks has so many lines at least, and none longer than this.
MIN_LISTED = 3
MAX_LINE_CHARS = 100
# A class attribute may be made to be huge, and hints are kept.
MAX_HINT_CHARS = 400


class Box:
    """A block-level element: its tag, its hint (class and id), its node, and sums over the text inside it."""

    __slots__ = (
        "depth",
        "hidden",
        "hint",
        "itemprop",
        "link_chars",
        "node",
        "paragraph_chars",
        "parent",
        "tag",
        "text_chars",
    )

    def __init__(
        self,
        tag: str,
        hint: str,
        parent: Box | None,
        node: LexborNode | None = None,
        itemprop: str = "",
        hidden: bool = False,
    ):
        self.tag = tag
        self.node = node
        self.hint = hint
        self.parent = parent
        self.itemprop = itemprop
        if parent is None:
            self.hidden, self.depth = hidden, 0
        else:
            self.hidden, self.depth = hidden or parent.hidden, parent.depth + 1
        self.text_chars = self.link_chars = self.paragraph_chars = 0

    def ancestry(self) -> Iterator[Box]:
        """Yield this box and the boxes around it, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class TextBlock:
    """One run of text, its width, the box it stands in, what of it is link or bold, its lines where it has several."""

    __slots__ = ("bold_chars", "box", "lines", "link_chars", "links", "text", "width")

    def __init__(self, text: str, box: Box, link_chars: int, links: int, bold_chars: int, lines: tuple[str, ...] = ()):
        self.text = text
        self.width = width(text)
        self.lines = lines
        self.box = box
        self.link_chars = link_chars
        self.links = links
        self.bold_chars = bold_chars


# What is inside an element: the box that its text is of, whether that is in a link, whether in bold.
Inside = tuple[Box, bool, bool]


def segment(body: LexborNode) -> list[TextBlock]:
    """Return the page's text blocks in reading order.

    Elements nested deeper than ``MAX_DEPTH`` are read as text of the box at that depth.
    """
    walk = _Walk(Box("body", _hint(body), None, body))
    node, place = body.first_child, (walk.box, False, False)
    # The elements around the node, each with what is around it.
    around: list[tuple[LexborNode, Inside]] = []
    enter, add_text, blocks = walk.enter, walk.add_text, walk.blocks
    for _ in range(MAX_STEPS):
        if node is None:
            if not around:
                break
            element, place = around.pop()
            node = element.next
            continue
        tag = node.tag or "-"
        if tag == "-text":
            if walk.pieces or not node.is_empty_text_node:
                add_text(node.text_content or "", place)
        elif tag not in UNREAD:
            inside = place if tag in PLAIN else enter(node, tag, place)
            if len(blocks) >= MAX_BLOCKS:
                break
            if (child := node.first_child) is not None:
                around.append((node, place))
                node, place = child, inside
                continue
        node = node.next
    return walk.finish()


class _Walk:
    """The state of a walk through a page: the current box, the inline text since the last edge, the results so far.

    A block ends where the text continues in another box.
    """

    __slots__ = ("blocks", "bold", "box", "boxes", "link", "links", "pieces")

    def __init__(self, root: Box):
        self.blocks: list[TextBlock] = []
        self.boxes = [root]
        self.box = root
        self.pieces: list[str] = []
        self.link = self.links = self.bold = 0

    def enter(self, node: LexborNode, tag: str, place: Inside) -> Inside:
        """Open an element and return what is inside; a block-level one ends the run of text before it."""
        box, in_link, in_bold = place
        if (tag in BLOCK_TAGS or ("-" in tag and _is_block(node))) and box.depth < MAX_DEPTH:
            if self.pieces:
                self.flush()
            self.links = 0
            self.box = inner = _new_box(node, tag, box)
            self.boxes.append(inner)
            return inner, in_link, in_bold
        if box is not self.box:
            self.move(box)
        if tag == "a":
            self.links += 1
            return box, True, in_bold
        if tag == "br":
            self.break_line()
        return (box, in_link, True) if tag in BOLD else place

    def add_text(self, text: str, place: Inside) -> None:
        """Add a text node; white space only counts between words."""
        box, in_link, in_bold = place
        if box is not self.box:
            self.move(box)
        if self.pieces or not text.isspace():
            self.pieces.append(text)
            if in_link:
                self.link += len(text)
            if in_bold:
                self.bold += len(text)

    def break_line(self) -> None:
        """Two line breaks in a row end a paragraph; one ends a line."""
        last = next((piece for piece in reversed(self.pieces) if piece == BREAK or not piece.isspace()), None)
        if last == BREAK:
            self.flush()
        elif last is not None:
            self.pieces.append(BREAK)

    def move(self, box: Box) -> None:
        """Go on in another box, where a new run of text begins."""
        if self.pieces:
            self.flush()
        self.links = 0
        self.box = box

    def flush(self) -> None:
        """Turn the run of text into a block of the box that it stands in, or into several where styles part it."""
        whole = "".join(self.pieces)
        if EDGE in whole:
            for part in whole.split(EDGE):
                share = len(part) / len(whole)
                self.add_block(part, round(share * self.link), round(share * self.bold))
        else:
            self.add_block(whole, self.link, self.bold)
        self.pieces = []
        self.link = self.links = self.bold = 0

    def add_block(self, written: str, link: int, bold: int) -> None:
        """Add what is written as a block of the current box; white space alone is none."""
        text = collapse(written)[:MAX_BLOCK_CHARS]
        if not text:
            return
        chars, box = len(text), self.box
        link = min(link, chars)
        lines = tuple(filter(None, map(collapse, written.split(BREAK)))) if BREAK in written else ()
        block = TextBlock(text, box, link, self.links, min(bold, chars), lines)
        self.blocks.append(block)
        box.text_chars += chars
        box.link_chars += link
        if link < 0.5 * chars and block.width > MIN_RUNNING_WIDTH:
            box.paragraph_chars += chars

    def finish(self) -> list[TextBlock]:
        """Return the blocks, all text read; the sums of each box go to the one around it, inner ones first."""
        self.flush()
        for box in reversed(self.boxes):
            if box.text_chars and (outer := box.parent) is not None:
                outer.text_chars += box.text_chars
                outer.link_chars += box.link_chars
                outer.paragraph_chars += box.paragraph_chars
        return self.blocks


def listed_lines(block: TextBlock) -> tuple[str, ...]:
    """Return the lines of a block that stand apart, as those of a list or an address do; none of running text.

    Such lines are short, and most of them neither end in a comma nor go on in a small letter.
    """
    lines = block.lines
    if len(lines) < MIN_LISTED or max(map(len, lines)) > MAX_LINE_CHARS:
        return ()
    whole = [line[-1] not in ",;-–" and not after[0].islower() for line, after in pairwise(lines)]
    return lines if sum(whole) > 0.6 * len(whole) else ()


def _is_block(node: LexborNode) -> bool:
    """Say whether a custom element is laid out like a block: no bare text of the element around stands beside it."""
    return not (_is_bare_text(node.prev) or _is_bare_text(node.next))


def _is_bare_text(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "-text" and not (node.text_content or "").isspace()


BOLD = frozenset(("b", "strong"))


# What else than class and id an element may say of itself.
SAID = frozenset(("itemprop", "property", "hidden", "aria-hidden", "style"))


def _new_box(node: LexborNode, tag: str, parent: Box) -> Box:
    attributes = node.attributes
    if not attributes:
        return Box(tag, "", parent, node)
    get = attributes.get
    hint = f"{get('class') or ''} {get('id') or ''}"
    if len(hint) > MAX_HINT_CHARS:
        hint = hint[:MAX_HINT_CHARS]
    if SAID.isdisjoint(attributes):
        return Box(tag, hint, parent, node)
    return Box(tag, hint, parent, node, get("itemprop") or get("property") or "", _is_hidden(attributes))


# What React streams in behind the page, and its script moves to its place at once.
STREAMED = re.compile(r"S:[0-9a-f]+")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Return whether an element's attributes hide it from readers."""
    if "hidden" in attributes and not STREAMED.fullmatch(attributes.get("id") or ""):
        return True
    style = attributes.get("style")
    return attributes.get("aria-hidden") == "true" or (style is not None and HIDDEN_STYLE.search(style) is not None)


def _hint(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_HINT_CHARS]
