"""Lengths of time that say when something happened: "six minutes later", "Two years into the war, ..."."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens

AFTER_MOMENTS = frozenset({"ago", "later", "earlier", "afterwards", "afterward"})
SHORT = frozenset({"hour", "minute", "second"})  # "two days later" is a date
# After a length of time that opens a sentence: "three weeks into the siege", "two days before the vote".
OPENED = frozenset({"after", "before", "into"})
BEFORE_MOMENTS = frozenset({"just", "only", "barely", "nearly", "almost", "about", "but", "and", "“", '"', "‘"})
CLOSERS = frozenset({",", ":"})


def is_moment(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a length of time only says when; "opens an hour later than planned" is a difference."""
    if draft.unit is None or draft.dimension != "time" or draft.unit_hyphenated:
        return False
    after, beyond = tokens.word(draft.last), tokens.word(draft.last + 1)
    if after in AFTER_MOMENTS:
        return draft.unit.name in SHORT and beyond not in ("than", "in")
    if after == "prior":
        return not beyond.isalpha() and tokens.word(draft.first - 1) not in ("for", "least")
    is_opening = draft.first == 0 or (draft.first == 1 and tokens.word(0) in BEFORE_MOMENTS)
    return is_opening and (after in OPENED or (after == "on" and beyond in CLOSERS))
