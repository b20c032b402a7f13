"""Number words that count nothing: pronouns, figures of speech, times of day, shapes."""

from __future__ import annotations

from itertools import pairwise

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS, SMALL, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.quantities.words import is_past, is_stop, word_list

LONGEST_FIGURE = 10  # digits of a sum that "ran into six figures"
BEFORE_PRONOUN = frozenset({"the", "these", "those", "other", "all", "ground", "day", "top", "bottom"})
LAST_HOUR = 24
OPENING = frozenset({
    "open", "opens", "opened", "close", "closes", "closed", "start", "starts", "started", "begin",
    "begins", "began", "end", "ends", "ended", "shut", "shuts", "meet", "meets", "arrive", "arrives",
    "leave", "leaves"
})  # fmt: skip
ONE_IDIOMS = word_list("one_idioms")
# Fixed words after "one" and before it: "one size fits all", "under one roof".
AFTER_ONE = frozenset({("size", "fits"), ("step", "at"), ("by", "one"), ("after", "another"), ("thing", "at")})
ROOFED = frozenset({
    ("under", "roof"), ("in", "go"), ("in", "piece"), ("in", "swoop"), ("on", "hand"), ("in", "fell"),
    ("at", "stage"), ("at", "juncture"), ("at", "moment"), ("at", "extreme"),
})  # fmt: skip
TO_ANOTHER = frozenset({("after", "another"), ("to", "another"), ("against", "another")})
LONGEST_ANOTHER = 8  # words from "one" to "after another"
# What a number in front of a hyphen shapes instead of counting: "a six-figure sum", "two-way traffic", "five-a-side".
SHAPES = frozenset(
    {"digit", "digits", "figure", "figures", "way", "off", "a", "on", "in", "by", "under", "size", "stop"}
)
ARTICLES = frozenset({"a", "an"})
FIGURATIVE = frozenset({"thanks", "apologies", "sight", "glance", "hand", "ladies"})
# Before them "one" is a pronoun or a part of it: "no one", "this one", "only one".
BEFORE_ONE = frozenset({
    "no", "not", "any", "every", "some", "each", "this", "that", "which", "another", "day", "the", "square", "only",
    "a", "good", "new"
})  # fmt: skip
IDLE_COMPOUNDS = ONE_IDIOMS | {"off", "time", "sided", "size", "upmanship"}
BEFORE_ONE_DAY = frozenset({"over", "than", "least", "about", "in", "within", "just", "for"})
# What somebody is "100 percent".
CONVICTIONS = word_list("convictions")
CLOCK = frozenset({"o'clock", "o’clock", "a.m.", "p.m.", "am", "pm"})


def is_mere_one(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "one crisis after another", "from one meeting to another", "one size fits all", "under one roof"."""
    i, j = draft.first, draft.number_last
    if tokens.word(i) != "one" or j > i + 1:
        return False
    if (tokens.word(j), tokens.word(j + 1)) in AFTER_ONE or (tokens.word(i - 1), tokens.word(j)) in ROOFED:
        return True
    following = tokens.words[j : j + LONGEST_ANOTHER]
    return any(pair in TO_ANOTHER for pair in pairwise(following))


def is_comparison(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the verb of "it doubles as a display"."""
    return draft.multiple and tokens.word(draft.number_last) == "as" and tokens.word(draft.number_last + 1) in ARTICLES


def is_pronoun(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "one of them", "the two", "no one", "one day"."""
    i, j = draft.first, draft.number_last
    if draft.digits or draft.kind != "cardinal" or j > i + 1 or draft.scale != 1:
        return False
    if tokens.word(i) == "one":
        return _is_idle_one(tokens, draft)
    return tokens.word(j) in FIGURATIVE or _stands_for_known(tokens, draft)


def _stands_for_known(tokens: Tokens, draft: Draft) -> bool:
    """Tell "the two of us", "the three said"; "the seven-seat van" counts seats."""
    before, j = tokens.word(draft.first - 1), draft.number_last
    if tokens.word(j) == "of":
        return before == "the" and tokens.word(j + 1) in ("us", "them", "you", "whom", "which")
    is_counting = draft.unit is not None or _is_compound(tokens, j)
    return not is_counting and before in BEFORE_PRONOUN and _has_no_noun(tokens.word(j))


def _is_compound(tokens: Tokens, j: int) -> bool:
    return tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)


def _has_no_noun(after: str) -> bool:
    return not after.isalpha() or is_stop(after) or is_past(after)


def _is_idle_one(tokens: Tokens, draft: Draft) -> bool:
    """Tell the "one" that counts nothing from "one ship", "between one and two"."""
    before, after = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    if _opens_range(tokens, draft, before, after):
        return False
    if before in BEFORE_ONE:
        return _is_one_after(tokens, draft, before)
    if draft.unit is not None:
        is_some_day = draft.unit.name == "day" and not draft.unit_hyphenated
        return is_some_day and before not in BEFORE_ONE_DAY
    if before == "with" and after.endswith("ing"):  # "with one insisting that"
        return True
    is_joined = after in HYPHENS and tokens.glued(draft.number_last)
    return _stands_alone(tokens.word(draft.number_last + 1) if is_joined else after)


def _opens_range(tokens: Tokens, draft: Draft, before: str, after: str) -> bool:
    """Tell "one or two", "one to three", "between one and two"."""
    if after not in ("to", "or") and not (after == "and" and before == "between"):
        return False
    beyond = tokens.word(draft.number_last + 1)
    return beyond in SMALL or is_numeric(beyond)


def _is_one_after(tokens: Tokens, draft: Draft, before: str) -> bool:
    """Tell "no one", "the only one" from "the one-child policy", "the one year"."""
    j = draft.number_last
    is_compound = tokens.word(j) in HYPHENS and tokens.glued(j) and before in ("the", "a", "new")
    if is_compound and draft.unit is None:
        return tokens.word(j + 1) in IDLE_COMPOUNDS
    return before not in ("the", "only") or draft.unit is None


def _stands_alone(after: str) -> bool:
    is_idle = after in ONE_IDIOMS or after in ("off", "time", "sided")
    return is_idle or not after.isalpha() or is_past(after) or is_stop(after)


def is_or_two(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the two of "an app or two", which means a few; "a year or two" has a unit and is a range."""
    i = draft.first
    return (
        tokens.word(i - 1) == "or" and tokens.word(i - 3) in ARTICLES and _has_no_noun(tokens.word(draft.number_last))
    )


def is_certainty(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the measure of a conviction: "100 percent sure", "110% behind her"."""
    is_whole = draft.dimension == "ratio" and draft.kind == "cardinal" and draft.low >= 1
    return is_whole and tokens.word(draft.last) in CONVICTIONS


def is_idle_zero(tokens: Tokens, draft: Draft) -> bool:
    """Refuse a zero that counts nothing: "net zero", "zero-sum"."""
    if tokens.word(draft.number_first) != "zero" or draft.unit is not None:
        return False
    before, j = tokens.word(draft.first - 1), draft.number_last
    is_verb = tokens.word(j) in ("in", "out", "on")
    return is_verb or before in ("net", "ground", "absolute", "patient", *HYPHENS) or tokens.word(j) in HYPHENS


def is_saying(tokens: Tokens, draft: Draft) -> bool:
    """Refuse figures of speech and times: "a thousand thanks", "six-figure", "ran into six figures", "at 9am"."""
    j = draft.number_last
    after = tokens.word(j)
    if _is_figurative(draft, after) or _is_clock_time(tokens, draft, after):
        return True
    if after in HYPHENS and draft.unit is None and tokens.glued(j):
        return tokens.word(j + 1) in SHAPES
    return after in CLOCK and not (after == "am" and tokens.word(draft.first - 1) == "i")


def _is_figurative(draft: Draft, after: str) -> bool:
    if after in FIGURATIVE:
        return draft.scale > 1
    return after in ("figures", "digits") and draft.low <= LONGEST_FIGURE


def _is_clock_time(tokens: Tokens, draft: Draft, after: str) -> bool:
    """Tell "a quarter to 9", "half past", "opens at 9", "at one point"; "by a third to 1,200" is none."""
    before = tokens.word(draft.first - 1)
    is_fraction = draft.kind == "ratio" and not draft.multiple
    if after in ("past", "to") and is_fraction and before != "by":
        return after == "past" or _is_hour(tokens, draft.number_last + 1)
    if tokens.word(draft.number_first) == "one" and draft.dimension == "points":
        return before in ("at", "from")
    return _opens_at_hour(tokens, draft, after)


def _opens_at_hour(tokens: Tokens, draft: Draft, after: str) -> bool:
    """Tell "opens at 9", "closes by 5 on Sundays" from "closes at 40 points"."""
    before = tokens.word(draft.first - 1)
    is_at = before in ("at", "by", "until", "till") and tokens.word(draft.first - 2) in OPENING
    is_hour = draft.is_unitless and draft.low <= LAST_HOUR
    return is_at and is_hour and (not after.isalpha() or is_stop(after))


def _is_hour(tokens: Tokens, k: int) -> bool:
    return tokens.word(k).isdigit() and len(tokens.word(k)) < 3 and read_unit(tokens, k) is None
