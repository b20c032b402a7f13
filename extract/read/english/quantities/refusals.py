"""Filters of numbers that are not quantities: parts of words, years, dates, names, labels, scores, idioms."""

from __future__ import annotations

from collections.abc import Callable

from extract.read.english.quantities import called, hours, idioms, label_lists, labels, marks, moments, years
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS, SMALL, TENS, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.words import is_stop

LEAST_ID = 6  # least digits of an ungrouped id after a colon, "see" or "known as"
LEAST_POWER = -3  # least exponent of a unit: "m s −2"
JOINED = frozenset({"to", "a", "per", "plus", "magnitude", "mid"})


def is_refused(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number's context shows that it is not a quantity."""
    for rule in RULES:
        if rule(tokens, draft):
            return True
    return draft.is_unitless and any(rule(tokens, draft) for rule in BARE_RULES)


def _is_part_of_word(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is part of a word: "Covid-19", "P5+1", "B-52", "12b", "#4"."""
    if tokens.glued(draft.first) and tokens.word(draft.first - 1).isalpha():
        return True
    if _is_identifier(tokens, draft) or _ends_compound(tokens, draft):
        return True
    lettered = _is_lettered(tokens, draft) if draft.unit is None else None
    return _is_signed(tokens, draft) if lettered is None else lettered


def _is_signed(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a sign makes a number part of a name: "P5+1", "#4", "2^28", "401(k)"."""
    i = draft.first
    if tokens.word(i - 1) == "+" and tokens.glued(i) and tokens.glued(i - 1):
        return tokens.word(i - 2).isalnum()
    if tokens.word(i - 1) == "/" and tokens.glued(i) and tokens.glued(i - 1):
        return tokens.raw(i - 2).isupper() and len(tokens.raw(i - 2)) > 2 and draft.unit is None  # "HTTP/1.1"
    return tokens.word(i - 1) in ("#", "№", "^") or _is_section(tokens, draft.number_last)


def _is_section(tokens: Tokens, j: int) -> bool:
    """Return whether a number's suffix makes it a name: "401(k)", "2^28"."""
    if tokens.word(j) == "^":
        return tokens.glued(j)
    is_letter = tokens.word(j) == "(" and tokens.glued(j) and tokens.word(j + 2) == ")" and tokens.glued(j + 1)
    return is_letter and len(tokens.word(j + 1)) == 1 and tokens.word(j + 1).isalpha()


def _ends_compound(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number ends a compound ("Covid-19"), not "twenty-three", "two-three years" or "US-$40"."""
    i = draft.first
    is_joined = tokens.glued(i) and tokens.glued(i - 1) and tokens.word(i - 1) in HYPHENS and tokens.word(i - 1) != "—"
    before = tokens.word(i - 2)
    if not is_joined or draft.money_before or not before.isalpha() or _ends_measure(tokens, draft, i - 1):
        return False
    return before not in TENS and before not in JOINED and not _are_two_words(tokens, i)


def _ends_measure(tokens: Tokens, draft: Draft, k: int) -> bool:
    """Return whether a number is the upper end of "20cm-40cm", where the lower end's unit is glued to its number."""
    return draft.unit is not None and tokens.glued(k - 1) and is_numeric(tokens.word(k - 2))


def _is_lettered(tokens: Tokens, draft: Draft) -> bool | None:
    """Return whether letters ("12b") or a capital after a hyphen ("5-A") are glued to the end; None if nothing is."""
    j = draft.number_last
    if draft.digits and tokens.glued(j) and tokens.word(j).isalpha():
        return not draft.multiple
    if tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1):
        return len(tokens.raw(j + 1)) == 1 and tokens.raw(j + 1).isupper()
    return None


def _are_two_words(tokens: Tokens, i: int) -> bool:
    """Return whether two small number words are a range: "two-three years"."""
    return tokens.word(i - 2) in SMALL and tokens.word(i) in SMALL and SMALL[tokens.word(i - 2)] < SMALL[tokens.word(i)]


def _is_identifier(tokens: Tokens, draft: Draft) -> bool:
    """Return whether digits are an identifier: a leading zero, a detached name ("SARS -2"), "Cooking 101"."""
    if draft.unit is not None:
        return False
    text = tokens.raw(draft.number_first)
    if text.isdecimal() and (_is_id(tokens, draft) or (text.startswith("0") and text != "0")):
        return True
    if draft.low < 0:
        return _is_minus_of_name(tokens, draft)
    return text == "101" and _has_noun(tokens, draft.first - 1) and not _has_noun(tokens, draft.number_last)


def _is_id(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is an id, "(DOT: 1854436)" or "see 27918516": many digits with no noun after them."""
    i = draft.first
    is_long = len(tokens.raw(draft.number_first)) >= LEAST_ID
    is_led = tokens.word(i - 1) in (":", "see") or tokens.words[max(0, i - 2) : i] == ["known", "as"]
    return is_long and is_led and not _has_noun(tokens, draft.number_last)


def _is_minus_of_name(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a negative number ends a name ("SARS -2") or is a unit's exponent ("52 Mt yr −1")."""
    name = tokens.raw(draft.first - 1)
    if draft.low >= LEAST_POWER and name.isalpha() and read_unit(tokens, draft.first - 1) is not None:
        return True
    return name.isupper() and len(name) > 1 and not tokens.glued(draft.first)


def _has_noun(tokens: Tokens, j: int) -> bool:
    return tokens.word(j).isalpha() and not is_stop(tokens.word(j))


# Rules for any number, and rules for unitless cardinals.
RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _is_part_of_word,
    years.is_year,
    labels.is_label,
    label_lists.is_listed_in_words,
    label_lists.ends_labels,
    labels.is_hyphened_name,
    marks.is_mark_of_five,
    marks.is_lettered_code,
    marks.is_star_rating,
    moments.is_moment,
    idioms.is_mere_one,
    idioms.is_example,
    idioms.is_comparison,
    idioms.is_pronoun,
    idioms.is_idle_zero,
    marks.is_resolution,
    idioms.is_saying,
    idioms.is_mere_two,
    idioms.is_certainty,
    called.is_called_so,
)
BARE_RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    years.is_day_of_month,
    hours.is_opening_hour,
    idioms.is_past_hour,
    labels.is_named,
    labels.is_version,
    marks.is_bracketed_age,
    labels.is_address,
    marks.is_enumerator,
    marks.is_footnote,
    marks.is_wordless,
    marks.is_called_number,
    marks.is_odds_or_mark,
    marks.is_rating,
    marks.is_table_score,
    marks.is_innings,
)
