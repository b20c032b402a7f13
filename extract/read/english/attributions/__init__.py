"""Attribution extraction: who says what, in which words.

``find_attributions`` looks for cue words sentence by sentence, parses the sentences that contain one (the parse is
shared with the other readers), and derives source and content from the syntax. ``docs/attributions.md`` explains the
classes of cues, and ``docs/rows.md`` every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.identity import stable_id
from extract.read.english.attributions.beside import beside
from extract.read.english.attributions.carried import carry_over
from extract.read.english.attributions.colon import behind_colons
from extract.read.english.attributions.cues import holds_cue
from extract.read.english.attributions.datelines import story_start, without_dateline
from extract.read.english.attributions.drafts import Draft, Span, draft
from extract.read.english.attributions.evidence import documents
from extract.read.english.attributions.labels import labelled
from extract.read.english.attributions.plain import plain
from extract.read.english.attributions.polls import going_on
from extract.read.english.attributions.resolve import Named
from extract.read.english.attributions.sources import (
    APPOSITION,
    PRONOUNS,
    is_anonymous,
    is_description,
    is_titled_work,
    source_kind,
)
from extract.read.english.attributions.syntax import find_in_sentence
from extract.read.english.attributions.unquoted import with_unquoted
from extract.read.english.document import Document
from extract.read.quotes import Quotes
from extract.types import Attribution, Mention, SourceKind

__all__ = ["attributed", "find_attributions"]

MAX_SENTENCE = 5000  # characters; a longer sentence is a table or a list, and expensive to parse
NAMED_KINDS = frozenset({"person", "organisation", "publisher"})
LEAST = -0.6  # log-odds; below it, more candidates are wrong than right


def find_attributions(doc: Document, mentions: Sequence[Mention]) -> list[Attribution]:
    """Return the attributions of a text in the order of their cues.

    ``mentions``, which may be empty, tell people from organisations and provide the full forms of short names. No text
    raises an exception.
    """
    quotes = doc.quotes
    drafts: list[Draft] = []
    wanted: list[int] = []
    for i, span in enumerate(doc.sentences):
        if span[1] - span[0] <= MAX_SENTENCE and holds_cue(doc.text, span, quotes, LEAST):
            read = plain(doc.text, i, (story_start(doc.text, span), span[1]), quotes)
            if read is None:
                wanted.append(i)
            else:
                drafts.extend(read)
    doc.parse(wanted)
    drafts.extend(d for i in wanted for d in _in_sentence(doc, i, quotes))
    drafts += beside(doc, drafts, quotes)
    drafts += documents(doc, drafts, quotes)
    drafts += behind_colons(doc, drafts, quotes)
    drafts += labelled(doc, drafts, quotes)
    drafts += going_on(doc, drafts, quotes)
    drafts.sort(key=lambda d: (d.cue, d.source or (0, 0)))
    drafts = with_unquoted(doc, carry_over(doc, drafts, quotes), quotes)
    return attributed(doc, sorted(drafts, key=_place), mentions)


def _place(d: Draft) -> tuple[Span, bool, int]:
    """Return the sort key of an attribution: its cue, and before those carried over from it."""
    return d.cue, d.is_carried, d.sentence


def _in_sentence(doc: Document, index: int, quotes: Quotes) -> Iterable[Draft]:
    """Yield the drafts of one parsed sentence, without those whose cue is quoted or whose score is too low."""
    tokens, base = doc.parsed(index), doc.sentences[index][0]
    begin = story_start(doc.text, doc.sentences[index])
    for found in find_in_sentence(tokens):
        if quotes.at(base + tokens[found.head].idx) is not None:
            continue
        one = draft(found, index, base, tokens, doc.text, quotes)
        if one is not None and begin > base:
            one = without_dateline(one, doc.text, begin)
        if one is not None and found.log_odds >= LEAST:
            yield one
    tokens.user_data.clear()


def attributed(doc: Document, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> list[Attribution]:
    """Return the rows of drafts in their order, with the kinds and full names of their sources."""
    named = Named(doc.text, mentions)
    ids = _ids(doc, drafts)
    holders = _by_sentence(doc, drafts, ids)
    return [
        _row(doc, d, ident, _parent(d, holders.get(d.sentence, ())), named)
        for d, ident in zip(drafts, ids, strict=True)
    ]


def _by_sentence(doc: Document, drafts: Sequence[Draft], ids: Sequence[str]) -> dict[int, list[tuple[Draft, str]]]:
    """Return, per sentence, the drafts whose content extends into it."""
    holders: dict[int, list[tuple[Draft, str]]] = {}
    for d, ident in zip(drafts, ids, strict=True):
        for index in doc.reached(d.content):
            holders.setdefault(index, []).append((d, ident))
    return holders


def _ids(doc: Document, drafts: Sequence[Draft]) -> list[str]:
    """Return the stable ids of drafts, numbered where several have the same cue."""
    seen: dict[tuple[int, int], int] = {}
    ids = []
    for d in drafts:
        n = seen.get(d.cue, 0)
        seen[d.cue] = n + 1
        ids.append(stable_id("attribution", doc.version_id, d.cue[0], d.cue[1], n))
    return ids


def _parent(inner: Draft, holders: Sequence[tuple[Draft, str]]) -> str | None:
    """Return the id of the innermost attribution whose content contains this one's cue; None without one."""
    around = [
        (end - start, ident)
        for other, ident in holders
        if other.cue != inner.cue
        for start, end in other.content
        if start <= inner.cue[0] and inner.cue[1] <= end
    ]
    return min(around)[1] if around else None


def _at(span: tuple[int, int] | None, end: int) -> int | None:
    return span[end] if span else None


def _row(doc: Document, d: Draft, ident: str, parent: str | None, named: Named) -> Attribution:
    text = doc.text[slice(*d.source)] if d.source else None
    kind, resolved = _understood(doc, d, named)
    if d.source and text and kind and text.lower() not in PRONOUNS:
        named.add(*d.source, kind)
    return Attribution(
        attribution_id=ident,
        version_id=doc.version_id,
        source_text=text,
        source_start=_at(d.source, 0),
        source_end=_at(d.source, 1),
        source_kind=kind,
        is_anonymous=not resolved and is_anonymous(text, kind) if text and kind else None,
        cue=doc.text[slice(*d.cue)],
        cue_lemma=d.lemma,
        cue_start=d.cue[0],
        cue_end=d.cue[1],
        content_spans=d.content,
        source_name=doc.text[slice(*resolved)] if resolved else None,
        resolved_start=_at(resolved, 0),
        resolved_end=_at(resolved, 1),
        is_carried=d.is_carried,
        parent_attribution_id=parent,
        hedge=d.hedge,
        polarity=d.polarity,
        confidence=d.confidence,
    )


def _understood(doc: Document, d: Draft, named: Named) -> tuple[SourceKind | None, Span | None]:
    """Return the kind of a draft's source, and the offsets of the full name that it refers to."""
    if d.source is None or d.source_head is None:
        return None, None
    if d.antecedent is not None and d.antecedent_head is not None:
        kind, full = _noun(doc, d.antecedent, d.antecedent_head, named)
        if kind == "document":
            return kind, d.antecedent  # "data that suggested ..."
        return kind, full or (named.name_in(*d.antecedent) if kind in NAMED_KINDS else None)
    text = doc.text[slice(*d.source)]
    if text.lower() in PRONOUNS:
        return named.pronoun(text, d.source[0])
    return _noun(doc, d.source, d.source_head, named)


def _noun(doc: Document, source: Span, head: Span, named: Named) -> tuple[SourceKind | None, Span | None]:
    """Return the kind of a source that is not a pronoun, and the offsets of the full name of a person."""
    inside = named.inside(*source)
    text, noun = doc.text[slice(*source)], doc.text[slice(*head)]
    if is_titled_work(text, doc.text[source[1] : source[1] + APPOSITION]):
        return "document", None
    kind = source_kind(text, noun, inside)
    if kind == "organisation" and not inside and named.full_form_of(*source):
        kind = "person"  # a surname in no list, of a person named in full elsewhere
    if kind in ("official", "person") and is_description(text, noun):
        kind = named.described(noun, source[0], kind)
    return kind, named.full_form_of(*source) if kind == "person" else None
