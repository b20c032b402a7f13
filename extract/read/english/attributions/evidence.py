"""Documents and data that open a sentence as its source: "Data from the port authority show 214 ships waiting".

The parser often takes "show" or "list" for a noun there; the words before the verb decide here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.read.english.attributions.datelines import story_start
from extract.read.english.attributions.drafts import Draft, finish
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.attributions.words import QUOTED, Word, words_of
from extract.read.english.document import Document
from extract.read.english.speech import forms
from extract.read.english.words import DETERMINERS, PRONOUNS, is_plural
from extract.read.quotes import Quotes

CONFIDENCE = 0.85
LONGEST = 14  # words of such a source
MOST_BEFORE = 4  # words before its noun
SHOWS = forms("evidence", gerund=False)
# Verbs that tell something only after what says where a document is from: "Documents filed with the court list debts".
LISTS = word_set("list lists listed point points pointed record records recorded")
# What may follow the noun: where it comes from, and what was done with it.
LEADS = word_set(
    "from by of for on in at to compiled published released collected seen obtained filed taken gathered held given "
    "issued kept cited reviewed provided posted shared leaked presented submitted drawn produced prepared commissioned"
)
STOPS = word_set(
    "how what as so and or to not that who which whose where when while but because if is are was were has have had "
    "will would said says"
)
PUTS = word_set("put puts")
MONEY = frozenset("£$€¥₹")
PLACED = word_set("has had have")
FOLLOWING = LEADS | SHOWS | PLACED | PUTS
UNCOUNTED = word_set("data footage evidence")  # with a verb in either number


def documents(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> Iterator[Draft]:
    """Yield drafts for sentences that open with a document or data and its verb, and that have no such draft yet."""
    taken = {(d.sentence, at) for d in drafts for at in range(*d.cue)}
    for index, (_, end) in enumerate(doc.sentences):
        start = story_start(doc.text, doc.sentences[index])
        words = words_of(doc.text, (start, min(end, start + 400)), quotes)
        noun = _noun(words)
        at = _verb(words, noun) if noun is not None else None
        if noun is None or at is None or (index, words[at].start) in taken:
            continue
        until = next((k for k in range(at, len(words)) if words[k].text in (";", ":")), len(words))
        content = (words[at].end, words[until].start if until < len(words) else end)
        source, head = (words[0].start, words[at - 1].end), (words[noun].start, words[noun].end)
        cue = words[at].start, words[at].end
        if one := finish(index, source, head, cue, [content], words[at].lower, CONFIDENCE, doc.text, quotes):
            yield one


def _noun(words: Sequence[Word]) -> int | None:
    """Return the index of the document noun that opens a sentence; None if another word comes first."""
    for at, word in enumerate(words[: MOST_BEFORE + 1]):
        if word.lower in SHOWS and at:
            return None
        if word.lower in STOPS or word.lower in PRONOUNS or word.lower in LEADS or not word.text[0].isalnum():
            return None
        follows = words[at + 1].lower if at + 1 < len(words) else ""
        if noun_class(word.lower) == "document" and follows in FOLLOWING:
            return at
    return None


def _verb(words: Sequence[Word], noun: int) -> int | None:
    """Return the index of the verb of a source whose noun is at ``noun``; None without one that tells something."""
    for at in range(noun + 1, min(len(words) - 1, LONGEST)):
        word = words[at]
        if _tells(words, noun, at):
            return at if _agrees(words[noun], word) or word.lower.endswith("ed") else None
        if (word.text in PUTS or (word.text in PLACED and at == noun + 1)) and _places(words[at + 1 :]):
            return at
        if word.lower in STOPS or word.text in {",", ";", ":", "(", QUOTED}:
            return None
    return None


def _tells(words: Sequence[Word], noun: int, at: int) -> bool:
    """Return whether the word at ``at`` can be the verb of the noun: none of "data from show", "from the show"."""
    text, before = words[at].text, words[at - 1].lower
    if at == noun + 2 or before in LEADS or before in DETERMINERS:
        return False
    return words[at + 1].text != "," and (text in SHOWS or (text in LISTS and at > noun + 1))


def _agrees(noun: Word, verb: Word) -> bool:
    """Return whether noun and verb have one number: "data show", "a memo shows", and not "data points"."""
    is_many = is_plural(noun.lower) or noun.lower == "statistics"
    return noun.lower in UNCOUNTED or (not verb.lower.endswith("s")) is is_many


def _places(words: Sequence[Word]) -> bool:
    """Return whether what follows puts something at a number: "has the town at 41,000"."""
    return any(
        word.lower in ("at", "on") and (after.text[0].isdigit() or after.text in MONEY)
        for word, after in pairwise(words[1:9])
    )
