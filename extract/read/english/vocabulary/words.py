"""The commonest English words: their frequency ranks, their lemmas, and which are person nouns.

The tables are made by ``extract.read.english.vocabulary.build_tables``; its docstring names the source data.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

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


@cache
def lemma(word: str) -> str:
    """Return the lemma of an English word in lower case; the word itself where its stems are all unknown."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("s'") or word
    if word in IRREGULAR:
        return IRREGULAR[word]
    bases = [base for base in _bases(word) if base in _ranks()]
    return min(bases, key=_ranks().__getitem__) if bases else word


def _bases(word: str) -> list[str]:
    """Return the candidate lemmas of a word, by stripping its regular inflectional endings."""
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


def rank(word: str) -> int:
    """Return the frequency rank of a word (0 is the commonest); the number of known words for an unknown one."""
    return _ranks().get(word, len(_ranks()))


def ranks(words: Iterable[str]) -> list[int]:
    """Return the ``rank`` of each word."""
    known = _ranks()
    return [known.get(word, len(known)) for word in words]


@cache
def is_people(word: str) -> bool:
    """Return whether a word's commonest sense is a person."""
    return word.lower() in _people()


def table(name: str) -> list[str]:
    """Return the lines of one of the tables beside this file; an empty list where it has not been built."""
    try:
        return files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


@cache
def _lines() -> list[list[str]]:
    return [line.split("\t") for line in table("words.txt")]


@cache
def _ranks() -> dict[str, int]:
    return {parts[0]: place for place, parts in enumerate(_lines())}


@cache
def _people() -> frozenset[str]:
    return frozenset(parts[0] for parts in _lines() if len(parts) > 1)
