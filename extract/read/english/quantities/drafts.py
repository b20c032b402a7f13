"""First parse of a quantity: its numeral and its unit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.read.english.quantities.ages import age_after_name, age_before, age_group, age_in_decades, age_of_people
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.measures import ARTICLES, read_measure
from extract.read.english.quantities.money import read_money
from extract.read.english.quantities.number_words import HYPHENS, SCALES, SLASHES, Numeral
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO, read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.words import is_past, is_plural, is_stop

SAME = frozenset({"of", "in", "amount", "number", "figure", "sum", "level", "rate", "size", "price", ".", ",", ""})
AFTER_PRESENT = frozenset(
    {"a", "an", "the", "to", "no", "more", "less", "longer", "their", "his", "it", "alone", "without"}
)
CLOSERS = frozenset({"", ".", ",", ";", ")", "”", '"'})
COMPARATIVES = word_list("comparatives")
# Sample sizes of odds without "every": "nine in 10 agreed", but not "nine in 12".
USUAL_SAMPLES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 100})
GRADES = frozenset({"level", "stage", "grade", "category", "phase", "tier", "rated", "rating", "score", "step"})


def read_draft(tokens: Tokens, i: int) -> Draft | None:
    """Parse the numeral at token ``i`` with its unit; None where there is no quantity."""
    numeral = read_numeral(tokens, i)
    if numeral is None:
        return None
    high = numeral.value if numeral.high is None else numeral.high
    draft = Draft(
        numeral.first, numeral.last, numeral.first, numeral.last, numeral.value, high, numeral.kind,
        numeral.scale, numeral.digits, numeral.multiple,
    )  # fmt: skip
    if numeral.high is not None:
        draft.bound = "between"
    if numeral.kind == "ordinal":
        return draft
    for reader in READERS:
        if reader(tokens, draft):
            break
    if draft.unit is None and _needs_unit(tokens, draft):
        return None
    _take_sign(tokens, draft)
    return draft


def _needs_unit(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a word is a number only with a unit: the "a" of "a year or two", "Million" of "Million-dollar"."""
    word = tokens.word(draft.number_first)
    is_single = draft.number_last == draft.number_first + 1
    return draft.kind == "cardinal" and is_single and (word in ARTICLES or word in SCALES)


def _odds(tokens: Tokens, draft: Draft) -> bool:
    """Parse "one in five", "nine out of ten" or "1 in every 100" into a ratio; return whether the draft is one."""
    if draft.kind != "cardinal" or draft.scale != 1:
        return False
    sample = _after_sample(tokens, draft)
    out_of = tokens.words[sample : sample + 2] == ["out", "of"]
    is_compound = (
        tokens.word(sample) in HYPHENS and tokens.word(sample + 1) == "in" and tokens.word(sample + 2) in HYPHENS
    )
    if not out_of and not is_compound and tokens.word(sample) != "in":
        return False
    j = sample + (3 if is_compound else 2 if out_of else 1)
    every = tokens.word(j) == "every"
    below = _sample_size(tokens, draft, j + every)
    has_noun = sample > draft.last
    if below is None or not _says_odds(tokens, draft, below, out_of=out_of, every=every, has_noun=has_noun):
        return False
    if has_noun:
        draft.thing = (draft.last, sample)
    draft.low = draft.high = draft.low / below.value
    draft.kind, draft.unit = "ratio", RATIO
    draft.last = draft.number_last = below.last
    return True


def _sample_size(tokens: Tokens, draft: Draft, j: int) -> Numeral | None:
    """Parse the sample size of odds, the "five" of "one in five"; None where it cannot be one."""
    below = read_numeral(tokens, j) if j < len(tokens) else None
    if below is None or below.kind != "cardinal" or below.value <= draft.low or not _is_round(below.value):
        return None
    return below


def _says_odds(tokens: Tokens, draft: Draft, below: Numeral, *, out_of: bool, every: bool, has_noun: bool) -> bool:
    """Return whether a pair is odds ("one household in five"), not "a Level 3 out of 5 alert" or "two in 12 hours"."""
    if has_noun and ((out_of and not every) or not _ends_odds(tokens, below.last)):
        return False
    if has_noun and draft.low > 1 and not every and not _opens_clause(tokens, draft.first):
        return False  # "scored two goals in five"
    if out_of:
        return tokens.word(draft.first - 1) not in GRADES
    return every or _is_share(tokens, draft, below)


def _ends_odds(tokens: Tokens, k: int) -> bool:
    word, after = tokens.word(k), tokens.word(k + 1)
    is_verb = word.endswith("s") and after in AFTER_PRESENT  # "one patient in eight waits longer"
    return word in CLOSERS or is_stop(word) or is_past(word) or is_verb


def _is_share(tokens: Tokens, draft: Draft, below: Numeral) -> bool:
    """Return whether "in" forms odds ("one in five"), not "two in 12 hours" or "number one in 15 countries"."""
    if draft.low > 10 or read_unit(tokens, below.last):
        return False
    if draft.low != 1 and below.value not in USUAL_SAMPLES:
        return False
    return tokens.word(below.last) in CLOSERS or _is_said_alike(tokens, draft, below)


def _is_said_alike(tokens: Tokens, draft: Draft, below: Numeral) -> bool:
    """Return whether two numbers are written alike ("one in five", "1 in 10"), or as "one in 10".

    "Number one in 15 countries" and "three in 10 weeks" are not odds.
    """
    if draft.digits == below.digits or below.value == 10:  # "nine in 10 agreed"
        return True
    return tokens.word(draft.first) == "one" and tokens.word(draft.first - 1) not in ("number", "no", "day", "phase")


def _after_sample(tokens: Tokens, draft: Draft) -> int:
    """Return the token index after the noun of "one household in five" or "two calls in five", else of the number."""
    j = draft.last
    noun = tokens.word(j)
    is_one = tokens.word(draft.first) == "one"
    leads = tokens.word(j + 1) == "in" or (not is_one and tokens.words[j + 1 : j + 3] == ["out", "of"])
    is_noun = noun.isalpha() and not is_stop(noun) and is_plural(noun) != is_one
    return j + 1 if leads and is_noun else j


def _opens_clause(tokens: Tokens, i: int) -> bool:
    """Return whether token ``i`` or the bound before it begins a clause: "Some two homes in five"."""
    i -= tokens.word(i - 1) in ("some", "about", "nearly", "almost", "roughly")
    return i == 0 or not tokens.word(i - 1).isalpha() or tokens.word(i - 1) in ("that", "and", "but")


def _is_round(value: Decimal) -> bool:
    return value == value.to_integral_value() and not 1900 <= value <= 2099


def _times(tokens: Tokens, draft: Draft) -> bool:
    """Parse "three times as many", "tenfold" or "2x" into a multiple; return whether the draft is one."""
    if draft.kind != "cardinal":
        return False
    j = draft.last
    hyphen = tokens.word(j) in HYPHENS and tokens.glued(j)
    if not _is_multiple_at(tokens, draft, j, j + hyphen):
        return False
    draft.kind, draft.unit, draft.multiple = "ratio", RATIO, True
    draft.unit_first, draft.last = j + hyphen, j + hyphen + 1
    draft.unit_last = draft.last
    return True


def _is_multiple_at(tokens: Tokens, draft: Draft, j: int, k: int) -> bool:
    word, after = tokens.word(k), tokens.word(j + 1)
    if word == "fold":
        return True
    if word == "x":
        return tokens.glued(j) and not after[:1].isdecimal()
    # A fractional count of times is a multiple ("6.5 times earnings").
    is_part = draft.low != draft.low.to_integral_value()
    compared = after in COMPARATIVES and (after != "that" or tokens.word(j + 2) in SAME)
    return word == "times" and (compared or is_part)


def _fraction(tokens: Tokens, draft: Draft) -> bool:
    """Mark "a third" or "2/3 of voters" as a ratio; return whether the draft is one."""
    is_divided = draft.low < 1 and tokens.word(draft.number_first + 1) in SLASHES
    if draft.kind == "ratio" or is_divided:
        draft.kind, draft.unit = "ratio", RATIO
    return draft.kind == "ratio"


READERS: tuple[Callable[[Tokens, Draft], bool], ...] = (
    read_money,
    _odds,
    _times,
    age_in_decades,
    age_group,
    read_measure,
    age_before,
    age_after_name,
    age_of_people,
    _fraction,
)


def _take_sign(tokens: Tokens, draft: Draft) -> None:
    """Absorb a minus sign or the word "minus" into the number, and "sub-" as a bound."""
    i = draft.first - 1
    word = tokens.word(i)
    if word in HYPHENS and tokens.word(i - 1) in ("minus", "sub") and tokens.glued(i):
        i -= 1
        word = tokens.word(i)
        if word == "sub":  # "sub-300 metres"
            draft.bound, draft.first = "less_than", i
            return
    if draft.kind == "cardinal" and (_is_minus_sign(tokens, i) or _is_minus_word(tokens, i)):
        draft.low, draft.first = -draft.low, i
        draft.high = draft.low


def _is_minus_sign(tokens: Tokens, i: int) -> bool:
    if tokens.word(i) not in ("-", "−", "–") or not tokens.glued(i + 1):
        return False
    return i == 0 or not tokens.glued(i) or tokens.word(i - 1) in ("(", "[", "“", '"')


def _is_minus_word(tokens: Tokens, i: int) -> bool:
    before = tokens.word(i - 1)
    return tokens.word(i) in ("minus", "negative") and not before[:1].isdecimal() and before != "or"
