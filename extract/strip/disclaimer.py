"""Sentences by which a publisher limits what an article stands for: told apart, not cut away."""

from __future__ import annotations

import re

from extract.strip.segment import TextBlock

DISCLAIMER = re.compile(
    r"\bdisclaimer\b|\b(?:views|opinions) expressed\b|do(?:es)? not (?:necessarily )?(?:reflect"
    r"|represent) the (?:views|opinions|position)"
    r"|could not (?:be )?independently (?:verif|confirm)|(?:not been"
    r"|could not be) (?:independently )?(?:verified|confirmed) by"
    r"|for informational purposes only|not (?:financial|investment|legal|medical) advice|haftungsausschluss"
    r"|gibt (?:ausschließlich )?die meinung|n'engage(?:nt)? que|no refleja necesariamente|non riflett",
    re.I,
)
MAX_CHARS = 600


def is_disclaimer(block: TextBlock) -> bool:
    """Say whether a block is a disclaimer: short, and worded as one."""
    return len(block.text) <= MAX_CHARS and DISCLAIMER.search(block.text) is not None


def find_disclaimer(blocks: list[TextBlock], body: list[TextBlock]) -> str | None:
    """Return the page's disclaimer: the last one in the body, else the first one outside of it."""
    inside = [block.text for block in body[-5:] if is_disclaimer(block)]
    if inside:
        return inside[-1]
    return next((block.text for block in blocks if is_disclaimer(block)), None)
