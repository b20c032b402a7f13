"""Results that swing: "swung to a loss of $5m from a profit of $3m". Alone, "a loss of $5m" is a level."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.words import DETERMINERS, STOPS
from extract.types import ChangeRole, Direction

RESULTS: dict[str, Direction] = {
    "loss": "down", "losses": "down", "deficit": "down", "shortfall": "down",
    "profit": "up", "profits": "up", "surplus": "up",
}  # fmt: skip
TURNING = frozenset({
    "swung", "swing", "swings", "swinging", "slipped", "moved", "turned", "returned", "return", "went", "gone", "going",
    "flipped", "reverted", "lurched", "shifted", "bounced", "tipped"
})  # fmt: skip
LONGEST_NAME = 4  # most words of "a first-half pretax loss"
REACH = 16  # most words from the verb to "of"
ROLES: dict[str, ChangeRole] = {"from": "from", "to": "to", "into": "to"}  # by the preposition


def is_result(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether a number is an amount of money after "a loss of"; ``i`` is the index of "of"."""
    return draft.dimension == "money" and tokens.word(i) == "of" and tokens.word(i - 1) in RESULTS


def swing(tokens: Tokens, i: int) -> tuple[ChangeRole, Direction] | None:
    """Return the role and direction of the result before "of" at token ``i``; None where nothing swings."""
    k = i - 2
    while k > i - 2 - LONGEST_NAME and tokens.word(k)[:1].isalpha() and tokens.word(k) not in STOPS:
        k -= 1
    k -= tokens.word(k) in DETERMINERS
    role = ROLES.get(tokens.word(k))
    verb = _verb_before(tokens, k, i) if role is not None else ""
    if role is None or not verb:
        return None
    moved = directions().get(verb)
    return role, moved[0] if moved is not None else RESULTS[tokens.word(i - 1)]


def _verb_before(tokens: Tokens, k: int, i: int) -> str:
    """Return the verb that a result at "of", token ``i``, swings by; empty without one."""
    for j in range(k - 1, max(i - REACH, -1), -1):
        word = tokens.word(j)
        if word in (";", ":", "but", "while"):
            break
        if word in TURNING or (word in directions() and word not in RESULTS and directions()[word][1] != "side"):
            return word
    return ""
