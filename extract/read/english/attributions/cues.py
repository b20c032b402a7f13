"""Selects the sentences to parse: those where a cue may reach the threshold, judging by the adjacent words.

The test is cheap and permissive. For each cue word outside quotation marks, it checks which of its frames the words
to the right allow, and what the words to the left say about its mood. A sentence that cannot be an attribution even
in the best reading is not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.read.english.attributions.lexicon import Entry, adjectives, nouns, reckoning, verbs
from extract.read.english.attributions.nominal import HEARSAY
from extract.read.english.attributions.score import BASE, DEFAULT, GERUND, INFINITIVE, MODAL, UNSURE
from extract.read.english.attributions.statements import kinds
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.speech import lemmas
from extract.read.quotes import Quotes

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d,.]*|[^\w\s]")
DETERMINERS = word_set(
    "the a an this that these those his her its their my our your no any each every some of in on for with"
)
FREE = frozenset({"that", "wh", "quote", "inverted", "obj_as", "ing", "adj"})
NEAR = 4  # words between a verb and the particle of its frame
FAR = 14
NEVER = -9.0  # log-odds
APPROXIMATE = word_set("about around some nearly roughly almost up between more fewer less over")
SUBJECT_PRONOUNS = word_set("he she they it who we that which i you also")
CLAUSE_ENDS = frozenset({",", '"', "”", "’", "'"})
RECKONING = kinds()["reckoning"]
OBVIOUS = kinds()["according"].words | HEARSAY | kinds()["poll"].words


@cache
def _lexicon() -> dict[str, tuple[str, Entry]]:
    table = {form: ("adjective", entry) for form, entry in adjectives().items()}
    table.update({form: ("noun", entry) for form, entry in nouns().items()})
    table.update({form: ("verb", entry) for form, entry in verbs().items()})
    return table


@cache
def _cues() -> frozenset[str]:
    return OBVIOUS | RECKONING.words | _lexicon().keys()


def holds_cue(text: str, span: tuple[int, int], quotes: Quotes, threshold: float) -> bool:
    """Return whether any word of this sentence may be a cue with log-odds of at least ``threshold``."""
    table, cues = _lexicon(), _cues()
    written = WORD.findall(text, *span)
    words = list(map(str.lower, written))
    starts: list[int] = []
    for i in [i for i, word in enumerate(words) if word in cues]:
        word = words[i]
        if word in OBVIOUS or (
            word in RECKONING.words and not RECKONING.prepositions.isdisjoint(words[max(0, i - FAR) : i])
        ):
            return True
        if word in table and _best(words, i, *table[word], _is_before_name(written, i)) >= threshold:
            if not quotes.touch(*span):
                return True
            starts = starts or [match.start() for match in WORD.finditer(text, *span)]
            if quotes.at(starts[i]) is None:
                return True
    return _closes_with_cue(words)


def _closes_with_cue(words: Sequence[str]) -> bool:
    """Return whether the sentence ends as in "..., the chamber estimates"."""
    end = len(words) - 1 - (len(words) > 1 and words[-1] == ".")
    is_cue = end > 0 and words[end] in reckoning()
    return is_cue and "," in words[max(0, end - FAR) : end]


def _is_before_name(written: Sequence[str], i: int) -> bool:
    """Return whether a word is between the end of a clause or quotation and a name: "..., estimates Lori Vale"."""
    return 0 < i < len(written) - 1 and written[i - 1] in CLAUSE_ENDS and written[i + 1][0].isupper()


def _best(words: Sequence[str], i: int, part: str, entry: Entry, is_before_name: bool) -> float:
    """Return the highest log-odds that the cue at index ``i`` can have in its context."""
    right = words[i + 1 : i + 1 + FAR]
    left = words[max(0, i - 3) : i]
    if part != "verb":
        return _leads_to_content(entry, right)
    if not is_before_name and _may_be_noun(words[i], entry, left, right):
        return _noun_too(words[i], right)
    frames = [f for f in entry.frames if f in FREE or _allows(f, entry, right)]
    best = max((BASE.get((entry.frames[f], f), DEFAULT) for f in frames), default=NEVER)
    return best + _mood(words[i], left)


def _may_be_noun(word: str, entry: Entry, left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether a verb form may be a noun here: after a determiner, or because it usually is one."""
    if left and left[-1] in DETERMINERS and word != entry.lemma + "ing":
        return True
    return entry.lemma in lemmas("noun") and not word.endswith(("ed", "ing")) and not _is_verbal(entry, left, right)


def _leads_to_content(entry: Entry, right: Sequence[str]) -> float:
    """Return the log-odds of a noun or adjective as a cue, by the two words after it."""
    return 0.8 if any(w in {"that", "to", "of", *_prepositions(entry)} for w in right[:2]) else NEVER


def _noun_too(word: str, right: Sequence[str]) -> float:
    entry = nouns().get(word)
    return _leads_to_content(entry, right) if entry else NEVER


def _is_verbal(entry: Entry, left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether the adjacent words show that a word that is usually a noun is a verb."""
    if left and (left[-1] in SUBJECT_PRONOUNS or left[-1] in {"to", "not", *UNSURE}):
        return True
    if not right:
        return False
    if right[0] == "to":
        return "to" in entry.frames
    if right[0] == ":":
        return "that" in entry.frames  # "The guideline states: ..."
    if _opens_number(right):
        return "obj" in entry.frames or "that" in entry.frames  # "they estimate about 40 died"
    if right[0] in {"a", "an"}:
        return "obj" in entry.frames and _holds_digits(right[1:NEAR])  # "economists forecast a 3% rise"
    return right[0] in {"that", "the", "he", "she", "they", "it", *_prepositions(entry)}


def _holds_digits(words: Sequence[str]) -> bool:
    return any(word[0].isdigit() for word in words)


def _opens_number(right: Sequence[str]) -> bool:
    return right[0][0].isdigit() or right[0] in APPROXIMATE or right[:2] == ["at", "least"]


def _prepositions(entry: Entry) -> frozenset[str]:
    return frozenset().union(*entry.prepositions.values())


def _allows(frame: str, entry: Entry, right: Sequence[str]) -> bool:
    """Return whether the words to the right are compatible with a frame."""
    if frame == "to":
        return "to" in right[:NEAR]
    if frame == "obj_to":
        return "to" in right
    if frame == "num":
        return bool(right) and _opens_number(right)
    if frame == "prep":
        return not entry.prepositions["prep"].isdisjoint(right[:NEAR])
    if frame == "obj_prep":
        return not entry.prepositions["obj_prep"].isdisjoint(right)
    return bool(right) and right[0] not in {".", ",", "in", "on", "at", "of", "to", "for", "from", "and", ";", ")"}


def _mood(word: str, left: Sequence[str]) -> float:
    """Return the penalty in log-odds for a gerund, an infinitive or a modal."""
    if word.endswith("ing"):
        return GERUND
    if "to" in left[-2:]:
        return INFINITIVE
    return MODAL if not UNSURE.isdisjoint(left) else 0.0
