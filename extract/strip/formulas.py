"""Write formulas (MathML) as a line of plain text: ``x = (-b ± √(b^2 - 4 a c)) / (2 a)``."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_FORMULA_CHARS = 1_000
# Length including the white space between elements; a longer formula is written without its structure.
MAX_TEXT_CHARS = 20_000
# A formula nested deeper is written without its structure.
MAX_DEPTH = 30
# Copies of the formula in other notations, and elements without width.
UNWRITTEN = frozenset(("annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"))
# Separators between the parts of these elements; each part of more than one word gets brackets.
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
# Wrapper elements of formula renderers; a wrapper shows one formula, however many copies it contains.
DRAWN_TAG = "mjx-container"
DRAWN_CLASSES = frozenset(("katex", "MathJax", "mwe-math-element"))
DRAWN_REACH = 6
MAX_FORMULAS = 5_000


def write_formulas(tree: LexborHTMLParser) -> None:
    """Replace each formula, and its copies in other notations, by its text, in place."""
    places = [(formula, _drawn_around(formula) or formula) for formula in tree.css("math")[:MAX_FORMULAS]]
    # The first formula in a wrapper is used; all are read before the first is replaced.
    written = {place.mem_id: (place, _line(formula)) for formula, place in reversed(places)}
    for place, line in written.values():
        place.replace_with(line)


def _drawn_around(formula: LexborNode) -> LexborNode | None:
    """Return the outermost nearby wrapper of a formula, or the formula that contains it; None without one."""
    found, around = None, formula.parent
    for _ in range(DRAWN_REACH):
        if around is None:
            break
        if around.tag in (DRAWN_TAG, "math") or not DRAWN_CLASSES.isdisjoint(
            (around.attributes.get("class") or "").split()
        ):
            found = around
        around = around.parent
    return found


def _line(formula: LexborNode) -> str:
    text = formula.text()
    row = _row(formula, 0) if len(text) <= MAX_TEXT_CHARS else " ".join(text.split())
    return f" {row[:MAX_FORMULA_CHARS]} "


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
    """Join a base and its sub- or superscript, or a numerator and its denominator, with signs."""
    if len(parts) < 2:
        return "".join(parts)
    pairs = zip(("", *signs), parts, strict=False)
    return "".join([sign + _bracketed(part) for sign, part in pairs if part])


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text else text
