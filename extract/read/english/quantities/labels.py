"""Numbers that name rather than count: labels, models, roads, titles, addresses."""

from __future__ import annotations

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.number_words import HYPHENS, ORDINAL_ENDINGS, SMALL, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import unit_forms
from extract.read.english.quantities.words import word_list
from extract.read.english.words import (
    AUXILIARIES,
    MONTHS,
    PREPOSITIONS,
    STOPS,
    is_past,
    is_plural,
    is_stop,
    ordinary_words,
)

LABELS = word_list("labels")
# Labels whose number may be a lower-case word: "stage three cancer".
WORD_LABELS = frozenset({
    "number", "phase", "type", "part", "stage", "level", "grade", "category", "tier", "chapter",
    "row", "courtroom", "chromosome",
})  # fmt: skip
NO_MODEL = 10000  # a model without a maker's name has a lower number
LONGEST_PARTY = 3  # most words of a party's name
GAPPED = 8  # most words between the numbers of two parties
LONGEST_LIST = 8  # most numbers of a list of labels
# Labels that are also words of time or place before a count: "this year 40 shops closed".
CHANCE_LABELS = frozenset({
    "issue", "year", "month", "week", "day", "game", "season", "step", "line", "war", "area", "camp", "building",
    "point", "port", "error", "fortune", "local", "row", "post"
})  # fmt: skip
COUNTED_ON = frozenset({"week", "day", "month", "year", "round", "episode", "season", "chapter"})
TRIMS = frozenset({"max", "pro", "plus", "ultra"})  # "737 Max"
LISTED_IN_TITLES = frozenset(
    {"things", "tips", "ways", "reasons", "steps", "ideas", "facts", "rules", "habits", "secrets"}
)
POINTING = frozenset({"last", "this", "next", "every", "each", "same", "past", "previous"})
BEST = frozenset({"Best", "Top", "Greatest", "Must"})
STREETS = word_list("streets")
CLOSING_QUOTES = frozenset("”\"’'")
QUOTES = frozenset("“\"‘'")
# Abbreviated labels that need their full stop: "Ch. 32", "Sec. 14".
POINTED = frozenset({"art", "arts", "sec", "secs", "ch", "chs", "para", "paras", "eq", "eqs", "ref", "refs"})
ABBREVIATED = POINTED | {"p", "no", "nos", "fig", "figs", "vol", "vols", "pp"}
# After these, a decimal without unit or noun is a version: "in 2.14, maps load faster".
BEFORE_VERSION = frozenset({"in", "inside", "since", "before", "until"})
DIRECTIONS = frozenset({"n", "s", "e", "w", "north", "south", "east", "west"})
LINKS = frozenset({"and", "or", "to", ",", "&"})  # between the numbers of a list
RELEASES = frozenset({"release", "releases", "version", "beta", "branch"})
VERSION_CLOSERS = frozenset({"", ".", ",", ";", ":", ")"})
OPENERS_OF_SPEECH = frozenset('“"‘:—')


def is_label(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a label: "Article 5", "No. 7", "Sections 21, 24 and 26", "NV 89501"."""
    if not draft.is_unitless and not _is_lettered(tokens, draft):
        return False
    i = _first_of_list(tokens, draft.first)
    if tokens.word(i - 1) == "." and tokens.word(i - 2) in ABBREVIATED:
        return draft.digits
    if tokens.words[max(0, i - 2) : i] == ["out", "of"] and tokens.word(i - 4) in WORD_LABELS:
        return True  # "a Level 3 out of 5 alert"
    if i == 1 and tokens.raw(0) == "Top":  # a heading: "Top 10 universities"
        return True
    return _follows_label(tokens, draft, i) or _is_postal_code(tokens, draft, i)


def _is_postal_code(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether a number is a postal code after a state, or that of "Group of 20"."""
    if tokens.word(i - 1) == "of":
        return tokens.raw(i - 2) == "Group"
    state = tokens.raw(i - 1 - (tokens.word(i - 1) == ","))
    is_state = len(state) == 2 and state.isupper()
    return is_state and len(tokens.raw(i)) == 5 and tokens.raw(i).isdecimal()


def _follows_label(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether a label precedes a number; most labels need digits: "Gate 4" but not "gate four"."""
    if not draft.digits:
        return _follows_label_in_words(tokens, draft, i)
    before = tokens.word(i - 1)
    is_listed = i < draft.first or _goes_on(tokens, draft.number_last)
    is_listed_too = is_listed or _is_lettered(tokens, draft)  # "seats 14A to 14F"
    before = _label_of(before) if is_listed_too else before  # "Rooms 12, 50 and 61"
    if before not in LABELS or draft.scale != 1 or _is_no_label(tokens, i - 1):
        return False
    return is_listed or before in WORD_LABELS or not _is_counted_after_label(tokens, draft)


def _goes_on(tokens: Tokens, j: int) -> bool:
    """Return whether another number of a list follows: "models 712 and 715"."""
    return tokens.word(j) in LINKS and tokens.word(j + 1).isdecimal()


def _label_of(word: str) -> str:
    """Return the singular of a plural label ("rooms"); any other word unchanged."""
    return word[:-1] if word not in LABELS and word.endswith("s") and word[:-1] in LABELS else word


def follows_label(tokens: Tokens, i: int) -> bool:
    """Return whether a label precedes the digits at token ``i``: the 2 of "chapters 2 to 4"."""
    before = _label_of(tokens.word(i - 1))
    return before in LABELS and before not in CHANCE_LABELS and not _is_no_label(tokens, i - 1)


def _follows_label_in_words(tokens: Tokens, draft: Draft, i: int) -> bool:
    """Return whether a number word is a label: "stage three cancer", "Formula One", "on day three"."""
    i -= 2 * (tokens.word(i - 1) == "or" and tokens.word(i - 2) in SMALL)
    before = tokens.word(i - 1)
    if before not in LABELS or draft.scale != 1:
        return False
    if _is_no_label(tokens, i - 1):
        return False
    if before in COUNTED_ON:
        return _opens_label(tokens, i - 1) or (is_closed(tokens, draft.number_last) and _is_led(tokens, i - 2))
    return tokens.raw(draft.first)[:1].isupper() or before in WORD_LABELS


def _opens_label(tokens: Tokens, k: int) -> bool:
    """Return whether a label opens the sentence: "Chapter two tells", "Week five: cold and wet"."""
    return k == 0 and tokens.raw(k).istitle()


def _is_led(tokens: Tokens, k: int) -> bool:
    """Return whether a preposition or a sign precedes a label: "on day two", "Monday, day five of the cup"."""
    return k >= 0 and (tokens.word(k) in PREPOSITIONS or not tokens.word(k).isalnum())


def _is_no_label(tokens: Tokens, k: int) -> bool:
    """Return whether a label word is none: the year of "last year 8,000 marched", the verb of "will number 90"."""
    if tokens.word(k) == "number":
        before = tokens.word(k - 1 - (tokens.word(k - 1) in ("now", "already", "still")))
        return before in AUXILIARIES | {"to", "they"} or (is_plural(before) and tokens.raw(k).islower())
    return tokens.word(k) in COUNTED_ON and tokens.word(k - 1) in POINTING


def _is_lettered(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a unit is a single letter that may belong to a label: "Gate 4s lamps", "Class 5A"."""
    k = draft.number_last
    return (
        draft.unit is not None
        and draft.unit_last == k + 1
        and len(tokens.raw(k)) == 1
        and tokens.raw(k).isalpha()
        and tokens.glued(k)
    )


def _is_counted_after_label(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a label word precedes a count by chance: "this year 40 shops closed"."""
    before, after = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    return before in CHANCE_LABELS and is_plural(after) and tokens.raw(draft.first - 1).islower()


def _first_of_list(tokens: Tokens, i: int) -> int:
    """Return the index of the first number of a list of labels: the 21 of "Sections 21, 24 and 26"."""
    first = i
    for _ in range(LONGEST_LIST):
        k = first - 1
        k -= tokens.word(k) == "and" and tokens.word(k - 1) == ","
        if tokens.word(k) not in LINKS or not tokens.word(k - 1).isdecimal():
            break
        first = k - 1
    label = tokens.word(first - 1 - (tokens.word(first - 1) == "."))
    is_plural_label = first < i and (is_plural(label) or label in ("nos", "pp"))
    return first if is_plural_label else i


def is_version(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a version: "in 2.14, maps load faster", "the 1.8 release"; not "in 2.5 to 3 hours"."""
    if not draft.digits or draft.scale != 1 or "." not in tokens.raw(draft.number_first):
        return False
    after = tokens.word(draft.number_last)
    if after in RELEASES:
        return True
    is_alone = after in VERSION_CLOSERS or (after.isalpha() and is_stop(after) and after not in ("to", "or", "and"))
    return is_alone and tokens.word(draft.first - 1) in BEFORE_VERSION


def is_named(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is part of a name: "Boeing 737", "Big Ten", "Formula One"."""
    if draft.scale != 1:
        return False
    return _is_numbered(tokens, draft) if draft.digits else _is_in_title(tokens, draft)


def _is_numbered(tokens: Tokens, draft: Draft) -> bool:
    """Return whether digits number a model, a road or a version, by the names beside them."""
    i, j = draft.first, draft.number_last
    if _is_second_model(tokens, i, j):
        return True
    is_after_name = _has_name_before(tokens, i)
    if "," in tokens.raw(i) or (draft.low >= NO_MODEL and not is_after_name):
        return False
    if _is_title_of_list(tokens, j) or (i > 0 and _is_model_after(tokens, j)):
        return True
    return is_after_name and not _is_gapped(tokens, i, j) and not _counts_after_name(tokens, i, j)


def _is_second_model(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a number is a second model: "Windows 10 and 11", "Python 2 and 3 code"."""
    is_second = tokens.word(i - 1) in ("and", "or", "to") and is_numeric(tokens.word(i - 2))
    if not is_second or is_plural(tokens.word(j)) or is_plural(tokens.word(j + 1)):
        return False
    return _has_name_before(tokens, i - 2) and not _is_gapped(tokens, i - 2, i - 1)


def _counts_after_name(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a number after a name is a count ("in Norway 40 ships", "Norway 3 times"), not a model."""
    after = tokens.raw(j)
    if after == "times":
        return True
    is_noun = after.islower() and not is_stop(after)
    return is_noun and (is_plural(after) or is_plural(tokens.word(j + 1))) and tokens.word(i - 2) in PREPOSITIONS


def _is_title_of_list(tokens: Tokens, j: int) -> bool:
    """Return whether a capitalised list title follows: "10 Things in Tech", "3 Real Ways to Save"."""
    if tokens.raw(j) in BEST and tokens.raw(j + 1)[:1].isupper():
        return True
    k = j + (is_name(tokens.raw(j)) and tokens.word(j) not in LISTED_IN_TITLES)
    return tokens.word(k) in LISTED_IN_TITLES and tokens.raw(k)[:1].isupper()


def _has_name_before(tokens: Tokens, i: int) -> bool:
    before = tokens.raw(i - 1)
    is_known = before.isupper() or before.lower() not in ordinary_words()
    is_inside = i > 1 or (i == 1 and is_known and len(before) > 1)
    return is_inside and is_name(before) and tokens.word(i - 1) not in MONTHS


def _is_gapped(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a number is a party's own: "the Liberals 40 and the Left nine", "leads Mr Brack 48 to 41"."""
    closes = tokens.word(j) in ("and", ",", ".", ";", "", "to")
    k = i - 1
    while is_name(tokens.raw(k)) and i - k <= LONGEST_PARTY:
        k -= 1
    k -= tokens.word(k) == "the"
    if tokens.word(j) == "to":
        return is_numeric(tokens.word(j + 1)) and k >= 0
    is_next = tokens.word(k) in ("and", ",", ";") and k > 0
    return closes and is_next and any(_is_plain_count(tokens, m) for m in range(max(0, k - GAPPED), k))


def _is_plain_count(tokens: Tokens, m: int) -> bool:
    """Return whether token ``m`` is a count ("won 12 seats"), not a number of a list of titles."""
    after = tokens.raw(m + 1)
    return (is_numeric(tokens.word(m)) or tokens.word(m) in SMALL) and after.islower() and not is_stop(after)


def _is_in_title(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number word is part of a title, by its capital: "the Big Ten", "Ocean's Eleven"."""
    i, after = draft.first, tokens.raw(draft.number_last)
    if not tokens.raw(i)[:1].isupper() or i == 0:
        return i == 0 and _is_name_of_land(tokens, draft.number_last)
    if tokens.raw(i - 1) in OPENERS_OF_SPEECH:  # 'known as the "Three Amigos"'
        return tokens.raw(i - 1) in QUOTES and tokens.word(i - 2).isalpha() and is_name(after)
    is_owned = tokens.word(i - 1) in ("'s", "’s") and tokens.raw(i - 2)[:1].isupper()
    return is_owned or _has_name_before(tokens, i) or is_name(after) or tokens.word(i - 1) == "the"


def _is_name_of_land(tokens: Tokens, j: int) -> bool:
    """Return whether a place name follows a sentence-initial number: "Three Mile Island", "Hundred Acre Wood"."""
    unit = unit_forms().get((tokens.word(j),)) if tokens.raw(j).istitle() and tokens.raw(j + 1).istitle() else None
    return unit is not None and unit.dimension in ("length", "area")


def _is_model_after(tokens: Tokens, j: int) -> bool:
    """Return whether a model name without a plural follows: "the 11 Pro Max"; not "11 Russian soldiers"."""
    if tokens.word(j) in TRIMS and tokens.raw(j)[:1].isupper():
        return True
    k = j
    while is_name(tokens.raw(k)) or (k > j and _joins_names(tokens, k)):
        k += 1
    if k == j or len(tokens.raw(j)) < 2 or any(is_plural(word) or is_past(word) for word in tokens.words[j:k]):
        return False
    return _ends_model(tokens, j, k)


def _ends_model(tokens: Tokens, j: int, k: int) -> bool:
    """Return whether no noun follows the names; a verb may in "a 777 Freighter landed"."""
    word = tokens.word(k)
    return not word.isalpha() or is_stop(word) or (tokens.word(j - 2) in ("a", "an") and is_past(word))


def _joins_names(tokens: Tokens, k: int) -> bool:
    return tokens.word(k) in ("and", "or") and is_name(tokens.raw(k + 1))


def is_name(text: str) -> bool:
    """Return whether a word may be part of a name, by a capital as its first or second letter ("iOS")."""
    return (text[:1].isupper() or text[1:2].isupper()) and text.isalpha() and text.lower() not in STOPS


def is_hyphened_name(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number and its hyphenated word are capitalised: "Three-Day Event", "7-Eleven"."""
    i, j = draft.first, draft.number_first + 1
    if draft.digits:  # "7-Eleven"
        return tokens.raw(j + 1).istitle() and tokens.word(j + 1) in SMALL and tokens.glued(j) and tokens.glued(j + 1)
    if not tokens.raw(draft.number_first)[:1].isupper() or not tokens.raw(j + 1)[:1].isupper():
        return False
    return tokens.word(j) in HYPHENS and tokens.glued(j + 1) and (i > 0 or is_name(tokens.raw(j + 2)))


def is_address(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a house number: "1402 Elm Street", "the 400 block of Oak Street"."""
    j = draft.number_last
    if tokens.words[j : j + 2] == ["block", "of"]:  # "the 400 block of Oak Street"
        return True
    j = _street_at(tokens, j)
    if not (draft.digits and is_name(tokens.raw(j))):
        return False
    return any(tokens.word(k) in STREETS and tokens.raw(k)[:1].isupper() for k in range(j, j + 4))


def _street_at(tokens: Tokens, j: int) -> int:
    """Return the index after a street name's prefix: "12-14 Elm Street", "845 3rd Avenue", "400 N. Oak Lane"."""
    if tokens.word(j) in HYPHENS and is_numeric(tokens.word(j + 1)):
        return j + 2
    if tokens.word(j) in DIRECTIONS and tokens.raw(j)[:1].isupper():
        j += 1 + (tokens.word(j + 1) == ".")
    is_numbered = tokens.word(j).isdecimal() and tokens.glued(j + 1) and tokens.word(j + 1) in ORDINAL_ENDINGS
    return j + 2 * is_numbered
