"""Denominators: "a day", "per 100,000 people", "for every household"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.nouns import noun_after
from extract.read.english.quantities.number_words import HYPHENS, is_numeric
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.words import AUXILIARIES, PREPOSITIONS, VERBS, is_past, is_plural, is_stop

COMPARED_TIME = frozenset({"earlier", "ago", "before", "later", "after", "old"})
PERIODS = word_list("periods")
RATES = frozenset({"daily", "weekly", "monthly", "yearly", "annually", "hourly", "pcm", "pw"})
EACH = frozenset({"a", "an", "each", "every"})
LONGEST_CLAUSE = 10  # most words from the thing to the period at the end of its clause
CLOSERS = frozenset({"", ".", ",", ";", ")"})
FARTHEST = 6  # tokens after the thing in which its denominator may begin
CLAUSE_WORDS = frozenset({"and", "but", "or", "while", "when", "that", "which", "who"})
CONVERSION = 7  # tokens of the longest conversion in brackets
SOLD_BY = word_list("sold_by")


def set_per(tokens: Tokens, draft: Draft) -> None:
    """Take the denominator right after the number and its unit into the draft."""
    j = _after_conversion(tokens, draft.last)
    j += tokens.word(j) in HYPHENS and (tokens.glued(j) or tokens.word(j + 1) in ("a", "an"))
    found = _denominator_at(tokens, draft, j)
    if found is not None:
        draft.per, draft.last = found, draft.last if tokens.word(draft.last) == "(" else found[1]
    elif tokens.word(j) in RATES:
        draft.per, draft.last = (j, j + 1), j + 1


def _denominator_at(tokens: Tokens, draft: Draft, j: int) -> tuple[int, int] | None:
    """Parse "per head", "/day", "a barrel" or "for every household" at token ``j`` into a token span, or None."""
    word, after = tokens.word(j), tokens.word(j + 1)
    if word == "per" or (word == "/" and after.isalpha()):
        return _denominator(tokens, j + 1)
    if word == "for" and after == "every":
        return _denominator(tokens, j + 2)
    if word == "to" and after == "the" and draft.unit is None:
        unit = read_unit(tokens, j + 2)  # "147.2 to the dollar"
        return (j + 2, j + 3) if unit is not None and unit[0].dimension == "money" else None
    return _piece(tokens, draft, j + 1 + (after in HYPHENS)) if word in EACH else None


def _piece(tokens: Tokens, draft: Draft, k: int) -> tuple[int, int] | None:
    """Return the span of a denominator after "a": "40 a day", "$40 a barrel"; None for "a week earlier"."""
    if tokens.word(k + 1) in COMPARED_TIME:
        return None
    is_piece = draft.dimension == "money" and _is_sold_by(tokens, k)
    return (k, k + 1) if is_piece or tokens.word(k) in PERIODS else None


def _is_sold_by(tokens: Tokens, k: int) -> bool:
    """Return whether a noun is priced by the piece: "$40 a barrel", "$20,000 a job," at the end of a clause."""
    word = tokens.word(k)
    closes = tokens.word(k + 1) in (",", ".", ";", "", "and", "or", "in", "for", "at")
    return word in SOLD_BY or (closes and word.isalpha() and not is_stop(word) and not is_plural(word))


def _after_conversion(tokens: Tokens, j: int) -> int:
    """Return the index after a bracketed conversion: "9 billion shekels ($2.4 billion) a year"."""
    if tokens.word(j) != "(" or not any(is_numeric(word) for word in tokens.words[j + 1 : j + 4]):
        return j
    closing = next((k for k in range(j, min(j + CONVERSION, len(tokens))) if tokens.word(k) == ")"), 0)
    return closing + 1 if closing and tokens.word(closing + 1) in ("a", "an", "per") else j


def set_per_after_thing(tokens: Tokens, draft: Draft) -> None:
    """Take a denominator after the thing: "200 people a day", "7 tonnes of gas per head"."""
    if draft.per is not None or draft.thing is None or draft.thing[0] < draft.last or draft.kind == "ordinal":
        return
    j = draft.thing[1]
    if tokens.glued(j) and tokens.word(j).isdecimal():  # "CO2"
        draft.thing, j = (draft.thing[0], j + 1), j + 1
    for k in range(j, min(j + FARTHEST, len(tokens))):
        if _opens_per(tokens, k, j):
            draft.per = _per_at(tokens, k, j)
            return
        if _ends_phrase(tokens.word(k)):
            break
    draft.per = _per_of_clause(tokens, j)


def _per_of_clause(tokens: Tokens, j: int) -> tuple[int, int] | None:
    """Return the span of the period that ends a number's clause: "30 tonnes of dust over the town every week."."""
    for k in range(j, min(j + LONGEST_CLAUSE, len(tokens) - 1)):
        word = tokens.word(k)
        if word in ("every", "each") and tokens.word(k + 1) in PERIODS:
            return (k + 1, k + 2) if tokens.word(k + 2) in CLOSERS else None
        if not word.isalpha() or word in CLAUSE_WORDS or word in AUXILIARIES or word in VERBS:
            return None
    return None


def share_per(tokens: Tokens, drafts: Sequence[Draft]) -> None:
    """Give each number of a list the period at its end: "9 tonnes of rock and 4 of slurry into the sea every day"."""
    for left, right in reversed(list(pairwise(drafts))):
        gap = tokens.words[left.last : right.first]
        is_list = gap[-1:] in (["and"], [","]) and left.per is None and left.role is right.role is None
        if not is_list or right.per is None or tokens.word(right.per[0] - 1) not in ("every", "each"):
            continue
        if right.per[0] > right.last + 1 and all(word.isalpha() and word not in VERBS for word in gap[:-1]):
            left.per = right.per


def _opens_per(tokens: Tokens, k: int, after_thing: int) -> bool:
    word = tokens.word(k)
    if word == "/":
        return k == after_thing and tokens.glued(k) and tokens.word(k + 1) in PERIODS
    return word == "per" or (word in EACH and tokens.word(k + 1) in PERIODS) or (k == after_thing and word in RATES)


def _ends_phrase(word: str) -> bool:
    return not word.isalpha() or word in CLAUSE_WORDS or word in PREPOSITIONS


def _per_at(tokens: Tokens, k: int, after_thing: int) -> tuple[int, int] | None:
    """Return the span of the denominator of "per head", "a day" or "daily" at token ``k``, or None."""
    if tokens.word(k) in ("per", "/"):
        return _denominator(tokens, k + 1)
    if tokens.word(k) in EACH:
        return (k + 1, k + 2) if _closes_rate(tokens, k, after_thing) else None
    return k, k + 1


def _closes_rate(tokens: Tokens, k: int, after_thing: int) -> bool:
    """Return whether "a" begins a denominator ("view his page a week"), not "waited a week" or "a year ago"."""
    if tokens.word(k + 2) in COMPARED_TIME:
        return False
    before = tokens.word(k - 1)
    closes = not tokens.word(k + 2).isalpha() or is_stop(tokens.word(k + 2))
    if before in ("each", "apiece"):  # "12 kg of coffee each a year"
        return closes
    return k == after_thing or (closes and not is_stop(before) and not is_past(before) and not before.endswith("ing"))


def _denominator(tokens: Tokens, i: int) -> tuple[int, int] | None:
    if i >= len(tokens):
        return None
    numeral = read_numeral(tokens, i)
    first = i
    if numeral is not None:
        i = numeral.last
    unit = read_unit(tokens, i)
    if unit is not None:
        return first, unit[1]
    noun = noun_after(tokens, i, counted=numeral is not None)
    if noun is None:
        return (first, i) if numeral is not None else None
    end = noun[1] if numeral is not None else min(noun[1], noun[0] + 2)
    return first, end - (end > noun[0] + 1 and tokens.word(end - 1).endswith("ing"))  # "per charge depending on"
