"""Make the text of a page what its reader sees: quotation marks of ``q``, powers and footnote marks, what is struck out
or hidden inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.strip.page import collapse
from extract.strip.segment import BLOCK_TAGS

# What is struck out is short; a longer stretch comes of an element that was never closed.
MAX_STRUCK_CHARS = 300
MAX_HIDDEN_CHARS = 200
STRUCK = ("del", "s", "strike")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Text for screen readers: "opens in a new window" is no part of the sentence.
UNSEEN_CLASSES = (b"sr-only", b"visually-hidden", b"screen-reader-text", b"visuallyhidden")
INLINE = ("span", "a", "em", "i", "b", "strong", "small")
DIGITS = re.compile(r"[\[(]?\s*[-−–]?\d+(?:\s*[,-]\s*\d+)*\s*[\])]?")
LAST_TOKEN = re.compile(r"[^\s,;:!?()\"“”'’]+$")
# Units of which a small number behind is the power: "km2".
UNIT = re.compile(r"(?:[^\d\W]{1,2}|nmi|mile?s?|inch|feet|foot|yards?|acres?)\.?", re.I)
TEN = re.compile(r"(?:.*[^\d.,])?10")
CENTS = re.compile(r"\d\d")
CURRENCY = re.compile(
    r"\s?(?:€|\$|£|¥|EUR\b|USD\b|euros?\b|dollars?\b|pounds?\b|francs?\b|CHF\b|cents?\b|kr\b|zł)", re.I
)
CURRENCY_BEFORE = re.compile(r"(?:€|\$|£|¥|EUR|USD|CHF)\s?[\d.,]+$")


def settle(tree: LexborHTMLParser, source: bytes) -> None:
    """Change the tree of a page in place. Most pages have none of this, and are looked through for it as bytes."""
    if b"<q>" in source or b"<q " in source:
        for node in tree.css("q"):
            node.insert_before("“")
            node.insert_after("”")
    struck = [tag for tag in STRUCK if b"<%s>" % tag.encode() in source or b"<%s " % tag.encode() in source]
    for node in tree.css(", ".join(struck)) if struck else ():
        if len(node.text()) <= MAX_STRUCK_CHARS:
            node.decompose()
    _drop_hidden(tree, source)
    if b"<sup" in source:
        for node in tree.css("sup"):
            _settle_raised(node)


def _drop_hidden(tree: LexborHTMLParser, source: bytes) -> None:
    """Drop short inline elements that no reader sees; whole blocks are told by their boxes."""
    selectors = [f".{name.decode()}" for name in UNSEEN_CLASSES if name in source]
    if b"display" in source or b"visibility" in source:
        selectors += [f"{tag}[style]" for tag in INLINE]
    if b" hidden" in source:
        selectors += [f"{tag}[hidden]" for tag in INLINE]
    for node in tree.css(", ".join(selectors)) if selectors else ():
        if node.tag not in BLOCK_TAGS and _is_unseen(node.attributes) and len(node.text()) <= MAX_HIDDEN_CHARS:
            node.decompose()


def _is_unseen(attributes: Mapping[str, str | None]) -> bool:
    names = (attributes.get("class") or "").encode()
    is_styled = HIDDEN_STYLE.search(attributes.get("style") or "") is not None
    return is_styled or "hidden" in attributes or any(name in names for name in UNSEEN_CLASSES)


def _settle_raised(node: LexborNode) -> None:
    """Write a raised number as the power or the cents that it is; a footnote's mark goes."""
    text = collapse(node.text())
    if not DIGITS.fullmatch(text):
        return
    number = text.strip("[]() ").replace("−", "-").replace("–", "-")
    before = (node.prev.text() if node.prev is not None else "")[-30:]
    behind = (node.next.text() if node.next is not None else "")[:12]
    token = LAST_TOKEN.search(before)
    is_note = number != text.replace("−", "-") or node.css_first("a") is not None or token is None
    written = None if is_note or token is None else _raised(token[0], number, before, behind)
    if written is None:
        node.decompose()
    else:
        node.replace_with(written)


def _raised(token: str, number: str, before: str, behind: str) -> str | None:
    """Return what a raised number behind a token is written as, None for a footnote's mark."""
    if TEN.fullmatch(token) and len(number) <= len("-24"):
        return f"^{number}"
    if token[-1].isdigit():
        is_price = CENTS.fullmatch(number) and (CURRENCY.match(behind) or CURRENCY_BEFORE.search(before))
        return f".{number}" if is_price else None
    return number if UNIT.fullmatch(token.lstrip("0123456789.,/")) else None
