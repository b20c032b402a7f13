"""Assignment of claims to measures: in the order of their days, each claim joins the measure that it fits best.

A claim is compared only with earlier ones, so a later claim never moves it, and a measure keeps the name and key of its
first claim. The fit is the mean of the claim's best scores with the measure's latest members, one of which must be
certain enough, and of those with members from its own article. So neither one weak link nor many join two figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The latest members of a measure that a claim is compared with; and how many of other articles, the best, count.
MEMBERS = 8
BEST = 4
# Score of a pair that was not compared or whose link was not kept; and of two values of one article.
UNKNOWN = -3.5
APART = -6.0
# A claim joins if its mean score is at least the first (below even odds) and its best score at least the second.
JOINS = -0.7
SURE = -0.45


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as input of the replay."""

    number: int
    claim_id: str
    version: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A claim that already belongs to a measure."""

    number: int
    version: str


@dataclass(slots=True)
class Measures:
    """The measures so far: their latest members, and the measure of each claim."""

    members: dict[str, list[Member]]
    names: dict[str, str]
    of: dict[int, str]


def replay(
    claims: Sequence[Claim], links: Mapping[int, Sequence[tuple[int, float]]], before: Measures
) -> dict[int, tuple[str, str]]:
    """Return the key and name of the measure of each claim, by claim number, assigned in order.

    ``links`` have, for each claim, earlier claims with scores. ``before`` is updated.
    """
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
    """Return the key of the measure whose first claim this is."""
    return f"m{founder[:16]}"


def _best(claim: Claim, links: Sequence[tuple[int, float]], measures: Measures) -> str | None:
    """Return the measure that a claim fits best, the earliest in a tie; None if it fits none."""
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
    """Return the scores with members that count: those from the claim's own article, and the best of the others."""
    own = [_score(claim, member, scores) for member in members if member.version == claim.version]
    others = [_score(claim, member, scores) for member in members if member.version != claim.version]
    return own + sorted(others, reverse=True)[:BEST]


def _score(claim: Claim, member: Member, scores: Mapping[int, float]) -> float:
    known = scores.get(member.number)
    if known is not None:
        return known
    return APART if member.version == claim.version else UNKNOWN
