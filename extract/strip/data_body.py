"""The article's text from structured data, for pages whose body is rendered by scripts."""

from __future__ import annotations

import re
from html import escape, unescape

from extract.strip.jsonld import Node, strings
from extract.strip.page import parse_page
from extract.strip.segment import TextBlock, segment

# Shorter texts are summaries.
MIN_CHARS = 200
# The page shows the text itself when its body is at least this share of the text.
SHOWN = 0.3
MAX_CHARS = 500_000
# Markup that was escaped twice.
ESCAPED_MARKUP = re.compile(r"&lt;(?:/p|/div|br ?/?)&gt;", re.I)


def body_in_data(article: Node | None, body: list[TextBlock]) -> list[TextBlock] | None:
    """Return the blocks of a JSON-LD article's text if the page's body has only a part of it, else None."""
    texts = strings(article.get("articleBody")) if article else []
    text = max(texts, key=len, default="")[:MAX_CHARS]
    if len(text) < MIN_CHARS or sum([len(block.text) for block in body]) >= SHOWN * len(text):
        return None
    if ESCAPED_MARKUP.search(text):
        text = unescape(text)
    if "</" not in text and "<br" not in text:
        lines = text.splitlines() if "\\n" not in text else text.split("\\n")
        text = "".join([f"<p>{escape(line)}</p>" for line in lines])
    root = parse_page(text.encode("utf-8", "replace")).body
    return segment(root) if root is not None else None
