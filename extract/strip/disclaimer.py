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
)
# One of these is in every disclaimer, and in few other texts.
MARKS = (
    *("disclaim", "express", "reflect", "represent", "verif", "confirm", "purposes only", "advice"),
    *("haftungs", "die meinung", "n'engage", "no refleja", "non riflett"),
)
MAX_CHARS = 600
# Disclaimers close an article: they are looked for in its last blocks and in those that follow it.
LAST = 5
AFTER = 15


def is_disclaimer(block: TextBlock) -> bool:
    """Return whether a block is a disclaimer, by its length and wording."""
    if len(block.text) > MAX_CHARS:
        return False
    text = block.text.lower()
    return _has_mark(text) and DISCLAIMER.search(text) is not None


def _has_mark(text: str) -> bool:
    return any([mark in text for mark in MARKS])


def find_disclaimer(blocks: list[TextBlock], body: list[TextBlock]) -> str | None:
    """Return the page's disclaimer: the last one in the body, else the first one after it."""
    inside = [block.text for block in body[-LAST:] if is_disclaimer(block)]
    if inside or not body:
        return inside[-1] if inside else None
    end = next((index for index, block in enumerate(blocks) if block is body[-1]), len(blocks))
    behind = blocks[end + 1 : end + 1 + AFTER]
    # Nearly always none of them is one, and together they are looked through at once.
    if not _has_mark("\n".join([block.text for block in behind]).lower()):
        return None
    return next((block.text for block in behind if is_disclaimer(block)), None)
