"""What a number leaves unsaid because another number has just said it: what it is about, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from extract.read.quantities.changes import COMPARED, is_earlier
from extract.read.quantities.draft import Draft
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import AUXILIARIES, VERBS, is_past

COMPARING = frozenset({"after", "against", "versus", "vs", "with", "to"})
BEFORE_NUMBERS = frozenset({"a", "an", "the", "only", "just", "some", "about", "nearly", "almost", "around", "mere"})
REACH = 6  # words after "than" that may name an earlier time


def said_by(tokens: Tokens, drafts: Sequence[Draft], n: int) -> Draft | None:
    """Find the earlier number of the sentence that has said what this one is about; None where none has."""
    draft = drafts[n]
    if not n or draft.thing is not None:
        return None
    before = drafts[n - 1]
    if _in_brackets(tokens, before, draft) or before.change_from is draft or draft.change_from is before:
        return before
    if _is_compared(tokens, before, draft):
        return before
    if _is_step(tokens, draft):
        return next((d for d in drafts[:n] if d.is_counted and d.thing is not None), None)
    if draft.multiple:
        return before
    if _is_share_of_same(tokens, draft):
        return next((d for d in reversed(drafts[:n]) if _is_ratio(d) and d.thing is not None), None)
    return None


def said_before(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """Find the last number of the sentence before that is of the same kind and says what it is about."""
    if draft.thing_span is not None or draft.unit_hyphenated or draft.kind == "ordinal":
        return None
    alike = (d for d in reversed(earlier) if _dimension(d) == _dimension(draft) and d.kind != "ordinal")
    found = next(alike, None)
    return found if found is not None and found.thing_span is not None else None


def _dimension(draft: Draft) -> str | None:
    return draft.unit.dimension if draft.unit is not None else None


def _in_brackets(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell whether a number in brackets says the one before it again: "11 miles (18 km)"."""
    return right.unit is not None and tokens.words[left.last : right.first] == ["("]


def _is_compared(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Tell "rose 4.8 percent, after 5.1 percent in September", "12 cents against 8", "460, compared with 63"."""
    if (
        left.unit is not right.unit
        or "ordinal" in (left.kind, right.kind)
        or (left.unit is None and left.thing is None)
    ):
        return False
    k = right.first - 1
    while tokens.word(k) in BEFORE_NUMBERS:
        k -= 1
    if tokens.word(k) not in COMPARING or k < left.last:
        return False
    return tokens.word(k) in ("after", "against", "versus", "vs") or tokens.word(k - 1) in ("compared", "compares")


def _is_step(tokens: Tokens, draft: Draft) -> bool:
    """Tell "87,000 more than in September"."""
    k = draft.last
    is_share = _is_ratio(draft) and draft.unit_first < 0  # "a quarter more than a decade ago"
    is_compared = (draft.is_counted or is_share) and tokens.word(k) in COMPARED and tokens.word(k + 1) == "than"
    return is_compared and any(is_earlier(word) for word in tokens.words[k + 2 : k + 2 + REACH])


def _is_share_of_same(tokens: Tokens, draft: Draft) -> bool:
    """Tell "9 percent could name one", where an earlier share has said of whom."""
    after = tokens.word(draft.last)
    return _is_ratio(draft) and (after in AUXILIARIES or after in VERBS or is_past(after))


def _is_ratio(draft: Draft) -> bool:
    return _dimension(draft) == "ratio" and not draft.multiple
