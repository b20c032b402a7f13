"""Words as the matcher compares them: their normalised form, their rarity and their opposites.

The words themselves are those of ``extract.read.english.vocabulary``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extract.calendar import MONTH_NAMES, WEEKDAY_NAMES
from extract.read.english.vocabulary.words import is_people, lemma, rank, table

WORD = re.compile(r"(?<![\w’'])[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?")
# Words beyond this rank in the frequency list all count as equally rare.
RAREST = 30_000
# The user's synonyms.
_own: dict[str, str] = {}
STOP = frozenset(
    """a an the this that these those it its he him his she her they them their we us our you your i me my who whom
    whose which what when where why how and or but nor so yet if than then as at by for from in into of off on onto out
    over to up down with within without about after before between during under above below through across against
    among around be have do does did done will would can could shall should may might must is are am been being not no
    yes there here also just only even still again ever never very too more most much many some any all both each few
    other another such own same s t re ve ll d m don per mr mrs ms dr sen rep gov say tell accord according while
    because since until though although whether however like now today yesterday tomorrow
    one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion trillion
    percent percentage point first second third half quarter nearly almost least roughly some""".split()
) | {name.lower() for name in (*WEEKDAY_NAMES, *MONTH_NAMES)}


@cache
def term(word: str) -> str:
    """Return the normalised form of a word for comparisons: its lemma, or the user's synonym."""
    base = lemma(word)
    return lemma(_own.get(base, base))


@cache
def is_group(word: str) -> bool:
    """Return whether a word means several people: "voters", "women", but not a president or a national poll."""
    known = lemma(word)
    return is_people(known) and word.lower() != known and word[-2:-1] not in "'’"


@cache
def is_person(word: str) -> bool:
    """Return whether a word means one person: "senator", "businessman"."""
    return is_people(word) and lemma(word) == word


@cache
def rarity(word: str) -> float:
    """Return how significant it is that two sentences share a word, from 0 (commonest) to 1 (rarest).

    The word must be rare both in English and in news: "voters" and "goals" are rare in English, but not with numbers.
    """
    place = min(rank(word), RAREST)
    articles, total = _reported()
    in_news = math.log((total + 1) / (articles.get(word, 0) + 1)) / math.log(total + 1)
    return max(0.0, math.log((place + 1) / 50) / math.log(RAREST / 50)) * in_news


@cache
def _reported() -> tuple[dict[str, int], int]:
    """Return the document frequency of each word in our own articles, and the number of these articles."""
    lines = files("load.measures").joinpath("reported.tsv").read_text(encoding="utf-8").splitlines()
    counts = {word: int(articles) for word, articles in (line.split("\t") for line in lines)}
    return counts, counts.pop("*")


def telling(value: float | None) -> float:
    """Return how rare a value is, by its significant digits: 0 for one digit, 1 for four or more."""
    if value is None or not math.isfinite(value) or value == 0:
        return 0.0
    digits = f"{abs(value):.6e}".split("e")[0].replace(".", "").rstrip("0")
    return min((len(digits) - 1) / 3 + (0.2 if abs(value) >= 1000 else 0.0), 1.0)


@cache
def opposites(word: str) -> frozenset[str]:
    """Return the terms with the opposite meaning."""
    return _opposites().get(word, frozenset())


def terms(text: str) -> list[str]:
    """Return the terms of all words of a text that may distinguish measures, in order."""
    return [term(word) for word in WORD.findall(text) if lemma(word) not in STOP and word.lower() not in STOP]


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in table("antonyms.tsv"):
        a, b = (term(word) for word in line.split("\t"))
        if a != b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


def use_synonyms(own: Mapping[str, str]) -> None:
    """Set the user's synonyms, and clear the caches that depend on them."""
    if dict(own) != _own:
        _own.clear()
        _own.update(own)
        for known in (term, opposites, _opposites):
            known.cache_clear()
