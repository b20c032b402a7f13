"""The unit of a number: its position, its disambiguation, and a remainder in a smaller unit."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.read.english.quantities.ages import refine_age, years_abbreviated
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.money import add_cents, currency_before_scale, millions_of_currency, multiply
from extract.read.english.quantities.number_words import HYPHENS, MONEY_SCALES, POINTS, Numeral
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import AGES, AMBIGUOUS_MONEY, RATIO, Unit, currencies, read_name, read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.words import DETERMINERS, PREPOSITIONS, is_plural, is_stop

UNIT_ADJECTIVES = frozenset({
    "more", "full", "consecutive", "straight", "additional", "long", "extra", "whole", "previous",
    "further", "other", "working"
})  # fmt: skip
SYSTEMS = frozenset({"us", "u.s.", "uk", "imperial", "metric"})  # "a quarter of a US pint"
ARTICLES = frozenset({"a", "an"})
WEIGHTS = frozenset({"weigh", "weighs", "weighed", "weighing", "weight"})
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
SMALLER_UNITS = {"foot": ("inch", 12), "stone": ("pound", 14), "pound": ("ounce", 16)}
IN_COUNTS = frozenset({"and", "more", "fewer", "other", "combined", "extra", "new", "home"})  # "3.4m fewer tickets"
MONEY_CONTEXT = word_list("money_context")
SIGNS = frozenset("$€£¥₹")
NEAR = 12  # tokens on either side that disambiguate a unit
LONGEST_COUNT = 6  # most tokens of the noun phrase after "5m"


def read_measure(tokens: Tokens, draft: Draft) -> bool:
    """Parse the unit of a number into the draft; return whether there is one."""
    j, hyphenated = _unit_position(tokens, draft)
    if _is_million(tokens, draft, j):
        j = draft.last  # "2.3m hectares"
    if tokens.word(j) in UNIT_ADJECTIVES and read_unit(tokens, j + 1) is not None:
        j += 1  # "two full days"
    found = _unit_at(tokens, draft, j)
    if found is None:
        return years_abbreviated(tokens, draft, j)
    if draft.kind == "ratio":
        if _is_part_of_percent(tokens, draft, found[0], j, hyphenated=hyphenated):
            return False
        draft.kind = "cardinal"
    draft.unit, draft.unit_first, draft.unit_last = _plausible(tokens, draft, found[0]), j, found[1]
    draft.last, draft.unit_hyphenated = found[1], hyphenated
    _to_share(draft)
    refine_age(tokens, draft)
    _add_smaller_part(tokens, draft)
    add_cents(tokens, draft)
    _add_part_after_unit(tokens, draft)
    return True


def _is_part_of_percent(tokens: Tokens, draft: Draft, unit: Unit, j: int, *, hyphenated: bool) -> bool:
    """Return whether a fraction's unit is percent, as in "a third of percent", which is not a measure."""
    return unit is RATIO and not hyphenated and j == draft.last + 1 and tokens.word(draft.last) == "of"


def _to_share(draft: Draft) -> None:
    """Convert percent to a ratio, and a fraction of a point to percentage points ("a quarter-point cut")."""
    assert draft.unit is not None
    if draft.unit is RATIO:
        draft.low, draft.high = draft.low / 100, draft.low / 100 if draft.high is None else draft.high / 100
    elif draft.unit.name == "point" and 0 < draft.low < 1 and not draft.digits:  # "a quarter-point cut"
        draft.unit = read_name("percentage point")


def _unit_at(tokens: Tokens, draft: Draft, j: int) -> tuple[Unit, int] | None:
    if tokens.raw(j) in SIGNS and tokens.glued(j + 1) and tokens.word(j + 1)[:1].isdecimal():
        return None  # "two $500 cheques"
    return (
        currency_before_scale(tokens, draft, j)
        or read_unit(tokens, j)
        or millions_of_currency(tokens, draft, j)
        or _bracketed_unit(tokens, j)
    )


def _bracketed_unit(tokens: Tokens, j: int) -> tuple[Unit, int] | None:
    """Parse a unit in brackets, "20 (kg)"; return it and the index after the bracket."""
    found = read_unit(tokens, j + 1) if tokens.word(j) in ("(", "[") else None
    if found is None or found[0].dimension == "money" or tokens.word(found[1]) not in (")", "]"):
        return None
    return found[0], found[1] + 1


def _unit_position(tokens: Tokens, draft: Draft) -> tuple[int, bool]:
    """Return the index where a unit would begin and whether a hyphen joins it to the number.

    The unit of a fraction or of an open scale comes after "of a".
    """
    j = draft.last
    if tokens.word(j) in HYPHENS and _joins_unit(tokens, j):
        return j + 1, True
    if draft.kind == "scale" and tokens.word(j) == "of":
        return j + 1, False
    is_part = draft.kind == "ratio" or (0 < draft.low < 1 and tokens.word(j) == "of")
    return (_unit_of_part(tokens, j), False) if is_part and not draft.multiple else (j, False)


def _joins_unit(tokens: Tokens, j: int) -> bool:
    return tokens.glued(j) or tokens.word(j + 1) in AGES or _is_spaced(tokens, j)


def _is_spaced(tokens: Tokens, j: int) -> bool:
    """Return whether a spaced hyphen joins a singular unit to a noun ("two - hour talks"), unlike a dash."""
    found = read_unit(tokens, j + 1)
    is_whole = found is not None and found[1] == j + 2 and len(tokens.word(j + 1)) > 3
    after = tokens.word(j + 2)
    return is_whole and not is_plural(tokens.word(j + 1)) and after.isalpha() and not is_stop(after)


def _unit_of_part(tokens: Tokens, j: int) -> int:
    """Return the index of a fraction's unit: "half a mile", "a quarter of a US pint", "half of 1 percent"."""
    k = j + (tokens.word(j) == "of")
    if tokens.word(k) in ARTICLES or (k > j and tokens.word(k) in ("1", "one")):
        return k + 1 + (tokens.word(k + 1) in SYSTEMS)
    return j if k == j or tokens.word(j) in POINTS else len(tokens)


def _is_million(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Parse "5m people" as millions, not metres; return whether the draft was scaled."""
    is_maker = (tokens.raw(draft.number_first), tokens.raw(j)) == ("3", "M")
    if is_maker or tokens.raw(j) not in ("m", "M", "B") or not tokens.glued(j) or draft.scale != 1:
        return False
    is_counted = _counts_after(tokens, j + 1) or _is_more_of_counted(tokens, draft, j)
    if not (is_counted or _is_end_of_thousands(tokens, draft, j)):
        return False
    multiply(draft, MONEY_SCALES[tokens.word(j)])
    draft.last = draft.number_last = j + 1
    return True


def _counts_after(tokens: Tokens, j: int) -> bool:
    """Return whether a plural noun that a number may count follows: "5m new users", "12m of their users"."""
    k = j + (tokens.word(j) == "+")
    if _is_unit_behind(tokens, k):
        return True
    if tokens.word(k) == "of" and tokens.word(k + 1) in DETERMINERS:
        k += 2
    end = k + LONGEST_COUNT
    while k < end and tokens.word(k).isalpha() and (tokens.word(k) in IN_COUNTS or not is_stop(tokens.word(k))):
        if is_plural(tokens.word(k)):
            return True
        k += 1
    return False


def _is_unit_behind(tokens: Tokens, k: int) -> bool:
    """Return whether a unit that excludes metres follows: "1.2m b/d", "3m sq ft"."""
    if tokens.raw(k) in SIGNS:  # "2.1m $600 cheques"
        return not tokens.glued(k)
    found = read_unit(tokens, k) if not tokens.glued(k) and tokens.word(k) not in PREPOSITIONS else None
    return found is not None and found[0].dimension not in (None, "time", "age", "ratio")


def _is_more_of_counted(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Return whether "m" means millions by comparison: "81m passengers, 6m more than in 2019"."""
    if tokens.word(j + 1) not in ("more", "fewer"):
        return False
    first = max(0, draft.first - NEAR)
    return any(
        tokens.texts[k] == "m" and tokens.glued(k) and _counts_after(tokens, k + 1) for k in range(first, draft.first)
    )


def _is_end_of_thousands(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Return whether "m" means millions beside grouped digits: "by 12,000 to 1.2m", "to 1.2m from 900,000"."""
    k = draft.number_first
    is_after = tokens.word(k - 1) == "to" and GROUPED.fullmatch(tokens.word(k - 2)) is not None
    return is_after or (tokens.word(j + 1) == "from" and GROUPED.fullmatch(tokens.word(j + 2)) is not None)


def _plausible(tokens: Tokens, draft: Draft, unit: Unit) -> Unit:
    """Return the currency for pounds in a context of money; any other unit unchanged."""
    if unit.name != "pound":
        return unit
    if draft.kind == "scale" and draft.low >= 10**6:  # "billions of pounds of debt"
        return currencies()["GBP"]
    if tokens.word(draft.last) not in AMBIGUOUS_MONEY or tokens.word(draft.last + 1) == "of":
        return unit
    near = frozenset(tokens.words[max(0, draft.first - NEAR) : draft.last + NEAR])
    if not WEIGHTS.isdisjoint(near):
        return unit
    is_rich = draft.scale >= 10**6 or not MONEY_CONTEXT.isdisjoint(near - AMBIGUOUS_MONEY)
    return currencies()["GBP"] if is_rich else unit


def _add_smaller_part(tokens: Tokens, draft: Draft) -> None:
    """Add a remainder in a smaller unit: "6ft 2in" is 74 inches."""
    assert draft.unit is not None
    smaller, times = SMALLER_UNITS.get(draft.unit.name, ("", 0))
    j = draft.last + (tokens.word(draft.last) in ("and", ",", *HYPHENS))
    if not times or j >= len(tokens):
        return
    numeral = read_numeral(tokens, j)
    if numeral is None or numeral.kind != "cardinal" or not 0 <= numeral.value < times:
        return
    end = _end_of_smaller(tokens, draft, numeral, smaller)
    if end is None:
        return
    draft.low = draft.low * times + numeral.value
    draft.high, draft.unit, draft.last = draft.low, read_name(smaller), end
    draft.unit_last = end if end > numeral.last else draft.unit_last


def _end_of_smaller(tokens: Tokens, draft: Draft, numeral: Numeral, smaller: str) -> int | None:
    """Return the index after the smaller unit, or after the number where "5-foot-11" omits it; None if none fits."""
    k = numeral.last + (tokens.word(numeral.last) in HYPHENS)
    found = read_unit(tokens, k)
    is_foot = smaller == "inch"
    if is_foot and tokens.word(k) in ("in", "″", '"', "”") and tokens.glued(k):
        return k + 1
    if found is not None:
        return found[1] if found[0].name == smaller else None
    return numeral.last if is_foot and _is_bare_inch(tokens, draft, numeral) else None


def _is_bare_inch(tokens: Tokens, draft: Draft, numeral: Numeral) -> bool:
    """Return whether a number is inches without a unit: "5-foot-11", "5ft 11"."""
    if numeral.scale != 1 or numeral.last != numeral.first + 1:
        return False
    is_joined = tokens.word(numeral.first - 1) in HYPHENS
    if is_joined:
        return draft.unit_hyphenated and draft.digits == numeral.digits
    if not numeral.digits:  # "six foot two", not "a ten-foot one"
        is_said = tokens.word(draft.last - 1) == "foot" and tokens.word(numeral.first) != "one"
        return not draft.digits and is_said and _is_ended(tokens, numeral.last)
    return numeral.first == draft.last and _is_ended(tokens, numeral.last)


def _is_ended(tokens: Tokens, k: int) -> bool:
    """Return whether no noun that a bare inch could count follows: "5ft 11 and", not "5ft 11 in"."""
    after = tokens.word(k)
    return not after.isalnum() or (is_stop(after) and after != "in")


def _add_part_after_unit(tokens: Tokens, draft: Draft) -> None:
    """Add the half of "a year and a half" or "a cup and a half"; make "a year or two" a range."""
    after = tokens.words[draft.last : draft.last + 2]
    part = PARTS.get(tokens.word(draft.last + 2)) if after == ["and", "a"] else None
    part = Decimal("0.75") if tokens.words[draft.last : draft.last + 3] == ["and", "three", "quarters"] else part
    if part is not None:
        draft.low += part
        draft.high, draft.last = draft.low, draft.last + 3
    elif after == ["or", "two"] and tokens.word(draft.number_first) in (*ARTICLES, "one"):
        draft.high, draft.bound = Decimal(2), "between"
        draft.last, draft.range_last_number = draft.last + 2, draft.last + 2
