"""Hours of opening, which are not quantities: "8 till 6 at weekends", "from 9 to 5 on Fridays"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import WEEKDAYS, is_stop

LATEST = 24
MINUTES = frozenset({"00", "15", "30", "45", "05", "10", "20", "40", "50"})
OPENING = word_list("opening")
PARTS_OF_DAY = frozenset({"morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "night", "nights"})
DAYS = WEEKDAYS | PARTS_OF_DAY | {"weekdays", "weekends", "weekend", "day", "days", "daily", "sun", "mon", "sat", "fri"}
TILL = frozenset({"till", "until", "til"})
JOINTS = TILL | HYPHENS | {"to", "and"}
NAMED = frozenset({"noon", "midnight", "midday", "dusk", "late", "close"})
NEAR_MOVE = 6  # most tokens from a verb of change to the second number
NEAR = 4  # tokens after an hour in which its day may be named


def is_opening_hour(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a bare number is an hour: one end of a span of hours, with a day or a word of opening."""
    i, j = draft.first, draft.number_last
    if not _is_hour(tokens, draft) or tokens.words[i - 1] in ("than", "by"):
        return False
    if _is_end(tokens, j + 1):
        joint = tokens.word(j) if _counts_nothing(tokens, j + 2) else ""  # "opened 4 to 6 new pens"
    else:
        joint = tokens.word(i - 1) if _is_end(tokens, i - 2) else ""
    is_open = tokens.holds(OPENING)
    if joint in TILL:
        return is_open or _names_day(tokens, j)
    if joint in JOINTS:
        is_open = is_open and not _is_moved(tokens, i)
        return is_open and (_names_day(tokens, j) or _is_said_of_opening(tokens, i))
    return is_open and _names_day(tokens, j) and (tokens.word(i - 1) in TILL or _follows_span(tokens, i))


def _is_hour(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number may be an hour, with or without minutes, that counts nothing."""
    j = draft.number_last
    if draft.scale != 1 or not 0 < draft.low <= LATEST or j != draft.number_first + 1:
        return False
    text = tokens.word(draft.number_first)
    is_whole = "." not in text or text.partition(".")[2] in MINUTES
    return is_whole and _counts_nothing(tokens, j)


def _counts_nothing(tokens: Tokens, j: int) -> bool:
    """Return whether no counted noun begins at token ``j``."""
    after = tokens.word(j)
    return not after.isalpha() or is_stop(after) or after in DAYS | JOINTS | {"am", "pm"}


def _is_end(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` may be the other end of a span of hours."""
    word = tokens.word(k)
    return word[:1].isdecimal() or word in NAMED or word in ("am", "pm")


def _names_day(tokens: Tokens, j: int) -> bool:
    """Return whether a day or a part of it is named soon after: "on weekdays", "in the morning"."""
    return not DAYS.isdisjoint(tokens.words[j : j + NEAR + 2])


def _is_said_of_opening(tokens: Tokens, i: int) -> bool:
    return not OPENING.isdisjoint(tokens.words[max(0, i - NEAR) : i])


def _is_moved(tokens: Tokens, i: int) -> bool:
    """Return whether a verb of change leads to a number: "rose from 8 to 12 on Monday"."""
    return any(word in directions() for word in tokens.words[max(0, i - NEAR_MOVE) : i])


def _follows_span(tokens: Tokens, i: int) -> bool:
    """Return whether an hour continues a list: "until 10 on weekdays and 6 on Sundays"."""
    return tokens.word(i - 1) in ("and", ",") and not DAYS.isdisjoint(tokens.words[max(0, i - 3) : i])
