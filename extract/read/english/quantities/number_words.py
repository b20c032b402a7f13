"""Number words and signs with their values, and the record of a parsed numeral."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
Kind = Literal["cardinal", "scale", "ratio", "ordinal"]
SMALL = {
    word: Decimal(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
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
    "mio": Decimal(10**6),
    "mrd": Decimal(10**9),
}
MONEY_SCALES = {
    "m": Decimal(10**6),
    "mm": Decimal(10**6),
    "b": Decimal(10**9),
    "t": Decimal(10**12),
    "cr": Decimal(10**7),
}
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
SLASHES = frozenset("/⁄∕")
HYPHENS = frozenset("-‐‑–—")
VULGARS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
DIGITS = re.compile(r"[0-9.]")
NOT_DIGITS = re.compile(r"[^0-9.]")
DECADES_OF_AGE = {word[:-1] + "ies": value for word, value in TENS.items()}
POINTS = frozenset({"point", "points", "percentage", "percent"})
RESOLUTIONS = frozenset({"2", "4", "5", "8"})
LOOSE_BOUNDS = frozenset(["than", "nearly", "almost", "about", "roughly", "around", "over"])


@dataclass(slots=True, frozen=True)
class Numeral:
    """A numeral at tokens ``first`` to ``last`` (half-open).

    ``value`` includes its ``scale``. Kinds: ``cardinal``; ``scale``, an open "dozens of"; ``ratio``, a fraction, odds
    or a multiple; ``ordinal``. ``digits`` tells whether it is written with digits; ``high`` is the upper end of a
    number given by its tens ("in the mid-30s").
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
    """Parse digits in any grouping that ``tokens.TOKEN`` matches: ``1,234.5``, ``1 234``, ``1.234.567,50``."""
    if "." in text[: text.rfind(",") + 1]:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    return Decimal(NOT_DIGITS.sub("", text))


def vulgar(text: str) -> Decimal | None:
    """Return the value of a vulgar fraction such as ½; None for any other text."""
    if len(text) == 1 and text in VULGARS:
        return Decimal(str(unicodedata.numeric(text)))
    return None


def is_numeric(text: str) -> bool:
    """Return whether a token begins with a digit or a decimal point followed by more."""
    return bool(DIGITS.match(text)) and text != "."
