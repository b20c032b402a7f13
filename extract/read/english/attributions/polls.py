"""Carries polls over to later sentences: "A Marist poll gave Lee 44 percent. Some 12 percent were undecided."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.read.english.attributions.drafts import Draft, Span, finish
from extract.read.english.attributions.statements import kinds
from extract.read.english.document import Document
from extract.read.english.speech import lemmas
from extract.read.quotes import Quotes

LONGEST = 3  # maximum number of sentences that continue a poll
DISCOUNT = 0.9
LEAD = 0.6  # confidence that a poll only mentioned in one sentence is the source of the next
POLL = rf"(?:{'|'.join(sorted(kinds()['poll'].words))})"
OF_POLL = re.compile(rf"(?i)\b{POLL}\b")
NAMED = re.compile(
    rf"(?:(?:An?|The|Another|One|a|an|the|another)\s+|[A-Z][\w.]*['’]s\s+)(?:[\w’'-]+\s+){{0,5}}?(?P<poll>{POLL})\b"
    r"(?:\s+(?:of|by|from|for|among|conducted\s+by)\s+(?:[\w,’'-]+\s+){0,4}?[\w’'-]+"
    r"(?=\s*(?:[.,;]|was|were|has|had|is|are|asked|published|released|found|shows?|showed)))?"
)
# A poll's result: a share.
SHARE = re.compile(
    r"(?i)\b(?:\d[\d.]*\s?(?:%|percent\b|per\s+cent\b|(?:percentage\s+)?points?\b)|(?:half|(?:one|two|three)[\s-](?:thirds?|quarters?|"
    r"fifths?|tenths?)|an?\s+(?:third|quarter|fifth|majority)|(?:\w+)\s+(?:in|out\s+of)\s+(?:three|four|five|ten|10|\d+))\b)"
)
ELSEWHERE = re.compile(
    r"(?i)\b(?:w[io]n|won|lost|carried|elections?|turnout|census|margin of error|in (?:19|20)\d\d|polls?|surveys?)\b"
)
OPENING = 40  # characters within which a sentence's share begins, if it is the result of a poll mentioned before
ASKING = frozenset({"ask", "question"})
SAYING = lemmas("plain") | {"according to"}


def going_on(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return a draft for each sentence with a share that continues a poll in the same paragraph."""
    of_polls = {
        d.sentence: d
        for d in drafts
        if d.source is not None and d.lemma not in ASKING and OF_POLL.search(doc.text, *d.source)
    }
    others = {d.sentence for d in drafts if d.lemma in SAYING and d.sentence not in of_polls and not _of_share(doc, d)}
    return [*_carried(doc, of_polls, others), *_named(doc, of_polls, others, quotes)]


def _of_share(doc: Document, d: Draft) -> bool:
    """Return whether the source is a share of respondents: "61 percent said"."""
    return d.source is not None and SHARE.match(doc.text, *d.source) is not None


def _carried(doc: Document, of_polls: dict[int, Draft], others: set[int]) -> Iterator[Draft]:
    for index, first in of_polls.items():
        for at in _next_shares(doc, index, others | of_polls.keys()):
            confidence = round(first.confidence * DISCOUNT, 3)
            yield replace(first, sentence=at, content=(doc.sentences[at],), is_carried=True, confidence=confidence)


def _next_shares(doc: Document, index: int, closed: set[int]) -> Iterator[int]:
    """Yield the indices of the next sentences of the paragraph, while each states a share without another source."""
    for at in range(index + 1, min(len(doc.sentences), index + 1 + LONGEST)):
        start, end = doc.sentences[at]
        is_apart = "\n" in doc.text[doc.sentences[at - 1][1] : start]
        if is_apart or at in closed or not _tells_share(doc.text, start, end):
            return
        yield at


def _tells_share(text: str, start: int, end: int) -> bool:
    """Return whether a sentence states a share of respondents, and mentions no vote or other poll."""
    return SHARE.search(text, start, end) is not None and ELSEWHERE.search(text, start, end) is None


def _named(doc: Document, of_polls: dict[int, Draft], others: set[int], quotes: Quotes) -> Iterator[Draft]:
    """Yield drafts for polls whose result is only in the next sentences."""
    if OF_POLL.search(doc.text) is None:
        return
    for index, (start, end) in enumerate(doc.sentences):
        if index in of_polls or index in others:
            continue
        match = NAMED.match(doc.text, start, end)
        if match is None or quotes.at(match.start()) is not None or SHARE.search(doc.text, start, end):
            continue
        for at in _next_shares(doc, index, others | of_polls.keys()):
            if SHARE.search(doc.text, doc.sentences[at][0], doc.sentences[at][0] + OPENING) is None:
                break
            source: Span = (match.start(), len(doc.text[: match.end()].rstrip()))
            cue = match.span("poll")
            content = [doc.sentences[at]]
            one = finish(at, source, cue, cue, content, match["poll"].lower(), LEAD, doc.text, quotes)
            if one is not None:
                yield replace(one, is_carried=at > index + 1)
