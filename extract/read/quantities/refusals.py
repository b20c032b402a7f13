"""What looks like a quantity and is none: years, dates, clock times, telephone numbers, names, labels, scores."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.read.mentions.tables import ordinary_words
from extract.read.quantities.draft import Draft
from extract.read.quantities.numerals import HYPHENS, RESOLUTIONS, SLASHES, SMALL, TENS, is_numeric
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import read_unit
from extract.read.quantities.words import (
    MONTHS,
    PREPOSITIONS,
    STOPS,
    SUBSTANTIVES,
    is_past,
    is_plural,
    is_stop,
    word_list,
)

NOISE = re.compile(
    r"""
    (?=[\d(+<@\#'’]|https?:|www\.|(?<!\S)\S{1,64}(?:@|\.[a-z]{2,3}/))(?:      # most characters can begin none of them
      https?://\S+ | www\.\S+ | (?<!\S)\S{1,60}\.(?:com|org|net|co|gov|edu|io|ly)/\S+
    | (?<!\S)\S{1,64}@\S{1,255}\.\w+ | (?<!\w)[@\#]\w+
    | \b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b | \b\d{1,2}/\d{1,2}/\d{2,4}\b | \b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b
    | \b(?:9/11|24/7|9-to-5|nine-to-five|50/50|50-50|20/20|7/7)\b
    | \b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)? | \b\d{1,2}h\d{2}\b
    | \b(?:\d{1,2}(?:[.:]\d{2})?\s?(?:to|until|till|and|or|[-–])\s?)?
      \d{1,2}(?:[.:]\d{2})?\s?(?:[ap]m\b|[ap]\.m\.|[AP]M\b|o['’]clock)
    | \b\d{1,3}(?:\.\d+)?\s?°\s?(?:\d{1,2}(?:\.\d+)?\s?['’′]\s?)?(?:\d{1,2}(?:\.\d+)?\s?["”″]\s?)?[NSEW]\b
    | \b\d{3,4}\s?(?:GMT|UTC|BST|CET|EST|EDT|PST|PDT)\b
    | (?<!\w)\+\d{1,3}[\s\-.]?(?:\(?\d{1,5}\)?[\s\-.]?){2,5}\d{2,4}\b
    | (?<![\w$£€])(?:1-)?\(?\d{3}\)?[\s.\-]\d{3}[.\-]\d{4}\b | \b1-[89]\d\d-[\w\-]+
    | \b0\d{2,4}[\s\-]\d{3,4}[\s\-]?\d{3,4}\b
    | \b\d{3,4}\ \d{6,7}\b | \b\d{3}\ \d{4}\b | \b\d{3}[-–]0\d{3}\b
    | \b\d{1,3}(?:\.\d{1,3}){3}\b | \b\d+\.\d+\.\d+\b(?!\.\d)
    | \b(?:1[5-9]|20)\d\d[\-–/](?:1[5-9]|20)?\d\d\b
    | \b\d{13,}\b | <[A-Za-z/][^<>\n]{0,300}>
    | (?<!\w)['’]\d\d\b
    | \b(?:1[5-9]|20)\d0['’]?s\b | (?<!\w)['’]?[1-9]0['’]?s\b
    )
    """,
    re.VERBOSE,
)
LABELS = word_list("labels")
# Labels whose number may be a word in lower case: "stage three cancer".
WORD_LABELS = frozenset({"number", "phase", "type", "part", "stage", "level", "grade", "category", "tier", "chapter"})
ERA = frozenset({"a.d.", "ad", "bc", "b.c.", "bce", "ce"})
LARGEST_MARK = 120
LONGEST_FIGURE = 10  # digits of a sum that "ran into six figures"
WICKETS = 10
STRONGEST_WIND = 17  # of the extended Beaufort scale
DATE_TOKENS = 7  # longest list of days before or after its month
NO_MODEL = 10000  # models of a maker that is not named have no number this high
LONGEST_PARTY = 3  # words of a name that has a number of its own
GAPPED = 8  # words between the numbers of two parties
LONGEST_LIST = 8  # numbers of a list of labels
# Labels that are also words of time or place before a count: "this year 40 shops closed".
CHANCE_LABELS = frozenset({
    "year", "month", "week", "day", "game", "season", "step", "line", "war", "area", "camp", "building",
    "point"
})  # fmt: skip
TRIMS = frozenset({"max", "pro", "plus", "ultra"})  # "737 Max"
BEFORE_PRONOUN = frozenset({"the", "these", "those", "other", "all", "ground", "day", "top", "bottom"})
LAST_HOUR = 24
LISTED_IN_TITLES = frozenset(
    {"things", "tips", "ways", "reasons", "steps", "ideas", "facts", "rules", "habits", "secrets"}
)
OPENING = frozenset({
    "open", "opens", "opened", "close", "closes", "closed", "start", "starts", "started", "begin",
    "begins", "began", "end", "ends", "ended", "shut", "shuts", "meet", "meets", "arrive", "arrives",
    "leave", "leaves"
})  # fmt: skip
SUMS = frozenset({"average", "total", "sum", "maximum", "minimum", "price", "cost", "score"})
BEFORE_COUNTS = frozenset({"than", "about", "some", "least", "nearly", "almost", "approximately", "roughly", "exactly"})
EVENTS = word_list("events")
STREETS = word_list("streets")
YEAR_CUES = word_list("year_cues")
ONE_IDIOMS = word_list("one_idioms")
# What a number in front of a hyphen shapes instead of counting: "a six-figure sum", "two-way traffic", "five-a-side".
SHAPES = frozenset(
    {"digit", "digits", "figure", "figures", "way", "off", "a", "on", "in", "by", "under", "size", "stop"}
)
WORDS_TOO = frozenset({"march", "may", "mar", "august"})  # months that are words in lower case
QUOTES = frozenset("“\"‘'")
JOINED = frozenset({"to", "a", "per", "plus", "magnitude", "mid"})
FIGURATIVE = frozenset({"thanks", "apologies", "sight", "glance", "hand", "ladies"})


def noise_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the characters that no quantity may touch: addresses, telephone numbers, clock times, versions."""
    return [match.span() for match in NOISE.finditer(text, start, end) if not _is_grouped(match.group())]


def _is_grouped(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text))


def is_refused(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether a number is no quantity by its neighbours."""
    for rule in RULES:
        if rule(tokens, draft):
            return True
    return _is_bare(draft) and any(rule(tokens, draft) for rule in BARE_RULES)


def _is_bare(draft: Draft) -> bool:
    return draft.unit is None and draft.kind == "cardinal"


def _is_part_of_word(tokens: Tokens, draft: Draft) -> bool:
    i, j = draft.first, draft.number_last
    if tokens.glued(i) and tokens.word(i - 1).isalpha():
        return True
    if _is_identifier(tokens, draft):
        return True
    is_joined = tokens.glued(i) and tokens.glued(i - 1) and tokens.word(i - 1) in HYPHENS and tokens.word(i - 1) != "—"
    if is_joined and not draft.money_before:
        before = tokens.word(i - 2)
        if before.isalpha() and before not in TENS and before not in JOINED and not _are_two_words(tokens, i):
            return True
    if draft.unit is None and draft.digits and tokens.glued(j) and tokens.word(j).isalpha():
        return not draft.multiple
    if draft.unit is None and tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1):
        return len(tokens.raw(j + 1)) == 1 and tokens.raw(j + 1).isupper()
    if tokens.word(i - 1) == "+" and tokens.glued(i) and tokens.glued(i - 1):
        return tokens.word(i - 2).isalnum()  # "P5+1"
    return tokens.word(i - 1) in ("#", "№")


def _are_two_words(tokens: Tokens, i: int) -> bool:
    """Tell the range of "two-three years"."""
    return tokens.word(i - 2) in SMALL and tokens.word(i) in SMALL and SMALL[tokens.word(i - 2)] < SMALL[tokens.word(i)]


def _is_identifier(tokens: Tokens, draft: Draft) -> bool:
    """Refuse digits that begin with a zero, a name's detached number ("SARS -2") and courses ("Cooking 101")."""
    text = tokens.raw(draft.number_first)
    if draft.unit is None and len(text) > 1 and text[0] == "0" and text.isdigit():
        return True
    is_detached = draft.low < 0 and draft.unit is None and tokens.raw(draft.first - 1).isupper()
    if is_detached and len(tokens.raw(draft.first - 1)) > 1 and not tokens.glued(draft.first):
        return True
    is_course = text == "101" and draft.unit is None and tokens.word(draft.first - 1).isalpha()
    after = tokens.word(draft.number_last)
    return is_course and not is_stop(tokens.word(draft.first - 1)) and (not after.isalpha() or is_stop(after))


def _is_label(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the numbers of "Article 5", "No. 7", "Sections 21, 24 and 26", "stage three cancer", "NV 89501"."""
    if not _is_bare(draft) and not _is_lettered(draft):
        return False
    i = _first_of_list(tokens, draft.first)
    i -= tokens.word(i - 1) == "." and tokens.word(i - 2) in ("no", "nos", "fig", "vol", "art", "sec", "ch", "pp")
    if tokens.words[max(0, i - 2) : i] == ["out", "of"] and tokens.word(i - 4) in WORD_LABELS:
        return True  # "a Level 3 out of 5 alert"
    before = tokens.word(i - 1)
    before = before[:-1] if i < draft.first and before[:-1] in LABELS else before  # "Rooms 12, 50 and 61"
    if len(before) == 2 and tokens.raw(i - 1).isupper() and len(tokens.raw(i)) == 5 and draft.digits:
        return True  # a state and its postal code
    if before in LABELS and draft.scale == 1:
        is_digits = draft.digits and (not _is_counted_after_label(tokens, draft) or i < draft.first)
        return is_digits or tokens.raw(draft.first)[:1].isupper() or before in WORD_LABELS
    return before == "of" and tokens.raw(i - 2) == "Group"


def _is_lettered(draft: Draft) -> bool:
    """Tell the unit of one letter that may belong to a label: "Gate 4s lamps"."""
    return draft.unit is not None and draft.unit.name == "second" and draft.unit_last == draft.number_last + 1


def _is_counted_after_label(tokens: Tokens, draft: Draft) -> bool:
    """Tell "this year 40 shops closed", where a label's word stands before a count by chance."""
    before, after = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    return before in CHANCE_LABELS and is_plural(after) and tokens.raw(draft.first - 1).islower()


def _first_of_list(tokens: Tokens, i: int) -> int:
    """Give the first number of a list of labels: the 21 of "Sections 21, 24 and 26"."""
    first = i
    for _ in range(LONGEST_LIST):
        k = first - 1
        k -= tokens.word(k) == "and" and tokens.word(k - 1) == ","
        if tokens.word(k) not in ("and", "or", "to", ",", "&") or not tokens.word(k - 1).isdigit():
            break
        first = k - 1
    is_plural_label = first < i and (is_plural(tokens.word(first - 1)) or tokens.word(first - 1) in ("nos", "pp"))
    return first if is_plural_label else i


def _is_named(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "Boeing 737", "Big Ten", "Five Eyes", "Formula One"."""
    if not _is_bare(draft) or draft.scale != 1:
        return False
    return _is_numbered(tokens, draft) if draft.digits else _is_in_title(tokens, draft)


def _is_numbered(tokens: Tokens, draft: Draft) -> bool:
    """Tell the number of a model, a road or a version by the names beside it."""
    i, j = draft.first, draft.number_last
    is_named = _has_name_before(tokens, i)
    if "," in tokens.raw(i) or (draft.low >= NO_MODEL and not is_named):
        return False
    if i > 0 and (_is_model_after(tokens, j) or _is_title_of_list(tokens, j)):
        return True
    if not is_named or _is_gapped(tokens, i, j):
        return False
    after = tokens.raw(j)
    counted = after.islower() and (is_plural(after) or is_plural(tokens.word(j + 1))) and not is_stop(after)
    return after != "times" and not (counted and tokens.word(i - 2) in PREPOSITIONS)


def _is_title_of_list(tokens: Tokens, j: int) -> bool:
    """Tell "subscribe to 10 Things in Tech" by its capital."""
    return tokens.word(j) in LISTED_IN_TITLES and tokens.raw(j)[:1].isupper()


def _has_name_before(tokens: Tokens, i: int) -> bool:
    before = tokens.raw(i - 1)
    is_known = before.isupper() or before.lower() not in ordinary_words()
    is_inside = i > 1 or (i == 1 and is_known and len(before) > 1)
    return is_inside and _is_name(before) and tokens.word(i - 1) not in MONTHS


def _is_gapped(tokens: Tokens, i: int, j: int) -> bool:
    """Tell "the Liberals 40 and the Left nine", "leads Mr Brack 48 to 41": a party's own number."""
    closes = tokens.word(j) in ("and", ",", ".", ";", "", "to")
    k = i - 1
    while _is_name(tokens.raw(k)) and i - k <= LONGEST_PARTY:
        k -= 1
    k -= tokens.word(k) == "the"
    if tokens.word(j) == "to":
        return is_numeric(tokens.word(j + 1)) and k >= 0
    is_next = tokens.word(k) in ("and", ",", ";") and k > 0
    return closes and is_next and any(_is_plain_count(tokens, m) for m in range(max(0, k - GAPPED), k))


def _is_plain_count(tokens: Tokens, m: int) -> bool:
    """Tell the 12 of "won 12 seats" from the numbers of a list of titles."""
    after = tokens.raw(m + 1)
    return (is_numeric(tokens.word(m)) or tokens.word(m) in SMALL) and after.islower() and not is_stop(after)


def _is_in_title(tokens: Tokens, draft: Draft) -> bool:
    """Tell the number word of a title by its capital: "the Big Ten", "Ocean's Eleven"."""
    i, after = draft.first, tokens.raw(draft.number_last)
    if not tokens.raw(i)[:1].isupper() or i == 0:
        return False
    if tokens.raw(i - 1) in ("“", '"', "‘", ":", "—"):  # 'known as the "Three Amigos"'
        return tokens.raw(i - 1) in QUOTES and tokens.word(i - 2).isalpha() and _is_name(after)
    is_owned = tokens.word(i - 1) in ("'s", "’s") and tokens.raw(i - 2)[:1].isupper()
    return is_owned or _has_name_before(tokens, i) or _is_name(after) or tokens.word(i - 1) == "the"


def _is_model_after(tokens: Tokens, j: int) -> bool:
    """Tell "the 11 Pro Max" from "11 Russian soldiers": names only, and none of them a plural."""
    if tokens.word(j) in TRIMS and tokens.raw(j)[:1].isupper():
        return True
    k = j
    while _is_name(tokens.raw(k)) or (k > j and tokens.word(k) in ("and", "or") and _is_name(tokens.raw(k + 1))):
        if is_plural(tokens.word(k)) or is_past(tokens.word(k)):
            return False
        k += 1
    return k > j and not (tokens.word(k).isalpha() and not is_stop(tokens.word(k))) and len(tokens.raw(j)) > 1


def _is_name(text: str) -> bool:
    return text[:1].isupper() and text.isalpha() and text.lower() not in STOPS


def _is_year(tokens: Tokens, draft: Draft) -> bool:
    i = draft.first
    is_quarter = draft.unit is not None and draft.unit.name == "quarter"  # "the 1988 quarter"
    if not ((_is_bare(draft) or is_quarter) and draft.digits and draft.number_last == i + 1):
        return False
    text = tokens.texts[i]
    before = tokens.word(i - 1)
    if ERA & {before, tokens.word(i + 1)} or (before == "and" and tokens.word(i - 3) in ERA):
        return True
    if len(text) != 4 or not text.isdigit() or not "1000" <= text <= "2999":
        return False
    if not "1500" <= text <= "2099" and before not in ("in", "by", "since", "until", "year"):
        return False
    if before in BEFORE_COUNTS or (before == "of" and tokens.word(i - 2) in SUMS):
        return False
    return not is_year_like_count(tokens, i)


def is_year_like_count(tokens: Tokens, i: int) -> bool:
    """Tell the count of "1990 rebels", "2000 homes lost power" from the year of "1998 elections", "the 1990 riots"."""
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if after in ("more", "others") and before not in YEAR_CUES:
        return True
    if not (after.isalpha() and after.islower()) or is_stop(after) or tokens.raw(i + 1)[:1].isupper():
        return False
    if after in EVENTS or tokens.word(i + 2) in EVENTS or before in YEAR_CUES - {"and", "to"}:
        return False
    counted = is_plural(after) or (is_plural(tokens.word(i + 2)) and not is_past(after))
    if before in (
        "and",
        "to",
    ):  # "hired 1900 workers and 2000 homes lost power", but "between 1990 and 2000 prices rose"
        return counted and is_plural(after) and not tokens.word(i - 2).isdigit()
    return counted and (is_plural(after) or tokens.raw(i).endswith("00"))


def _is_date(tokens: Tokens, draft: Draft) -> bool:
    i, j = draft.first, draft.number_last
    if not _is_bare(draft) or draft.scale != 1 or not 0 < draft.low < 32:
        return False
    if draft.low != draft.low.to_integral_value() or not tokens.holds(MONTHS):
        return False
    k = i
    while tokens.word(k - 1) in (",", "and", "to", *HYPHENS, "or", ".") or tokens.word(k - 1).isdigit():
        k -= 1
        if k < i - DATE_TOKENS:
            break
    if _is_month(tokens, k - 1):
        return True
    while (
        tokens.word(j) in (",", "and", "to", *HYPHENS, "or", "of") or tokens.word(j).isdigit()
    ) and j < i + DATE_TOKENS:
        j += 1
    return (_is_month(tokens, j) and tokens.word(j) not in ("march", "may")) or (
        _is_month(tokens, j) and tokens.raw(j)[:1].isupper()
    )


def _is_month(tokens: Tokens, i: int) -> bool:
    if tokens.word(i) not in MONTHS:
        return False
    return (
        tokens.raw(i)[:1].isupper()
        or tokens.word(i) not in WORDS_TOO
        or tokens.word(i - 1) in ("on", "since", "until", "by", "of")
    )


def _is_bracketed_age(tokens: Tokens, draft: Draft) -> bool:
    """Refuse a bare number in brackets after a name, which may be an age, a place in a list or a mark."""
    if not (_is_bare(draft) and draft.digits and draft.low <= LARGEST_MARK):
        return False
    i, j = draft.first, draft.number_last
    return (tokens.word(i - 1), tokens.word(j)) == ("(", ")") and _is_name(tokens.raw(i - 2))


def _is_author_age(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the age in an author line: "By Jane Doe, 42"."""
    i = draft.first
    if not (_is_bare(draft) and draft.digits and tokens.word(i - 1) == ","):
        return False
    k = i - 2
    while _is_name(tokens.raw(k)) and tokens.word(k) != "by":
        k -= 1
    return k == 0 and i > 2 and tokens.word(0) == "by"


def _is_wind_force(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the step of a scale in "force 8"."""
    return _is_bare(draft) and draft.digits and draft.low <= STRONGEST_WIND and tokens.word(draft.first - 1) == "force"


def _is_address(tokens: Tokens, draft: Draft) -> bool:
    j = draft.number_last
    if tokens.words[j : j + 2] == ["block", "of"] and _is_bare(draft):  # "the 400 block of Oak Street"
        return True
    if tokens.word(j) in HYPHENS and is_numeric(tokens.word(j + 1)):
        j += 2
    if not (_is_bare(draft) and draft.digits and _is_name(tokens.raw(j))):
        return False
    return any(tokens.word(k) in STREETS and tokens.raw(k)[:1].isupper() for k in range(j, j + 4))


def _is_pronoun(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "one of them", "the two", "no one", "one day"."""
    i, j = draft.first, draft.number_last
    if draft.digits or draft.kind != "cardinal" or j > i + 1 or draft.scale != 1:
        return False
    word, after = tokens.word(i), tokens.word(j)
    if word == "one":
        return _is_idle_one(tokens, draft)
    if after in FIGURATIVE:
        return True
    if after == "of":  # "the two of us"
        return tokens.word(i - 1) == "the" and tokens.word(j + 1) in ("us", "them", "you", "whom", "which")
    is_compound = after in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)  # "the seven-seat van"
    return draft.unit is None and not is_compound and tokens.word(i - 1) in BEFORE_PRONOUN and _has_no_noun(after)


def _has_no_noun(after: str) -> bool:
    return not after.isalpha() or is_stop(after) or is_past(after)


def _is_idle_one(tokens: Tokens, draft: Draft) -> bool:
    before, after = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    if after in ("to", "or", "and") and (after != "and" or before == "between"):  # "between one and two"
        beyond = tokens.word(draft.number_last + 1)
        if beyond in SMALL or is_numeric(beyond):
            return False
    if before in (
        "no",
        "not",
        "any",
        "every",
        "some",
        "each",
        "this",
        "that",
        "which",
        "another",
        "day",
        "the",
        "square",
        "only",
        "a",
        "good",
        "new",
    ):
        is_compound = after in HYPHENS and tokens.glued(draft.number_last) and before in ("the", "a", "new")
        if is_compound and draft.unit is None:  # "the one-child policy"
            return tokens.word(draft.number_last + 1) in ONE_IDIOMS | {"off", "time", "sided", "size", "upmanship"}
        return before not in ("the", "only") or draft.unit is None
    if draft.unit is not None:
        is_some_day = draft.unit.name == "day" and not draft.unit_hyphenated
        return is_some_day and before not in ("over", "than", "least", "about", "in", "within", "just", "for")
    if before == "with" and after.endswith("ing"):  # "with one insisting that"
        return True
    hyphen = after in HYPHENS and tokens.glued(draft.number_last)
    after = tokens.word(draft.number_last + 1) if hyphen else after
    if after in ONE_IDIOMS or not after.isalpha() or is_past(after):
        return True
    return is_stop(after) or after in ("off", "time", "sided")


def _is_enumerator(tokens: Tokens, draft: Draft) -> bool:
    if not (_is_bare(draft) and draft.digits):
        return False
    i, j = draft.first, draft.number_last
    if tokens.word(j) == ")" and tokens.word(i - 1) in ("", "(") and draft.low < 20:
        return True
    if i == 0 and tokens.raw(i).isdigit() and j == 1 and tokens.word(j) in ("", ".") and len(tokens) < 3:
        return draft.low <= LARGEST_MARK  # the heading of an item: "5."
    if i == 1 and tokens.word(j) == ":" and tokens.raw(0).istitle() and draft.low <= LARGEST_MARK:
        return True  # "Market 1: ..."
    if i > 0 or len(tokens) < 3:
        return False
    is_heading = draft.low <= LARGEST_MARK and (tokens.word(j) in QUOTES or _opens_title(tokens, j))
    return is_heading or tokens.word(j) in (".", ")", ":")


def _opens_title(tokens: Tokens, j: int) -> bool:
    """Tell "11 Get some sleep." of a list from "11 Dutch sailors", "4 Killed in Fire"."""
    if not tokens.raw(j).istitle() or is_past(tokens.word(j)) or tokens.word(j) in SUBSTANTIVES:
        return False
    k = j
    while tokens.word(k).isalpha() and not is_plural(tokens.word(k)) and (k == j or not is_stop(tokens.word(k))):
        k += 1
    return not is_plural(tokens.word(k))


def _is_footnote(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the mark of a note: "over the last 10 years.2", "as was said.[12]"."""
    i, j = draft.first, draft.number_last
    if not (_is_bare(draft) and draft.digits):
        return False
    if (tokens.word(i - 1), tokens.word(j)) == ("[", "]"):
        return True
    if i < 2:
        return False
    if tokens.raw(i).startswith(".") and tokens.glued(i):
        return True  # "is 15.3%.6"
    signs = (".", ",", "”", '"', "’", ")", "™", "®")
    return (
        tokens.glued(i) and tokens.word(i - 1) in signs and tokens.glued(i - 1) and not is_numeric(tokens.word(i - 2))
    )


def _is_emergency_number(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "911 calls", "dialled 999"."""
    if not _is_bare(draft) or tokens.raw(draft.number_first) not in ("911", "999", "112", "000", "111", "988"):
        return False
    before, after = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    return after.startswith(("call", "operator", "dispatch", "emergency")) or before.startswith(
        ("call", "dial", "phon")
    )


def _is_lone_denominator(tokens: Tokens, draft: Draft) -> bool:
    """Refuse the number of "the rate per 100,000 was 14", which no number stands before."""
    return _is_bare(draft) and tokens.word(draft.first - 1) == "per" and tokens.word(draft.first - 2).isalpha()


def _is_resolution(tokens: Tokens, draft: Draft) -> bool:
    """Refuse "a 4K screen"."""
    k = draft.number_last
    return tokens.raw(k) == "K" and tokens.glued(k) and tokens.raw(draft.number_first) in RESOLUTIONS


def _is_zero(tokens: Tokens, draft: Draft) -> bool:
    """Refuse a zero that counts nothing: "net zero", "zero-sum"."""
    if tokens.word(draft.number_first) != "zero" or draft.unit is not None:
        return False
    before, j = tokens.word(draft.first - 1), draft.number_last
    is_verb = tokens.word(j) in ("in", "out", "on")
    return is_verb or before in ("net", "ground", "absolute", "patient", *HYPHENS) or tokens.word(j) in HYPHENS


def _is_odds_or_mark(tokens: Tokens, draft: Draft) -> bool:
    """Refuse both numbers of "5/1", "4.2/5": betting odds and marks."""
    if not (_is_bare(draft) and draft.digits):
        return False
    i, j = draft.first, draft.number_last
    after, before = _joined_by(tokens, j), _joined_by(tokens, i - 1)
    if ":" in (after, before) or before in SLASHES:
        return True
    return after in SLASHES and read_unit(tokens, j + 2) is None


def _joined_by(tokens: Tokens, k: int) -> str:
    """Give the sign at token ``k`` that joins two numbers without spaces; empty where there is none."""
    is_sign = tokens.word(k) == ":" or tokens.word(k) in SLASHES
    is_between = is_numeric(tokens.word(k - 1)) and is_numeric(tokens.word(k + 1))
    return tokens.word(k) if is_sign and is_between and tokens.glued(k) and tokens.glued(k + 1) else ""


def _is_innings(tokens: Tokens, draft: Draft) -> bool:
    """Refuse both numbers of a cricket score: "212 for 6"."""
    if not (_is_bare(draft) and draft.digits):
        return False
    i, j = draft.first, draft.number_last
    wickets = tokens.word(j + 1) if tokens.word(j) == "for" else tokens.word(i)
    runs = tokens.word(i) if tokens.word(j) == "for" else tokens.word(i - 2) if tokens.word(i - 1) == "for" else ""
    is_score = wickets.isdigit() and runs.isdigit() and int(wickets) <= WICKETS and int(runs) > int(wickets)
    k = j + 2 if tokens.word(j) == "for" else j
    return is_score and not tokens.word(k)[:1].isalnum()


def _is_table_score(tokens: Tokens, draft: Draft) -> bool:
    """Refuse both numbers of "Rovers 5, City 2"."""
    i, j = draft.first, draft.number_last
    if not (_is_bare(draft) and draft.digits and draft.low < LARGEST_MARK and _is_name(tokens.raw(i - 1))):
        return False
    if tokens.word(j) == "," and _is_name(tokens.raw(j + 1)):
        k = j + 2 + _is_name(tokens.raw(j + 2))
        return i <= LONGEST_PARTY and tokens.word(k).isdigit() and not tokens.word(k + 1).isalpha()
    k = i - 2 - _is_name(tokens.raw(i - 2))
    is_second = tokens.word(k) == "," and tokens.word(k - 1).isdigit() and _is_name(tokens.raw(k - 2))
    return is_second and k - 1 <= LONGEST_PARTY


def _is_fraction(draft: Draft) -> bool:
    return draft.kind == "ratio" and not draft.multiple


def _is_clock_time(tokens: Tokens, draft: Draft, after: str) -> bool:
    """Tell "a quarter to 9", "half past", "opens at 9", "at one point"; "by a third to 1,200" is none."""
    if after in ("past", "to") and _is_fraction(draft) and tokens.word(draft.first - 1) != "by":
        hour = tokens.word(draft.number_last + 1)
        return after == "past" or (
            hour.isdigit() and len(hour) < 3 and read_unit(tokens, draft.number_last + 1) is None
        )
    if tokens.word(draft.number_first) == "one" and draft.unit is not None and draft.unit.name == "point":
        return tokens.word(draft.first - 1) in ("at", "from")
    is_hour = (
        _is_bare(draft) and draft.low <= LAST_HOUR and tokens.word(draft.first - 1) in ("at", "by", "until", "till")
    )
    return is_hour and tokens.word(draft.first - 2) in OPENING and not (after.isalpha() and not is_stop(after))


def _is_saying(tokens: Tokens, draft: Draft) -> bool:
    after = tokens.word(draft.number_last)
    if (after in FIGURATIVE and draft.scale > 1) or (after in ("figures", "digits") and draft.low <= LONGEST_FIGURE):
        return True
    if _is_clock_time(tokens, draft, after):
        return True
    if after in HYPHENS and draft.unit is None and tokens.glued(draft.number_last):
        return tokens.word(draft.number_last + 1) in SHAPES
    clock = after in ("o'clock", "o’clock", "a.m.", "p.m.", "am", "pm")
    return clock and not (after == "am" and tokens.word(draft.first - 1) == "i")


# Of any number, and of those that have neither unit nor part.
RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _is_part_of_word,
    _is_year,
    _is_label,
    _is_pronoun,
    _is_zero,
    _is_resolution,
    _is_saying,
)
BARE_RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _is_date,
    _is_named,
    _is_bracketed_age,
    _is_author_age,
    _is_wind_force,
    _is_address,
    _is_enumerator,
    _is_footnote,
    _is_emergency_number,
    _is_lone_denominator,
    _is_odds_or_mark,
    _is_table_score,
    _is_innings,
)
