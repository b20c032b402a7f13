"""Contests: two numbers of which each is another party's, as in "leads her 48 to 41", and no range, score or vote."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import gap_of, is_closed
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.pairs import LONGEST_PAIR
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.quantities.words import TRANSPARENT, word_list

# Who says that somebody is ahead gives two parties' numbers, not a range.
CONTESTING = word_list("contesting")
STANDING = word_list("standing")  # of these, those that say how it stands, where others say how it ended
POLLING = word_list("polling")  # who is asked, and by what
LEANING = CONTESTING | word_list("leaning")
LEAST_POLL = 20  # percent that the smaller of two parties has in a poll of two
LEAST_TALLY = 100  # ballots of a count that goes on


def is_contest(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "leads her 48 to 41", "took the county 38 percent to 47 percent": a number of each party."""
    gap, before = gap_of(tokens, left, right), tokens.word(left.first - 1)
    if before in ("from", "between"):
        return False
    if gap == ["votes", "to"]:
        return _is_shared_out(tokens, left, right)
    is_of_poll = _is_poll(tokens, left, right) and _is_asked(tokens) and _says(tokens, left, LEANING)
    if gap != ["to"]:
        return is_of_poll and len(gap) == 1 and gap[0] in HYPHENS
    if is_of_poll:
        return True
    return tokens.holds(CONTESTING) and _says(tokens, left, CONTESTING) and _is_of_parties(tokens, left, right)


def _is_asked(tokens: Tokens) -> bool:
    """Tell that somebody is polled, by a word or by the poll's own name: "Newspoll"."""
    return tokens.holds(POLLING) or any(word.endswith("poll") for word in tokens.words)


def _is_of_parties(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell two shares, two shares without percent, and two tallies of a count that goes on."""
    before = tokens.word(left.first - 1)
    if left.unit is right.unit is RATIO and min(left.unit_first, right.unit_first) >= 0:
        return before == "by" or not is_moved_by(tokens, left)
    if _is_tally(tokens, left, right):
        return _says(tokens, left, STANDING)
    return before.isalpha() and before not in CONTESTING and _is_poll(tokens, left, right)


def _says(tokens: Tokens, left: Draft, words: frozenset[str]) -> bool:
    return not words.isdisjoint(tokens.words[max(0, left.first - LONGEST_PAIR) : left.first])


def _is_poll(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "leads her 48 to 41": two bare numbers that may be shares of voters."""
    is_counted = left.is_counted and right.is_counted and is_closed(tokens, right.last)
    return is_counted and min(left.low, right.low) >= LEAST_POLL and left.low + right.low <= 100


def _is_tally(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "leads 1,428 to 1,153"."""
    is_counted = left.digits and right.digits and left.is_unitless and right.is_unitless
    is_last = is_closed(tokens, right.last) or tokens.word(right.last) == "votes"
    return is_counted and is_last and min(left.low, right.low) >= LEAST_TALLY


def _is_shared_out(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "got 910 votes to 640 for Lind", "leads with 61,200 votes to 58,900" from "carried by 12 votes to seven"."""
    if tokens.word(left.first - 1) == "by" or not (left.is_unitless and right.is_unitless):
        return False
    is_given = tokens.word(right.last) == "for" and tokens.raw(right.last + 1)[:1].isupper()
    return is_given or (_says(tokens, left, STANDING) and _is_tally(tokens, left, right))


def is_moved_by(tokens: Tokens, draft: Draft) -> bool:
    """Tell the size of a change: "rose 5% to", "cut by three to"."""
    word = tokens.word(draft.first - 1)
    k = draft.first - 2
    while word in TRANSPARENT or (word.endswith("ly") and k > 0) or word in ("than", "about", "some", "over", "nearly"):
        word, k = tokens.word(k), k - 1
    return word == "by" or word in directions()
