"""Ages: of people, by a unit, a name or a word beside the number, and of age groups."""

from __future__ import annotations

from collections.abc import Callable

from extract.read.english.quantities import bare_ages
from extract.read.english.quantities.bare_ages import (
    PEOPLE,
    PERSONS,
    WHO,
    YOUNGEST_ALONE,
    closes_aside,
    is_name_part,
    is_person,
    opens_aside,
)
from extract.read.english.quantities.decades import is_owned_decade
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import DECADES_OF_AGE, HYPHENS, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import AGES, YEAR_OF_AGE
from extract.read.english.words import DETERMINERS, MONTHS, WEEKDAYS, is_past, is_plural, is_stop

AGE_WORDS = frozenset({"aged", "age", "ages"})
AGE_OPENERS = frozenset(
    {"between", "from", "over", "under", "about", "around", "roughly", "just", "only", "approximately"}
)
AGE_GROUPS = frozenset({"group", "groups", "bracket", "brackets", "range", "ranges", "cohort"})
AGE_LIMITS = frozenset({"under", "over", "below", "above"})
ERAS = frozenset({"stone", "iron", "bronze", "ice", "space", "golden"})
AGE_CLOSERS = frozenset({",", ".", "", ";", "”", '"', ")"})
PLACE_OPENERS = frozenset({"in", "at", "near", "on", "into"})
YOUTHS = frozenset({"boy", "girl", "man", "woman", "child", "youth", "teenager", "lad"})  # not "mother of three"
TURNING = frozenset({"turn", "turns", "turned", "turning"})
BEFORE_AGE = frozenset({"also", "both", "now", "then", "just", "only", "still"})
NOW = frozenset({"now", "then", "only", "just", "not", "yet", "still", "barely"})
ONLY = frozenset({"only", "just", "already", "now", "then", "still", "about", "around", "nearly", "almost", "barely"})
YOUNGEST = 14  # least age between commas after a common noun
OLDEST_LIMIT = 30  # greatest age limit before a verb: "children under 12 eat free"
OLDEST = 120  # greatest age without the word "age"
LONGEST_LIFE = 30  # most tokens from "born" to "and is now 45"


def refine_age(tokens: Tokens, draft: Draft) -> None:
    """Make a duration an age where its context does: "six years old"."""
    assert draft.unit is not None
    age = AGES.get(draft.unit.name)
    if age is None:
        return
    j = draft.last
    hyphen = tokens.word(j) in HYPHENS
    word = tokens.word(j + hyphen)
    if word in ("old", "olds"):
        draft.unit, draft.last = age, j + hyphen + 1
    elif word == "of" and tokens.word(j + 1) == "age":
        draft.unit, draft.last = age, j + 2
    elif word in ("male", "female") or _is_age_by_words(tokens, draft):  # "a 72 years male"
        draft.unit = age
    draft.unit_last = draft.last


def _is_age_by_words(tokens: Tokens, draft: Draft) -> bool:
    return not draft.unit_hyphenated and (age_before(tokens, draft) or _of_people(tokens, draft))


def years_abbreviated(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Parse "87 yo" as an age; return whether the draft is one."""
    if tokens.word(j) != "yo" or draft.kind != "cardinal":
        return False
    draft.unit, draft.unit_first, draft.unit_last, draft.last = YEAR_OF_AGE, j, j + 1, j + 1
    return True


def age_in_decades(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is given by its tens; make it an age after a possessive: "in her 60s"."""
    last = tokens.word(draft.number_last - 1)
    if last not in DECADES_OF_AGE and last not in ("s", "'s", "teens"):
        return False
    if is_owned_decade(tokens, draft.first):
        draft.unit = YEAR_OF_AGE
    return True


def age_before(tokens: Tokens, draft: Draft) -> bool:
    """Parse "aged 35", "ages 12", "the age of 18" or "under-18s" as an age; return whether the draft is one."""
    i = draft.first
    if draft.kind != "cardinal" or draft.low > 130:
        return False
    if tokens.word(i - 1) == "of" and tokens.word(i - 2) in AGE_WORDS:
        i -= 1
        if tokens.word(i - 2) == "the" and tokens.word(i - 3) in AGE_LIMITS:
            draft.first = i - 2  # includes the bound before "the age of"
    elif tokens.word(i - 1) in AGE_OPENERS:
        i -= 1
    if tokens.word(i - 1) not in AGE_WORDS or tokens.word(i - 2) in ERAS:
        return False
    draft.unit = YEAR_OF_AGE
    return True


def age_after_name(tokens: Tokens, draft: Draft) -> bool:
    """Parse the age of "Gwen Parry, 71, whose bakery" and set the owner; return whether the draft is one.

    A number in an author line is not an age.
    """
    i, j = draft.first, draft.last
    if draft.kind != "cardinal" or j != i + 1 or draft.scale != 1 or not 1 <= draft.low <= OLDEST:
        return False
    comma = i - 1 - (tokens.word(i - 1) in BEFORE_AGE)  # "Bianca Jones, also 19, died"
    if not _is_aside(tokens, comma, j) or not (tokens.raw(i).isdecimal() or not draft.digits):
        return False
    first = _person_of_age(tokens, draft, comma)
    if first is None:
        return False
    draft.unit, draft.owner = YEAR_OF_AGE, (first, comma)
    return True


def _is_aside(tokens: Tokens, opener: int, j: int) -> bool:
    """Return whether a comma or a pair of dashes encloses a number that ends at token ``j``."""
    if tokens.word(opener) == ",":
        return tokens.word(j) in AGE_CLOSERS or (tokens.word(j) in HYPHENS and not tokens.glued(j))
    return tokens.word(opener) in HYPHENS and tokens.word(j) == tokens.word(opener) and opens_aside(tokens, opener)


def _person_of_age(tokens: Tokens, draft: Draft, comma: int) -> int | None:
    """Return the first token of the name or person noun before a comma; None where there is none."""
    first = _name_before(tokens, comma)
    if draft.digits and first < comma:
        is_place = tokens.word(first - 1) in PLACE_OPENERS or tokens.word(comma - 1) in MONTHS | WEEKDAYS
        return None if is_place or (tokens.word(first - 1) == "by" and first == 1) else first
    first = _person_noun(tokens, draft, comma)
    return None if first == comma else first


def _person_noun(tokens: Tokens, draft: Draft, comma: int) -> int:
    """Return the first token of the common noun of an age: "the judge, 58,", "keeper, 62,"; ``comma`` without one."""
    noun = tokens.word(comma - 1)
    is_alone = is_person(noun) and not is_plural(noun)
    if not (is_alone and noun in PERSONS):
        is_closed = tokens.word(draft.last) == "," or (is_alone and closes_aside(tokens, draft.last))
        if not is_closed or draft.low < YOUNGEST:
            return comma
    first = _person_before(tokens, comma)
    return comma - 1 if first == comma and is_alone and draft.digits else first


def _name_before(tokens: Tokens, end: int) -> int:
    """Return the first token of the name that ends before token ``end``, with its initials: "Victor N. Burton"."""
    first = end
    while True:
        before = tokens.raw(first - 1)
        short = tokens.raw(first - 2)
        initial = before == "." and (short in ("Jr", "Sr") or (len(short) == 1 and short.isupper()))
        if initial and (first < end or len(short) > 1):
            first -= 2
        elif is_name_part(before) and tokens.word(first - 1) != "by":
            first -= 1
        else:
            return first


def _person_before(tokens: Tokens, end: int) -> int:
    """Return the first token of the common noun after a determiner: "the judge, 58, sentenced"; ``end`` without one."""
    for k in range(end - 1, max(end - 4, -1), -1):
        word = tokens.word(k)
        if word in DETERMINERS:
            return k + 1 if k < end - 1 else end
        if not word.isalpha() or is_stop(word) or is_plural(word):
            break
    return end


def age_of_people(tokens: Tokens, draft: Draft) -> bool:
    """Parse "children under 4", "she is 59", "will turn 21" or "as young as 14" as an age; return whether it is one."""
    if draft.kind != "cardinal" or draft.scale != 1 or not 1 < draft.low <= OLDEST:
        return False
    if not _ends_age(tokens, draft.last) and not _has_verb_after(tokens, draft):
        return False
    if not any(rule(tokens, draft) for rule in PERSONAL):
        return False
    draft.unit = YEAR_OF_AGE
    return True


def _has_verb_after(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a verb may follow an age: "children under five eat free", "an apprentice of 17 shares it"."""
    after = tokens.word(draft.last)
    is_verb = after.isalpha() and not is_plural(after) and not tokens.raw(draft.last)[:1].isupper()
    is_limit = draft.low <= OLDEST_LIMIT and _of_people(tokens, draft)
    return is_verb and (is_limit or bare_ages.of_person(tokens, draft))


def _ends_age(tokens: Tokens, j: int) -> bool:
    after = tokens.word(j)
    if (after in HYPHENS and not closes_aside(tokens, j)) or after in ("of", "%", "per", "$", "/", "to", "out"):
        return False
    return not after or not after[0].isalnum() or is_stop(after) or is_past(after)


def _of_people(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a limit of age precedes a number: "children under", "those over", "half of whom are under"."""
    i = draft.first
    if tokens.word(i - 1) not in AGE_LIMITS:
        return False
    k = i - 2 - (tokens.word(i - 2) in ("are", "were", "is", "was"))
    if tokens.word(i - 1) == "over" and draft.unit is not None and is_numeric(tokens.word(i - 3)):
        return False  # "operated on 1,450 patients over 11 years"
    is_people = tokens.word(i - 2) in PEOPLE or tokens.words[max(0, i - 3) : i - 1] == ["no", "one"]
    return is_people or (tokens.word(k) in ("them", "whom", "us") and tokens.word(k - 1) == "of")


def _of_person(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a person's predicate precedes a number: "she is 59", "a girl of 13", "the oldest was 91"."""
    i = draft.first
    if tokens.word(i - 1) == "of":
        return tokens.word(i - 2) in YOUTHS
    k = i - 1
    while tokens.word(k) in ONLY:
        k -= 1
    if tokens.word(k) == "i'm":
        return True
    if tokens.word(k) not in ("is", "was", "am", "were", "are", "’s", "'s"):
        return False
    who = tokens.word(k - 1)
    if who in WHO or who in PERSONS or who in ("oldest", "youngest", "eldest"):
        return True
    if who == "and":  # "was born in 1980 and is now 45"
        return "born" in tokens.words[max(0, k - LONGEST_LIFE) : k]
    is_named = is_name_part(tokens.raw(k - 1)) and is_name_part(tokens.raw(k - 2))
    return (is_named or who == "they") and _is_then(tokens, draft.last)


def _is_then(tokens: Tokens, j: int) -> bool:
    """Return whether a time clause follows: "Ana Ruiz was 19 when she left", "they were 14 and 16 at the time"."""
    j += 2 * (tokens.word(j) == "and" and tokens.word(j + 1).isdecimal())
    return tokens.word(j) == "when" or tokens.words[j : j + 3] == ["at", "the", "time"]


def _turning(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a verb of ageing precedes a number ("will turn 21", "turned 90 in May"), not "turned 40 away"."""
    after = tokens.word(draft.last)
    return tokens.word(draft.first - 1) in TURNING and after not in ("away", "back", "down", "off", "into", "up")


def _as_young_as(tokens: Tokens, draft: Draft) -> bool:
    i = draft.first
    return tokens.words[max(0, i - 3) : i] in (["as", "young", "as"], ["as", "old", "as"])


def _now_of_age(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is an age between adverb and comma: "Now 24, she has left"."""
    k = draft.first - 1
    while tokens.word(k) in NOW:
        k -= 1
    is_open = k < draft.first - 1 and tokens.word(k) in ("", ",", "“", '"', "(")
    return is_open and tokens.word(draft.last) == "," and draft.low >= YOUNGEST_ALONE


PERSONAL: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _of_people, _of_person, _turning, _as_young_as, _now_of_age, *bare_ages.RULES,
)  # fmt: skip


def age_group(tokens: Tokens, draft: Draft) -> bool:
    """Parse "under-18s", "the over 65s", "18-24s" or "the 18-to-34 age group" as ages; return whether it is one."""
    i, j = draft.first, draft.last
    if not (draft.digits and draft.kind == "cardinal" and draft.scale == 1 and draft.low <= OLDEST):
        return False
    if tokens.word(j) == "age" and tokens.word(j + 1) in AGE_GROUPS:
        draft.unit = YEAR_OF_AGE
        return True
    return tokens.raw(j) == "s" and tokens.glued(j) and _group_in_plural(tokens, draft, i)


def _group_in_plural(tokens: Tokens, draft: Draft, i: int) -> bool:
    hyphen = tokens.word(i - 1) in HYPHENS
    k = i - 1 - hyphen
    before = tokens.word(k)
    if before in AGE_LIMITS and not (tokens.raw(k)[:1].isupper() and is_name_part(tokens.raw(i - 3))):
        draft.first, draft.bound = k, "less_than" if before in ("under", "below") else "more_than"
    elif not (hyphen and before.isdecimal() and int(before) < draft.low):
        return False
    draft.unit, draft.last = YEAR_OF_AGE, draft.last + 1
    return True
