"""Parse the numbers of a document, in one pass over each sentence that holds one."""

from __future__ import annotations

from collections.abc import Sequence

from extract.read.english.document import Document
from extract.read.english.quantities.aspects import carry_plan, set_aspect
from extract.read.english.quantities.bounds import (
    HIDDEN,
    MOTION,
    bound_after,
    bound_after_thing,
    bound_before,
    is_before_attribute,
    leads_to_things,
)
from extract.read.english.quantities.changes import set_change, speaks_of_change
from extract.read.english.quantities.code import is_code
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.drafts import read_draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.names import without_names
from extract.read.english.quantities.noise import noise_spans
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.numerals import has_number, may_begin_numeral
from extract.read.english.quantities.per import set_per, set_per_after_thing, share_per
from extract.read.english.quantities.phrases import set_thing, set_topic
from extract.read.english.quantities.ranges import join
from extract.read.english.quantities.rank import is_rank
from extract.read.english.quantities.refusals import is_refused
from extract.read.english.quantities.repeats import repeat, share_over_lists
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import AGES, YEAR_OF_AGE, read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.quantities.years import is_year_like_count
from extract.read.english.words import AUXILIARIES, PREPOSITIONS
from extract.types import DateMention

# After these, "over three years" is more than three years.
BEFORE_OVER = PREPOSITIONS | AUXILIARIES | word_list("taking_time")
REMAINING = word_list("remaining")
PARTS_OF_YEARS = frozenset({"H", "Q", "FY"})
HIGH_SCORE = 20  # a score with spaces around its dash is lower
LEAST_TABLE = 20  # fewest numbers of a sentence that may be a table row
# Prepositions that make a length of time a duration.
LASTING = frozenset({"for", "over", "in", "within", "after", "during", "until", "with", "on", "through"})


# A sentence's index, its tokens, and the quantities parsed in it.
Numbers = tuple[int, Tokens, list[Draft]]


def read_numbers(doc: Document, dates: Sequence[DateMention]) -> list[Numbers]:
    """Parse the quantities of every sentence; leave out sentences of code, of a table or without a quantity.

    A number in a date's span is parsed only as an age or as a count ("1990 rebels"); one that the text uses as a name
    elsewhere is left out.
    """
    taken = sorted((date.start, date.end) for date in dates)
    read: list[Numbers] = []
    plain: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(doc.sentences):
        if has_number(doc.text, start, end) and not is_code(doc.text, start, end):
            tokens = Tokens(doc.text, start, end)
            if _is_table(tokens):
                continue
            plain.append((start, end))
            drafts = read_sentence(tokens, _kept_out(doc.text, taken, start, end))
            if drafts:
                read.append((index, tokens, drafts))
    return without_names(doc.text, plain, taken, read)


def _kept_out(text: str, dates: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the character spans of a sentence that no quantity may overlap: dates and noise."""
    within = [date for date in dates if start < date[1] and date[0] < end]
    return [*within, *noise_spans(text, start, end)]


def _is_table(tokens: Tokens) -> bool:
    """Return whether a sentence is a table row: many numbers and fewer than half as many words."""
    numbers = sum(word[0].isdecimal() for word in tokens.words)
    if numbers < LEAST_TABLE:
        return False
    return sum(len(word) > 1 and word.isalpha() for word in tokens.words) * 2 < numbers


def read_sentence(tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Draft]:
    """Parse the quantities of one sentence; ``taken`` are character spans that none may overlap."""
    drafts = join(tokens, _numbers(tokens, taken), speaks_of_change(tokens))
    previous_end = 0
    for draft in drafts:
        _take_bounds(tokens, draft)
        set_per(tokens, draft)
        set_change(tokens, draft, previous_end)
        set_thing(tokens, draft)
        previous_end = draft.last
        set_per_after_thing(tokens, draft)
        _take_bound_behind(tokens, draft)
        set_topic(tokens, draft)
    drafts = _without_denominators(drafts)
    share_over_lists(tokens, drafts)
    repeat(tokens, drafts)
    share_per(tokens, drafts)
    for n, draft in enumerate(drafts):
        set_aspect(tokens, draft)
        if n:
            carry_plan(tokens, drafts[n - 1], draft)
        if n and drafts[n - 1].aspect == "plan" and draft.aspect == "level" and _is_time_taken(tokens, draft):
            draft.aspect = "plan"  # "plans to hire 40 over two years"
    return drafts


def _lasts(tokens: Tokens, draft: Draft, first: int) -> bool:
    """Return whether "over" begins a duration ("a rise of 7% over three years"), not a bound ("it took over")."""
    return (
        tokens.word(first) == "over"
        and draft.unit is not None
        and draft.unit.dimension == "time"
        and tokens.word(draft.last) not in ("ago", "old", "earlier", "later", "before")
        and tokens.word(first - 1) not in BEFORE_OVER
    )


def _without_denominators(drafts: list[Draft]) -> list[Draft]:
    """Drop the denominators, which ``per`` holds: the 100,000 of "12 deaths per 100,000 people"."""
    taken = [draft.per for draft in drafts if draft.per is not None]
    return [draft for draft in drafts if not any(first <= draft.number_first < last for first, last in taken)]


def _numbers(tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Draft]:
    drafts: list[Draft] = []
    refused_end = -1
    next_at = 0
    for i, word in enumerate(tokens.words):
        if i < next_at or not may_begin_numeral(word):
            continue
        draft = read_draft(tokens, i)
        if draft is None:
            continue
        if _goes_on(tokens, draft, refused_end) or _is_excluded(tokens, draft, taken):
            refused_end = draft.number_last
        else:
            drafts.append(draft)
        next_at = draft.last if drafts and drafts[-1] is draft else draft.number_last
    return drafts


def _goes_on(tokens: Tokens, draft: Draft, refused_end: int) -> bool:
    """Return whether a number continues a refused one: the second of "B-52-3" or of the score "Denmark 3 – 0"."""
    is_joined = refused_end == draft.first - 1 and tokens.word(draft.first - 1) in HYPHENS
    if not is_joined or draft.unit:
        return False
    return tokens.glued(draft.first) or (draft.low < HIGH_SCORE and is_closed(tokens, draft.number_last))


def _is_excluded(tokens: Tokens, draft: Draft, taken: Sequence[tuple[int, int]]) -> bool:
    if draft.kind == "ordinal" and not is_rank(tokens, draft):
        return True
    if draft.bound == "between" or _is_age_group(draft):  # "in her 60s", "the over-60s"
        return False
    start, end = tokens.starts[draft.number_first], tokens.ends[draft.number_last - 1]
    if any(a < end and start < b for a, b in taken) and not _is_count_like_year(tokens, draft):
        return True
    return is_refused(tokens, draft)


def _is_age_group(draft: Draft) -> bool:
    """Return whether a draft is an age group ("over-60s"), whose tens the date rules match as a decade."""
    return draft.unit is YEAR_OF_AGE and draft.bound != "exact" and draft.digits and draft.first < draft.number_first


def _is_count_like_year(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a count that the date rules match as a year: "1990 rebels"."""
    i = draft.number_first
    if len(tokens.raw(i)) != 4 or not tokens.raw(i).isdecimal():
        return False
    k = i - 1 - (tokens.raw(i - 1).isdecimal() and tokens.glued(i - 1))
    if tokens.raw(k) in PARTS_OF_YEARS:  # "H2 2025 orders"
        return False
    is_early = tokens.raw(i) < "1500" and tokens.word(i - 1) in ("from", "to", "by") and speaks_of_change(tokens)
    return is_early or is_year_like_count(tokens, i)


def _is_preposition(tokens: Tokens, draft: Draft, first: int) -> bool:
    """Return whether a bound word is a preposition instead: "a rise of 7% over three years", "over one region"."""
    if _lasts(tokens, draft, first):
        return True
    if draft.kind != "cardinal":
        return False
    if draft.first - first > 1:
        return is_before_attribute(tokens, first, draft)
    if not draft.is_counted:
        return _is_under_rubble(tokens, draft, first)
    is_one = tokens.word(draft.number_first) == "one" and draft.number_last == draft.number_first + 1
    if is_one and tokens.word(first) in ("over", "under", "above", "below", "around"):
        return True
    return leads_to_things(tokens, first, draft.low, digits=draft.digits)


def _is_under_rubble(tokens: Tokens, draft: Draft, first: int) -> bool:
    """Return whether "under" is locative: "sunk under 4 metres of mud", "trapped under 40 tonnes of coal"."""
    is_of = tokens.word(first) == "under" and tokens.word(draft.last) == "of"
    return is_of and tokens.word(first - 1) in (MOTION if draft.dimension == "length" else HIDDEN)


def _take_bounds(tokens: Tokens, draft: Draft) -> None:
    before = bound_before(tokens, draft.first - (draft.is_unitless and tokens.word(draft.first - 1) == "magnitude"))
    if before is not None and not _is_preposition(tokens, draft, before[1]):
        if draft.bound == "exact":
            draft.bound = before[0]
        draft.first = before[1]
    for end in (draft.last, draft.number_last):
        after = bound_after(tokens, end)
        if after is not None:
            draft.bound = after[0] if draft.bound == "exact" else draft.bound
            draft.last = max(draft.last, after[1])
            _take_unit_behind(tokens, draft, after[1])
            if tokens.word(after[1] - 1) in ("older", "younger"):
                draft.unit = YEAR_OF_AGE if draft.unit is None else AGES.get(draft.unit.name, draft.unit)
            return


def _take_unit_behind(tokens: Tokens, draft: Draft, k: int) -> None:
    """Take the unit after a bound: "50 or so metres", "20-odd miles"."""
    found = read_unit(tokens, k) if draft.is_unitless else None
    if found is not None and found[0].dimension in ("length", "mass", "area", "volume", "time", "speed"):
        draft.unit, draft.unit_first, draft.unit_last = found[0], k, found[1]
        draft.last = found[1]


def _take_bound_behind(tokens: Tokens, draft: Draft) -> None:
    """Take the bound after the counted noun or its denominator: "60 cakes a day, at most"."""
    if draft.bound != "exact" or draft.thing is None or draft.thing[0] < draft.last or draft.kind != "cardinal":
        return
    end = max(draft.thing[1], draft.per[1] if draft.per is not None else 0)
    end += tokens.word(end) in REMAINING
    draft.bound = bound_after_thing(tokens, end) or draft.bound


def _is_time_taken(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a draft is a duration or an interval: "over three years", "within a week", "four days after"."""
    if draft.unit is None or draft.unit.dimension != "time":
        return False
    is_lasting = tokens.word(_before_length(tokens, draft)) in LASTING
    return is_lasting or tokens.word(draft.last) in ("after", "before", "later", "earlier")


def _before_length(tokens: Tokens, draft: Draft) -> int:
    """Return the index of the preposition of a length of time, as the "for" of "for the past two years"."""
    k = draft.first - 1
    if tokens.word(k) in ("past", "last", "next", "first", "final", "previous"):
        k -= 1 + (tokens.word(k - 1) == "the")
    return k
