"""Make the text of a page what its reader sees: quotation marks of ``q``, powers and footnote marks, what is struck out
or hidden inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.strip.page import collapse
from extract.strip.segment import BLOCK_TAGS, HIDDEN_STYLE

# What is struck out is short; a longer stretch comes of an element that was never closed.
MAX_STRUCK_CHARS = 300
MAX_HIDDEN_CHARS = 200
STRUCK = frozenset(("del", "s", "strike"))
# Text for screen readers: "opens in a new window" is no part of the sentence.
UNSEEN_CLASSES = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
INLINE = ("span", "a", "em", "i", "b", "strong", "small")
MAY_HIDE = frozenset((*INLINE, "sup"))
# What raises a text like ``sup``, and the names that editors give footnotes' marks.
RAISED_CLASSES = frozenset(
    ("sup", "superscript", "footnote", "footnote-ref", "footnoteref", "footnote-marker", "fnref", "noteref")
)
RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.I)
# All at once and by parts of names: each thing that is looked for takes its time at every element.
LOOKED_FOR = ", ".join(
    (
        *("q", "sup", *sorted(STRUCK)),
        *("[hidden]", "[style*=none]", "[style*=hidden]", "[style*=super]"),
        *(f"[class*={part}]" for part in ("sr-only", "visually", "screen-reader-text", "sup", "note", "fnref")),
    )
)
DIGITS = re.compile(r"[\[(]?\s*[-−–]?\d+(?:\s*[,-]\s*\d+)*\s*[\])]?")
# Marks of notes that are no numbers: a symbol anywhere, a letter behind a number of at least three digits, as "1a" is
# an ordinal in Romance languages.
SYMBOLS = re.compile(r"[*†‡§¶]{1,3}")
LETTER = re.compile(r"[a-z]")
LARGE_NUMBER = re.compile(r"\d[\d.,]*\d\d$")
# A raised number before a stroke and another number is the upper part of a fraction; some raise the whole of it.
FRACTION = re.compile(r"\d{1,2}\s?[/⁄∕]\s?\d{1,2}")
# The number of an isotope stands before the sign of its element: "131I".
ISOTOPE = re.compile(
    r"\d{2,3}(?:[HCNOKU]|Xe|Cs|Sr|Pu|Po|Ra|Rn|Th|Co|Tc|Kr|Ru|Am|Cm|Fe|Pb|Ar)(?![A-Za-z])|1(?:2[359]|31)I(?![A-Za-z])"
)
STROKE = re.compile(r"\s?[/⁄∕](?=\d{1,3}(?!\d)|\s?$)")
LAST_TOKEN = re.compile(r"[^\s,;:!?()\"“”'’]+$")
# Units of which a small number behind is the power: "km2".
UNIT = re.compile(r"(?:[^\d\W]{1,2}|nmi|mile?s?|inch|feet|foot|yards?|acres?)\.?", re.I)
TEN = re.compile(r"(?:.*[^\d.,])?10")
CENTS = re.compile(r"\d\d")
CURRENCY = re.compile(
    r"\s?(?:€|\$|£|¥|EUR\b|USD\b|euros?\b|dollars?\b|pounds?\b|francs?\b|CHF\b|cents?\b|kr\b|zł)", re.I
)
CURRENCY_BEFORE = re.compile(r"(?:€|\$|£|¥|EUR|USD|CHF)\s?[\d.,]+$")


def settle(tree: LexborHTMLParser) -> None:
    """Change the tree of a page in place."""
    unseen: dict[int, LexborNode] = {}
    for node in {node.mem_id: node for node in tree.css(LOOKED_FOR)}.values():
        if node.tag == "q":
            node.insert_before("“")
            node.insert_after("”")
        elif not _stays(node):
            unseen[node.mem_id] = node
    # What lies inside another goes with it.
    for node in [node for node in unseen.values() if not _lies_in(node, unseen)]:
        node.decompose()


def _stays(node: LexborNode) -> bool:
    """Say whether an element is left in the page; a raised number that is no footnote's mark is rewritten."""
    if node.tag in STRUCK:
        return len(node.text()) > MAX_STRUCK_CHARS
    if node.tag not in BLOCK_TAGS and _is_unseen(node):
        return len(node.text()) > MAX_HIDDEN_CHARS
    return not _is_raised(node) or _settle_raised(node)


def _lies_in(node: LexborNode, others: Mapping[int, LexborNode]) -> bool:
    around = node.parent
    while around is not None and around.mem_id not in others:
        around = around.parent
    return around is not None


def _is_unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    if not UNSEEN_CLASSES.isdisjoint((attributes.get("class") or "").split()):
        return True
    is_hidden = "hidden" in attributes or HIDDEN_STYLE.search(attributes.get("style") or "") is not None
    return is_hidden and node.tag in MAY_HIDE


def _is_raised(node: LexborNode) -> bool:
    """Say whether an element stands higher than its line: by its name, its style or its class."""
    if node.tag == "sup":
        return True
    attributes = node.attributes
    is_named = not RAISED_CLASSES.isdisjoint((attributes.get("class") or "").lower().split())
    return node.tag in INLINE and (is_named or RAISED_STYLE.search(attributes.get("style") or "") is not None)


def _settle_raised(node: LexborNode) -> bool:
    """Write a raised number as the power or the cents that it is; return whether it is no footnote's mark."""
    text = collapse(node.text())
    before = (node.prev.text() if node.prev is not None else "")[-30:]
    if _is_fraction(node, text):
        if before[-1:].isdigit():
            node.insert_before(" ")
        return True
    if not DIGITS.fullmatch(text) or text[0] in "[(":
        return not _is_mark(text, before)
    number = text.replace("−", "-").replace("–", "-")
    behind = (node.next.text() if node.next is not None else "")[:12]
    token = LAST_TOKEN.search(before)
    if token is None and ISOTOPE.match(text + behind):
        return True
    is_note = node.css_first("a") is not None or token is None
    written = None if is_note or token is None else _raised(token[0], number, before, behind)
    if written is not None:
        node.insert_before(written)
        for child in list(node.iter(include_text=True)):
            child.decompose()
    return written is not None


def _is_fraction(node: LexborNode, text: str) -> bool:
    """Say whether a raised text is a fraction, or the part of one that stands over the stroke."""
    if FRACTION.fullmatch(text):
        return True
    stroke, below = node.next, node.next.next if node.next is not None else None
    if stroke is None or stroke.tag != "-text" or not DIGITS.fullmatch(text):
        return False
    match = STROKE.match(stroke.text_content or "")
    is_written_out = match is not None and (stroke.text_content or "")[match.end() :].strip() != ""
    return match is not None and (is_written_out or _is_lowered_number(below))


def _is_lowered_number(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "sub" and collapse(node.text()).isdigit()


def _is_mark(text: str, before: str) -> bool:
    """Say whether a raised text that is no number is the mark of a note."""
    if SYMBOLS.fullmatch(text):
        return True
    return LETTER.fullmatch(text) is not None and LARGE_NUMBER.search(before) is not None


def _raised(token: str, number: str, before: str, behind: str) -> str | None:
    """Return what a raised number behind a token is written as, None for a footnote's mark."""
    if TEN.fullmatch(token) and len(number) <= len("-24"):
        return f"^{number}"
    if token[-1].isdigit():
        is_price = CENTS.fullmatch(number) and (CURRENCY.match(behind) or CURRENCY_BEFORE.search(before))
        return f".{number}" if is_price else None
    # Of "W/m" the last unit has the power.
    return number if UNIT.fullmatch(re.split(r"[/·*]", token)[-1].lstrip("0123456789.,")) else None
