"""Ellipsis: what a number inherits from the adjacent one: its unit, noun, bound and change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extract.read.english.quantities.bringing import BRINGING
from extract.read.english.quantities.carried import carry_decimal, carry_unit, is_elided
from extract.read.english.quantities.changes import mark
from extract.read.english.quantities.directions import FIRMER, directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gapped import (
    carry_gapped_unit,
    is_gapped_step,
    is_verbal,
    may_be_step,
    party_before,
    repeat_step,
)
from extract.read.english.quantities.gaps import are_alike, gap_of, is_closed, opens_with
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.ranges import give_unit
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.quantities.words import word_list
from extract.read.english.words import DETERMINERS

MOVED_TO = word_list("moved_to")
LIST_SIGNS = frozenset({",", "and", "or", "&", "even"})
LEAST_INDEX = 100  # least level of a market index, in points
LONGEST_WHOLE = 6  # most words from a part to its whole: "Two thirds of the old hospital's 840 beds"
WIDEST_GAP = 12  # most words of a gap that are looked at
SLIGHTING = frozenset({"just", "only", "barely", "exactly", "a", "mere"})
AGAINST = frozenset({"below", "above", "short", "under", "over", "ahead", "behind", "off"})  # "17, eleven below"
CLOSING_AT = (
    ["at"],
    *([word, "at"] for word in ("lower", "higher", "up", "down", *sorted(FIRMER), "closing", "ending", "finishing")),
    *(["to", word, "at"] for word in ("close", "end", "finish", "settle", "trade")),
)


def share_over_lists(tokens: Tokens, drafts: list[Draft]) -> None:
    """Give the numbers of a list the unit or thing at its end: "5, 10 and 15 percent"."""
    linked = False
    for k in range(len(drafts) - 1, 0, -1):
        left, right = drafts[k - 1], drafts[k]
        gap = gap_of(tokens, left, right)
        linked = bool(gap) and all(word in LIST_SIGNS for word in gap) and (linked or gap[-1] != ",")
        if linked and not (gap == [",", "or"] and _ends_no_list(tokens, drafts, k - 1)):
            _share_in_list(left, right)
    _share_new_ends(tokens, drafts)


def _share_new_ends(tokens: Tokens, drafts: list[Draft]) -> None:
    """Mark each number of a list like its first: "fell to 12, 9 and 7 in", "rose 4%, 6% and 9% respectively"."""
    for left, right in pairwise(drafts):
        is_next = gap_of(tokens, left, right) in ([","], ["and"], [",", "and"]) and right.role is None
        is_end = is_closed(tokens, right.last) or tokens.word(right.last) in LIST_SIGNS
        if not is_next or not is_end or tokens.word(right.last) in AGAINST:
            continue
        if left.role == "to" and left.is_counted and right.is_counted:
            mark(right, "to", left.direction)
        elif left.role == "by" and left.unit is not None and may_be_step(tokens, left, right):
            mark(right, "by", left.direction)


def _ends_no_list(tokens: Tokens, drafts: list[Draft], k: int) -> bool:
    """Return whether "or" restates one number ("64 points to 4,577, or 1.4 percent"), not "5, 10, or 15"."""
    return k == 0 or gap_of(tokens, drafts[k - 1], drafts[k]) != [","]


def _share_in_list(left: Draft, right: Draft) -> None:
    """Give a list's number what the next one shows: the change of "a 20% and 16% rise", a unit, a noun."""
    if left.unit is right.unit is RATIO and right.role == "by" and left.role is None:
        left.role, left.direction, left.aspect = "by", right.direction, "change"
        left.thing = left.thing or right.thing
    elif left.is_counted and left.last == left.number_last:
        _share_end_of_list(left, right)


def _share_end_of_list(left: Draft, right: Draft) -> None:
    if right.unit is None:
        left.thing = left.thing or right.thing
    elif not right.money_before and right.kind == "cardinal":
        give_unit(left, right)


@dataclass(slots=True)
class Kept:
    """What a later number may inherit: the last counted noun, change and new level, the first points."""

    counted: Draft | None = None
    step: Draft | None = None
    level: Draft | None = None
    points: Draft | None = None
    previous: Draft | None = None

    def see(self, tokens: Tokens, draft: Draft) -> None:
        """Record the next number; a count without a noun gets the last counted one."""
        if draft.role == "by":
            self.step = None if self._is_aside(tokens, draft) else draft
        if draft.role == "to":
            self.level = draft
        if draft.dimension == "points":
            self.points = self.points or draft
        if draft.dimension == "money":
            self.counted = None
        if draft.is_counted:
            self._see_counted(tokens, draft)
        self.previous = draft

    def _is_aside(self, tokens: Tokens, step: Draft) -> bool:
        """Return whether a change is an aside to a level in its unit, which goes on: "€2bn, up €3m, and roads €4m"."""
        k = step.first - 1
        is_side = tokens.word(k) in ("up", "down") and tokens.word(k - 1) == ","
        left = self.previous
        return is_side and left is not None and left.last == k - 1 and left.unit is step.unit and left.role == "to"

    def _see_counted(self, tokens: Tokens, draft: Draft) -> None:
        if draft.thing is not None:
            is_compound = tokens.word(draft.last) in HYPHENS  # "a 7.6-magnitude quake, killing 30"
            self.counted = draft if draft.thing[0] >= draft.last and not is_compound else self.counted
        elif self.counted is not None and is_elided(tokens, draft):
            draft.thing = self.counted.thing
            draft.owner = draft.owner or party_before(tokens, draft)


def repeat(tokens: Tokens, drafts: list[Draft]) -> None:
    """Let numbers inherit what they omit: the bound of a conversion, the change after "or", the noun."""
    for left, right in pairwise(drafts):
        _name_part(tokens, left, right)
    for left, right in reversed(list(pairwise(drafts))):
        _share_dimensions(tokens, left, right)
    kept = Kept()
    for n, right in enumerate(drafts):
        if n:
            _repeat_from_left(tokens, drafts[n - 1], right)
            _repeat_points(tokens, kept.points, right)
        for step in (kept.step, kept.level):
            if step is not None:
                repeat_step(tokens, step, right)
        kept.see(tokens, right)


def _repeat_from_left(tokens: Tokens, left: Draft, right: Draft) -> None:
    _repeat_conversion(tokens, left, right)
    _repeat_change(tokens, left, right)
    _mark_old_level(tokens, left, right)
    _mark_new_level(tokens, left, right)
    _mark_return(tokens, left, right)
    carry_unit(tokens, left, right)
    _repeat_money(tokens, left, right)
    carry_decimal(tokens, left, right)
    carry_gapped_unit(tokens, left, right)


def _name_part(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a part its whole's noun: "three of the 12 jurors", "two thirds of the hospital's 840 beds"."""
    gap = gap_of(tokens, left, right)
    is_part = gap[:1] == ["of"] and len(gap) <= LONGEST_WHOLE and not any(word in LIST_SIGNS for word in gap)
    is_share = left.unit is RATIO and not left.multiple
    if is_part and left.thing is None and (left.is_counted or is_share) and right.is_counted:
        left.thing = right.thing


def _share_dimensions(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give the sides of "30 x 40 x 50 cm" or "12 by 14 feet" the length unit at the end."""
    is_side = gap_of(tokens, left, right) in (["x"], ["×"], ["by"]) and left.is_counted
    if is_side and right.unit is not None and right.unit.dimension == "length":
        left.thing = None
        give_unit(left, right)


def _repeat_conversion(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a conversion the bound and change of its number: "more than 100 kilometres (60 miles)"."""
    if gap_of(tokens, left, right) not in (["("], ["/"]) or None in (left.unit, right.unit):
        return
    if not are_alike(left, right):
        return
    if right.bound == "exact" and left.bound != "between":
        right.bound = left.bound
    may_move = right.role is None and left.role is not None and tokens.word(right.last) == ")"
    if may_move and left.unit is not right.unit:
        _take_change(left, right)


def _take_change(left: Draft, right: Draft) -> None:
    right.role, right.direction, right.aspect = left.role, left.direction, left.aspect


def _repeat_change(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Repeat a change: "down 162 points, or 2.1%", "rose 4.8 percent, after 5.1 percent", "and water use by half"."""
    if left.role != "by" or right.role is not None:
        return
    gap = [word for word in gap_of(tokens, left, right)[-WIDEST_GAP:] if word not in (",", "points", "jobs")]
    is_gapped = is_gapped_step(gap_of(tokens, left, right)[-WIDEST_GAP:])
    if is_gapped and len(gap) > 2:
        right.thing = (right.first - len(gap) + 1, right.first - 1)
    is_repeated = gap[-1:] == ["or"] and len(gap) < 3
    if is_repeated or is_gapped or _is_compared_share(gap, left, right):
        _take_change(left, right)


def _is_compared_share(gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether a share is compared with another: "rose 4.8 percent, after 5.1 percent", "compared with 2%"."""
    is_share = left.unit is right.unit and left.dimension == "ratio"
    return is_share and (gap[-1:] in (["after"], ["against"]) or gap[-2:] == ["compared", "with"])


def _mark_old_level(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Mark old levels: "to 5 a day, from 7", "down from 400 and 520"; "up from" gives the direction."""
    gap = gap_of(tokens, left, right)[-WIDEST_GAP:]
    if right.role is None and are_alike(left, right):
        _mark_unsaid_old_level(tokens, gap, left, right)
    if _opens_change(tokens, left, right):
        mark(left, "from", None)
        right.change_from = left
    _link_swing(left, right)
    if right.role == "from" and left.role == "to" and left.direction is None:  # "14 have died, up from 12"
        word = next((w for w in reversed(gap) if w in ("up", "down")), None)
        left.direction = directions()[word][0] if word else None


def _link_swing(left: Draft, right: Draft) -> None:
    """Link the ends of "swung to a loss of $5m from a profit of $3m", in either order."""
    old, new = (left, right) if left.role == "from" else (right, left)
    if (old.role, new.role) == ("from", "to") and new.change_from is None and old.unit is new.unit is not None:
        new.change_from = old


def _opens_change(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether the old level precedes the verb: "From 26 in the spring, the villages have fallen to seven"."""
    if right.role != "to" or right.change_from is not None or not are_alike(left, right):
        return False
    k = opens_with(tokens, left, ("from",))
    return left.role in (None, "from") and k >= 0 and (k == 0 or tokens.word(k - 1) in (",", ";", "and", "but"))


def _mark_unsaid_old_level(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> None:
    if left.role == "to" and left.per is not None and gap[-1:] == ["from"] and len(gap) < 3:
        right.role, right.unit, left.change_from = "from", left.unit, right
        right.thing = right.thing or left.thing
    elif left.role == "from" and _is_second_old_level(tokens, gap, right):
        mark(right, "from", None)
        right.thing = right.thing or left.thing


def _is_second_old_level(tokens: Tokens, gap: list[str], right: Draft) -> bool:
    is_joined = gap[-1:] == ["and"] and not any(is_verbal(word) for word in gap)
    return is_joined and is_closed(tokens, right.last)


def _mark_new_level(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Mark the new level beside a change: "$612 million, up 3%", "cut by 75 points, to 3%", "up 0.8% at $41"."""
    gap = _gap_to_level(tokens, left, right)
    if right.role == "by" and gap in (["up"], ["down"]) and _is_level_of_thing(left):
        mark(left, "to", right.direction)
    elif left.role == "by" and right.role is None and (_may_be_new_level(gap, left, right) or _is_off(gap, right)):
        mark(right, "to", left.direction)
    elif left.role == "by" and right.role == "to" and right.direction is None and _brings(gap):
        right.direction = left.direction  # "rise by 5%, taking the bill to £2,000"
    elif left.role is None and gap == ["to"] and right.role in (None, "to"):
        _mark_step(tokens, left, right)


def _mark_return(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Mark the level that something goes back to: "touched $91 and then crept back to $88"."""
    gap = gap_of(tokens, left, right)
    if right.role is not None or gap[-2:] != ["back", "to"] or MOVED_TO.isdisjoint(gap[-3:-2]):
        return
    if are_alike(left, right) and left.low != right.low and right.dimension not in ("time", "age", "length"):
        mark(right, "to", "up" if right.low > left.low else "down")


def _gap_to_level(tokens: Tokens, left: Draft, right: Draft) -> list[str]:
    """Return the words between a change and a level, without commas, "just" and the like, and "a range of"."""
    gap = [word for word in gap_of(tokens, left, right)[-WIDEST_GAP:] if word not in (",", "(")]
    if gap[-3:] == ["a", "range", "of"]:
        return gap[:-3]
    while gap[-1:] and gap[-1] in SLIGHTING:  # "40% to just 3,100"
        gap = gap[:-1]
    return gap


def _is_level_of_thing(draft: Draft) -> bool:
    """Return whether a number is a level of a thing ("$612 million, up 3%"), not a duration or an age."""
    return draft.role is None and draft.aspect == "level" and draft.dimension not in ("time", "age")


def _may_be_new_level(gap: list[str], step: Draft, level: Draft) -> bool:
    """Return whether a level follows a change: "by 75 points, to 3%", "up 0.8% at $41"; not "to a two-week high"."""
    if level.aspect not in ("level", "rate") or (level.dimension == "time" and step.dimension != "time"):
        return False
    return gap == ["to"] or (gap in CLOSING_AT and _may_price(step, level))


def _is_off(gap: list[str], level: Draft) -> bool:
    """Return whether a level follows a reduction: "knocked $3,000 off the price of its cheapest car, to $36,990"."""
    return gap[:1] == ["off"] and gap[-1:] == ["to"] and level.aspect == "level"


def _brings(gap: list[str]) -> bool:
    return gap[-1:] == ["to"] and not BRINGING.isdisjoint(gap)


def _may_price(step: Draft, level: Draft) -> bool:
    """Return whether a level is a closing price: "0.8% at $41", "$1.14 lower at $58.71", "up 41.79 points at 7,134"."""
    if level.dimension not in ("money", "points") and not (level.unit is None and level.low >= LEAST_INDEX):
        return False
    if step.unit is not None and step.unit.currency is not None and level.unit is not None:
        return step.unit.currency == level.unit.currency  # "0.4 cents weaker at $1.27"
    return step.unit is RATIO or step.unit is level.unit or (step.dimension == "points" and level.unit is None)


def _mark_step(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Mark a change that only its new level shows: "added 12 cents to $4.30", "cut 40 jobs to 300"."""
    entry = directions().get(tokens.word(left.first - 1))
    is_same = are_alike(left, right) or (left.unit is RATIO and right.unit is not None)
    if entry is not None and entry[1] in ("act", "verb") and is_same and left.kind == right.kind == "cardinal":
        mark(left, "by", entry[0])
        mark(right, "to", entry[0])


def _repeat_points(tokens: Tokens, points: Draft | None, draft: Draft) -> None:
    """Give an index level its unit, points: "lost 162 points, or 2 percent, to close at 7,425.81"."""
    if (
        points is not None
        and draft.is_bare
        and draft.low >= LEAST_INDEX
        and tokens.word(draft.first - 1) in ("to", "at")
    ):
        draft.unit = points.unit


def _repeat_money(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a part the currency of its whole: "raised 280 million of the 1.5 billion shekels"."""
    gap = gap_of(tokens, left, right)
    is_part = gap[:1] == ["of"] and len(gap) == 2 and gap[1] in DETERMINERS
    if is_part and left.is_bare and right.dimension == "money" and left.scale > 1:
        left.unit = right.unit
