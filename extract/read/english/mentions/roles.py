"""What the text says that a named person is: "Idris Vale, the deputy mayor," and "deputy mayor Idris Vale"."""

from __future__ import annotations

import re
from functools import cache

from extract.read.english.mentions.tables import lexicon


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted(lexicon()["role_nouns"], key=len, reverse=True))
    link = r"(?!(?:for|of|the|and|at|in|to|who|said|says|with|from|by|on|or|a|an)\b)"
    phrase = rf"(?:{link}[a-z]+(?:-[a-z]+)*\s+){{0,3}}(?:[a-z]+-)?(?:{nouns})\b"
    after = re.compile(rf",\s+(?:who\s+is\s+)?(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?({phrase})")
    before = re.compile(rf"(?:^|[\s,(])((?:[a-z]+\s+)?(?:{nouns}))\s+$")
    return after, before


LINKS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "its",
        "their",
        "our",
        "and",
        "or",
        "but",
        "said",
        "says",
        "that",
        "with",
        "when",
        "while",
        "as",
        "of",
        "in",
        "by",
        "for",
        "from",
        "to",
        "at",
        "on",
    ]
)


def role_of(text: str, start: int, end: int) -> str | None:
    """Return the role as written, from an apposition after the name or a noun before it."""
    after, before = _patterns()
    match = after.match(text, end)
    if match:
        return match[1]
    left = before.search(text, max(0, start - 40), start)
    if not left:
        return None
    words = left[1].split()
    return " ".join(words[1:] if words[0] in LINKS and len(words) > 1 else words)
