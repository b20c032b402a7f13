"""The story that the front page leads with: the sharpest disagreement, the newest revision, or what moved most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.revisions import Revision
from report.words import Row, amount, count, days, speaker, value


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two claims that a story compares."""

    label: str
    claim: Row


@dataclass(frozen=True, slots=True)
class Story:
    """A sentence with its claims; ``measure`` is the one to draw, if the claims have one."""

    kicker: str
    headline: str
    detail: str
    sides: tuple[Side, ...]
    measure: Row | None


def lead(disagreements: Sequence[Row], revisions: Sequence[Revision], moved: Sequence[Row]) -> Story | None:
    """Return the story to lead with; None if there is no disagreement, revision or movement."""
    if disagreements:
        return _disagreement(disagreements[0])
    if revisions:
        return _revision(revisions[0])
    return _movement(moved[0]) if moved else None


def _disagreement(row: Row) -> Story:
    low, high = row["lower_claim"], row["higher_claim"]
    in_one = row["disagreement"] == "sources"
    names = [_short(speaker(claim) or claim["outlet"]) if in_one else claim["outlet"] for claim in (low, high)]
    return Story(
        kicker="Disagreement" + (f" in {low['outlet']}" if in_one else ""),
        headline=f"{_capital(value(low))} or {value(high)}{_thing(low)}? {_capital(names[0])} and {names[1]} differ",
        detail=days(row["as_of_start"], row["as_of_end"]),
        sides=(Side(names[0], low), Side(names[1], high)),
        measure=row if row["measure_key"] else None,
    )


def _revision(revision: Revision) -> Story:
    before, after = revision.numbers[0]
    more = len(revision.numbers) - 1
    also = f", and {count(more, 'other number')}" if more else ""
    return Story(
        kicker="Changed after publication",
        headline=f"{after['outlet']} changed {value(before)} to {value(after)}{_thing(after)}{also}",
        detail=revision.article["headline"] or "",
        sides=(Side("Before", before), Side("After", after)),
        measure=after if after["measure_key"] else None,
    )


def _movement(row: Row) -> Story:
    first, last = (amount(row[f"{end}_value"], row["unit"], row["currency"]) for end in ("first", "last"))
    return Story(
        kicker="Moved most",
        headline=f"{row['measure_name']}: from {first} to {last}",
        detail=days(row["first_day"], row["last_day"]),
        sides=(),
        measure=row,
    )


def _thing(claim: Row) -> str:
    """Return what a claim counts, unless its value already says so."""
    thing = claim["thing"] or ""
    return f" {thing}" if thing and thing.lower() not in value(claim).lower() else ""


def _short(name: str) -> str:
    """Return a speaker's name without the article's description of them."""
    return name.partition(",")[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
