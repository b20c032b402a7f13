"""The place that a sentence ties to a number: named right after it, or the only one that the sentence names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.read.quantities.draft import Draft
from extract.read.quantities.syntax import SPEAKING
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import DETERMINERS, MONTHS, word_list
from extract.types import Mention

PLACE_PREPOSITIONS = word_list("place_prepositions")
PLACE_NOUNS = word_list("place_nouns")
# Bodies that a place only belongs to: "the ministry in Moscow".
SOURCE_WORDS = SPEAKING | {"according", "ministry", "government", "official", "officials", "spokesman", "spokeswoman"}
CLAUSE_ENDS = frozenset({";", ":", "who", "which", "that", "while", "although", "because", "but"})
FARTHEST = 14  # tokens between a number and its place


def set_places(tokens: Tokens, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Take back places that are persons, bodies or months, and give a number the only place of its clause."""
    places = [_tokens_of(tokens, mention) for mention in mentions if mention.kind == "place"]
    others = [(mention.start, mention.end) for mention in mentions if mention.kind != "place"]
    named = [span for span in places if span and _is_where(tokens, span[0])]
    for draft in drafts:
        _give_up_places(tokens, draft, places)
        if draft.place is not None and _is_other(tokens, draft.place, others):
            draft.place = None
        if draft.place is None:
            draft.place = _of_thing(tokens, draft)
        if draft.place is None:
            near = [span for span in named if _belongs(tokens, draft, span)]
            draft.place = near[0] if len(near) == 1 else None


def _give_up_places(tokens: Tokens, draft: Draft, places: Sequence[tuple[int, int] | None]) -> None:
    """Make places of what syntax took for subject or thing: "prices in Orle rose", "400 square kilometres of Kursk"."""
    for place in filter(None, places):
        span = tokens.span(*place)
        if draft.subject_span == span and tokens.word(place[0] - 1) in ("in", "at"):
            draft.subject_span, draft.place = None, draft.place or place
        thing = draft.thing_span
        if thing is not None and span[0] <= thing[0] and thing[1] <= span[1] and _is_extent(draft):
            draft.thing_span, draft.thing, draft.place = None, None, draft.place or place


def _is_extent(draft: Draft) -> bool:
    return draft.unit is not None and draft.unit.dimension == "area"


def _of_thing(tokens: Tokens, draft: Draft) -> tuple[int, int] | None:
    """Find where the thing is that stands before its number: "consumer prices in the city rose 4.8 percent"."""
    if draft.thing_span is None or draft.thing_span[1] > tokens.starts[draft.first]:
        return None
    k = bisect_left(tokens.starts, draft.thing_span[1])
    if tokens.word(k) not in PLACE_PREPOSITIONS:
        return None
    return _place_at(tokens, k + 1 + (tokens.word(k + 1) in DETERMINERS))


def _place_at(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """Read a place that begins here: up to a noun such as "city", or as long as words are capitalised."""
    last = next((k for k in range(first, first + 3) if tokens.word(k) in PLACE_NOUNS), None)
    if last is not None and all(tokens.raw(k).isalpha() for k in range(first, last)):
        return first, last + 1
    end = first
    while tokens.raw(end)[:1].isupper() and tokens.word(end) not in MONTHS:
        end += 1
    return (first, end) if end > first and not tokens.word(first).endswith("day") else None


def _tokens_of(tokens: Tokens, mention: Mention) -> tuple[int, int] | None:
    if not tokens.start <= mention.start < tokens.end:
        return None
    first, last = bisect_left(tokens.starts, mention.start), bisect_left(tokens.starts, mention.end)
    return (first, last) if first < last else None


def _is_other(tokens: Tokens, place: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    start, end = tokens.span(*place)
    return tokens.word(place[0]) in MONTHS or any(a < end and start < b for a, b in others)


def _is_where(tokens: Tokens, first: int) -> bool:
    k = first - 1 - (tokens.word(first - 1) in DETERMINERS)
    return tokens.word(k) in PLACE_PREPOSITIONS or tokens.word(k) in ("near", "outside", "between")


def _belongs(tokens: Tokens, draft: Draft, place: tuple[int, int]) -> bool:
    first, last = (draft.last, place[0]) if place[0] >= draft.last else (place[1], draft.first)
    between = tokens.words[first:last]
    before = tokens.words[max(0, place[0] - 5) : place[0]]
    is_source = not SOURCE_WORDS.isdisjoint(between) or not SOURCE_WORDS.isdisjoint(before)
    return len(between) <= FARTHEST and not is_source and CLAUSE_ENDS.isdisjoint(between)
