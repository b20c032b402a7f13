"""What the matcher knows of a claim: a profile of its number, its owner, its words, its places and its article.

A profile is a function of the claim, its article's text and the names in it, and of nothing else, so that it is the
same in whatever order articles come.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from load.measures.naming import name_of
from load.measures.quantities import families
from load.measures.words import STOP, WORD, is_people, lemma, opposites, rarity, term

# Where one clause, or one member of a list, ends and another begins.
BREAK = re.compile(
    r"[,;:()\"“”—–]|\.\.\.|…|\s-\s|\b(?:while|but|whereas|although|versus|vs|compared|followed|and|as|than)\b|(?<=[\d%])\sto\s(?=\$?\d)"
)
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# Words that say what kind of figure a number is. Those of a lead, a need and a limit must stand by the number itself:
# before it ("leads by", "a limit of"), or behind what it counts ("a 214-seat lead").
_BY = r"(?:\W+(?!and\b|but\b)\w+){0,3}\W*$"
KINDS_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words + _BY))
    for kind, words in (
        (
            "lead",
            r"\b(?:leads?|leading|led|ahead|trail\w*|margins?|advantage|edge|gap|behind|outpoll\w*|up|beat\w*|defeat\w*|win|won|lost)\W+(?:\w+\W+){0,3}(?:by|of)",
        ),
        ("remaining", r"\b(?:remaining|short (?:of|by)|still (?:needs?|missing)|away from)"),
        ("threshold", r"\b(?:needs?|needed|requires?|required|necessary|threshold|reach\w*|at least)"),
        ("limit", r"\b(?:limit\w*|cap|capped|maximum|minimum|ceiling)"),
        (
            "plan",
            r"\b(?:propos\w+|ask\w*|request\w*|seek\w*|sought|demand\w*|wants?|wanted|pledg\w+|promis\w+|vow\w*|threaten\w*"
            r"|call(?:s|ed|ing) for|would (?:impose|spend|cut|raise|cost|create|pay|add|be)|plan(?:s|ned)? to|impose)",
        ),
    )
)
KINDS_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(r"^(?:[\W\d]*[a-z%]+){0,3}\W+" + words))
    for kind, words in (
        ("error", r"(?:margin of (?:sampling )?error|plus or minus)"),
        ("lead", r"(?:lead|advantage|edge|margin|gap)\b"),
        ("remaining", r"(?:remaining|short of|left\b|more to go)"),
        ("threshold", r"(?:needed|required|necessary|to (?:win|clinch|qualify|secure|pass))\b"),
        ("limit", r"(?:limit|cap|maximum|minimum|ceiling)\b"),
        ("plan", r"(?:request|proposal|plan)\b"),
    )
)
ERROR = re.compile(r"margins? of (?:sampling )?error|plus or minus|sampling error")
LEADING = re.compile(
    r"\b(?:leads?|leading|led|ahead|trail\w*|advantage|edge|behind|outpoll\w*|up|beats?|beating|defeat\w*|tops?|topping|over|lost)\b"
)
BEHIND = re.compile(r"trail|behind|lost")
# What a part is taken out of: "six of the last seven contests".
BASE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|all|many|some|none)\s+(?:out\s+)?of\s+"
    r"(?:the\s+|its\s+|his\s+|her\s+|their\s+|those\s+)?(?:\w+\s+)?(?:about\s+|more than\s+|nearly\s+)?$",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE)
# What reports a number and is not what the number is of.
REPORTS = re.compile(
    r"\b(?:polls?|survey\w*|count|tally|tallies|report\w*|average|data|figures|estimates?|statistics)\b", re.IGNORECASE
)
TERMS = 24
NAMES = 12
TOPIC = 16


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: where it stands, its kind, and the key of whom or what it names."""

    start: int
    end: int
    kind: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A claim as the reader left it."""

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
    subject_start: int | None
    subject_end: int | None
    place_start: int | None
    place_end: int | None
    aspect: str
    change_role: str | None
    as_of_start: date | None
    as_of_end: date | None
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a claim is compared; weights are 0 to 1."""

    claim_id: str
    version_id: str
    article_id: str
    news_date: date
    start: int
    sentence_start: int
    unit: str
    kind: str
    low: float | None
    high: float | None
    head: str
    terms: dict[str, float]
    owners: dict[str, float]
    names: dict[str, float]
    rivals: dict[str, float]
    opposed: frozenset[str]
    places: dict[str, float]
    people: frozenset[str]
    families: dict[str, float]
    years: frozenset[int]
    topic: dict[str, float]
    name: str
    subject_entity: str | None
    place_entity: str | None


@dataclass(slots=True)
class Article:
    """A version of an article as profiles see it: its text, its names by place, and what it is about."""

    text: str
    headline: str
    names: list[Name]
    topic: dict[str, float] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    in_headline: list[Name] = field(default_factory=list)
    calls: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names.sort(key=lambda name: name.start)
        self.starts = [name.start for name in self.names]
        self.calls = {name.key: name.name for name in reversed(self.names)}
        self.topic = _topic(self)
        head = self.headline.lower()
        seen = {name.key: name for name in reversed(self.names) if self.text[name.start : name.end].lower() in head}
        self.in_headline = sorted(seen.values(), key=lambda name: name.start)

    def called(self, key: str | None) -> str | None:
        """Return how the article calls whom a key stands for, in full."""
        return self.calls.get(key or "")

    def named(self, start: int, end: int) -> list[Name]:
        """Return the names that stand between two characters."""
        low = bisect_left(self.starts, start)
        return [name for name in self.names[low : bisect_left(self.starts, end)] if name.end <= end]


def profile(number: Number, article: Article) -> Profile:
    """Describe a claim by what its sentence, its neighbours and its article say."""
    start, end = number.sentence_start, number.sentence_end
    clause = _clause(article.text, number)
    inside, around = article.named(*clause), article.named(start, end)
    said = article.text[clause[0] : clause[1]]
    unit = "age" if _is_age(number, article) else unit_of(number)
    # How old somebody is has no population and is no plan.
    people = set() if unit == "age" else _people(number, article, clause)
    kind = "level" if unit == "age" else kind_of(number, article.text, clause)
    owners = _owners(number, article, clause, kind)
    terms = _terms(number, article, clause)
    place = _tied_places(number, around)
    sure = [key for key, weight in owners.items() if weight >= 0.6]
    subject = sure[0] if sure else None
    return Profile(
        claim_id=number.claim_id,
        version_id=number.version_id,
        article_id=number.article_id,
        news_date=number.news_date,
        start=number.start,
        sentence_start=start,
        unit=unit,
        kind=kind,
        low=number.low if number.si_low is None else number.si_low,
        high=number.high if number.si_high is None else number.si_high,
        head=_head(number.thing),
        terms=terms,
        owners=owners,
        names={n.key: 1.0 if n in inside else 0.6 for n in reversed(around) if n.kind != "place"},
        rivals=_rivals(owners, article, around),
        opposed=frozenset(
            o for word, weight in terms.items() if weight > 0.6 for o in opposites(word) if o not in terms
        ),
        places=_places(number, article, inside, around),
        people=frozenset(people - {"person"}),
        families=_families(number, article, clause, unit),
        years=frozenset(int(y) for y in YEAR.findall(said)),
        topic=article.topic,
        name=name_of(number.thing, unit, kind, terms, article.called(subject), place[0].name if place else None),
        subject_entity=subject,
        place_entity=place[0].key if place else None,
    )


def unit_of(number: Number) -> str:
    """Return the class of units within which values can be compared."""
    if number.currency:
        return number.currency
    if number.unit == "percentage point" or number.dimension == "points":
        return "point"
    if number.dimension == "time":
        return "time"
    return number.dimension or "count"


AGE_AFTER = re.compile(r"\s*[,.;:―—–]|\s+(?:and|who|of)\b")


POSSESSIVE = re.compile(r"['’]s? (?:\w+ )?\d")


def _is_age(number: Number, article: Article) -> bool:
    """Whether a bare number in apposition to a person is an age: "Holub, 40, told the court"."""
    text = article.text
    if number.low is None or number.dimension not in (None, "count", "age") or not 0 < number.low < 111:
        return False
    if not text[: number.start].endswith(", ") or not AGE_AFTER.match(text, number.end):
        return False
    return any(n.kind == "person" and n.end == number.start - 2 for n in article.named(number.start - 60, number.start))


def kind_of(number: Number, text: str, clause: tuple[int, int]) -> str:
    """Return what the number says of its thing: a level, a lead, what is needed, asked for, missing, a change."""
    before = text[max(clause[0], number.start - 80) : number.start].lower()
    after = text[number.end : min(clause[1], number.end + 80)].lower()
    if ERROR.search(text[clause[0] : clause[1]].lower()):
        return "error"
    if number.aspect == "rank":
        return "rank"
    if BASE.search(text[max(number.sentence_start, number.start - 50) : number.start]):
        return "base"
    if number.aspect == "change" and number.change_role == "by":
        return "change"
    for kind, words in KINDS_AFTER:
        if words.search(after):
            return kind
    for kind, words in KINDS_BEFORE:
        if words.search(before):
            return kind
    if unit_of(number) == "point":
        return "lead"
    return number.aspect if number.aspect in ("limit", "plan") else "level"


def _clause(text: str, number: Number) -> tuple[int, int]:
    """Return where the clause of a number, or its member of a list, starts and ends."""
    start, end = number.sentence_start, number.sentence_end
    left, right = start, end
    for found in BREAK.finditer(text, start, end):
        if found.end() <= number.start and not _within_number(text, found):
            left = found.end()
        elif found.start() >= number.end and not _within_number(text, found):
            right = found.start()
            break
    # An apposition, or a number alone between two commas, belongs to what stands before it.
    if len(WORD.findall(text, left, number.start)) + len(WORD.findall(text, number.end, right)) < 2:
        before = [
            found.end()
            for found in BREAK.finditer(text, start, max(left - 1, start))
            if not _within_number(text, found)
        ]
        left = before[-1] if before else start
    return left, right


def _within_number(text: str, found: re.Match[str]) -> bool:
    return found[0] == "," and text[found.end() : found.end() + 1].isdigit()


def _head(thing: str | None) -> str:
    """Return the last word of the thing, which says what is counted."""
    words = WORD.findall((thing or "").split(" of ")[0])
    return term(words[-1]) if words else ""


def _people(number: Number, article: Article, clause: tuple[int, int]) -> set[str]:
    """Return the words for people in the clause, such as women or voters, but for parts of names."""
    taken = [(n.start, n.end) for n in article.named(*clause) if n.kind == "person"]
    words = [
        found[0] for found in WORD.finditer(article.text, *clause) if not any(a <= found.start() < b for a, b in taken)
    ]
    return {lemma(word) for word in (*words, *WORD.findall(number.thing or "")) if is_people(lemma(word))} - STOP


def _terms(number: Number, article: Article, clause: tuple[int, int]) -> dict[str, float]:
    """Weigh the words of the sentence: by rarity, and by how near the number they stand.

    Where the sentence does not name the thing, the one before it in the paragraph may.
    """
    weights: dict[str, float] = {}
    text = article.text
    start = number.sentence_start
    if not number.thing:
        start = max(text.rfind("\n", 0, start), start - 200, 0)
    taken = [(n.start, n.end) for n in article.named(start, number.sentence_end)]
    for found in WORD.finditer(text, start, number.sentence_end):
        at = found.start()
        if number.start <= at < number.end or any(a <= at < b for a, b in taken):
            continue
        _add(weights, found[0], _nearness(number, clause, at, found.end()))
    for word in WORD.findall(number.thing or ""):
        _add(weights, word, 1.4)
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    return dict(best)


def _nearness(number: Number, clause: tuple[int, int], start: int, end: int) -> float:
    """Return how much a word by where it stands belongs to a number."""
    if start < number.sentence_start:
        return 0.35
    if not clause[0] <= start < clause[1]:
        return 0.45
    return 1.0 if number.start - 30 <= start and end <= number.end + 30 else 0.8


def _add(weights: dict[str, float], word: str, near: float) -> None:
    base = lemma(word)
    if base in STOP or word.lower() in STOP:
        return
    weight = near * (0.15 + rarity(base))
    key = term(word)
    weights[key] = max(weights.get(key, 0.0), weight)


def _owners(number: Number, article: Article, clause: tuple[int, int], kind: str) -> dict[str, float]:
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


PAIR_AFTER = re.compile(r"\s*(?:%|percent|per cent)?\s*(?:to|-|–|versus|vs\.?)\s*\$?\d")
PAIR_BEFORE = re.compile(r"\d\s*(?:%|percent|per cent)?\s*(?:to|-|–|versus|vs\.?)\s*\$?$")


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


def _families(number: Number, article: Article, clause: tuple[int, int], unit: str) -> dict[str, float]:
    """Weigh what is asked: by the words of the clause or, where it has none that tell, of the sentence."""
    if unit == "age":
        return {}
    text, start, end = article.text, number.sentence_start, number.sentence_end
    thing = WORD.findall(number.thing or "")
    for left, right in (clause, (start, end)):
        before = WORD.findall(text, left, number.start)
        found = families(before, WORD.findall(text, number.end, right), thing)
        if found:
            return found
    return {"support": 0.5} if unit == "ratio" and POLL.search(text, start, end) else {}


POLL = re.compile(r"\b(?:polls?|polling|survey\w*)\b", re.IGNORECASE)


def _rivals(owners: dict[str, float], article: Article, around: Sequence[Name]) -> dict[str, float]:
    """Return the other persons that the sentence names beside the owner, but for those whom it only quotes."""
    return {
        name.key: 1.0
        for name in around
        if name.kind == "person" and owners.get(name.key, 0.0) < 0.3 and not _only_reports(article.text, name)
    }


def _places(number: Number, article: Article, inside: Sequence[Name], around: Sequence[Name]) -> dict[str, float]:
    """Weigh the places that the clause, the sentence, the paragraph before it and the headline give to the number."""
    start = max(article.text.rfind("\n", 0, number.sentence_start), 0)
    paragraph = [n for n in article.named(start, number.sentence_start) if n.kind == "place"]
    places = {n.key: 0.3 for n in article.in_headline if n.kind == "place"} | {n.key: 0.3 for n in paragraph}
    places |= {n.key: 0.6 for n in around if n.kind == "place"}
    places |= {n.key: 0.9 for n in inside if n.kind == "place"}
    places |= {n.key: 1.0 for n in _tied_places(number, around)}
    best = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:6])


def _tied_places(number: Number, around: Sequence[Name]) -> list[Name]:
    """Return the places that the reader ties to the number."""
    if number.place_start is None or number.place_end is None:
        return []
    return [n for n in around if n.kind == "place" and n.start < number.place_end and n.end > number.place_start]


def _topic(article: Article) -> dict[str, float]:
    """Weigh what an article is about: the rare words and the names that it repeats or puts in its headline."""
    counts: Counter[str] = Counter()
    for word in WORD.findall(article.text):
        base = lemma(word)
        if base not in STOP:
            counts[term(word)] += 1
    headline = {term(word) for word in WORD.findall(article.headline)}
    weights = {
        word: (math.log1p(n) + (1.0 if word in headline else 0.0)) * rarity(word) for word, n in counts.items() if n > 1
    }
    for key, n in Counter(name.key for name in article.names).items():
        weights[key] = math.log1p(n)
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TOPIC]
    norm = math.sqrt(sum(w * w for _, w in best)) or 1.0
    return {word: weight / norm for word, weight in best}
