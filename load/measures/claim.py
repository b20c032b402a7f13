"""The matcher's input, a claim and its article, and its output, the claim's profile."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from extract.read.english.mentions.genders import gender_of
from extract.read.english.mentions.tables import lexicon
from load.measures.words import is_person, rarity, terms

SOURCE_BEFORE = re.compile(r"according to (?:the |an? )?$")
# Between a place and a person whose title or home it is: "Ohio Gov. John Kasich", "Marco Rubio of Florida", "(R-Fla.".
BEFORE_PERSON = re.compile(r"(?:['’]s)?(?: [\w.'’-]+){1,3} ")
AFTER_PERSON = re.compile(r",? of (?:the )?")
NOUN = re.compile(r"(?:['’]s)? ([a-z-]+)\b")
PARTY = re.compile(r"\([A-Z]{1,3}-$")
# Maximum number of topic words and of names of an article, and the number of leading characters that count as its lead.
TOPIC = 16
ABOUT = 8
LEAD = 400
# How many persons and organisations, those that an article names most, may own any of its numbers.
OFTEN = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its offsets, its kind, and the key of the entity that it refers to."""

    start: int
    end: int
    kind: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A claim as the reader extracted it; positions are character offsets in the article's text."""

    claim_id: str
    version_id: str
    article_id: str
    news_date: date
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    low: float | None
    high: float | None
    bound: str
    dimension: str | None
    unit: str | None
    currency: str | None
    si_low: float | None
    si_high: float | None
    per: str | None
    thing: str | None
    subject: str | None
    subject_name: str | None
    subject_start: int | None
    subject_end: int | None
    place_start: int | None
    place_end: int | None
    aspect: str
    change_role: str | None
    as_of_start: date | None
    as_of_end: date | None
    said_by: str | None
    said_by_kind: str | None
    is_attributed: bool
    verification: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The features of a claim that are compared; weights are 0 to 1."""

    claim_id: str
    version_id: str
    article_id: str
    news_date: date
    start: int
    sentence_start: int
    unit: str
    kind: str
    fixed: str
    low: float | None
    high: float | None
    digits: float
    common: float
    head: str
    terms: dict[str, float]
    things: dict[str, float]
    owners: dict[str, float]
    names: dict[str, float]
    rivals: dict[str, float]
    opposed: frozenset[str]
    places: dict[str, float]
    people: dict[str, float]
    families: dict[str, float]
    years: frozenset[int]
    period: str
    topic: dict[str, float]
    about: dict[str, float]
    speaker: str
    reporters: frozenset[str]
    name: str
    subject_entity: str | None
    place_entity: str | None
    is_hypothetical: bool
    is_magnitude: bool
    is_of_votes: bool | None
    instead_id: str | None


@dataclass(slots=True)
class Article:
    """A version of an article as used for profiles: its text, its names by position, and its topic."""

    text: str
    headline: str
    names: list[Name]
    topic: dict[str, float] = field(default_factory=dict)
    about: dict[str, float] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    in_headline: list[Name] = field(default_factory=list)
    calls: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    genders: dict[str, str | None] = field(default_factory=dict)
    in_titles: frozenset[int] = frozenset()
    often: list[Name] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names.sort(key=lambda name: name.start)
        self.starts = [name.start for name in self.names]
        first = {name.key: name for name in reversed(self.names)}
        self.calls = {key: name.name for key, name in first.items()}
        self.topic = _topic(self.text, self.headline)
        self.about = _heaviest({key: math.log1p(n) for key, n in Counter(n.key for n in self.names).items()}, ABOUT)
        self.counts = Counter(name.key for name in self.names if name.kind != "place")
        self.often = [first[key] for key, _ in self.counts.most_common(OFTEN)]
        self.in_titles = frozenset(
            name.start for name in self.names if name.kind == "place" and self._stands_in_title(name)
        )
        head = self.headline.lower()
        seen = {name.key: name for name in reversed(self.names) if self.text[name.start : name.end].lower() in head}
        self.in_headline = sorted(seen.values(), key=lambda name: name.start)

    def called(self, key: str | None) -> str | None:
        """Return the full name that the article uses for an entity's key, or None."""
        return self.calls.get(key or "")

    def share(self, key: str) -> float:
        """Return the share of the article's names of persons and organisations that refer to this one."""
        return self.counts[key] / max(self.counts.total(), 1)

    def gender(self, key: str) -> str | None:
        """Return ``m`` or ``f`` if a title or the first name of a person indicates it, else None."""
        if key not in self.genders:
            told = (
                gender_of(self.text[max(0, name.start - 5) : name.start], name.name)
                for name in self.names
                if name.key == key
            )
            self.genders[key] = next((gender for gender in told if gender), None)
        return self.genders[key]

    def only_reports(self, name: Name, reports: re.Pattern[str]) -> bool:
        """Return whether a name is only that of a pollster, agency or newspaper cited for a number.

        ``reports`` matches the words for such reports that may follow the name.
        """
        after = self.text[name.end : name.end + 30].lstrip(" ’'s/-")
        before = self.text[max(0, name.start - 20) : name.start]
        return bool(reports.match(after) or SOURCE_BEFORE.search(before))

    def is_in_title(self, place: Name) -> bool:
        """Return whether a place is only part of a title or a home: "Ohio Gov. John Kasich", "the Vermont senator"."""
        return place.start in self.in_titles

    def _stands_in_title(self, place: Name) -> bool:
        """Compute ``is_in_title`` from the text and the names around a place."""
        if PARTY.search(self.text, max(0, place.start - 5), place.start):
            return True
        following = NOUN.match(self.text, place.end)
        if following and is_person(following[1]):
            return True
        at = bisect_left(self.starts, place.start)
        earlier = self.names[at - 1] if at else None
        if earlier and earlier.kind == "person" and AFTER_PERSON.fullmatch(self.text, earlier.end, place.start):
            return True
        later = next((n for n in self.names[at + 1 : at + 3] if n.start >= place.end), None)
        if later is None or later.kind != "person" or not BEFORE_PERSON.fullmatch(self.text, place.end, later.start):
            return False
        between = self.text[place.end : later.start].removeprefix("'s").removeprefix("’s")
        return all(word.rstrip(".").lower() in _titles() for word in between.split())

    def named(self, start: int, end: int) -> list[Name]:
        """Return the names that lie within a span, in order."""
        low = bisect_left(self.starts, start)
        return [name for name in self.names[low : bisect_left(self.starts, end)] if name.end <= end]


@cache
def _titles() -> frozenset[str]:
    """Return the words, in lower case, that occur in offices and roles before names."""
    parts = {word.lower() for name in ("titles", "title_parts", "role_nouns") for word in lexicon()[name]}
    return frozenset(parts - {word.lower() for word in lexicon()["courtesy_titles"]})


def _topic(text: str, headline: str) -> dict[str, float]:
    """Return the weights of an article's topic words: rare words that it repeats or begins with."""
    counts = Counter(terms(text))
    first, lead = set(terms(headline)), set(terms(text[:LEAD]))
    # In a short text only repeated words count, because every word is also in the sentences that are compared.
    least = 1 if len(counts) > 2 * TOPIC else 2
    weights = {
        word: (math.log1p(n) + 1.0 * (word in first) + 0.5 * (word in lead)) * rarity(word)
        for word, n in counts.items()
        if n >= least
    }
    return _heaviest(weights, TOPIC)


def _heaviest(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """Return the ``most`` largest weights, largest first, normalised so that their squares add up to 1."""
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    norm = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {word: weight / norm for word, weight in best}
