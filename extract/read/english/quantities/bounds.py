"""Bound expressions around a number: "more than", "some", "or so"."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

from extract.read.english.quantities.directions import kind_of_change
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.nouns import is_adverb
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import HYPHENS
from extract.read.english.quantities.words import TRANSPARENT, word_list
from extract.read.english.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    is_past,
)
from extract.types import Bound

LONGEST = 6
LEAST_ROUND = 20  # a smaller count seldom has a bound before it
LARGEST_PLACE = 10  # below it, "over" seldom bounds a count
MOVED_TO = word_list("moved_to")
DISPUTES = word_list("disputes")
MOTION = word_list("motion")
GOING = word_list("going")
LONGEST_QUARREL = 7  # most words of "clashed with the new owner over"
QUARRELS = frozenset({
    ("fell", "out"), ("fall", "out"), ("fallen", "out"), ("falling", "out"), ("at", "odds"), ("at", "loggerheads"),
    ("to", "blows"), ("to", "war"), ("to", "court"), ("locked", "horns"),
})  # fmt: skip
LOADED = frozenset({",", "rubble", "debris", "and"})
RULERS = word_list("rulers")
HIDDEN = frozenset({"hidden", "hid", "buried", "trapped", "concealed", "stashed", "crushed", "pinned", "entombed"})
FOUND = frozenset({"found", "discovered", "dug", "pulled", "unearthed", "recovered"})
EXTREMES = frozenset({"minimum", "maximum", "max"})
HANDED = frozenset({"hand", "hands", "handed", "handing"})
DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
BEFORE_BOUND = (
    PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | DETERMINERS | PRONOUNS | ADVERBS | (word_list("measuring") - MOTION)
)
AFTER_BOUND = PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | PRONOUNS | ADVERBS
TOPIC_VERBS = word_list("topic_verbs")
AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "at_least",
    ("or", "greater"): "at_least",
    ("or", "over"): "at_least",
    ("or", "above"): "at_least",
    ("or", "older"): "at_least",
    ("or", "higher"): "at_least",
    ("or", "longer"): "at_least",
    ("and", "more"): "at_least",
    ("and", "over"): "at_least",
    ("and", "above"): "at_least",
    ("and", "older"): "at_least",
    ("and", "up"): "at_least",
    ("or", "better"): "at_least",
    ("or", "larger"): "at_least",
    ("-", "plus"): "at_least",
    ("plus",): "at_least",
    ("+",): "at_least",
    ("at", "least"): "at_least",
    ("at", "the", "very", "least"): "at_least",
    ("at", "the", "least"): "at_least",
    ("at", "the", "very", "most"): "at_most",
    ("or", "upwards"): "at_least",
    ("and", "upwards"): "at_least",
    ("and", "counting"): "at_least",
    ("or", "faster"): "at_least",
    ("or", "heavier"): "at_least",
    ("or", "taller"): "at_least",
    ("or", "bigger"): "at_least",
    ("or", "beyond"): "at_least",
    ("and", "beyond"): "at_least",
    ("or", "smaller"): "at_most",
    ("or", "shorter"): "at_most",
    ("or", "cheaper"): "at_most",
    ("at", "a", "minimum"): "at_least",
    ("at", "minimum"): "at_least",
    ("at", "a", "maximum"): "at_most",
    ("at", "the", "outside"): "at_most",
    ("at", "the", "latest"): "at_most",
    ("give", "or", "take"): "about",
    ("if", "not", "more"): "at_least",
    ("more", "or", "less"): "about",
    ("or", "thereabout"): "about",
    ("or", "nearly", "so"): "about",
    ("or", "so"): "about",
    ("or", "thereabouts"): "about",
    ("-", "odd"): "about",
    ("odd",): "about",
    ("-", "some"): "about",
    ("-", "ish"): "about",
    ("ish",): "about",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "under"): "at_most",
    ("or", "below"): "at_most",
    ("or", "younger"): "at_most",
    ("or", "lower"): "at_most",
    ("and", "under"): "at_most",
    ("and", "younger"): "at_most",
    ("and", "below"): "at_most",
    ("at", "most"): "at_most",
    ("at", "the", "most"): "at_most",
    ("max",): "at_most",
    ("maximum",): "at_most",
    ("minimum",): "at_least",
    ("tops",): "at_most",
}

AFTER_THINGS = (AFTER_BOUND | VERBS) - {"than", "as"}
BEHIND_THINGS = frozenset({"or", "at", "give", "more", "if", "tops", "max"})


@cache
def _before() -> dict[str, Bound]:
    lines = (Path(__file__).parent / "bounds.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {" ".join(Tokens(words, 0, len(words)).words): cast(Bound, bound) for words, bound in pairs}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rsplit(" ", 1)[-1] for words in _before())


def bound_before(tokens: Tokens, i: int) -> tuple[Bound, int] | None:
    """Return the bound that ends before token ``i`` and its first token; None without one."""
    end = i
    for _ in range(4):
        found = _ending_at(tokens, end)
        if found is not None:
            # "learn about the two courses", "more than the 30 that they had": a definite number
            is_definite = end < i and tokens.word(end) in DEFINITE
            return None if is_definite else found
        if tokens.word(end - 1) not in TRANSPARENT:
            return None
        end -= 1
    return None


def _ending_at(tokens: Tokens, end: int) -> tuple[Bound, int] | None:
    if tokens.word(end - 1) not in _last_words():
        return None
    table = _before()
    for size in range(min(LONGEST, end), 0, -1):
        bound = table.get(" ".join(tokens.words[end - size : end]))
        if bound is not None and not _means_something_else(tokens, end - size, end):
            return bound, end - size
    return None


def _means_something_else(tokens: Tokens, first: int, end: int) -> bool:
    word, before = tokens.word(first), tokens.word(first - 1)
    if end - first > 1:
        return tokens.words[first:end] == ["up", "to"] and _went_up(tokens, first, end)
    if word in ("about", "around"):
        return before in TOPIC_VERBS
    if word == "past":
        return before in ("the", "over", "in")
    if word in EXTREMES or word == "tops":
        return before in HYPHENS
    return word == "under" and before in ("from", "down")


def _went_up(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether "up" is a direction ("inched up to 5 percent"), not part of a bound ("holds up to 300")."""
    k = first - 1
    while tokens.word(k).endswith("ly") or tokens.word(k) in ("back", "right", "all", "way", "the"):
        k -= 1
    if tokens.word(k) in MOVED_TO:
        return True
    is_state = tokens.word(k) in ("is", "are", "was", "were", "'s", "be", "been", "now")
    return is_state and "from" in tokens.words[end + 1 : end + 6]


# Words that are prepositions or particles as well as bounds.
LOOSE = frozenset({"over", "under", "above", "below", "around", "about", "past", "beyond"})
OVER = frozenset({"over", "under", "above", "below", "beyond"})


def leads_to_things(tokens: Tokens, first: int, value: Decimal, *, digits: bool) -> bool:
    """Return whether a bound word is a preposition or particle: "a row over 3 players", "flew over three towns".

    ``first`` is the index of that word, and ``value`` the count. A bound more often precedes a round number.
    """
    word, before = tokens.word(first), tokens.word(first - 1)
    if word not in LOOSE:
        return False
    if (word == "under" and _is_beneath(tokens, first, value)) or (word == "over" and _is_fallen_out(tokens, first)):
        return True
    if not before.isalpha() or before in BEFORE_BOUND:
        return False
    return _is_matter(word, before, value) if before in DISPUTES else _is_way(word, before, value)


def _is_beneath(tokens: Tokens, first: int, value: Decimal) -> bool:
    """Return whether "under" precedes rulers or a load: "under three mayors", "found, on a ship, under 60 crates"."""
    if value < LARGEST_PLACE and not RULERS.isdisjoint(tokens.words[first + 2 : first + 5]):
        return True
    before = tokens.word(first - 1)
    is_load = "of" in tokens.words[first + 2 : first + 5] and before in LOADED and tokens.holds(HIDDEN | FOUND)
    if before in HIDDEN or is_load:
        return True
    return before in FOUND and tokens.word(first - 2) in AUXILIARIES


def _is_fallen_out(tokens: Tokens, first: int) -> bool:
    """Return whether parties quarrel over a count: "clashed with the bank over 250 jobs", "fell out over 45 sheep"."""
    if tuple(tokens.words[max(0, first - 2) : first]) in QUARRELS:
        return True
    words = tokens.words[max(0, first - LONGEST_QUARREL) : first]
    is_between = any(word in DISPUTES and link in ("with", "between") for word, link in pairwise(words[:-1]))
    return is_between and "," not in words


def is_before_attribute(tokens: Tokens, first: int, draft: Draft) -> bool:
    """Return whether a bound word precedes an attributive number: "a row over a 12-acre site".

    In "over a 5% rise" it is a bound, unless a word of dispute precedes it.
    """
    is_led = tokens.words[first + 1 : draft.first] in (["a"], ["an"]) and tokens.word(first) in OVER
    after = tokens.word(draft.last)
    if not is_led or not after.isalpha() or after in AFTER_BOUND:
        return False
    return tokens.word(first - 1) in DISPUTES or kind_of_change(after) is None


def _is_matter(word: str, before: str, value: Decimal) -> bool:
    """Return whether a count is the matter of a dispute: "a row over 3 players", "concerns about 14 sites"."""
    if before in MOTION and value >= LEAST_ROUND:
        return False
    return word in ("over", "about") or value < LEAST_ROUND


def _is_way(word: str, before: str, value: Decimal) -> bool:
    """Return whether a count is of places or of things handed over: "flew over three towns", "handed over 15"."""
    if before in GOING and word in ("around", "past"):
        return True  # "worked around 60 obstacles", "marched past 40 villages"
    if word == "about":
        return False
    if before in MOTION:
        is_round = value >= LEAST_ROUND and value % 5 == 0
        return not is_round or before in HANDED
    return word != "around" and value < LARGEST_PLACE


def bound_after(tokens: Tokens, i: int) -> tuple[Bound, int] | None:
    """Return the bound that begins at token ``i`` and the index after it; None without one."""
    if tokens.word(i) in (",", '"', "“") and tokens.word(i + 1) == "at":  # 12 million "at the very least"
        i += 1
    for size in (4, 3, 2, 1):
        bound = AFTER.get(tuple(tokens.words[i : i + size]))
        if bound is None or i + size > len(tokens):
            continue
        if tokens.word(i) in ("plus", "odd", "ish", "+") and not _is_suffix(tokens, i):
            continue
        if tokens.word(i) in EXTREMES and _is_of_noun(tokens, i + 1):
            continue
        if tokens.word(i) in ("and", "or") and not _closes_bound(tokens, i + size):
            continue
        return bound, i + size
    return None


def bound_after_thing(tokens: Tokens, i: int) -> Bound | None:
    """Return the bound after a counted noun: "12 sailors or more", "10,000 people, give or take"; None without one."""
    i += tokens.word(i) == ","
    if tokens.word(i) not in BEHIND_THINGS:
        return None
    found = bound_after(tokens, i)
    if found is None:
        return None
    after = tokens.word(found[1])
    return found[0] if not after[:1].isalnum() or after in AFTER_THINGS or is_past(after) else None


def _is_of_noun(tokens: Tokens, k: int) -> bool:
    """Return whether an extreme modifies a noun ("a £12 minimum wage"), not the number ("£12 minimum")."""
    if is_adverb(tokens, k) and tokens.word(k + 1).isalpha():
        k += 1
    return tokens.word(k).isalpha() and tokens.word(k) not in AFTER_BOUND


def _is_suffix(tokens: Tokens, i: int) -> bool:
    """Return whether a word is a suffix of the number ("50 plus", "50+"), not an addition ("50 plus 3")."""
    return tokens.glued(i) or not (
        tokens.word(i + 1)[:1].isdecimal() or tokens.word(i + 1) in ("a", "the", "$", "£", "€")
    )


def _closes_bound(tokens: Tokens, k: int) -> bool:
    """Return whether a bound ends at token ``k`` ("aged 65 and over"), unlike "sub-2% and under control"."""
    after = tokens.word(k)
    if after in HYPHENS:
        return not tokens.glued(k + 1)
    if tokens.word(k - 1) not in ("under", "over", "above", "below", "up", "beyond"):
        return True
    return not after.isalnum() or after in AFTER_BOUND
