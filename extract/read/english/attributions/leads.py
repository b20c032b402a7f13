"""Lines that name the speaker of the quotation below them without a verb of speech: "Lena Ortiz, harbour master:"."""

from __future__ import annotations

import re

from extract.read.english.attributions.drafts import Draft, Span, finish
from extract.read.english.attributions.labels import is_person
from extract.read.english.attributions.people import names_people
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.document import Document
from extract.read.english.words import PREPOSITIONS
from extract.read.quotes import Quotes

CONFIDENCE = 0.85
NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:(?:de|van|von|al|bin) )?[A-ZÀ-Þ][\w.’'-]*){1,4}"
PHRASE = r"(?:(?:the|an?|one|his|her|their|our|my|The|An?|One|His|Her|Their) )?[\w.’'-]+(?: [\w.’'-]+){0,6}?"
SAYING = (
    r"(?:reply|answer|response|account|message|verdict|explanation|warning|statement|reaction|version|comment|recollection|"
    r"letter|note|email|text|call|plea|assessment)"
)
# "Lena Ortiz, harbour master:", "Jan Holt (University of Lisk):", "Ana Petrova, whose brother is missing:".
NAMED = re.compile(
    rf"(?P<who>{NAME}(?:, (?!who|whose)[\w ’'-]{{2,60}})?)(?:, who[\w ’'-]{{2,80}}| \([^()\n]{{2,60}}\))?(?P<cue>:)"
)
# "The minister's reply:", "Her answer was short:".
OWNED = re.compile(
    rf"(?:[\w’' ]+, )?(?P<who>[Hh]is|[Hh]er|[Tt]heir|{PHRASE})(?:[’']s?)? (?:[a-z]+ )?(?P<cue>{SAYING})"
    r"(?: (?:was|is|came) [\w ]{2,30})?:"
)
# "The reply from the ministry was brief:", "Then came a call from the pilot's wife:", "And this, from Lori Vale:".
FROM = re.compile(
    rf"(?:.{{0,60}}?\b{SAYING}|And (?:this|that),?|And|The last word (?:goes|belongs)) (?P<cue>from|to) "
    rf"(?P<who>{PHRASE})(?: (?:was|is) \w+)?:"
)


def leading(doc: Document, index: int, quoted: Span, quotes: Quotes) -> Draft | None:
    """Return the draft of a quotation below a line that ends in a colon and names its speaker, or None."""
    start, end = doc.sentences[index]
    for pattern in (FROM, NAMED, OWNED):
        match = pattern.fullmatch(doc.text, start, end)
        if match is None or not can_speak(match["who"], is_name=pattern is NAMED):
            continue
        who = match.span("who")
        noun = _head(match["who"])
        at = who[0] + match["who"].rindex(noun)
        head, cue = (at, at + len(noun)), match.span("cue")
        return finish(index, who, head, cue, [quoted], match["cue"], CONFIDENCE, doc.text, quotes)
    return None


def _head(phrase: str) -> str:
    """Return the head of a phrase: the last word before its comma and its first preposition."""
    words = phrase.partition(",")[0].split()
    first = next((at for at, word in enumerate(words) if at and word.lower() in PREPOSITIONS), len(words))
    return words[first - 1]


def can_speak(phrase: str, *, is_name: bool) -> bool:
    """Return whether a phrase denotes somebody who can speak."""
    if is_name:
        return is_person(phrase.partition(",")[0])
    noun = _head(phrase)
    word = noun.lower()
    is_pronoun = word in ("his", "her", "their")
    return (
        is_pronoun
        or names_people(word)
        or noun_class(word) in ("office", "people", "organisation")
        or noun[0].isupper()
    )
