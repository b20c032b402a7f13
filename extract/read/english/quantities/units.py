"""Units and currencies: their written forms, names and SI factors; ``build_tables.py`` makes the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.read.english.quantities.tokens import Tokens
from extract.read.english.vocabulary.words import is_people, lemma
from extract.read.english.words import is_plural

HERE = Path(__file__).parent
HYPHENS = frozenset("-‐‑–")
LONGEST = 5  # most tokens of a unit's name
MONEY_PREFIX_LETTERS = 3
# Codes that are also English words or names: "ALL 5 of them" is not money.
WORDS_AS_CODES = frozenset({
    "ALL", "TOP", "TRY", "CUP", "MOP", "MAD", "PEN", "BOB", "GEL", "SOS", "DOGE", "BAM", "KD", "LTC",
    "XRP", "SCR", "SLE", "SHP", "STN", "TL", "BIF", "ERN", "AMD"
})  # fmt: skip
MIXED_CODES = frozenset("Rs KSh Rp TSh USh Bs Dh Dhs Tk SFr Sfr SKr NKr DKr Sh Shs Ksh Tsh Ush".split())
LOWER_CODES = frozenset(
    {"rmb", "usd", "eur", "gbp", "inr", "cad", "aud", "jpy", "cny", "hkd", "sgd", "chf", "nzd", "myr"}
)
SCALE_WORDS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
WORDS_TOO = frozenset({"au", "gs", "ins", "st", "mi", "mo"})
NEAR = 12  # tokens on either side that disambiguate a unit
LONGEST_SECONDS = 4  # the "s" of a number this long is not seconds
LONGEST_ABBREVIATION = 4  # characters; a longer form may be written in lower case too


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a currency.

    A value in SI is ``value * factor + offset``, in ``si_unit``; both are None where there is no SI unit. ``currency``
    is an ISO 4217 code; ``parts`` is the number of minor units per currency unit (100 cents), 1 for the currency
    itself.
    """

    name: str
    dimension: str
    si_unit: str | None = None
    factor: float | None = None
    offset: float | None = None
    currency: str | None = None
    parts: int = 1

    def to_si(self, value: float) -> float | None:
        """Convert a value to ``si_unit``, rounded to 12 significant digits; None without an SI unit."""
        if self.factor is None or self.offset is None:
            return None
        return float(f"{value * self.factor + self.offset:.12g}")


EXTENTS = frozenset({"long", "wide", "high", "tall", "deep", "across", "away", "of", "and", "to", "in", "from"})
FOOT_SIGNS = frozenset({"'", "’", "′"})
INCH_SIGNS = frozenset({'"', "”", "″"})
INCHES_OF_FOOT = 12
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
# Words with a commoner sense: taken as a currency only when glued to the number.
RISKY_MONEY = frozenset({"real", "reals", "won", "lev", "leu", "lei", "ether", "score", "fr", "p", "rm", "tl", "lira"})
# Short forms that are letters or words first: taken only as a symbol beside digits, mostly glued to them.
GLUED_ONLY = frozenset(
    ("m g s t l h c f k n v w j a st mi ha ms ns nm mt cal bar mo au gs kn mp mb p pa tb gb kt ins pp deg mw ").split()
)


@cache
def unit_forms() -> dict[tuple[str, ...], Unit]:
    """Return the unit of every written form by its tokens; forms with capitals as written, others lower-case."""
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
    """Return the currency of every written form, keyed by its tokens."""
    forms: dict[tuple[str, ...], Unit] = {}
    for code, name, written in _lines("currencies.tsv"):
        listed = written.split("|")
        currency, _, parts = code.partition("/")
        unit = Unit(name or listed[-1], "money", currency=currency if currency != "-" else None, parts=int(parts or 1))
        for form in listed:
            forms.setdefault(_key(form), unit)
            forms.setdefault(_key(form.lower()), unit) if len(form) > MONEY_PREFIX_LETTERS else None
    return forms


@cache
def currencies() -> dict[str, Unit]:
    """Return the currency of each ISO 4217 code."""
    whole = (unit for unit in money_forms().values() if unit.currency is not None and unit.parts == 1)
    return {str(unit.currency): unit for unit in whole}


@cache
def first_tokens() -> frozenset[str]:
    """Return the first tokens of all forms, to reject most words at once."""
    return frozenset({key[0] for key in unit_forms()} | {"U.S.", "u.s."})


def _lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _number(text: str) -> float | None:
    return float(text) if text else None


def _key(form: str) -> tuple[str, ...]:
    return tuple(Tokens(form, 0, len(form)).texts)


def read_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at token ``i`` and the index after it; None without one."""
    if i >= len(tokens):
        return None
    if (sign := _unit_by_sign(tokens, i)) is not None:
        return sign, i + 1
    if tokens.texts[i] not in first_tokens() and tokens.words[i] not in first_tokens():
        return None
    if tokens.texts[i] == "in" and _is_short_inch(tokens, i):
        return unit_forms()[("inch",)], i + 1
    return _hyphenated_unit(tokens, i) or _longest_unit(tokens, i)


def _unit_by_sign(tokens: Tokens, i: int) -> Unit | None:
    """Return the unit of a foot or inch sign, or of an ambiguous form that its context decides; else None."""
    if tokens.raw(i) in FOOT_SIGNS and _is_foot(tokens, i):
        return unit_forms()[("foot",)]
    if tokens.raw(i) in INCH_SIGNS and _is_inch(tokens, i):
        return unit_forms()[("inch",)]
    return _meant_by_context(tokens, i)


def _is_short_inch(tokens: Tokens, i: int) -> bool:
    """Return whether "in" means inches: "0.5in of rain", "4.5 cm (1.8 in)"."""
    return tokens.word(i - 1)[:1].isdecimal() and (tokens.glued(i) or tokens.word(i + 1) == ")")


def _hyphenated_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Parse the unit of "a 700-square-foot flat"; return it and the index after it, or None."""
    if tokens.word(i + 1) not in HYPHENS or not (tokens.glued(i + 1) and tokens.glued(i + 2)):
        return None
    unit = unit_forms().get((tokens.words[i], tokens.word(i + 2)))
    return (unit, i + 3) if unit is not None else None


def _longest_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    for size in range(min(LONGEST, len(tokens) - i), 0, -1):
        for pieces in (tokens.texts, tokens.words):
            if pieces is tokens.words and size == 1 and _is_initials(tokens.texts[i]):
                continue
            if (unit := _unit_of(tokens, i, tuple(pieces[i : i + size]))) is not None:
                return unit, i + size
    return None


def _is_initials(text: str) -> bool:
    """Return whether capitals are not a unit: "5G" is not grams, "40 MPs" not metres per second."""
    if len(text) < 3:
        return not text.islower()
    one, several = unit_forms().get((text[:-1].lower(),)), unit_forms().get((text.lower(),))
    return text[:-1].isupper() and text[-1] == "s" and one is not several


def _unit_of(tokens: Tokens, i: int, written: tuple[str, ...]) -> Unit | None:
    """Return the unit of these tokens, where their context allows one; "U.S. cents" are US cents."""
    key = ("US", *written[1:]) if written[0] in ("U.S.", "u.s.") else written
    unit = unit_forms().get(key)
    if unit is None or _ends_sentence(tokens, i, key) or _is_of_name(tokens, i, unit):
        return None
    return unit if _is_written_as_unit(tokens, i, len(key), unit) else None


def _ends_sentence(tokens: Tokens, i: int, key: tuple[str, ...]) -> bool:
    """Return whether the full stop of a form ends the sentence instead: "It weighs 4oz."."""
    return i + len(key) == len(tokens) and key[-1] == "." and key[:-1] in unit_forms()


@cache
def _ambiguous() -> dict[str, list[tuple[Unit, frozenset[str]]]]:
    """Return the (unit, context words) candidates of each ambiguous form."""
    found: dict[str, list[tuple[Unit, frozenset[str]]]] = {}
    for forms, name, words in _lines("ambiguous.tsv"):
        for form in forms.split():
            found.setdefault(form, []).append((unit_forms()[_key(name)], frozenset(words.split())))
    return found


def _meant_by_context(tokens: Tokens, i: int) -> Unit | None:
    """Return the unit of an ambiguous form by its context: "2.5 F" of a capacitor, "9 points" in a poll; or None."""
    choices = _ambiguous().get(tokens.texts[i])
    is_short = len(tokens.texts[i]) <= LONGEST_ABBREVIATION
    if choices is None or (is_short and not _stands_as_abbreviation(tokens, i)):
        return None
    near = {*tokens.words[max(0, i - NEAR) : i], *tokens.words[i + 1 : i + NEAR]}
    return next((unit for unit, words in choices if not words or not words.isdisjoint(near)), None)


def _stands_as_abbreviation(tokens: Tokens, i: int) -> bool:
    """Return whether a form is a unit's abbreviation ("2.5 F"), not in "F. Scott" or "F-16"."""
    is_of_number = tokens.word(i - 1)[:1].isdecimal() or tokens.word(i - 1) in SCALE_WORDS
    goes_on = tokens.raw(i + 1)[:1].isupper() or tokens.word(i + 1) in HYPHENS
    return is_of_number and not goes_on and (tokens.raw(i), "/", tokens.raw(i + 2)) not in unit_forms()  # "t/ha"


def _is_foot(tokens: Tokens, i: int) -> bool:
    """Return whether a sign means feet ("6'2", "6' 2\"", "6' tall") rather than closing a quotation."""
    if not (tokens.glued(i) and tokens.word(i - 1).isdecimal()):
        return False
    if tokens.word(i + 1).isdecimal() and tokens.raw(i + 2) in INCH_SIGNS and tokens.glued(i + 2):
        return int(tokens.word(i + 1)) < INCHES_OF_FOOT
    is_side = tokens.word(i - 2) == "by" and tokens.raw(i - 3) in FOOT_SIGNS  # "8' by 2'"
    is_said = is_side or tokens.word(i + 1) in ("tall", "wide", "deep", "high", "long", "by")
    return is_said or (tokens.glued(i + 1) and tokens.word(i + 1).isdecimal())


def _is_inch(tokens: Tokens, i: int) -> bool:
    """Return whether a sign means inches (a 70" screen) rather than closing a quotation."""
    if not tokens.word(i - 1)[-1:].isdecimal():
        return False
    if tokens.word(i + 1) in ("tall", "wide", "deep", "long", "high", "thick", "x", "×"):
        return True
    marks = [k for k in range(i) if tokens.texts[k] in '“”"' and not tokens.word(k - 1)[-1:].isdecimal()]
    return tokens.glued(i) and len(marks) % 2 == 0 and not tokens.glued(i + 1) and tokens.word(i + 1).isalpha()


def _is_written_as_unit(tokens: Tokens, i: int, size: int, unit: Unit) -> bool:
    if size > 1:  # "6ft 2in" holds no square feet
        return not tokens.texts[i + size - 1].isdecimal() or tokens.glued(i + size - 1)
    word = tokens.texts[i]
    low = word.lower()
    if low == "degree" and tokens.word(i - 1).isalpha() and is_plural(tokens.word(i + 1)):
        return False  # "the two degree courses"
    if low in GLUED_ONLY and low != "bar":
        return _is_symbol(tokens, i, word)
    is_risky = unit.currency is not None and low in RISKY_MONEY and word != "RM"
    return not is_risky or tokens.glued(i)


def _is_of_name(tokens: Tokens, i: int, unit: Unit) -> bool:
    """Return whether a unit's word is part of a name: "12 TB patients", "3 Mark Twain novels"."""
    word, after = tokens.texts[i], tokens.raw(i + 1)
    if word.isupper() and len(word) > 1 and unit.currency is None and is_plural(after):  # "two SEC aides"
        return word == "HR" or tokens.word(i - 1).isalpha() or is_people(lemma(after))
    if len(word) < 3 or not (word.istitle() and after.istitle()) or is_plural(word.lower()):
        return False
    before = tokens.raw(i - 1)
    is_land = unit.dimension in ("length", "area") and before.istitle()  # "Three Mile Island"
    return unit.currency is not None or is_land or (len(before) == 4 and before.isdecimal())


def _is_symbol(tokens: Tokens, i: int, word: str) -> bool:
    """Return whether one or two letters are a unit's symbol, by their position relative to the number."""
    if tokens.word(i - 1)[:1].isdecimal():
        if word == "s":
            return tokens.glued(i) and _is_seconds(tokens, i)
        if word in ("m", "g", "l"):
            return tokens.glued(i) or _closes_symbol(tokens, i + 1)
        if word in ("C", "F", "W", "V", "A"):
            return _is_capital_symbol(tokens, i, word)
    return tokens.glued(i) or (len(word) > 1 and word.lower() not in WORDS_TOO)


def _closes_symbol(tokens: Tokens, k: int) -> bool:
    """Return whether no word continues a symbol at token ``k``: "1 m long", "2 g."; not "24 L-202"."""
    after = tokens.word(k)
    return after in EXTENTS or not (after.isalnum() or after in HYPHENS)


def _is_capital_symbol(tokens: Tokens, i: int, word: str) -> bool:
    k = i + 1 + (tokens.word(i + 1) == "." and i + 2 < len(tokens))  # "3170 W. County Road"
    if word == "A" and not tokens.glued(i):
        return tokens.word(i + 1) == "/" or _closes_symbol(tokens, i + 1)
    if not tokens.raw(k)[:1].isupper() or (word in ("W", "V", "A") and tokens.glued(i)):
        return tokens.word(k + 1) != "th"  # "15 W. 26th Street"
    return word in ("W", "V") and "-" in tokens.words[k : k + 3] and tokens.raw(k).isupper()  # "a 5 W USB-C charger"


def _is_seconds(tokens: Tokens, i: int) -> bool:
    """Return whether "s" means seconds ("in 10s", "4.3s"), not a plural ("the 1120s", "Gate 4s", "a pair of 8s")."""
    number = tokens.raw(i - 1)
    if "." in number or tokens.word(i + 1) in (".", ",", ")", "", "to", "and", "of", "for", "per"):
        return len(number) < LONGEST_SECONDS and not tokens.raw(i - 2)[:1].isupper()
    return tokens.word(i - 2) in ("in", "for", "by", "under", "over", "than", "of", "after", "about", "to")


@cache
def read_name(name: str) -> Unit:
    """Return the unit of this name; raise ValueError where there is none."""
    found = read_unit(Tokens(name, 0, len(name)), 0)
    if found is None:
        raise ValueError(f"units.tsv has no unit {name!r}")
    return found[0]


def read_currency_before(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Return the currency of a sign or code before token ``i`` ("$", "US$", "EUR") and its first token, or None."""
    if i <= 0:
        return None
    sign = tokens.texts[i - 1]
    if sign == "=" and tokens.raw(i - 2) == "Y" and tokens.glued(i - 1) and tokens.glued(i):
        return money_forms()[("¥",)], i - 2  # the yen sign of wire copy in ASCII
    if sign.isalpha():
        return _code_before(tokens, i, sign)
    found = _sign_with_letters(tokens, i, sign)
    if found is not None:
        return found
    unit = money_forms().get((sign,))
    return (unit, i - 1) if unit is not None and len(sign) <= MONEY_PREFIX_LETTERS else None


def _code_before(tokens: Tokens, i: int, sign: str) -> tuple[Unit, int] | None:
    """Parse the code of "EUR 40", "Rs 500", "rmb 10" or "$US40"; return the currency and its first token, or None."""
    forms = money_forms()
    if tokens.glued(i - 1) and tokens.raw(i - 2) == "$" and sign.isupper() and (sign, "$") in forms:
        return forms[(sign, "$")], i - 2
    unit = forms.get((sign,)) if _is_code(sign) else None
    return (unit, i - 1) if unit is not None else None


def _is_code(sign: str) -> bool:
    """Return whether a token is a currency code, not a word in capitals."""
    if sign in WORDS_AS_CODES or len(sign) > MONEY_PREFIX_LETTERS:
        return False
    return sign.isupper() or sign in MIXED_CODES or sign in LOWER_CODES


def _sign_with_letters(tokens: Tokens, i: int, sign: str) -> tuple[Unit, int] | None:
    """Parse the letters and sign of "US$40", "NT $40" or "C$5"; return the currency and its first token, or None."""
    letters = tokens.raw(i - 2)
    if sign not in ("$", "£", "€", "¥", "¢", "₵") or i < 2:
        return None
    if not tokens.glued(i - 1) and not _may_stand_apart(tokens, i, letters):
        return None
    forms = money_forms()
    unit = forms.get((letters, sign)) or forms.get((letters.upper(), sign))
    if unit is None and len(letters) == MONEY_PREFIX_LETTERS:  # "USD$ 15"
        unit = forms.get((letters.upper(),))
    return (unit, i - 2) if unit is not None else None


def _may_stand_apart(tokens: Tokens, i: int, letters: str) -> bool:
    """Return whether letters belong to a spaced sign ("NT $40"), unlike an article ("A $500 grant")."""
    is_article = letters == "A" and (i == 2 or tokens.raw(i - 3) in (".", "“", '"'))
    return (letters.isupper() or letters == "c") and not is_article
