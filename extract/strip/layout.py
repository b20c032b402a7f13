"""Styled spans and ruby: spans that are laid out as blocks, and readings above characters."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# Styles with which an inline element starts a new block.
EDGE = "\u2029"
STYLED = "span[style*=display i]"
LAID_OUT = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b(?!-)", re.I)
# Where readings over characters are written.
RUBY_LANGUAGES = frozenset(("ja", "zh", "ko"))


def lay_out(tree: LexborHTMLParser, language: str) -> None:
    """Add line edges around spans that are styled as blocks, in place.

    Ruby readings are removed, except those in brackets for browsers without ruby, which are legible.
    """
    if language[:2].lower() in RUBY_LANGUAGES:
        for node in tree.css("rt:not(rp ~ rt)"):
            node.decompose()
    for node in tree.css(STYLED):
        if LAID_OUT.search(node.attrs.get("style") or ""):
            node.insert_before(EDGE)
            node.insert_after(EDGE)
