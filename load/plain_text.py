"""Characters in a page's text that can mislead readers: they are kept in the data and replaced in the output."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates of writing direction: they also affect the text that follows.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
REPLACEMENT = "\ufffd"
# The control characters of Unicode (category Cc), except line break and tab.
MISLEADING = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{''.join(sorted(BIDI))}]")


def clean(text: str) -> str:
    """Replace each control character (except line breaks and tabs) and direction mark by one visible character."""
    return MISLEADING.sub(REPLACEMENT, text)
