"""Ages without a word of age: "both nine", "her sons (6 and 8)", "killed at 17", "keeper, 62, critical"."""

from __future__ import annotations

from collections.abc import Callable

from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.number_words import HYPHENS, SMALL, TENS
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.vocabulary.words import is_people, lemma
from extract.read.english.words import AUXILIARIES, DETERMINERS, PREPOSITIONS, is_past, is_plural

PERSONS = word_list("persons")  # "a girl of 13", "the twins were only 12"
PEOPLE = word_list("people")
PARENTS = word_list("parents")  # "a mother of three"
STAGES = word_list("stages_of_life")
LEVELS = word_list("levels_at")
OPENING_PARTICIPLES = frozenset({"born", "left", "made", "sent", "shot", "taken", "struck", "hurt"})
WHO = frozenset({"he", "she", "i", "who"})
YOUNGEST_ALONE = 10  # least age of "at 32", which is a time of day below it
YOUNGEST_LATER = 13  # the same after a clause without a word of life
OLDEST_CHILDREN = 25  # most children of "a father of 12"
LONGEST_OPENING = 7  # most tokens before "at 17" of an opening participle
LONGEST_SERIES = 9  # most tokens before a number in "her sons (4, 6, 8 and 11)"
NEAR_STAGE = 5
NEAR_SUBJECT = 10
OPENERS = frozenset({",", "("})
CLOSERS = frozenset({",", ")", ".", ";", ""})
JOINTS = frozenset({",", "and", "&"})


def is_name_part(text: str) -> bool:
    """Return whether a capitalised word may be part of a name."""
    return text[:1].isupper() and text.replace("’", "").replace("'", "").isalpha() and text.lower() not in DETERMINERS


def is_person(word: str) -> bool:
    """Return whether a lower-case word denotes one person or several: "keeper", "twins", "couple"."""
    return word in PERSONS or is_people(lemma(word))


def _is_dash(tokens: Tokens, k: int) -> bool:
    return tokens.word(k) in HYPHENS and not (tokens.glued(k) and tokens.glued(k + 1) and tokens.word(k) == "-")


def opens_aside(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` opens an aside: a comma, a bracket or a dash."""
    return tokens.word(k) in OPENERS or _is_dash(tokens, k)


def closes_aside(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` closes an aside or the sentence."""
    return tokens.word(k) in CLOSERS or _is_dash(tokens, k)


def of_both(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "both" makes a number the age of two people: "the twins — both nine —"."""
    k = draft.first - 1
    k -= tokens.word(k) in ("under", "over")
    is_both = tokens.word(k) in ("both", "each") and opens_aside(tokens, k - 1)
    return is_both and closes_aside(tokens, draft.last) and tokens.word(k - 2).isalpha()


def of_person(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "of" after an indefinite person precedes an age: "a widow of 77"; not "a mother of three"."""
    i = draft.first
    noun = tokens.word(i - 2)
    if tokens.word(i - 1) != "of" or not is_person(noun) or is_plural(noun):
        return False
    is_indefinite = "a" in tokens.words[max(0, i - 4) : i - 2] or "an" in tokens.words[max(0, i - 4) : i - 2]
    return is_indefinite and draft.low >= (OLDEST_CHILDREN if noun in PARENTS else YOUNGEST_ALONE)


def in_series(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is among the ages of several people: "two girls, six and nine, are missing"."""
    k = draft.first - 1
    while k > draft.first - LONGEST_SERIES and (_is_number(tokens, k) or tokens.word(k) in JOINTS):
        k -= 1
    opener = k + 1 if tokens.word(k + 1) in OPENERS else k
    end = draft.last
    while end < opener + LONGEST_SERIES and (_is_number(tokens, end) or tokens.word(end) in JOINTS):
        end += 1
    closer = end - 1 if tokens.word(end - 1) == "," else end
    within = tokens.words[opener + 1 : closer]
    if not opens_aside(tokens, opener) or not closes_aside(tokens, closer) or "and" not in within[1:-1]:
        return False
    return _are_several(tokens, opener - 1)


def _is_number(tokens: Tokens, k: int) -> bool:
    return tokens.word(k).isdecimal() or tokens.word(k) in SMALL or tokens.word(k) in TENS


def _are_several(tokens: Tokens, k: int) -> bool:
    """Return whether a noun denotes several people whose ages may follow: "girls", "the couple"."""
    word = tokens.word(k)
    return word in ("couple", "pair", "children") or (is_plural(word) and is_person(word))


def at_age(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "at" precedes an age ("she married at 32", "At 17, she joined"), not "the shop opens at 9"."""
    i = draft.first
    if tokens.word(i - 1) != "at":
        return False
    if draft.low < YOUNGEST_ALONE:
        return not draft.digits and _ends_opening(tokens, i - 1)
    if i == 1:
        return tokens.word(draft.last) == "," and (
            tokens.word(draft.last + 1) in ("he", "she", "they", "i") or is_name_part(tokens.raw(draft.last + 1))
        )
    near = [word for word in tokens.words[max(0, i - NEAR_STAGE) : i - 1] if word not in AUXILIARIES]
    return not STAGES.isdisjoint(near) or _ends_opening(tokens, i - 1) or _of_life(tokens, draft)


def later_in_life(tokens: Tokens, draft: Draft) -> bool:
    """Return whether an age follows that of an opening participle: "Orphaned at six, she ran a farm by 15"."""
    if tokens.word(draft.first - 1) not in ("at", "by") or not closes_aside(tokens, draft.last):
        return False
    return any(_ends_opening(tokens, k) for k in range(1, min(LONGEST_OPENING, draft.first - 3)))


def _ends_opening(tokens: Tokens, at: int) -> bool:
    """Return whether "at" ends a participle phrase that opens the sentence: "Killed in a fall at 17, he"."""
    first = tokens.word(0)
    if tokens.word(at) != "at" or at >= LONGEST_OPENING or not (is_past(first) or first in OPENING_PARTICIPLES):
        return False
    after = tokens.word(at + 3)
    is_person_next = after in ("he", "she") or (after == "the" and is_person(tokens.word(at + 4)))
    is_followed = tokens.word(at + 2) == "," and (is_person_next or is_name_part(tokens.raw(at + 3)))
    return is_followed and first not in LEVELS


def _of_life(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a clause about one person ends in an age: "he became a judge at 35"; not "she stood at 35"."""
    i = draft.first
    if draft.low < YOUNGEST_LATER or tokens.word(draft.last) not in (*CLOSERS, "and", "but", "after"):
        return False
    near = tokens.words[max(0, i - NEAR_SUBJECT) : i - 1]
    return LEVELS.isdisjoint(near) and tokens.word(i - 2) not in PREPOSITIONS and not WHO.isdisjoint(near)


def by_age(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "By 30" opens a sentence about one person: "By 30 she had sold two firms"."""
    after = draft.last + (tokens.word(draft.last) == ",")
    return draft.first == 1 and tokens.word(0) == "by" and tokens.word(after) in ("he", "she")


def and_over(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number after people is a least or greatest age: "anyone 65 and over"."""
    who = tokens.word(draft.first - 1)
    is_limit = tokens.word(draft.last + 1) in ("over", "under", "older", "younger", "above")
    return is_limit and tokens.word(draft.last) in ("and", "or") and (who in PEOPLE or is_person(who))


RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    of_both,
    of_person,
    in_series,
    at_age,
    later_in_life,
    by_age,
    and_over,
)
