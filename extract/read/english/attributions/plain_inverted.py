"""Plain speech with inverted order, cue before source: "..., said the mayor", "..." wrote Anna Weld on Friday."""

from __future__ import annotations

from collections.abc import Sequence

from extract.read.english.attributions.drafts import Span
from extract.read.english.attributions.lexicon import verbs
from extract.read.english.attributions.plain_shape import Shape, quotations, says_more
from extract.read.english.attributions.plain_sources import ADVERBIAL, is_long_source, is_source, length
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.attributions.words import QUOTE_MIN, QUOTED, Word
from extract.read.english.auxiliaries import DO, HAVE, MODALS
from extract.read.english.speech import lemmas

HEADLINE_SUBJECT = 5  # words before a headline's infinitive
ENDS = frozenset({QUOTED, ";", ":"})
NO_SPEAKERS = word_set("it this that nothing something so")
# Words that begin an adverbial of time or place after a name next to a quotation.
CIRCUMSTANCE = word_set("in on at during after when as while to before by via last earlier later about")
RELATIVES = word_set("who whose")
FINITE = word_set("is are was were") | HAVE | DO | MODALS
COUNTS = word_set("about some nearly almost over more fewer less around roughly up between at")


def inverted(words: Sequence[Word], cue: Span, lemma: str) -> Shape | None:
    """Return the shape ``content, cue source`` of a sentence, or None; ``cue`` is a range of word indices."""
    if lemma not in lemmas("inverting") or not _may_be_inverted(words[: cue[0]], words[cue[1] :]):
        return None
    end = next((k for k in range(cue[1], len(words)) if words[k].text in ENDS), len(words))
    if (end < len(words) and words[end].text != QUOTED) or says_more(words[end:]):
        return None
    size = _speaker(words[cue[1] : end], words[cue[0] - 1].text == QUOTED)
    if not size:
        return None
    return Shape((cue[1], cue[1] + size), cue, ((0, cue[0]), *quotations(words, end)), lemma)


def _may_be_inverted(content: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Return whether a quotation, or a clause without a number after the cue, precedes the cue.

    "Said 40 people died" has a number as its content.
    """
    if not content or content[-1].text not in {",", QUOTED}:
        return False
    if any(w.text == QUOTED for w in content):
        return True
    return length(content) >= QUOTE_MIN and _tells(content) and not _counts(rest)


def _tells(words: Sequence[Word]) -> bool:
    """Return whether these words contain a finite verb, unlike "An aide, speaking on condition of ..."."""
    return any(
        w.lower in FINITE or (w.text[0].islower() and w.lower.endswith("ed")) or w.lower in verbs() for w in words[1:]
    ) or _is_to_happen(words)


def _is_to_happen(words: Sequence[Word]) -> bool:
    """Return whether these words are a headline with an infinitive for what will happen: "Orle dam to cost $4bn"."""
    at = next((k for k, w in enumerate(words[:-1]) if w.lower == "to" and k), 0)
    return 0 < at <= HEADLINE_SUBJECT and words[0].text[0].isupper() and "," not in {w.text for w in words[:-1]}


def _counts(words: Sequence[Word]) -> bool:
    """Return whether these words begin with a number, so that they are content ("said 40 people died")."""
    return bool(words) and (words[0].text[0].isdigit() or words[0].lower in COUNTS)


def _speaker(words: Sequence[Word], beside_quotation: bool) -> int:
    """Return how many of the words after an inverted cue form the source; 0 if they cannot be one."""
    while words and words[-1].text in {",", "."}:
        words = words[:-1]
    if not words or words[0].lower in NO_SPEAKERS:
        return 0
    if not beside_quotation:
        return len(words) if is_long_source(words) else 0
    return _speaker_beside(words)


def _speaker_beside(words: Sequence[Word]) -> int:
    """Return how many of the words between a cue and a quotation, or the end, form the source."""
    comma = next((i for i, w in enumerate(words) if w.text == ","), len(words))
    ends = CIRCUMSTANCE if is_source(words[:comma]) else CIRCUMSTANCE | RELATIVES
    head = next((i for i in range(1, comma) if words[i].lower in ends), comma)
    if not is_source(words[:head]):
        return 0
    if head < comma or comma == len(words):
        return head
    return comma if _is_loose(words[comma + 1].lower) else len(words)


def _is_loose(word: str) -> bool:
    """Return whether a word after a source's comma begins something other than an apposition."""
    return word in ADVERBIAL or word in ("and", "or") or word.endswith(("ing", "ed"))
