"""Changes expressed by a verb and its complement: "knocked $3,000 off the price", "closed 0.2% in the red"."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import TRANSPARENT, word_list
from extract.read.english.words import DETERMINERS
from extract.types import ChangeRole, Direction

TAKING_OFF = word_list("taking_off")
ADDING_TO = word_list("adding_to")
FIGURES = word_list("tallies") | word_list("measures")
MOVED = word_list("moved")
MOVED_TO = word_list("moved_to")
LONGEST_FIGURE = 6  # most words of "the average household bill"
PACES = frozenset({"rate", "pace", "clip", "speed"})  # "at an annual rate of"
ANNUAL = frozenset({"annual", "annualised", "annualized", "yearly"})
PERIODS = word_list("periods")
REDUCED = frozenset({"cut", "cuts", "cutting", "slashed", "slash", "slashing", "reduced", "reduce", "reducing"})
PAST = frozenset({"past", "beyond"})
GROUND: dict[tuple[str, ...], Direction] = {
    ("the", "red"): "down",
    ("the", "black"): "up",
    ("the", "green"): "up",
    ("negative", "territory"): "down",
    ("positive", "territory"): "up",
}


def step_of_verb(tokens: Tokens, draft: Draft) -> tuple[ChangeRole, Direction] | None:
    """Return the role and direction that a verb and its complement give a number; None where they give none."""
    k = draft.first - 1
    while tokens.word(k) in TRANSPARENT:
        k -= 1
    verb, after = tokens.word(k), tokens.word(draft.last)
    if _cut_in_half(tokens, draft):
        return "by", "down"
    if verb in TAKING_OFF and after == "off":
        return _off_price(tokens, draft)
    if verb in ADDING_TO and after in ("to", "on", "onto"):
        return ("by", "up") if _is_figure(tokens, draft.last + 1) else None
    if verb in MOVED_TO and tokens.word(draft.first) in PAST and draft.bound == "more_than":
        return "to", "up"
    return _on_ground(tokens, draft) if verb in MOVED and after == "in" else None


def is_led(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether token ``i`` may lead to a step or a level: "by", "to", "from", "of", "slid into the low 40s"."""
    is_into = tokens.word(i) == "into" and draft.bound == "between" and draft.is_unitless
    return is_into or tokens.word(i) in ("by", "to", "from", "of")


def is_place(tokens: Tokens, draft: Draft, k: int) -> bool:
    """Return whether a length and "up" or "down" at token ``k`` are a place: "1,900m up on the north face"."""
    is_on = draft.dimension == "length" and tokens.words[k + 1 : k + 3] == ["on", "the"]
    return is_on and tokens.word(k + 3) not in PERIODS


def _cut_in_half(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a half is what is left: "were cut in half", "slashed the budget in half"; not of a thing cut."""
    words = tokens.words[max(0, draft.first - 1 - LONGEST_FIGURE) : draft.first - 1]
    if tokens.word(draft.number_first) != "half" or tokens.word(draft.first - 1) != "in":
        return False
    return words[-1:] != [] and (words[-1] in REDUCED or not (REDUCED.isdisjoint(words) or FIGURES.isdisjoint(words)))


def _off_price(tokens: Tokens, draft: Draft) -> tuple[ChangeRole, Direction] | None:
    """Parse "knocked $3,000 off the price"; None for durations, as in "took two days off her tour"."""
    is_amount = draft.unit is not None and draft.dimension != "time"
    return ("by", "down") if is_amount and tokens.word(draft.last + 1) in DETERMINERS else None


def _on_ground(tokens: Tokens, draft: Draft) -> tuple[ChangeRole, Direction] | None:
    """Parse "closed 0.2% in the red"; None where the complement names no direction."""
    where = GROUND.get(tuple(tokens.words[draft.last + 1 : draft.last + 3]))
    return ("by", where) if where is not None and draft.dimension in ("ratio", "points") else None


def _is_figure(tokens: Tokens, k: int) -> bool:
    """Return whether a complement names a figure ("to the average bill"), not a thing ("to her collection")."""
    words = tokens.words[k : k + LONGEST_FIGURE]
    return words[:1] != [] and words[0] in DETERMINERS and not FIGURES.isdisjoint(words)


def verb_of_pace(tokens: Tokens, i: int) -> tuple[Direction, int, str] | None:
    """Return the direction, index and kind of the verb of "shrank at an annualised rate of"; None without one."""
    if tokens.word(i) != "of" or tokens.word(i - 1) not in PACES:
        return None
    k = next((k for k in range(i - 2, i - 6, -1) if tokens.word(k) == "at"), 0)
    entry = directions().get(tokens.word(k - 1)) if k > 0 else None
    return (entry[0], k - 1, entry[1]) if entry is not None else None


def is_yearly(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether a percentage after "at" is a pace: "rising at 6 percent a year", "grew at an annualised 3.3%"."""
    return draft.per is not None or not ANNUAL.isdisjoint(tokens.words[i : draft.first])
