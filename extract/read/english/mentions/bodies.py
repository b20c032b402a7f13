"""Context patterns that identify a name as an organisation: "the drug maker Corvane", "Helvion, a reinsurer".

Others are constructions such as "shares in Norrland".
"""

from __future__ import annotations

import re
from functools import cache

from extract.read.english.mentions.tables import lexicon

LINKS = frozenset({"in", "of", "at", "for", "from", "by", "with", "the", "owner"})
LAST_PART = re.compile(r"\w+(?=,?$)")
REACH = 60  # characters of context before a name


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns for an organisation noun before a name, a noun and a link word before it, and what follows it."""
    nouns = "|".join(sorted(lexicon()["body_nouns"], key=len, reverse=True))
    staff = "|".join(sorted(lexicon()["body_staff"], key=len, reverse=True))
    linked = r"""
        \b(?:shares|stake|stakes|investors|shareholders|stock|employees|workers)\s+(?:in|of|at)\s+(?:the\s+owner,\s+)?$
      | \b(?:spokes(?:man|woman|person|people)|lawyers?)\s+for\s+$
      | \b(?:board|owners?|subsidiary|unit|division|customers|parent)\s+of\s+$
      | \b(?:analyst|economist|strategist|researcher|partner|manager|engineer|director)s?
        \s+(?:at|with|for)\s+(?:the\s+)?$
      | \b(?:seen|obtained|reviewed|polled|commissioned)\s+by\s+(?:the\s+)?$ | \btold\s+the\s+$
      | \b(?:polls?|polling|surveys?)\s+(?:\w+\s+)?(?:by|from)\s+(?:the\s+)?$ | \bdata\s+from\s+$ | \bpublished\s+by\s+$
    """
    after = rf"""
        ,\s+(?:an?|the|its|one\s+of\s+(?:the|its))\s+(?:[\w’'-]+\s+){{0,4}}?(?:{nouns})s?\b
      | ,\s+(?:founded|based|headquartered|listed|owned)\b
      | ,\s+which\s+(?:owns|makes|operates|manages|runs|employs|sells|builds|supplies|publishes|insures)\b
      | ['’]s?\s+(?:[a-z-]+\s+){{0,2}}(?:{staff})\b
      | \s+(?:[a-z]+\s+){{1,4}}its\s
      | \s+(?:could\s+not|was\s+unable\s+to|were\s+unable\s+to)\s+(?:\w+ly\s+)?(?:verify|confirm)\b
      | \)\s+(?:--|[-–—])\s
      | \s+(?:shares|stock|shareholders|figures|data|employees|polls?|surveys?)\b
    """
    return (
        re.compile(rf"\b(?:{nouns})\s+$", re.IGNORECASE),
        re.compile(linked, re.VERBOSE | re.IGNORECASE),
        re.compile(after, re.VERBOSE),
    )


@cache
def _noun_ends() -> frozenset[str]:
    """Return the last parts of organisation nouns: a cheap test before their expensive pattern."""
    return frozenset(noun.rpartition("-")[2] for noun in lexicon()["body_nouns"])


def is_called_body(text: str, start: int, end: int) -> bool:
    """Return whether the context of a name identifies it as a company, an agency or another organisation."""
    noun, linked, after = _patterns()
    first = max(0, start - REACH)
    words = text[first:start].lower().split()
    match = LAST_PART.search(words[-1]) if words else None
    last = match.group() if match is not None else ""
    if last in _noun_ends() and noun.search(text, first, start):
        return True
    if last in LINKS and linked.search(text, first, start):
        return True
    return after.match(text, end) is not None
