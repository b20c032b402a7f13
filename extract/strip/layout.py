"""Styled spans and ruby: spans that are laid out as blocks, and readings above characters."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# Styles with which an inline element starts a new block.
EDGE = "\u2029"
# Looked for in the source, as few pages have such an element.
STYLED = re.compile(rb"<span[^>]{1,200}display\s*:\s*(?:block|flex|grid|table)\b(?!-)")
LAID_OUT = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b(?!-)", re.I)
# Where readings over characters are written.
RUBY_LANGUAGES = frozenset(("ja", "zh", "ko"))


def lay_out(tree: LexborHTMLParser, source: bytes, language: str) -> None:
    """Add line edges around spans that are styled as blocks, in place.

    Ruby readings are removed, except those in brackets for browsers without ruby, which are legible.
    """
    if language[:2].lower() in RUBY_LANGUAGES:
        for node in tree.css("rt:not(rp ~ rt)"):
            node.decompose()
    if STYLED.search(source):
        for node in tree.css("span[style]"):
            if LAID_OUT.search(node.attributes.get("style") or ""):
                node.insert_before(EDGE)
                node.insert_after(EDGE)
