"""Units that an elliptical number inherits from the previous one: "640 tonnes, against the 2,000 that are needed"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import gap_of, is_closed
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.quantities.words import TRANSPARENT, word_list
from extract.read.english.words import AUXILIARIES, MONTHS, WEEKDAYS, is_plural, is_stop

# Words between a number and an elliptical one of the same unit: "15 percent rather than 20".
COMPARING = (
    ["rather", "than"], ["instead", "of"], ["compared", "with"], ["compared", "to"], ["as", "opposed", "to"],
    ["versus"], ["vs"], ["against"], ["not"], ["up", "from"], ["down", "from"], ["of", "which"], ["than", "the"],
)  # fmt: skip
# Words that may come between those and the number.
LOOSE = frozenset({",", "the", "just", "only", "about", "a"})
BOUNDS = frozenset({"some", "barely", "fewer", "more", "than", "over", "under"})
LONGEST_OF = 5  # most words of "of crushed rock and"
WIDEST_CARRY = 12  # most words between a number and one that inherits its unit
# Predicates of a remainder: "85 are still to come", "9,000 remain".
REMAINING = word_list("remaining")
OPENING_REST = ([";"], [","], ["and"], ["but"])
SCATTERED = frozenset({"time", "age", "money", "ratio", "points"})  # dimensions that the next bare number seldom shares
PERIODS = frozenset({"last", "this", "next"}) | MONTHS | WEEKDAYS
TIMES = frozenset({"year", "years", "month", "week", "day", "season", "night", "time"})
COUNTING = word_list("tallies") | {"people", "deaths"}
LARGEST_PERCENT = 100


def carry_unit(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a bare number the unit before it: "rose 64 points to 4,577", "15 percent rather than 20"."""
    if left.unit is None or not right.is_unitless:
        return
    gap = gap_of(tokens, left, right)
    if _is_other_of(tokens, gap, left, right):
        take_unit(left, right)
    elif not right.is_bare:
        return
    elif _is_repeated(tokens, gap, left, right):
        take_unit(left, right)
    elif left.dimension != "ratio" and left.role == "by" and gap == ["to"]:
        right.unit = left.unit


def _is_repeated(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> bool:
    if left.multiple or not may_share(left, right):
        return left.role == right.role == "by" and is_closed(tokens, right.last)
    ends = is_closed(tokens, right.last) or tokens.word(right.last) == "that"
    if ends and (left.role == right.role == "by" or _is_compared(gap, left) or _moves_on(gap, left, right)):
        return True
    return _is_rest(tokens, gap, left, right) or _is_of_other_time(tokens, gap, left, right)


def _is_other_of(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether two numbers measure a substance each: "30 tonnes of dust and 12 of ash"."""
    if left.dimension in SCATTERED or gap[:1] != ["of"] or gap[-1:] not in (["and"], [","]) or len(gap) > LONGEST_OF:
        return False
    after = tokens.word(right.last + 1)
    return tokens.word(right.last) == "of" and after.isalpha() and not (is_stop(after) or is_plural(after))


def may_share(left: Draft, right: Draft) -> bool:
    """Return whether a bare number may have the unit before it: a share up to 100 percent, a value of like size."""
    if left.unit is RATIO:
        return left.unit_first >= 0 and right.low <= LARGEST_PERCENT
    return left.scale == 1 or right.low * 1000 > left.low


def _is_compared(gap: list[str], left: Draft) -> bool:
    """Return whether the gap compares: "15 percent rather than 20", "640 tonnes, against the 2,000 needed"."""
    if [word for word in gap if word not in LOOSE] in COMPARING:
        return True
    if left.dimension in SCATTERED or len(gap) > WIDEST_CARRY:
        return False
    return any(_ends_with(gap, ends) for ends in COMPARING if ends != ["not"])


def _ends_with(gap: list[str], ends: list[str]) -> bool:
    """Return whether a gap ends with these words, ignoring loose words and bounds after them."""
    end = len(gap)
    while end and gap[end - 1] in LOOSE | BOUNDS and gap[end - len(ends) : end] != ends:
        end -= 1
    return gap[end - len(ends) : end] == ends


def _moves_on(gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether one level changes to the next: "winds of 210 km/h on Sunday had eased to 130"."""
    if right.role != "to" or left.dimension in ("time", "age") or left.role == "by" or len(gap) > WIDEST_CARRY:
        return False
    if right.change_from is not None or not COUNTING.isdisjoint(gap):
        return False
    return any(word in directions() for word in gap)


def _is_rest(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether a number is the remainder: "1.5 hectares on a good day; 9,000 remain", "85 are still to come"."""
    opening = gap[:-1] if gap[-1:] in (["another"], ["only"]) else gap
    if left.dimension in SCATTERED or len(gap) > WIDEST_CARRY or opening[-1:] not in OPENING_REST:
        return False
    return _is_part(tokens, left, right) or _remains(tokens, right.last)


def _is_part(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether a number is a part of the first: "Of the 260 megawatts promised, only 75 have been built"."""
    return left.first == 2 and tokens.words[:2] == ["of", "the"] and tokens.word(right.last) in AUXILIARIES


def _remains(tokens: Tokens, k: int) -> bool:
    """Return whether words of a remainder begin at token ``k``: "remain", "are still needed", "are to come"."""
    while tokens.word(k) in AUXILIARIES or tokens.word(k) in ("still", "yet", "now"):
        k += 1
    return tokens.word(k) in REMAINING or tokens.words[k : k + 2] in (["to", "go"], ["to", "come"])


def _is_of_other_time(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether two numbers are of different times: "4,300 hectares this year, and 1,900 the year before"."""
    if left.dimension in SCATTERED - {"money"} or len(gap) > WIDEST_CARRY or gap[-1:] not in (["and"], [","], ["then"]):
        return False
    after = tokens.words[right.last : right.last + 3]
    k = after[:1] in (["in"], ["on"], ["the"], ["a"])
    return after[k : k + 1] != [] and (after[k] in PERIODS or after[k] in TIMES)


def take_unit(left: Draft, right: Draft) -> None:
    """Copy the unit and denominator of the previous number to a bare one, and convert a percent to a ratio."""
    right.unit, right.per = left.unit, right.per or (left.per if left.role != "by" else None)
    if left.unit is RATIO and left.unit_first >= 0:
        right.low, right.high = right.low / 100, right.low / 100


def carry_decimal(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a bare decimal the unit before it, as it counts nothing: "at 26.9 percent, ... where it was 6.8"."""
    if not (right.is_bare and _is_decimal(right) and is_elided(tokens, right)):
        return
    if left.unit_hyphenated or left.role == "by":  # "rose 0.7 percent to 27,349.19"
        return
    is_percent = left.unit is RATIO and left.unit_first >= 0 and not left.multiple
    if is_percent or left.dimension not in (None, "ratio", "age", "time", "money"):
        take_unit(left, right)


def _is_decimal(draft: Draft) -> bool:
    return draft.scale == 1 and draft.digits and draft.low != draft.low.to_integral_value()


def is_elided(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number omits its noun or unit: "four were hurt", "up to 30"; not "a crew of 25"."""
    k = draft.first - 1
    while tokens.word(k) in TRANSPARENT:
        k -= 1
    is_of = tokens.word(k) == "of" and tokens.word(k - 1) != "instead"  # "a crew of 25"
    return draft.role != "by" and not is_of and is_closed(tokens, draft.last)
