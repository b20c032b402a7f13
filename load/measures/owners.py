"""Whose number it is: the names in its clause, whom the reader names, whom a pronoun or a pair of numbers means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from load.measures.claim import Article, Name, Number

LEADING = re.compile(
    r"\b(?:leads?|leading|led|ahead|trail\w*|advantage|edge|behind|outpoll\w*|up|beats?|beating|defeat\w*|tops?|topping|over|lost)\b"
)
BEHIND = re.compile(r"trail|behind|lost")
PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE)
# What reports a number and is not what the number is of.
REPORTS = re.compile(
    r"\b(?:polls?|survey\w*|count|tally|tallies|report\w*|average|data|figures|estimates?|statistics)\b", re.IGNORECASE
)
PAIR_AFTER = re.compile(r"\s*(?:%|percent|per cent)?\s*(?:to|-|–|versus|vs\.?)\s*\$?\d")
PAIR_BEFORE = re.compile(r"\d\s*(?:%|percent|per cent)?\s*(?:to|-|–|versus|vs\.?)\s*\$?$")

POSSESSIVE = re.compile(r"['’]s? (?:\w+ )?\d")


def owners_of(number: Number, article: Article, clause: tuple[int, int], kind: str) -> dict[str, float]:
    """Weigh whose number it may be: a pair's, whose lead it is, its clause's, the reader's, or a pronoun's."""
    text = article.text
    bearers = [
        name
        for name in article.named(number.sentence_start, number.sentence_end)
        if name.kind != "place" and not _only_reports(text, name)
    ]
    paired = _paired(number, text, bearers)
    if paired:
        return {paired: 1.0}
    subject = _subject(number, article)
    persons = [name for name in bearers if name.kind == "person"]
    if kind == "lead" and persons:
        return {_leader(number, text, persons).key: 1.0}
    inside = [name for name in persons if name.start >= clause[0] and name.end <= clause[1]]
    if number.dimension == "age":
        # "Holub's 41-year-old driver" is not Holub.
        inside = [name for name in inside if not POSSESSIVE.match(text, name.end)]
    if subject and (not inside or any(name.key == subject.key for name in inside)):
        return {subject.key: 1.0}
    if inside:
        nearest = min(inside, key=lambda n: (max(n.start - number.end, number.start - n.end), n.start))
        return {nearest.key: 1.0} if subject is None else {nearest.key: 0.8, subject.key: 0.2}
    if PRONOUN.search(text, *clause) or (number.subject and PRONOUN.fullmatch(number.subject)):
        return _meant(number, article)
    bodies = [name for name in bearers if name.start >= clause[0] and name.end <= clause[1]]
    return {bodies[0].key: 0.5} if bodies else {}


def _leader(number: Number, text: str, persons: Sequence[Name]) -> Name:
    """Return who leads: the last person named before the word that says so; who trails stands there instead."""
    word = LEADING.search(text, number.sentence_start, number.sentence_end)
    before = [name for name in persons if word and name.end <= word.start()]
    after = [name for name in persons if word and name.start >= word.end()]
    if word and BEHIND.search(word[0]):
        before, after = after[:1], before
    return before[-1] if before else (after or list(persons))[0]


def _subject(number: Number, article: Article) -> Name | None:
    """Return the name that the reader's subject ends in, unless the subject is what reports the number."""
    if number.subject_start is None or number.subject_end is None or REPORTS.search(number.subject or ""):
        return None
    named = [n for n in article.named(number.subject_start, number.subject_end + 2)]
    return named[-1] if named else None


def _only_reports(text: str, name: Name) -> bool:
    """Whether a name is that of a pollster, agency or paper that the sentence gives the number from."""
    after = text[name.end : name.end + 30]
    return bool(
        REPORTS.match(after.lstrip(" ’'s/-"))
        or re.search(r"according to (?:the |an? )?$", text[max(0, name.start - 20) : name.start])
    )


def _meant(number: Number, article: Article) -> dict[str, float]:
    """Weigh whom a pronoun may mean: the persons named before it, the nearer and the more often the likelier."""
    before = [n for n in article.named(max(0, number.sentence_start - 600), number.start) if n.kind == "person"]
    weights: dict[str, float] = {}
    for name in before:
        near = 1.0 if number.start - name.start < 250 else 0.4
        weights[name.key] = weights.get(name.key, 0.0) + near
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:2]
    total = sum(weight for _, weight in best)
    return {key: weight / total for key, weight in best}


def _paired(number: Number, text: str, around: Sequence[Name]) -> str | None:
    """Return whose number it is in "A leads B, 44 percent to 37": each name's in its turn."""
    before = [name for name in around if name.end <= number.start and not _only_reports(text, name)]
    distinct = [name for i, name in enumerate(before) if name.key not in {n.key for n in before[i + 1 :]}]
    if len(distinct) < 2:
        return None
    if PAIR_AFTER.match(text, number.end, number.sentence_end):
        return distinct[-2].key
    if PAIR_BEFORE.search(text[max(number.sentence_start, number.start - 20) : number.start]):
        return distinct[-1].key
    return None


def rivals_of(owners: dict[str, float], article: Article, around: Sequence[Name]) -> dict[str, float]:
    """Return the other persons that the sentence names beside the owner, but for those whom it only quotes."""
    return {
        name.key: 1.0
        for name in around
        if name.kind == "person" and owners.get(name.key, 0.0) < 0.3 and not _only_reports(article.text, name)
    }
