"""Amounts of money: a currency sign, code or letter before a number, and scales that only money takes."""

from __future__ import annotations

from decimal import Decimal

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS, MONEY_SCALES, SCALES
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import Unit, currencies, money_forms, read_currency_before, read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.words import AUXILIARIES, PREPOSITIONS, is_stop

LABELS_TOO = frozenset({"cop", "sdg", "ron"})  # currency codes that are also labels of numbers
# "PS" stands for the pound sign in ASCII copy: "PS2.7m".
CURRENCY_LETTERS = {"N": "NGN", "R": "ZAR", "P": "PHP", "PS": "GBP"}
MINUS = frozenset("-−–")
PRICED = word_list("money_context") | word_list("prices")
BEFORE_PRICE = PREPOSITIONS | AUXILIARIES | word_list("money_context") | {"a", "than", "about", "around"}
NEAR_PRICE = 9  # tokens on either side in which a word of price is looked for
LEAST_RAND = 10
PARTS_OF_WHOLE = 100
CENTS_CLOSERS = frozenset({"", ".", ",", ";", "!", "?"})


def read_money(tokens: Tokens, draft: Draft) -> bool:
    """Parse "$40", "US$3 million", "€-12m" or "Rs 3.5 lakh crore" into the draft; return whether it is money."""
    if draft.kind not in ("cardinal", "scale"):
        return False
    found = read_currency_before(tokens, draft.first) or _currency_letter(tokens, draft)
    if found is None and _is_minus_after_sign(tokens, draft.first):
        found = read_currency_before(tokens, draft.first - 1)
        draft.low = draft.high = -draft.low
    if found is None:
        return False
    if tokens.word(found[1]) in LABELS_TOO and draft.scale == 1 and draft.low < 1000:
        return False  # "COP30", "SDG 6"
    draft.unit, draft.first = found
    draft.unit_first, draft.unit_last = draft.first, draft.number_first
    draft.money_before = True
    _take_scale(tokens, draft)
    _take_currency_after(tokens, draft)
    return True


def _is_minus_after_sign(tokens: Tokens, i: int) -> bool:
    """Return whether a minus stands between a currency sign and the number at token ``i``: "€-12m"."""
    is_minus = tokens.word(i - 1) in MINUS and tokens.glued(i) and tokens.glued(i - 1)
    return is_minus and tokens.raw(i - 2) in ("€", "$", "£", "¥")


def _take_currency_after(tokens: Tokens, draft: Draft) -> None:
    """Take a currency name after the amount: "$3 million US", "$40 Australian", "$40 Australian dollars"."""
    assert draft.unit is not None
    after = read_unit(tokens, draft.last)
    if tokens.raw(draft.last) in ("US", "U.S."):
        draft.last += 1
    named = money_forms().get((tokens.raw(draft.last).title(), "dollars"))
    if named is not None and draft.unit.currency == "USD" and _closes(tokens, draft.last + 1):
        draft.unit, draft.last = named, draft.last + 1
    if after is not None and after[0].dimension == "money" and tokens.word(draft.last) != "sterling":
        draft.unit = after[0] if after[0].currency != "USD" else draft.unit
        draft.last = after[1]


def _closes(tokens: Tokens, k: int) -> bool:
    """Return whether no noun begins at token ``k``: "$40 Australian,", not "a $40 Australian wine"."""
    return not tokens.word(k).isalpha() or is_stop(tokens.word(k))


def _currency_letter(tokens: Tokens, draft: Draft) -> tuple[Unit, int] | None:
    """Parse "N500m" or "R1.2 billion", where only the size of the amount excludes a model ("N95")."""
    letter = tokens.raw(draft.first - 1)
    glued = tokens.glued(draft.first) and not tokens.glued(draft.first - 1)
    if letter not in CURRENCY_LETTERS or not glued or not draft.digits:
        return None
    is_sum = draft.scale >= 1000 or "," in tokens.raw(draft.first) or tokens.word(draft.last) in MONEY_SCALES
    is_sum = is_sum or (letter in ("R", "N") and _is_priced(tokens, draft))
    return (currencies()[CURRENCY_LETTERS[letter]], draft.first - 1) if is_sum else None


def _is_priced(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a price context makes "R" the rand ("tickets are R120"), not part of a road or model name."""
    if tokens.word(draft.first - 2) not in BEFORE_PRICE | {"and", "or"} or draft.low < LEAST_RAND:
        return False
    return not PRICED.isdisjoint(tokens.words[max(0, draft.first - NEAR_PRICE) : draft.last + NEAR_PRICE])


def _take_scale(tokens: Tokens, draft: Draft) -> None:
    j = draft.last
    j += tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)
    word = tokens.word(j)
    if word in MONEY_SCALES and (tokens.glued(j) or word in ("m", "cr")) and draft.scale == 1:
        multiply(draft, MONEY_SCALES[word])
        draft.last = draft.number_last = j + 1


def multiply(draft: Draft, scale: Decimal) -> None:
    """Multiply a draft's value by a scale and store the scale."""
    draft.low *= scale
    draft.high = draft.low
    draft.scale = scale


def millions_of_currency(tokens: Tokens, draft: Draft, j: int) -> tuple[Unit, int] | None:
    """Parse the notation of company reports, "120 MEUR" (120 million euros), and scale the draft.

    Return the unit and the index after it; None where token ``j`` is none.
    """
    word = tokens.raw(j)
    unit = money_forms().get((word[1:],)) if len(word) == 4 and word[0] == "M" and word.isupper() else None
    if unit is None or draft.scale != 1:
        return None
    multiply(draft, MONEY_SCALES["m"])
    return unit, j + 1


def currency_before_scale(tokens: Tokens, draft: Draft, j: int) -> tuple[Unit, int] | None:
    """Parse the unit and scale of "75 USD million" and scale the draft; return the unit and the index after."""
    unit = money_forms().get((tokens.raw(j),)) if tokens.raw(j).isupper() and len(tokens.raw(j)) == 3 else None
    word = tokens.word(j + 1)
    if unit is None or draft.scale != 1 or word not in ("million", "billion", "trillion"):
        return None
    multiply(draft, SCALES[word])
    return unit, j + 2


def _is_small_unit(tokens: Tokens, k: int, whole: Unit) -> bool:
    """Return whether token ``k`` is a hundredth of the same currency: the satang of "45 baht and 50 satang"."""
    found = read_unit(tokens, k)
    if found is None or found[1] != k + 1:
        return False
    is_same = found[0].currency == whole.currency or tokens.word(k) in ("cents", "cent")
    return is_same and found[0].parts == PARTS_OF_WHOLE


def add_cents(tokens: Tokens, draft: Draft) -> None:
    """Add the minor unit: "15 dollars 50", "two pounds and thirty pence"."""
    if draft.unit is None or draft.dimension != "money" or draft.unit.parts != 1 or draft.scale != 1:
        return
    j = draft.last + (tokens.word(draft.last) == "and")
    numeral = read_numeral(tokens, j) if j < len(tokens) else None
    if numeral is None or numeral.kind != "cardinal" or numeral.value >= 100:
        return
    is_said = _is_small_unit(tokens, numeral.last, draft.unit)
    if is_said or tokens.word(numeral.last) in CENTS_CLOSERS:
        draft.last = numeral.last + is_said
        draft.low += numeral.value / 100
        draft.high = draft.low
