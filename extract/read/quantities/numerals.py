"""The number grammar: digits, words and mixtures of both, fractions, odds and multiples.

``read_numeral`` reads one numeral at a token. It knows nothing of units, bounds or ranges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import read_unit
from extract.read.quantities.words import is_plural, is_stop, word_list

Kind = Literal["cardinal", "scale", "ratio", "ordinal"]

SMALL = {
    word: Decimal(n)
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"nil": Decimal(0)}
TENS = {
    word: Decimal(10 * n)
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
} | {"fourty": Decimal(40)}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "dozen": Decimal(12),
    "score": Decimal(20),
}
SHORT_SCALES = {
    "k": Decimal(1000),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mil": Decimal(10**6),
    "mill": Decimal(10**6),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "bil": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
MONEY_SCALES = {"m": Decimal(10**6), "mm": Decimal(10**6), "b": Decimal(10**9), "t": Decimal(10**12)}
OPEN_SCALES = {
    "tens": Decimal(10),
    "dozens": Decimal(12),
    "scores": Decimal(20),
    "hundreds": Decimal(100),
    "thousands": Decimal(1000),
    "lakhs": Decimal(10**5),
    "millions": Decimal(10**6),
    "crores": Decimal(10**7),
    "billions": Decimal(10**9),
    "trillions": Decimal(10**12),
}
DENOMINATORS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
PLURAL_DENOMINATORS = {"halves": 2} | {word + "s": n for word, n in DENOMINATORS.items() if n > 2}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
MULTIPLES = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "quadruple": 4, "twofold": 2,
             "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8,
             "ninefold": 9, "tenfold": 10, "hundredfold": 100}  # fmt: skip
VERBS_OF_MULTIPLE = {"doubled": 2, "doubling": 2, "doubles": 2, "tripled": 3, "tripling": 3, "triples": 3,
                     "trebled": 3, "trebling": 3, "quadrupled": 4, "quadrupling": 4, "quintupled": 5,
                     "halved": 0.5, "halving": 0.5, "halves": 0.5}  # fmt: skip
ARTICLES = frozenset({"a", "an"})
VAGUE = frozenset({"several", "few", "couple", "many"})
# What a length of time is told with, before and after: "in a week,", "for more than a year before".
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
RESOLUTIONS = frozenset({"2", "4", "5", "8"})
SIDES = frozenset({"northern", "southern", "eastern", "western", "upper", "lower", "top", "bottom", "back", "front"})
SLASHES = frozenset("/⁄∕")
HYPHENS = frozenset("-‐‑–—")
COMPARED = frozenset(["the", "that", "what", "its", "their", "his", "her", "our", "as", "last", "this"])
AS_MUCH = frozenset({"many", "much", "likely", "high", "large", "big", "long", "fast", "good", "old", "wide", "heavy"})
MORE_OR_LESS = frozenset({"more", "less", "fewer", "higher", "lower", "bigger", "smaller", "cheaper"})
LOOSE_BOUNDS = frozenset(["than", "nearly", "almost", "about", "roughly", "around", "over"])
VULGARS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
FIRST_SIGNS = frozenset(f"0123456789.{VULGARS}")
DIGITS = re.compile(r"[0-9.]")
NOT_DIGITS = re.compile(r"[^0-9.]")
WORDS = {*SMALL, *TENS, *SCALES, *OPEN_SCALES, *DENOMINATORS, *PLURAL_DENOMINATORS}
DECADES_OF_AGE = {word[:-1] + "ies": value for word, value in TENS.items()}
# Units that a part of ten leaves: "the mid-30s" are 34 to 36.
PARTS_OF_DECADE = {"early": (0, 3), "low": (0, 3), "lower": (0, 3), "mid": (4, 6), "high": (7, 9), "upper": (7, 9),
                   "late": (7, 9)}  # fmt: skip
LEAST_DECADE = 50  # below it, "the mid-30s" are hardly years
NEAR_DECADE = 8  # tokens beside the tens that tell what they are of
TENS_OF_WHAT = word_list("tens_of_what")
RATIOS = frozenset({"outnumber", "outnumbered", "outnumbers", "outnumbering", "ratio", "ratios", "odds", "proportion"})
POINTS = frozenset({"point", "points", "percentage", "percent"})
CURRENCY_SIGNS = frozenset("$€£¥₹")
DIGIT_DECADES = frozenset(str(10 * n) for n in range(1, 10))
WORDS |= {*ORDINALS, *MULTIPLES, *VERBS_OF_MULTIPLE, *DECADES_OF_AGE, "teens"}
HAS_DIGIT = re.compile(rf"[0-9{VULGARS}]")
LETTERS = re.compile(r"[a-z]+")


def has_number(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text holds a digit or a number word; a set of words is faster than a long pattern."""
    if HAS_DIGIT.search(text, start, end):
        return True
    words = LETTERS.findall(text[start:end].lower())
    return not WORDS.isdisjoint(words) or _has_article_of_measure(words)


def _has_article_of_measure(words: list[str]) -> bool:
    """Tell whether words hold "for a year", "more than a century", "a month or so", "a cup and a half"."""
    return any(
        (words[k] in SPANS and words[k - 1] in (*ARTICLES, "another") and words[k - 2] in BEFORE_SPAN)
        or (words[k] in ("so", "two") and words[k - 1] == "or" and words[k - 3] in ARTICLES)
        for k in range(2, len(words))
    )


@dataclass(slots=True, frozen=True)
class Numeral:
    """A number at tokens ``first`` to ``last`` (half-open).

    ``value`` has its ``scale`` worked in. Kinds: ``cardinal``; ``scale``, an open "dozens of"; ``ratio``, a
    fraction, odds or a multiple; ``ordinal``. ``digits`` tells whether it begins with digits; ``high`` is the other end
    of a number that is only said by its tens ("in the mid-30s").
    """

    first: int
    last: int
    value: Decimal
    kind: Kind = "cardinal"
    scale: Decimal = Decimal(1)
    digits: bool = False
    multiple: bool = False
    high: Decimal | None = None


def parse_digits(text: str) -> Decimal:
    """Read digits in any grouping that ``tokens.TOKEN`` lets through: ``1,234.5``, ``1 234``, ``1.234.567``."""
    if text.count(".") > 1:
        text = text.replace(".", "")
    return Decimal(NOT_DIGITS.sub("", text))


def vulgar(text: str) -> Decimal | None:
    """Give the value of a sign such as ½, else None."""
    if len(text) == 1 and text in VULGARS:
        return Decimal(str(unicodedata.numeric(text)))
    return None


def is_numeric(text: str) -> bool:
    """Tell whether a token is made of digits."""
    return bool(DIGITS.match(text)) and text != "."


def read_numeral(tokens: Tokens, i: int) -> Numeral | None:
    """Read the numeral that begins at token ``i``, the longest reading first; None if there is none."""
    word = tokens.words[i]
    if word not in STARTERS and (word[0] not in FIRST_SIGNS or word == "."):
        return None
    for reader in READERS:
        found = reader(tokens, i)
        if found is not None:
            return found
    return None


def _multiple(tokens: Tokens, i: int) -> Numeral | None:
    word = tokens.words[i]
    if word in VERBS_OF_MULTIPLE and tokens.word(i - 1) not in ARTICLES and "down" not in tokens.words[i + 1 : i + 3]:
        if word == "halves" and tokens.word(i - 1) not in LOOSE_BOUNDS:
            return None
        return Numeral(i, i + 1, Decimal(str(VERBS_OF_MULTIPLE[word])), "ratio", multiple=True)
    if word not in MULTIPLES:
        return None
    compared = tokens.word(i + 1) in COMPARED or tokens.word(i - 1) in LOOSE_BOUNDS
    compared = compared and (tokens.word(i + 1) != "as" or tokens.word(i + 2) in AS_MUCH)  # "pods double as cabins"
    if word.endswith("fold") or (compared and word not in ("thrice", "twice")):
        return Numeral(i, i + 1, Decimal(MULTIPLES[word]), "ratio", multiple=True)
    if word in ("twice", "thrice"):
        if tokens.word(i - 1) in ("think", "thinks", "thinking", "thought", "once") or tokens.word(i + 1) == "over":
            return None
        kind: Kind = "ratio" if compared else "cardinal"
        return Numeral(i, i + 1, Decimal(MULTIPLES[word]), kind, multiple=compared)
    return None


def _open_scale(tokens: Tokens, i: int) -> Numeral | None:
    """Read "dozens", "tens of thousands", "hundreds of millions", "several hundred", "a few thousand"."""
    start = i
    vague = False
    if tokens.words[i] in ARTICLES and tokens.word(i + 1) in ("few", "couple"):
        i += 1
    if tokens.words[i] in VAGUE:
        i += 2 if tokens.word(i + 1) == "of" else 1
        vague = True
    value = OPEN_SCALES.get(tokens.word(i)) or (SCALES.get(tokens.word(i)) if vague else None)
    if value is None or (tokens.word(i) == "scores" and tokens.word(i + 1) != "of"):
        return None
    if tokens.word(i) == "tens" and tokens.word(i + 1) != "of":
        return None
    i += 1
    while tokens.word(i) == "of" and tokens.word(i + 1) in OPEN_SCALES:
        value *= OPEN_SCALES[tokens.word(i + 1)]
        i += 2
    while vague and tokens.word(i) in SCALES:
        value *= SCALES[tokens.word(i)]
        i += 1
    return Numeral(start, i, value, "scale")


def _fraction(tokens: Tokens, i: int) -> Numeral | None:
    """Read "a third of", "two-thirds", "half", "one quarter"."""
    word = tokens.words[i]
    if word == "half":
        return _half(tokens, i)
    if word == "quarter" and tokens.word(i + 1) in HYPHENS and tokens.word(i + 2) in POINTS:
        return Numeral(i, i + 1, Decimal("0.25"), "ratio")
    top = Decimal(1) if word in ARTICLES else SMALL.get(word)
    if top is None and word.isdigit() and len(word) < 3:
        top = Decimal(word)
    if top is None:
        return None
    j = i + 1 + (tokens.word(i + 1) in HYPHENS)
    down = tokens.word(j)
    if down in PLURAL_DENOMINATORS and top > 1 and top <= PLURAL_DENOMINATORS[down]:
        if down == "quarters" and tokens.word(j + 1) not in ("of", "full") and word not in ("two", "three", "3"):
            return None
        return _scaled(tokens, i, j + 1, top / PLURAL_DENOMINATORS[down])
    if down not in DENOMINATORS or top != 1 or word == "1":
        return None
    if tokens.word(j + 1 + (tokens.word(j + 1) in HYPHENS)) in POINTS:  # "a quarter-point"
        return Numeral(i, j + 1, Decimal(1) / DENOMINATORS[down], "ratio")
    followed = tokens.word(j + 1) in ("of", "the") or (word != "one" and tokens.word(i - 1) in LOOSE_BOUNDS)
    followed = followed or tokens.word(j + 1) in SCALES or tokens.word(j + 1) in MORE_OR_LESS
    followed = followed or (word == "one" and tokens.word(j + 1) in ("that", "as", "or"))
    followed = followed or tokens.word(i - 1) == "by" or (word == "one" and j > i + 1) or down == "half"
    followed = followed or (word == "one" and tokens.word(j + 1) in ("", ".", ",", "from", "in", "to"))
    return _scaled(tokens, i, j + 1, Decimal(1) / DENOMINATORS[down]) if followed else None


def _unit_and_part(tokens: Tokens, i: int) -> Numeral | None:
    """Read the one of "a cup and a half", "a year or two", "a month or so"; the rest is added with the unit."""
    if tokens.words[i] not in ARTICLES or not tokens.word(i + 1).isalpha():
        return None
    rest = tokens.words[i + 2 : i + 5]
    is_part = rest in (["and", "a", "half"], ["and", "a", "quarter"], ["and", "a", "third"])
    return Numeral(i, i + 1, Decimal(1)) if is_part or rest[:2] in (["or", "two"], ["or", "so"]) else None


def _million_dollar(tokens: Tokens, i: int) -> Numeral | None:
    """Read the scale of "Million-dollar homes"."""
    value = SCALES.get(tokens.words[i])
    is_joined = tokens.word(i + 1) in HYPHENS and tokens.glued(i + 1) and tokens.glued(i + 2)
    return Numeral(i, i + 1, value, "cardinal", value) if value is not None and is_joined else None


def _article_of_time(tokens: Tokens, i: int) -> Numeral | None:
    """Read the one of "climbed 12 percent in a week", "for more than a decade", but no "a week ago"."""
    if tokens.words[i] not in (*ARTICLES, "another") or tokens.word(i + 1) not in SPANS:
        return None
    before, after = tokens.word(i - 1), tokens.word(i + 2)
    closes = not after.isalnum() and after not in HYPHENS and not after.startswith("'")
    closes = closes or after in AFTER_SPAN or (after == "of" and before in ("after", "for"))
    return Numeral(i, i + 1, Decimal(1)) if before in BEFORE_SPAN and closes else None


def _decade(tokens: Tokens, i: int) -> Numeral | None:
    """Read the tens of "a man in his sixties", "in the mid-30s", "in the high teens"; no years ("the late 90s")."""
    value = DECADES_OF_AGE.get(tokens.words[i])
    last = i + 1
    if tokens.words[i] == "teens":
        value = Decimal(10)
    elif value is None and tokens.words[i] in DIGIT_DECADES and tokens.word(last) in ("s", "'s") and tokens.glued(last):
        value, last = Decimal(tokens.words[i]), i + 2
    if value is None:
        return None
    part = _part_of_decade(tokens, i)
    if part is None:
        return Numeral(i, last, value, high=value + 9) if is_owned_decade(tokens, i) and value > 10 else None
    first, (low, high) = part
    if not is_owned_decade(tokens, first) and not _is_level_in_tens(tokens, first, value):
        return None
    return Numeral(first, last, value + low, high=value + high)


def _part_of_decade(tokens: Tokens, i: int) -> tuple[int, tuple[int, int]] | None:
    """Find "mid-", "low", "high" before the tens; gives its token and the units that it leaves."""
    k = i - 1 - (tokens.word(i - 1) in HYPHENS)
    part = PARTS_OF_DECADE.get(tokens.word(k)) if k >= 0 else None
    return (k, part) if part is not None else None


def is_owned_decade(tokens: Tokens, first: int) -> bool:
    """Tell "in her 60s", "in their mid-twenties": ages of somebody."""
    return tokens.word(first - 1) in ("his", "her", "their", "my", "our", "your")


def _is_level_in_tens(tokens: Tokens, first: int, value: Decimal) -> bool:
    """Tell "highs in the mid-70s", "slipped to the low 40s" from years."""
    if tokens.word(first) in ("early", "late"):
        return False
    if value < LEAST_DECADE or tokens.word(first - 2) == "to":
        return True
    return not TENS_OF_WHAT.isdisjoint(tokens.words[max(0, first - NEAR_DECADE) : first + NEAR_DECADE])


def _proportion(tokens: Tokens, i: int) -> Numeral | None:
    """Read "outnumber men 2:1", "a ratio of 3:2"."""
    top, down = tokens.words[i], tokens.word(i + 2)
    is_pair = top.isdigit() and tokens.word(i + 1) == ":" and down.isdigit() and tokens.glued(i + 2)
    if not is_pair or int(down) == 0 or RATIOS.isdisjoint(tokens.words[max(0, i - NEAR_DECADE) : i]):
        return None
    return Numeral(i, i + 3, Decimal(top) / int(down), "ratio", digits=True, multiple=True)


def _half(tokens: Tokens, i: int) -> Numeral | None:
    if tokens.words[i + 1 : i + 2] == ["as"] and tokens.word(i + 3) == "again":  # "half as many again"
        return Numeral(i, i + 4, Decimal("1.5"), "ratio", multiple=True)
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if tokens.raw(i)[0].isupper() and tokens.raw(i + 1)[:1].isupper():
        return None  # a title
    if after in HYPHENS and tokens.word(i + 2) in POINTS:
        return Numeral(i, i + 1, Decimal("0.5"), "ratio")
    if before in ("first", "second", "other", "latter", "better", "time", "opening", "final", *SIDES):
        return None
    if after in ("empty", "full", "asleep", "naked", "dead", "open", "finished", "built", "mad"):
        return None
    if before in HYPHENS or (after in HYPHENS and tokens.word(i + 2) not in SCALES and tokens.word(i + 2) != "a"):
        return None
    return _scaled(tokens, i, i + 1, Decimal("0.5"))


def _scaled(tokens: Tokens, first: int, j: int, value: Decimal) -> Numeral:
    """Take in the scale that a fraction is of: "half a million", "a quarter of a million", "half-dozen"."""
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


def _ordinal(tokens: Tokens, i: int) -> Numeral | None:
    word = tokens.words[i]
    if word in ORDINALS:
        return Numeral(i, i + 1, Decimal(ORDINALS[word]), "ordinal")
    if word.isdigit() and tokens.glued(i + 1) and tokens.word(i + 1) == _ending_of_ordinal(word):
        return Numeral(i, i + 2, Decimal(word), "ordinal", digits=True)
    if word in TENS and tokens.word(i + 1) in HYPHENS and tokens.word(i + 2) in ORDINALS:
        return Numeral(i, i + 3, TENS[word] + ORDINALS[tokens.word(i + 2)], "ordinal")
    return None


def _ending_of_ordinal(digits: str) -> str:
    """Give the "st" of 21st; "11st 4lb" is no ordinal."""
    if digits[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def _cardinal(tokens: Tokens, i: int) -> Numeral | None:
    word = tokens.words[i]
    if is_numeric(word) or vulgar(word) is not None:
        return _digit_cardinal(tokens, i)
    return _word_cardinal(tokens, i)


def _digit_cardinal(tokens: Tokens, i: int) -> Numeral:
    decimal = _decimal_comma(tokens, i)
    if decimal is not None:
        return decimal
    part = vulgar(tokens.words[i])
    value = part if part is not None else parse_digits(tokens.words[i])
    j = i + 1
    if part is None:
        value, j = _added_fraction(tokens, j, value)
        value, j = _power_of_ten(tokens, j, value)
    scale = Decimal(1)
    while (found := _scale_at(tokens, j)) is not None:
        scale *= found[0]
        j = found[1]
    return Numeral(i, j, value * scale, "cardinal", scale, digits=True)


def _decimal_comma(tokens: Tokens, i: int) -> Numeral | None:
    """Read "2,5 million euros", "€4,90": a comma before decimals, where a unit or a scale shows that it is no list."""
    whole, part = tokens.words[i], tokens.word(i + 2)
    is_pair = tokens.word(i + 1) == "," and tokens.glued(i + 1) and tokens.glued(i + 2) and len(part) in (1, 2)
    if not (is_pair and whole.isdigit() and part.isdigit() and len(whole) <= 3):
        return None
    if tokens.word(i - 1) in (",", "and") or (tokens.word(i + 3) == "," and tokens.glued(i + 4)):
        return None
    value, j, scale = Decimal(f"{whole}.{part}"), i + 3, Decimal(1)
    while (found := _scale_at(tokens, j)) is not None:
        scale, j = scale * found[0], found[1]
    has_sign = i > 0 and tokens.raw(i - 1) in CURRENCY_SIGNS
    if scale == 1 and not has_sign and read_unit(tokens, j) is None:
        return None
    return Numeral(i, j, value * scale, "cardinal", scale, digits=True)


def _added_fraction(tokens: Tokens, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Add "½", " 1/2" or " and a half" to the number before it, or divide by "/3"."""
    part = vulgar(tokens.word(j))
    if part is not None:
        return value + part, j + 1
    if tokens.word(j) in SLASHES and tokens.glued(j) and tokens.glued(j + 1):
        down = tokens.word(j + 1)
        if (
            "." not in tokens.word(j - 1)
            and down.isdigit()
            and 1 < int(down) <= 1000
            and value < int(down)
            and tokens.word(j + 2) not in SLASHES
        ):
            return value / int(down), j + 2
    if not tokens.glued(j) or tokens.word(j) in HYPHENS:
        k = j + (tokens.word(j) in HYPHENS)
        top, slash, down = tokens.word(k), tokens.word(k + 1), tokens.word(k + 2)
        if slash == "/" and tokens.glued(k + 1) and top.isdigit() and down.isdigit() and 0 < int(top) < int(down) <= 16:
            return value + Decimal(top) / int(down), k + 3
    return _and_a_half(tokens, j, value)


def _power_of_ten(tokens: Tokens, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Multiply by a power of ten: "1.5×10^6", "2 x 10−3"."""
    if tokens.word(j) not in ("×", "x", "*") or tokens.word(j + 1) != "10":
        return value, j
    k = j + 2
    minus = tokens.word(k) in ("-", "−", "–")
    k += minus or tokens.word(k) == "^"
    minus = minus or tokens.word(k) in ("-", "−")
    k += tokens.word(k) in ("-", "−")
    exponent = tokens.word(k)
    if not (exponent.isdecimal() and len(exponent) < 3 and tokens.glued(k)):
        return value, j
    return value.scaleb(-int(exponent) if minus else int(exponent)), k + 1


def _and_a_half(tokens: Tokens, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Add "and a half" or "-and-a-half"."""
    words = [tokens.word(k) for k in range(j, j + 6) if tokens.word(k) not in HYPHENS]
    if words[:1] != ["and"]:
        return value, j
    size = 0
    if words[1:2] and (words[1] in ARTICLES or words[1] in ("one", "three", "two")):
        down = words[2] if len(words) > 2 else ""
        top = SMALL.get(words[1], Decimal(1))
        bottom = DENOMINATORS.get(down) if top == 1 else PLURAL_DENOMINATORS.get(down)
        if bottom is not None:
            value, size = value + top / bottom, 3
    for _ in range(size):
        while tokens.word(j) in HYPHENS:
            j += 1
        j += 1
    return value, j


def _scale_at(tokens: Tokens, j: int) -> tuple[Decimal, int] | None:
    """Find a scale word ("million", "-million", "bn") at token ``j``; gives it and the token after it."""
    k = j
    if tokens.word(k) in HYPHENS and tokens.glued(k) and tokens.glued(k + 1):
        k += 1
    word = tokens.word(k)
    if word in SCALES and word != "score":
        return SCALES[word], k + 1
    if word == "grand":  # "100 grand", but no grand pianos
        return (Decimal(1000), k + 1) if not tokens.word(k + 1).isalpha() or is_stop(tokens.word(k + 1)) else None
    if tokens.raw(k) == "K" and tokens.word(k - 1) in RESOLUTIONS and not is_plural(tokens.word(k + 1)):
        return None  # "a 4K screen"
    if word in SHORT_SCALES and (word != "k" or tokens.glued(k)) and (word not in ("mil", "mill") or tokens.glued(k)):
        return SHORT_SCALES[word], k + 1
    return None


def _word_cardinal(tokens: Tokens, i: int) -> Numeral | None:
    """Read a number in words: total of groups that scales close, each scale smaller than the one before."""
    value, j, scale = _first_group(tokens, i)
    if value is None:
        return None
    j_before = -1
    while j != j_before:
        j_before = j
        value, j, scale = _next_group(tokens, j, value, scale)
    if scale == 1 or tokens.words[i] in ARTICLES:
        value, j = _half_more(tokens, j, value, scale)
        while (found := _scale_at(tokens, j)) is not None and scale == 1:
            value, scale, j = value * found[0], found[0], found[1]
    return Numeral(i, j, value, "cardinal", scale)


def _half_more(tokens: Tokens, j: int, value: Decimal, scale: Decimal) -> tuple[Decimal, int]:
    added, k = _and_a_half(tokens, j, Decimal(0))
    return value + added * scale, k


def _first_group(tokens: Tokens, i: int) -> tuple[Decimal | None, int, Decimal]:
    word = tokens.words[i]
    if word in ARTICLES:
        if tokens.word(i + 1) not in SCALES or tokens.word(i + 1) == "score":
            return None, i, Decimal(1)
        return _close(tokens, i + 1, Decimal(1))
    group, j = _below_hundred(tokens, i)
    return (None, i, Decimal(1)) if group is None else _close(tokens, j, group)


def _below_hundred(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    word = tokens.word(i)
    if word in SMALL:
        return SMALL[word], i + 1
    if word not in TENS:
        return None, i
    j = i + 1
    k = j + (tokens.word(j) in HYPHENS)
    unit = SMALL.get(tokens.word(k))
    return (TENS[word] + unit, k + 1) if unit is not None and 0 < unit < 10 else (TENS[word], j)


def _close(tokens: Tokens, j: int, group: Decimal) -> tuple[Decimal, int, Decimal]:
    """Multiply a group by the scales that follow it: "two hundred thousand"."""
    scale = Decimal(1)
    while (found := _scale_at(tokens, j)) is not None:
        if found[0] == 100 and scale == 1:  # "two hundred and fifty thousand": the hundred belongs to the group
            group, j, scale = group * 100, found[1], Decimal(100)
            rest, k = _below_hundred(tokens, j + (tokens.word(j) == "and"))
            if rest is not None and rest > 0 and not _is_own_number(tokens, j, k):
                group, j, scale = group + rest, k, Decimal(1)
            continue
        if found[0] == 100:
            break
        group, scale, j = group * found[0], found[0] * (scale if scale != 100 else 1), found[1]
    return group, j, scale


def _is_own_number(tokens: Tokens, j: int, k: int) -> bool:
    """Tell whether "and twenty" after a hundred starts a number of its own: "one hundred and two dozen"."""
    return tokens.word(j) == "and" and tokens.word(k) == "dozen"


def _next_group(tokens: Tokens, j: int, value: Decimal, scale: Decimal) -> tuple[Decimal, int, Decimal]:
    """Add a group of a smaller scale: "three thousand, four hundred", "a hundred and twenty"."""
    if scale <= 1:
        return value, j, scale
    comma = tokens.word(j) == "," and scale >= 1000
    k = j + comma
    k += tokens.word(k) == "and"
    group, end = _below_hundred(tokens, k)
    if group is None or group == 0:
        return value, j, scale
    total, end, inner = _close(tokens, end, group)
    if inner >= scale or total >= scale or (comma and total < 100):
        return value, j, scale
    return value + total, end, inner if inner > 1 else Decimal(1)


READERS: tuple[Callable[[Tokens, int], Numeral | None], ...] = (
    _multiple,
    _open_scale,
    _proportion,
    _unit_and_part,
    _million_dollar,
    _article_of_time,
    _decade,
    _fraction,
    _ordinal,
    _cardinal,
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
