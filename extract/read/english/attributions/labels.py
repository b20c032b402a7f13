"""Speakers named before a colon: the turns of an interview, and headlines such as "Minister: Dam to cost $4bn"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.read.english.attributions.drafts import Draft, finish, last_word
from extract.read.english.attributions.people import names_people
from extract.read.english.attributions.source_words import noun_class, titles
from extract.read.english.document import Document
from extract.read.english.mentions.tables import first_names, lexicon, surnames
from extract.read.english.words import is_plural
from extract.read.quotes import Quotes

CONFIDENCE = 0.8
WORD = r"[A-ZÀ-Þ][\w.’'-]*"
LINE = re.compile(
    rf"^(?P<who>{WORD}(?: (?:{WORD}|de|van|von|al|of|the)){{0,4}})(?P<cue>:)[ \t]+(?=\S)(?P<said>.+)$", re.MULTILINE
)
SIGNED = re.compile(r"^(?P<said>[^\n]{12,120}?) (?P<cue>[-–—]) (?P<who>[a-z]+|[A-Z]\w+)$", re.MULTILINE)
UTTERED = re.compile(r"\w\s+[a-z]\S*\s.*[.?!…”\"]\s*$")  # words with an end, unlike "Author: Ada Quill"
ENDS = (".", "!", "?", "”", '"', ":", ";")
SPEAKERS = frozenset({"office", "people", "organisation"})
SIGNATORIES = frozenset(
    {"sources", "source", "police", "officials", "reports", "report", "minister", "ministry", "study", "poll", "survey"}
)


def labelled(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return drafts for what follows a speaker's name and a colon, and for headlines that end in their source."""
    begun = {span[0] for d in drafts for span in d.content}
    return [one for one in _labelled(doc, quotes) if one.content[0][0] not in begun]


def _labelled(doc: Document, quotes: Quotes) -> Iterator[Draft]:
    lines = list(LINE.finditer(doc.text))
    often = Counter(line["who"] for line in lines)
    asked = False
    for line in lines:
        is_head = line.start() == 0 and not line["said"].rstrip().endswith(ENDS)
        is_turn = (often[line["who"]] > 1 or asked) and UTTERED.search(line["said"]) is not None
        if (is_head or is_turn) and _is_speaker(line["who"]):
            yield from _draft(doc, line, quotes)
        asked = line["said"].rstrip().endswith("?")
    head = SIGNED.match(doc.text)
    if head is not None and (head["who"].lower() in SIGNATORIES or head["who"] in lexicon().organisations):
        yield from _draft(doc, head, quotes)


def is_person(label: str) -> bool:
    """Return whether a label is a person's full or titled name: "Anna Weld", "Dr Lund", "MAYOR RUIZ"."""
    first, last = label.split()[0].rstrip("."), label.split()[-1].rstrip(".")
    if " " not in label:
        return False
    if first.lower() in titles() or first.title() in lexicon()["titles"]:
        return True
    is_family = last.title() in surnames() or not is_plural(last.lower())  # not "Case Studies"
    return first.title() in first_names() and is_family


def _is_speaker(label: str) -> bool:
    """Return whether a label denotes somebody who speaks: a person, an office or a listed organisation."""
    if label in lexicon().organisations or is_person(label):
        return True
    word = label.lower()
    return " " not in label and (noun_class(word) in SPEAKERS or names_people(word))


def _draft(doc: Document, line: re.Match[str], quotes: Quotes) -> Iterator[Draft]:
    who = line.span("who")
    head = last_word(doc.text, who)
    index = doc.sentence_at(line.start("said"))
    one = finish(index, who, head, line.span("cue"), [line.span("said")], line["cue"], CONFIDENCE, doc.text, quotes)
    if one is not None:
        yield one
