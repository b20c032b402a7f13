"""Cut a pruned page into text blocks: the runs of inline text between the edges of block-level elements."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from extract.strip.page import collapse

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
MAX_DEPTH = 400
MAX_BLOCKS = 3_000
MAX_NODES = 120_000
MAX_BLOCK_CHARS = 60_000
# A class attribute may be made to be huge, and hints are kept.
MAX_HINT_CHARS = 400


class Box:
    """A block-level element: its tag, its hint (class and id), and sums over the text inside it."""

    __slots__ = (
        "depth",
        "hidden",
        "hint",
        "itemprop",
        "link_chars",
        "paragraph_chars",
        "parent",
        "tag",
        "text_chars",
    )

    def __init__(self, tag: str, hint: str, parent: Box | None, itemprop: str = "", hidden: bool = False):
        self.tag = tag
        self.hint = hint
        self.parent = parent
        self.itemprop = itemprop
        self.hidden: bool = hidden or (parent is not None and parent.hidden)
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.text_chars = 0
        self.link_chars = 0
        self.paragraph_chars = 0

    def ancestry(self) -> Iterator[Box]:
        """Yield this box and the boxes around it, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class TextBlock:
    """One run of text, the box it stands in, and what of it is link, bold or follows an image."""

    __slots__ = ("bold_chars", "box", "link_chars", "links", "text")

    def __init__(self, text: str, box: Box, link_chars: int, links: int, bold_chars: int):
        self.text = text
        self.box = box
        self.link_chars = link_chars
        self.links = links
        self.bold_chars = bold_chars


class _Run:
    """The inline text being gathered until the next block edge."""

    __slots__ = ("bold", "link", "links", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.link = 0
        self.links = 0
        self.bold = 0


def segment(body: LexborNode) -> list[TextBlock]:
    """Return the page's text blocks in reading order.

    Elements nested deeper than ``MAX_DEPTH`` are read as text of the box at that depth.
    """
    walk = _Walk(body)
    nodes = 0
    while walk.stack and len(walk.blocks) < MAX_BLOCKS and nodes < MAX_NODES:
        nodes += 1
        node = next(walk.stack[-1][0], None)
        if node is None:
            walk.leave()
        elif (tag := node.tag) == "-text":
            walk.add_text(node.text_content or "")
        elif tag == "br":
            walk.break_line()
        elif tag and tag[0] != "-":
            walk.enter(node, tag)
    return walk.blocks


class _Walk:
    """The walk through a page: the open elements, the inline text since the last block edge, the blocks so far."""

    __slots__ = ("blocks", "run", "stack")

    def __init__(self, body: LexborNode):
        self.blocks: list[TextBlock] = []
        self.run = _Run()
        root = Box("body", _hint(body), None)
        # One frame for each open element: its remaining children, its box, whether inside a link or bold text.
        self.stack: list[tuple[Iterator[LexborNode], Box, bool, bool]] = [
            (body.iter(include_text=True), root, False, False)
        ]

    def enter(self, node: LexborNode, tag: str) -> None:
        """Open an element; a block-level one ends the run of text before it."""
        _, box, in_link, in_bold = self.stack[-1]
        if len(self.stack) > MAX_DEPTH:
            _add_text(self.run, node.text(), in_link, in_bold)
        elif tag in BLOCK_TAGS:
            self.flush(box)
            self.stack.append((node.iter(include_text=True), _new_box(node, tag, box), in_link, in_bold))
        else:
            self.run.links += tag == "a"
            frame = (node.iter(include_text=True), box, in_link or tag == "a", in_bold or tag in BOLD)
            self.stack.append(frame)

    def leave(self) -> None:
        """Close the innermost element; a block-level one ends the run of text inside it."""
        left = self.stack.pop()[1]
        if not self.stack or self.stack[-1][1] is not left:
            self.flush(left)

    def add_text(self, text: str) -> None:
        """Add a text node; white space only counts between words."""
        if self.run.pieces or not text.isspace():
            _, _, in_link, in_bold = self.stack[-1]
            _add_text(self.run, text, in_link, in_bold)

    def break_line(self) -> None:
        """Two line breaks in a row end a paragraph; one is a space."""
        pieces = self.run.pieces
        if pieces and pieces[-1] == "\n":
            self.flush(self.stack[-1][1])
        elif any(not piece.isspace() for piece in pieces[-2:]):
            pieces.append("\n")

    def flush(self, box: Box) -> None:
        """Turn the run of text into a block of a box."""
        run = self.run
        if not run.pieces and not run.links:
            return
        if text := collapse("".join(run.pieces))[:MAX_BLOCK_CHARS]:
            link, bold = min(run.link, len(text)), min(run.bold, len(text))
            self.blocks.append(TextBlock(text, box, link, run.links, bold))
            _count(box, len(text), link)
        self.run = _Run()


BOLD = frozenset(("b", "strong"))


def _new_box(node: LexborNode, tag: str, parent: Box) -> Box:
    attributes = node.attributes
    if not attributes:
        return Box(tag, "", parent)
    hint = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_HINT_CHARS]
    style = attributes.get("style")
    hidden = (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style is not None and "none" in style and "display" in style)
    )
    return Box(tag, hint, parent, attributes.get("itemprop") or attributes.get("property") or "", hidden)


def _hint(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_HINT_CHARS]


def _add_text(run: _Run, text: str, in_link: bool, in_bold: bool) -> None:
    run.pieces.append(text)
    if in_link:
        run.link += len(text)
    if in_bold:
        run.bold += len(text)


def _count(box: Box, chars: int, link_chars: int) -> None:
    """Add a block's size to its box and all boxes around it."""
    is_paragraph = link_chars < 0.5 * chars and chars > 80
    current: Box | None = box
    while current is not None:
        current.text_chars += chars
        current.link_chars += link_chars
        if is_paragraph:
            current.paragraph_chars += chars
        current = current.parent
