"""Gapped clauses, which omit their verb: "rose 9% in Leeds and 4% in Hull", "and water use by half", "women 24"."""

from __future__ import annotations

from extract.read.english.quantities.carried import LARGEST_PERCENT, is_elided, may_share, take_unit
from extract.read.english.quantities.changes import mark
from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import gap_of, is_closed
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.words import AUXILIARIES, PREPOSITIONS, PRONOUNS, STOPS, VERBS, is_past, is_plural

LONGEST_GAPPED = 6  # most words of "and water use by"
LONGEST_CLAUSE = 12  # most words from one step to that of a gapped clause
LONGEST_PARTY = 4  # most words of the name in "Corva dropped 3%, Lund Steel 2%"
# What may stand before a number of a gapped clause: "and just 1%", "and a further 3%".
LESSENING = frozenset({
    "just", "only", "barely", "merely", "even", "still", "another", "a", "an", "further", "mere", "by", "to", "then"
})  # fmt: skip
CUTS_OF_STEPS = frozenset({"and", ",", ";", "but", "while"})
SEASONS = frozenset({"year", "month", "week", "quarter", "basis"})
NAMING_PERIODS = frozenset({"this", "last", "next"})
OPENING_PERIODS = NAMING_PERIODS | {"from", "on", "in", "over", "since", "compared", "for", "a", "annually", "yearly"}
ENDS = frozenset({"", ".", ",", ";"})
CUTS = frozenset({"and", ",", ";", "while", "but", "with"})
OPENERS = frozenset({"and", "the", "a", "an", "of", "his", "her", "its", "their", "just", "only", "barely", "with"})
# Dimensions that a bare number of a gapped clause seldom inherits.
SELDOM = frozenset({"age", "points"})
OWNING = frozenset({"'", "’", "'s", "’s"})


def is_gapped_step(gap: list[str]) -> bool:
    """Return whether a gap omits its verb before "by": "by 40% and water use by half", "police officers' by 4%"."""
    if gap[-1:] != ["by"]:
        return False
    if gap[:1] == ["and"]:
        return len(gap) <= LONGEST_GAPPED
    cut = _last_cut(gap)
    party = [word for word in gap[cut + 1 : -1] if word not in OWNING]
    return cut >= 0 and not any(map(is_verbal, gap[:cut])) and _names_party(_without_openers(party))


def carry_gapped_unit(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Give a bare number of a gapped clause the unit before it: "71 per cent of the dead, women 24"."""
    if not right.is_unitless or right.role is not None or left.unit is None or left.dimension in SELDOM:
        return
    if left.multiple or left.role == "by" or left.unit_hyphenated or not _may_be_of_unit(left, right):
        return
    gap = gap_of(tokens, left, right)
    if len(gap) <= LONGEST_CLAUSE and _leaves_out_verb(tokens, gap, left, right):
        take_unit(left, right)
        if left.unit is RATIO and left.unit_first < 0:  # its percent was inherited too
            right.low = right.high = right.low / 100


def _may_be_of_unit(left: Draft, right: Draft) -> bool:
    """Return whether a number may inherit a unit: percent up to 100; not "a third of the men, the women 12"."""
    if left.unit is RATIO:
        return left.kind == "cardinal" and right.low <= LARGEST_PERCENT
    return may_share(left, right)


def _leaves_out_verb(tokens: Tokens, gap: list[str], left: Draft, right: Draft) -> bool:
    cut = _last_cut(gap)
    if cut < 0 or any(map(is_verbal, gap[:cut])):
        return False
    party = _without_openers(gap[cut + 1 :])
    after, before = tokens.word(right.last), tokens.word(left.first - 1)
    if not party:  # "88mm in Durban and 4 in Upington"
        return after in PREPOSITIONS and after != "of" and gap[0] == after
    if len(party) > 1 and party[-1] == before and before in PREPOSITIONS:  # "by 39 percent and she by 44"
        return is_elided(tokens, right) and (_names_party(party[:-1]) or party[0] in PRONOUNS)
    is_said = right.digits or after in ENDS
    return is_said and is_elided(tokens, right) and _names_party(party)


def _last_cut(gap: list[str]) -> int:
    return max((k for k, word in enumerate(gap) if word in CUTS), default=-1)


def _without_openers(words: list[str]) -> list[str]:
    while words and words[0] in OPENERS:
        words = words[1:]
    return words


def repeat_step(tokens: Tokens, step: Draft, right: Draft) -> None:
    """Mark a number of a gapped clause like the one before: "rose 7% in Leeds, 5% in Hull", "and 3% on the year"."""
    if right.role is not None or right.aspect != "level" or not may_be_step(tokens, step, right):
        return
    words = [tokens.word(k) if tokens.raw(k) != "May" else "in" for k in range(step.last, right.first)]
    cut = max((k for k, word in enumerate(words) if word in CUTS_OF_STEPS), default=-1)
    if cut >= 0 and len(words) <= LONGEST_CLAUSE and not any(map(is_verbal, words[:cut])):
        _repeat_after(tokens, step, right, words[cut], _without_lessening(words[cut + 1 :]))


def _repeat_after(tokens: Tokens, step: Draft, right: Draft, cut: str, party: list[str]) -> None:
    """Mark a number after a conjunction: the same thing's without a party between, else the party's own."""
    if not party and _repeats_step(tokens, step, right, cut):
        mark(right, step.role or "by", step.direction)
    elif party and step.role == "by" and cut in ("and", ","):
        _repeat_for_party(party[party[0] in ("and", "the", "of") :], step, right)


def _without_lessening(words: list[str]) -> list[str]:
    while words and words[-1] in LESSENING:
        words = words[:-1]
    return words


def _repeats_step(tokens: Tokens, step: Draft, right: Draft, cut: str) -> bool:
    """Return whether a number repeats the verb of another one: "in Leeds, 5% in Hull", "this year and 2% next year"."""
    after = tokens.word(right.last)
    if after in PREPOSITIONS and after != "of" and tokens.word(step.last) == after:
        return True
    is_next = after in NAMING_PERIODS or (after == "the" and tokens.word(right.last + 1) in SEASONS | {"next"})
    return (
        step.role == "by" and cut in ("and", ",") and (is_next or (cut == "and" and _opens_period(tokens, right.last)))
    )


def _repeat_for_party(party: list[str], step: Draft, right: Draft) -> None:
    """Mark the change of the second party of "Corva dropped 3%, Lund Steel 2%" and set its owner."""
    if _names_party(party[2:] if party[0] in ("those", "that") else party):  # "those to Japan 5 percent"
        right.owner = (right.first - len(party), right.first)
        right.thing = right.thing or (step.thing if right.is_counted else None)
        mark(right, "by", step.direction)


def _names_party(words: list[str]) -> bool:
    """Return whether words are a name ("Lund Steel"), not a clause with a verb of its own."""
    words = [word for word in words if word not in HYPHENS and word not in OWNING]
    is_name = 0 < len(words) <= LONGEST_PARTY and all(word.isalpha() and word not in STOPS for word in words)
    return is_name and not any(is_verbal(word) for word in words)


def party_before(tokens: Tokens, right: Draft) -> tuple[int, int] | None:
    """Return the token span of the subject of a gapped clause: "won 212 seats, the Liberals 40"; None without one."""
    k = right.first
    while right.first - k < LONGEST_PARTY and tokens.raw(k - 1)[:1].isupper() and tokens.word(k - 1) not in STOPS:
        k -= 1
    if k == right.first:
        k = _common_party(tokens, k)
    opener = tokens.word(k - 1 - (tokens.word(k - 1) == "the"))
    return (k, right.first) if k < right.first and opener in ("and", ",", ";") else None


def _common_party(tokens: Tokens, end: int) -> int:
    """Return the first token of a common noun before ``end``: "the north got 30 schools and the south 12".

    Return ``end`` where there is none.
    """
    k = end - 1
    is_led = tokens.word(k - 1) == "the" and tokens.word(k - 2) in ("and", ",", ";")
    is_noun = tokens.word(k).isalpha() and tokens.word(k) not in STOPS and not is_verbal(tokens.word(k))
    return k if is_noun and (is_led or (tokens.word(k - 1) == "and" and is_plural(tokens.word(k)))) else end


def may_be_step(tokens: Tokens, step: Draft, right: Draft) -> bool:
    """Return whether a number may be a change like another one; not the share of "10% of staff"."""
    after = tokens.word(right.last)
    is_ended = is_closed(tokens, right.last) or _opens_period(tokens, right.last) or after == "the"
    if right.kind != "cardinal" or not is_ended:
        return False
    if after == "of" or is_past(after) or after in AUXILIARIES | VERBS:
        return False
    return right.unit is step.unit if step.unit is not None else right.unit is None and step.kind == "cardinal"


def _opens_period(tokens: Tokens, k: int) -> bool:
    """Return whether a period begins at token ``k``: "from a year earlier", "year on year", "in June"."""
    if tokens.word(k) in SEASONS or (tokens.word(k) == "against" and tokens.word(k + 1) in ("a", "the", "last")):
        return True
    return tokens.word(k) in OPENING_PERIODS


def is_verbal(word: str) -> bool:
    """Return whether a word may be a verb or is a semicolon."""
    return word in VERBS or word in AUXILIARIES or is_past(word) or word in directions() or word == ";"
