"""Fractions and multiples: "a third of", "half a million", "doubled", "twice as many", "2:1"."""

from __future__ import annotations

from decimal import Decimal

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.number_words import (
    ARTICLES,
    DENOMINATORS,
    HYPHENS,
    LOOSE_BOUNDS,
    MULTIPLES,
    PLURAL_DENOMINATORS,
    POINTS,
    SCALES,
    SMALL,
    VERBS_OF_MULTIPLE,
    Numeral,
)  # fmt: skip
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.words import MONTHS, PREPOSITIONS

SIDES = frozenset({"northern", "southern", "eastern", "western", "upper", "lower", "top", "bottom", "back", "front"})
COMPARED = frozenset(["the", "that", "what", "its", "their", "his", "her", "our", "as", "last", "this"])
AS_MUCH = frozenset({"many", "much", "likely", "high", "large", "big", "long", "fast", "good", "old", "wide", "heavy"})
MORE_OR_LESS = frozenset({"more", "less", "fewer", "higher", "lower", "bigger", "smaller", "cheaper"})

OUTNUMBERING = frozenset({"outnumber", "outnumbered", "outnumbers", "outnumbering"})
RATIOS_IN_WORDS = frozenset({"ratio", "ratios"})
RATIOS_TO_ONE = RATIOS_IN_WORDS | {"margin", "margins"}  # "a margin of 61 to 30" is of votes
RATIOS = OUTNUMBERING | {"ratio", "ratios", "odds", "proportion"}
NEAR_RATIO = 8  # tokens before "2:1" in which a word of ratio is looked for
THINKING = frozenset({"think", "thinks", "thinking", "thought", "once"})  # "think twice"
# Words after "one third" as a share.
AFTER_ONE_PART = frozenset({"that", "as", "or", "", ".", ",", "from", "in", "to"})
# Words after a share without a complement: "from a third at the start"; not "a quarter before".
AFTER_BARE_PART = (PREPOSITIONS | MONTHS | {"and", "or"}) - {"before", "after", "like", "off"}
AFTER_PART = frozenset({"of", "the", *SCALES, *MORE_OR_LESS})
# Words before and after "half" in other senses (a game, a building, a state): "the second half", "half empty".
OTHER_HALVES = SIDES | {"first", "second", "other", "latter", "better", "time", "opening", "final"}
AFTER_HALF = frozenset({"empty", "full", "asleep", "naked", "dead", "open", "finished", "built", "mad"})


def multiple(tokens: Tokens, i: int) -> Numeral | None:
    """Parse a multiple: "doubled", "twice as many", "tenfold"; "held twice" is a cardinal. None without one."""
    word = tokens.words[i]
    if word in VERBS_OF_MULTIPLE:
        return _verb_of_multiple(tokens, i)
    if word not in MULTIPLES:
        return None
    if word in ("twice", "thrice"):
        if tokens.word(i - 1) in THINKING or tokens.word(i + 1) == "over":
            return None
        is_compared = _is_compared(tokens, i)
        return Numeral(i, i + 1, Decimal(MULTIPLES[word]), "ratio" if is_compared else "cardinal", multiple=is_compared)
    is_multiple = word.endswith("fold") or _is_compared(tokens, i)
    return Numeral(i, i + 1, Decimal(MULTIPLES[word]), "ratio", multiple=True) if is_multiple else None


def _verb_of_multiple(tokens: Tokens, i: int) -> Numeral | None:
    """Parse "doubled"; None for "a doubled bet", "doubled down" and "the two halves"."""
    word = tokens.words[i]
    if tokens.word(i - 1) in ARTICLES or "down" in tokens.words[i + 1 : i + 3]:
        return None
    if word == "halves" and tokens.word(i - 1) not in LOOSE_BOUNDS:
        return None
    return Numeral(i, i + 1, Decimal(str(VERBS_OF_MULTIPLE[word])), "ratio", multiple=True)


def _is_compared(tokens: Tokens, i: int) -> bool:
    """Return whether a multiple compares: "twice as many", "nearly double"; not "pods double as cabins"."""
    is_compared = tokens.word(i + 1) in COMPARED or tokens.word(i - 1) in LOOSE_BOUNDS
    return is_compared and (tokens.word(i + 1) != "as" or tokens.word(i + 2) in AS_MUCH)


def fraction(tokens: Tokens, i: int) -> Numeral | None:
    """Parse "a third of", "two-thirds", "half" or "one quarter"; None without a fraction."""
    word = tokens.words[i]
    if word == "half":
        return _half(tokens, i)
    if word == "quarter":
        is_point = tokens.word(i + 1) in HYPHENS and tokens.word(i + 2) in POINTS
        return Numeral(i, i + 1, Decimal("0.25"), "ratio") if is_point else None
    top = _top(word)
    if top is None:
        return None
    j = i + 1 + (tokens.word(i + 1) in HYPHENS)
    if top > 1:
        return _several_parts(tokens, i, j, top)
    return _one_part(tokens, i, j) if top == 1 and word != "1" and tokens.word(j) in DENOMINATORS else None


def _several_parts(tokens: Tokens, i: int, j: int, top: Decimal) -> Numeral | None:
    """Parse "two thirds" or "three quarters"; None for the duration of "for five quarters"."""
    down = tokens.word(j)
    bottom = PLURAL_DENOMINATORS.get(down)
    if bottom is None or top > bottom:
        return None
    if down == "quarters" and top > 3 and tokens.word(j + 1) not in ("of", "full"):
        return None
    return _scaled(tokens, i, j + 1, top / bottom)


def _top(word: str) -> Decimal | None:
    """Return the numerator that a word denotes: an article, a small number, one or two digits; else None."""
    if word in ARTICLES:
        return Decimal(1)
    return Decimal(word) if word.isdecimal() and len(word) < 3 else SMALL.get(word)


def _one_part(tokens: Tokens, i: int, j: int) -> Numeral | None:
    """Parse "a third of", "one-fifth" or "a quarter-point"; None for "a third man" and "a quarter later"."""
    value = Decimal(1) / DENOMINATORS[tokens.word(j)]
    if tokens.word(j + 1 + (tokens.word(j + 1) in HYPHENS)) in POINTS:
        return Numeral(i, j + 1, value, "ratio")
    return _scaled(tokens, i, j + 1, value) if _is_part(tokens, i, j) else None


def _is_part(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether words are a fraction: "a third of", "by a fifth", "one-third"; not "a third man"."""
    if tokens.word(j + 1) in HYPHENS:
        return _is_joined_part(tokens, i, j)
    before, after = tokens.word(i - 1), tokens.word(j + 1)
    if after in AFTER_PART or before == "by" or tokens.word(j) == "half" or tokens.word(j + 2) == "than":
        return True  # "a third of", "a third lighter than"
    if tokens.words[i] == "one":
        return j > i + 1 or after in AFTER_ONE_PART
    return before in LOOSE_BOUNDS or (_is_compared_part(tokens, i) and _ends_part(tokens, j + 1))


def _is_joined_part(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a hyphenated part is a fraction ("a quarter-million"), not in "a third-party vendor"."""
    if tokens.word(j) == "quarter" and read_unit(tokens, j + 2) is not None:
        return True
    return tokens.word(j + 2) in SCALES or tokens.words[i] == "one" or tokens.word(j) == "half"


def _is_compared_part(tokens: Tokens, i: int) -> bool:
    """Return whether the context makes a part a level or a change: "from a third to a half", "rose a quarter"."""
    before = tokens.word(i - 1)
    if before in ("from", "to", "against", "versus"):
        return True
    if before in ("with", "than"):
        return tokens.word(i - 2) in ("compared", "more", "less", "fewer", "rather")
    return before in ("up", "down") or (before in directions() and directions()[before][1] == "verb")


def _ends_part(tokens: Tokens, k: int) -> bool:
    """Return whether no noun begins at token ``k``: "from a third in May"; not "to a third party"."""
    after = tokens.word(k)
    return (not after.isalpha() and after not in HYPHENS) or after in AFTER_BARE_PART


def proportion(tokens: Tokens, i: int) -> Numeral | None:
    """Parse a proportion after a word of ratio: "outnumber men 2:1", "a ratio of 3:2", "by five to one"; else None."""
    top = _top(tokens.words[i])
    if top is None or tokens.words[i] in ARTICLES:
        return None
    joint, j = _joint_of_ratio(tokens, i + 1)
    below = _top(tokens.word(j)) if joint else None
    if not below or tokens.word(j) in ARTICLES:
        return None
    near = tokens.words[max(0, i - NEAR_RATIO) : i]
    is_said = not RATIOS.isdisjoint(near) if joint == ":" else _is_ratio_in_words(tokens, i, j, near)
    if not is_said:
        return None
    return Numeral(i, j + 1, top / below, "ratio", digits=tokens.words[i].isdecimal(), multiple=True)


def _joint_of_ratio(tokens: Tokens, j: int) -> tuple[str, int]:
    """Return what joins two terms at token ``j`` (":", "to" or a hyphen) and the index after it; "" without one."""
    word = tokens.word(j)
    if word == ":" and tokens.glued(j + 1):
        return ":", j + 1
    if word == "to":
        return "to", j + 1
    if word in HYPHENS and tokens.glued(j) and tokens.glued(j + 1):
        return ("to", j + 3) if tokens.word(j + 1) == "to" and tokens.word(j + 2) in HYPHENS else ("-", j + 1)
    return "", j


def _is_ratio_in_words(tokens: Tokens, i: int, j: int, near: list[str]) -> bool:
    """Return whether "N to M" or "N-M" is a ratio ("outnumber girls four to one"), not a range or a change."""
    is_to_one = tokens.word(j) in ("1", "one") or tokens.word(i) in ("1", "one")
    if tokens.word(i - 1) in ("from", "between") or not (is_to_one or tokens.word(i - 1) == "of"):
        return False
    after = tokens.word(j + 1)
    if after in ("per", "percent", "%", "million", *HYPHENS) or read_unit(tokens, j + 1) is not None:
        return False
    if not OUTNUMBERING.isdisjoint(near):
        return True
    return tokens.word(i + 1) == "to" and not (RATIOS_TO_ONE if is_to_one else RATIOS_IN_WORDS).isdisjoint(near)


def _half(tokens: Tokens, i: int) -> Numeral | None:
    after, beyond = tokens.word(i + 1), tokens.word(i + 2)
    if after == "as" and tokens.word(i + 3) == "again":  # "half as many again"
        return Numeral(i, i + 4, Decimal("1.5"), "ratio", multiple=True)
    if tokens.raw(i)[0].isupper() and tokens.raw(i + 1)[:1].isupper():
        return None  # a title
    if after in HYPHENS and beyond in POINTS:
        return Numeral(i, i + 1, Decimal("0.5"), "ratio")
    return None if _is_other_half(tokens, i) else _scaled(tokens, i, i + 1, Decimal("0.5"))


def _is_other_half(tokens: Tokens, i: int) -> bool:
    """Return whether "half" is not a fraction: "the second half", "half empty"; "half-a-million" is one."""
    before, after, beyond = tokens.word(i - 1), tokens.word(i + 1), tokens.word(i + 2)
    if before in OTHER_HALVES or before in HYPHENS or after in AFTER_HALF:
        return True
    return after in HYPHENS and beyond not in SCALES and beyond != "a"


def _scaled(tokens: Tokens, first: int, j: int, value: Decimal) -> Numeral:
    """Return the numeral of a fraction, with its scale if any: "half a million", "a quarter of a million"."""
    k = j
    if tokens.word(k) == "of" or tokens.word(k) in HYPHENS:
        k += 1
    if tokens.word(k) in ARTICLES:
        k += 1
    if tokens.word(k) in HYPHENS:
        k += 1
    if k > j and tokens.word(k) in SCALES and tokens.word(k) != "score":
        scale = SCALES[tokens.word(k)]
        return Numeral(first, k + 1, value * scale, "cardinal", scale)
    if tokens.word(j) in SCALES and tokens.word(j) != "score":
        return Numeral(first, j + 1, value * SCALES[tokens.word(j)], "cardinal", SCALES[tokens.word(j)])
    return Numeral(first, j, value, "ratio")
