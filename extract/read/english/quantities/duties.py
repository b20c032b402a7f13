"""Amounts that somebody has to find, pay or cut: "must find savings of $31m", "needs to trim 5%"."""

from __future__ import annotations

from extract.read.english.quantities.bringing import BREAKS
from extract.read.english.quantities.directions import kind_of_change
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import HEADLINE_VERBS

LONGEST = 8  # most words from the verb to the number
DUTIES = word_list("duties")
ORDERING = word_list("ordering")
NO_DOING = frozenset({"be", "see", "have", "need", "go", "run", "show", "test", "become", "hold"})
DOING = HEADLINE_VERBS - NO_DOING | {"find", "inject", "accept"}
# Before the verb: anyone's duty ("you have to pay $20") or none ("do not need to spend $20").
NOBODYS = frozenset({
    "you", "you'd", "you'll", "you've", "not", "don't", "doesn't", "didn't", "won't", "never", "without"
})  # fmt: skip
ENDS = BREAKS | {"from", "within", "with", ",", "that", "after", "had", "was", "were", "if"}


def is_due(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is what somebody has or has agreed to do: "must cut 40 posts", "has to repay $8m"."""
    for k in range(draft.first - 1, max(draft.first - 1 - LONGEST, 0), -1):
        if tokens.word(k) in ENDS:
            return False
        if _does(tokens.word(k)):
            return NOBODYS.isdisjoint(tokens.words[max(k - 5, 0) : k]) and _is_obliged(tokens, k)
    return False


def _is_obliged(tokens: Tokens, k: int) -> bool:
    """Return whether the infinitive at token ``k`` is a duty, and not a past one: "must", "has to"; not "had to"."""
    before = tokens.word(k - 1)
    if before != "to":
        return before == "must" or (before == "should" and kind_of_change(tokens.word(k)) is not None)
    return tokens.word(k - 2) in DUTIES or not ORDERING.isdisjoint(tokens.words[max(k - 4, 0) : k - 1])


def _does(word: str) -> bool:
    """Return whether a word may be an infinitive of doing or changing."""
    return word in DOING or kind_of_change(word) in ("verb", "act", "noun")
