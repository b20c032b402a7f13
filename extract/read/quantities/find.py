"""Find all quantities of a document: one pass over each sentence that holds a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from extract.read.document import Document
from extract.read.quantities.aspects import carry_plan, set_aspect
from extract.read.quantities.bounds import MOTION, bound_after, bound_before, leads_to_things
from extract.read.quantities.changes import set_change, speaks_of_change
from extract.read.quantities.draft import Draft
from extract.read.quantities.drafts import read_draft
from extract.read.quantities.numerals import HYPHENS, has_number
from extract.read.quantities.owners import say_once, set_owners
from extract.read.quantities.per import set_per, set_per_after_thing
from extract.read.quantities.phrases import (
    COPULAS,
    acts_itself,
    clause_subject,
    is_distance,
    is_listed,
    label_of,
    set_thing,
)
from extract.read.quantities.places import set_places
from extract.read.quantities.ranges import join
from extract.read.quantities.rank import is_rank
from extract.read.quantities.refusals import is_refused, is_year_like_count, noise_spans
from extract.read.quantities.repeats import repeat, share_over_lists
from extract.read.quantities.rows import to_rows
from extract.read.quantities.syntax import (
    ACTED_ON,
    LASTING,
    MEASURING,
    SPEAKING,
    Parse,
    lasting_subject,
    subject_of,
    thing_and_subject,
)
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import YEAR_OF_AGE
from extract.read.quantities.unsaid import said_before, said_by
from extract.read.quantities.words import AUXILIARIES, PREPOSITIONS, word_list
from extract.types import DateMention, Mention, Quantity

# Verbs and prepositions that lead to what somebody acts on or has.
GOVERNED = {(verb, "on") for verb in ("take", "takes", "took", "taken", "taking")}  # "took on 200 people"
GOVERNED |= {(verb, "for") for verb in ("account", "accounts", "accounted", "accounting")}
# Words before a number whose phrase only adds to a sentence: nobody acts on the thing that is counted.
PARTICLES = frozenset({"off", "out", "up", "down", "over"})  # "laid off 40 people"
ADJUNCTS = PREPOSITIONS - ACTED_ON - PARTICLES - {"with", "of"}
# After these, "over three years" is more than three years.
BEFORE_OVER = PREPOSITIONS | AUXILIARIES | word_list("taking_time")
LEAST_TABLE = 20  # numbers of a row that may be a table's
LONGEST_DATELINE = 9  # tokens


# A sentence's index, its tokens, and the quantities that are read in it.
Numbers = tuple[int, Tokens, list[Draft]]


def find_quantities(
    doc: Document,
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    published_at: datetime | None,
    numbers: Sequence[Numbers] | None = None,
) -> list[Quantity]:
    """Find all quantities of a document, in the order of the text.

    ``dates`` keep their characters from being read as numbers and give ``as_of``; ``mentions`` help to tell
    places from other names; ``published_at`` is the day that a level without a date is true of. All three may
    be empty. ``numbers`` are what ``read_numbers`` gave, if that was done before. Attribution and verification are
    left to ``extract.read.link``.
    """
    rows: list[Quantity] = []
    numbers = read_numbers(doc, dates) if numbers is None else numbers
    parsed = sentences_to_parse(numbers, mentions)
    doc.parse(parsed)
    before: Numbers | None = None
    for index, tokens, drafts in numbers:
        parse = Parse(doc.parsed(index), tokens.start) if index in parsed else None
        set_things(parse, tokens, drafts)
        if before is not None and before[0] == index - 1:
            _carry_on(doc, before, tokens, drafts)
        before = index, tokens, drafts
        set_owners(tokens, drafts, mentions)
        set_places(tokens, drafts, mentions, parse)
        rows.extend(to_rows(doc, tokens, drafts, dates, published_at, len(rows), parse))
    return rows


def sentences_to_parse(numbers: Sequence[Numbers], mentions: Sequence[Mention]) -> set[int]:
    """Give the sentences of whose numbers only syntax can tell what they are about, or where."""
    places = [m.start for m in mentions if m.kind == "place"]
    return {
        index
        for index, tokens, drafts in numbers
        if any(needs_parse(tokens, draft) for draft in drafts)
        or bisect_left(places, tokens.start) < bisect_left(places, tokens.end)
    }


def read_numbers(doc: Document, dates: Sequence[DateMention]) -> list[Numbers]:
    """Read the quantities of every sentence as far as its words tell; dates keep their characters."""
    taken = sorted((date.start, date.end) for date in dates)
    read: list[Numbers] = []
    for index, (start, end) in enumerate(doc.sentences):
        if has_number(doc.text, start, end):
            tokens = Tokens(doc.text, start, end)
            if _is_table(tokens):
                continue
            within = [span for span in taken if start < span[1] and span[0] < end] if taken else []
            drafts = read_sentence(tokens, [*within, *noise_spans(doc.text, start, end)])
            if drafts:
                read.append((index, tokens, drafts))
    return read


def _is_table(tokens: Tokens) -> bool:
    """Tell the debris of a table: many numbers and hardly a word that could say what they are of."""
    numbers = sum(word[0].isdigit() for word in tokens.words)
    if numbers < LEAST_TABLE:
        return False
    return sum(len(word) > 1 and word.isalpha() for word in tokens.words) * 2 < numbers


def needs_parse(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether only syntax can say what the number is about, or whose it is."""
    if draft.kind == "ordinal" or draft.owner is not None:
        return False
    if draft.role is not None:
        return True
    if draft.thing is not None:
        before = tokens.word(draft.first - 1)
        is_governed = (tokens.word(draft.first - 2), before) in GOVERNED
        return draft.first > 0 and (before not in ADJUNCTS or is_governed)
    return True


def set_things(parse: Parse | None, tokens: Tokens, drafts: Sequence[Draft]) -> None:
    """Set the characters of thing and subject, by rule where the words after the number tell, else by the parse."""
    label = label_of(tokens)
    spans = [tokens.span(draft.first, draft.last) for draft in drafts]
    for n, draft in enumerate(drafts):
        if _is_told_by_words(tokens, draft, label) or parse is None or not needs_parse(tokens, draft):
            continue
        same = said_by(tokens, drafts, n)
        if same is not None and same.thing_span is not None:
            draft.thing_span, draft.subject_span = same.thing_span, same.subject_span
            continue
        _set_by_syntax(parse, tokens, draft, spans)


def _is_told_by_words(tokens: Tokens, draft: Draft, label: tuple[int, int] | None) -> bool:
    """Set what the words beside the number say of it; tell whether that is all."""
    if draft.owner is not None:
        draft.subject_span = tokens.span(*draft.owner)
        draft.thing_span = tokens.span(*draft.thing) if draft.thing is not None else None
        return True
    if draft.thing is not None:
        draft.thing_span = tokens.span(*draft.thing)
        return is_listed(tokens, draft) or acts_itself(tokens, draft)
    if _is_aged_person(tokens, draft) or _stands_alone(tokens, draft):
        return True
    if label is not None and draft.first > label[1]:
        draft.thing_span = tokens.span(*label)
        return True
    return False


def _is_aged_person(tokens: Tokens, draft: Draft) -> bool:
    """Tell "the 23-year-old flew", "over-65s", where the age is all that is said of somebody."""
    if draft.unit is None or draft.unit.dimension != "age":
        return False
    last = tokens.word(draft.last - 1)
    is_noun = last in ("old", "olds") and draft.unit_hyphenated and tokens.word(draft.first - 1) not in COPULAS
    is_group = last == "s" and draft.last > draft.number_last  # not "in her 60s"
    return is_group or is_noun


def _stands_alone(tokens: Tokens, draft: Draft) -> bool:
    """Tell "dozens were hurt", "hundreds of thousands without power", "was held twice": counts of what is not said."""
    if tokens.word(draft.number_first) in ("twice", "thrice") and draft.kind == "cardinal":
        return True
    return draft.is_counted and draft.kind == "scale" and tokens.word(draft.first - 1) not in MEASURING


def _set_by_syntax(parse: Parse, tokens: Tokens, draft: Draft, numbers: Sequence[tuple[int, int]]) -> None:
    is_taken = _is_time_taken(tokens, draft)
    if is_taken or is_distance(tokens, draft):
        if not is_taken or tokens.word(_before_length(tokens, draft)) == "for":
            draft.subject_span = lasting_subject(parse, tokens, draft, numbers)
        return
    if draft.thing_span is None:
        draft.thing_span, draft.subject_span = thing_and_subject(parse, tokens, draft, numbers)
    else:
        draft.subject_span = subject_of(parse, tokens, draft, numbers)
        if draft.subject_span is None and draft.money_before:
            draft.subject_span = thing_and_subject(parse, tokens, draft, numbers)[1]
    if draft.subject_span is None and (draft.thing_span is None or draft.is_counted):
        _fall_back(parse, tokens, draft, numbers)
    is_aside = draft.money_before and tokens.word(draft.first - 1) == "("
    if is_aside and not any(end == tokens.ends[draft.first - 2] for _, end in numbers):
        draft.subject_span = None  # "she praised a mop (£2, Hale)", but not "300 yen ($2)"
    say_once(tokens, draft)


def _carry_on(doc: Document, before: Numbers, tokens: Tokens, drafts: Sequence[Draft]) -> None:
    """Take from the sentence before what a sentence leaves unsaid: "Rent has doubled to $900. It was $450 then."."""
    if "\n" in doc.text[before[1].end : tokens.start]:
        return
    for draft in drafts:
        same = said_before(draft, before[2])
        if same is not None:
            draft.thing_span = same.thing_span


def _is_time_taken(tokens: Tokens, draft: Draft) -> bool:
    """Tell "over three years", "within a week", "four days after": how long, and nobody's measure."""
    if draft.unit is None or draft.unit.dimension != "time":
        return False
    is_lasting = tokens.word(_before_length(tokens, draft)) in LASTING
    return is_lasting or tokens.word(draft.last) in ("after", "before", "later", "earlier")


def _before_length(tokens: Tokens, draft: Draft) -> int:
    """Give the token before a length of time, as the "for" of "for the past two years"."""
    k = draft.first - 1
    if tokens.word(k) in ("past", "last", "next", "first", "final", "previous"):
        k -= 1 + (tokens.word(k - 1) == "the")
    return k


def _fall_back(parse: Parse, tokens: Tokens, draft: Draft, numbers: Sequence[tuple[int, int]]) -> None:
    """Take the clause's first noun phrase; as a subject only where its capital speaks for it."""
    found = clause_subject(tokens, draft.first)
    if found is None or found[0] < _after_dateline(tokens):
        return
    start, end = tokens.span(*found)
    if any(first < end and start < last for first, last in numbers):
        return
    between = tokens.words[found[1] : draft.first]
    if "that" in between or not SPEAKING.isdisjoint(between):
        return  # who says the number is its source, not what it is about
    if draft.thing_span is None:
        draft.thing_span = tokens.span(*found)
    elif tokens.raw(found[0])[:1].isupper() and parse.acts(*tokens.span(*found)):
        draft.subject_span = tokens.span(*found)


def _after_dateline(tokens: Tokens) -> int:
    """Give the token after "KYIV (Capital Wire) - ", or 0 where a sentence has no dateline."""
    if not tokens.raw(0).isupper():
        return 0
    signs = (*HYPHENS, ":")
    return next((k + 1 for k in range(1, min(LONGEST_DATELINE, len(tokens))) if tokens.word(k) in signs), 0)


def read_sentence(tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Draft]:
    """Read the quantities of one sentence; ``taken`` are characters that none may touch."""
    drafts = join(tokens, _numbers(tokens, taken), speaks_of_change(tokens))
    previous_end = 0
    for draft in drafts:
        _take_bounds(tokens, draft)
        set_per(tokens, draft)
        set_change(tokens, draft, previous_end)
        set_thing(tokens, draft)
        previous_end = draft.last
        set_per_after_thing(tokens, draft)
    drafts = _without_denominators(drafts)
    share_over_lists(tokens, drafts)
    repeat(tokens, drafts)
    for n, draft in enumerate(drafts):
        set_aspect(tokens, draft)
        if n:
            carry_plan(tokens, drafts[n - 1], draft)
        if n and drafts[n - 1].aspect == "plan" and draft.aspect == "level" and _is_time_taken(tokens, draft):
            draft.aspect = "plan"  # "plans to hire 40 over two years"
    return drafts


def _lasts(tokens: Tokens, draft: Draft, first: int) -> bool:
    """Tell "a rise of 7% over three years", which says how long, from "it took over three years", a bound."""
    return (
        tokens.word(first) == "over"
        and draft.unit is not None
        and draft.unit.dimension == "time"
        and tokens.word(draft.last) not in ("ago", "old", "earlier", "later", "before")
        and tokens.word(first - 1) not in BEFORE_OVER
    )


def _without_denominators(drafts: list[Draft]) -> list[Draft]:
    """Drop the 100,000 of "12 deaths per 100,000 people", which stands in ``per``."""
    taken = [draft.per for draft in drafts if draft.per is not None]
    return [draft for draft in drafts if not any(first <= draft.number_first < last for first, last in taken)]


def _numbers(tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Draft]:
    drafts: list[Draft] = []
    refused_end = -1
    i = 0
    while i < len(tokens):
        draft = read_draft(tokens, i)
        if draft is None:
            i += 1
            continue
        follows_refused = tokens.word(draft.first - 1) in HYPHENS and refused_end == draft.first - 1 and not draft.unit
        if (follows_refused and tokens.glued(draft.first)) or _is_excluded(tokens, draft, taken):
            refused_end = draft.number_last
        else:
            drafts.append(draft)
        i = max(draft.last if drafts and drafts[-1] is draft else draft.number_last, i + 1)
    return drafts


def _is_excluded(tokens: Tokens, draft: Draft, taken: Sequence[tuple[int, int]]) -> bool:
    if draft.kind == "ordinal" and not is_rank(tokens, draft):
        return True
    if draft.bound == "between":  # "in her 60s"
        return False
    start, end = tokens.starts[draft.number_first], tokens.ends[draft.number_last - 1]
    if any(a < end and start < b for a, b in taken) and not _is_count_like_year(tokens, draft):
        return True
    return is_refused(tokens, draft)


def _is_count_like_year(tokens: Tokens, draft: Draft) -> bool:
    """Tell "1990 rebels", which a reader of dates takes for a year."""
    i = draft.number_first
    if len(tokens.raw(i)) != 4 or not tokens.raw(i).isdigit():
        return False
    is_early = tokens.raw(i) < "1500" and tokens.word(i - 1) in ("from", "to", "by") and speaks_of_change(tokens)
    return is_early or is_year_like_count(tokens, i)


def _is_preposition(tokens: Tokens, draft: Draft, first: int) -> bool:
    """Tell whether what would be a bound says when or where: "a rise of 7% over three years", "over one region"."""
    if _lasts(tokens, draft, first):
        return True
    if draft.first - first > 1 or draft.kind != "cardinal":
        return False
    if not draft.is_counted:  # "trapped under 30 metres of rubble"
        is_length = draft.unit is not None and draft.unit.dimension == "length"
        is_of = is_length and tokens.word(first) == "under" and tokens.word(draft.last) == "of"
        return is_of and tokens.word(first - 1) in MOTION
    is_one = tokens.word(draft.number_first) == "one" and draft.number_last == draft.number_first + 1
    if is_one and tokens.word(first) in ("over", "under", "above", "below", "around"):
        return True
    return leads_to_things(tokens, first, draft.low, digits=draft.digits)


def _take_bounds(tokens: Tokens, draft: Draft) -> None:
    before = bound_before(tokens, draft.first)
    if before is not None and not _is_preposition(tokens, draft, before[1]):
        if draft.bound == "exact":
            draft.bound = before[0]
        draft.first = before[1]
    for end in (draft.last, draft.number_last):
        after = bound_after(tokens, end)
        if after is not None:
            draft.bound = after[0] if draft.bound == "exact" else draft.bound
            draft.last = max(draft.last, after[1])
            if draft.unit is None and tokens.word(after[1] - 1) in ("older", "younger"):
                draft.unit = YEAR_OF_AGE
            return
