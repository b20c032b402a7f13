"""Write formulas (MathML) as the line of text that a reader would type: ``x = (-b ± √(b^2 - 4 a c)) / (2 a)``."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_FORMULA_CHARS = 1_000
# What is nested deeper is written without its structure.
MAX_DEPTH = 30
# Copies of the formula in other notations, and what takes no room.
UNWRITTEN = frozenset(("annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"))
# What stands between the parts of these elements; each part of more than one word gets brackets.
BETWEEN = {
    "mfrac": ("/",),
    "msup": ("^",),
    "mover": ("^",),
    "msub": ("_",),
    "munder": ("_",),
    "msubsup": ("_", "^"),
    "munderover": ("_", "^"),
}
# Invisible times, function application and the like.
INVISIBLE = dict.fromkeys(range(0x2061, 0x2065))
# The elements of programs that draw formulas: all of them show the formula that they hold once.
DRAWN = "mjx-container, span.katex, span.MathJax, span.mwe-math-element"


def write_formulas(tree: LexborHTMLParser) -> None:
    """Put in the place of each formula, and of its copies in other notations, its text."""
    for node in tree.css(DRAWN):
        if node.parent is not None and (formula := node.css_first("math")) is not None:
            node.replace_with(_line(formula))
    for node in tree.css("math"):
        node.replace_with(_line(node))


def _line(formula: LexborNode) -> str:
    return f" {_row(formula, 0)[:MAX_FORMULA_CHARS]} "


def _row(node: LexborNode, depth: int) -> str:
    """Return the text of an element's parts, side by side."""
    return " ".join(filter(None, _parts(node, depth)))


def _parts(node: LexborNode, depth: int) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag not in UNWRITTEN and not child.is_empty_text_node:
            yield _written(child, depth + 1)


def _written(node: LexborNode, depth: int) -> str:
    if node.tag in BETWEEN and depth < MAX_DEPTH:
        return _joined(list(_parts(node, depth)), BETWEEN[node.tag])
    if node.tag in ("msqrt", "mroot") and depth < MAX_DEPTH:
        return "√" + _bracketed(_row(node, depth))
    if node.first_child is None or node.tag == "-text" or depth >= MAX_DEPTH:
        return " ".join(node.text().translate(INVISIBLE).split())
    return _row(node, depth)


def _joined(parts: list[str], signs: tuple[str, ...]) -> str:
    """Join a base and what stands over or under it, or a numerator and its denominator, by signs."""
    if len(parts) < 2:
        return "".join(parts)
    pairs = zip(("", *signs), parts, strict=False)
    return "".join([sign + _bracketed(part) for sign, part in pairs if part])


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text else text
