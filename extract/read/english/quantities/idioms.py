"""Number words that count nothing: pronouns, idioms, times of day, shapes."""

from __future__ import annotations

from itertools import pairwise

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.nouns import PLURAL_MODIFIERS, is_adverb
from extract.read.english.quantities.number_words import HYPHENS, SCALES, SMALL, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.quantities.words import word_list
from extract.read.english.words import ADVERBS, DETERMINERS, PLURALS, is_past, is_plural, is_stop

LONGEST_FIGURE = 10  # most digits of an amount that "ran into six figures"
BEFORE_PRONOUN = frozenset({"the", "these", "those", "other", "all", "ground", "day", "top", "bottom"})
LAST_HOUR = 24
# After these, zero is not a count: "zero in on", "zero trust", "zero is a value".
AFTER_IDLE_ZERO = frozenset({"in", "out", "on", "is", "was", "trust", "tolerance", "sum"})
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
    ("in", "place"), ("in", "spot"), ("at", "stage"), ("at", "juncture"), ("at", "moment"), ("at", "extreme"),
})  # fmt: skip
TO_ANOTHER = frozenset({("after", "another"), ("to", "another"), ("against", "another")})
LONGEST_ANOTHER = 8  # most tokens from "one" to "after another"
# Second parts of compounds that count nothing: "a six-figure sum", "two-way traffic", "five-a-side".
SHAPES = frozenset({
    "digit", "digits", "figure", "figures", "way", "off", "a", "on", "in", "by", "under", "size", "stop", "factor",
    "click", "wheeler", "wheelers",
})  # fmt: skip
ARTICLES = frozenset({"a", "an"})
UNCOUNTABLE = word_list("uncountable")
# Words of a report in which "one person" at the start of a sentence is a count.
CASUALTIES = word_list("casualties")
OPENERS = frozenset({"", "“", '"', "‘"})  # what precedes the first word of a sentence
MEASURED_BY_ZERO = word_list("measured_by_zero")
FIGURATIVE = frozenset({"thanks", "apologies", "sight", "glance", "hand", "ladies"})
# After these, "one" is a pronoun or a part of one: "no one", "this one", "only one".
BEFORE_ONE = frozenset({
    "no", "not", "any", "every", "some", "each", "this", "that", "which", "another", "day", "the", "square", "only",
    "a", "good", "new"
})  # fmt: skip
IDLE_COMPOUNDS = ONE_IDIOMS | {"off", "time", "sided", "size", "upmanship"}
KNOWN_PARTIES = frozenset({"sides", "governments"})  # "the two sides"
DEGREES = frozenset({"quite", "pretty", "very", "rather", "fairly", "really", "soon", "myself", "yourself"})
BEFORE_ONE_DAY = frozenset({"over", "than", "least", "about", "in", "within", "just", "for"})
# Adjectives of conviction: "100 percent sure".
CONVICTIONS = word_list("convictions")
BEFORE_HOUR = frozenset({"at", "until", "till", "beyond", "before", "from"})
CLOCK = frozenset({"o'clock", "o’clock", "a.m.", "p.m.", "am", "pm"})


def is_mere_one(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "one" is idiomatic: "one crisis after another", "one size fits all", "under one roof"."""
    i, j = draft.first, draft.number_last
    if tokens.word(i) != "one" or j > i + 1:
        return False
    if (tokens.word(j), tokens.word(j + 1)) in AFTER_ONE or (tokens.word(i - 1), tokens.word(j)) in ROOFED:
        return True
    following = tokens.words[j : j + LONGEST_ANOTHER]
    if ["to", "the", "other"] in (following[k : k + 3] for k in range(len(following))):  # "from one room to the other"
        return tokens.word(i - 1) == "from"
    return any(pair in TO_ANOTHER for pair in pairwise(following))


def is_example(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "one" opens a sentence about an example: "One reader asks", "One benefit is"; not "One man died".

    "One house burned and two lost roofs" counts.
    """
    i, j = draft.first, draft.number_last
    if tokens.word(i) != "one" or j != i + 1 or not draft.is_unitless or i > 1 or tokens.word(i - 1) not in OPENERS:
        return False
    if not tokens.word(j).isalpha() or tokens.holds(CASUALTIES):
        return False
    return not any(_is_listed(tokens, k) for k in range(j + 1, len(tokens)))


def _is_listed(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` is a number that belongs with an earlier one: "and two lost roofs", "in 18"."""
    is_number = tokens.word(k) in SMALL or tokens.word(k).isdecimal()
    return is_number and tokens.word(k - 1) in ("and", ",", "in", "for", "every")


def is_comparison(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a multiple is the verb of "it doubles as a display"."""
    return draft.multiple and tokens.word(draft.number_last) == "as" and tokens.word(draft.number_last + 1) in ARTICLES


def is_pronoun(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number word is a pronoun: "one of them", "the two", "no one", "one day"."""
    i, j = draft.first, draft.number_last
    if draft.digits or draft.kind != "cardinal" or j > i + 1 or draft.scale != 1:
        return False
    if tokens.word(i) == "one":
        return _is_idle_one(tokens, draft)
    return tokens.word(j) in FIGURATIVE or _stands_for_known(tokens, draft)


def _stands_for_known(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is anaphoric: "the two of us", "the three said"; "the seven-seat van" counts seats."""
    before, j = tokens.word(draft.first - 1), draft.number_last
    if tokens.word(j) in KNOWN_PARTIES and before in ("the", "both", "these", "our", "all"):
        return True
    if tokens.word(j) == "of":
        return before == "the" and tokens.word(j + 1) in ("us", "them", "you", "whom", "which")
    is_counting = draft.unit is not None or _is_compound(tokens, j)
    return not is_counting and before in BEFORE_PRONOUN and _has_no_noun(tokens.word(j))


def _is_compound(tokens: Tokens, j: int) -> bool:
    return tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)


def _has_no_noun(after: str) -> bool:
    return not after.isalpha() or is_stop(after) or is_past(after)


def _is_idle_one(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "one" counts nothing, unlike "one ship" or "between one and two"."""
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
    return _has_nothing_to_count(tokens, draft)


def _has_nothing_to_count(tokens: Tokens, draft: Draft) -> bool:
    """Return whether no noun follows "one": "one of them", "one-off", "rent one cheaply"; not "one weekly market"."""
    j = draft.number_last
    if tokens.word(j) in HYPHENS and tokens.glued(j):
        return _stands_alone(tokens.word(j + 1))
    beyond = tokens.word(j + 1)
    if is_adverb(tokens, j) and tokens.word(j) not in ADVERBS and not _has_no_noun(beyond):
        return is_plural(beyond) or beyond.endswith("ing")
    return _stands_alone(tokens.word(j)) or _is_before_verb(tokens, draft)


def _is_before_verb(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a verb that looks like a plural follows "one" ("the wrong one builds debt"), or an adverb."""
    j = draft.number_last
    if tokens.word(j) in DEGREES:
        return is_adverb(tokens, j + 1) or _stands_alone(tokens.word(j + 1))
    is_verb = is_plural(tokens.word(j)) and tokens.word(j) not in PLURALS | PLURAL_MODIFIERS and tokens.raw(j).islower()
    if not is_verb:
        return False
    beyond = tokens.word(j + 1)
    return tokens.word(draft.first - 2) in DETERMINERS or not beyond.isalpha() or is_stop(beyond)


def _opens_range(tokens: Tokens, draft: Draft, before: str, after: str) -> bool:
    """Return whether "one" begins a range: "one or two", "one to three", "between one and two"."""
    if after not in ("to", "or") and not (after == "and" and before == "between"):
        return False
    beyond = tokens.word(draft.number_last + 1)
    return beyond in SMALL or is_numeric(beyond)


def _is_one_after(tokens: Tokens, draft: Draft, before: str) -> bool:
    """Return whether "one" is a pronoun after ``before`` ("no one", "the only one"), not "the one-child policy"."""
    j = draft.number_last
    is_compound = tokens.word(j) in HYPHENS and tokens.glued(j) and before in ("the", "a", "new")
    if is_compound and draft.unit is None:
        return tokens.word(j + 1) in IDLE_COMPOUNDS
    return before not in ("the", "only") or draft.unit is None


def _stands_alone(after: str) -> bool:
    is_idle = after in ONE_IDIOMS or after in ("off", "time", "sided")
    return is_idle or not after.isalpha() or is_past(after) or is_stop(after)


def is_mere_two(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "two" means a few ("the next page or two") or is in "broke in two"; "a year or two" is a range."""
    i, j = draft.first, draft.number_last
    if tokens.word(i) != "two" or j > i + 1 or draft.unit is not None:
        return False
    if tokens.word(i - 1) == "in":
        return is_closed(tokens, j) and tokens.word(j) != "of"
    is_few = tokens.word(i - 1) == "or" and _is_singular(tokens.word(i - 2)) and _has_no_noun(tokens.word(j))
    return is_few and tokens.word(i - 3) != "another"  # "another pick or two" is a count


def _is_singular(word: str) -> bool:
    return word.isalpha() and not is_stop(word) and not is_plural(word) and word not in SMALL and word not in SCALES


def is_certainty(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a percentage is of conviction: "100 percent sure", "110% behind her"."""
    is_whole = draft.dimension == "ratio" and draft.kind == "cardinal" and draft.low >= 1
    return is_whole and tokens.word(draft.last) in CONVICTIONS


def is_idle_zero(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "zero" counts nothing: "net zero", "zero-sum", "zero trust", "zero hour"."""
    if tokens.word(draft.number_first) != "zero":
        return False
    if draft.unit is not None:
        return draft.dimension == "time" and not is_plural(tokens.word(draft.unit_last - 1))
    before, j = tokens.word(draft.first - 1), draft.number_last
    if tokens.word(j) in AFTER_IDLE_ZERO or _is_none_of(tokens, j):
        return True
    return before in ("net", "ground", "absolute", "patient", *HYPHENS) or tokens.word(j) in HYPHENS


def _is_none_of(tokens: Tokens, j: int) -> bool:
    """Return whether "zero" means no of what has no number: "zero shame", "zero idea"; not "zero growth"."""
    noun = tokens.word(j)
    if not noun.isalpha() or is_stop(noun) or is_plural(noun) or is_past(noun) or noun in MEASURED_BY_ZERO:
        return False
    return _has_no_noun(tokens.word(j + 1))


def is_saying(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is an idiom or a time: "a thousand thanks", "ran into six figures", "at 9am"."""
    j = draft.number_last
    after = tokens.word(j)
    if _is_figurative(tokens, draft, after) or _is_clock_time(tokens, draft, after):
        return True
    if after in HYPHENS and draft.unit is None and tokens.glued(j):
        return tokens.word(j + 1) in SHAPES
    return after in CLOCK and not (after == "am" and tokens.word(draft.first - 1) == "i")


def _is_figurative(tokens: Tokens, draft: Draft, after: str) -> bool:
    if after in FIGURATIVE:
        return draft.scale > 1
    if after in UNCOUNTABLE:  # "a million ways"
        return draft.scale > 1 and tokens.word(draft.number_first) in ARTICLES
    return after in ("figures", "digits") and draft.low <= LONGEST_FIGURE


def _is_clock_time(tokens: Tokens, draft: Draft, after: str) -> bool:
    """Return whether a number is a clock time or in "at one point": "a quarter to 9", "half past", "opens at 9".

    "By a third to 1,200" is a change.
    """
    before = tokens.word(draft.first - 1)
    is_fraction = draft.kind == "ratio" and not draft.multiple
    if after in ("past", "to") and is_fraction and before != "by":
        return after == "past" or _is_hour(tokens, draft.number_last + 1)
    if tokens.word(draft.number_first) == "one" and draft.dimension == "points":
        return before in ("at", "from")
    if draft.unit is not None and tokens.word(draft.unit_first) in ("hrs", "hr"):
        return _is_hour_of_day(tokens, draft, before)
    return _opens_at_hour(tokens, draft, after)


def _is_hour_of_day(tokens: Tokens, draft: Draft, before: str) -> bool:
    """Return whether hours are a time of day ("at 0400hrs", "by 22hrs"), not a duration ("by 3 hrs", "22hrs")."""
    is_led = before in BEFORE_HOUR or (before == "by" and draft.low > LAST_HOUR / 2)
    return is_led and (draft.low <= LAST_HOUR or len(tokens.raw(draft.number_first)) == len("0400"))


def _opens_at_hour(tokens: Tokens, draft: Draft, after: str) -> bool:
    """Return whether a number is an hour ("opens at 9", "closes by 5 on Sundays"), not in "closes at 40 points"."""
    before = tokens.word(draft.first - 1)
    is_at = before in ("at", "by", "until", "till") and tokens.word(draft.first - 2) in OPENING
    is_hour = draft.is_unitless and draft.low <= LAST_HOUR
    return is_at and is_hour and (not after.isalpha() or is_stop(after))


def _is_hour(tokens: Tokens, k: int) -> bool:
    return tokens.word(k).isdecimal() and len(tokens.word(k)) < 3 and read_unit(tokens, k) is None


def is_past_hour(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is the hour of "half past nine" or "a quarter to six"."""
    i = draft.first
    is_told = tokens.words[max(0, i - 2) : i] in (["half", "past"], ["quarter", "past"], ["quarter", "to"])
    return is_told and draft.low <= LAST_HOUR
