"""What a plain sentence of speech is made of: source, cue and content as ranges of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.read.english.attributions.drafts import Span
from extract.read.english.attributions.lexicon import verbs
from extract.read.english.attributions.words import QUOTED, Word

STOPS = frozenset({":", ";", "("})


@dataclass(frozen=True, slots=True)
class Shape:
    """Source, cue and content of a plain sentence, as word ranges."""

    source: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    lemma: str


def quotations(words: Sequence[Word], start: int) -> tuple[Span, ...]:
    """The quotations from a word on, each a range."""
    return tuple((i, i + 1) for i in range(start, len(words)) if words[i].text == QUOTED)


def says_more(words: Sequence[Word]) -> bool:
    """Do these words hold a participle that may say something of its own ("citing the report")?"""
    return any(w.lower.endswith("ing") and w.lower in verbs() for w in words) or any(w.text in STOPS for w in words)
