"""Years and days of the month, which are not quantities, and counts that look like years."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.words import MONTHS, is_past, is_plural, is_stop

# Past forms with an object that do not end in "-ed", and what may follow the object.
TRANSITIVES = frozenset(
    "left lost sold sent took brought gave kept held made built bought shot found put hid saw won chose fed let".split()
)
HAVING = frozenset({"has", "have", "had", "are", "were"})  # before a count that may be a year of these times
AFTER_OBJECT = frozenset(
    {"empty", "home", "unsold", "behind", "alive", "dead", "free", "vacant", "unused", "off", "back"}
)
ERA = frozenset({"a.d.", "ad", "bc", "b.c.", "bce", "ce"})
DATE_TOKENS = 7  # most tokens of a list of days before or after its month
TIMES = frozenset({"year", "month", "week", "quarter", "day", "season", "night", "previous", "spring", "summer"})
SUMS = frozenset({"average", "total", "sum", "maximum", "minimum", "price", "cost", "score"})
BEFORE_COUNTS = frozenset({"than", "about", "some", "least", "nearly", "almost", "approximately", "roughly", "exactly"})
EVENTS = word_list("events")
YEAR_CUES = word_list("year_cues")
RECENT = range(2001, 2050)  # years that news is full of: before a noun too, "2025 draws to a close"
BEFORE_ABOUT = frozenset({"in", "until", "till", "since"})  # before "about 1850", which is then a year
WORDS_TOO = frozenset({"march", "may", "mar", "august"})  # months that are words in lower case
LINKS_OF_DAYS = frozenset({",", "and", "to", "or", *HYPHENS})


def is_year(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a year: "in 1998", "the 1990 riots", "AD 79"; "1990 rebels" is a count."""
    i = draft.first
    is_quarter = draft.unit is not None and draft.unit.name == "quarter"  # "the 1988 quarter"
    if not ((draft.is_unitless or is_quarter) and draft.digits and draft.number_last == i + 1):
        return False
    if _is_of_era(tokens, i):
        return True
    return _looks_like_year(tokens, i) and not _is_sum(tokens, i) and not is_year_like_count(tokens, i)


def _is_of_era(tokens: Tokens, i: int) -> bool:
    before = tokens.word(i - 1)
    is_second = before == "and" and tokens.word(i - 3) in ERA
    is_first = tokens.word(i + 1) in ("and", "to", *HYPHENS) and tokens.word(i + 3) in ERA  # "496 and 495 BC"
    return bool(ERA & {before, tokens.word(i + 1)}) or is_second or is_first


def _looks_like_year(tokens: Tokens, i: int) -> bool:
    text = tokens.texts[i]
    if len(text) != 4 or not text.isdecimal():
        return False
    is_led = tokens.word(i - 1) in ("in", "by", "since", "until", "year")
    is_led = is_led or (tokens.word(i - 1) in BEFORE_COUNTS | {"around"} and _leads_to_year(tokens, i - 2))
    return "1500" <= text <= "2099" or (is_led and "1000" <= text <= "2999")


def _is_sum(tokens: Tokens, i: int) -> bool:
    """Return whether a number is an amount ("about 1900", "a total of 2000"), unlike "until about 1773"."""
    before = tokens.word(i - 1)
    if before in BEFORE_COUNTS:
        return not _leads_to_year(tokens, i - 2)
    return before == "of" and tokens.word(i - 2) in SUMS


def _leads_to_year(tokens: Tokens, k: int) -> bool:
    """Return whether a year may follow token ``k`` and a bound: "since about 1990", "dates from about 1480"."""
    k -= tokens.word(k) == "at"  # "until at least 2035"
    word = tokens.word(k)
    if word == "from":
        return tokens.word(k - 1).startswith(("date", "dating"))
    return word in BEFORE_ABOUT or (word == "by" and tokens.word(k - 1) in ("", ","))


def is_year_like_count(tokens: Tokens, i: int) -> bool:
    """Return whether a year-like number is a count ("1990 rebels", "2000 homes lost power"), not "1998 elections"."""
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if after in ("more", "others") and before not in YEAR_CUES:
        return True
    if _repeats_count(tokens, i):
        return True
    if int(tokens.raw(i)) in RECENT and not _leads_to_count(tokens, i):
        return False  # "its 2025 plans", "upcoming 2025 tours"
    if _is_past_form(before) and is_plural(after) and after not in EVENTS:
        return True
    if not _may_be_counted(tokens, i + 1):
        return False
    if before in ("and", "to"):  # "and 2000 homes lost power", but "between 1990 and 2000 prices rose"
        return is_plural(after) and not tokens.word(i - 2).isdecimal()
    is_whole = before == "of" and i == 1  # "Of 1998 tickets"
    return (is_whole or before not in YEAR_CUES) and _counts_plural(tokens, i)


def _repeats_count(tokens: Tokens, i: int) -> bool:
    """Return whether a number counts the things of an earlier one: "sold 1984 seats and left 2016 empty"."""
    if _is_old_count(tokens, i):
        return True
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    is_object = _is_past_form(before)
    is_object = is_object and (not after.isalpha() or is_stop(after) or after in AFTER_OBJECT)
    is_part = (
        before == "whom" or (before == "and" and after in ("in", "on")) or (is_plural(before) and _is_past_form(after))
    )
    if not is_object and not is_part:
        return False
    return _follows_count(tokens, i)


def _is_old_count(tokens: Tokens, i: int) -> bool:
    """Return whether a number is the old level of a count: "1789 petitioners, up from 1650 the month before"."""
    if tokens.word(i - 1) != "from" or tokens.word(i - 2) not in ("up", "down"):
        return False
    after = tokens.words[i + 1 : i + 3]
    is_dated = after[:1] in (["a"], ["the"], ["last"]) and after[-1] in TIMES
    return is_dated or (tokens.word(i + 1) not in ("level", "levels") and _follows_count(tokens, i))


def _follows_count(tokens: Tokens, i: int) -> bool:
    return any(_is_count(tokens, k) for k in range(i))


def _leads_to_count(tokens: Tokens, i: int) -> bool:
    """Return whether a verb or a list leads to a count at token ``i``: "seized 2015 rounds", "and 2015 rounds"."""
    before = tokens.word(i - 1)
    return _is_past_form(before) or before in HAVING or (before in ("and", "or", ",") and _follows_count(tokens, i))


def _is_past_form(word: str) -> bool:
    return is_past(word) or word in TRANSITIVES


def _is_count(tokens: Tokens, k: int) -> bool:
    """Return whether a number of four digits counts a plural: the first of "sold 1984 seats and left 2016 empty"."""
    is_long = tokens.word(k).isdecimal() and len(tokens.word(k)) == 4
    return (
        is_long
        and tokens.word(k - 1) not in YEAR_CUES - {"of", ""}
        and _may_be_counted(tokens, k + 1)
        and _counts_plural(tokens, k)
    )


def _may_be_counted(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` is a lower-case noun that is not an event of a year."""
    word = tokens.word(k)
    is_noun = word.isalpha() and not tokens.raw(k)[:1].isupper() and not is_stop(word)
    return is_noun and word not in EVENTS and tokens.word(k + 1) not in EVENTS


def _counts_plural(tokens: Tokens, i: int) -> bool:
    """Return whether a plural follows a number, or a plural noun phrase follows a round one."""
    if is_plural(tokens.word(i + 1)):
        return True
    after = tokens.word(i + 2)
    return is_plural(after) and not is_past(after) and tokens.raw(i).endswith("00")


def is_day_of_month(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a day of a month: "on 3, 4 and 5 May", "June 7-9"."""
    i, j = draft.first, draft.number_last
    if draft.scale != 1 or not 0 < draft.low < 32 or draft.low != draft.low.to_integral_value():
        return False
    if not tokens.holds(MONTHS) or _counts_after_month(tokens, i, j):
        return False
    return _is_month(tokens, _before_days(tokens, i)) or _opens_month(tokens, _after_days(tokens, i, j))


def _counts_after_month(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a number after a month is a count ("In August, 14 people died"), not "On August, 14"."""
    if _is_month(tokens, i - 1) and _may_be_day(tokens.word(i - 2)):  # "On 3 March 15 skiers were hurt"
        return is_plural(tokens.word(j)) and not is_stop(tokens.word(j))
    if tokens.word(i - 1) != "," or not _is_month(tokens, i - 2) or is_stop(tokens.word(j)):
        return False
    return is_plural(tokens.word(j)) or (tokens.word(j).isalpha() and is_plural(tokens.word(j + 1)))


def _may_be_day(word: str) -> bool:
    return word.isdecimal() and len(word) < 3


def _before_days(tokens: Tokens, i: int) -> int:
    """Return the index of the token before a list of days."""
    k = i
    while tokens.word(k - 1) in LINKS_OF_DAYS or tokens.word(k - 1) == "." or _may_be_day(tokens.word(k - 1)):
        k -= 1
        if k < i - DATE_TOKENS:
            break
    return k - 1


def _after_days(tokens: Tokens, i: int, j: int) -> int:
    """Return the index of the token after a list of days."""
    while j < i + DATE_TOKENS and (
        tokens.word(j) in LINKS_OF_DAYS or tokens.word(j) == "of" or tokens.word(j).isdecimal()
    ):
        j += 1
    return j


def _opens_month(tokens: Tokens, j: int) -> bool:
    """Return whether token ``j`` is a month, not the word "march" or "may"."""
    return _is_month(tokens, j) and (tokens.word(j) not in ("march", "may") or tokens.raw(j)[:1].isupper())


def _is_month(tokens: Tokens, i: int) -> bool:
    if tokens.word(i) not in MONTHS:
        return False
    return (
        tokens.raw(i)[:1].isupper()
        or tokens.word(i) not in WORDS_TOO
        or tokens.word(i - 1) in ("on", "since", "until", "by", "of")
    )
