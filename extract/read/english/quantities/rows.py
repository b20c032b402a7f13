"""Convert drafts to rows: offsets, SI values, days, ids and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from extract.identity import stable_id
from extract.read.english.document import Document
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import Unit, currencies
from extract.types import Bound, Quantity

if TYPE_CHECKING:
    from extract.read.english.slots.choose import Choice

OPEN_AT_TOP = frozenset({"scale"})


def to_rows(
    doc: Document, numbers: Sequence[tuple[int, Tokens, list[Draft]]], choices: Sequence[Choice]
) -> list[Quantity]:
    """Return the row of every number; ``choices`` holds one for each, in the same order."""
    rows: list[Quantity] = []
    for _, tokens, drafts in numbers:
        changes = _change_ids(doc, tokens, drafts)
        for draft in drafts:
            rows.append(_row(doc, tokens, draft, changes.get(id(draft)), choices[len(rows)], len(rows)))
    return rows


def _row(doc: Document, tokens: Tokens, draft: Draft, change_id: str | None, choice: Choice, number: int) -> Quantity:
    start, end = tokens.span(draft.first, draft.last)
    low, high, bound = _values(draft)
    unit = _main_unit(draft)
    thing, subject, place = choice.thing.span, choice.subject.span, choice.place.span
    old = _values(draft.change_from) if draft.change_from is not None else (None, None, "exact")
    si_low, si_high = _si(unit, low), _si(unit, high)
    return Quantity(
        quantity_id=stable_id("quantity", doc.version_id, start, end, number),
        version_id=doc.version_id,
        start=start,
        end=end,
        sentence_start=tokens.start,
        sentence_end=tokens.end,
        surface=doc.text[start:end],
        low=low,
        high=high,
        low_inclusive=_is_inclusive(low, bound, "more_than"),
        high_inclusive=_is_inclusive(high, bound, "less_than"),
        bound=bound,
        unit=unit.name if unit else None,
        unit_text=_unit_text(tokens, draft),
        dimension=_dimension(draft, unit),
        si_low=si_low,
        si_high=si_high,
        si_unit=unit.si_unit if unit else None,
        currency=unit.currency if unit else None,
        thing=_text(doc, thing),
        thing_start=_at(thing, 0),
        thing_end=_at(thing, 1),
        thing_via=choice.thing.via,
        thing_confidence=choice.thing.confidence,
        subject=_text(doc, subject),
        subject_start=_at(subject, 0),
        subject_end=_at(subject, 1),
        subject_name=_text(doc, choice.named),
        subject_via=choice.subject.via,
        subject_confidence=choice.subject.confidence,
        place=_text(doc, place),
        place_start=_at(place, 0),
        place_end=_at(place, 1),
        place_via=choice.place.via,
        place_confidence=choice.place.confidence,
        aspect=draft.aspect,
        direction=draft.direction,
        change_id=change_id,
        change_role=draft.role,
        change_from_low=old[0],
        change_from_high=old[1],
        per=tokens.join(*draft.per) if draft.per else None,
        as_of_start=choice.days[0],
        as_of_end=choice.days[1],
        as_of_is_stated=choice.is_stated if choice.days[0] else None,
        as_of_via=choice.as_of.via,
        as_of_confidence=choice.as_of.confidence,
        attribution_id=choice.attribution.attribution_id if choice.attribution else None,
        speaker_via=choice.speaker.via,
        speaker_confidence=choice.speaker.confidence,
        confidence=confidence(draft),
    )


def _is_inclusive(end: float | None, bound: Bound, excluding: Bound) -> bool | None:
    return None if end is None else bound != excluding


def _unit_text(tokens: Tokens, draft: Draft) -> str | None:
    is_written = draft.unit is not None and draft.unit_first >= 0
    return tokens.join(draft.unit_first, draft.unit_last) or None if is_written else None


def _dimension(draft: Draft, unit: Unit | None) -> str | None:
    if unit is not None:
        return unit.dimension
    return "count" if draft.thing and draft.kind != "ordinal" else None


def _si(unit: Unit | None, value: float | None) -> float | None:
    return unit.to_si(value) if unit is not None and value is not None else None


def _at(span: tuple[int, int] | None, end: int) -> int | None:
    return span[end] if span else None


def _text(doc: Document, span: tuple[int, int] | None) -> str | None:
    return doc.text[slice(*span)] if span else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _main_unit(draft: Draft) -> Unit | None:
    """Return the draft's unit; for a minor unit (cents, pence) its currency."""
    if draft.unit is None or draft.unit.parts == 1:
        return draft.unit
    return currencies()[str(draft.unit.currency)]


def _values(draft: Draft) -> tuple[float | None, float | None, Bound]:
    parts = draft.unit.parts if draft.unit is not None else 1
    low, high = _float(draft.low / parts), _float(None if draft.high is None else draft.high / parts)
    if draft.kind in OPEN_AT_TOP:
        return low, None, "at_least"
    return low, high, draft.bound


def _change_ids(doc: Document, tokens: Tokens, drafts: Sequence[Draft]) -> dict[int, str]:
    """Return the change id of each draft with a role, by ``id(draft)``: one id per from-to pair with its "by"."""
    ids: dict[int, str] = {}
    current: str | None = None
    roles: set[str] = set()
    for draft in drafts:
        if draft.role is None:
            current = None
            continue
        if current is None or draft.role in roles:
            current, roles = stable_id("change", doc.version_id, *tokens.span(draft.first, draft.last)), set()
        roles.add(draft.role)
        ids[id(draft)] = current
    return ids


def confidence(draft: Draft) -> float:
    """Return the share of such parses that are right in value, bound and unit together."""
    if draft.unit is not None:
        return 0.93 if draft.digits else 0.88
    if draft.kind == "scale":
        return 0.9
    if draft.thing is None:
        return 0.6
    return 0.88 if draft.digits else 0.84
