"""The old and the new level of a change: "from 1,376 to 800", "to 4.3%, from 4.2%", "12, up from 9"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import are_alike, bound_at, gap_of, is_ascending, is_closed, opens_with
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import AUXILIARIES

LONGEST_UPDATE = 14  # most words between a number and "up from"
LONGEST_PAIR = 12  # most words between the old level of a change and the new one
OPENING_ASIDES = frozenset({"its", "their", "his", "her", "the", "a", "an"})
LONGEST_RETURN = 7  # most words from the new level to the old one: "to 500 units by 2030 from 350"
BREAKS = frozenset({";", ".", ",", "from", "and", "but", "while", "by"})
# Words between one level of a series and the next, and words that end it.
LEADING_ON = frozenset({"to", ",", "then", "and", "later", "finally", "eventually", "now"})
SERIES_BREAKS = BREAKS - {","}
OLD_LEVELS = frozenset({
    "a", "an", "the", "its", "previous", "record", "low", "high", "peak", "level", "rate", "of",
    "forecast", "estimate", "reading", "figure", "initial", "earlier", "prior", "revised"
})  # fmt: skip
VARYING = word_list("varying")  # after these, "from 90 to 40" is a range, upper end first
HOURS = 12


def is_change_pair(tokens: Tokens, left: Draft, right: Draft, has_change: bool) -> bool:
    """Return whether two numbers are levels of a change ("from 1,900 to 600"), not a range ("from 5 to 10")."""
    gap = tokens.words[left.last : bound_at(tokens, right)]
    if len(gap) > LONGEST_PAIR or "to" not in gap or not are_alike(left, right):
        return False
    if opens_with(tokens, left, ("from",)) < 0 or any(w in BREAKS or w in directions() for w in _leading_on(gap)):
        return False
    return has_change or (gap[-1] == "to" and _is_no_range(tokens, left, right))


def _is_no_range(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two numbers cannot be a range: the second is lower, or each has words of its own."""
    gap = gap_of(tokens, left, right)
    is_of_day = gap == ["to"] and left.is_unitless and max(left.low, right.low) <= HOURS  # "from 9 to 5"
    if is_of_day or not VARYING.isdisjoint(tokens.words[max(0, left.first - LONGEST_PAIR) : left.first]):
        return False
    if left.low != right.low and not is_ascending(left, right):
        return True
    has_words = gap[0] != "to" and left.is_unitless
    return has_words and right.is_unitless and is_closed(tokens, right.last)


def _leading_on(gap: list[str]) -> list[str]:
    """Strip the final words that lead to the next level: the ", to" of "from 120 in 2019, to 180", "and then to"."""
    end = len(gap)
    while end and gap[end - 1] in LEADING_ON:
        end -= 1
    return gap[:end]


def _ends_series(word: str) -> bool:
    return word in SERIES_BREAKS or word in directions()


def is_next_of_series(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether a number is a further level: "from 120 to 180, then to 240", "and $5 in July"."""
    gap = gap_of(tokens, left, right)
    if left.change_from is None or right.role is not None or not are_alike(left, right):
        return False
    middle = _leading_on(gap)
    if len(gap) > LONGEST_PAIR or any(map(_ends_series, middle)):
        return False
    if gap[-1:] == ["and"]:
        return left.unit is right.unit and is_closed(tokens, right.last) and any(map(str.isalpha, middle))
    return gap[-1:] == ["to"]


def is_reversed_pair(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether the old level comes second: "to 40 from 35", "to 40, from a record low of 35", "up from 35"."""
    gap = tokens.words[left.last : bound_at(tokens, right)]
    gap = _gap_to_from(gap[-LONGEST_UPDATE - 1 :])
    if not gap or not are_alike(left, right):
        return False
    if gap[-2:-1] in (["up"], ["down"]):
        return len(gap) <= LONGEST_UPDATE
    between = _without_aside(gap[:-2] if gap[-2:-1] == [","] else gap[:-1])
    is_near = len(between) <= LONGEST_RETURN and not _is_broken(between)
    return is_near and opens_with(tokens, left, ("to", "at", "into")) >= 0


def _without_aside(words: list[str]) -> list[str]:
    """Remove the aside of "to 41,000, their lowest since 2010, from 66,000"."""
    cut = next((k for k, word in enumerate(words) if word == ","), -1)
    is_aside = cut >= 0 and words[cut + 1 : cut + 2] != [] and words[cut + 1] in OPENING_ASIDES
    is_aside = is_aside and AUXILIARIES.isdisjoint(words[cut:]) and "," not in words[cut + 1 :]
    return words[:cut] if is_aside else words


def _is_broken(words: list[str]) -> bool:
    """Return whether words hold another clause; "by 2030" does not count as one."""
    pairs = zip(words, [*words[1:], ""], strict=False)
    return any(w in directions() or (w in BREAKS and not (w == "by" and after[:1].isdecimal())) for w, after in pairs)


def _gap_to_from(gap: list[str]) -> list[str]:
    """Strip "a previous forecast of" after "from"; return an empty list where no "from" leads to the right number."""
    end = len(gap)
    while end > 1 and gap[end - 1] in OLD_LEVELS:
        end -= 1
    return gap[:end] if end and gap[end - 1] == "from" else []
