"""Words as the matcher compares them: lemmas, what stands for them, how rare they are, which of them are people.

The tables are made by ``load.measures.build_tables``; its head says from which data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WORD = re.compile(r"(?<![\w’'])[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?")
# From this place in the list of the commonest words on, a word is as rare as any.
RAREST = 30_000
IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "won": "win", "lost": "lose",
    "said": "say", "rose": "rise", "fell": "fall", "spent": "spend", "paid": "pay", "gave": "give", "got": "get",
    "took": "take", "made": "make", "held": "hold", "had": "have", "has": "have", "was": "be", "were": "be",
    "led": "lead", "sent": "send", "found": "find", "left": "leave", "met": "meet", "sold": "sell", "bought": "buy",
    "cost": "cost", "shot": "shoot", "died": "die", "dead": "die", "death": "die", "killed": "kill", "lives": "life",
    "went": "go", "gone": "go", "came": "come", "saw": "see", "seen": "see", "beat": "beat", "beaten": "beat",
    "ran": "run", "sank": "sink", "sunk": "sink", "drawn": "draw", "grew": "grow", "grown": "grow", "lying": "lie",
    "series": "series", "species": "species", "means": "means", "news": "news",
}  # fmt: skip
# Words that the user wants to stand for others.
_own: dict[str, str] = {}
STOP = frozenset(
    """a an the this that these those it its he him his she her they them their we us our you your i me my who whom
    whose which what when where why how and or but nor so yet if than then as at by for from in into of off on onto out
    over to up down with within without about after before between during under above below through across against
    among around be have do does did done will would can could shall should may might must is are am been being not no
    yes there here also just only even still again ever never very too more most much many some any all both each few
    other another such own same s t re ve ll d m don per mr mrs ms dr sen rep gov say tell accord according while
    because since until though although whether however like now today yesterday tomorrow monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november december
    one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion trillion
    percent percentage point first second third half quarter nearly almost least roughly some""".split()
)


@cache
def lemma(word: str) -> str:
    """Return the base form of an English word in lower case: a known word that regular endings were added to."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("s'") or word
    if word in IRREGULAR:
        return IRREGULAR[word]
    bases = [base for base in _bases(word) if base in _ranks()]
    return min(bases, key=_ranks().__getitem__) if bases else word


def _bases(word: str) -> list[str]:
    """Return what a word may be a form of, if it is known."""
    found: list[str] = []
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        found.append(word[:-1])
    for ending, base in (("ies", "y"), ("es", ""), ("ied", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found.append(word[: -len(ending)] + base)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found += [stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return found


@cache
def term(word: str) -> str:
    """Return what stands for a word wherever words are compared: its lemma, or what the user lets stand for it."""
    base = lemma(word)
    return lemma(_own.get(base, base))


@cache
def rarity(word: str) -> float:
    """Return how telling it is that two sentences share a word: 0 for the commonest, 1 for the rarest."""
    place = min(_ranks().get(word, RAREST), RAREST)
    return max(0.0, math.log((place + 1) / 50) / math.log(RAREST / 50))


def rank(word: str) -> int:
    """Return the place of a word among the commonest ones; the number of all known words where it is none of them."""
    return _ranks().get(word, len(_ranks()))


@cache
def is_people(word: str) -> bool:
    """Whether a word's commonest sense is a person."""
    return word.lower() in _people()


@cache
def opposites(word: str) -> frozenset[str]:
    """Return the terms that say the opposite of a term."""
    return _opposites().get(word, frozenset())


def terms(text: str) -> list[str]:
    """Return the terms of all words of a text that may tell one measure from another, in order."""
    return [term(word) for word in WORD.findall(text) if lemma(word) not in STOP and word.lower() not in STOP]


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _table("antonyms.tsv"):
        a, b = (term(word) for word in line.split("\t"))
        if a != b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _lines() -> list[list[str]]:
    return [line.split("\t") for line in _table("words.txt")]


@cache
def _ranks() -> dict[str, int]:
    try:
        return {parts[0]: place for place, parts in enumerate(_lines())}
    except FileNotFoundError:
        return {}


@cache
def _people() -> frozenset[str]:
    return frozenset(parts[0] for parts in _lines() if len(parts) > 1)


def use_synonyms(own: Mapping[str, str]) -> None:
    """Let words stand for others as the user says."""
    if dict(own) != _own:
        _own.clear()
        _own.update(own)
        for known in (term, opposites, _opposites):
            known.cache_clear()


def _table(name: str) -> list[str]:
    return files("load.measures").joinpath(name).read_text(encoding="utf-8").splitlines()
