"""Articles whose claims were annotated by hand, field by field, for training the choosers of a number's slots.

They are the public set of whole claims (``../shared/data/rows/claims/dev.jsonl``), articles of our own writing
(``OWN`` in ``annotations``), and ``annotations/pages.jsonl``, which keeps only labels and, of the public texts, the few
characters before each number. ``benchmarks.claims`` describes the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.claims import Article, Claim, alike, article_of, lines_of, meet
from benchmarks.texts import SHARED
from extract.read.english.reading import read_parts
from extract.read.english.slots.antecedents import CLASSES, Antecedent, AntecedentTable
from extract.read.english.slots.choose import Scored, antecedents_of, candidates
from extract.read.english.slots.days import DayCandidate
from extract.read.english.slots.features import View
from extract.read.english.slots.scene import Phrase
from extract.types import Attribution

HERE = Path(__file__).parent / "annotations"
OWN = "own outlets orders fronts politics business local world short statements fronts2 kinds reports3 web".split()
FILES = (
    SHARED / "rows" / "claims" / "dev.jsonl",
    *(HERE / f"{name}.jsonl" for name in (*OWN, "pages")),
)


RIGHT = 2  # what a right candidate is worth


@dataclass(slots=True)
class Example:
    """One annotated number: its claim, and the candidates of every slot with what each is worth (0, 1 or 2).

    Where the right subject is a pronoun, those of its ``antecedent`` too.
    """

    article: str
    claim: Claim
    view: View
    scored: dict[str, Scored]
    worth: dict[str, list[int]] = field(default_factory=dict)


def articles() -> Iterator[Article]:
    """Every annotated article whose text is at hand."""
    for path in FILES:
        for where, raw in lines_of(path) if path.exists() else ():
            try:
                yield article_of(where, raw)
            except FileNotFoundError:
                continue


def wanted(claim: Claim, slot: str) -> list[str]:
    """The right answers for a slot that holds words; of an antecedent the subject's that are no pronouns."""
    if slot == "antecedent":
        return [name for name in claim["subject"] if name.lower() not in CLASSES]
    return list(claim["source" if slot == "speaker" else slot])


def is_optional(claim: Claim, slot: str) -> bool:
    """May a slot stay empty although the text gives an answer?"""
    return ("source" if slot == "speaker" else slot) in claim.get("optional", ())


def days_wanted(claim: Claim) -> list[tuple[str, str] | None]:
    """The right first and last days; None where no day is right."""
    told = [claim.get("as_of"), *(claim.get("as_of_alternatives") or [])]
    return [(d[0], d[1]) if d and d[0] else None for d in told]


def worth(claim: Claim, slot: str, candidate: object, text: str) -> int:
    """What taking a candidate is worth: 2 right, 1 fair (an empty answer where one is optional), 0 wrong."""
    if isinstance(candidate, DayCandidate):
        start, end = candidate.days
        return 2 if ((str(start), str(end)) if start else None) in days_wanted(claim) else 0
    answers = wanted(claim, slot)
    if candidate is None:
        return 2 if not answers else 1 if is_optional(claim, slot) else 0
    if isinstance(candidate, Attribution):
        names = [name for name in (candidate.source_text, candidate.source_name) if name]
    elif isinstance(candidate, Phrase | Antecedent):
        names = [text[candidate.start : candidate.end]]
    else:
        raise TypeError(f"not a candidate: {candidate!r}")
    return 2 if any(alike(name, answer) for name in names for answer in answers) else 0


def read_article(article: Article) -> list[Example]:
    """The numbers of an article that meet an annotated claim, with their candidates."""
    parts = read_parts(article.text, article.published)
    views, scored, _ = candidates(
        parts.doc, parts.numbers, parts.dates, parts.mentions, parts.attributions, parts.published
    )
    if not views:
        return []
    table = AntecedentTable(views[0].scene)
    examples = []
    for i, k in sorted(meet(article.claims, [view.number for view in views]), key=lambda pair: pair[1]):
        claim = article.claims[i]
        if claim.get("doubt"):
            continue
        example = Example(article.name, claim, views[k], {slot: items[k] for slot, items in scored.items()})
        for slot, item in example.scored.items():
            example.worth[slot] = [worth(claim, slot, c, article.text) for c in item.candidates]
        if pronoun := _pronoun(example):
            example.scored["antecedent"] = found = antecedents_of(table, views[k], pronoun)
            example.worth["antecedent"] = [worth(claim, "antecedent", c, article.text) for c in found.candidates]
        examples.append(example)
    return examples


def _pronoun(example: Example) -> Phrase | None:
    """The pronoun that is a right subject, the nearest to the number."""
    at = example.view.number
    found = [
        c
        for c, right in zip(example.scored["subject"].candidates, example.worth["subject"], strict=True)
        if isinstance(c, Phrase) and c.is_pronoun and right == RIGHT
    ]
    return min(found, key=lambda c: abs(c.start - at.start), default=None)
