"""People without a name as sources: office holders, anonymous people, and groups.

A noun denotes people if it is listed or has an agentive ending (banker, sculptor, botanist, trustee). The kind of
source depends on the determiner and number: "the mayor" is an office, "a banker" and "two diplomats" are anonymous
people, "diplomats" and "three of the 22 economists" are a group.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.read.english.attributions.source_words import COUNTING, noun_class, singular, things
from extract.read.english.attributions.wordlist import word_set
from extract.types import SourceKind

AGENT = re.compile(
    r"[a-z-]+[^aeiou]er|[a-z-]{3,}(?:ier|eer|[st]or|ist|[^aeiou]ian|ician|[a-z]ee|crat|eur)|"
    r"[a-z-]*(?:man|woman|person)|(?:[\w-]+-)?year-old"
)
NUMERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|\d{1,2}(?![\d,.%]))"
OWNED = r"(?:his|her|its|their|our|my|\S+['’‘]s|\S+s['’])"
SPEAKS_FOR = re.compile(
    r"(?i)\bspokes(?:m[ae]n|wom[ae]n|persons?|people)\b|"
    r"\b(?:lawyers?|attorneys?|solicitors?|barristers?|counsel|representatives?|publicists?|agents?) for\b|"
    rf"\b{OWNED} (?:\w+ ){{0,2}}(?:lawyers?|attorneys?|solicitors?|barristers?|counsel|publicists?|agents?)\b"
)
# People who speak in public by profession.
IN_PUBLIC = word_set("judge magistrate coroner referee umpire")
# Offices with a single holder: "an inspector general" can be identified.
OFFICE_OF_ONE = re.compile(
    r"(?i)\b(?:attorney|auditor|comptroller|director|inspector|secretary|solicitor|surgeon)[ -]general\b"
)
# Officials who in the plural represent their organisation.
AUTHORITIES = word_set("official authority prosecutor investigator detective inspector regulator administrator judge")
VAGUE = re.compile(
    r"(?i)\b(?:western|european|african|arab|asian|gulf|regional|allied|foreign|senior|former|current|top|"
    r"high-ranking|intelligence|security|some|many|several|most|few|other|all|both)\b"
)
SHARE = re.compile(
    rf"(?i)(?:(?:nearly|about|almost|more than|some|over) )?(?:"
    rf"(?:{NUMERAL}|one) (?:of (?:the |its |their |our )?{NUMERAL}\b|in {NUMERAL}\b|out of\b)|"
    r"(?:\w+ ){0,2}[\d.,]+ ?(?:%|percent|per cent)|(?:half|most|many|all|none|some|several|few|"
    r"an? (?:\w+ )?(?:majority|minority|third|quarter|fifth|group|crowd|number|team|panel|lot)) of\b)"
)
# Indefinite expressions that refer to nobody in particular.
WHOEVER = re.compile(r"(?i)(?:every|each|any|no|your|anyone|anybody|everyone|everybody|nobody)\b|no-one\b")
INDEFINITE = re.compile(
    rf"(?i)(?:(?:at least|about|nearly|almost|more than) )?"
    rf"(?:an?|one|another|{NUMERAL}|a (?:couple|pair|handful) of|someone|somebody)\b"
)
DEFINITE = re.compile(rf"(?i)(?:the|this|that|these|those|both|{OWNED})\b|(?:\S+ ){{1,4}}?\S+(?:['’]s|s['’]) ")


@lru_cache(maxsize=10_000)
def names_people(noun: str) -> bool:
    """Return whether this lower-case noun denotes people by what they are or do."""
    known = noun_class(noun)
    if known is not None:
        return known in ("office", "people")
    word = singular(noun)
    last = word.rpartition("-")[2]
    return (noun_class(last) in ("office", "people") or AGENT.fullmatch(word) is not None) and last not in things()


def names_thing(noun: str) -> bool:
    """Return whether this lower-case noun denotes neither people nor organisations nor documents, nor a quantity."""
    return COUNTING.isdisjoint({noun, singular(noun)}) and noun_class(noun) is None and not names_people(noun)


def unnamed(text: str, noun: str) -> SourceKind:
    """Return the kind of a source denoted by a noun for people without a name.

    It is ``official``, ``collective`` or ``anonymous``; ``person`` if the text refers to somebody known ("the singer",
    "her brother").
    """
    if SPEAKS_FOR.search(text):
        return "official"
    if SHARE.match(text) or WHOEVER.match(text):
        return "collective"
    if INDEFINITE.match(text):
        is_known = singular(noun) in IN_PUBLIC or OFFICE_OF_ONE.search(text) is not None
        return "official" if is_known else "anonymous"
    return _by_noun(text, noun)


def _by_noun(text: str, noun: str) -> SourceKind:
    """Return the kind of a source by the noun's class and number, and by whether it is definite."""
    is_office, is_definite = noun_class(noun) == "office", DEFINITE.match(text) is not None
    if not is_plural(noun):
        return "official" if is_office else "person" if is_definite else "anonymous"
    is_body = is_office and (is_definite or singular(noun) in AUTHORITIES)
    return "official" if is_body and not VAGUE.search(text) else "collective"


def is_plural(noun: str) -> bool:
    """Return whether this noun is a plural by its form."""
    return noun != singular(noun)
