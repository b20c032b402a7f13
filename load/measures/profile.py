"""Profiles: the features of a claim that are compared with those of others.

A profile depends only on the claim, its article's text and the names in it, and so not on the order of arrival.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.read.english.attributions.datelines import story_start
from extract.read.english.vocabulary.words import is_people, lemma
from load.measures.claim import Article, Name, Number, Profile
from load.measures.contexts import is_hypothetical, is_magnitude, is_of_votes
from load.measures.kinds import class_of, clause_of, fixed_of, kind_of
from load.measures.naming import name_of, named_in
from load.measures.owners import owners_of, rivals_of
from load.measures.quantities import FAR, asked, families
from load.measures.words import STOP, WORD, is_group, opposites, rarity, telling, term

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# Not the names of bodies: "the Democratic National Committee".
NATIONAL = re.compile(r"\b(?:national|[Nn]ationally|[Nn]ationwide|countrywide|(?:[Aa]cross|[Ii]n) the country)\b")
# Words for polls, which shares and leads come from unless something else is measured; and how many characters before
# the sentence they may be.
POLL = re.compile(r"\b(?:polls?|polling|survey\w*|leads?|leading|trail\w*|match-?ups?)\b", re.IGNORECASE)
AROUND = 250
# Names of polls and counts: "the CBS News poll", "a RealClearPolitics average", "HuffPollster showing her".
REPORTER = re.compile(
    r"\b((?:[A-Z][\w/.-]+ ){1,4})(?:(?:national|state|online|telephone|exit|tracking|polling|news) )*"
    r"(?:polls?|survey|average|count|tally|estimate|showing|shows|found|finds)\b"
)
# The people asked or counted, if named before another clause.
AMONG = re.compile(r"\b(?:[Aa]mong|For|Of)(?:\W+\w+){1,6}")
# Their age: "ages 18 to 39", "under 30", "65 and older".
AGES = re.compile(
    r"\b(?:age[sd]?|under|over|younger than|older than)\s+\d\d\b(?!\s*(?:%|percent|points?))"
    r"|\b\d\d\s+(?:and|or)\s+(?:older|over|younger|under)\b",
    re.IGNORECASE,
)
# Units in which small values are common, and common shares.
COUNTED = ("count", "time")
PLAIN_SHARES = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4)
# A name alone before a number in a list of polls: "Brightwell 4.3 points, and Keystone 2.1 points".
LISTED = re.compile(r"[,;]\s+(?:and\s+)?([A-Z][\w/-]+(?:\s[A-Z][\w/-]+){0,2})\s+(?:at\s+)?$")
# Number of words of a claim that are compared.
TERMS = 24
# Reporting periods, with their least and largest number of days.
PERIODS = {"week": (5, 7), "month": (28, 31), "quarter": (89, 92), "year": (365, 366)}
# An owner with at least this probability is the subject.
SURE = 0.6
# The weights of the two that a lead is between: together, and of each, since another article may name one alone.
BOTH = 0.5
ONE_OF_TWO = 0.5


def profile(number: Number, article: Article, instead_id: str | None = None) -> Profile:
    """Return the profile of a claim, from its sentence, the neighbouring sentences and its article.

    ``instead_id`` is the claim that the article gives instead, if it corrects this one.
    """
    start, end = number.sentence_start, number.sentence_end
    clause = clause_of(article.text, number)
    inside, around = article.named(*clause), article.named(start, end)
    begins = story_start(article.text, (start, end))
    said = article.text[clause[0] : clause[1]]
    unit = class_of(number, article)
    kind = _kind(number, article.text, clause, unit)
    owners = owners_of(number, article, clause, kind)
    subject = _sure(owners)
    if kind == "lead":
        owners = _contestants(owners, rivals_of(owners, article, around))
    terms = _terms(number, article, clause)
    quantities = _families(number, article, clause, unit)
    place = next(iter(_tied_places(number, around)), None)
    low, high = _values(number)
    return Profile(
        claim_id=number.claim_id,
        version_id=number.version_id,
        article_id=number.article_id,
        news_date=number.news_date,
        start=number.start,
        sentence_start=start,
        unit=unit,
        kind=kind,
        fixed=fixed_of(number, article.text, clause, unit, kind),
        low=low,
        high=high,
        digits=_digits(number, unit),
        common=_common(number, unit),
        head=_head(number.thing),
        terms=terms,
        things=_things(number.thing),
        owners=owners,
        names=_others(inside, around),
        rivals=_rivals(number, article, owners, around),
        opposed=_opposed(terms),
        places=_places(number, article, clause, begins),
        # An age has no population.
        people={} if unit == "age" else _people(number, article, clause),
        families=quantities,
        years=frozenset(int(y) for y in YEAR.findall(said)),
        period=_period(number),
        topic=article.topic,
        about=article.about,
        speaker=_speaker(number, unit),
        reporters=_reporters(number, article.text),
        name=name_of(
            number.thing, unit, kind, terms, quantities, named_in(article, subject, place.name if place else None)
        ),
        subject_entity=subject,
        place_entity=place.key if place else None,
        is_hypothetical=is_hypothetical(number, article.text),
        is_magnitude=is_magnitude(number, article.text),
        is_of_votes=is_of_votes(number, article.text, unit),
        instead_id=instead_id,
    )


def _sure(owners: dict[str, float]) -> str | None:
    """Return the key of the first owner with a probability of at least ``SURE``, or None."""
    return next((key for key, weight in owners.items() if weight >= SURE), None)


def _contestants(owners: dict[str, float], rivals: dict[str, float]) -> dict[str, float]:
    """Return the weights of the two people in a lead, in a fixed order, whoever of them is said to be ahead.

    Returns ``owners`` if fewer than two are named.
    """
    named = [key for key in (*owners, *rivals) if key.startswith("person:")]
    pair = sorted(list(dict.fromkeys(named))[:2])
    return {"|".join(pair): BOTH} | dict.fromkeys(pair, ONE_OF_TWO) if len(pair) == 2 else owners


def _period(number: Number) -> str:
    """Return the name of the period that a number is given for, if in ``PERIODS``, or an empty string."""
    if number.as_of_start is None or number.as_of_end is None:
        return ""
    days = (number.as_of_end - number.as_of_start).days + 1
    return next((name for name, (least, most) in PERIODS.items() if least <= days <= most), "")


def _speaker(number: Number, unit: str) -> str:
    """Return the speaker; respondents of a share ("women favoured her, 51 percent to 24") are not speakers."""
    said_by = (number.said_by or "").lower()
    words = WORD.findall(said_by.split(" who ")[0])
    asked = number.said_by_kind == "collective" or (bool(words) and is_people(lemma(words[-1])))
    return "" if unit in ("ratio", "point") and asked else said_by


def _values(number: Number) -> tuple[float | None, float | None]:
    """Return the lowest and the highest value, in SI units if the reader gives them."""
    return (
        number.low if number.si_low is None else number.si_low,
        number.high if number.si_high is None else number.si_high,
    )


def _others(inside: Sequence[Name], around: Sequence[Name]) -> dict[str, float]:
    """Return the weights of people and organisations named in the sentence; those in the clause weigh most."""
    return {n.key: 1.0 if n in inside else 0.6 for n in reversed(around) if n.kind != "place"}


def _opposed(terms: dict[str, float]) -> frozenset[str]:
    """Return the opposites of the highest-weighted terms, except those that also occur."""
    return frozenset(o for word, weight in terms.items() if weight > 0.6 for o in opposites(word) if o not in terms)


def _kind(number: Number, text: str, clause: tuple[int, int], unit: str) -> str:
    """Return the kind of a number; an age range ("in their 30s") is that of a group."""
    if unit == "age":
        return "level" if number.bound == "exact" else "limit"
    kind = kind_of(number, text, clause)
    # Respondents of a poll say what they would do, but its shares are not plans.
    polled = unit == "ratio" and POLL.search(text, max(number.sentence_start - AROUND, 0), number.sentence_end)
    return "level" if kind == "plan" and polled else kind


def _rivals(number: Number, article: Article, owners: dict[str, float], around: Sequence[Name]) -> dict[str, float]:
    """Return the weights of the other people in the sentence or, if there are none, in the paragraph before it."""
    found = rivals_of(owners, article, around)
    if found:
        return found
    start = max(article.text.rfind("\n", 0, number.sentence_start), 0)
    earlier = rivals_of(owners, article, article.named(start, number.sentence_start))
    return dict.fromkeys(list(earlier)[-3:], 0.5)


def _reporters(number: Number, text: str) -> frozenset[str]:
    """Return the words of the names of polls, counts and averages that the sentence cites for a number.

    Each member of a list has its own.
    """
    said = text[number.sentence_start : number.sentence_end]
    names = [found[1] for found in REPORTER.finditer(said)]
    listed = LISTED.search(text[number.sentence_start : number.start])
    if listed and names:
        names = [listed[1]]
    return frozenset(word.lower() for name in names for word in WORD.findall(name)) - STOP


def _written(number: Number) -> float | None:
    """Return the value in the article's unit."""
    return number.low if number.low is not None else number.high


def _digits(number: Number, unit: str) -> float:
    """Return how rare a value is; with a unit of time it is rarer than the number alone."""
    return min(1.0, telling(_written(number)) + (2 / 3 if unit == "time" else 0.0))


def _common(number: Number, unit: str) -> float:
    """Return how weak the evidence of an equal value is: 1 for "one" or "thousands", 0 from about a dozen on."""
    value = _written(number)
    if value is None:
        return 0.0
    # "Thousands" gives a magnitude, not a value.
    if number.high is None or number.low is None:
        return 1.0
    if unit in COUNTED:
        small = min(1.0, 1.4 / value) if 1 <= value <= 12 else float(value < 1)
        return 0.6 * small if unit == "time" else small
    return 0.4 if unit == "ratio" and any(abs(value - share) < 0.004 for share in PLAIN_SHARES) else 0.0


def _head(thing: str | None) -> str:
    """Return the last word of the thing, its head noun."""
    words = WORD.findall((thing or "").split(" of ")[0])
    return term(words[-1]) if words else ""


def _things(thing: str | None) -> dict[str, float]:
    """Return the weights of the words of the thing; the last one weighs most."""
    words = [term(word) for word in WORD.findall(thing or "") if lemma(word) not in STOP]
    return {word: 1 / (1 + 0.5 * at) for at, word in enumerate(dict.fromkeys(reversed(words)))}


def _people(number: Number, article: Article, clause: tuple[int, int]) -> dict[str, float]:
    """Return the weights of the words for people in the clause, such as women or voters, and their modifiers.

    If the clause has none, those after the last "among" before the number: "among the young, 44 percent".
    """
    found = _narrowed(article, *clause) | _narrowed_thing(number.thing or "")
    if not found:
        spans = [m.span() for m in AMONG.finditer(article.text, number.sentence_start, number.start)]
        found = _narrowed(article, *spans[-1]) if spans else {}
    if AGES.search(article.text, *clause):
        found["of an age"] = 1.0
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:8])


def _narrowed(article: Article, start: int, end: int) -> dict[str, float]:
    """Return the weights of words for people in a span, each with up to two words before it, except in names."""
    persons = [(n.start, n.end) for n in article.named(start, end) if n.kind == "person"]
    words = list(WORD.finditer(article.text, start, end))
    weights: dict[str, float] = {}
    for at, found in enumerate(words):
        if is_group(found[0]) and not any(a <= found.start() < b for a, b in persons):
            weights |= _narrowing([word[0] for word in words[max(0, at - 2) : at + 1]])
    return weights


def _narrowed_thing(thing: str) -> dict[str, float]:
    words = WORD.findall(thing)
    return _narrowing(words[-3:]) if words and is_group(words[-1]) else {}


def _narrowing(words: Sequence[str]) -> dict[str, float]:
    """Return the weights, by rarity, of a word for people and the significant words directly before it."""
    weights: dict[str, float] = {}
    for word in reversed(words):
        base = lemma(word)
        if base in STOP or word.lower() in STOP:
            break
        weights[base] = 0.15 + rarity(base)
    return weights


def _terms(number: Number, article: Article, clause: tuple[int, int]) -> dict[str, float]:
    """Return the weights of the words of the sentence, by rarity and distance from the number.

    If the sentence does not name the thing, the sentence before it in the paragraph is used too.
    """
    weights: dict[str, float] = {}
    text = article.text
    start = number.sentence_start
    if not number.thing:
        start = max(text.rfind("\n", 0, start), start - 200, 0)
    # One pass in text order: a sentence as long as a page may have thousands of words and names.
    names, following, taken = article.named(start, number.sentence_end), 0, start
    for found in WORD.finditer(text, start, number.sentence_end):
        at = found.start()
        while following < len(names) and names[following].start <= at:
            taken = max(taken, names[following].end)
            following += 1
        if at >= taken and not number.start <= at < number.end:
            _add(weights, found[0], _nearness(number, clause, at, found.end()))
    for word in WORD.findall(number.thing or ""):
        _add(weights, word, 1.4)
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    return dict(best)


def _nearness(number: Number, clause: tuple[int, int], start: int, end: int) -> float:
    """Return how closely a word is related to a number (0 to 1), by its position."""
    if start < number.sentence_start:
        return 0.35
    if not clause[0] <= start < clause[1]:
        return 0.45
    return 1.0 if number.start - 30 <= start and end <= number.end + 30 else 0.8


def _add(weights: dict[str, float], word: str, near: float) -> None:
    """Add a word's weight, its rarity times its nearness, or keep a larger one; stop words are left out."""
    base = lemma(word)
    if base in STOP or word.lower() in STOP:
        return
    weight = near * (0.15 + rarity(base))
    key = term(word)
    weights[key] = max(weights.get(key, 0.0), weight)


def _families(number: Number, article: Article, clause: tuple[int, int], unit: str) -> dict[str, float]:
    """Return the weights of the families indicated by the clause or, if none are, by the sentence."""
    if unit == "age":
        return {}
    text, start, end = article.text, number.sentence_start, number.sentence_end
    thing = WORD.findall(number.thing or "")
    for left, right in (clause, (start, end)):
        before = WORD.findall(text, left, number.start)
        found = families(before, WORD.findall(text, number.end, right), thing, unit)
        if found:
            return found
    if unit not in ("ratio", "point") or not POLL.search(text, max(start - AROUND, 0), end):
        return {}
    return asked(WORD.findall(text, start, end), unit) or {"support": FAR}


def _places(number: Number, article: Article, clause: tuple[int, int], begins: int) -> dict[str, float]:
    """Return the weights of places in the clause, the sentence, the paragraph before it, dateline and headline.

    A dateline says where the reporter is: it counts as text before the sentence, which begins after it (``begins``).
    """
    start = max(article.text.rfind("\n", 0, number.sentence_start), 0)
    around = article.named(begins, number.sentence_end)
    places: dict[str, float] = {}
    for weight, names in (
        (0.3, (*article.in_headline, *article.named(start, begins))),
        (0.6, around),
        (0.9, article.named(max(clause[0], begins), clause[1])),
        (1.0, _tied_places(number, around)),
    ):
        places |= {n.key: weight for n in names if n.kind == "place" and not article.is_in_title(n)}
    if NATIONAL.search(article.text, *clause):
        places["national"] = 0.9
    elif NATIONAL.search(article.text, number.sentence_start, number.sentence_end):
        places["national"] = 0.6
    best = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:6])


def _tied_places(number: Number, around: Sequence[Name]) -> list[Name]:
    """Return the places that the reader connects with the number."""
    if number.place_start is None or number.place_end is None:
        return []
    return [n for n in around if n.kind == "place" and n.start < number.place_end and n.end > number.place_start]
