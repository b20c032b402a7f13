"""Contests: two numbers that belong to two parties ("leads her 48 to 41"), not a range, a score or a vote."""

from __future__ import annotations

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.gaps import gap_of, is_closed
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.pairs import LONGEST_PAIR
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.quantities.words import TRANSPARENT, word_list

# Words of leading: they precede the numbers of two parties, not a range.
CONTESTING = word_list("contesting")
STANDING = word_list("standing")  # the words of a contest under way, not of its outcome
POLLING = word_list("polling")  # words of polls and of their respondents
LEANING = CONTESTING | word_list("leaning")
LEAST_POLL = 20  # least percent of the smaller party in a poll of two
LEAST_TALLY = 100  # least ballots of a count under way


def is_contest(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two numbers belong to two parties: "leads her 48 to 41", "38 percent to 47 percent"."""
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
    """Return whether the sentence speaks of a poll, by a word of polling or a poll's name: "Newspoll"."""
    return tokens.holds(POLLING) or any(word.endswith("poll") for word in tokens.words)


def _is_of_parties(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two numbers are shares, with or without percent, or tallies of a count under way."""
    before = tokens.word(left.first - 1)
    if left.unit is right.unit is RATIO and min(left.unit_first, right.unit_first) >= 0:
        return before == "by" or not is_moved_by(tokens, left)
    if _is_tally(tokens, left, right):
        return _says(tokens, left, STANDING)
    return before.isalpha() and before not in CONTESTING and _is_poll(tokens, left, right)


def _says(tokens: Tokens, left: Draft, words: frozenset[str]) -> bool:
    return not words.isdisjoint(tokens.words[max(0, left.first - LONGEST_PAIR) : left.first])


def _is_poll(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two bare numbers may be shares of voters: "leads her 48 to 41"."""
    is_counted = left.is_counted and right.is_counted and is_closed(tokens, right.last)
    return is_counted and min(left.low, right.low) >= LEAST_POLL and left.low + right.low <= 100


def _is_tally(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether two bare numbers may be vote tallies: "leads 1,428 to 1,153"."""
    is_counted = left.digits and right.digits and left.is_unitless and right.is_unitless
    is_last = is_closed(tokens, right.last) or tokens.word(right.last) == "votes"
    return is_counted and is_last and min(left.low, right.low) >= LEAST_TALLY


def _is_shared_out(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Return whether votes are of two parties ("910 votes to 640 for Lind"), not "by 12 votes to seven"."""
    if tokens.word(left.first - 1) == "by" or not (left.is_unitless and right.is_unitless):
        return False
    is_given = tokens.word(right.last) == "for" and tokens.raw(right.last + 1)[:1].isupper()
    return is_given or (_says(tokens, left, STANDING) and _is_tally(tokens, left, right))


def is_moved_by(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is the size of a change: "rose 5% to", "cut by three to"."""
    word = tokens.word(draft.first - 1)
    k = draft.first - 2
    while word in TRANSPARENT or (word.endswith("ly") and k > 0) or word in ("than", "about", "some", "over", "nearly"):
        word, k = tokens.word(k), k - 1
    return word == "by" or word in directions()
