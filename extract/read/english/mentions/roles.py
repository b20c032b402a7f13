"""Roles of people in the text: "Idris Vale, the deputy mayor," and "deputy mayor Idris Vale"."""

from __future__ import annotations

import re
from functools import cache

from extract.read.english.mentions.tables import lexicon

REACH = 40  # characters of context before a name


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted(lexicon()["role_nouns"], key=len, reverse=True))
    phrase = rf"(?:[a-z]+(?:-[a-z]+)*\s+){{0,3}}(?:[a-z]+-)?(?:{nouns})\b"
    after = re.compile(rf",\s+(?:who\s+is\s+)?(?:(?:the|an?|another|its|their|his|her)\s+)?({phrase})")
    before = re.compile(rf"(?:^|[\s,(])(?:([a-z]+)\s+)??((?:[a-z]+\s+)?(?:{nouns}))\s+$")
    return after, before


def role_of(text: str, start: int, end: int) -> str | None:
    """Return the role as written, from an apposition after the name or a noun before it; None if there is neither."""
    after, before = _patterns()
    match = after.match(text, end)
    if match and lexicon()["role_breaks"].isdisjoint(match[1].split()):
        return match[1]
    first = max(0, start - REACH)
    words = text[first:start].replace(",", " ").replace("(", " ").split()
    if not words or words[-1] not in lexicon()["role_nouns"]:  # a cheap test before an expensive pattern
        return None
    left = before.search(text, first, start)
    return _without_verb(left[1], left[2]) if left else None


def _without_verb(word_before: str | None, role: str) -> str:
    """Return the role without a preceding verb: "told | councillor Ada Quill", but "the retired teacher Ada Quill"."""
    breaks = lexicon()["role_breaks"]
    first, _, noun = role.rpartition(" ")
    is_verb = first.endswith("ed") and word_before not in breaks
    return noun if first in breaks or is_verb else role


def title_of(title: str) -> str | None:
    """Return the role in a title before a name; None for a title of courtesy alone."""
    words = title.split()
    while words and words[0].rstrip(".") in lexicon()["courtesy_titles"]:
        del words[0]
    return " ".join(words) or None
