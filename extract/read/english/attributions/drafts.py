"""Converts parsed attributions to character spans; extends quotations, and detects hedges and denials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extract.read.english.attributions.found import Found
from extract.read.english.attributions.score import probability
from extract.read.english.attributions.tree import noun_phrase, runs
from extract.read.quotes import Quotes
from extract.types import Polarity

Span = tuple[int, int]

HEDGE = re.compile(
    r"(?i)\b(?:reportedly|allegedly|supposedly|purportedly|apparently|"
    r"(?:is|are|was|were|has been|have been|had been|being) (?:\w+ly )?(?:believed|thought|said|"
    r"reported|rumou?red|alleged|"
    r"understood|estimated|assumed|presumed|feared|expected|considered|suspected)(?: to\b)?)"
)
WITHHELD = re.compile(
    r"(?i)\b(?:declin|refus)\w+ to (?:say|comment|disclose|discuss|confirm|specify|elaborate|name|"
    r"identify|give|provide|reveal|answer|"
    r"speculate|be drawn)|"
    r"\b(?:not|n[’']t|never|nor|neither|without)\b(?: \w+){0,3} "
    r"(?:disclos|sa(?:y|id|ying)\b|specif|reveal|comment|respond|repl(?:y|ied)|confirm|releas|publish|"
    r"announc|provid|giv|elaborat|mention|identif|nam(?:e|ing)\b)"
    r"|\b(?:withheld|withhold|kept silent|remained silent|no comment)\b"
)
DENIED = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied|ying|ial|ials)|reject\w*|dismiss\w*|refut\w+|rebut\w*|disput\w+|"
    r"contradict\w*|repudiat\w+|disavow\w*)\b"
)
# "On Tuesday Lori Vale said": parsers take the day and the name for one name.
DAY_BEFORE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?=[A-Z])")
DAY_LED = re.compile(r"\b[Oo]n $")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as character offsets, before its source is resolved.

    ``sentence`` is a sentence index; ``confidence`` is 0 to 1.
    """

    sentence: int
    source: Span | None
    source_head: Span | None
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    hedge: str | None
    polarity: Polarity
    confidence: float
    antecedent: Span | None = None  # of a relative pronoun
    antecedent_head: Span | None = None
    is_carried: bool = False


def draft(found: Found, sentence: int, base: int, tokens: Doc, text: str, quotes: Quotes) -> Draft | None:
    """Convert the token indices of the sentence that begins at ``base`` to offsets in ``text``; None if no content."""
    done = finish(
        sentence,
        _span(found.source, base, tokens),
        _head_span(found, base, tokens),
        _hull(found.cue, found.head, base, tokens),
        [
            (base + tokens[first].idx, base + tokens[last].idx + len(tokens[last]))
            for first, last in runs(found.content)
        ],
        found.lemma,
        round(probability(found.log_odds), 3),
        text,
        quotes,
    )
    noun = _antecedent(found, tokens)
    if done is None or noun is None:
        return done
    whole = noun_phrase(noun) - found.cue - found.source - found.content - _after(noun, found)
    head = base + noun.idx, base + noun.idx + len(noun)
    return replace(done, antecedent=_span(whole | {noun.i}, base, tokens), antecedent_head=head)


def _antecedent(found: Found, tokens: Doc) -> Token | None:
    """Return the noun that a relative pronoun as source refers to, or None."""
    if len(found.source) != 1 or tokens[min(found.source)].tag_ not in ("WP", "WDT"):
        return None
    clause = tokens[min(found.source)].head
    while clause.dep_ in ("conj", "xcomp", "aux") and clause.head != clause:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def _after(noun: Token, found: Found) -> set[int]:
    return {i for i in noun_phrase(noun) if i >= min(found.source) - 1 and i > noun.i}


def finish(
    sentence: int,
    source: Span | None,
    source_head: Span | None,
    cue: Span,
    content: Iterable[Span],
    lemma: str,
    confidence: float,
    text: str,
    quotes: Quotes,
) -> Draft | None:
    """Complete a draft: trim its content, extend it over quotations, and determine hedge and polarity.

    Returns None without content, unless the source withholds it.
    """
    if (
        source is not None
        and (day := DAY_BEFORE.match(text, *source))
        and DAY_LED.search(text, max(0, source[0] - 4), source[0])
    ):
        source = day.end(), source[1]
    trimmed = [span for piece in content if (span := trim(text, *piece)) is not None]
    spans = merge(_with_quotation(span, quotes) for span in trimmed)
    kind = polarity_at(text, cue, lemma)
    if not spans and kind != "withheld":
        return None
    return Draft(sentence, source, source_head, cue, spans, lemma, _hedge(text, cue), kind, confidence)


def polarity_at(text: str, cue: Span, lemma: str) -> Polarity:
    """Return the polarity of a cue at its place in a text."""
    return polarity(text[slice(*cue)], text[cue[0] : cue[1] + 40].split("\n")[0], lemma)


def polarity(cue: str, clause: str, lemma: str) -> Polarity:
    """Return whether the source affirms the content, denies it, or withholds it."""
    match = WITHHELD.search(clause)
    if match is not None and match.start() <= len(cue):
        return "withheld"
    return "denied" if DENIED.match(lemma) else "affirmed"


def _hedge(text: str, cue: Span) -> str | None:
    match = HEDGE.search(text, max(0, cue[0] - 20), cue[1] + 4)
    return match.group() if match and match.end() > cue[0] else None


def _hull(indices: Iterable[int], head: int, base: int, tokens: Doc) -> Span:
    """Return the span of the cue words around the head, with gaps of at most two words closed."""
    kept = sorted(indices)
    first = last = head
    for i in reversed([i for i in kept if i < head]):
        if first - i > 3:
            break
        first = i
    for i in (i for i in kept if i > head):
        if i - last > 3:
            break
        last = i
    return base + tokens[first].idx, base + tokens[last].idx + len(tokens[last])


def _span(indices: Iterable[int], base: int, tokens: Doc) -> Span | None:
    """Return the offsets from the first to the last of these tokens; None if there are none."""
    kept = sorted(indices)
    if not kept:
        return None
    return base + tokens[kept[0]].idx, base + tokens[kept[-1]].idx + len(tokens[kept[-1]])


def _head_span(found: Found, base: int, tokens: Doc) -> Span | None:
    """Return the offsets of the source's head token, or None."""
    for i in sorted(found.source):
        if tokens[i].head.i not in found.source or tokens[i].head == tokens[i]:
            return base + tokens[i].idx, base + tokens[i].idx + len(tokens[i])
    return None


def _with_quotation(span: Span, quotes: Quotes) -> Span:
    """Return the span, extended over the quotations in which it begins or ends, also across sentences."""
    start, end = span
    opened, closed = quotes.at(start), quotes.at(end - 1)
    return min(start, opened[0]) if opened else start, max(end, closed[1]) if closed else end


def last_word(text: str, span: Span) -> Span:
    """Return the offsets of the last word of a span, which ends with it."""
    return span[1] - len(text[slice(*span)].split()[-1]), span[1]


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space and punctuation at both ends; None if it contains no word."""
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-)]"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–([."):
        end -= 1
    return (start, end) if any(ch.isalnum() for ch in text[start:end]) else None


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, with those that overlap or touch joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
