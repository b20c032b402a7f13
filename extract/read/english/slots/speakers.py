"""Candidate attributions of a number, and the features of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extract.read.english.attributions.sources import PRONOUNS
from extract.read.english.slots.features import NUMBER, SPEAKING, View
from extract.read.english.slots.scene import Span
from extract.read.english.vocabulary.vectors import vectors_of
from extract.read.english.vocabulary.words import rank
from extract.types import Attribution

BEFORE, AFTER = 3, 1  # sentences before and after the number's in which the cue may be
MOST = 40  # maximum number of candidates of one number
BUDGET = 240  # candidates that all numbers of a sentence share; each gets at least ``FEW``
FEW = 4
KINDS = (None, "person", "organisation", "official", "document", "publisher", "anonymous", "collective")
POLARITIES = ("affirmed", "denied", "withheld")
LEMMAS = (
    "say", "tell", "according to", "report", "announce", "show", "find", "estimate", "add", "warn", "expect", "believe",
    "think", "want", "ask", "see", "know", "plan",
)  # fmt: skip
FAR = 3000
COMPONENTS = 6  # of the vectors of the cue and of the head noun of the source
AFTER_HEAD = re.compile(r"[,(]| (?:of|in|on|at|from|for|with|who|that|which|by|to|and) ")
SPEAKER = tuple(
    "none holds innermost holders holds_depth same gap paragraphs kind anonymous pronoun nobody polarity hedge carried "
    "confidence cue_speaks lemma that_clause before distance source_distance content_length content_share "
    "content_sentences "
    "in_quote content_quoted cue_quoted source_first cue_last source_after number_in_source digits_in_source "
    "content_distance "
    "rank cue_length source_length nested seen subject_speaks others_here cue_past passive bracket "
    "possible cue_rank".split()
) + tuple(f"{of}_means_{k}" for of in ("cue", "source") for k in range(COMPONENTS)) + tuple(
    "sentence any_here any_holds any_earlier".split()
)  # fmt: skip
SHARED = 4
NAMES = NUMBER + SPEAKER
NOBODY = [1.0, *[0.0] * (len(SPEAKER) - 1 - SHARED)]


def speaker_candidates(view: View) -> list[Attribution | None]:
    """Return None, the attributions whose content contains the number (possible ones too) or whose cue is nearby."""
    scene, number = view.scene, view.number
    near = scene.cued_in(number.sentence - BEFORE, number.sentence + AFTER + 1)
    held = [a for a in scene.holding(number.sentence) if holds(a, number.start, number.end)]
    around = [a for a in scene.possible.get(number.sentence, {}).values() if holds(a, number.start, number.end)]
    found = {a.attribution_id: a for a in (*held, *near, *around)}
    nearest = sorted(found.values(), key=lambda a: (abs(a.cue_start - number.start), a.attribution_id))
    nearest = nearest[: number.share(BUDGET, MOST, FEW)]
    return [None, *sorted(nearest, key=lambda a: (a.cue_start, a.attribution_id))]


def holds(a: Attribution, start: int, end: int) -> bool:
    """Return whether one content span of an attribution contains the given span."""
    return any(s <= start and end <= e for s, e in a.content_spans)


def _length(a: Attribution) -> int:
    """Return the number of characters of an attribution's content."""
    return sum(e - s for s, e in a.content_spans)


def speaker_rows(view: View, found: Sequence[Attribution | None]) -> NDArray[np.float32]:
    """Return the feature matrix: one row per candidate, one column per name in ``NAMES``."""
    scene, number = view.scene, view.number
    real = [a for a in found if a is not None]
    possible = scene.possible.get(number.sentence, {})
    holders = sorted((a for a in real if holds(a, number.start, number.end)), key=_length)
    order = {a.attribution_id: k for k, a in enumerate(holders)}
    distances = sorted(abs(a.cue_start - number.start) for a in real)
    here = sum(1 for a in real if scene.doc.sentence_at(a.cue_start) == number.sentence)
    earlier = sum(1 for a in real if a.cue_end <= view.tree.start)
    shared: list[float] = [number.sentence, here, len(holders), earlier]
    rows = [
        [*NOBODY, *shared]
        if a is None
        else [
            *_of_depth(order.get(a.attribution_id), len(holders)),
            *_of_place(view, a),
            *_of_source(a),
            *_of_cue(view, a),
            *_of_content(view, a),
            *_of_span(view, a),
            bisect_left(distances, abs(a.cue_start - number.start)),
            *_of_form(view, a, here),
            a.attribution_id in possible,
            *_of_meaning(a),
            *shared,
        ]
        for a in found
    ]
    table = np.empty((len(found), len(NAMES)), dtype=np.float32)
    table[:, : len(NUMBER)] = view.own
    table[:, len(NUMBER) :] = np.array(rows, dtype=np.float32)
    return table


def _of_depth(depth: int | None, holders: int) -> list[float]:
    """Return whether an attribution contains the number, and how many that contain it are nested inside this one."""
    return [0, depth is not None, depth == 0, holders, 9 if depth is None else depth]


def _source(a: Attribution) -> Span:
    """Return the offsets of an attribution's source; (-1, -1) without one."""
    return (a.source_start, a.source_end) if a.source_start is not None and a.source_end is not None else (-1, -1)


def _of_place(view: View, a: Attribution) -> list[float]:
    """Return whether the cue is in the number's sentence, and its distance in sentences and paragraphs."""
    scene, own = view.scene, view.number.sentence
    sentence = scene.doc.sentence_at(a.cue_start)
    return [sentence == own, own - sentence, abs(scene.paragraphs[own] - scene.paragraphs[sentence])]


def _of_source(a: Attribution) -> list[float]:
    """Return the features of an attribution's source, polarity, hedge and confidence."""
    text = (a.source_text or "").lower()
    return [
        KINDS.index(a.source_kind),
        bool(a.is_anonymous),
        text in PRONOUNS,
        not text,
        POLARITIES.index(a.polarity),
        a.hedge is not None,
        a.is_carried,
        a.confidence,
    ]


def _of_cue(view: View, a: Attribution) -> list[float]:
    """Return the features of the cue: its lemma, and its distance from the number in characters."""
    start, end = view.number.start, view.number.end
    content = a.content_spans[0][0] if a.content_spans else a.cue_end
    source = _source(a)
    return [
        a.cue_lemma in SPEAKING or f"{a.cue_lemma}s" in SPEAKING,
        LEMMAS.index(a.cue_lemma) + 1 if a.cue_lemma in LEMMAS else 0,
        view.scene.doc.text.startswith("that ", content),
        a.cue_end <= start,
        min(FAR, max(0, start - a.cue_end if a.cue_end <= start else a.cue_start - end)),
        min(FAR, abs(source[0] - start)) if source[0] >= 0 else -1,
    ]


def _of_content(view: View, a: Attribution) -> list[float]:
    """Return the features of the content: its length, and its quotation marks."""
    doc = view.scene.doc
    start = a.content_spans[0][0] if a.content_spans else a.cue_end
    end = a.content_spans[-1][1] if a.content_spans else a.cue_end
    return [
        _length(a),
        _length(a) / max(1, view.tree.end - view.tree.start),
        doc.sentence_at(max(start, end - 1)) - doc.sentence_at(start),
        doc.quotes.at(view.number.start) is not None,
        any(doc.quotes.at((x + y) // 2) is not None for x, y in a.content_spans),
        doc.quotes.at(a.cue_start) is not None,
    ]


def _of_span(view: View, a: Attribution) -> list[float]:
    """Return the features of the positions of source, cue, content and number."""
    s, e = view.number.start, view.number.end
    source = _source(a)
    start = a.content_spans[0][0] if a.content_spans else a.cue_end
    end = a.content_spans[-1][1] if a.content_spans else a.cue_end
    return [
        0 <= source[0] - view.tree.start < 3,
        view.tree.end - a.cue_end < 4,
        source[0] > a.cue_start,
        source[0] <= s < source[1],
        any(c.isdigit() for c in a.source_text or ""),
        max(-FAR, min(FAR, s - end if end <= s else start - s if start >= e else 0)),
    ]


def _of_form(view: View, a: Attribution, here: int) -> list[float]:
    """Return the features of the form of cue and source."""
    words = (a.source_text or "").lower().split()
    source = _source(a)
    subject = view.controls[0] if view.controls else None
    in_sentence = view.scene.doc.sentence_at(a.cue_start) == view.number.sentence
    return [
        len(a.cue),
        len(a.source_text or ""),
        a.parent_attribution_id is not None,
        view.scene.counts.get(words[-1], 0) if words else 0,
        subject is not None and source[0] <= view.tree.starts[subject] < source[1],
        here - in_sentence,
        a.cue.endswith(("ed", "said")),
        a.cue.startswith(("was", "were", "is", "are")),
        view.scene.doc.text[max(0, a.cue_start - 1) : a.cue_start] == "(",
    ]


def _of_meaning(a: Attribution) -> list[float]:
    """Return how common the cue is, and the first components of the vectors of the cue and of the source's noun."""
    words = AFTER_HEAD.split(a.source_text or "", maxsplit=1)[0].lower().split()
    return _meaning(a.cue_lemma, words[-1] if words else "")


@lru_cache(maxsize=10_000)
def _meaning(cue: str, noun: str) -> list[float]:
    return [float(rank(cue)), *vectors_of([cue, noun])[:, :COMPONENTS].ravel().tolist()]
