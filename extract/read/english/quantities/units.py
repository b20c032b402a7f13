"""Units and currencies: how they are written, called, and counted in SI; ``build_tables.py`` makes the tables."""

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
LONGEST = 5  # tokens that a unit's name can have
MONEY_PREFIX_LETTERS = 3
# Codes that are English words, so that "ALL 5 of them" is no money.
WORDS_AS_CODES = frozenset({
    "ALL", "TOP", "TRY", "CUP", "MOP", "MAD", "PEN", "BOB", "GEL", "SOS", "DOGE", "BAM", "KD", "LTC",
    "XRP", "SCR", "SLE", "SHP", "STN", "TL", "BIF", "ERN", "AMD"
})  # fmt: skip
MIXED_CODES = frozenset({"Rs", "KSh", "Rp", "TSh", "USh", "Bs", "Dh", "Dhs", "Tk", "SFr", "Sfr", "SKr", "NKr", "DKr"})
LOWER_CODES = frozenset(
    {"rmb", "usd", "eur", "gbp", "inr", "cad", "aud", "jpy", "cny", "hkd", "sgd", "chf", "nzd", "myr"}
)
SCALE_WORDS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
WORDS_TOO = frozenset({"au", "gs", "ins", "st", "mi", "mo"})
NEAR = 12  # tokens on either side that may say which of several units is meant
LONGEST_SECONDS = 4  # characters of a number whose "s" may be seconds
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
INCH_SIGNS = frozenset({'"', "”"})
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
    ("m g s t l h c f k n v w j a st mi ha ms ns nm mt cal bar mo au gs kn mp mb p pa tb gb kt ins pp deg mw ").split()
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
        unit = Unit(name or listed[-1], "money", currency=currency if currency != "-" else None, parts=int(parts or 1))
        for form in listed:
            forms.setdefault(_key(form), unit)
            forms.setdefault(_key(form.lower()), unit) if len(form) > MONEY_PREFIX_LETTERS else None
    return forms


@cache
def currencies() -> dict[str, Unit]:
    """Map each ISO 4217 code to its currency."""
    whole = (unit for unit in money_forms().values() if unit.currency is not None and unit.parts == 1)
    return {str(unit.currency): unit for unit in whole}


@cache
def first_tokens() -> frozenset[str]:
    """List the first tokens of all forms, to refuse most words at once."""
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
    """Find the longest unit that is written at token ``i``; gives it and the token after it."""
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
    """Read the sign of feet or inches, and a form that only the words around it tell."""
    if tokens.raw(i) in FOOT_SIGNS and _is_foot(tokens, i):
        return unit_forms()[("foot",)]
    if tokens.raw(i) in INCH_SIGNS and _is_inch(tokens, i):
        return unit_forms()[("inch",)]
    return _meant_by_context(tokens, i)


def _is_short_inch(tokens: Tokens, i: int) -> bool:
    """Tell "0.5in of rain", "4.5 cm (1.8 in)"."""
    return tokens.word(i - 1)[:1].isdigit() and (tokens.glued(i) or tokens.word(i + 1) == ")")


def _hyphenated_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Read the unit of "a 700-square-foot flat"."""
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
    """Tell "5G" from five grams, "40 MPs" from metres per second; "40 KMs" are kilometres."""
    if len(text) < 3:
        return not text.islower()
    one, several = unit_forms().get((text[:-1].lower(),)), unit_forms().get((text.lower(),))
    return text[:-1].isupper() and text[-1] == "s" and one is not several


def _unit_of(tokens: Tokens, i: int, written: tuple[str, ...]) -> Unit | None:
    """Give the unit that these tokens are, where it stands as a unit does; "U.S. cents" are US cents."""
    key = ("US", *written[1:]) if written[0] in ("U.S.", "u.s.") else written
    unit = unit_forms().get(key)
    if unit is None or _ends_sentence(tokens, i, key) or _is_of_name(tokens, i, unit):
        return None
    return unit if _is_written_as_unit(tokens, i, len(key), unit) else None


def _ends_sentence(tokens: Tokens, i: int, key: tuple[str, ...]) -> bool:
    """Tell the full stop of "It weighs 4oz.", which is the sentence's."""
    return i + len(key) == len(tokens) and key[-1] == "." and key[:-1] in unit_forms()


@cache
def _ambiguous() -> dict[str, list[tuple[Unit, frozenset[str]]]]:
    """Map forms that are several units to each of them and the words that tell which is meant."""
    found: dict[str, list[tuple[Unit, frozenset[str]]]] = {}
    for forms, name, words in _lines("ambiguous.tsv"):
        for form in forms.split():
            found.setdefault(form, []).append((unit_forms()[_key(name)], frozenset(words.split())))
    return found


def _meant_by_context(tokens: Tokens, i: int) -> Unit | None:
    """Find the unit of a form that the words around it tell: "2.5 F" of a capacitor, a lead of "9 points" in a poll."""
    choices = _ambiguous().get(tokens.texts[i])
    is_short = len(tokens.texts[i]) <= LONGEST_ABBREVIATION
    if choices is None or (is_short and not _stands_as_abbreviation(tokens, i)):
        return None
    near = {*tokens.words[max(0, i - NEAR) : i], *tokens.words[i + 1 : i + NEAR]}
    return next((unit for unit, words in choices if not words or not words.isdisjoint(near)), None)


def _stands_as_abbreviation(tokens: Tokens, i: int) -> bool:
    """Tell the F of "2.5 F" from those of "F. Scott" and "F-16"."""
    is_of_number = tokens.word(i - 1)[:1].isdigit() or tokens.word(i - 1) in SCALE_WORDS
    goes_on = tokens.raw(i + 1)[:1].isupper() or tokens.word(i + 1) in HYPHENS
    return is_of_number and not goes_on and (tokens.raw(i), "/", tokens.raw(i + 2)) not in unit_forms()  # "t/ha"


def _is_foot(tokens: Tokens, i: int) -> bool:
    """Tell the sign of "6'2" and "6' tall" from one that closes a quotation."""
    if not (tokens.glued(i) and tokens.word(i - 1).isdigit()):
        return False
    return (tokens.glued(i + 1) and tokens.word(i + 1).isdigit()) or tokens.word(i + 1) in ("tall", "wide", "deep")


def _is_inch(tokens: Tokens, i: int) -> bool:
    """Tell the sign of a 70" screen from one that closes a quotation."""
    if not tokens.word(i - 1)[-1:].isdigit():
        return False
    if tokens.word(i + 1) in ("tall", "wide", "deep", "long", "high", "thick", "x", "×"):
        return True
    marks = [k for k in range(i) if tokens.texts[k] in '“”"' and not tokens.word(k - 1)[-1:].isdigit()]
    return tokens.glued(i) and len(marks) % 2 == 0 and not tokens.glued(i + 1) and tokens.word(i + 1).isalpha()


def _is_written_as_unit(tokens: Tokens, i: int, size: int, unit: Unit) -> bool:
    if size > 1:  # "6ft 2in" holds no square feet
        return not tokens.texts[i + size - 1].isdigit() or tokens.glued(i + size - 1)
    word = tokens.texts[i]
    low = word.lower()
    if low == "degree" and tokens.word(i - 1).isalpha() and is_plural(tokens.word(i + 1)):
        return False  # "the two degree courses"
    if low in GLUED_ONLY and low != "bar":
        return _is_symbol(tokens, i, word)
    is_risky = unit.currency is not None and low in RISKY_MONEY and word != "RM"
    return not is_risky or tokens.glued(i)


def _is_of_name(tokens: Tokens, i: int, unit: Unit) -> bool:
    """Tell "12 TB patients", "3 Mark Twain novels", "the 1996 Pound Road fire", whose unit's word is a name's."""
    word, after = tokens.texts[i], tokens.raw(i + 1)
    if word.isupper() and len(word) > 1 and unit.currency is None and is_plural(after):  # "two SEC aides"
        return word == "HR" or tokens.word(i - 1).isalpha() or is_people(lemma(after))
    if len(word) < 3 or not (word.istitle() and after.istitle()) or is_plural(word.lower()):
        return False
    before = tokens.raw(i - 1)
    is_land = unit.dimension in ("length", "area") and before.istitle()  # "Three Mile Island"
    return unit.currency is not None or is_land or (len(before) == 4 and before.isdigit())


def _is_symbol(tokens: Tokens, i: int, word: str) -> bool:
    """Tell whether a letter or two are the symbol of a unit, by how they stand to the number."""
    if tokens.word(i - 1)[:1].isdigit():
        if word == "s":
            return tokens.glued(i) and _is_seconds(tokens, i)
        if word in ("m", "g", "l"):
            return tokens.glued(i) or _closes_symbol(tokens, i + 1)
        if word in ("C", "F", "W", "V", "A"):
            return _is_capital_symbol(tokens, i, word)
    return tokens.glued(i) or (len(word) > 1 and word.lower() not in WORDS_TOO)


def _closes_symbol(tokens: Tokens, k: int) -> bool:
    """Tell "1 m long", "2 g.", but not "24 L-202"."""
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
    """Tell "in 10s", "4.3s" from the plurals "the 1120s", "Gate 4s" and "a pair of 8s"."""
    number = tokens.raw(i - 1)
    if "." in number or tokens.word(i + 1) in (".", ",", ")", "", "to", "and", "of", "for", "per"):
        return len(number) < LONGEST_SECONDS and not tokens.raw(i - 2)[:1].isupper()
    return tokens.word(i - 2) in ("in", "for", "by", "under", "over", "than", "of", "after", "about", "to")


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
    sign = tokens.texts[i - 1]
    if sign == "=" and tokens.raw(i - 2) == "Y" and tokens.glued(i - 1) and tokens.glued(i):
        return money_forms()[("¥",)], i - 2  # how wire copy writes the yen sign in ASCII
    if sign.isalpha():
        return _code_before(tokens, i, sign)
    found = _sign_with_letters(tokens, i, sign)
    if found is not None:
        return found
    unit = money_forms().get((sign,))
    return (unit, i - 1) if unit is not None and len(sign) <= MONEY_PREFIX_LETTERS else None


def _code_before(tokens: Tokens, i: int, sign: str) -> tuple[Unit, int] | None:
    """Read "EUR 40", "Rs 500", "rmb 10", "$US40"."""
    forms = money_forms()
    if tokens.glued(i - 1) and tokens.raw(i - 2) == "$" and sign.isupper() and (sign, "$") in forms:
        return forms[(sign, "$")], i - 2
    unit = forms.get((sign,)) if _is_code(sign) else None
    return (unit, i - 1) if unit is not None else None


def _is_code(sign: str) -> bool:
    """Tell a code of money from a word in capitals."""
    if sign in WORDS_AS_CODES or len(sign) > MONEY_PREFIX_LETTERS:
        return False
    return sign.isupper() or sign in MIXED_CODES or sign in LOWER_CODES


def _sign_with_letters(tokens: Tokens, i: int, sign: str) -> tuple[Unit, int] | None:
    """Read the letters before a sign: "US$40", "NT $40", "C$5"."""
    letters = tokens.raw(i - 2)
    if sign not in ("$", "£", "€", "¥") or i < 2:
        return None
    if not tokens.glued(i - 1) and not _may_stand_apart(tokens, i, letters):
        return None
    forms = money_forms()
    unit = forms.get((letters, sign)) or forms.get((letters.upper(), sign))
    if unit is None and len(letters) == MONEY_PREFIX_LETTERS:  # "USD$ 15"
        unit = forms.get((letters.upper(),))
    return (unit, i - 2) if unit is not None else None


def _may_stand_apart(tokens: Tokens, i: int, letters: str) -> bool:
    """Tell the letters of "NT $40" from the article of "A $500 grant"."""
    is_article = letters == "A" and (i == 2 or tokens.raw(i - 3) in (".", "“", '"'))
    return (letters.isupper() or letters == "c") and not is_article
