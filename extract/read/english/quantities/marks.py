"""Filters of scores, marks, headings, footnotes and scales, whose numbers report no quantity."""

from __future__ import annotations

from itertools import pairwise

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.labels import LONGEST_PARTY, QUOTES, is_name
from extract.read.english.quantities.measures import SIGNS
from extract.read.english.quantities.number_words import HYPHENS, RESOLUTIONS, SLASHES, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import read_unit
from extract.read.english.quantities.words import SUBSTANTIVES, word_list
from extract.read.english.words import is_past, is_plural, is_stop

LARGEST_MARK = 120
LARGEST_ITEM = 20  # item numbers of an inline list are below it
LARGEST_PART = 10  # largest denominator of a fraction: "12/50" numbers the pictures of a page
BEST_MARKS = frozenset({"5", "5.0", "10", "10.0", "20", "100"})
BEST_DECIMAL = 10
RATING = frozenset({"star", "stars", "rating", "ratings", "scored", "rated", "marks", "review", "reviews"})
MOST_STARS = 7
# Units of one letter that ends names of classes, roads and launch pads too: "Class 5A", "Pad 39A", "onto 2000N".
LETTERED_UNITS = frozenset({"ampere", "newton"})
ELECTRIC = word_list("electric")
LONGEST_RATING = 7  # tokens between such a word and its number
WICKETS = 10
LENGTHS_OF_CODES = range(3, 9)  # in digits
EMERGENCY = frozenset({"911", "999", "112", "000", "111", "988"})
LINES_OF_VIDEO = frozenset({"360", "480", "576", "720", "1080", "1440", "2160", "4320"})
LINKS_OF_NOTES = HYPHENS | {",", "n", "note"}
NOTED = frozenset({".", ",", "”", '"', "’", ")", "™", "®"})


def is_bracketed_age(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a bare number is in brackets after a name: an age, a place in a list or a mark."""
    if not draft.digits or draft.low > LARGEST_MARK:
        return False
    i, j = draft.first, draft.number_last
    return (tokens.word(i - 1), tokens.word(j)) == ("(", ")") and is_name(tokens.raw(i - 2))


def is_enumerator(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number enumerates a list or heading: "(1) ...", "5.", "Market 1: ...", "11 Get some sleep."."""
    if not draft.digits:
        return False
    i, j = draft.first, draft.number_last
    if tokens.word(j) in (".", ")") and draft.low < LARGEST_ITEM and _is_item(tokens, draft):
        return True
    if i == 1:  # "Market 1: ...", and "Halo 3" as a heading
        is_end = tokens.word(j) == ":" or j >= len(tokens) - 1
        return is_end and tokens.raw(0).istitle() and draft.low <= LARGEST_MARK
    return i == 0 and _opens_item(tokens, draft, j)


def _is_item(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is "(1)" or an item of an inline list: "does this: 1. poll them 2. push them on"."""
    before, sign = tokens.word(draft.first - 1), tokens.word(draft.number_last)
    if sign == ")" and before in ("", "("):
        return True
    if not tokens.raw(draft.first).isdecimal() or not tokens.word(draft.number_last + 1).isalpha():
        return False
    beside = {(str(int(draft.low) + step), sign) for step in (-1, 1)}
    return (draft.low == 1 and before == ":") or not beside.isdisjoint(pairwise(tokens.words))


def _opens_item(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Return whether a number at the start of a line is an enumerator, not a count that begins a sentence."""
    is_mark = draft.low <= LARGEST_MARK
    if len(tokens) < 3:
        is_alone = tokens.raw(0).isdecimal() and tokens.word(j) in ("", ".")
        return is_mark and j == 1 and (is_alone or _opens_title(tokens, j))
    return tokens.word(j) in (".", ")", ":") or (is_mark and (tokens.word(j) in QUOTES or _opens_title(tokens, j)))


def _opens_title(tokens: Tokens, j: int) -> bool:
    """Return whether token ``j`` begins a list title ("11 Get some sleep."), not "11 Dutch sailors" or "4 Killed"."""
    if not tokens.raw(j)[:1].isupper() or is_past(tokens.word(j)) or tokens.word(j) in SUBSTANTIVES:
        return False
    if tokens.raw(j).isupper() and not tokens.raw(j + 1)[:1].isupper():  # "40 US-made tanks", "1 TFL, 2 INT"
        return False
    k = j
    while tokens.word(k).isalpha() and not is_plural(tokens.word(k)) and (k == j or not is_stop(tokens.word(k))):
        k += 1
    return not is_plural(tokens.word(k))


def is_wordless(tokens: Tokens, _draft: Draft) -> bool:
    """Return whether the line has no word, as in "1 / 5", "3 of 15" and "// 11"."""
    return not any(len(word) > 1 and word.isalpha() and word != "of" for word in tokens.words)


def is_footnote(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a footnote mark: "over the last 10 years.2", "as was said.[12]"."""
    i, j = draft.first, draft.number_last
    if not draft.digits:
        return False
    if _is_reference(tokens, i, j):
        return True
    if i < 2 or not tokens.glued(i):
        return False
    if tokens.raw(i).startswith("."):
        return True  # "is 15.3%.6"
    return tokens.word(i - 1) in NOTED and tokens.glued(i - 1) and not is_numeric(tokens.word(i - 2))


def _is_reference(tokens: Tokens, i: int, j: int) -> bool:
    """Return whether a number is in square brackets: "[12]", "[4,5]", "[1-3]"."""
    while tokens.word(i - 1) in LINKS_OF_NOTES or tokens.word(i - 1).isdecimal():
        i -= 1
    while tokens.word(j) in LINKS_OF_NOTES or tokens.word(j).isdecimal():
        j += 1
    return (tokens.word(i - 1), tokens.word(j)) == ("[", "]")


def is_called_number(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a telephone number or code: "911 calls", "dialled 999", "text HELP to 70070".

    In "they call 300 voters" the number is a count.
    """
    i, j = draft.first, draft.number_last
    if tokens.raw(i) in EMERGENCY and tokens.word(j).startswith(("call", "operator", "dispatch", "emergency")):
        return True
    is_code = tokens.raw(i).isdecimal() and len(tokens.raw(i)) in LENGTHS_OF_CODES
    k = i - 3 if tokens.word(i - 1) == "to" and tokens.raw(i - 2).isupper() else i - 1
    is_called = tokens.word(k).startswith(("call", "dial", "phon", "text"))
    return is_code and is_called and tokens.word(j) != "of" and is_closed(tokens, j)


def is_resolution(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a screen resolution: "a 4K screen", "video in 1080p"."""
    k = draft.number_last
    if tokens.raw(k) == "p" and tokens.raw(draft.number_first) in LINES_OF_VIDEO:
        return tokens.glued(k)
    return tokens.raw(k) == "K" and tokens.glued(k) and tokens.raw(draft.number_first) in RESOLUTIONS


def is_lettered_code(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number with a letter is a code ("Pad 39A", "onto 2000N"), not amperes ("a 13A fuse")."""
    k = draft.unit_first
    if draft.unit is None or draft.unit.name not in LETTERED_UNITS or len(tokens.raw(k)) != 1 or not tokens.glued(k):
        return False
    return not tokens.holds(ELECTRIC)


def is_star_rating(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a mark: "a 4-star rating", "4.5 stars"; not "found 3 stars", "a four-star hotel"."""
    i, j = draft.first, draft.number_last
    if draft.low > MOST_STARS:
        return False
    if tokens.word(j) in HYPHENS:
        is_grade = tokens.word(j + 1) in ("star", "stars") and tokens.glued(j + 1)
        return is_grade and (is_closed(tokens, j + 2) or tokens.word(j + 2) in RATING)
    is_noun = tokens.word(j) in ("star", "stars") and is_closed(tokens, j + 1)
    return is_noun and not tokens.word(i - 1).isalnum()


def is_odds_or_mark(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is either part of betting odds or a mark: "5/1", "4.2/5"."""
    if not draft.digits:
        return False
    i, j = draft.first, draft.number_last
    if _is_spaced_mark(tokens, j) or _is_spaced_mark(tokens, i - 1):
        return True
    after, before = _joined_by(tokens, j), _joined_by(tokens, i - 1)
    if ":" in (after, before) or before in SLASHES:
        return True
    return after in SLASHES and read_unit(tokens, j + 2) is None


def is_rating(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a rating: "4 stars out of 5", "a 9.1 rating", "ratings out of 10".

    "Nine out of ten pupils" is a share.
    """
    i, j = draft.first, draft.number_last
    if tokens.words[i - 2 : i] == ["out", "of"]:
        return not RATING.isdisjoint(tokens.words[max(0, i - LONGEST_RATING) : i])
    if tokens.word(j) in ("star", "stars"):
        return tokens.words[j + 1 : j + 3] == ["out", "of"]
    return tokens.word(j) in ("rating", "score") and "." in tokens.word(j - 1) and draft.low <= BEST_DECIMAL


def _is_spaced_mark(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` is the slash of a spaced mark: "4.8 / 5.0", "8 / 10 for comfort"."""
    is_mark = tokens.word(k) in SLASHES and is_numeric(tokens.word(k - 1)) and tokens.word(k + 1) in BEST_MARKS
    return is_mark and tokens.raw(k - 2) not in SIGNS and is_closed(tokens, k + 2)


def is_mark_of_five(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a fraction is a mark ("earned a 4/5 on the site") or numbers a picture ("12/50" of a caption).

    "2/3 of voters" is a fraction.
    """
    i, j = draft.number_first, draft.number_last
    if j != i + 3 or tokens.word(i + 1) not in SLASHES or draft.dimension not in (None, "ratio"):
        return False
    if i == 0 and tokens.raw(j).istitle() and is_numeric(tokens.word(2)) and int(tokens.word(2)) > LARGEST_PART:
        return True
    return tokens.word(j) != "of" and is_closed(tokens, j)


def _joined_by(tokens: Tokens, k: int) -> str:
    """Return the sign at token ``k`` that joins two numbers without spaces; the empty string where there is none."""
    is_sign = tokens.word(k) == ":" or tokens.word(k) in SLASHES
    is_between = is_numeric(tokens.word(k - 1)) and is_numeric(tokens.word(k + 1))
    return tokens.word(k) if is_sign and is_between and tokens.glued(k) and tokens.glued(k + 1) else ""


def is_innings(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is part of a cricket score: "212 for 6"."""
    if not draft.digits:
        return False
    i, j = draft.first, draft.number_last
    if tokens.word(j) == "overs" and tokens.word(i - 1) == "(":  # "185/1 (29 overs)"
        return is_numeric(tokens.word(i - 2))
    if tokens.word(j) == "for":
        return _is_score_of_innings(tokens, i, j + 1)
    return tokens.word(i - 1) == "for" and _is_score_of_innings(tokens, i - 2, i)


def _is_score_of_innings(tokens: Tokens, at: int, wickets_at: int) -> bool:
    runs, wickets = tokens.word(at), tokens.word(wickets_at)
    is_score = wickets.isdecimal() and runs.isdecimal() and int(wickets) <= WICKETS and int(runs) > int(wickets)
    return is_score and not tokens.word(wickets_at + 1)[:1].isalnum()


def is_table_score(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is the first score of "Rovers 5, City 2"; the second follows a name."""
    i, j = draft.first, draft.number_last
    if not (draft.digits and draft.low < LARGEST_MARK and is_name(tokens.raw(i - 1))):
        return False
    is_first = tokens.word(j) == "," and is_name(tokens.raw(j + 1))
    return is_first and i <= LONGEST_PARTY and _is_second_score(tokens, j)


def _is_second_score(tokens: Tokens, comma: int) -> bool:
    k = comma + 2 + is_name(tokens.raw(comma + 2))
    return tokens.word(k).isdecimal() and not tokens.word(k + 1).isalpha()
