"""The owner of a number: the probability of each person and organisation in or before the sentence, and of nobody.

Each candidate has features of the positions of its names (``features_of``); ``owners.toml`` has the weights, fitted on
a newsroom of our own by ``python -m benchmarks.train_owners``. A softmax over the candidates and "nobody" gives the
probabilities.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.read.english.vocabulary.words import is_people
from load.measures.claim import Article, Name, Number

# Characters before a sentence in which candidates are looked for, and the number of candidates.
BEFORE = 500
CANDIDATES = 14
# Characters before a sentence within which a name is mostly in the sentence before it.
NEAR = 150
# Owners with a lower probability are not kept.
LEAST = 0.1

LEADING = re.compile(
    r"\b(?:leads?|leading|led|ahead|advantage|edge|outpoll\w*|up|beats?|beating|defeat\w*|tops?|topping|over|won|wins?)\b"
)
BEHIND = re.compile(r"\b(?:trail\w*|behind|lost|lags?|lagging|down)\b")
MALE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
FEMALE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
THEM = re.compile(r"\b(?:they|their|them|it|its|we|our)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
# Words for things that report a number, such as a poll, and do not own it.
REPORTS = re.compile(
    r"\b(?:polls?|survey\w*|count|tally|tallies|report\w*|average|data|figures|estimates?|statistics)\b", re.IGNORECASE
)
FOR = re.compile(
    r"\b(?:back\w*|support\w*|favou?r\w*|prefer\w*|cho[os]e\w*|for|behind|with|against|of)\W+"
    r"(?:[A-Z]\w*\.? |the |by )?$"
)
PAIR_AFTER = re.compile(r"\s*(?:%|percent|per cent|points?)?,?\s*(?:to|-|–|versus|vs\.?)\s*\$?\d")
PAIR_BEFORE = re.compile(r"\d\s*(?:%|percent|per cent|points?)?,?\s*(?:to|-|–|versus|vs\.?)\s*\$?$")
TOUCHING = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}")
FOR_ALONE = re.compile(r"\s*(?:%|percent|per cent|points?)?\s*(?:for|by|of|from)\s+(?:Mr|Mrs|Ms|Sen|Gov)?\.?\s*")
APPOSED = re.compile(r",?\s*$")
COMMA = re.compile(r"[,;:—–(]|\b(?:while|and|but|whereas|compared)\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """The context that all candidates of a number share."""

    number: Number
    article: Article
    clause: tuple[int, int]
    kind: str
    inside: Sequence[Name]
    before: Sequence[Name]
    paired: str | None
    leader: str | None
    gender: str | None


def owners_of(number: Number, article: Article, clause: tuple[int, int], kind: str) -> dict[str, float]:
    """Return the probability of each owner, highest first; the remainder to 1 is the probability of nobody."""
    rows = weighed(number, article, clause, kind)
    table = weights()
    scores = {key: sum(table.get(name, 0.0) * value for name, value in row.items()) for key, row in rows.items()}
    most = max(scores.values())
    total = sum(math.exp(score - most) for score in scores.values())
    shares = {key: math.exp(score - most) / total for key, score in scores.items() if key}
    best = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:3]
    return {key: round(share, 3) for key, share in best if share >= LEAST}


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature of a candidate."""
    table = tomllib.loads(files("load.measures").joinpath("owners.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


def weighed(number: Number, article: Article, clause: tuple[int, int], kind: str) -> dict[str, dict[str, float]]:
    """Return the features of each candidate by key; the empty key is for nobody."""
    inside = [n for n in article.named(number.sentence_start, number.sentence_end) if n.kind != "place"]
    before = [
        n
        for n in article.named(max(0, number.sentence_start - BEFORE), number.sentence_start)
        if n.kind != "place" and not article.only_reports(n, REPORTS)
    ]
    persons = [n for n in inside if n.kind == "person" and not article.only_reports(n, REPORTS)]
    gender = _pronoun(article.text, clause) or _pronoun(article.text, (number.sentence_start, number.start))
    paired = _paired(number, article.text, persons, gender is not None)
    leader = _leader(number, article.text, persons) if kind == "lead" else None
    setting = Setting(number, article, clause, kind, inside, before, paired, leader, gender)
    left_out = {n.key for n in persons} if paired == "" else set()
    return {"": _nobody(setting)} | {key: features_of(key, setting) for key in _keys(setting) if key not in left_out}


def _keys(at: Setting) -> list[str]:
    """Return the keys of the nearest candidates: those in the sentence, before it, in the headline or named most."""
    names = (*at.inside, *reversed(at.before), *at.article.in_headline, *at.article.often)
    return list(dict.fromkeys(n.key for n in names if n.kind != "place"))[:CANDIDATES]


def features_of(key: str, at: Setting) -> dict[str, float]:
    """Return the features of a candidate: the positions of its names relative to the number."""
    mine = [n for n in at.inside if n.key == key]
    found = _of_article(key, at) | _of_leads(key, bool(mine), at) | _of_reader(key, mine, at.number)
    if not mine:
        found |= _of_before(key, at)
    elif at.paired is None:
        found |= _of_places(mine, at)
    else:
        found |= {"for_after": _is_for_after(mine, at), "touches_after": _touches_after(mine, at)}
    return {name: float(value) for name, value in (found | _of_pronoun(key, bool(mine), at)).items() if value}


def _of_article(key: str, at: Setting) -> dict[str, float]:
    """Return features of the article: how often the candidate is named, and whether it is the speaker."""
    said_by = (at.number.said_by or "").lower()
    return {
        "person": key.startswith("person:"),
        "headline": any(n.key == key for n in at.article.in_headline),
        "often": at.article.share(key),
        "speaker": bool(said_by) and key.split(":", 1)[1].split(" ")[-1] in said_by,
    }


def _of_leads(key: str, is_inside: bool, at: Setting) -> dict[str, float]:
    """Return features of paired numbers and leads: whether the candidate is the owner of this one, or the leader."""
    return {
        "paired": key == at.paired,
        "paired_other": at.paired is not None and key != at.paired,
        "paired_outside": at.paired == "" and not is_inside,
        "leader": key == at.leader,
        "leader_other": at.leader is not None and key != at.leader,
    }


def _of_before(key: str, at: Setting) -> dict[str, float]:
    """Return features of a candidate that is named only in the sentences before."""
    earlier = [n for n in at.before if n.key == key]
    ranks = list(dict.fromkeys(n.key for n in reversed(at.before)))
    return {
        "outside": True,
        "outside_body": not key.startswith("person:"),
        "near_before": bool(earlier) and at.number.sentence_start - earlier[-1].end < NEAR,
        "last_before": bool(earlier) and ranks[0] == key,
        "second_before": len(ranks) > 1 and ranks[1] == key,
        "not_before": not earlier,
        "opens_before": bool(earlier) and at.article.text.rfind("\n", 0, earlier[0].start) == earlier[0].start - 1,
    }


def _of_reader(key: str, mine: Sequence[Name], number: Number) -> dict[str, float]:
    """Return whether the reader of numbers chose the candidate as the subject."""
    if number.subject_start is None or number.subject_end is None:
        return {}
    start, end = number.subject_start, number.subject_end
    last = key.split(" ")[-1].split(":")[-1]
    return {
        "subject": any(n.start < end and n.end > start for n in mine),
        "subject_name": last in (number.subject_name or "").lower().split(),
    }


def _of_places(mine: Sequence[Name], at: Setting) -> dict[str, float]:
    """Return the positions of a candidate's names in the number's sentence."""
    persons = [n for n in at.inside if n.kind == "person"] or list(at.inside)
    left, right = _beside(mine, at.number)
    before, after = _beside(persons, at.number)
    return {
        **_of_clause(mine, left, at),
        **_of_left(left, at),
        "nearest_before": bool(left) and bool(before) and before[-1].key == left[-1].key,
        "nearest_after": bool(right) and bool(after) and after[0].key == right[0].key,
        "after_only": not left,
        "first": at.inside[0].key == mine[0].key,
        "only": len({n.key for n in persons}) == 1,
        "for_after": _is_for_after(mine, at),
        "touches_after": _touches_after(mine, at),
        "reports": all(at.article.only_reports(n, REPORTS) for n in mine),
    }


def _beside(names: Sequence[Name], number: Number) -> tuple[list[Name], list[Name]]:
    """Return the names before and after a number."""
    return [n for n in names if n.end <= number.start], [n for n in names if n.start >= number.end]


def _of_clause(mine: Sequence[Name], left: Sequence[Name], at: Setting) -> dict[str, float]:
    """Return whether the number's clause names the candidate, before or after the number."""
    text, (start, end) = at.article.text, at.clause
    inside = [n for n in mine if start <= n.start and n.end <= end]
    return {
        "clause_before": any(n in inside for n in left),
        "clause_after": any(n.start >= at.number.end for n in inside),
        "possessive_clause": any(POSSESSIVE.match(text, n.end) for n in inside),
    }


def _of_left(left: Sequence[Name], at: Setting) -> dict[str, float]:
    """Return how a candidate's names before the number are connected with it."""
    text, start = at.article.text, at.number.start
    return {
        "possessive_before": any(POSSESSIVE.match(text, n.end) for n in left),
        "touches": any(APPOSED.fullmatch(text, n.end, start) for n in left),
        "possessive_touches": any(TOUCHING.fullmatch(text, n.end, start) for n in left),
        "broken": bool(left) and bool(COMMA.search(text, left[-1].end, start)),
    }


def _is_for_after(mine: Sequence[Name], at: Setting) -> bool:
    """Return whether a candidate follows the number after "for": "44 percent for Okoro"."""
    after = [n for n in mine if at.number.end <= n.start and n.end <= at.clause[1]]
    return any(FOR.search(at.article.text, at.number.end, n.start) for n in after)


def _touches_after(mine: Sequence[Name], at: Setting) -> bool:
    """Return whether a candidate follows the number with only a preposition in between."""
    return any(
        FOR_ALONE.fullmatch(at.article.text, at.number.end, n.start) is not None
        for n in mine
        if n.start >= at.number.end
    )


def _of_pronoun(key: str, is_inside: bool, at: Setting) -> dict[str, float]:
    """Return how well a candidate agrees with the pronoun of the clause."""
    if at.gender is None or not key.startswith("person:"):
        return {}
    mine = at.article.gender(key)
    return {
        "pronoun_fits": mine == at.gender,
        "pronoun_other": mine is not None and mine != at.gender,
        "pronoun_outside": not is_inside,
        "pronoun_last": bool(at.before) and at.before[-1].key == key,
    }


def _nobody(at: Setting) -> dict[str, float]:
    """Return the features of the case that no named owner exists."""
    number, text = at.number, at.article.text
    in_clause = [n for n in at.inside if at.clause[0] <= n.start and n.end <= at.clause[1]]
    found = {
        "nobody": True,
        "nobody_pronoun": at.gender is not None,
        "nobody_paired": at.paired is not None,
        "nobody_them": bool(THEM.search(text, *at.clause)),
        "nobody_inside": not at.inside,
        "nobody_clause": not in_clause,
        "nobody_thing": number.thing is not None,
        "nobody_people": any(is_people(word.lower()) for word in (number.thing or "").split()),
        "nobody_subject": number.subject is not None and number.subject_name is None,
        f"nobody_{number.dimension or 'count'}": True,
        f"nobody_{at.kind}": True,
    }
    return {name: float(value) for name, value in found.items() if value}


def _pronoun(text: str, span: tuple[int, int]) -> str | None:
    """Return the gender (``m`` or ``f``) of the last personal pronoun in a span of text, or None."""
    last = max(((found.start(), "m") for found in MALE.finditer(text, *span)), default=None)
    other = max(((found.start(), "f") for found in FEMALE.finditer(text, *span)), default=None)
    both = [found for found in (last, other) if found]
    return max(both)[1] if both else None


def _leader(number: Number, text: str, persons: Sequence[Name]) -> str | None:
    """Return the leader: the last person named before the verb, or the first after it if it is a verb of trailing."""
    if not persons:
        return None
    word = LEADING.search(text, number.sentence_start, number.sentence_end)
    trails = BEHIND.search(text, number.sentence_start, number.sentence_end)
    if trails and (not word or trails.start() < word.start()):
        after = [name for name in persons if name.start >= trails.end()]
        return after[0].key if after else None
    before = [name for name in persons if word and name.end <= word.start()]
    return before[-1].key if before else persons[0].key


def _paired(number: Number, text: str, persons: Sequence[Name], has_pronoun: bool) -> str | None:
    """Return the owner in "A leads B, 44 percent to 37", where names and numbers correspond.

    Empty if the sentence does not name the owner: a pronoun stands for it, or "A leads, 44 percent to 37" is without B.
    """
    before = [name for name in persons if name.end <= number.start]
    distinct: list[str] = [n.key for i, n in enumerate(before) if n.key not in {m.key for m in before[i + 1 :]}]
    if has_pronoun and len(distinct) == 1:
        distinct.insert(0, "")
    if len(distinct) == 1 and not number.change_role:
        distinct.append("")
    if len(distinct) < 2:
        return None
    if PAIR_AFTER.match(text, number.end, number.sentence_end):
        return distinct[-2]
    if PAIR_BEFORE.search(text[max(number.sentence_start, number.start - 20) : number.start]):
        return distinct[-1]
    return None


def rivals_of(owners: Mapping[str, float], article: Article, around: Sequence[Name]) -> dict[str, float]:
    """Return the other people that the sentence names, each with weight 1, except those whom it only cites."""
    return {
        name.key: 1.0
        for name in around
        if name.kind == "person" and owners.get(name.key, 0.0) < 0.3 and not article.only_reports(name, REPORTS)
    }
