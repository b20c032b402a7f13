"""Units and currencies: how they are written, what they are called, and their SI factor.

The tables ``units.tsv`` and ``currencies.tsv`` are made by ``build_tables.py`` from pint and CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import is_plural

HERE = Path(__file__).parent
HYPHENS = frozenset("-‐‑–")
LONGEST = 5  # tokens that a unit's name can have
MONEY_PREFIX_LETTERS = 3
# Codes that are English words, so that "ALL 5 of them" is no money.
WORDS_AS_CODES = frozenset({"ALL", "TOP", "TRY", "CUP", "MOP", "MAD", "PEN", "BOB", "GEL", "SOS", "CAD"}) - {"CAD"}
LONGEST_ABBREVIATION = 4  # characters; a longer form may be written in lower case too


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a currency.

    ``factor`` and ``offset`` turn a value into ``si_unit``: ``value * factor + offset``; both are None where
    there is no SI unit. ``currency`` is an ISO 4217 code; ``parts`` tells how many of a small unit of money make one of
    the currency (100 cents).
    """

    name: str
    dimension: str
    si_unit: str | None = None
    factor: float | None = None
    offset: float | None = None
    currency: str | None = None
    parts: int = 1

    def to_si(self, value: float) -> float | None:
        """Convert a value; None without an SI unit."""
        if self.factor is None or self.offset is None:
            return None
        return float(f"{value * self.factor + self.offset:.12g}")


EXTENTS = frozenset({"long", "wide", "high", "tall", "deep", "across", "away", "of", "and", "to", "in", "from"})
FOOT_SIGNS = frozenset({"'", "’"})
RATIO = Unit("ratio", "ratio")
YEAR_OF_AGE = Unit("year of age", "age")
MONTH_OF_AGE = Unit("month of age", "age")
AGES = {
    "year": YEAR_OF_AGE,
    "month": MONTH_OF_AGE,
    "week": Unit("week of age", "age"),
    "day": Unit("day of age", "age"),
}
PERCENT_WORDS = ("percent", "per cent", "pct", "pc", "percents", "%")
AMBIGUOUS_MONEY = frozenset({"pound", "pounds"})
# Words that are rather something else: taken as a currency only after a symbol's own place, never bare.
RISKY_MONEY = frozenset({"real", "reals", "won", "lev", "leu", "lei", "ether", "score", "fr", "p", "rm", "tl", "lira"})
# Short forms that are letters first: taken only when they stand right at the digits or in a table of figures.
GLUED_ONLY = frozenset(
    {
        "m",
        "g",
        "s",
        "t",
        "l",
        "h",
        "c",
        "f",
        "k",
        "n",
        "v",
        "w",
        "j",
        "a",
        "st",
        "mi",
        "ha",
        "ms",
        "ns",
        "nm",
        "mt",
        "cal",
        "bar",
        "mo",
        "au",
        "gs",
        "kn",
        "mp",
        "mb",
        "p",
        "pa",
        "tb",
        "gb",
        "kt",
        "ins",
        "pp",
        "deg",
        "mw",
    }
)


@cache
def unit_forms() -> dict[tuple[str, ...], Unit]:
    """Map the tokens of every written form to its unit; forms with capitals as written, others in lower case."""
    forms: dict[tuple[str, ...], Unit] = {}
    for name, dimension, _pint, written, si_unit, factor, offset in _lines("units.tsv"):
        unit = Unit(name, dimension, si_unit or None, _number(factor), _number(offset))
        for form in (name, *filter(None, written.split("|"))):
            forms.setdefault(_key(form), unit)
            if len(form) > LONGEST_ABBREVIATION:
                forms.setdefault(_key(form.lower()), unit)
    for form in PERCENT_WORDS:
        forms[_key(form)] = RATIO
    for key, currency in money_forms().items():
        forms.setdefault(key, currency)
    return forms


@cache
def money_forms() -> dict[tuple[str, ...], Unit]:
    """Map the tokens of every written form to its currency."""
    forms: dict[tuple[str, ...], Unit] = {}
    for code, name, written in _lines("currencies.tsv"):
        listed = written.split("|")
        currency, _, parts = code.partition("/")
        unit = Unit(name or listed[-1], "money", currency=currency, parts=int(parts or 1))
        for form in listed:
            forms.setdefault(_key(form), unit)
            forms.setdefault(_key(form.lower()), unit) if len(form) > MONEY_PREFIX_LETTERS else None
    return forms


@cache
def first_tokens() -> frozenset[str]:
    """List the first tokens of all forms, to refuse most words at once."""
    return frozenset(key[0] for key in unit_forms())


def _lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _number(text: str) -> float | None:
    return float(text) if text else None


def _key(form: str) -> tuple[str, ...]:
    return tuple(Tokens(form, 0, len(form)).texts)


def read_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Find the longest unit that is written at token ``i``; gives it and the token after it."""
    if tokens.raw(i) in FOOT_SIGNS and _is_foot(tokens, i):
        return unit_forms()[("foot",)], i + 1
    if i >= len(tokens) or (tokens.texts[i] not in first_tokens() and tokens.words[i] not in first_tokens()):
        return None
    forms = unit_forms()
    if tokens.texts[i] == "in" and tokens.glued(i) and tokens.word(i - 1)[:1].isdigit():
        return forms[("inch",)], i + 1  # "0.5in of rain"
    if tokens.word(i + 1) in HYPHENS and tokens.glued(i + 1) and tokens.glued(i + 2):
        unit = forms.get((tokens.words[i], tokens.word(i + 2)))  # "a 700-square-foot flat"
        if unit is not None:
            return unit, i + 3
    for size in range(min(LONGEST, len(tokens) - i), 0, -1):
        for pieces in (tokens.texts, tokens.words):
            if pieces is tokens.words and size == 1 and len(pieces[i]) < 3 and pieces[i] != tokens.texts[i]:
                continue  # "5G" is no five grams
            unit = forms.get(tuple(pieces[i : i + size]))
            # The full stop of "It weighs 4oz." is the sentence's.
            ends = i + size == len(tokens) and pieces[i + size - 1] == "." and tuple(pieces[i : i + size - 1]) in forms
            if unit is not None and not ends and _is_written_as_unit(tokens, i, size, unit):
                return unit, i + size
    return None


def _is_foot(tokens: Tokens, i: int) -> bool:
    """Tell the sign of "6'2" and "6' tall" from one that closes a quotation."""
    if not (tokens.glued(i) and tokens.word(i - 1).isdigit()):
        return False
    return (tokens.glued(i + 1) and tokens.word(i + 1).isdigit()) or tokens.word(i + 1) in ("tall", "wide", "deep")


def _is_written_as_unit(tokens: Tokens, i: int, size: int, unit: Unit) -> bool:
    if size > 1 and tokens.texts[i + size - 1].isdigit() and not tokens.glued(i + size - 1):
        return False  # "6ft 2in" holds no square feet
    word = tokens.texts[i + size - 1] if size == 1 else ""
    low = word.lower()
    if low == "degree" and tokens.word(i - 1).isalpha() and is_plural(tokens.word(i + 1)):
        return False  # "the two degree courses"
    if low in GLUED_ONLY and (low not in ("bar",)):
        if word in ("m", "g", "l") and tokens.word(i - 1)[:1].isdigit():
            return (
                tokens.glued(i)
                or tokens.word(i + 1) in EXTENTS
                or not (  # "1 m", but not "24 L-202"
                    tokens.word(i + 1).isalnum() or tokens.word(i + 1) in HYPHENS
                )
            )
        if word in ("C", "F", "W", "V") and tokens.word(i - 1)[:1].isdigit():
            k = i + 1 + (tokens.word(i + 1) == "." and i + 2 < len(tokens))  # "3170 W. County Road"
            return not tokens.raw(k)[:1].isupper() or (word in ("W", "V") and tokens.glued(i))
        return tokens.glued(i) or (len(word) > 1 and word not in ("au", "gs", "ins", "st", "mi", "mo"))
    return not (unit.currency and low in RISKY_MONEY and not tokens.glued(i) and word != "RM")


@cache
def read_name(name: str) -> Unit:
    """Give the unit of this name; raises ValueError when there is none."""
    found = read_unit(Tokens(name, 0, len(name)), 0)
    if found is None:
        raise ValueError(f"units.tsv has no unit {name!r}")
    return found[0]


def read_currency_before(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Find a currency sign or code that ends right before token ``i``: "$", "US$", "EUR"; gives its first token."""
    if i <= 0:
        return None
    forms = money_forms()
    sign = tokens.texts[i - 1]
    spaced = sign == "$" and tokens.raw(i - 2) in ("US", "C", "A", "S", "HK", "NZ", "c")
    if sign.isalpha() and not (sign.isupper() or sign in ("Rs", "KSh", "Rp")):
        return None
    if sign == "=" and tokens.raw(i - 2) == "Y" and tokens.glued(i - 1) and tokens.glued(i):
        return forms[("¥",)], i - 2  # how wire copy writes the yen sign in ASCII
    spaced = spaced and not (i == 2 and tokens.raw(0) == "A")  # "A $500 grant"
    if i >= 2 and (tokens.glued(i - 1) or spaced) and not sign.isalpha():
        prefix = tokens.texts[i - 2].upper() if spaced else tokens.texts[i - 2]
        unit = forms.get((prefix, sign)) or forms.get((prefix.upper(),))
        if unit is not None and sign in "$£€¥":
            return unit, i - 2
    if i >= 2 and sign.isupper() and tokens.glued(i - 1) and tokens.texts[i - 2] == "$":  # "$US40"
        unit = forms.get((sign, "$"))
        if unit is not None:
            return unit, i - 2
    if sign in WORDS_AS_CODES:
        return None
    unit = forms.get((sign,))
    return (unit, i - 1) if unit is not None and len(sign) <= MONEY_PREFIX_LETTERS else None
