"""The place that a sentence ties to a number: named right after it or on the number's own branch of the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.read.quantities.branch import Branch
from extract.read.quantities.draft import Draft
from extract.read.quantities.syntax import SPEAKING, Parse
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import AUXILIARIES, DETERMINERS, MONTHS, PREPOSITIONS, is_plural, is_stop, word_list
from extract.types import Mention

Span = tuple[int, int]
PLACE_PREPOSITIONS = word_list("place_prepositions")
PLACE_NOUNS = word_list("place_nouns")
COMMON_PLACE = frozenset({"in", "at", "on", "inside", "outside", "near"})
REGIONS = word_list("regions")
INDEFINITE = frozenset({"a", "an", "any", "some", "no", "every", "each", "another"})
# Bodies that a place only belongs to: "the ministry in Moscow".
SOURCE_WORDS = SPEAKING | {"according", "ministry", "government", "official", "officials", "spokesman", "spokeswoman"}
NO_MODIFIERS = PREPOSITIONS | DETERMINERS | AUXILIARIES
OWNING = frozenset({"'s", "’s", "'", "’"})
FAR = 6  # words after which a place is the number's only where the parse says so
PHRASE_ENDS = frozenset({".", ";", ",", "and", "but", "that", "who", "which"})


def set_places(tokens: Tokens, drafts: Sequence[Draft], mentions: Sequence[Mention], parse: Parse | None) -> None:
    """Give each number the place right after it, or the one that the sentence's parse ties to it.

    ``mentions`` say what names stand for. The age beside a name has no place: where somebody lives is another thing.
    """
    places = [span for m in mentions if m.kind == "place" and (span := _tokens_of(tokens, m))]
    named = [span for span in places if _is_where(tokens, span)]
    for n, draft in enumerate(drafts):
        _give_up_places(tokens, draft, places)
        if draft.place is not None or draft.owner is not None:
            continue
        branch = Branch(parse, tokens.span(draft.first, draft.last), SOURCE_WORDS) if parse and places else None
        stop = drafts[n + 1].first if n + 1 < len(drafts) else len(tokens)
        draft.place = _after(tokens, draft, stop, places, branch) or _of_thing(tokens, draft, places)
        if draft.place is None and branch is not None and named:
            draft.place = _tied(branch, tokens, draft, named)


def _tokens_of(tokens: Tokens, mention: Mention) -> Span | None:
    """Give a place's tokens with the words that belong to it: "the eastern Alps", "the Lisk market"."""
    if not tokens.start <= mention.start < tokens.end:
        return None
    first, last = bisect_left(tokens.starts, mention.start), bisect_left(tokens.starts, mention.end)
    while tokens.word(last) in PLACE_NOUNS and tokens.raw(last).islower():
        last += 1
    first -= first < last and tokens.word(first - 1) in REGIONS
    return (first, last) if first < last and tokens.word(first) not in MONTHS else None


def _give_up_places(tokens: Tokens, draft: Draft, places: Sequence[Span]) -> None:
    """Make places of what syntax took for subject or thing: "prices in Orle rose", "400 square kilometres of Kursk"."""
    for place in places:
        span = tokens.span(*place)
        if draft.subject_span == span and tokens.word(place[0] - 1) in ("in", "at"):
            draft.subject_span, draft.place = None, draft.place or place
        thing = draft.thing_span
        if thing is not None and span[0] <= thing[0] and thing[1] <= span[1] and _is_extent(draft):
            draft.thing_span, draft.thing, draft.place = None, None, draft.place or place


def _is_extent(draft: Draft) -> bool:
    return draft.unit is not None and draft.unit.dimension == "area"


def _of_thing(tokens: Tokens, draft: Draft, places: Sequence[Span]) -> Span | None:
    """Find where the thing is that stands before its number: "consumer prices in the city rose 4.8 percent"."""
    if draft.thing_span is None or draft.thing_span[1] > tokens.starts[draft.first]:
        return None
    return _place_at(tokens, bisect_left(tokens.starts, draft.thing_span[1]), places)


def _after(tokens: Tokens, draft: Draft, stop: int, places: Sequence[Span], branch: Branch | None) -> Span | None:
    """Give the place after a number; one far from it must be on its branch: "two said they back a truce in Lisk"."""
    first = max(draft.thing[1], draft.last) if draft.thing else draft.last
    found = _place_after(tokens, first, stop, places)
    if found is None or branch is None or found[0] - first <= FAR or branch.holds(tokens.span(*found)):
        return found
    return None


def _place_after(tokens: Tokens, first: int, stop: int, places: Sequence[Span]) -> Span | None:
    """Find the place named after the number: "into the Kursk region"."""
    for k in range(first, min(stop, len(tokens))):
        if tokens.word(k) in PHRASE_ENDS:
            return None
        found = _place_at(tokens, k, places)
        if found is not None:
            return found
    return None


def _place_at(tokens: Tokens, k: int, places: Sequence[Span]) -> Span | None:
    """Read the place that a preposition leads to: a name, or a noun of places ("in the bay", "in shelters")."""
    if tokens.word(k) not in PLACE_PREPOSITIONS:
        return None
    for place in places:
        if k < place[0] and _is_where(tokens, place) and _preposition(tokens, place[0]) == k:
            return place
    return _common_place(tokens, k + 1) if tokens.word(k) in COMMON_PLACE else None


def _common_place(tokens: Tokens, k: int) -> Span | None:
    """Read a place without a name; "in a market" is any market, and "in prison" a state."""
    first = k + (tokens.word(k) in DETERMINERS)
    last = next((i for i in range(first, first + 4) if tokens.word(i) in PLACE_NOUNS), None)
    if last is None or tokens.word(k) in INDEFINITE or (first == k and not is_plural(tokens.word(last))):
        return None
    if any(tokens.word(i) in NO_MODIFIERS or not tokens.raw(i).isalpha() for i in range(first, last)):
        return None
    while tokens.word(last + 1) in PLACE_NOUNS:
        last += 1
    return first, last + 1


def _preposition(tokens: Tokens, first: int) -> int:
    """Give the token before a name, its determiner and its owner: "in Russia's Kursk region"."""
    k = first - 1
    if tokens.word(k) in OWNING:
        k -= 1
        while tokens.raw(k)[:1].isupper():
            k -= 1
    return k - (tokens.word(k) in DETERMINERS)


def _is_where(tokens: Tokens, place: Span) -> bool:
    """Tell a place that a preposition leads to; "from Egypt's embassy" names the embassy."""
    k = _preposition(tokens, place[0])
    if tokens.word(place[1]) in OWNING or (tokens.word(place[1]).isalpha() and _is_joined(tokens, place[1])):
        return False
    if tokens.word(k) == "from":  # where somebody or something comes from is not where it is counted
        return tokens.word(k - 1) in AUXILIARIES
    return tokens.word(k) in PLACE_PREPOSITIONS


def _is_joined(tokens: Tokens, k: int) -> bool:
    """Tell a name before a noun, "all Mexican exports", from one that stands alone."""
    word = tokens.word(k)
    return not is_stop(word) and is_plural(word)


def _tied(branch: Branch, tokens: Tokens, draft: Draft, named: Sequence[Span]) -> Span | None:
    """Find the nearest place on the number's own branch of the sentence's tree."""
    tied = [place for place in named if branch.holds(tokens.span(*place))]
    return min(tied, key=lambda place: _distance(draft, place)) if tied else None


def _distance(draft: Draft, place: Span) -> int:
    return place[0] - draft.last if place[0] >= draft.last else draft.first - place[1]
