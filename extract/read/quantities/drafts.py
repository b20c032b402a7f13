"""The first reading of a quantity: its number and its unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extract.read.quantities.draft import Draft
from extract.read.quantities.numerals import DECADES_OF_AGE, HYPHENS, MONEY_SCALES, SCALES, Numeral, read_numeral
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import (
    AGES,
    AMBIGUOUS_MONEY,
    RATIO,
    YEAR_OF_AGE,
    Unit,
    money_forms,
    read_currency_before,
    read_unit,
)
from extract.read.quantities.words import (
    DETERMINERS,
    MONTHS,
    WEEKDAYS,
    is_past,
    is_plural,
    is_stop,
    word_list,
)

AGE_WORDS = frozenset({"aged", "age", "ages"})
UNIT_ADJECTIVES = frozenset(
    {
        "more",
        "full",
        "consecutive",
        "straight",
        "additional",
        "long",
        "extra",
        "whole",
        "previous",
        "further",
        "other",
        "working",
    }
)
AGE_OPENERS = frozenset({"between", "from", "over", "under"})
AGE_GROUPS = frozenset({"group", "groups", "bracket", "brackets", "range", "ranges", "cohort"})
AGE_LIMITS = frozenset({"under", "over", "below", "above"})
ERAS = frozenset({"stone", "iron", "bronze", "ice", "space", "golden"})
SYSTEMS = frozenset({"us", "u.s.", "uk", "imperial", "metric"})  # "a quarter of a US pint"
SAME = frozenset({"of", "in", "amount", "number", "figure", "sum", "level", "rate", "size", "price", ".", ",", ""})
WEIGHING = frozenset(
    {"weigh", "weighs", "weighed", "weighing", "weight", "lost", "lose", "losing", "heavier", "gained"}
)
LABELS_TOO = frozenset({"cop", "sdg", "ron"})  # codes of currencies that also name what is numbered
CURRENCY_LETTERS = {"N": "NGN", "R": "ZAR", "P": "PHP"}
ARTICLES = frozenset({"a", "an"})
AGE_CLOSERS = frozenset({",", ".", "", ";", "”", '"', ")"})
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
CLOSERS = frozenset({"", ".", ",", ";", ")", "”", '"'})
PLACE_OPENERS = frozenset({"in", "at", "near", "on", "into"})
PEOPLE = word_list("people")
PERSONS = frozenset({"boy", "girl", "man", "woman", "child", "youth", "teenager", "lad"})  # "a girl of 13"
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
YOUNGEST = 14  # years of the youngest whose age stands between commas after a common noun
OLDEST = 120  # years of the oldest age that is read without the word "age"
COMPARATIVES = word_list("comparatives")
SMALLER_UNITS = {"foot": ("inch", 12), "stone": ("pound", 14), "pound": ("ounce", 16)}
IN_COUNTS = frozenset({"and", "more", "fewer", "other", "combined", "extra", "new", "home"})  # "3.4m fewer tickets"
MONEY_CONTEXT = word_list("money_context")


def read_draft(tokens: Tokens, i: int) -> Draft | None:
    """Read the number at token ``i`` with its unit."""
    numeral = read_numeral(tokens, i)
    if numeral is None:
        return None
    draft = Draft(
        numeral.first, numeral.last, numeral.first, numeral.last, numeral.value, numeral.value, numeral.kind,
        numeral.scale, numeral.digits, numeral.multiple,
    )  # fmt: skip
    if numeral.kind == "ordinal":
        return draft
    for reader in READERS:
        if reader(tokens, draft):
            break
    _take_sign(tokens, draft)
    return draft


def _odds(tokens: Tokens, draft: Draft) -> bool:
    """Read "one in five", "nine out of ten", "1 in every 100"."""
    sample = j = _after_sample(tokens, draft)
    out_of = tokens.word(j) == "out" and tokens.word(j + 1) == "of"
    if draft.kind != "cardinal" or draft.scale != 1 or not (out_of or tokens.word(j) == "in"):
        return False
    j += 2 if out_of else 1
    every = tokens.word(j) == "every"
    j += every
    below = read_numeral(tokens, j) if j < len(tokens) else None
    if below is None or below.kind != "cardinal" or below.value <= draft.low or not _is_round(below.value):
        return False
    is_bare = tokens.word(below.last) in CLOSERS  # "it was one in 40."
    if not (out_of or every) and (
        draft.low > 10 or read_unit(tokens, below.last) or not (is_bare or _is_said_alike(tokens, draft, below))
    ):
        return False
    if sample > draft.last:
        if out_of or not (is_bare or is_stop(tokens.word(below.last))):
            return False
        draft.thing = (draft.last, sample)
    if not (out_of or every or draft.low == 1) and below.value not in (3, 4, 5, 6, 7, 8, 9, 10, 100):
        return False
    draft.low = draft.high = draft.low / below.value
    draft.kind, draft.unit = "ratio", RATIO
    draft.last = draft.number_last = below.last
    return True


def _is_said_alike(tokens: Tokens, draft: Draft, below: Numeral) -> bool:
    """Tell "one in five", "1 in 10" and "one in 10" from "number one in 15 countries", "three in 10 weeks"."""
    if draft.digits == below.digits or below.value == 10:  # "nine in 10 agreed"
        return True
    return tokens.word(draft.first) == "one" and tokens.word(draft.first - 1) not in ("number", "no", "day", "phase")


def _after_sample(tokens: Tokens, draft: Draft) -> int:
    """Step over the noun of "one household in five"."""
    j = draft.last
    noun = tokens.word(j)
    is_one = tokens.word(draft.first) == "one" and tokens.word(j + 1) == "in"
    return j + 1 if is_one and noun.isalpha() and not is_stop(noun) and not is_plural(noun) else j


def _is_round(value: Decimal) -> bool:
    return value == value.to_integral_value() and not 1900 <= value <= 2099


def _money(tokens: Tokens, draft: Draft) -> bool:
    found = read_currency_before(tokens, draft.first) or _currency_letter(tokens, draft)
    if found is None or draft.kind not in ("cardinal", "scale"):
        return False
    if tokens.word(found[1]) in LABELS_TOO and draft.scale == 1 and draft.low < 1000:
        return False  # "COP30", "SDG 6"
    draft.unit, draft.first = found
    draft.unit_first, draft.unit_last = draft.first, draft.number_first
    draft.money_before = True
    _money_scale(tokens, draft)
    after = read_unit(tokens, draft.last)  # "$3 million US", "$40 Australian dollars"
    if tokens.raw(draft.last) in ("US", "U.S."):
        draft.last += 1
    if after is not None and after[0].dimension == "money" and tokens.word(draft.last) != "sterling":
        draft.unit = after[0] if after[0].currency != "USD" else draft.unit
        draft.last = after[1]
    return True


def _currency_letter(tokens: Tokens, draft: Draft) -> tuple[Unit, int] | None:
    """Read "N500m", "R1.2 billion", where only a sum of that size tells a currency from a model ("N95")."""
    letter = tokens.raw(draft.first - 1)
    glued = tokens.glued(draft.first) and not tokens.glued(draft.first - 1)
    if letter not in CURRENCY_LETTERS or not glued or not draft.digits:
        return None
    is_sum = draft.scale >= 1000 or "," in tokens.raw(draft.first) or tokens.word(draft.last) in MONEY_SCALES
    return (money_forms()[(CURRENCY_LETTERS[letter],)], draft.first - 1) if is_sum else None


def _money_scale(tokens: Tokens, draft: Draft) -> None:
    j = draft.last
    j += tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)
    word = tokens.word(j)
    if word in MONEY_SCALES and (tokens.glued(j) or word == "m") and draft.scale == 1:
        _multiply(draft, MONEY_SCALES[word])
        draft.last = draft.number_last = j + 1


def _multiply(draft: Draft, scale: Decimal) -> None:
    draft.low *= scale
    draft.high = draft.low
    draft.scale = scale


def _times(tokens: Tokens, draft: Draft) -> bool:
    """Read "three times as many", "tenfold", "2x"."""
    j = draft.last
    hyphen = tokens.word(j) in HYPHENS and tokens.glued(j)
    word = tokens.word(j + hyphen)
    # Nothing happens 6.5 times: that is a multiple ("6.5 times earnings").
    whole = draft.low == draft.low.to_integral_value()
    compared = tokens.word(j + 1) in COMPARATIVES and (tokens.word(j + 1) != "that" or tokens.word(j + 2) in SAME)
    is_multiple = (word == "times" and (compared or not whole)) or word == "fold"
    is_multiple = is_multiple or (word == "x" and tokens.glued(j) and not tokens.word(j + 1)[:1].isdigit())
    if not is_multiple or draft.kind != "cardinal":
        return False
    draft.kind, draft.unit, draft.multiple = "ratio", RATIO, True
    draft.unit_first, draft.last = j + hyphen, j + hyphen + 1
    draft.unit_last = draft.last
    return True


def _measure(tokens: Tokens, draft: Draft) -> bool:
    j, hyphenated = _unit_position(tokens, draft)
    if _is_million(tokens, draft, j):
        j = draft.last  # "2.3m hectares"
    if tokens.word(j) in UNIT_ADJECTIVES and read_unit(tokens, j + 1) is not None:
        j += 1  # "two full days"
    found = (
        _currency_before_scale(tokens, draft, j)
        or read_unit(tokens, j)
        or _millions_of_currency(tokens, draft, j)
        or _bracketed_unit(tokens, j)
    )
    if found is None or (tokens.word(j) == "stones" and WEIGHING.isdisjoint(tokens.words)):  # "threw two stones"
        return _years_abbreviated(tokens, draft, j)
    if draft.kind == "ratio":
        if found[0] is RATIO and not hyphenated and j == draft.last + 1 and tokens.word(draft.last) == "of":
            return False
        draft.kind = "cardinal"
    draft.unit, draft.unit_first, draft.unit_last = _plausible(tokens, draft, found[0]), j, found[1]
    draft.last, draft.unit_hyphenated = found[1], hyphenated
    if draft.unit is RATIO and found[0] is RATIO:
        draft.low, draft.high = draft.low / 100, draft.low / 100
    _age(tokens, draft)
    _smaller_part(tokens, draft)
    _cents(tokens, draft)
    _part_after_unit(tokens, draft)
    return True


def _millions_of_currency(tokens: Tokens, draft: Draft, j: int) -> tuple[Unit, int] | None:
    """Read the notation of company reports: "120 MEUR" is 120 million euros."""
    word = tokens.raw(j)
    unit = money_forms().get((word[1:],)) if len(word) == 4 and word[0] == "M" and word.isupper() else None
    if unit is None or draft.scale != 1:
        return None
    _multiply(draft, MONEY_SCALES["m"])
    return unit, j + 1


def _currency_before_scale(tokens: Tokens, draft: Draft, j: int) -> tuple[Unit, int] | None:
    """Read "75 USD million"."""
    unit = money_forms().get((tokens.raw(j),)) if tokens.raw(j).isupper() and len(tokens.raw(j)) == 3 else None
    word = tokens.word(j + 1)
    if unit is None or draft.scale != 1 or word not in ("million", "billion", "trillion"):
        return None
    _multiply(draft, SCALES[word])
    return unit, j + 2


def _bracketed_unit(tokens: Tokens, j: int) -> tuple[Unit, int] | None:
    """Read "20 (kg)"."""
    found = read_unit(tokens, j + 1) if tokens.word(j) in ("(", "[") else None
    if found is None or found[0].dimension == "money" or tokens.word(found[1]) not in (")", "]"):
        return None
    return found[0], found[1] + 1


def _years_abbreviated(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Read "87 yo" as an age."""
    if tokens.word(j) != "yo" or draft.kind != "cardinal":
        return False
    draft.unit, draft.unit_first, draft.unit_last, draft.last = YEAR_OF_AGE, j, j + 1, j + 1
    return True


def _unit_position(tokens: Tokens, draft: Draft) -> tuple[int, bool]:
    """Find where the unit would stand: after a hyphen, after "of a" for a fraction or an open scale."""
    j = draft.last
    if tokens.word(j) in HYPHENS and (tokens.glued(j) or tokens.word(j + 1) in AGES):
        return j + 1, True
    if draft.kind == "scale" and tokens.word(j) == "of":
        return j + 1, False
    is_part = draft.kind == "ratio" or (0 < draft.low < 1 and tokens.word(j) == "of")
    if is_part and not draft.multiple:
        k = j + (tokens.word(j) == "of")
        if tokens.word(k) in ARTICLES:
            return k + 1 + (tokens.word(k + 1) in SYSTEMS), False
        return (j, False) if k == j else (len(tokens), False)
    return j, False


def _is_million(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Read "5m people" as millions, not metres."""
    is_maker = (tokens.raw(draft.number_first), tokens.raw(j)) == ("3", "M")
    if is_maker or tokens.raw(j) not in ("m", "M", "B") or not tokens.glued(j) or draft.scale != 1:
        return False
    is_counted = _counts_after(tokens, j + 1) or _is_more_of_counted(tokens, draft, j)
    if not (is_counted or _is_end_of_thousands(tokens, draft, j)):
        return False
    _multiply(draft, MONEY_SCALES[tokens.word(j)])
    draft.last = draft.number_last = j + 1
    return True


def _counts_after(tokens: Tokens, j: int) -> bool:
    """Tell whether a plural noun follows that a number may count."""
    k = j + (tokens.word(j) == "+")
    while k < j + 6 and tokens.word(k).isalpha() and (tokens.word(k) in IN_COUNTS or not is_stop(tokens.word(k))):
        if is_plural(tokens.word(k)):
            return True
        k += 1
    return False


def _is_more_of_counted(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Tell "81m passengers, 6m more than in 2019" from metres."""
    if tokens.word(j + 1) not in ("more", "fewer"):
        return False
    return any(tokens.texts[k] == "m" and tokens.glued(k) and _counts_after(tokens, k + 1) for k in range(draft.first))


def _is_end_of_thousands(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Tell "by 12,000 to 1.2m", "to 1.2m from 900,000" from metres."""
    k = draft.number_first
    is_after = tokens.word(k - 1) == "to" and GROUPED.fullmatch(tokens.word(k - 2)) is not None
    return is_after or (tokens.word(j + 1) == "from" and GROUPED.fullmatch(tokens.word(j + 2)) is not None)


def _plausible(tokens: Tokens, draft: Draft, unit: Unit) -> Unit:
    """Tell pounds of money from pounds of mass."""
    if unit.name == "pound" and draft.kind == "scale" and draft.low >= 10**6:  # "billions of pounds of debt"
        return money_forms()[("£",)]
    if unit.name != "pound" or tokens.word(draft.last) not in AMBIGUOUS_MONEY:
        return unit
    near = tokens.words[max(0, draft.first - 12) : draft.last + 12]
    if tokens.word(draft.last + 1) == "of" or any(
        w in ("weigh", "weighs", "weighed", "weighing", "weight") for w in near
    ):
        return unit
    rich = draft.scale >= 10**6 or any(w in MONEY_CONTEXT for w in near if w not in AMBIGUOUS_MONEY)
    return money_forms()[("£",)] if rich else unit


def _age(tokens: Tokens, draft: Draft) -> None:
    assert draft.unit is not None
    age = AGES.get(draft.unit.name)
    if age is None:
        return
    j = draft.last
    hyphen = tokens.word(j) in HYPHENS
    word = tokens.word(j + hyphen)
    if word in ("male", "female"):  # "a 72 years male"
        draft.unit = age
    elif word in ("old", "olds") or (draft.unit.name == "year" and word == "olds"):
        draft.unit, draft.last = age, j + hyphen + 1
    elif word == "of" and tokens.word(j + 1) == "age":
        draft.unit, draft.last = age, j + 2
    elif not draft.unit_hyphenated and (_age_before(tokens, draft) or _of_people(tokens, draft)):
        draft.unit = age
    draft.unit_last = draft.last


def _smaller_part(tokens: Tokens, draft: Draft) -> None:
    """Add the inches to the feet: "6ft 2in" is 74 inches."""
    assert draft.unit is not None
    smaller, times = SMALLER_UNITS.get(draft.unit.name, ("", 0))
    j = draft.last + (tokens.word(draft.last) in ("and", ",", *HYPHENS))
    if not times or j >= len(tokens):
        return
    numeral = read_numeral(tokens, j)
    if numeral is None or numeral.kind != "cardinal" or not 0 <= numeral.value < times:
        return
    k = numeral.last + (tokens.word(numeral.last) in HYPHENS)
    found = read_unit(tokens, k)
    is_foot = draft.unit.name == "foot"
    is_inch = is_foot and tokens.word(k) in ("in", "″", '"') and tokens.glued(k)
    if is_foot and found is None and not is_inch and _is_bare_inch(tokens, draft, numeral):
        draft.low, draft.unit = draft.low * times + numeral.value, read_name("inch")
        draft.high, draft.last = draft.low, numeral.last
        return
    if (found is None or found[0].name != smaller) and not is_inch:
        return
    unit = found[0] if found and not is_inch else read_name("inch")
    draft.low = draft.low * times + numeral.value
    draft.high, draft.unit = draft.low, unit
    draft.last = draft.unit_last = k + 1 if is_inch or found is None else found[1]


def _is_bare_inch(tokens: Tokens, draft: Draft, numeral: Numeral) -> bool:
    """Tell the inches of "5-foot-11" and "5ft 11", which say no unit."""
    if not numeral.digits or numeral.scale != 1 or numeral.last != numeral.first + 1:
        return False
    if tokens.word(numeral.first - 1) in HYPHENS:
        return draft.unit_hyphenated
    after = tokens.word(numeral.last)
    return numeral.first == draft.last and (not after.isalnum() or (is_stop(after) and after != "in"))


def _part_after_unit(tokens: Tokens, draft: Draft) -> None:
    """Add the half of "a year and a half", "two hours and a quarter"."""
    part = PARTS.get(tokens.word(draft.last + 2))
    is_part = draft.unit is not None and draft.unit.dimension == "time" and part is not None
    if is_part and part is not None and tokens.words[draft.last : draft.last + 2] == ["and", "a"]:
        draft.low += part
        draft.high, draft.last = draft.low, draft.last + 3


def _cents(tokens: Tokens, draft: Draft) -> None:
    """Add the cents: "15 dollars 50", "two pounds and thirty pence"."""
    if draft.unit is None or draft.unit.dimension != "money" or draft.unit.name in ("cent", "penny"):
        return
    j = draft.last + (tokens.word(draft.last) == "and")
    numeral = read_numeral(tokens, j) if j < len(tokens) else None
    if numeral is None or numeral.kind != "cardinal" or numeral.value >= 100 or draft.scale != 1:
        return
    after = tokens.word(numeral.last)
    if after in ("cents", "cent", "pence"):
        draft.last = numeral.last + 1
    elif after in ("", ".", ",", ";", "!", "?"):
        draft.last = numeral.last
    else:
        return
    draft.low += numeral.value / 100
    draft.high, draft.unit_last = draft.low, draft.unit_last


def read_name(name: str) -> Unit:
    """Give the unit of this name; raises ValueError when there is none."""
    found = read_unit(Tokens(name, 0, len(name)), 0)
    if found is None:
        raise ValueError(f"units.tsv has no unit {name!r}")
    return found[0]


def _age_in_decades(tokens: Tokens, draft: Draft) -> bool:
    """Read "a man in his sixties", "in her 60s" as 60 to 69 years of age."""
    in_digits = tokens.word(draft.number_last - 1) in ("s", "'s")
    if tokens.word(draft.first) not in DECADES_OF_AGE and not in_digits:
        return False
    draft.high, draft.bound, draft.unit = draft.low + 9, "between", YEAR_OF_AGE
    return True


def _age_before(tokens: Tokens, draft: Draft) -> bool:
    """Read "aged 35", "ages 12", "the age of 18", "under-18s" as ages."""
    i = draft.first
    if draft.kind != "cardinal" or draft.low > 130:
        return False
    if tokens.word(i - 1) == "of" and tokens.word(i - 2) in AGE_WORDS:
        i -= 1
        if tokens.word(i - 2) == "the" and tokens.word(i - 3) in AGE_LIMITS:
            draft.first = i - 2  # so that the bound before "the age of" is seen
    elif tokens.word(i - 1) in AGE_OPENERS:
        i -= 1
    if tokens.word(i - 1) not in AGE_WORDS or tokens.word(i - 2) in ERAS:
        return False
    draft.unit = YEAR_OF_AGE
    return True


def _age_after_name(tokens: Tokens, draft: Draft) -> bool:
    """Read the age in "Gwen Parry, 71, whose bakery" and keep the name; the age of an author line is none."""
    i, j = draft.first, draft.last
    if draft.kind != "cardinal" or not (draft.digits and j == i + 1 and 1 <= draft.low <= OLDEST):
        return False
    comma = i - 1 - (tokens.word(i - 1) in ("also", "both", "now", "then"))  # "Bianca Jones, also 19, died"
    closes = tokens.word(j) in AGE_CLOSERS or (tokens.word(j) in HYPHENS and not tokens.glued(j))
    if tokens.word(comma) != "," or not closes or not tokens.raw(i).isdigit():
        return False
    first = _name_before(tokens, comma)
    before = tokens.word(first - 1)
    if first == comma:
        first = _person_before(tokens, comma) if tokens.word(j) == "," and draft.low >= YOUNGEST else first
        if first == comma:
            return False
    elif before in PLACE_OPENERS or tokens.word(comma - 1) in MONTHS | WEEKDAYS or (before == "by" and first == 1):
        return False
    draft.unit, draft.owner = YEAR_OF_AGE, (first, comma)
    return True


def _name_before(tokens: Tokens, end: int) -> int:
    """Give the first token of the name that ends before a token; initials belong to it: "Victor N. Burton"."""
    first = end
    while True:
        before = tokens.raw(first - 1)
        short = tokens.raw(first - 2)
        initial = before == "." and (short in ("Jr", "Sr") or (len(short) == 1 and short.isupper()))
        if initial and (first < end or len(short) > 1):
            first -= 2
        elif _is_name_part(before) and tokens.word(first - 1) != "by":
            first -= 1
        else:
            return first


def _person_before(tokens: Tokens, end: int) -> int:
    """Give the first token of a common noun with its determiner: "the judge, 58, sentenced"."""
    for k in range(end - 1, max(end - 4, -1), -1):
        word = tokens.word(k)
        if word in DETERMINERS:
            return k + 1 if k < end - 1 else end
        if not word.isalpha() or is_stop(word) or is_plural(word):
            break
    return end


def _is_name_part(text: str) -> bool:
    return text[:1].isupper() and text.replace("’", "").replace("'", "").isalpha() and text.lower() not in DETERMINERS


def _age_of_people(tokens: Tokens, draft: Draft) -> bool:
    """Read "children under 4", "those over 65", "she is 59" as ages."""
    i, j = draft.first, draft.last
    if draft.kind != "cardinal" or draft.scale != 1 or draft.low > OLDEST:
        return False
    after, before = tokens.word(j), tokens.word(i - 1)
    ends = not after or not after[0].isalnum() or is_stop(after) or is_past(after)
    ends = ends and after not in HYPHENS and after not in ("of", "%", "per", "$", "/", "to", "out")
    of_people = _of_people(tokens, draft)
    of_person = tokens.word(i - 2) in ("he", "she", "i", "who") and before in ("is", "was", "am", "turned", "turns")
    of_person = of_person or before == "i'm" or (before == "of" and tokens.word(i - 2) in PERSONS)
    of_person = of_person and (after in (".", "when", ",", "”", '"', "") or is_stop(after)) and draft.low > 1
    if not ends or not (of_people or of_person):
        return False
    draft.unit = YEAR_OF_AGE
    return True


def _of_people(tokens: Tokens, draft: Draft) -> bool:
    """Tell "children under", "those over", "no one below" before a number."""
    i = draft.first
    is_people = tokens.word(i - 2) in PEOPLE or tokens.words[i - 3 : i - 1] == ["no", "one"]
    return is_people and tokens.word(i - 1) in AGE_LIMITS


def _age_group(tokens: Tokens, draft: Draft) -> bool:
    """Read "under-18s", "the over 65s", "18-24s", "the 18-to-34 age group" as ages."""
    i, j = draft.first, draft.last
    if not (draft.digits and draft.kind == "cardinal" and draft.scale == 1 and draft.low <= OLDEST):
        return False
    if tokens.word(j) == "age" and tokens.word(j + 1) in AGE_GROUPS:
        draft.unit = YEAR_OF_AGE
        return True
    if tokens.raw(j) != "s" or not tokens.glued(j):
        return False
    hyphen = tokens.word(i - 1) in HYPHENS
    before = tokens.word(i - 1 - hyphen)
    if before in AGE_LIMITS and not (tokens.raw(i - 1 - hyphen)[:1].isupper() and _is_name_part(tokens.raw(i - 3))):
        draft.first, draft.bound = i - 1 - hyphen, "less_than" if before in ("under", "below") else "more_than"
    elif not (hyphen and before.isdigit() and int(before) < draft.low):
        return False
    draft.unit, draft.last = YEAR_OF_AGE, j + 1
    return True


def _fraction(tokens: Tokens, draft: Draft) -> bool:
    if draft.kind == "ratio":
        draft.unit = RATIO
    return draft.kind == "ratio"


READERS: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _money,
    _odds,
    _times,
    _age_in_decades,
    _age_group,
    _measure,
    _age_before,
    _age_after_name,
    _age_of_people,
    _fraction,
)


def _take_sign(tokens: Tokens, draft: Draft) -> None:
    """Take a minus sign or the word "minus" into the number."""
    i = draft.first - 1
    word = tokens.word(i)
    if word in HYPHENS and tokens.word(i - 1) in ("minus", "sub") and tokens.glued(i):
        i -= 1
        word = tokens.word(i)
        if word == "sub":  # "sub-300 metres"
            draft.bound, draft.first = "less_than", i
            return
    signed = word in ("-", "−", "–") and tokens.glued(i + 1) and _starts(tokens, i)
    named = word in ("minus", "negative") and not tokens.word(i - 1)[:1].isdigit() and tokens.word(i - 1) != "or"
    if draft.kind == "cardinal" and (signed or named):
        draft.low, draft.first = -draft.low, i
        draft.high = draft.low


def _starts(tokens: Tokens, i: int) -> bool:
    return i == 0 or not tokens.glued(i) or tokens.word(i - 1) in ("(", "[", "“", '"')


def numeral_of(draft: Draft) -> Numeral:
    """Give back the numeral of a draft, without its unit."""
    return Numeral(draft.number_first, draft.number_last, draft.low, draft.kind, draft.scale, draft.digits)
