"""What a page may have put into a text to mislead whoever reads it: kept in the data, replaced where it is shown."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates of writing direction turn round what stands behind them, also what is not theirs.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
REPLACEMENT = "\ufffd"
# The control characters of Unicode (category Cc) but for line break and tab.
MISLEADING = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{''.join(sorted(BIDI))}]")


def clean(text: str) -> str:
    """Replace control characters (but line breaks and tabs) and marks of direction by a visible sign, one for one."""
    return MISLEADING.sub(REPLACEMENT, text)
