"""The story that the front page leads with: the sharpest disagreement, the newest revision, or what moved most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from report.revisions import Revision
from report.words import Row, amount, count, days, speaker, value

# Things that do not say what is counted of them: 27 people who are missing or dead.
PEOPLE = frozenset({"people", "persons", "person", "men", "women", "children"})
# The unit in a measure's name, which its values have anyway: "Debt (USD), Ada Quill".
UNIT_NOTE = re.compile(r" \((?:[A-Z]{3}|share|points|duration)\)|(?<=\()(?:[A-Z]{3}|share|points|duration), ")


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
    kind = row["disagreement"]
    in_one = kind != "outlets"
    names = [_short(speaker(claim) or claim["outlet"]) if in_one else claim["outlet"] for claim in (low, high)]
    if kind == "verdict":
        names, who = ["Disputed", "Instead"], f"Disputed: {value(high)}"
    else:
        who = f"{_capital(names[0])} and {names[1]} differ" if names[0] != names[1] else "Two sources differ"
    return Story(
        kicker="Disagreement" + (f" in {low['outlet']}" if in_one else ""),
        headline=f"{_asked(row)} {who}",
        detail=days(row["as_of_start"], row["as_of_end"]),
        sides=(Side(names[0], low), Side(names[1], high)),
        measure=row if row["measure_key"] else None,
    )


def _asked(row: Row) -> str:
    """Return the question which value is right; with the measure's name, unless the claim says what it counts."""
    low, high = row["lower_claim"], row["higher_claim"]
    thing = "" if low["unit"] == "ratio" or (low["thing"] or "").lower() in PEOPLE else _thing(low)
    either = value(low) if row["disagreement"] == "verdict" else f"{value(low)} or {value(high)}"
    either += f"{thing}?"
    return _capital(either) if thing else f"{UNIT_NOTE.sub('', row['measure_name'])}: {either}"


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
