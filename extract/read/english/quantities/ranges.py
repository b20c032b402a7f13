"""Pairs of adjacent numbers: ranges, from-to pairs, scores, votes and contests."""

from __future__ import annotations

from decimal import Decimal

from extract.read.english.quantities.ages import OLDEST
from extract.read.english.quantities.contests import is_contest, is_moved_by
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import are_alike, gap_of, is_ascending, is_closed, opens_with
from extract.read.english.quantities.number_words import HYPHENS, MONEY_SCALES, SMALL, is_numeric
from extract.read.english.quantities.pairs import is_change_pair, is_next_of_series, is_reversed_pair
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import AGES, RATIO
from extract.read.english.quantities.words import word_list
from extract.read.english.words import is_plural, is_stop

TO = frozenset({"to", "through", "until", "till"})
LARGEST_SCORE = 99
PLAYING = frozenset(
    {"won", "win", "wins", "beat", "beats", "lost", "lose", "drew", "led", "leads", "victory", ",", "by"}
)
BEATING = frozenset({"beat", "beats", "beating", "defeated", "thrashed"})
LONGEST_TEAM = 4  # most words from such a verb to the score: "beat Norwich City 3 to 1"
# Words of votes and decisions, whose outcome two bare numbers may be.
DECIDING = word_list("deciding")
LOOSELY = frozenset({"somewhere", "anywhere", "anything"})  # before "between" and "from"
UP_TO = (["up", "to"], ["and", "up", "to"], ["to", "as", "many", "as"], ["to", "as", "much", "as"])
AGE_PAIRS = (["-", "and"], ["-", "or"], ["–", "and"])
AGE_RANGES = (["to"], ["-"], ["–"], ["and"], ["or"])
AGE_LINKS = (["and"], [","], ["or"], [",", "and"])
LEAST_LEVEL = 3  # least ratio of a new level to its step; below it the two are a range


def join(tokens: Tokens, drafts: list[Draft], has_change: bool) -> list[Draft]:
    """Merge the two numbers of a range into one draft, mark from-to pairs of a change, drop scores and votes.

    ``has_change`` tells whether the sentence has a word of change, which makes "from 5 to 10" a change, not a range.
    """
    joined: list[Draft] = []
    context = Context(tokens, has_change)
    for draft in drafts:
        before = joined[-1] if joined else None
        if before is None:
            joined.append(draft)
            continue
        _share_age(tokens, before, draft)
        if before.range_last_number >= 0:
            _mark_old_level(context, before, draft)
            joined.append(draft)
        elif is_contest(tokens, before, draft):
            before.is_party = draft.is_party = True
            joined.append(draft)
        elif context.is_outcome(before, draft):
            joined.pop()
        else:
            _pair(context, joined, before, draft)
    return joined


class Context:
    """Properties of a sentence (changes, decisions), computed once for all its numbers."""

    def __init__(self, tokens: Tokens, has_change: bool) -> None:
        self.tokens = tokens
        self.has_change = has_change
        self._decides: bool | None = None

    @property
    def decides(self) -> bool:
        """Whether the sentence speaks of a vote or a decision."""
        if self._decides is None:
            self._decides = self.tokens.holds(DECIDING)
        return self._decides

    def is_outcome(self, left: Draft, right: Draft) -> bool:
        """Return whether two numbers are a score ("a 3-1 win") or a vote ("passed by 231 to 188")."""
        if not (left.is_unitless and right.is_unitless):
            return False
        gap = gap_of(self.tokens, left, right)
        if gap == ["votes", "to"]:
            return opens_with(self.tokens, left, ("from",)) < 0
        if _is_ballot(self.tokens, gap, right):
            return self.decides
        if len(gap) != 1:
            return False
        is_vote = gap[0] in ("to", *HYPHENS) and self._is_vote(left, right)
        return is_vote or (left.digits == right.digits and _is_score(self.tokens, left, right))

    def _is_vote(self, left: Draft, right: Draft) -> bool:
        before, after = self.tokens.word(left.first - 1), self.tokens.word(right.last)
        if not self.decides or left.scale != 1 or right.scale != 1 or before in ("from", "between"):
            return False
        is_moved = before != "by" and is_moved_by(self.tokens, left)
        return not is_moved and (after in ("vote", "ruling", "decision") or is_closed(self.tokens, right.last))


def _is_after_aside(tokens: Tokens, joined: list[Draft], draft: Draft) -> bool:
    """Return whether a number is the old level after an aside: "dropped to 31, the fewest in a decade, from 58"."""
    if len(joined) < 2 or joined[-2].role is not None or tokens.word(joined[-2].last) != ",":
        return False
    return tokens.word(draft.first - 2) == "," and is_reversed_pair(tokens, joined[-2], draft)


def _is_ballot(tokens: Tokens, gap: list[str], right: Draft) -> bool:
    """Return whether two numbers are the sides of a vote: "with 288 in favour and 232 against"."""
    words = [word for word in gap if word not in ("votes", "in", ",", "and", "with")]
    return words in (["favour"], ["favor"], ["for"]) and tokens.word(right.last) in ("against", "opposed")


def _pair(context: Context, joined: list[Draft], before: Draft, draft: Draft) -> None:
    """Append a number to ``joined``, or merge it with the one before into a range; mark the levels of a change."""
    tokens = context.tokens
    if before.role != "from" and is_change_pair(tokens, before, draft, context.has_change):
        _share(tokens, before, draft)
        before.role, draft.role = "from", "to"
        draft.change_from = before
        joined.append(draft)
    elif context.has_change and is_reversed_pair(tokens, before, draft):
        _share(tokens, before, draft)
        before.role, draft.role = "to", "from"
        before.change_from = draft
        joined.append(draft)
    elif context.has_change and _is_after_aside(tokens, joined, draft):
        joined[-2].role, draft.role = "to", "from"
        joined[-2].change_from = draft
        joined.append(draft)
    elif is_next_of_series(tokens, before, draft):
        _share(tokens, before, draft)
        draft.role, draft.change_from = "to", before
        joined.append(draft)
    elif _is_range(tokens, before, draft):
        _share(tokens, before, draft)
        _merge(tokens, before, draft)
    else:
        joined.append(draft)


def _mark_old_level(context: Context, before: Draft, draft: Draft) -> None:
    """Mark the old level after a range: "between $18bn and $19bn, up from a forecast of $17bn"."""
    if context.has_change and before.role is None and is_reversed_pair(context.tokens, before, draft):
        before.role, draft.role = "to", "from"
        before.change_from = draft


def _is_range(tokens: Tokens, left: Draft, right: Draft) -> bool:
    gap = _plain_gap(tokens, left, right)
    if not are_alike(left, right) or not gap:
        return False
    if gap == ["and"]:
        return opens_with(tokens, left, ("between",)) >= 0
    if gap == ["to"] and opens_with(tokens, left, ("from",)) >= 0:
        return True
    if not is_ascending(left, right) or (gap == ["to"] and _is_step(tokens, left, right)):
        return False
    return _joins_few(tokens, left, right) if gap == ["or"] else _leads_to_end(gap)


def _joins_few(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether "or" joins a range ("four or five ships"), not a list ("three, four or five ships")."""
    return right.low < 100 and not left.money_before and not _is_listed(tokens, left)


def _leads_to_end(gap: list[str]) -> bool:
    """Return whether a gap joins the ends of a range: "to", "through", "and up to" or a hyphen."""
    return gap in UP_TO or (len(gap) == 1 and (gap[0] in TO or gap[0] in HYPHENS))


def _is_step(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two numbers are a step and a level ("rose 5% to 12", "fell by $3 to $40"), not a range."""
    return is_moved_by(tokens, left) and (left.unit is not None or _is_step_of(left, right))


def _plain_gap(tokens: Tokens, left: Draft, right: Draft) -> list[str]:
    """Return the words between two numbers without bounds; those of "0-to-60" and "18- to 34-year-olds" become "to"."""
    gap = [word for word in gap_of(tokens, left, right) if word not in ("about", "around", "some", "roughly", "~")]
    is_hyphenated = gap[1:2] == ["to"] and gap[0] in HYPHENS and (len(gap) == 2 or gap[2:] in (["-"], ["–"]))
    return ["to"] if is_hyphenated else gap


def _is_step_of(left: Draft, right: Draft) -> bool:
    """Return whether two bare counts are a step and its level: the second is several times the first."""
    return right.unit is None and right.low >= LEAST_LEVEL * left.low


def _is_listed(tokens: Tokens, draft: Draft) -> bool:
    before = tokens.word(draft.first - 2)
    return tokens.word(draft.first - 1) == "," and (is_numeric(before) or before in SMALL)


def _is_score(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two numbers are a score ("a 3-1 win", "won 110-102"), not a range ("3-5 people")."""
    joint = tokens.word(left.last)
    if joint == "to":
        return _is_descending(tokens, left, right)
    if not left.digits or joint not in HYPHENS or left.scale != right.scale:
        return False
    if left.low >= right.low:
        return tokens.glued(left.last) or left.low <= LARGEST_SCORE
    if not tokens.glued(left.last) or tokens.word(right.last) in HYPHENS or right.low > LARGEST_SCORE:
        return False
    return not _counts_plural(tokens, right.last)


def _counts_plural(tokens: Tokens, k: int) -> bool:
    """Return whether a plural noun follows: "3-5 people", "3-5 long metres"."""
    after = tokens.word(k)
    return after.isalpha() and not is_stop(after) and (is_plural(after) or is_plural(tokens.word(k + 1)))


def _is_descending(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether "to" joins a score ("won four to two", "leads by 7, 49 to 42"), not "cut by three to two"."""
    after = tokens.word(right.last)
    closes = not after.isalpha() or is_stop(after)
    is_beaten = not BEATING.isdisjoint(tokens.words[max(0, left.first - LONGEST_TEAM) : left.first])
    is_played = (tokens.word(left.first - 1) in PLAYING or is_beaten) and not is_moved_by(tokens, left)
    return closes and is_played and right.low < left.low <= LARGEST_SCORE


def _share(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give each number of a pair the unit and scale that only the other one shows."""
    if left.money_before and right.unit is not None and tokens.word(right.unit_first) in MONEY_SCALES:
        scale = MONEY_SCALES[tokens.word(right.unit_first)]
        right.low, right.high, right.scale, right.unit = right.low * scale, right.low * scale, scale, None
        right.number_last = right.last
    _share_unit(left, right)
    if left.scale == 1 and right.scale >= 1000 and left.low < 1000 and left.low * right.scale <= right.low:
        left.low, left.scale = left.low * right.scale, right.scale
        left.high = left.low


def _share_unit(left: Draft, right: Draft) -> None:
    if right.unit is None and left.unit is not None:
        right.unit = left.unit
        if left.unit is RATIO and left.kind == "cardinal":
            right.low, right.high = right.low / 100, right.low / 100
    elif left.unit is None and right.unit is not None:
        give_unit(left, right)


def _share_age(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Share an age unit: "aged 5 to 17 months" is months of age twice, "10- and 11-year-olds" years of age."""
    gap = gap_of(tokens, left, right)
    if gap in AGE_PAIRS and left.is_counted and right.dimension == "age":
        left.unit, left.last = right.unit, left.last + 1
    elif left.dimension == "age":
        _share_age_of_left(tokens, gap, left, right)


def _share_age_of_left(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> None:
    if right.is_counted and right.digits and right.low <= OLDEST and gap in AGE_LINKS:
        right.unit = left.unit if is_closed(tokens, right.last) else None  # "aged 23 and 31"
    age = AGES.get(right.unit.name) if right.unit is not None and gap in AGE_RANGES else None
    if age is not None and left.unit_first < 0 and left.owner is None:
        left.unit = right.unit = age


def give_unit(left: Draft, right: Draft) -> None:
    """Copy the unit of the next number to a number, and convert a percent to a ratio."""
    left.unit, left.unit_first, left.unit_last = right.unit, right.unit_first, right.unit_last
    if right.unit is RATIO and right.kind == "cardinal":
        left.low, left.high, left.kind = left.low / 100, left.low / 100, "cardinal"


def _to_one_unit(left: Draft, right: Draft) -> None:
    """Convert the low end of "from six months to two years" to the unit of the high end."""
    if left.unit is None or right.unit is None or left.unit is right.unit:
        return
    factors = left.unit.factor, right.unit.factor
    if None not in factors and left.unit.si_unit == right.unit.si_unit and left.unit.offset == right.unit.offset:
        left.low *= Decimal(str(factors[0])) / Decimal(str(factors[1]))
        left.unit = right.unit


def _merge(tokens: Tokens, left: Draft, right: Draft) -> None:
    _to_one_unit(left, right)
    opening = opens_with(tokens, left, ("between", "from"))
    if left.low < 0 < right.low and tokens.word(left.first) == "negative":  # "a negative 44%-50% rating"
        left.low, left.first = -left.low, left.first + 1
    if opening >= 0:
        left.first = opening - (tokens.word(opening - 1) in LOOSELY)
    left.high, left.last, left.bound = right.low, right.last, "between"
    left.range_last_number = right.number_last
    left.unit_hyphenated = right.unit_hyphenated
    if not left.money_before:
        left.unit_first, left.unit_last = right.unit_first, right.unit_last
