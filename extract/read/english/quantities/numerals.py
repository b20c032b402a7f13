"""The numeral grammar: digits, words and mixtures of both, fractions, odds and multiples.

``read_numeral`` parses one numeral at a token, without units, bounds or ranges.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extract.read.english.quantities.cardinals import cardinal
from extract.read.english.quantities.decades import decade
from extract.read.english.quantities.fractions import fraction, multiple, proportion
from extract.read.english.quantities.number_words import (
    ARTICLES,
    DECADES_OF_AGE,
    DENOMINATORS,
    HYPHENS,
    MULTIPLES,
    OPEN_SCALES,
    ORDINALS,
    PLURAL_DENOMINATORS,
    SCALES,
    SMALL,
    TENS,
    VAGUE,
    VERBS_OF_MULTIPLE,
    VULGARS,
    Numeral,
)  # fmt: skip
from extract.read.english.quantities.tokens import Tokens

# Units of time, and the words before and after an article of duration: "in a week,", "for more than a year before".
SPANS = frozenset({"hour", "day", "week", "fortnight", "month", "year", "decade", "century"})
BEFORE_SPAN = frozenset(
    {"in", "for", "within", "over", "after", "than", "nearly", "almost", "about", "around", "least"}
)
AFTER_SPAN = frozenset(
    {
        "in",
        "on",
        "at",
        "to",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "were",
        "as",
        "because",
        "while",
    }
)
PARTS = frozenset(tuple(f"and {part}".split()) for part in ("a half", "a quarter", "a third", "three quarters"))
FIRST_SIGNS = frozenset(f"0123456789.{VULGARS}")
WORDS = frozenset().union(
    SMALL, TENS, SCALES, OPEN_SCALES, DENOMINATORS, PLURAL_DENOMINATORS, ORDINALS, MULTIPLES, VERBS_OF_MULTIPLE,
    DECADES_OF_AGE, {"teens"},
)  # fmt: skip
HAS_DIGIT = re.compile(rf"[0-9{VULGARS}]")
LETTERS = re.compile(r"[a-z]+")


def has_number(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` holds a digit or number word; set look-up is faster than a pattern."""
    if HAS_DIGIT.search(text, start, end):
        return True
    words = LETTERS.findall(text[start:end].lower())
    return not WORDS.isdisjoint(words) or _has_article_of_measure(words)


def _has_article_of_measure(words: list[str]) -> bool:
    """Return whether words hold an article that means one: "for a year", "more than a century", "a month or so"."""
    if SPANS.isdisjoint(words) and "or" not in words:
        return False
    return any(
        (words[k] in SPANS and words[k - 1] in (*ARTICLES, "another") and words[k - 2] in BEFORE_SPAN)
        or (words[k] == "so" and words[k - 1] == "or" and words[k - 3] in ARTICLES)
        for k in range(2, len(words))
    )


def may_begin_numeral(word: str) -> bool:
    """Return whether a token may begin a numeral."""
    return word in STARTERS or (word[0] in FIRST_SIGNS and word != ".")


def read_numeral(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the numeral at token ``i`` with the first reader that matches; None without one."""
    if not may_begin_numeral(tokens.words[i]):
        return None
    for reader in READERS:
        found = reader(tokens, i)
        if found is not None:
            return found
    return None


def _open_scale(tokens: Tokens, i: int) -> Numeral | None:
    """Parse an open scale: "dozens", "tens of thousands", "several hundred", "a few thousand"; else None."""
    start = i
    if tokens.words[i] in ARTICLES and tokens.word(i + 1) in ("few", "couple"):
        i += 1
    is_vague = tokens.words[i] in VAGUE
    if is_vague:
        i += 2 if tokens.word(i + 1) == "of" else 1
    word = tokens.word(i)
    value = OPEN_SCALES.get(word) or (SCALES.get(word) if is_vague else None)
    if value is None or (word in ("scores", "tens") and tokens.word(i + 1) != "of"):
        return None
    value, i = _times_scales(tokens, i + 1, value, is_vague=is_vague)
    return Numeral(start, i, value, "scale")


def _times_scales(tokens: Tokens, i: int, value: Decimal, *, is_vague: bool) -> tuple[Decimal, int]:
    """Multiply by further scales ("of thousands"; "thousand" after "several hundred"); return value, next index."""
    while tokens.word(i) == "of" and tokens.word(i + 1) in OPEN_SCALES:
        value *= OPEN_SCALES[tokens.word(i + 1)]
        i += 2
    while is_vague and tokens.word(i) in SCALES:
        value *= SCALES[tokens.word(i)]
        i += 1
    return value, i


def _unit_and_part(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the article of "a cup and a half" or "a year or two" as one; the unit's rule adds the rest."""
    if tokens.words[i] not in ARTICLES or not tokens.word(i + 1).isalpha() or tokens.word(i + 1) in SCALES:
        return None
    rest = tokens.words[i + 2 : i + 5]
    is_part = rest in (
        ["and", "a", "half"],
        ["and", "a", "quarter"],
        ["and", "a", "third"],
        ["and", "three", "quarters"],
    )
    return Numeral(i, i + 1, Decimal(1)) if is_part or rest[:2] in (["or", "two"], ["or", "so"]) else None


def _million_dollar(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the scale of "Million-dollar homes"; else None."""
    value = SCALES.get(tokens.words[i])
    is_joined = tokens.word(i + 1) in HYPHENS and tokens.glued(i + 1) and tokens.glued(i + 2)
    return Numeral(i, i + 1, value, "cardinal", value) if value is not None and is_joined else None


def _article_of_time(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the article of "climbed 12 percent in a week" or "for more than a decade" as one; not of "a week ago"."""
    if tokens.words[i] not in (*ARTICLES, "another") or tokens.word(i + 1) not in SPANS:
        return None
    before, after = tokens.word(i - 1), tokens.word(i + 2)
    closes = not after.isalnum() and after not in HYPHENS and not after.startswith("'")
    closes = closes or after in AFTER_SPAN or (after == "of" and before in ("after", "for"))
    return Numeral(i, i + 1, Decimal(1)) if before in BEFORE_SPAN and closes else None


def _ordinal(tokens: Tokens, i: int) -> Numeral | None:
    word = tokens.words[i]
    if word in ORDINALS:
        return Numeral(i, i + 1, Decimal(ORDINALS[word]), "ordinal")
    if word.isdecimal() and tokens.glued(i + 1) and tokens.word(i + 1) == _ending_of_ordinal(word):
        return Numeral(i, i + 2, Decimal(word), "ordinal", digits=True)
    if word in TENS and tokens.word(i + 1) in HYPHENS and tokens.word(i + 2) in ORDINALS:
        return Numeral(i, i + 3, TENS[word] + ORDINALS[tokens.word(i + 2)], "ordinal")
    return None


def _ending_of_ordinal(digits: str) -> str:
    """Return the ordinal suffix of digits, the "st" of 21st, so that "11st 4lb" is not an ordinal."""
    if digits[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


READERS: tuple[Callable[[Tokens, int], Numeral | None], ...] = (
    multiple,
    _open_scale,
    proportion,
    _unit_and_part,
    _million_dollar,
    _article_of_time,
    decade,
    fraction,
    _ordinal,
    cardinal,
)
STARTERS = frozenset().union(
    SMALL,
    TENS,
    OPEN_SCALES,
    ORDINALS,
    MULTIPLES,
    VERBS_OF_MULTIPLE,
    ARTICLES,
    VAGUE,
    DECADES_OF_AGE,
    SCALES,
    {"half", "another", "quarter", "teens"},
)
