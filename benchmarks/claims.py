"""Score whole claims, slot by slot, against articles annotated by hand.

``python -m benchmarks.claims FILE.jsonl... [--errors SLOT] [--json]``. A line of a file is one article (or one
sentence) ``{"published": day or null, "text", "claims": [...]}``; where ``text`` is missing, ``id`` is
``pages/SET/ID`` or ``rows/SET/ID`` and the text, or its first ``annotated`` characters, is that of the public set
beside the checkout (``../shared/data``); such a claim may keep the characters ``before`` it for ``start`` and ``end``.

A claim has ``start``, ``end``, ``low``, ``high``, ``bound``, ``unit``, ``per``, ``direction``, ``role`` as
``docs/rows.md`` says; ``thing``, ``subject``, ``place``, ``source`` and ``aspect`` list every right answer (none:
the text gives none), ``as_of`` is the first and last day, or null. ``..._alternatives`` hold other fair answers,
``optional`` names the slots that may be left empty, ``doubt`` marks a number that need not be a row. What is null
may be left out.

A row meets the claim that it shares most characters with, one to one. A name is right when its words without
articles and prepositions are among an answer's or the other way about, or when half of both are the same. Names
have precision (right of what is given) and recall (right of what is stated), the other slots the share that is
right, all over the claims that are met. ``core`` is the share of these claims with value, bound, unit, thing,
subject, day and speaker right, ``whole`` the share with every slot right, ``texts`` the share of texts whose
claims are all found and whole, with no row beside them.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.matching import Score
from benchmarks.texts import SHARED, text_of
from extract import Rows, read_rows
from extract.read.english.slots.scene import Number
from extract.types import Quantity

ANCHOR = 24  # characters that are kept of the text before a claim
NAMES = ("thing", "subject", "place", "speaker")
PLAIN = ("value", "bound", "unit", "aspect", "direction", "role", "per", "day")
CORE = ("value", "bound", "unit", "thing", "subject", "day", "speaker")
_SMALL = frozenset("a an the of in on at to for by with and or its his her their this that these those some".split())
_FIELD = {"speaker": "source", "day": "as_of"}

Claim = Mapping[str, Any]


class ClaimsError(ValueError):
    """A line that is no annotated article; says which file and line, and why."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text with its claims; ``published`` is None where the day is unknown."""

    name: str
    text: str
    published: datetime | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A claim with the row that meets it: per slot what the row says, and whether it is right."""

    claim: Claim
    given: Mapping[str, Any]
    right: Mapping[str, bool]

    def all(self, slots: Sequence[str]) -> bool:
        """Is each of these slots right?"""
        return all(self.right[slot] for slot in slots)


@dataclass(slots=True)
class Report:
    """Counts over articles. ``wrong`` lists (article, slot, context, wanted, given)."""

    claims: int = 0
    rows: int = 0
    found: int = 0
    extra: int = 0
    texts: list[bool] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    names: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in NAMES})
    wrong: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)


def load(path: Path) -> list[Article]:
    """The annotated articles of a file.

    Raises ``ClaimsError`` for a line that does not fit its text, ``FileNotFoundError`` where its text is missing.
    """
    return [article_of(where, raw) for where, raw in lines_of(path)]


def lines_of(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each line of a file, with its name for messages."""
    for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        if line:
            yield f"{path.name}:{number}", json.loads(line)


def article_of(where: str, raw: Mapping[str, Any]) -> Article:
    """One line as an article; raises as ``load`` does."""
    text = raw["text"] if "text" in raw else text_of(raw["id"])[: raw.get("annotated")]
    day = raw.get("published")
    claims = list(_located(text, raw["claims"]))
    for claim in claims:
        if not 0 <= claim["start"] < claim["end"] <= len(text):
            raise ClaimsError(f"{where}: {claim['start']} to {claim['end']} is not in the text")
        surface = claim.get("surface", text[claim["start"] : claim["end"]])
        if text[claim["start"] : claim["end"]] != surface:
            raise ClaimsError(f"{where}: {surface!r} does not stand at {claim['start']}")
    return Article(
        name=raw.get("id") or where,
        text=text,
        published=datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC) if day else None,
        claims=tuple(claims),
    )


def _located(text: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Give each claim its characters; one that keeps only those before it is left out where they are not found."""
    at = 0
    for claim in claims:
        if "before" not in claim:
            yield claim
            continue
        found = text.find(claim["before"] + claim["surface"], max(0, at - ANCHOR))
        if found >= 0:
            at = found + len(claim["before"])
            yield {**claim, "start": at, "end": at + len(claim["surface"])}


def alike(a: str, b: str) -> bool:
    """Do two phrases name the same: one's words among the other's, or half of all their words shared?"""
    first, second = _words(a), _words(b)
    if not first or not second:
        return False
    return first <= second or second <= first or 2 * len(first & second) >= len(first | second)


def _words(phrase: str) -> set[str]:
    plain = re.sub(r"['’]s?(?!\w)", "", phrase.casefold())
    return {word for word in re.findall(r"[\w$€£%'’-]+", plain) if word not in _SMALL}


def meet(claims: Sequence[Claim], rows: Sequence[Quantity | Number]) -> list[tuple[int, int]]:
    """(claim index, row index) for each claim and row that share characters, the largest overlap first."""
    overlaps = sorted(
        (
            (min(claim["end"], row.end) - max(claim["start"], row.start), -i, -j)
            for i, claim in enumerate(claims)
            for j, row in enumerate(rows)
            if claim["start"] < row.end and row.start < claim["end"]
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return sorted(pairs.items())


def given_by(row: Quantity, rows: Rows) -> dict[str, Any]:
    """What a row says in each slot; names are lists of the words for one thing (the speaker's name too)."""
    said = next((one for one in rows.attributions if one.attribution_id == row.attribution_id), None)
    speaker = [said.source_text, said.source_name] if said else []
    return {
        "value": (row.low, row.high),
        "bound": row.bound,
        "unit": row.unit,
        "aspect": row.aspect,
        "direction": row.direction,
        "role": row.change_role,
        "per": row.per,
        "day": [str(row.as_of_start), str(row.as_of_end)] if row.as_of_start else None,
        "thing": [row.thing] if row.thing else [],
        "subject": [row.subject] if row.subject else [],
        "place": [row.place] if row.place else [],
        "speaker": [words for words in speaker if words],
    }


def judge(claim: Claim, given: Mapping[str, Any]) -> Met:
    """Which slots of a row are right by the claim that it meets."""
    right = {name: _name_is_right(claim, name, given[name]) for name in NAMES}
    right["value"] = any(_same_ends(fair, given["value"]) for fair in _values(claim))
    right["bound"] = given["bound"] in _fair(claim, "bound")
    right["unit"] = _unit(given["unit"]) in map(_unit, _fair(claim, "unit"))
    right["aspect"] = given["aspect"] in claim["aspect"]
    for slot in ("direction", "role"):
        right[slot] = given[slot] in _fair(claim, slot) or (given[slot] is None and _stays(claim, given))
    right["per"] = any(_same_per(fair, given["per"]) for fair in _fair(claim, "per"))
    right["day"] = given["day"] in [None if day == [None, None] else day for day in _fair(claim, "day")]
    return Met(claim, given, right)


def _stays(claim: Claim, given: Mapping[str, Any]) -> bool:
    """Is the number rightly read as one that does not change, so that it needs no direction?"""
    return given["aspect"] in claim["aspect"] and given["aspect"] not in ("change", "plan")


def _same_per(a: str | None, b: str | None) -> bool:
    return a is b if a is None or b is None else alike(a, b)


def _fair(claim: Claim, slot: str) -> list[Any]:
    key = _FIELD.get(slot, slot)
    empty = [None] if key in claim.get("optional", ()) else []
    return [claim.get(key), *claim.get(f"{key}_alternatives", ()), *empty]


def _values(claim: Claim) -> list[tuple[float | None, float | None]]:
    return [(claim["low"], claim["high"])] + [(one[0], one[1]) for one in claim.get("value_alternatives", ())]


def _same_ends(a: tuple[float | None, float | None], b: tuple[float | None, float | None]) -> bool:
    return _same(a[0], b[0]) and _same(a[1], b[1])


def _same(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-9)


def _unit(name: str | None) -> str:
    return (name or "").casefold().replace("meter", "metre").replace("-", " ")


def _name_is_right(claim: Claim, slot: str, given: Sequence[str]) -> bool:
    key = _FIELD.get(slot, slot)
    if not given:
        return not claim[key] or key in claim.get("optional", ())
    return any(alike(words, answer) for words in given for answer in claim[key])


def score(report: Report, article: Article, rows: Rows) -> None:
    """Count one article's rows in."""
    pairs = meet(article.claims, rows.quantities)
    met = [judge(article.claims[i], given_by(rows.quantities[j], rows)) for i, j in pairs]
    firm = [one for one in met if not one.claim.get("doubt")]
    wanted = sum(not claim.get("doubt") for claim in article.claims)
    extra = len(rows.quantities) - len(pairs)
    report.claims += wanted
    report.rows += len(rows.quantities)
    report.found += len(firm)
    report.extra += extra
    report.texts.append(extra == 0 and len(firm) == wanted and all(one.all((*NAMES, *PLAIN)) for one in firm))
    report.met += firm
    for one in firm:
        _count(report, article, one)


def _count(report: Report, article: Article, met: Met) -> None:
    for slot in NAMES:
        _count_name(report.names[slot], met, slot)
    report.wrong += [_wrong(article, met, slot) for slot, right in met.right.items() if not right]


def _count_name(score: Score, met: Met, slot: str) -> None:
    key = _FIELD.get(slot, slot)
    given = bool(met.given[slot])
    right = given and met.right[slot]
    is_stated = bool(met.claim[key]) and (right or key not in met.claim.get("optional", ()))
    score.add(gold=is_stated, predicted=given, right=right)


def _wrong(article: Article, met: Met, slot: str) -> tuple[str, str, str, Any, Any]:
    start, end = met.claim["start"], met.claim["end"]
    context = f"{article.text[max(0, start - 120) : start]}[{article.text[start:end]}]{article.text[end : end + 80]}"
    wanted = [met.claim["low"], met.claim["high"]] if slot == "value" else met.claim.get(_FIELD.get(slot, slot))
    return article.name, slot, " ".join(context.split()), wanted, met.given[slot]


def measure(articles: Sequence[Article]) -> Report:
    """Read and score each article."""
    report = Report()
    for article in articles:
        score(report, article, read_rows(article.text, published_at=article.published, language="en"))
    return report


def figures(report: Report) -> dict[str, Any]:
    """The report as one JSON-ready object; shares are of 1."""
    met = report.met
    out: dict[str, Any] = {"claims": report.claims, "rows": report.rows}
    out["found"] = _share(report.found, report.claims)
    out["real"] = _share(report.rows - report.extra, report.rows)
    out |= {slot: _share(sum(one.right[slot] for one in met), len(met)) for slot in PLAIN}
    for slot, names in report.names.items():
        out[slot] = {"P": round(names.precision, 3), "R": round(names.recall, 3), "F1": round(names.f1, 3)}
    out["core"] = _share(sum(one.all(CORE) for one in met), len(met))
    out["whole"] = _share(sum(one.all((*NAMES, *PLAIN)) for one in met), len(met))
    out["texts"] = _share(sum(report.texts), len(report.texts))
    return out


def _share(part: int, of: int) -> float:
    return round(part / of, 3) if of else 0.0


def _errors(report: Report, slot: str) -> Iterator[str]:
    for name, wrong, context, wanted, given in report.wrong:
        if wrong == slot:
            yield f"{name} | {context} | wanted {wanted} | given {given}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--errors", choices=(*NAMES, *PLAIN), metavar="SLOT", help="list what is wrong in a slot")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")
    options = parser.parse_args(arguments)
    for path in options.files:
        try:
            report = measure(load(path))
        except (OSError, ClaimsError) as error:
            parser.error(f"{error}; annotations without texts need the public pages in {SHARED}")
        if options.errors:
            print(*_errors(report, options.errors), sep="\n")
        if options.json:
            print(json.dumps({"file": str(path), **figures(report)}))
        else:
            print(path)
            for name, figure in figures(report).items():
                print(f"  {name:<10} {figure}")


if __name__ == "__main__":
    main()
