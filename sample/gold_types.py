"""What a gold file says of an article: its numbers, attributions, dates and mentions, each with every fair answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extract.types import (
    Aspect,
    Bound,
    ChangeRole,
    DateRelation,
    Direction,
    Granularity,
    MentionKind,
    Polarity,
    SourceKind,
    Verification,
)

Span = tuple[int, int]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """One number that the text reports; ``attribution`` is the index of its attribution in ``Gold``.

    ``thing``, ``subject``, ``place`` and ``as_of`` hold every fair answer, the best first; None stands for
    "the text does not say".
    """

    start: int
    end: int
    surface: str
    low: float | None
    high: float | None
    bound: Bound = "exact"
    unit: str | None = None
    thing: tuple[str | None, ...] = (None,)
    subject: tuple[str | None, ...] = (None,)
    place: tuple[str | None, ...] = (None,)
    aspect: Aspect = "level"
    direction: Direction | None = None
    change_role: ChangeRole | None = None
    change_from: float | None = None
    per: str | None = None
    as_of: tuple[Days | None, ...] = (None,)
    attribution: int | None = None
    verification: Verification | None = None
    verified_by: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One "somebody says something"; ``parent`` is the index of the attribution that it is nested in.

    ``other_sources`` are the spans of other words that are as fair as ``source_text``.
    """

    cue_start: int
    cue_end: int
    cue: str
    cue_lemma: str
    content_spans: tuple[Span, ...]
    source_text: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    other_sources: tuple[Span, ...] = ()
    source_kind: SourceKind | None = None
    is_anonymous: bool | None = None
    source_name: str | None = None
    is_carried: bool = False
    hedge: str | None = None
    polarity: Polarity = "affirmed"
    verification: Verification | None = None
    verified_by: Span | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One expression that stands for days, with its first and last day."""

    start: int
    end: int
    surface: str
    value: str | None
    resolved_start: date | None
    resolved_end: date | None
    granularity: Granularity | None
    relation: DateRelation | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One naming of a person, an organisation or a place."""

    start: int
    end: int
    surface: str
    kind: MentionKind
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold rows of one article, in the order of the text.

    ``not_quantities`` are numbers that are none (names, scores, pronouns), ``not_attributions`` words in
    quotation marks that nobody says (titles, scare quotes).
    """

    quantities: tuple[GoldQuantity, ...] = ()
    attributions: tuple[GoldAttribution, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    mentions: tuple[GoldMention, ...] = ()
    not_quantities: tuple[Span, ...] = ()
    not_attributions: tuple[Span, ...] = ()
