"""Noun phrases right after a number, parsed from word forms alone."""

from __future__ import annotations

from extract.read.english.quantities.number_words import HYPHENS, ORDINALS, SMALL, TENS, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import FILLERS, SUBSTANTIVES, word_list
from extract.read.english.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    is_past,
    is_plural,
    is_stop,
)

Span = tuple[int, int]
LONGEST = 6  # most tokens of a noun phrase
OWNING = frozenset({"'s", "’s", "'", "’"})
NO_OWNERS = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES
COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
# Plurals that modify another noun: "sales managers".
PLURAL_MODIFIERS = word_list("plural_modifiers")
# Words that are verbs before an object: "60% support the law".
VERBS_OR_NOUNS = word_list("verbs_or_nouns")
# Ditransitive verbs: their object follows the counted recipients.
GIVING = word_list("giving")
NEAR_GIVING = 4  # most tokens from such a verb to the noun


def noun_after(tokens: Tokens, i: int, *, counted: bool, single: bool = False) -> Span | None:
    """Return the token span of the noun phrase at token ``i``, after a number; None without one.

    A counted noun is plural, so the phrase ends with its first plural noun (or the last of several in a row); a
    singular is the counted word alone ("12 page document"). After "one" (``single``) the phrase ends before a word that
    may be a verb. Elsewhere it ends at the first word that no noun phrase contains.
    """
    i = after_owner(tokens, skip(tokens, i, FILLERS))
    end = _gather(tokens, i)
    if _is_period_on_period(tokens, i) or (not counted and _is_verb_with_object(tokens, i)):
        return None
    end = end if counted else _with_second_participle(tokens, i, end)
    if end == i or (end == i + 1 and _is_participle(tokens.word(i))):
        return None
    if counted and not single:
        return _counted_noun(tokens, i, end)
    return _as_noun(tokens, i, _end_of_single(tokens, i, end) if single else _end_of_plural(tokens, i, end))


def _end_of_single(tokens: Tokens, i: int, end: int) -> int:
    return next((k for k in range(i + 1, end) if is_plural(tokens.word(k))), end)


def _as_noun(tokens: Tokens, i: int, end: int) -> Span | None:
    """Return the phrase without a final word that is not part of it; None where it holds no noun."""
    if end > i + 1 and _is_no_end(tokens, end - 1):
        end -= 1
    is_noun = any(not is_adverb(tokens, k) and tokens.word(k) not in ORDINALS for k in range(i, end))
    return (i, end) if is_noun else None


def _with_second_participle(tokens: Tokens, i: int, end: int) -> int:
    """Return the end of the phrase with the second participle of "the issued and outstanding shares"."""
    if end == i or tokens.word(end) not in ("and", "or") or not is_past(tokens.word(end - 1)):
        return end
    joined = _gather(tokens, end + 1)
    return joined if joined > end + 1 else end


def _is_no_end(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` follows a noun phrase: "boy | died", "report | lists 145", "drive | south of"."""
    word, after = tokens.word(k), tokens.word(k + 1)
    if is_past(word) or (word in COMPASS and after in ("of", "from", "by")):
        return True
    return is_plural(word) and tokens.raw(k).islower() and (is_numeric(after) or after in SMALL)


def _is_period_on_period(tokens: Tokens, i: int) -> bool:
    """Return whether "year-on-year" or the like is at token ``i``."""
    words = tokens.words[i : i + 5]
    return len(words) == 5 and words[0] == words[4] and words[2] in ("on", "over") and words[1] in HYPHENS


def _is_verb_with_object(tokens: Tokens, i: int) -> bool:
    """Return whether a verb with an object is at token ``i``: "35% oppose it", "60% support the law"."""
    after = tokens.word(i + 1)
    return tokens.word(i) in VERBS_OR_NOUNS and (after in DETERMINERS or after in PRONOUNS)


def _end_of_plural(tokens: Tokens, i: int, end: int) -> int:
    """Return the index at which a verb may follow a plural subject: "users | uninstall apps"; not "sales managers"."""
    for k in range(i, end - 1):
        after = tokens.raw(k + 1)
        takes_object = _is_verb_with_object(tokens, k + 1)  # "Americans | support the law"
        if (
            is_plural(tokens.word(k))
            and (tokens.raw(k).islower() or takes_object)
            and tokens.word(k) not in PLURAL_MODIFIERS | SUBSTANTIVES
        ):
            return k + 1 if after.islower() and after not in OWNING else end
    return end


def _counted_noun(tokens: Tokens, i: int, end: int) -> Span | None:
    last = next((k for k in range(i, end) if is_plural(tokens.word(k)) and not _is_in_name(tokens, k, i, end)), None)
    if last is not None:
        return i, last + 1 if _is_given(tokens, i, last) else _end_of_plurals(tokens, last + 1, end)
    listed = _end_of_listed(tokens, i, end)
    if listed is not None:
        return i, listed
    return None if _is_participle(tokens.word(i)) or tokens.word(i) in ORDINALS else (i, i + 1)


def _is_in_name(tokens: Tokens, k: int, i: int, end: int) -> bool:
    """Return whether a plural is part of a name before the counted noun: "United Nations aid trucks"."""
    if not (tokens.raw(k).istitle() and tokens.raw(k + 1).islower() and k > i and tokens.raw(k - 1).istitle()):
        return False
    return any(is_plural(tokens.word(m)) and tokens.raw(m).islower() for m in range(k + 1, end))


def _is_given(tokens: Tokens, i: int, k: int) -> bool:
    """Return whether a noun is a recipient: "owes 300 travellers refunds"; not "offers 300 sports cars".

    ``k`` is the index of its last word.
    """
    return tokens.word(k) not in PLURAL_MODIFIERS and not GIVING.isdisjoint(tokens.words[max(0, i - NEAR_GIVING) : i])


def _end_of_plurals(tokens: Tokens, last: int, end: int) -> int:
    """Return the index after several plurals in a row: "arms sales"; in "19 fouls | proves it" after the first."""
    while last < end and is_plural(tokens.word(last)) and tokens.word(last) not in SUBSTANTIVES:
        if tokens.word(last + 1) in DETERMINERS or tokens.word(last + 1) in PRONOUNS:
            break
        last += 1
    return last


def _end_of_listed(tokens: Tokens, i: int, end: int) -> int | None:
    """Return the index after the plural of a coordination: "90 air, sea and ground-launched missiles"; else None."""
    while tokens.word(end) == ",":
        item = _gather(tokens, end + 1)
        if item != end + 2 or is_plural(tokens.word(end + 1)):
            return None
        end = item
    if end == i or tokens.word(end) not in ("and", "or"):
        return None
    last = _gather(tokens, end + 1)
    return last if last > end + 2 and is_plural(tokens.word(last - 1)) else None


def _is_participle(word: str) -> bool:
    return (is_past(word) or word.endswith("ing")) and word not in SUBSTANTIVES


def after_owner(tokens: Tokens, i: int) -> int:
    """Return the index after a possessor ("Johnson's deputies"); ``i`` without one."""
    if tokens.word(i) in NO_OWNERS:  # "28.2 and Labor's candidate 24.7", "83.20 at Tuesday's close"
        return i
    for k in range(i, min(i + 4, len(tokens))):
        if tokens.words[k] in ("'s", "’s", "′s"):
            return k + 1
        if not tokens.texts[k][0].isalpha():
            break
    return i


def skip(tokens: Tokens, i: int, words: frozenset[str]) -> int:
    """Return the index of the first token from ``i`` on that is not one of these words."""
    while tokens.word(i) in words:
        i += 1
    return i


def _gather(tokens: Tokens, i: int) -> int:
    """Return the index after a run of words that a noun phrase may contain."""
    k = i
    while k < len(tokens) and k - i < LONGEST and (_is_in_compound(tokens, k, i) or _is_inside(tokens, k, i)):
        k += 1
    while k > i and tokens.texts[k - 1] in HYPHENS:
        k -= 1
    return k


def _is_in_compound(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether token ``k`` is a hyphen between words or the word after it: "loan-to-value mortgages"."""
    if k == i or not tokens.glued(k):
        return False
    return tokens.texts[k - 1] in HYPHENS or (tokens.texts[k] in HYPHENS and tokens.glued(k + 1))


def _is_inside(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether the phrase from token ``i`` may contain token ``k``."""
    word = tokens.words[k]
    if k == i:
        is_adverb = word.endswith("ly") and word != "only"
        return is_adverb or _may_be_inside(tokens.texts[k], word) or _is_model(tokens, k, i)
    if _joins_names(tokens, k):
        return True
    is_part = _may_be_inside(tokens.texts[k], word) or _is_model(tokens, k, i) or _ends_name(tokens, k, i)
    return is_part and word not in SMALL and word not in TENS


def _may_be_inside(text: str, word: str) -> bool:
    """Return whether a noun phrase may contain a word; "US" is a country, "us" a pronoun."""
    return text[0].isalpha() and (not is_stop(word) or word in PLURALS or text == "US")


def _ends_name(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether a word is the second one of a name: "Fort Worth", "Will Hill"."""
    return k > i and tokens.raw(k).istitle() and tokens.raw(k - 1).istitle() and len(tokens.raw(k)) > 3


def _joins_names(tokens: Tokens, k: int) -> bool:
    """Return whether a conjunction joins two names before their noun: "460 Kestrel and Vesta vans"."""
    if tokens.word(k) not in ("and", "or") or not tokens.raw(k - 1)[:1].isupper():
        return False
    end = k + 1
    while tokens.raw(end)[:1].isupper():
        end += 1
    return end > k + 1 and is_plural(tokens.word(end)) and not is_plural(tokens.word(k - 1))


def _is_model(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether a number is part of a model name: "new 350 Turbo vans"."""
    is_last = tokens.raw(k - 1)[:1].isupper() and is_plural(tokens.word(k + 1))  # "Model 3 saloons"
    return k > i and tokens.texts[k].isdecimal() and (tokens.raw(k + 1)[:1].isupper() or is_last)


def is_adverb(tokens: Tokens, k: int) -> bool:
    """Return whether a word is an adverb, by its ending."""
    return tokens.word(k).endswith("ly") and len(tokens.word(k)) > 4
