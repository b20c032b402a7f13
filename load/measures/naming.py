"""What a measure is called: by the words of the claim that founded it, as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.read.english.vocabulary.words import lemma
from load.measures.words import STOP, WORD

DETERMINER = re.compile(
    r"^(?:the|a|an|its|his|her|their|our|some|more|fewer|additional|total|these|those|other) ", re.IGNORECASE
)
# Kinds as they are added to a name; a level needs no word.
KIND_WORDS = {
    "change": "change", "lead": "lead", "threshold": "needed", "remaining": "still missing", "plan": "asked for",
    "limit": "limit", "base": "in all", "rank": "rank", "error": "margin of error",
}  # fmt: skip
UNIT_WORDS = {"ratio": "share", "point": "points", "time": "duration", "age": ""}


def name_of(
    thing: str | None, unit: str, kind: str, terms: Mapping[str, float], owner: str | None, place: str | None
) -> str:
    """Return "delegates, Ada Quill", "unemployment (share), Spain" or "lead (points), Ada Quill"."""
    words = _thing(thing) or ("age" if unit == "age" else _best(terms))
    notes = [note for note in (UNIT_WORDS.get(unit, unit if unit != "count" else ""), KIND_WORDS.get(kind, "")) if note]
    named = [name for name in (owner, place) if name and name.lower() not in words.lower()]
    head = words + (f" ({', '.join(notes)})" if notes else "")
    return ", ".join([head[:1].upper() + head[1:], *dict.fromkeys(named)])


def _thing(thing: str | None) -> str:
    """Return a thing without what only counts it; empty where that leaves nothing that tells."""
    words = re.sub(r"\s+", " ", thing or "").strip()
    while DETERMINER.match(words):
        words = DETERMINER.sub("", words)
    telling = [word for word in WORD.findall(words) if lemma(word) not in STOP]
    return words if telling and len(words) < 60 else ""


def _best(terms: Mapping[str, float]) -> str:
    best = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:2]
    return " ".join(word for word, _ in best) or "number"
