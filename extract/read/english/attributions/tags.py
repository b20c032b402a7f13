"""Speakers after a quotation whose verb is none of speech: '"Now I have four," she went on.', '... Lund shrugged.'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.read.english.attributions.drafts import Draft, finish, last_word
from extract.read.english.document import Document
from extract.read.quotes import Quotes

CONFIDENCE = 0.9
NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:(?:de|van|von|al|bin|of|the) )?[A-ZÀ-Þ][\w.’'-]*){0,4}"
NOUN = r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur) [\w’'-]+(?: [\w’'-]+){0,3}?"
WHO = rf"(?P<who>[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|{NOUN}|{NAME})"
PARTICLES = (
    r"(?:went|goes|go) on|(?:put|puts|cut|cuts|chimed|chimes|weighed|joined|joins) in|(?:hit|shot|fired) back|broke off"
)
MANNER = (
    r"beg[ai]ns?|ended|ends|smile[ds]|shrug(?:s|ged)|laugh(?:s|ed)|sigh(?:s|ed)|grin(?:s|ned)|nod(?:s|ded)|frown(?:s|ed)|"
    r"winc(?:ed|es)|beam(?:s|ed)|chuckle[ds]|fume[ds]|rage[ds]|marvel(?:s|led|ed)|resume[ds]|ventured?|stammer(?:s|ed)|"
    r"offer(?:s|ed)|snap(?:s|ped)|groan(?:s|ed)|gasp(?:s|ed)|sob(?:s|bed)|pause[ds]|finish(?:es|ed)|gestur(?:es|ed)|"
    r"reminisce[ds]|volunteer(?:s|ed)|deadpan(?:s|ned)"
)
CUE = rf"(?P<cue>{PARTICLES}|{MANNER})"
# The verb ends its clause, or a circumstance follows it.
END = r"(?=\s*[.,;:—–\n]|\s*$|\s+(?:and|as|to|when|with|before|on|in|from|after|while|about|at|of|again|\")\b)"
TAG = re.compile(rf"\s+(?:{WHO} (?:then |also |now |had |has )?{CUE}{END})")


def tagged(doc: Document, quotes: Quotes) -> Iterator[Draft]:
    """Yield drafts for quotations that end in a comma, a question mark or the like and that such a verb follows."""
    for quoted in quotes.spans:
        if doc.text[quoted[1] - 2 : quoted[1] - 1] not in (",", "?", "!", "…", "-", "—", "–"):
            continue
        match = TAG.match(doc.text, quoted[1])
        if match is None or "\n" in match.group():
            continue
        who = match.span("who")
        head = last_word(doc.text, who)
        lemma = match["cue"].split()[0]
        index = doc.sentence_at(match.start("cue"))
        if one := finish(index, who, head, match.span("cue"), [quoted], lemma, CONFIDENCE, doc.text, quotes):
            yield one
