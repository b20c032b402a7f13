"""Articles whose claims were annotated by hand, field by field, for training and for measuring the slots of a number.

Two sources: files in the claims format with their texts (``../shared/data/rows/claims/dev.jsonl``, and
``annotations/own.jsonl`` and ``outlets.jsonl``, articles
of our own writing), and ``annotations/pages.jsonl``, which keeps only labels and,
of the pages' texts, the few characters before each number: the texts are read from the public page sets that lie in
``../shared/data/pages``.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from extract import extract_article
from extract.read.attributions import find_attributions
from extract.read.dates import find_dates
from extract.read.document import Document
from extract.read.mentions import find_mentions
from extract.read.quantities import read_numbers
from extract.read.slots.choose import Scored, scored_by_slot, views_of
from extract.read.slots.days import DayCandidate
from extract.read.slots.features import View
from extract.read.slots.scene import Phrase, Scene
from extract.types import Attribution

HERE = Path(__file__).parent / "annotations"
SHARED = Path(__file__).parents[2] / "shared" / "data"
ANCHOR = 24  # characters before a number that find it again
STOPS = frozenset(
    "a an the of in on at to for by with and or its his her their our this that these those some about over".split()
)
WORD = re.compile(r"[\w$€£%'-]+")
FETCHED = datetime(2024, 1, 1, tzinfo=UTC)
Claim = dict[str, Any]


@dataclass(slots=True)
class Example:
    """One annotated number: its claim, and the candidates of every slot with what each is worth (0, 1 or 2)."""

    article: str
    claim: Claim
    view: View
    scored: dict[str, Scored]
    worth: dict[str, list[int]] = field(default_factory=dict)


def articles() -> Iterator[dict[str, Any]]:
    """Every annotated article whose text is at hand: id, published, text, claims with ``start`` and ``end``."""
    for path in (SHARED / "rows" / "claims" / "dev.jsonl", HERE / "own.jsonl", HERE / "outlets.jsonl"):
        if path.exists():
            yield from map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    path = HERE / "pages.jsonl"
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n") if path.exists() else ():
        article = json.loads(line)
        text = page_text(article["id"])
        if text is not None:
            yield {**article, "text": text, "claims": list(_located(text, article["claims"]))}


def page_text(page: str) -> str | None:
    """The gold text of a page ``pages/SET/ID``, or what is stripped from it where its set has none."""
    _, part, name = page.split("/", 2)
    gold = _gold(part).get(name)
    if gold is None:
        return None
    if gold.get("text") and part != "readability":
        return str(gold["text"])
    body = gzip.decompress((SHARED / "pages" / part / "pages" / f"{name}.html.gz").read_bytes())
    return extract_article(body, url=gold.get("url") or "https://example.org/", fetched_at=FETCHED).text


@cache
def _gold(part: str) -> dict[str, dict[str, Any]]:
    path = SHARED / "pages" / part / "gold.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n")) if path.exists() else ()
    return {row["id"]: row for row in rows}


def _located(text: str, claims: list[Claim]) -> Iterator[Claim]:
    """Find each number again by the characters before it; one that is not found is left out."""
    at = 0
    for claim in claims:
        found = text.find(claim["before"] + claim["surface"], max(0, at - ANCHOR))
        if found >= 0:
            at = found + len(claim["before"])
            yield {**claim, "start": at, "end": at + len(claim["surface"])}


def words(text: str) -> set[str]:
    """The content words of a phrase."""
    return {w for w in WORD.findall(text.casefold().replace("’s", "").replace("'s", "")) if w not in STOPS}


def same(a: str, b: str) -> bool:
    """Do two phrases name the same: the words of one are all in the other, or half of all words in both?"""
    x, y = words(a), words(b)
    return bool(x and y) and (x <= y or y <= x or 2 * len(x & y) >= len(x | y))


def wanted(claim: Claim, slot: str) -> list[str]:
    """The right answers for a slot that holds words."""
    value = claim.get("source" if slot == "speaker" else slot) or []
    return [value] if isinstance(value, str) else list(value)


def is_optional(claim: Claim, slot: str) -> bool:
    """May a slot stay empty although the text gives an answer?"""
    optional = claim.get("optional") or []
    return slot in optional or (slot == "speaker" and "source" in optional)


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
    elif isinstance(candidate, Phrase):
        names = [text[candidate.start : candidate.end]]
    else:
        raise TypeError(f"not a candidate: {candidate!r}")
    return 2 if any(same(name, answer) for name in names for answer in answers) else 0


def published_day(article: dict[str, Any]) -> date | None:
    """The day of publication, where it is known."""
    return date.fromisoformat(article["published"][:10]) if article.get("published") else None


def read_article(article: dict[str, Any]) -> list[Example]:
    """The numbers of an article that meet an annotated claim, with their candidates."""
    text, published = article["text"], published_day(article)
    at = datetime(published.year, published.month, published.day, 12, tzinfo=UTC) if published else None
    doc = Document(text)
    dates, mentions = find_dates(doc, at), find_mentions(doc)
    numbers = read_numbers(doc, dates)
    doc.want(index for index, _, _ in numbers)
    attributions = find_attributions(doc, mentions)
    doc.parse(index for index, _, _ in numbers)
    scene = Scene(doc, mentions, dates, attributions, numbers)
    views = views_of(scene, numbers)
    scored = scored_by_slot(scene, views, published)
    examples = []
    for claim, k in _matched(article["claims"], views):
        if claim.get("doubt"):
            continue
        example = Example(article["id"], claim, views[k], {slot: items[k] for slot, items in scored.items()})
        for slot, item in example.scored.items():
            example.worth[slot] = [worth(claim, slot, c, text) for c in item.candidates]
        examples.append(example)
    return examples


def _matched(claims: list[Claim], views: list[View]) -> list[tuple[Claim, int]]:
    """Pair claims with numbers that share characters, one to one, the largest overlap first."""
    pairs = sorted(
        (
            (min(c["end"], v.number.end) - max(c["start"], v.number.start), i, k)
            for i, c in enumerate(claims)
            for k, v in enumerate(views)
            if c["start"] < v.number.end and v.number.start < c["end"]
        ),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    found = []
    for _, i, k in pairs:
        if i not in taken and k not in used:
            taken.add(i)
            used.add(k)
            found.append((claims[i], k))
    return sorted(found, key=lambda pair: pair[1])
