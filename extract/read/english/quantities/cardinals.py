"""Cardinals in digits, in words, and in mixtures: "1.2 million", "2½", "three thousand, four hundred"."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.read.english.quantities.number_words import (
    ARTICLES,
    DENOMINATORS,
    HYPHENS,
    PLURAL_DENOMINATORS,
    RESOLUTIONS,
    SCALES,
    SHORT_SCALES,
    SLASHES,
    SMALL,
    TENS,
    Numeral,
    is_numeric,
    parse_digits,
    vulgar,
)  # fmt: skip
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.words import is_plural, is_stop

CURRENCY_SIGNS = frozenset("$€£¥₹")
GROUPED_BY_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{2}0")
POINT_GROUPING = frozenset({"EUR", "DKK", "NOK", "SEK", "TRY", "BRL", "ARS", "CLP", "COP", "IDR", "VND"})
GLUED_SCALES = frozenset({"k", "mil", "mill"})
LARGEST_DENOMINATOR = 16  # largest denominator of an added fraction in digits: "5-1/16"


def cardinal(tokens: Tokens, i: int) -> Numeral | None:
    """Parse the cardinal that begins at token ``i``; None without one."""
    word = tokens.words[i]
    if is_numeric(word) or vulgar(word) is not None:
        return _decimal_comma(tokens, i) or _digit_cardinal(tokens, i)
    return _word_cardinal(tokens, i)


def _digit_cardinal(tokens: Tokens, i: int) -> Numeral:
    part = vulgar(tokens.words[i])
    value = part if part is not None else parse_digits(tokens.words[i])
    j = i + 1
    if part is None:
        value, j = _added_fraction(tokens, j, value)
        value, j = _power_of_ten(tokens, j, value)
    scale, j = _scales(tokens, j)
    if scale == 1 and _is_grouped_by_point(tokens, i, j):
        value *= 1000
    return Numeral(i, j, value * scale, "cardinal", scale, digits=True)


def _is_grouped_by_point(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a point groups thousands, as a final zero shows ("1.100 euros"; not "€1.459 a litre")."""
    if GROUPED_BY_POINT.fullmatch(tokens.words[i]) is None:
        return False
    unit = read_unit(tokens, j)
    return unit is not None and unit[0].currency in POINT_GROUPING and tokens.word(j).isalpha()


def _scales(tokens: Tokens, j: int) -> tuple[Decimal, int]:
    """Return the product of the scale words at token ``j`` (1 without any) and the index after them."""
    scale = Decimal(1)
    while (found := scale_at(tokens, j)) is not None:
        scale *= found[0]
        j = found[1]
    return scale, j


def _decimal_comma(tokens: Tokens, i: int) -> Numeral | None:
    """Parse a decimal comma ("2,5 million euros", "€4,90"), where a unit or scale excludes a list; else None."""
    if not _is_decimal_pair(tokens, i) or _is_in_list(tokens, i):
        return None
    scale, j = _scales(tokens, i + 3)
    has_sign = i > 0 and tokens.raw(i - 1) in CURRENCY_SIGNS
    if scale == 1 and not has_sign and read_unit(tokens, j) is None:
        return None
    value = Decimal(f"{tokens.words[i]}.{tokens.word(i + 2)}")
    return Numeral(i, j, value * scale, "cardinal", scale, digits=True)


def _is_decimal_pair(tokens: Tokens, i: int) -> bool:
    whole, part = tokens.words[i], tokens.word(i + 2)
    is_joined = tokens.word(i + 1) == "," and tokens.glued(i + 1) and tokens.glued(i + 2)
    return is_joined and whole.isdecimal() and len(whole) <= 3 and part.isdecimal() and len(part) in (1, 2)


def _is_in_list(tokens: Tokens, i: int) -> bool:
    return tokens.word(i - 1) in (",", "and") or (tokens.word(i + 3) == "," and tokens.glued(i + 4))


def _added_fraction(tokens: Tokens, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Add "½", " 1/2" or " and a half" to a value, or divide it by "/3"; return the value and the index after."""
    part = vulgar(tokens.word(j))
    if part is not None:
        return value + part, j + 1
    if _is_divided(tokens, j, value):
        return value / int(tokens.word(j + 1)), j + 2
    if not tokens.glued(j) or tokens.word(j) in HYPHENS:
        k = j + (tokens.word(j) in HYPHENS)
        top, down = tokens.word(k), tokens.word(k + 2)
        is_fraction = tokens.word(k + 1) == "/" and tokens.glued(k + 1) and top.isdecimal() and down.isdecimal()
        if is_fraction and 0 < int(top) < int(down) <= LARGEST_DENOMINATOR:
            return value + Decimal(top) / int(down), k + 3
    return _and_a_half(tokens, j, value)


def _is_divided(tokens: Tokens, j: int, value: Decimal) -> bool:
    """Return whether a slash divides ("2/3"), unlike "5/2", "1.5/2" and the date "3/4/2019"."""
    down = tokens.word(j + 1)
    if tokens.word(j) not in SLASHES or not tokens.glued(j) or not tokens.glued(j + 1) or not down.isdecimal():
        return False
    is_whole = "." not in tokens.word(j - 1) and tokens.word(j + 2) not in SLASHES
    return is_whole and 1 < int(down) <= 1000 and value < int(down)


def _power_of_ten(tokens: Tokens, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Multiply a value by a power of ten ("1.5×10^6", "2 x 10−3"); return the value and the index after."""
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
    """Add "and a half" or "-and-a-half" to a whole value; return the value and the index after."""
    words = [tokens.word(k) for k in range(j, j + 6) if tokens.word(k) not in HYPHENS]
    part = _part_in_words(words)
    if part is None or value != value.to_integral_value():  # "her rival 41.2 and a third candidate 9"
        return value, j
    for _ in range(3):
        while tokens.word(j) in HYPHENS:
            j += 1
        j += 1
    return value + part, j


def _part_in_words(words: list[str]) -> Decimal | None:
    """Return the value of "and a half" or "and three quarters"; None for any other words."""
    if len(words) < 3 or words[0] != "and" or not (words[1] in ARTICLES or words[1] in ("one", "three", "two")):
        return None
    top = SMALL.get(words[1], Decimal(1))
    bottom = DENOMINATORS.get(words[2]) if top == 1 else PLURAL_DENOMINATORS.get(words[2].removesuffix("s") + "s")
    return top / bottom if bottom is not None else None


def scale_at(tokens: Tokens, j: int) -> tuple[Decimal, int] | None:
    """Return the scale ("million", "-million", "bn") at token ``j`` and the index after it; None without one."""
    is_joined = tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)
    k = j + 1 if is_joined else j
    value = _value_of_scale(tokens, k)
    return (value, k + 1) if value is not None else None


def _value_of_scale(tokens: Tokens, k: int) -> Decimal | None:
    word, after = tokens.word(k), tokens.word(k + 1)
    if word in SCALES:
        return SCALES[word] if word != "score" else None
    if word == "grand":  # "100 grand", not "100 grand pianos"
        return Decimal(1000) if not after.isalpha() or is_stop(after) else None
    if word not in SHORT_SCALES or _is_resolution(tokens, k):
        return None
    return SHORT_SCALES[word] if word not in GLUED_SCALES or tokens.glued(k) else None


def _is_resolution(tokens: Tokens, k: int) -> bool:
    """Return whether "K" marks a screen resolution ("a 4K screen"), not thousands ("4K homes")."""
    return tokens.raw(k) == "K" and tokens.word(k - 1) in RESOLUTIONS and not is_plural(tokens.word(k + 1))


def _word_cardinal(tokens: Tokens, i: int) -> Numeral | None:
    """Parse a number in words: a sum of groups, each closed by a smaller scale than the last. None without one."""
    value, j, scale = _first_group(tokens, i)
    if value is None:
        return None
    j_before = -1
    while j != j_before:
        j_before = j
        value, j, scale = _next_group(tokens, j, value, scale)
    if scale == 1 or tokens.words[i] in ARTICLES:
        value, j = _half_more(tokens, j, value, scale)
        while (found := scale_at(tokens, j)) is not None and scale == 1:
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
    """Multiply a group by the scales after it ("two hundred thousand"); return value, next index and scale."""
    scale = Decimal(1)
    while (found := scale_at(tokens, j)) is not None:
        if found[0] == 100 and scale == 1:  # "two hundred and fifty thousand": the hundred belongs to the group
            group, j, scale = group * 100, found[1], Decimal(100)
            rest, k = _below_hundred(tokens, j + (tokens.word(j) == "and"))
            if rest is not None and rest > 0:
                group, j, scale = group + rest, k, Decimal(1)
            continue
        if found[0] == 100:
            break
        group, scale, j = group * found[0], found[0] * (scale if scale != 100 else 1), found[1]
    return group, j, scale


def _next_group(tokens: Tokens, j: int, value: Decimal, scale: Decimal) -> tuple[Decimal, int, Decimal]:
    """Add a group of a smaller scale ("three thousand, four hundred"); return value, next index and scale."""
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
