"""Headlines whose verb is an infinitive: "Train fares to rise 4.6% in January" says what is to come."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.read.english.words import (
    ADDRESSING,
    AUXILIARIES,
    BEFORE_INFINITIVES,
    CONJUNCTIONS,
    HEADLINE_VERBS,
    PRONOUNS,
    VERBS,
    is_past,
)

LONGEST = 160  # most characters of a headline
LONGEST_SUBJECT = 9  # most words before "to"
ENDS = (".", "!", "?", "…", ":", ";", ",", '"', "”", "’")
TO = re.compile(r"\s+to\s+(?:\w+ly\s+)?([a-z]+)\b")
LABEL = re.compile(r"^.{2,40}[:|]\s+")  # "Budget: council tax to rise"
WORD = re.compile(r"[^\W\d_]+")
NO_SUBJECTS = AUXILIARIES | PRONOUNS | VERBS | CONJUNCTIONS - {"and", "or"}


@lru_cache(maxsize=8)
def infinitive_at(text: str, start: int, end: int) -> int | None:
    """Return the offset of the "to" of a headline's infinitive in ``text[start:end]``; None for other sentences."""
    line = text[start:end].rstrip()
    if len(line) > LONGEST or not line or line.endswith(ENDS):
        return None
    label = LABEL.match(line)
    at = label.end() if label else 0
    found = TO.search(line, at)
    if found is None or found[1] not in HEADLINE_VERBS or not _is_subject(line[at : found.start()]):
        return None
    return start + found.start() + len(found[0]) - len(found[0].lstrip())


def _is_subject(words: str) -> bool:
    """Return whether words are a noun phrase without a verb, whose infinitive is the headline's verb."""
    found = [match.group().lower() for match in WORD.finditer(words)]
    if not 0 < len(found) <= LONGEST_SUBJECT or found[-1] in BEFORE_INFINITIVES:
        return False
    if found[0] in ADDRESSING | BEFORE_INFINITIVES:
        return False
    return not any(word in NO_SUBJECTS or is_past(word) for word in found)
