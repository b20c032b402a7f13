"""Speakers in a line next to a quotation: "Her statement read:" before it, "— Lori Vale" after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.read.english.attributions.drafts import Draft, Span, finish
from extract.read.english.attributions.leads import can_speak, leading
from extract.read.english.attributions.plain import NOUN_FORMS
from extract.read.english.attributions.plain_sources import source_start
from extract.read.english.attributions.tags import tagged
from extract.read.english.attributions.words import Word, words_of
from extract.read.english.document import Document
from extract.read.english.inflect import verb_forms
from extract.read.english.speech import lemmas
from extract.read.quotes import Quotes

CONFIDENCE = 0.9
FORMS = {form: lemma for lemma in (*lemmas("plain"), "read", "ask") for form in verb_forms(lemma)}
FROM = frozenset({"from", "by"})
# Maximum distance of the verb from the colon: "said in a statement on Friday:".
LONGEST_TAIL = 8  # words
NAMED = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|for|and|de|van|von)){0,7}"
# Who signs: a name with its role, or an office in lower case ("the head of the clinic").
ROLE = r"(?:, (?!(?:to|in|on|at|speaking|during|after|[A-Z][a-z]+ (?:19|20))\b)[^\n,;:!?]{2,60}?)"
PAPER = r"(?: (?:report|statement|spokes(?:man|woman|person)|memo|survey|study|poll|letter|official))?"
OFFICE = r"(?:the|an?|one) [a-z][^\n,;:!?“”\"–—]{3,60}?"
# When, where and to whom: "to MPs on Wednesday", ", in an interview with the Star", ", March 2026".
OCCASION = (
    r"(?:,? (?:to|in|on|at|during|after|before|speaking|writing|talking|told) [^\n]{2,80}|, [A-Z][a-z]+ (?:19|20)\d\d)"
)
SIGNED = re.compile(
    rf"(?:[ \t]*|[ \t]*\n\s{{0,3}})(?P<dash>--|[-–—])[ \t]*(?P<who>(?:{NAMED}{PAPER}{ROLE}{{0,2}}|{OFFICE}))"
    rf"(?P<occasion>{OCCASION})?[.]?[ \t]*(?=\n|$)"
)
# A speaker in brackets behind a quotation: "(Olga Berg, 80)".
BRACKETED = re.compile(rf"[ \t]*(?P<dash>\()(?P<who>{NAMED}, [\w ’'-]{{2,40}})\)[.]?[ \t]*(?=\n|$)")


def beside(doc: Document, drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """Return drafts for quotations without a source whose speaker is in the line before or after a dash."""
    spoken = {quotes.at(start) for d in drafts for start, _ in d.content}
    found = [*_introduced(doc, quotes), *_signed(doc, quotes), *tagged(doc, quotes)]
    return [d for d in found if quotes.at(d.content[0][0]) not in spoken]


def _introduced(doc: Document, quotes: Quotes) -> Iterator[Draft]:
    """Yield drafts for quotations after a line that ends in a colon."""
    for index, (start, end) in enumerate(doc.sentences[:-1]):
        opens = doc.sentences[index + 1][0]
        quoted = quotes.at(opens)
        if doc.text[end - 1] != ":" or quoted is None or quoted[0] != opens:
            continue
        if one := leading(doc, index, quoted, quotes):
            yield one
            continue
        words = words_of(doc.text, (start, end - 1), quotes)
        if one := introduction(doc, index, words, quoted, quotes):
            yield one


def introduction(doc: Document, index: int, words: Sequence[Word], content: Span, quotes: Quotes) -> Draft | None:
    """Return a draft for a line before a colon, or None: "Her statement read:", "And from Lori Vale:".

    ``words`` are those before the colon; ``content`` is the span that the line introduces.
    """
    for at in range(len(words) - 1, max(-1, len(words) - 2 - LONGEST_TAIL), -1):
        lower = words[at].lower
        if lower in FORMS and (first := _source_before(words, at)) is not None:
            return _draft(doc, index, words[first:at], words[at], FORMS[lower], content, quotes)
        if lower in FROM and at <= 2 and words[at + 1 :] and words[at + 1].text[0].isupper():
            return _draft(doc, index, words[at + 1 :], words[at], lower, content, quotes)
    return None


def _source_before(words: Sequence[Word], at: int) -> int | None:
    """Return the index where a source before a verb begins, or else a name: "Speaking in Velm, Mr Reed said:"."""
    first = source_start(words, at)
    if first is None:
        first = at
        while first and words[first - 1].text[0].isupper():
            first -= 1
    # A single word before a possible noun is not a source: "Those states:", "See tweets:".
    return first if at - first > (words[at].lower in NOUN_FORMS) else None


def _draft(
    doc: Document, index: int, source: Sequence[Word], cue: Word, lemma: str, content: Span, quotes: Quotes
) -> Draft | None:
    who = source[0].start, source[-1].end - (source[-1].text == ",")
    head = next((w for w in reversed(source) if w.text[0].isalnum()), source[-1])
    heads = (head.start, head.end)
    return finish(index, who, heads, (cue.start, cue.end), [content], lemma, CONFIDENCE, doc.text, quotes)


def _signed(doc: Document, quotes: Quotes) -> Iterator[Draft]:
    """Yield drafts for quotations that a dash and a name follow."""
    for quoted in quotes.spans:
        match = SIGNED.match(doc.text, quoted[1]) or BRACKETED.match(doc.text, quoted[1])
        if match is None or (match.groupdict().get("occasion") and " " not in match["who"]):
            continue
        if match["who"][0].islower() and not can_speak(match["who"], is_name=False):
            continue
        last = match["who"].split(",")[0].split()[-1]
        at = match.start("who") + match["who"].index(last)
        done = finish(
            doc.sentence_at(quoted[0]), match.span("who"), (at, at + len(last)), match.span("dash"), [quoted],
            match["dash"], CONFIDENCE, doc.text, quotes,
        )  # fmt: skip
        if done is not None:
            yield done
