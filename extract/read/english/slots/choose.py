"""Fill the slots of a number: its thing, subject, place, reference time and speaker, with one mechanism for all.

Each slot has a list of candidates, the first of which is *none*, with named features. A small random forest, for some
slots combined with small neural networks, scores each; the best one is chosen, and its lead over the next one gives
the confidence. The weights are text files (``weights/``), written by ``python -m benchmarks.train_slots`` from
annotated articles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from extract.forest import Forest, read_forest
from extract.network import Networks, read_networks
from extract.read.english.attributions import attributed
from extract.read.english.document import Document
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.slots import antecedents, days, features, speakers
from extract.read.english.slots.antecedents import Antecedent, AntecedentTable, antecedent_rows
from extract.read.english.slots.candidates import PhraseTable, phrase_candidates
from extract.read.english.slots.clauses import possible
from extract.read.english.slots.days import STATED, DayCandidate, Days, day_candidates, day_rows
from extract.read.english.slots.features import View
from extract.read.english.slots.meaning import MEANING, THING_MEANING, meaning_rows, thing_rows
from extract.read.english.slots.scene import Number, Phrase, Scene, Span
from extract.read.english.slots.speakers import speaker_candidates, speaker_rows
from extract.types import Attribution, DateMention, Mention

Numbers = Sequence[tuple[int, Tokens, list[Draft]]]
LONGEST = 5000  # characters; a longer sentence is a table or a list, and expensive to parse
# Maximum of numbers per text whose slots are filled: a page with more is a table, which has no sentences to read.
MOST_NUMBERS = 1500
FEW_NUMBERS = 300  # minimum of that limit, for short texts
SPARSE = 100  # characters of text per number of that limit, for longer texts
# Minimum lead of an antecedent over the next candidate; of those above it, three in four are right (docs/slots.md).
LEAD = 1.0
YIELD = 1.0  # advantage of the thing when it competes with the subject for one candidate (docs/slots.md)
MANY = 40  # a number shares the candidate budget with at least 1/MANY of the text's numbers
Table = NDArray[np.float32]
Candidate = Phrase | DayCandidate | Attribution | Antecedent | None
# Features of the subject model that come from the scores of the thing model.
STACKED = ("thing_score", "thing_rank", "thing_is_none", *THING_MEANING)
FEATURES = {
    "thing": features.NAMES + MEANING,
    "subject": features.NAMES + MEANING + STACKED,
    "place": features.NAMES,
    "as_of": days.NAMES,
    "speaker": speakers.NAMES,
    "antecedent": antecedents.NAMES,
}
SLOTS = ("thing", "subject", "place", "as_of", "speaker")
# Slots whose forest is combined with networks, and the weight of the networks' scores (docs/slots.md has the gain).
WITH_NETWORKS = frozenset({"thing", "subject"})
NETWORK_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Slot:
    """The value chosen for one slot.

    ``span`` holds character offsets, ``via`` names the syntactic relation to the number, ``confidence`` is 0 to 1.
    """

    span: Span | None
    via: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The values of all slots of one number."""

    thing: Slot
    subject: Slot
    named: Span | None
    place: Slot
    days: Days
    as_of: Slot
    is_stated: bool
    attribution: Attribution | None
    speaker: Slot


_NOTHING = Slot(None, "skipped", 0.0)
SKIPPED = Choice(_NOTHING, _NOTHING, None, _NOTHING, (None, None), _NOTHING, False, None, _NOTHING)


@dataclass(slots=True)
class Scored:
    """The candidates of one slot of one number, with their feature rows and scores."""

    slot: str
    names: tuple[str, ...]
    candidates: Sequence[Candidate]
    rows: Table
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Weights:
    """The model of a slot: its forest and networks, and the line that maps a lead to a confidence.

    ``handicap`` is subtracted from the score of *none*, for slots where *none* would win too often.
    """

    forest: Forest
    networks: Networks | None
    slope: float
    intercept: float
    handicap: float

    def scores(self, rows: Table) -> NDArray[np.float32]:
        """Return the score of each candidate: the forest's log-odds, averaged with those of the networks if any."""
        scores = self.forest.log_odds(rows)
        return scores if self.networks is None else blended(scores, self.networks.scores(rows))

    def confidence(self, scores: NDArray[np.float32], best: int) -> float:
        """Return the probability (0 to 1) that a choice is right, from its lead over the next best candidate."""
        others = scores.copy()
        others[best] = -np.inf
        lead = float(scores[best] - others.max()) if len(scores) > 1 else 1.0
        return round(1 / (1 + math.exp(-(self.slope * min(lead, 10.0) + self.intercept))), 3)


@cache
def weights(slot: str) -> Weights:
    """Return a slot's model; the first three lines of its file hold the calibration and the handicap."""
    text = files(__package__).joinpath("weights", f"{slot}.txt").read_text(encoding="utf-8")
    *head, trees = text.split("\n", 3)
    slope, intercept, handicap = (float(line.split()[1]) for line in head)
    networks = None
    if slot in WITH_NETWORKS:
        text = files(__package__).joinpath("weights", f"{slot}.networks.txt").read_text(encoding="utf-8")
        networks = read_networks(text, FEATURES[slot])
    return Weights(read_forest(trees, FEATURES[slot]), networks, slope, intercept, handicap)


def blended(trees: NDArray[np.floating], networks: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the weighted mean of the forest's and the networks' scores, both in log-odds."""
    return ((1 - NETWORK_SHARE) * trees + NETWORK_SHARE * networks).astype(np.float32)


def views_of(scene: Scene, numbers: Numbers) -> list[View]:
    """Return a view of every number of a text, in the order of the text."""
    views = []
    part = sum(len(drafts) for _, _, drafts in numbers) // MANY
    for sentence, tokens, drafts in numbers:
        crowd = max(len(drafts), part)
        tree = scene.tree(sentence)
        for order, draft in enumerate(drafts):
            start, end = tokens.span(draft.first, draft.last)
            head = tree.head_of(start, end)
            if head is None:
                head = max(0, min(len(tree) - 1, tree.first_at(start)))
            views.append(
                View(scene, Number(draft, tokens, sentence, start, end, head, tree, order, len(drafts), crowd))
            )
    return views


def scored_by_slot(scene: Scene, views: Sequence[View], published: date | None) -> dict[str, list[Scored]]:
    """Return the candidates of every number and slot with their features, not yet scored.

    The keys are ``SLOTS``; each list is parallel to ``views``.
    """
    table = PhraseTable(scene)
    found: dict[str, list[Scored]] = {slot: [] for slot in SLOTS}
    for view in views:
        phrases = phrase_candidates(scene, view)
        rows = table.rows(view, phrases)
        found["place"].append(Scored("place", FEATURES["place"], phrases, rows))
        rows = np.concatenate([rows, meaning_rows(view, phrases)], axis=1)
        for slot in ("thing", "subject"):
            found[slot].append(Scored(slot, FEATURES[slot], phrases, rows))
        told = day_candidates(view, published)
        found["as_of"].append(Scored("as_of", days.NAMES, told, day_rows(view, told, published)))
        said = speaker_candidates(view)
        found["speaker"].append(Scored("speaker", speakers.NAMES, said, speaker_rows(view, said)))
    return found


def stacked(found: Sequence[Phrase | None], scores: NDArray[np.float32]) -> Table:
    """Return the ``STACKED`` features of the subject model, one row per candidate, from the thing model's scores."""
    best = int(scores.argmax())
    told = np.empty((len(scores), len(STACKED)), dtype=np.float32)
    told[:, 0] = scores - scores[best]
    told[np.argsort(-scores, kind="stable"), 1] = np.arange(len(scores))
    told[:, 2] = best == 0
    told[:, 3:] = thing_rows(found, found[best])
    return told


def phrases_of(item: Scored) -> list[Phrase | None]:
    """Return the candidates of a slot, with None for those that are not phrases."""
    return [c if isinstance(c, Phrase) else None for c in item.candidates]


def score(found: dict[str, list[Scored]]) -> None:
    """Score all candidates in place, one slot after the other; the subject's features include the thing's scores."""
    for slot in SLOTS:
        items = found[slot]
        if slot == "subject":
            for item, thing in zip(items, found["thing"], strict=True):
                item.rows = np.concatenate([item.rows, stacked(phrases_of(thing), thing.scores)], axis=1)
        if not items:
            continue
        scores = weights(slot).scores(np.concatenate([item.rows for item in items]))
        at = 0
        for item in items:
            item.scores = scores[at : at + len(item.rows)]
            item.scores[0] -= weights(slot).handicap
            at += len(item.rows)


def choose(
    doc: Document,
    numbers: Numbers,
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    published: date | None,
) -> tuple[list[Choice], dict[str, list[Scored]]]:
    """Fill the slots of every number, in the order of ``numbers``; return the scored candidates as well.

    Sentences before a number's own are used only if another reader has had them parsed. Numbers in sentences longer
    than ``LONGEST`` and those beyond the limit of a text get ``SKIPPED``, in which ``via`` is ``skipped``.
    """
    views, found, left = candidates(doc, numbers, dates, mentions, attributions, published)
    score(found)
    found["antecedent"] = _antecedents(views, found)
    chosen = iter([_choice(view, {slot: items[k] for slot, items in found.items()}) for k, view in enumerate(views)])
    choices = [SKIPPED if index in left else next(chosen) for index, _, drafts in numbers for _ in drafts]
    return choices, found


def candidates(
    doc: Document,
    numbers: Numbers,
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    published: date | None,
) -> tuple[list[View], dict[str, list[Scored]], set[int]]:
    """Return the views of all numbers to process, their unscored candidates, and the indices of skipped sentences."""
    read, left = readable(doc, numbers)
    doc.parse(index for index, _, _ in read)
    scene = Scene(doc, mentions, dates, attributions, read)
    views = views_of(scene, read)
    found = attributed(doc, possible(doc, views), mentions)
    for a in found:
        if a.source_kind is not None:
            scene.possible.setdefault(doc.sentence_at(a.cue_start), {})[a.attribution_id] = a
    return views, scored_by_slot(scene, views, published), left


def readable(doc: Document, numbers: Numbers) -> tuple[Numbers, set[int]]:
    """Return the numbers whose slots can be filled, and the indices of the sentences that are skipped."""
    read: list[tuple[int, Tokens, list[Draft]]] = []
    left: set[int] = set()
    most = min(MOST_NUMBERS, max(FEW_NUMBERS, len(doc.text) // SPARSE))
    count = 0
    for item in numbers:
        start, end = doc.sentences[item[0]]
        count += len(item[2])
        if end - start > LONGEST or count > most:
            left.add(item[0])
        else:
            read.append(item)
    return read, left


def _choice(view: View, scored: dict[str, Scored]) -> Choice:
    thing_at, subject_at = apart(scored["thing"].scores, scored["subject"].scores)
    thing = _phrase_slot(view, scored["thing"], thing_at)
    subject = _phrase_slot(view, scored["subject"], subject_at)
    place = _phrase_slot(view, scored["place"], int(scored["place"].scores.argmax()))
    day_at = int(scored["as_of"].scores.argmax())
    day = scored["as_of"].candidates[day_at]
    assert isinstance(day, DayCandidate)
    said_at = int(scored["speaker"].scores.argmax())
    said = scored["speaker"].candidates[said_at]
    assert said is None or isinstance(said, Attribution)
    return Choice(
        thing,
        subject,
        _named(scored["antecedent"]),
        place,
        day.days,
        Slot(None, day.road, weights("as_of").confidence(scored["as_of"].scores, day_at)),
        day.road in STATED,
        said,
        Slot(None, _road_of_speaker(view, said), weights("speaker").confidence(scored["speaker"].scores, said_at)),
    )


def apart(thing: NDArray[np.floating], subject: NDArray[np.floating]) -> tuple[int, int]:
    """Return the indices of the best thing and subject by score, which differ unless both are *none* (0).

    If one candidate is best for both, it goes to the slot that loses more without it; the thing has an advantage of
    ``YIELD``.
    """
    best = int(thing.argmax())
    if best == 0 or best != int(subject.argmax()):
        return best, int(subject.argmax())
    next_thing, next_subject = (int(np.argsort(-scores, kind="stable")[1]) for scores in (thing, subject))
    if thing[best] - thing[next_thing] + YIELD < subject[best] - subject[next_subject]:
        return next_thing, best
    return best, next_subject


def antecedents_of(table: AntecedentTable, view: View, pronoun: Phrase) -> Scored:
    """Return the candidate antecedents of a pronoun with their features, not yet scored."""
    found = table.candidates(pronoun)
    return Scored("antecedent", antecedents.NAMES, found, antecedent_rows(view, pronoun, found))


def _antecedents(views: Sequence[View], found: dict[str, list[Scored]]) -> list[Scored]:
    """Return the scored antecedents of each chosen subject; without candidates where it is not a pronoun."""
    if not views:
        return []
    table = AntecedentTable(views[0].scene)
    return [
        _antecedent(table, view, subject.candidates[apart(thing.scores, subject.scores)[1]])
        for view, thing, subject in zip(views, found["thing"], found["subject"], strict=True)
    ]


def _antecedent(table: AntecedentTable, view: View, subject: Candidate) -> Scored:
    """Return the scored antecedents of a subject; without candidates if it is not a pronoun."""
    if not isinstance(subject, Phrase) or not subject.is_pronoun:
        return Scored("antecedent", antecedents.NAMES, (), np.zeros((0, len(antecedents.NAMES)), np.float32))
    found = antecedents_of(table, view, subject)
    found.scores = weights("antecedent").scores(found.rows)
    found.scores[0] -= weights("antecedent").handicap
    return found


def _named(antecedent: Scored) -> Span | None:
    """Return the offsets of the antecedent of a subject pronoun; None if its lead over the next is below ``LEAD``."""
    order = np.argsort(-antecedent.scores, kind="stable")
    best = antecedent.candidates[int(order[0])] if len(order) > 1 else None
    if not isinstance(best, Antecedent) or antecedent.scores[order[0]] - antecedent.scores[order[1]] < LEAD:
        return None
    return best.start, best.end


def _phrase_slot(view: View, scored: Scored, at: int) -> Slot:
    """Return the slot for the candidate at index ``at``."""
    phrase = scored.candidates[at]
    confidence = weights(scored.slot).confidence(scored.scores, at)
    if not isinstance(phrase, Phrase):
        return Slot(None, "none", confidence)
    return Slot((phrase.start, phrase.end), _road_of_phrase(phrase, scored.rows[at].tolist()), confidence)


ROADS = (
    ("counted", "counted"), ("host", "host"),
    ("host_poss", "possessor"), ("counted_poss", "possessor"), ("poss", "possessor"),
    ("control", "subject"), ("control2", "subject"), ("control3", "subject"), ("host_of", "of"), ("counted_of", "of"),
    ("host_part", "modifier"), ("counted_part", "modifier"), ("antecedent", "relative"), ("verb_object", "object"),
    ("verb_agent", "agent"), ("host_in", "preposition"), ("verb_prep", "preposition"), ("inside", "modifier"),
)  # fmt: skip


# Feature columns that determine ``via``: the one for phrases of other sentences, and those of ``ROADS``.
EARLIER = features.NAMES.index("gap")
COLUMNS = tuple((features.NAMES.index(name), road) for name, road in ROADS)


def _road_of_phrase(phrase: Phrase, values: Sequence[float]) -> str:
    """Return how a phrase is related to the number: the first relation in ``ROADS`` whose feature is set.

    Without one it is ``earlier``, ``pronoun`` or ``sentence``.
    """
    if values[EARLIER]:
        return "earlier"
    return next((road for column, road in COLUMNS if values[column]), "pronoun" if phrase.is_pronoun else "sentence")


def _road_of_speaker(view: View, a: Attribution | None) -> str:
    """Return whether an attribution's content contains the number (and is carried over), or is only near."""
    if a is None:
        return "none"
    if not speakers.holds(a, view.number.start, view.number.end):
        return "near"
    return "carried" if a.is_carried else "content"
