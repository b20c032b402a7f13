"""Read a gold file: find each row's words in the article and refuse what does not fit.

A row names its words as the text has them. Words that occur more than once need ``nth`` (1 is the first)
or ``in``, a longer stretch of the text that holds them and occurs once. ``A…B`` stands for everything
from A to the next B. A row's keys are columns of ``docs/rows.md``; what is left out is NULL or the
column's default there. Where several answers are fair, ``thing``, ``subject``, ``place``, ``as_of`` and an
attribution's ``source`` list them, the best first; ``""`` among them means that none is fair too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from extract.types import (
    Aspect,
    Bound,
    ChangeRole,
    DateRelation,
    Direction,
    Granularity,
    Polarity,
    SourceKind,
    Verification,
)
from sample.gold_days import GoldError, days_of, granularity_of
from sample.gold_types import Days, Gold, GoldAttribution, GoldDate, GoldMention, GoldQuantity, Span

_TOP = {
    "quantities", "attributions", "dates", "people", "organisations", "places",
    "not_quantities", "not_attributions",
}  # fmt: skip
_PLACED = {"surface", "nth", "in"}
_QUANTITY = _PLACED | {
    "value", "low", "high", "bound", "unit", "thing", "subject", "place", "aspect", "direction",
    "change_role", "change_from", "per", "as_of", "verification", "verified_by",
}  # fmt: skip
_ATTRIBUTION = {
    "source", "kind", "name", "cue", "lemma", "content", "nth", "in", "is_carried", "hedge", "polarity",
    "verification", "verified_by", "carried",
}  # fmt: skip
_DATE = _PLACED | {"value", "resolved", "granularity", "relation", "every"}
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "bound": get_args(Bound),
    "aspect": get_args(Aspect),
    "direction": get_args(Direction),
    "change_role": get_args(ChangeRole),
    "kind": get_args(SourceKind),
    "polarity": get_args(Polarity),
    "verification": get_args(Verification),
    "granularity": get_args(Granularity),
    "relation": get_args(DateRelation),
}
_OPENING = "\"“‘'«"
_CLOSING = "\"”’'»"


def read_gold(path: Path, text: str, published_at: datetime) -> Gold:
    """The gold rows in ``path`` with their offsets into ``text``.

    Raises ``GoldError`` for a row whose words are not in the text or not unique, for an unknown key and
    for a value outside its closed list.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GoldError(f"{path.name}: not TOML: {error}") from error
    _refuse_unknown(path.name, raw, _TOP)
    reader = _Reader(path.name, text, published_at.date())
    attributions = reader.attributions(raw.get("attributions", []))
    return Gold(
        quantities=reader.quantities(raw.get("quantities", []), attributions),
        attributions=attributions,
        dates=reader.dates(raw.get("dates", [])),
        mentions=reader.mentions(raw),
        not_quantities=reader.every(raw.get("not_quantities", [])),
        not_attributions=reader.every(raw.get("not_attributions", [])),
    )


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where ``words`` stand in ``text`` as whole words and whole numbers."""
    before = r"(?<!\w)(?<!\d[.,:])" if words[:1].isalnum() else ""
    after = r"(?!\w)(?![.,:]\d)" if words[-1:].isalnum() else ""
    pattern = re.compile(before + re.escape(words) + after)
    return [match.span() for match in pattern.finditer(text, start, len(text) if end is None else end)]


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    text: str
    day: date
    label: list[str] = field(default_factory=list)

    def quantities(self, rows: Sequence[Any], said: Sequence[GoldAttribution]) -> tuple[GoldQuantity, ...]:
        found = [self._quantity(f"quantity {n}", row, said) for n, row in enumerate(rows, 1)]
        return tuple(sorted(found, key=lambda row: row.start))

    def _quantity(self, label: str, row: Any, said: Sequence[GoldAttribution]) -> GoldQuantity:
        where = self._check(label, row, _QUANTITY)
        start, end = self._place(where, row)
        low, high = row.get("low", row.get("value")), row.get("high", row.get("value"))
        if low is None and high is None:
            raise GoldError(f"{where}: needs value, or low and high")
        aspect = row.get("aspect", "level")
        return GoldQuantity(
            start=start,
            end=end,
            surface=self.text[start:end],
            low=low,
            high=high,
            bound=row.get("bound", "between" if "low" in row and "high" in row else "exact"),
            aspect=aspect,
            as_of=self._as_of(where, row, aspect),
            thing=self._fair(where, row, "thing"),
            subject=self._fair(where, row, "subject"),
            place=self._fair(where, row, "place"),
            attribution=_innermost(said, start, end),
            verified_by=self._verified_by(where, row),
            **{key: row.get(key) for key in ("unit", "direction", "change_role", "change_from", "per", "verification")},
        )

    def _fair(self, where: str, row: Mapping[str, Any], key: str) -> tuple[str | None, ...]:
        answers = _listed(row.get(key, ""))
        for words in answers:
            if words not in self.text:
                raise GoldError(f"{where}: {key} {words!r} is not in the text")
        return tuple(words or None for words in answers)

    def _as_of(self, where: str, row: Mapping[str, Any], aspect: str) -> tuple[Days | None, ...]:
        if "as_of" in row:
            return tuple(days_of(value, where) if value else None for value in _listed(row["as_of"]))
        is_news = aspect not in ("plan", "limit") and row.get("change_role") != "from"
        return ((self.day, self.day),) if is_news else (None,)

    def attributions(self, rows: Sequence[Any]) -> tuple[GoldAttribution, ...]:
        found = [one for n, row in enumerate(rows, 1) for one in self._said(f"attribution {n}", row)]
        found.sort(key=lambda row: (row.content_spans[0][0], row.cue_start))
        return tuple(replace(row, parent=_innermost(found, row.cue_start, row.cue_end, row)) for row in found)

    def _said(self, label: str, row: Any) -> Iterator[GoldAttribution]:
        """The row, and one more for each sentence in ``carried``, which goes on in the same voice."""
        first = self._attribution(label, row)
        yield first
        for piece in _listed(row.get("carried", [])):
            start, end = self._with_quotes(self._stretch(f"{self.file}: {label}", piece, {}))
            for sentence in re.finditer(r"\S.*?[.!?][”\"]?(?=\s|$)|\S.*$", self.text[start:end]):
                span = (start + sentence.start(), start + sentence.end())
                yield replace(first, content_spans=(span,), is_carried=True)

    def _attribution(self, label: str, row: Any) -> GoldAttribution:
        where = self._check(label, row, _ATTRIBUTION)
        if "cue" not in row or not row.get("content"):
            raise GoldError(f"{where}: needs a cue and content")
        content = tuple(self._with_quotes(self._stretch(where, piece, row)) for piece in _listed(row["content"]))
        cue = self._nearest(where, row["cue"], content, content)
        sources = _listed(row.get("source", []))
        spans = [self._nearest(where, words, (cue,), content) for words in sources]
        start, end = spans[0] if spans else (None, None)
        kind = row.get("kind")
        return GoldAttribution(
            cue_start=cue[0],
            cue_end=cue[1],
            cue=row["cue"],
            cue_lemma=row.get("lemma", _LEMMAS.get(row["cue"], row["cue"].lower())),
            content_spans=content,
            source_text=next(iter(sources), None),
            source_start=start,
            source_end=end,
            other_sources=tuple(spans[1:]),
            source_kind=kind,
            is_anonymous=kind in ("anonymous", "collective") if kind else None,
            source_name=row.get("name"),
            is_carried=row.get("is_carried", False),
            hedge=row.get("hedge"),
            polarity=row.get("polarity", "affirmed"),
            verification=row.get("verification"),
            verified_by=self._verified_by(where, row),
        )

    def dates(self, rows: Sequence[Any]) -> tuple[GoldDate, ...]:
        found = [one for n, row in enumerate(rows, 1) for one in self._dates(f"date {n}", row)]
        return tuple(sorted(found, key=lambda row: row.start))

    def _dates(self, label: str, row: Any) -> Iterator[GoldDate]:
        where = self._check(label, row, _DATE)
        value = row.get("value")
        days = row.get("resolved") or (days_of(value, where) if value else (None, None))
        for start, end in self._places(where, row):
            yield GoldDate(
                start=start,
                end=end,
                surface=self.text[start:end],
                value=value,
                resolved_start=days[0],
                resolved_end=days[1],
                granularity=row.get("granularity") or (granularity_of(value) if value else None),
                relation=row.get("relation"),
            )

    def mentions(self, raw: Mapping[str, Any]) -> tuple[GoldMention, ...]:
        names = [(surface, "person", name, None) for name, surface in _namings(raw.get("people", {}))]
        names += [(surface, "organisation", name, None) for name, surface in _namings(raw.get("organisations", {}))]
        names += [(name, "place", _unshouted(name), code or None) for name, code in raw.get("places", {}).items()]
        taken: list[GoldMention] = []
        for surface, kind, name, country in sorted(names, key=lambda item: -len(item[0])):
            spans = occurrences(self.text, surface)
            if not spans:
                raise GoldError(f"{self.file}: {kind} {surface!r} is not in the text")
            free = [span for span in spans if not any(_overlap(span, (m.start, m.end)) for m in taken)]
            taken += [GoldMention(s, e, surface, kind, name, country) for s, e in free]  # type: ignore[arg-type]
        return tuple(sorted(taken, key=lambda mention: mention.start))

    def every(self, words: Iterable[str]) -> tuple[Span, ...]:
        spans: list[Span] = []
        for word in words:
            found = occurrences(self.text, word)
            if not found:
                raise GoldError(f"{self.file}: {word!r} is not in the text")
            spans += found
        return tuple(sorted(spans))

    def _check(self, label: str, row: Any, known: set[str]) -> str:
        words = row.get("surface") or row.get("cue") if isinstance(row, dict) else None
        where = f"{self.file}: {label} ({words})"
        if not isinstance(row, dict):
            raise GoldError(f"{where}: must be a table")
        _refuse_unknown(where, row, known)
        for key, allowed in _CLOSED.items():
            if key in row and row[key] not in allowed:
                raise GoldError(f"{where}: {key} {row[key]!r} is none of {', '.join(allowed)}")
        return where

    def _places(self, where: str, row: Mapping[str, Any]) -> list[Span]:
        if row.get("every"):
            return list(self.every([row["surface"]]))
        return [self._place(where, row)]

    def _place(self, where: str, row: Mapping[str, Any]) -> Span:
        if "surface" not in row:
            raise GoldError(f"{where}: needs a surface")
        return self._stretch(where, row["surface"], row)

    def _stretch(self, where: str, words: str, row: Mapping[str, Any]) -> Span:
        first, _, last = words.partition("…")
        low, high = self._only(where, row["in"], {}) if "in" in row else (0, len(self.text))
        start, end = self._only(where, first, row, low, high)
        if not last:
            return start, end
        ends = occurrences(self.text, last, end)
        if not ends:
            raise GoldError(f"{where}: {last!r} does not follow {first!r}")
        return start, ends[0][1]

    def _only(self, where: str, words: str, row: Mapping[str, Any], low: int = 0, high: int | None = None) -> Span:
        found = occurrences(self.text, words, low, high)
        nth = int(row.get("nth", 1))
        if not found or nth > len(found):
            raise GoldError(f"{where}: {words!r} is not in the text")
        if len(found) > 1 and "nth" not in row:
            raise GoldError(f"{where}: {words!r} occurs {len(found)} times; say nth, or in")
        return found[nth - 1]

    def _nearest(self, where: str, words: str, to: Sequence[Span], outside: Sequence[Span]) -> Span:
        """The occurrence of ``words`` with the fewest characters between it and ``to``, not in ``outside``."""
        found = [span for span in occurrences(self.text, words) if not any(_overlap(span, piece) for piece in outside)]
        if not found:
            raise GoldError(f"{where}: {words!r} is not in the text outside the content")
        return min(found, key=lambda span: min(_distance(span, piece) for piece in to))

    def _with_quotes(self, span: Span) -> Span:
        start, end = span
        if start and self.text[start - 1] in _OPENING and (start == 1 or not self.text[start - 2].isalnum()):
            start -= 1
        for mark in re.finditer(rf"[.,?!]?[{_CLOSING}](?!\w)", self.text[end : end + 2]):
            end += mark.end() if mark.start() == 0 else 0
        return start, end

    def _verified_by(self, where: str, row: Mapping[str, Any]) -> Span | None:
        if ("verification" in row) != ("verified_by" in row):
            raise GoldError(f"{where}: verification and verified_by go together")
        return self._stretch(where, row["verified_by"], {}) if "verified_by" in row else None


def _refuse_unknown(where: str, row: Mapping[str, Any], known: set[str]) -> None:
    if unknown := row.keys() - known:
        raise GoldError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")


def _unshouted(place: str) -> str:
    """Return a dateline's "PORT ANSEL" as "Port Ansel"; codes such as "UK" stay."""
    return place.title() if place.isupper() and len(place) > 3 else place


def _namings(names: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, surfaces in names.items():
        for surface in surfaces or [name]:
            yield name, surface


def _listed(pieces: str | list[str]) -> list[str]:
    return pieces if isinstance(pieces, list) else [pieces]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _distance(a: Span, b: Span) -> int:
    return max(b[0] - a[1], a[0] - b[1], 0)


def _innermost(said: Sequence[GoldAttribution], start: int, end: int, but: GoldAttribution | None = None) -> int | None:
    """The index of the attribution with the shortest content that holds ``start`` to ``end``."""
    holding = [
        (sum(e - s for s, e in one.content_spans), index)
        for index, one in enumerate(said)
        if one is not but and any(s <= start and end <= e for s, e in one.content_spans)
    ]
    return min(holding)[1] if holding else None


_LEMMAS = {
    "said": "say", "says": "say", "told": "tell", "According to": "according to", "added": "add",
    "denied": "deny", "estimated": "estimate", "estimates": "estimate", "estimate": "estimate",
    "put": "put", "warned": "warn", "reported": "report", "announced": "announce", "claimed": "claim",
    "claims": "claim", "declined": "decline", "showed": "show", "shows": "show", "wrote": "write",
    "confirmed": "confirm", "expects": "expect", "expected": "expect", "argued": "argue",
    "insisted": "insist", "believes": "believe", "believe": "believe", "rejected": "reject",
    "acknowledged": "acknowledge", "admitted": "admit", "calculated": "calculate", "noted": "note",
    "recalled": "recall", "conceded": "concede", "promised": "promise", "predicted": "predict",
    "disputed": "dispute", "asked": "ask", "suggested": "suggest", "suggests": "suggest", "found": "find",
    "say": "say", "stated": "state", "testified": "testify", "heard": "hear", "explained": "explain",
}  # fmt: skip
