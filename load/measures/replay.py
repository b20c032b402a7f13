"""Which measure each claim is of: claims in the order of their days, each joining the measure that it fits best.

A claim looks at earlier ones only, so that a later one never moves it, and a measure keeps the name and the key of the
claim that founded it. It fits a measure by the mean of its best scores with the measure's latest members, of which one
must be sure, and of those with members of its own article: one doubtful link does not join two figures, nor do many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Members of a measure that a claim is held against, the latest; and how many of them of other articles count, the best.
MEMBERS = 8
BEST = 3
# What a pair counts that was not compared or scored lower than what is kept; and one that a single article keeps apart.
UNKNOWN = -3.5
APART = -6.0
# From this mean score on a claim joins, below even odds, where its best score with a member is at least the second.
JOINS = -1.0
SURE = -0.75


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the replay sees it."""

    number: int
    claim_id: str
    version: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A claim that is in a measure already."""

    number: int
    version: str


@dataclass(slots=True)
class Measures:
    """The measures so far: their latest members, and what each claim is of."""

    members: dict[str, list[Member]]
    names: dict[str, str]
    of: dict[int, str]


def replay(
    claims: Sequence[Claim], links: Mapping[int, Sequence[tuple[int, float]]], before: Measures
) -> dict[int, tuple[str, str]]:
    """Give each claim, in order, its measure's key and name; ``links`` lead to earlier claims, with scores."""
    found: dict[int, tuple[str, str]] = {}
    for claim in claims:
        key = _best(claim, links.get(claim.number, ()), before)
        if key is None:
            key = measure_key(claim.claim_id)
            before.names.setdefault(key, claim.name)
        before.of[claim.number] = key
        members = before.members.setdefault(key, [])
        members.append(Member(claim.number, claim.version))
        del members[:-MEMBERS]
        found[claim.number] = (key, before.names[key])
    return found


def measure_key(founder: str) -> str:
    """Return the key of the measure that a claim founds."""
    return f"m{founder[:16]}"


def _best(claim: Claim, links: Sequence[tuple[int, float]], measures: Measures) -> str | None:
    """Return the measure that a claim fits best, the earliest of equals; None when it fits none."""
    scores = dict(links)
    candidates: dict[str, None] = defaultdict(lambda: None)
    for other in sorted(scores):
        if other in measures.of:
            candidates[measures.of[other]] = None
    best: tuple[float, str] | None = None
    for key in sorted(candidates):
        found = _scores(claim, measures.members[key], scores)
        fit = sum(found) / len(found)
        if fit >= JOINS and max(found) >= SURE and (best is None or fit > best[0]):
            best = (fit, key)
    return best[1] if best else None


def _scores(claim: Claim, members: Sequence[Member], scores: Mapping[int, float]) -> list[float]:
    """Return the scores with members that count: those of the claim's own article, and the best of the others."""
    own = [_score(claim, member, scores) for member in members if member.version == claim.version]
    others = [_score(claim, member, scores) for member in members if member.version != claim.version]
    return own + sorted(others, reverse=True)[:BEST]


def _score(claim: Claim, member: Member, scores: Mapping[int, float]) -> float:
    known = scores.get(member.number)
    if known is not None:
        return known
    return APART if member.version == claim.version else UNKNOWN
