"""Context patterns that identify a name as an organisation: "the drug maker Corvane", "Helvion, a reinsurer".

Others are constructions such as "shares in Norrland".
"""

from __future__ import annotations

import re
from functools import cache

from extract.read.english.mentions.tables import lexicon

LINKS = frozenset({"in", "of", "at", "for", "from", "by", "with", "the", "owner"})
LAST_PART = re.compile(r"\w+(?=,?$)")
# What a firm does, and a place or a thing seldom does: "Orange will pay $40m", "Target said it would close".
FIRM_ACTS = re.compile(
    r"\s(?:has\s|had\s|have\s|will\s|would\s|is\sto\s|plans\sto\s|agreed\sto\s|wants\sto\s)?(?:also\s|now\s|since\s)?"
    r"(?:pay|paid|pays|sell|sold|sells|buy|bought|buys|report(?:s|ed)|post(?:s|ed)|unveil(?:s|ed)|recall(?:s|ed)?|"
    r"acquired?|hired?|settled?|sued?|shed|owe[sd]?|charge[sd]|employs?|launche[sd]|invest(?:s|ed)?|raised\sits|cut\sits|"
    r"(?:close|shut|axe|cut|lay|build|open)(?=\s(?:off\s)?(?:\d|its\b|up\sto|some\b|about\b|all\b)))\b"
    r"|\s(?:beat|drew|lost|won)\b|\s(?:said|says|warned|announced|insists|expects|hopes)\s(?:it|that\sit|its|that\sits)\b"
    r"|\s(?:fell|rose|gained|lost|slid|jumped|climbed|dropped|soared|plunged|slipped|added|shed|was\sup|was\sdown)\s"
    r"(?:by\s)?(?:about\s|nearly\s|more\sthan\s)?\d[\d.]*\s?(?:%|per\s?cent)"
)
# What leads to a firm whose name is a word: "a lawsuit against Orange", "bought Target".
TO_FIRM = re.compile(
    r"\b(?:(?:lawsuit|suit|claim|case|complaint|strike|ruling)s?\sagainst|(?:talks|deal|contract|partnership|dispute)\swith|"
    r"(?:rivals?|competitors?|firms?|companies|brands|retailers|groups)\s(?:such\sas|like|including)|acquired?|buy|bought|sued|"
    r"takeover\sof|bid\sfor|people\sat|staff\sat|workers\sat|jobs\sat|union)\s$"
)
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
      | \b(?:settled?|settlement|merged?|merger)\s+with\s+$
      | \b(?:takeover|acquisition|users|\d%|per\s?cent)\s+of\s+$
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


def acts_as_firm(text: str, end: int) -> bool:
    """Return whether what follows a name is what a firm does: "will pay $40m", "said it would close 12 shops"."""
    return FIRM_ACTS.match(text, end) is not None


def is_used_as_firm(text: str, start: int, end: int) -> bool:
    """Return whether the words around a name that is also a word or a place make it a firm's."""
    return acts_as_firm(text, end) or TO_FIRM.search(text, max(0, start - REACH), start) is not None
