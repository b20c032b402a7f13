"""Ranges, from-to pairs, scores and lists: what two numbers that stand together mean."""

from __future__ import annotations

from itertools import pairwise

from extract.read.quantities.changes import directions
from extract.read.quantities.draft import Draft
from extract.read.quantities.drafts import OLDEST
from extract.read.quantities.numerals import HYPHENS, MONEY_SCALES, SMALL, is_numeric
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import AGES, RATIO
from extract.read.quantities.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    TRANSPARENT,
    VERBS,
    is_past,
    is_plural,
    is_stop,
)

CLOSING = PREPOSITIONS | AUXILIARIES | VERBS | CONJUNCTIONS
LONGEST_UPDATE = 14  # words between a number and "up from"
BREAKS = frozenset({";", ".", ",", "from", "and", "but", "while", "by"})
TO = frozenset({"to", "through", "until", "till"})
LIST_SIGNS = frozenset({",", "and", "or", "&", "even"})
OLD_LEVELS = frozenset({"a", "an", "the", "its", "previous", "record", "low", "high", "peak", "level", "rate", "of"})
LEAST_INDEX = 100  # of a market, in points
LARGEST_SCORE = 99
PLAYING = frozenset(
    {"won", "win", "wins", "beat", "beats", "lost", "lose", "drew", "led", "leads", "victory", ",", "by"}
)
AGE_LINKS = (["and"], [","], ["or"], [",", "and"])
# What leads from a number to one of the same kind that repeats no unit: "15 percent rather than 20".
COMPARING = (
    ["rather", "than"], ["instead", "of"], ["compared", "with"], ["compared", "to"], ["as", "opposed", "to"],
    ["versus"], ["vs"], ["against"], ["not"], ["up", "from"], ["down", "from"],
)  # fmt: skip
LONGEST_GAPPED = 6  # words of "and water use by"
LEAST_LEVEL = 3  # times a step that a count has at least after it, where a range would hold both
LONGEST_WHOLE = 6  # words between a part and the whole it is of: "Two thirds of the old hospital's 840 beds"


def join(tokens: Tokens, drafts: list[Draft], has_change: bool) -> list[Draft]:
    """Join the two numbers of a range to one draft, mark from-to pairs of a change, drop scores.

    ``has_change`` tells whether the sentence speaks of a change, so that "from 5 to 10" is one and no range.
    """
    joined: list[Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        if before is not None:
            _share_age(tokens, before, draft)
        if before is None or before.range_last_number >= 0:
            joined.append(draft)
        elif _is_score(tokens, before, draft):
            joined.pop()
        elif _is_change_pair(tokens, before, draft, has_change):
            _share(tokens, before, draft)
            before.role, draft.role = "from", "to"
            draft.change_from = before
            joined.append(draft)
        elif has_change and _is_reversed_pair(tokens, before, draft):
            _share(tokens, before, draft)
            before.role, draft.role = "to", "from"
            before.change_from = draft
            joined.append(draft)
        elif _is_range(tokens, before, draft):
            _share(tokens, before, draft)
            _merge(tokens, before, draft)
        else:
            joined.append(draft)
    return joined


def _gap(tokens: Tokens, left: Draft, right: Draft) -> list[str]:
    return tokens.words[left.last : right.first]


def _are_alike(left: Draft, right: Draft) -> bool:
    if "ordinal" in (left.kind, right.kind) or "scale" in (left.kind, right.kind):
        return False
    if left.multiple and not right.multiple:
        return False  # "tripled to 5"
    return left.unit is None or right.unit is None or left.unit.dimension == right.unit.dimension


def _opens_with(tokens: Tokens, draft: Draft, words: tuple[str, ...]) -> int:
    """Give the position of an opening word before a number and its bound; -1 if there is none."""
    for k in range(draft.first - 1, max(-1, draft.first - 4), -1):
        if tokens.word(k) in words:
            return k
        if tokens.word(k) not in (
            "about",
            "around",
            "some",
            "roughly",
            "a",
            "an",
            "the",
            "nearly",
            "just",
            "over",
            "~",
        ):
            return -1
    return -1


def _is_range(tokens: Tokens, left: Draft, right: Draft) -> bool:
    gap = [word for word in _gap(tokens, left, right) if word not in ("about", "around", "some", "roughly", "~")]
    if gap[1:2] == ["to"] and len(gap) == 3 and gap[0] in HYPHENS and gap[2] in HYPHENS:
        gap = ["to"]  # "0-to-60"
    if len(gap) == 2 and gap[0] in HYPHENS and gap[1] == "to":
        gap = ["to"]  # "18- to 34-year-olds"
    if not _are_alike(left, right) or not gap:
        return False
    if gap == ["and"] and _opens_with(tokens, left, ("between",)) >= 0:
        return True
    if _opens_with(tokens, left, ("from",)) >= 0 and gap == ["to"]:
        return True
    if gap == ["to"] and _is_moved_by(tokens, left) and (left.unit is not None or _is_step_of(left, right)):
        return False  # "rose 5% to 12", "fell by $3 to $40", "rose by five to 41"
    if len(gap) != 1 or not _is_ascending(left, right):
        return gap in (["up", "to"], ["and", "up", "to"]) and _is_ascending(left, right)
    if gap[0] == "or":  # "three, four or five ships" is a list
        return right.low < 100 and not left.money_before and not _is_listed(tokens, left)
    return gap[0] in TO or gap[0] in HYPHENS


def _is_step_of(left: Draft, right: Draft) -> bool:
    """Tell a count and its step from the ends of a range: nothing grows by between 5 and 41."""
    return right.unit is None and right.low >= LEAST_LEVEL * left.low


def _is_listed(tokens: Tokens, draft: Draft) -> bool:
    before = tokens.word(draft.first - 2)
    return tokens.word(draft.first - 1) == "," and (is_numeric(before) or before in SMALL)


def _is_moved_by(tokens: Tokens, draft: Draft) -> bool:
    word = tokens.word(draft.first - 1)
    k = draft.first - 2
    while word in TRANSPARENT or (word.endswith("ly") and k > 0) or word in ("than", "about", "some", "over", "nearly"):
        word, k = tokens.word(k), k - 1
    return word == "by" or word in directions()


def _is_ascending(left: Draft, right: Draft) -> bool:
    if left.unit is None and right.unit is RATIO and right.kind == "cardinal":
        return left.low < right.low * 100
    if left.unit is None and left.scale == 1 and right.scale > 1 and left.low < 1000:
        return left.low < right.low / right.scale or left.low < right.low
    return left.low < right.low


def _is_change_pair(tokens: Tokens, left: Draft, right: Draft, has_change: bool) -> bool:
    gap = _gap(tokens, left, right)
    if not _are_alike(left, right) or _opens_with(tokens, left, ("from",)) < 0 or "to" not in gap:
        return False
    if any(word in BREAKS or word in directions() for word in gap) or len(gap) > 12:
        return False
    return has_change


def _is_reversed_pair(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Read "to 40 from 35", "to 40 from a record low of 35" and "40 people died, up from 35"."""
    gap = _gap(tokens, left, right)
    is_named = gap[-1:] == ["of"] and "from" in gap
    while is_named and gap[-1] in OLD_LEVELS:
        gap = gap[:-1]
    if not _are_alike(left, right) or not gap or gap[-1] != "from":
        return False
    if len(gap) > 1 and gap[-2] in ("up", "down"):
        return len(gap) <= LONGEST_UPDATE and not any(word in directions() or word == ";" for word in gap[:-2])
    if len(gap) > 4:
        return False
    return _opens_with(tokens, left, ("to", "at")) >= 0 and not any(w in BREAKS or w in directions() for w in gap[:-1])


def _is_score(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "a 3-1 win" from "3-5 people"."""
    if left.unit or right.unit or left.digits != right.digits or len(tokens.words[left.last : right.first]) != 1:
        return False
    if tokens.word(left.last) == "to":
        return _is_descending(tokens, left, right)
    if (
        not left.digits
        or tokens.word(left.last) not in HYPHENS
        or max(left.low, right.low) > LARGEST_SCORE
        or left.scale != right.scale
    ):
        return False
    if not tokens.glued(left.last) or left.low >= right.low:
        return left.low >= right.low
    after = tokens.word(right.last)
    if after in HYPHENS:
        return False
    return not after.isalpha() or is_stop(after) or not (is_plural(after) or is_plural(tokens.word(right.last + 1)))


def _is_descending(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "won four to two", "leads by 7, 49 to 42" from "cut by three to two", which is a step and a level."""
    after = tokens.word(right.last)
    closes = not after.isalpha() or is_stop(after)
    is_played = tokens.word(left.first - 1) in PLAYING and not _is_moved_by(tokens, left)
    return closes and is_played and right.low < left.low <= LARGEST_SCORE


def _share(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give each number of a pair the unit and the scale that only the other one shows."""
    if left.money_before and right.unit is not None and tokens.word(right.unit_first) in MONEY_SCALES:
        scale = MONEY_SCALES[tokens.word(right.unit_first)]
        right.low, right.high, right.scale, right.unit = right.low * scale, right.low * scale, scale, None
        right.number_last = right.last
    if right.unit is None and left.unit is not None:
        right.unit = left.unit
        if left.unit is RATIO and left.kind == "cardinal":
            right.low, right.high = right.low / 100, right.low / 100
    elif left.unit is None and right.unit is not None:
        _give_unit(left, right)
    if left.scale == 1 and right.scale >= 1000 and left.low < 1000 and left.low * right.scale <= right.low:
        left.low, left.scale = left.low * right.scale, right.scale
        left.high = left.low


def _share_age(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "aged 5 to 17 months" as months of age on both sides."""
    if left.unit is None or left.unit.dimension != "age":
        return
    if right.is_counted and right.digits and right.low <= OLDEST and _gap(tokens, left, right) in AGE_LINKS:
        right.unit = left.unit if is_closed(tokens, right.last) else None  # "aged 23 and 31"
    if right.unit is None or left.unit_first >= 0:
        return
    age = AGES.get(right.unit.name)
    is_pair = _gap(tokens, left, right) in (["to"], ["-"], ["–"], ["and"], ["or"])
    if age is not None and is_pair and left.owner is None:
        left.unit = right.unit = age


def _give_unit(left: Draft, right: Draft) -> None:
    left.unit, left.unit_first, left.unit_last = right.unit, right.unit_first, right.unit_last
    if right.unit is RATIO and right.kind == "cardinal":
        left.low, left.high, left.kind = left.low / 100, left.low / 100, "cardinal"


def _merge(tokens: Tokens, left: Draft, right: Draft) -> None:
    opening = _opens_with(tokens, left, ("between", "from"))
    left.first = opening if opening >= 0 else left.first
    left.high, left.last, left.bound = right.low, right.last, "between"
    left.range_last_number = right.number_last
    left.unit_hyphenated = right.unit_hyphenated
    if not left.money_before:
        left.unit_first, left.unit_last = right.unit_first, right.unit_last


def share_over_lists(tokens: Tokens, drafts: list[Draft]) -> None:
    """Give the numbers of a list the unit or thing at its end: "5, 10 and 15 percent"."""
    linked = False
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        gap = _gap(tokens, left, right)
        linked = bool(gap) and all(word in LIST_SIGNS for word in gap) and (linked or gap[-1] != ",")
        is_list = linked
        if is_list and left.unit is right.unit is RATIO and right.role == "by" and left.role is None:
            left.role, left.direction, left.aspect = "by", right.direction, "change"  # "a 20% and 16% rise"
            left.thing = left.thing or right.thing
        if is_list and left.is_counted and left.last == left.number_last:
            if right.unit is not None and not right.money_before and right.kind == "cardinal":
                _give_unit(left, right)
            elif right.unit is None and right.thing is not None and left.thing is None:
                left.thing = right.thing


def repeat(tokens: Tokens, drafts: list[Draft]) -> None:
    """Carry over what a number does not repeat: the bound into a conversion, the change after "or", the noun."""
    for left, right in pairwise(drafts):
        _name_part(tokens, left, right)
    counted: Draft | None = None
    for n, right in enumerate(drafts):
        if n:
            left = drafts[n - 1]
            _repeat_bound(tokens, left, right)
            _repeat_change(tokens, left, right)
            _mark_new_level(tokens, left, right)
            _repeat_unit(tokens, left, right)
            _repeat_money(tokens, left, right)
            _repeat_measure(tokens, left, right)
            _repeat_points(tokens, drafts, n)
        if right.is_counted:
            if right.thing is not None:
                counted = right if right.thing[0] >= right.last else counted
            elif counted is not None and _is_elided(tokens, right):
                right.thing = counted.thing
        elif right.unit is not None and right.unit.dimension == "money":
            counted = None


def _name_part(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "three of the 12 jurors", "two thirds of the hospital's 840 beds": a part is of what the whole counts."""
    gap = tokens.words[left.last : right.first]
    is_part = gap[:1] == ["of"] and len(gap) <= LONGEST_WHOLE and not any(word in LIST_SIGNS for word in gap)
    is_share = left.unit is RATIO and not left.multiple
    if is_part and left.thing is None and (left.is_counted or is_share) and right.is_counted:
        left.thing = right.thing


def _repeat_bound(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "more than 100 kilometres (60 miles)"."""
    is_conversion = _gap(tokens, left, right) in (["("], ["/"]) and left.unit and right.unit
    if is_conversion and _are_alike(left, right) and right.bound == "exact" and left.bound != "between":
        right.bound = left.bound


def _repeat_change(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "down 162 points, or 2.1%", "rose 4.8 percent, after 5.1 percent", "by 40% and water use by half"."""
    gap = [word for word in _gap(tokens, left, right) if word not in (",", "points", "jobs")]
    repeated = gap[-1:] == ["or"] and len(gap) < 3
    both_shares = left.unit is not None and left.unit is right.unit and left.unit.dimension == "ratio"
    compared = both_shares and (gap[-1:] in (["after"], ["against"]) or gap[-2:] == ["compared", "with"])
    gapped = gap[:1] == ["and"] and gap[-1:] == ["by"] and len(gap) <= LONGEST_GAPPED
    if gapped and left.role == "by" and right.role is None:
        first = right.first - len(gap) + 1
        right.thing = (first, right.first - 1) if first < right.first - 1 else right.thing
    if (repeated or compared or gapped) and left.role == "by" and right.role is None:
        right.role, right.direction, right.aspect = left.role, left.direction, left.aspect


def _mark_new_level(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "$612 million, up 3%" and "cut by 75 points, to 3%": the new level beside the step."""
    is_old = left.role == "to" and left.per is not None and right.role is None and _are_alike(left, right)
    if is_old and tokens.word(right.first - 1) == "from" and right.first - left.last < 3:  # "to 5 a day, from 7"
        right.role, right.unit, left.change_from = "from", left.unit, right
        right.thing = right.thing or left.thing
    if right.role == "from" and left.role == "to" and left.direction is None:  # "14 have died, up from 12"
        word = tokens.word(right.first - 2)
        left.direction = directions()[word][0] if word in ("up", "down") else None
    gap = [word for word in _gap(tokens, left, right) if word not in (",", "(")]
    is_length = left.unit is not None and left.unit.dimension in ("time", "age")
    if (
        right.role == "by"
        and left.role is None
        and left.aspect == "level"
        and not is_length
        and gap in (["up"], ["down"])
    ):
        left.role, left.direction, left.aspect = "to", right.direction, "change"
    elif left.role == "by" and right.role is None and right.aspect == "level" and gap == ["to"]:
        right.role, right.direction, right.aspect = "to", left.direction, "change"


def _repeat_measure(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "at 26.9 percent, and lowest in Norway, where it was 6.8" as percent twice: a decimal counts nothing."""
    is_bare = right.unit is None and right.thing is None and right.kind == "cardinal" and right.digits
    is_decimal = right.low != right.low.to_integral_value() and right.scale == 1
    if not (is_bare and is_decimal and _is_elided(tokens, right)) or left.unit is None or left.unit_hyphenated:
        return
    if left.role == "by":  # "rose 0.7 percent to 27,349.19"
        return
    is_percent = left.unit is RATIO and left.unit_first >= 0 and not left.multiple
    if is_percent or left.unit.dimension not in ("ratio", "age", "time", "money"):
        _take_unit(left, right)


def _repeat_unit(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "rose 64 points to 4,577" as points twice, "15 percent rather than 20" as percent twice."""
    is_bare = right.unit is None and right.thing is None and right.kind == "cardinal"
    if not is_bare or left.unit is None:
        return
    if left.role == right.role == "by" and is_closed(
        tokens, right.last
    ):  # "rose by 60 per cent while wages crept up by 6"
        _take_unit(left, right)
        return
    if left.unit.dimension != "ratio" and left.role == "by" and _gap(tokens, left, right) == ["to"]:
        right.unit = left.unit
    gap = [word for word in _gap(tokens, left, right) if word not in (",", "the", "just", "only", "about", "a")]
    if gap in COMPARING and is_closed(tokens, right.last) and not left.multiple:
        _take_unit(left, right)


def _take_unit(left: Draft, right: Draft) -> None:
    right.unit = left.unit
    if left.unit is RATIO and left.unit_first >= 0:
        right.low, right.high = right.low / 100, right.low / 100


def _repeat_points(tokens: Tokens, drafts: list[Draft], n: int) -> None:
    """Read "lost 162 points, or 2 percent, to close at 7,425.81" as points: where an index ends."""
    draft = drafts[n]
    is_bare = draft.unit is None and draft.thing is None and draft.kind == "cardinal" and draft.low >= LEAST_INDEX
    if is_bare and tokens.word(draft.first - 1) in ("to", "at"):
        draft.unit = next((d.unit for d in drafts[:n] if d.unit is not None and d.unit.name == "point"), None)


def _repeat_money(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Read "raised 280 million of the 1.5 billion shekels" as shekels twice."""
    gap = _gap(tokens, left, right)
    is_part = gap[:1] == ["of"] and len(gap) == 2 and gap[1] in DETERMINERS
    is_bare = left.unit is None and left.thing is None and left.kind == "cardinal"
    if is_part and is_bare and right.unit is not None and right.unit.dimension == "money" and left.scale > 1:
        left.unit = right.unit


def _is_elided(tokens: Tokens, draft: Draft) -> bool:
    k = draft.first - 1
    while tokens.word(k) in TRANSPARENT:
        k -= 1
    is_of = tokens.word(k) == "of" and tokens.word(k - 1) != "instead"  # "a crew of 25"
    return draft.role != "by" and not is_of and is_closed(tokens, draft.last)


def is_closed(tokens: Tokens, i: int) -> bool:
    """Tell that no noun begins at token ``i``, so that a number before it stands alone."""
    after = tokens.word(i)
    return not after.isalpha() or is_past(after) or after in CLOSING
