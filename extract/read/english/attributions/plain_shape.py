"""The shape of a plain sentence of speech: source, cue and content as word ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.read.english.attributions.drafts import Span
from extract.read.english.attributions.lexicon import verbs
from extract.read.english.attributions.words import QUOTED, Word

STOPS = frozenset({":", ";", "("})


@dataclass(frozen=True, slots=True)
class Shape:
    """Source, cue and content of a plain sentence, as half-open ranges of word indices."""

    source: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    lemma: str


def quotations(words: Sequence[Word], start: int) -> tuple[Span, ...]:
    """Return the quotations from index ``start`` on, each as a word range."""
    return tuple((i, i + 1) for i in range(start, len(words)) if words[i].text == QUOTED)


def says_more(words: Sequence[Word]) -> bool:
    """Return whether these words contain a participle of a cue verb ("citing the report"), a colon or the like."""
    return any(w.lower.endswith("ing") and w.lower in verbs() for w in words) or any(w.text in STOPS for w in words)
