"""Which words of a plain sentence may be a source: noun phrases without a verb, and their context."""

from __future__ import annotations

from collections.abc import Sequence

from extract.calendar import WEEKDAY_NAMES
from extract.read.english.attributions.drafts import Span
from extract.read.english.attributions.lexicon import verbs
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.attributions.words import QUOTED, Word
from extract.read.english.auxiliaries import BE, DO, HAVE, MODALS

MAX_SOURCE = 14  # words
MAX_TAIL = 9  # words
MOST_OF_CIRCUMSTANCE = 8  # words of an adverbial ("On Friday") before a source
MOST_OF_APPOSITION = 18  # words
NO_SOURCE = (
    BE
    | HAVE
    | DO
    | MODALS
    | word_set(
        "that which who whom when if because while as after before since although though "
        "whether where how why what than not n't but or so there it's he's she's they're to this"
    )
)
OPENERS = word_set("but and so still meanwhile however yet then also nor or instead later today yesterday earlier")
ADVERBIAL = word_set(
    "in on at during after before since for by with from despite earlier late last this that meanwhile "
    "however yesterday today still later speaking asked among under as through to"
)
TAIL = word_set(
    "in on at during after before to by via from of for last earlier late this yesterday today later "
    "recently again when"
) | {name.lower() for name in WEEKDAY_NAMES}
NOUNS_IN_LY = word_set("family ally assembly monopoly supply rally reply bully anomaly daily weekly monthly quarterly")
STOPS = (",", ":", ";", "(")
UNNAMED = word_set("a an one another two three four some several")
PRONOUN = word_set("he she they it we i you")


def source_start(words: Sequence[Word], end: int) -> int | None:
    """Return the index at which the source that ends before ``end`` begins; None if there cannot be one."""
    start = _behind_openers(words, end)
    spans = parts(words, start, end)
    if len(spans) == 2 and _is_circumstance(words[slice(*spans[0])]):
        spans, start = spans[1:], spans[1][0]
    if len(spans) == 1 and spans[0][1] == end:
        return start if is_source(words[start:end]) else None
    is_closed = len(spans) == 2 and spans[1][1] < end
    return start if is_closed and _is_with_apposition(words, spans, end - 1 - start) else None


def _behind_openers(words: Sequence[Word], end: int) -> int:
    return next((i for i in range(end) if words[i].lower not in OPENERS | {","}), end)


def _is_with_apposition(words: Sequence[Word], spans: Sequence[Span], size: int) -> bool:
    """Return whether these spans are a name and its apposition or relative clause between commas."""
    if not is_source(words[slice(*spans[0])]):
        return False
    if words[spans[1][0]].lower in {"who", "whose"}:
        return True
    return size <= 2 * MAX_SOURCE and is_apposition(words[slice(*spans[1])])


def _is_circumstance(words: Sequence[Word]) -> bool:
    """Return whether this is an adverbial before a source and its comma ("On Friday")."""
    return words[0].lower in ADVERBIAL and length(words) <= MOST_OF_CIRCUMSTANCE and not has_verb(words)


def parts(words: Sequence[Word], start: int, end: int) -> list[Span]:
    """Return the ranges of words between commas, from ``start`` up to ``end``."""
    parts, first = [], start
    for i in range(start, end + 1):
        if i == end or words[i].text == ",":
            if i > first:
                parts.append((first, i))
            first = i + 1
    return parts


def is_apposition(words: Sequence[Word]) -> bool:
    """Return whether this may be an apposition: a noun phrase without a verb."""
    is_short = 0 < len(words) <= MAX_SOURCE
    return is_short and not has_verb(words) and words[0].lower not in ADVERBIAL | {"and", "or"}


def has_verb(words: Sequence[Word]) -> bool:
    """Return whether a word excludes a noun phrase: a verb, a conjunction or a quotation."""
    return any(w.lower in NO_SOURCE or w.text == QUOTED or _is_inflected_verb(w) for w in words)


def _is_inflected_verb(word: Word) -> bool:
    """Return whether this is a past form or participle of a listed verb; other forms may be nouns."""
    entry = verbs().get(word.lower)
    if entry is None or word.lower == entry.lemma:
        return False
    return not word.text[0].isupper() and not word.lower.endswith("s")


def is_adverb(word: Word) -> bool:
    """Return whether this is a word in -ly that is not a name ("Kelly") or a noun ("family")."""
    return word.lower.endswith("ly") and word.text[0].islower() and word.lower not in NOUNS_IN_LY


def is_source(words: Sequence[Word]) -> bool:
    """Return whether this may be a source: a pronoun, or a noun phrase without a verb."""
    if not words or len(words) > MAX_SOURCE:
        return False
    if len(words) == 1 and words[0].lower in PRONOUN:
        return True
    if words[0].lower in ADVERBIAL | {"and", "or", "of"} or not _ends_noun(words[-1]):
        return False
    return not any(map(_breaks_noun, words)) and not has_verb(words) and length(words) > 0


def _breaks_noun(word: Word) -> bool:
    return word.lower in PRONOUN or word.text in {",", ":", ";", "(", ")"}


def _ends_noun(word: Word) -> bool:
    """Return whether a noun phrase can end with this word."""
    is_owner = word.lower.endswith(("'s", "’s", "s'", "s’"))
    return not (is_adverb(word) or is_owner or word.lower in {"the", "a", "an", "of", "and", "in"})


def is_long_source(words: Sequence[Word]) -> bool:
    """Return whether this may be a noun phrase with an apposition or a relative clause."""
    comma = next((i for i, word in enumerate(words) if word.text == ","), len(words))
    head, rest = words[:comma], words[comma + 1 :]
    if any(w.lower in {"in", "on", "at", "during", "after", "when", "to"} for w in head[1:]) or not is_source(head):
        return False
    if not rest or rest[0].lower in {"who", "whose"}:  # a relative clause belongs to the source
        return True
    is_apposition = rest[0].lower not in ADVERBIAL | {"and", "or", "citing"}
    return is_apposition and len(rest) <= MOST_OF_APPOSITION and not has_verb(rest)


def is_described(words: Sequence[Word]) -> bool:
    """Return whether this is an unnamed person with a clause ("an officer who asked not to be named")."""
    at = next((i for i, word in enumerate(words) if word.lower == "who"), 0)
    is_unnamed = at > 1 and words[0].lower in UNNAMED and is_source(words[:at])
    return is_unnamed and 1 < len(words) - at <= MAX_SOURCE and not any(w.text in {QUOTED, *STOPS} for w in words)


def is_tail(words: Sequence[Word], start: int) -> bool:
    """Return whether the words from ``start`` on only say when and where somebody spoke."""
    rest = words[start:]
    while rest and rest[-1].text in {QUOTED, ",", ".", ":"}:
        rest = rest[:-1]
    if not rest:
        return True
    if length(rest) > MAX_TAIL or rest[0].lower not in TAIL:
        return False
    return not has_verb([w for w in rest if w.lower != "to"]) and "," not in {w.text for w in rest}


def length(words: Sequence[Word]) -> int:
    """Return the number of words, without punctuation."""
    return sum(w.text[0].isalnum() for w in words)
