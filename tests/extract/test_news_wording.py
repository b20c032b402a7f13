"""Sentences of our own in the wordings of news, with all that they say: numbers, speakers, dates, names.

The files of ``cases`` have one block a sentence, which ``S:`` opens; ``# kind`` stands above the blocks of a kind.
``Q:`` gives a number as in ``test_quantities_by_kind``, with ``src:`` its speaker, ``asof:`` its days and ``verif:``
whether it was checked; all numbers of a sentence are given, ``Q: -`` says that it has none. ``A:`` gives an attribution
(source; cue; its columns), ``A!`` none at all or none with this source or cue; ``D:`` a date, ``N:`` a name,
``N!`` what is no name. ``/`` separates values that are right, ``-`` is nothing, ``_`` a space. Speakers and days are
chosen by models that are trained anew at times, so that a share of them must be right, and all the rest of a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from test_quantities_by_kind import expected

from extract import read_rows
from extract.types import Attribution, Mention, Quantity, Rows

PUBLISHED = datetime(2026, 3, 12, 12, tzinfo=UTC)
FILES = [Path(__file__).parent / "cases" / name for name in ("wording.txt", "numbers.txt", "values.txt")]
EXTRAS = ("src:", "asof:", "verif:", "aspect:")
CHOSEN = ("src", "asof")
LEAST_CHOSEN = 0.95


@dataclass
class Case:
    """A sentence with its lines of gold."""

    kind: str
    text: str
    lines: list[str] = field(default_factory=list)


def cases() -> list[Case]:
    found: list[Case] = []
    kind = ""
    for line in (line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            kind = line[2:]
        elif line.startswith("S: "):
            found.append(Case(kind, line[3:].replace("\\n", "\n")))
        elif line:
            found[-1].lines.append(line)
    return found


def bare(words: str | None) -> str:
    text = (words or "").casefold().strip()
    for article in ("the ", "a ", "an ", "his ", "her ", "its ", "their ", "our "):
        text = text.removeprefix(article)
    return text


def is_any(got: str | None, wanted: str) -> bool:
    return bare(got) in ["" if one == "-" else bare(one.replace("_", " ")) for one in wanted.split("/")]


@cache
def rows_of(text: str) -> Rows:
    return read_rows(text, published_at=PUBLISHED, language="en")


def extras_of(line: str) -> dict[str, str]:
    """Read what stands of a number beside its value: its speaker, its days, whether it was checked."""
    return dict(word.split(":", 1) for word in line.split() if word.startswith(EXTRAS))


def faults_of_number(row: Quantity, line: str) -> list[str]:
    words, extras = line.split(), extras_of(line)
    want = expected(" ".join(word for word in words if not word.startswith(EXTRAS)))
    rights = {"aspect": extras.get("aspect"), "verification": extras.get("verif")}
    if rights["aspect"]:
        del want["aspect"]
    out = [
        f"{name} {getattr(row, name)!r}, not {value!r}" for name, value in want.items() if not is_same(row, name, value)
    ]
    return out + [
        f"{name} is not {right}"
        for name, right in rights.items()
        if right and (getattr(row, name) or "-") not in right.split("/")
    ]


def is_same(row: Quantity, name: str, value: object) -> bool:
    got = getattr(row, name)
    return math.isclose(got, value, rel_tol=1e-6) if isinstance(value, float) and got is not None else got == value


def is_chosen(row: Quantity, name: str, right: str, speaker: Attribution | None) -> bool:
    """Tell whether a number's speaker or days are right."""
    if name == "src":
        return any(is_any(who, right) for who in _names(speaker))
    days = f"{row.as_of_start or '-'}..{row.as_of_end or '-'}"
    return days in [one if ".." in one else f"{one}..{one}" for one in right.split("|")]


def _names(speaker: Attribution | None) -> tuple[str | None, ...]:
    return (speaker.source_text, speaker.source_name) if speaker else ("",)


def faults_of_numbers(rows: Rows, lines: list[str]) -> list[str]:
    if not lines:
        return []
    wanted = [line for line in lines if line != "-"]
    surfaces = [line.partition(" = ")[0] for line in wanted]
    got = [row.surface for row in rows.quantities]
    if got != surfaces:
        return [f"numbers {got}, not {surfaces}"]
    pairs = zip(rows.quantities, wanted, strict=True)
    return [f"[{row.surface}] {fault}" for row, line in pairs for fault in faults_of_number(row, line)]


def faults_of_attribution(rows: Rows, line: str) -> list[str]:
    source, cue, *columns = (part.strip() for part in line.split(";"))
    hit = next((a for a in rows.attributions if is_any(a.source_text, source) and (cue == "*" or cue in a.cue)), None)
    if hit is None:
        return [f"no attribution of {source} by {cue}"]
    values = {"kind": hit.source_kind, "anon": hit.is_anonymous, "pol": hit.polarity, "name": hit.source_name}
    pairs = (column.split("=") for column in columns)
    return [f"{source}: {name} {values[name]}" for name, right in pairs if str(values[name]) not in right.split("/")]


def faults_of_absence(rows: Rows, who: str) -> list[str]:
    found = [a for a in rows.attributions if not who or is_any(a.source_text, who) or a.cue == who]
    return [f"{a.source_text!r} {a.cue!r} says nothing" for a in found]


def faults_of_date(rows: Rows, line: str) -> list[str]:
    surface, _, right = line.partition(" = ")
    hit = next((d for d in rows.dates if d.surface == surface), None)
    if hit is None:
        return [f"no date {surface}"]
    given = (hit.value, f"{hit.resolved_start}..{hit.resolved_end}")
    return [] if not set(given).isdisjoint(right.split("|")) else [f"date {surface} {given}"]


def faults_of_name(rows: Rows, line: str) -> list[str]:
    surface, _, right = line.partition(" = ")
    kinds, _, name = right.partition(" name:")
    hits: list[Mention] = [m for m in rows.mentions if m.surface == surface]
    if not hits:
        return [f"no name {surface}"]
    out = [] if hits[0].kind in kinds.strip().split("/") else [f"{surface} is {hits[0].kind}"]
    return out + ([f"{surface} is named {hits[-1].name}"] if name and hits[-1].name != name.strip() else [])


def faults_of_no_name(rows: Rows, surface: str) -> list[str]:
    return [f"{surface} is a name" for m in rows.mentions if m.surface == surface]


READERS: dict[str, Callable[[Rows, str], list[str]]] = {
    "A:": faults_of_attribution,
    "A!": faults_of_absence,
    "D:": faults_of_date,
    "N:": faults_of_name,
    "N!": faults_of_no_name,
}


def faults(case: Case) -> list[str]:
    rows = rows_of(case.text)
    out = faults_of_numbers(rows, [line[3:] for line in case.lines if line.startswith("Q: ")])
    for line in case.lines:
        if line[:2] in READERS:
            out += READERS[line[:2]](rows, line[2:].strip())
    return out


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}: {case.text[:50]}")
def test_wording(case: Case) -> None:
    assert not faults(case)


def chosen_of(case: Case) -> Iterator[tuple[bool, str]]:
    """Tell of each speaker and each day of a sentence's numbers whether it is right."""
    lines = [line[3:] for line in case.lines if line.startswith("Q: ") and line != "Q: -"]
    asked = [(n, name, right) for n, line in enumerate(lines) for name, right in extras_of(line).items()]
    asked = [(n, name, right) for n, name, right in asked if name in CHOSEN]
    rows = rows_of(case.text) if asked else Rows()
    by_id = {a.attribution_id: a for a in rows.attributions}
    for n, name, right in asked:
        row = rows.quantities[n]
        is_right = is_chosen(row, name, right, by_id.get(row.attribution_id or ""))
        yield is_right, f"{case.text} [{row.surface}] {name} {right}"


def test_speakers_and_days_are_right() -> None:
    chosen = [one for case in cases() for one in chosen_of(case)]
    wrong = [told for is_right, told in chosen if not is_right]
    assert len(chosen) > 100
    assert len(wrong) <= (1 - LEAST_CHOSEN) * len(chosen), wrong
