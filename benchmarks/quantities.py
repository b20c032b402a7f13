"""Measure ``find_quantities`` on gold in the layouts of newsquant, recognizers-units, quantulum3, measeval.

    python -m benchmarks.quantities FILE.jsonl [--predictions OUT.jsonl] [--json] [--errors N] [--peers]

Prints quality by attribute, errors by class and items a CPU second. A gold line is
``{"id", "text", "quantities": [{low, high, change, unit, normalized_unit, concepts}]}``; lines whose quantities
have offsets only are scored as spans. How our columns map to that scheme: ``docs/quantities.md``.
Rules of scoring are those of the data's own scorer where its folder lies beside the project
(``../shared/score``); without it only speed and predictions are given, and the output says so.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.read.english.quantities.bounds import bound_before
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import Unit, money_forms, read_unit
from extract.read.english.words import PRONOUNS
from extract.types import Quantity

SCORER = Path(__file__).parents[1].parent / "shared" / "score"
BOUNDS = {
    "exact": "=",
    "between": "=",
    "about": "~",
    "at_least": ">",
    "more_than": ">",
    "at_most": "<",
    "less_than": "<",
}
# Words that the gold's scheme does not count as numbers.
MULTIPLES = frozenset(
    {
        "twice",
        "thrice",
        "double",
        "doubled",
        "doubles",
        "doubling",
        "triple",
        "tripled",
        "triples",
        "tripling",
        "trebled",
        "trebling",
        "quadrupled",
        "halved",
        "halving",
        "halves",
    }
)
# Units that the gold's scheme calls otherwise.
NAMES = {"US dollar": "dollar", "Israeli shekel": "shekel", "Indian rupee": "rupee", "gigatonne": "gigaton",
         "pound foot": "foot pound-force", "Laotian kip": "lao kip", "Spanish peseta": "peseta"}  # fmt: skip
OPEN_TOP = 10  # "hundreds" is 100 to 1000 in the scheme of the gold
GROUP = 26  # sentences of an article of 660 words
Found = dict[str, Any]


def to_scheme(rows: list[Quantity]) -> list[Found]:
    """Map our rows of one text to the gold's scheme (``docs/quantities.md`` explains each rule)."""
    out: list[Found] = []
    for row in rows:
        if row.aspect == "rank" or _is_unnumbered(row):
            continue
        entry, other = _entry(row), _upper_end(row, rows)
        if row.change_role == "from" and other is not None and other.change_from_low is not None:
            ends = _entry(other)
            entry = {**ends, "low": entry["low"], "start": min(row.start, other.start),
                     "end": max(row.end, other.end), "change": "="}  # fmt: skip
        elif row.change_role == "to" and row.change_from_low is not None and other is not None:
            continue
        out.append(entry)
    return out


def _upper_end(row: Quantity, rows: list[Quantity]) -> Quantity | None:
    """Return the end of the range that a row is of: "From 3 to 5"; "5, up from 3" and "to 5 from 3" mostly are none."""
    if row.change_id is None:
        return None
    pair = [q for q in rows if q.change_id == row.change_id and q.change_role in ("from", "to")]
    return pair[1] if [q.change_role for q in pair] == ["from", "to"] else None


def _is_unnumbered(row: Quantity) -> bool:
    """Whether no word of the row is a number by the gold's scheme: "doubled", "twice", "in a week"."""
    words = row.surface.lower().split()
    return words[-1] in MULTIPLES or (row.dimension == "time" and words[-2:-1] in (["a"], ["an"], ["another"]))


def _entry(row: Quantity) -> Found:
    low = row.low if row.low is not None else row.high
    high = row.high
    if high is None and low is not None:
        high = low * OPEN_TOP
    if row.unit == "ratio" and low is not None and high is not None and _is_percent(row):
        low, high = float(f"{low * 100:.10g}"), float(f"{high * 100:.10g}")
    small = _small_unit(row)
    if small is not None and low is not None and high is not None:
        low, high = float(f"{low * small.parts:.10g}"), float(f"{high * small.parts:.10g}")
    return {"low": low, "high": high, "change": _change(row), "unit": _unit(row), "concepts": _concepts(row),
            "start": row.start, "end": row.end}  # fmt: skip


def _small_unit(row: Quantity) -> Unit | None:
    """Give the part of a currency that the text wrote, as "cents", if it did."""
    if row.dimension != "money" or not row.unit_text:
        return None
    found = read_unit(Tokens(row.unit_text, 0, len(row.unit_text)), 0)
    unit = found[0] if found is not None else money_forms().get((row.unit_text,))
    return unit if unit is not None and unit.parts > 1 else None


def _is_percent(row: Quantity) -> bool:
    return (row.unit_text or "").lower().startswith(("%", "p"))


def _counts_noun(row: Quantity) -> bool:
    """Whether the thing is a noun that the number counts, and so the gold's unit."""
    if row.unit is not None:
        return False
    return row.thing_start is not None and (row.thing_start >= row.end or row.dimension == "count")


def _unit(row: Quantity) -> str | None:
    if row.unit is None:
        thing = row.thing if _counts_noun(row) else None
        if thing == "times":
            return f"count per {row.per}" if row.per else "count"
        return thing
    if row.unit == "ratio" and not _is_percent(row):
        return "count" if row.unit_text else f"% {row.thing or '-'}"
    small = _small_unit(row)
    name = "percentage" if row.unit == "ratio" else small.name if small else NAMES.get(row.unit, row.unit)
    if row.per and not row.per.endswith("ly"):
        known = read_unit(Tokens(row.per, 0, len(row.per)), 0)
        return f"{name} per {known[0].name if known else row.per}"
    return name


def _change(row: Quantity) -> str:
    if row.high is None:
        return "="
    if row.change_role == "by" and row.bound == "exact":
        return row.direction or "="
    if row.bound == "between":  # the scheme has a bound beside the range: "about 20 to 30"
        bound = _opening_bound(row.surface)
        return "~" if bound == "about" else "="
    return BOUNDS[row.bound]


def _opening_bound(surface: str) -> str | None:
    tokens = Tokens(surface, 0, len(surface))
    first = next((k for k in range(len(tokens)) if tokens.texts[k][0].isdigit()), 0)
    found = bound_before(tokens, first)
    return found[0] if found else None


def _concepts(row: Quantity) -> list[str]:
    is_unit = _counts_noun(row) or (row.unit == "ratio" and not _is_percent(row) and not row.unit_text)
    about = row.subject if is_unit else f"{row.thing or ''} {row.subject or ''}"
    words = (about or "").split()
    return [word for word in words if word != "-" and word.lower() not in PRONOUNS]


def predict(items: list[dict[str, Any]], reader: Callable[[list[str]], list[list[Found]]]) -> list[dict[str, Any]]:
    """Give one prediction for each item; time is measured a group at a time and shared by its items.

    A group is as long as an article (``GROUP`` items), since the product reads articles and parses in batches.
    """
    out: list[dict[str, Any]] = []
    for n in range(0, len(items), GROUP):
        group = items[n : n + GROUP]
        wall, cpu = time.perf_counter(), time.process_time()
        found = reader([item["text"] for item in group])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        out += [
            {"id": item["id"], "seconds": wall / len(group), "cpu": cpu / len(group), "found": rows}
            for item, rows in zip(group, found, strict=True)
        ]
    return out


def read_group(texts: list[str]) -> list[list[Found]]:
    """Read texts as paragraphs of one article, without dates or names from elsewhere."""
    whole = "\n\n".join(texts)
    rows = find_quantities(Document(whole), [], [], None)
    out: list[list[Found]] = []
    start = 0
    for text in texts:
        own = [row for row in rows if start <= row.start < start + len(text)]
        found = to_scheme(own)
        out.append([{**entry, "start": entry["start"] - start, "end": entry["end"] - start} for entry in found])
        start += len(text) + 2
    return out


def _scorer() -> ModuleType | None:
    if not (SCORER / "rows.py").is_file():
        return None
    sys.path.insert(0, str(SCORER))
    return importlib.import_module("rows")


def score(scorer: ModuleType, items: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Score predictions by the data's own rules."""
    gold = {item["id"]: item for item in items}
    by_id = {item["id"]: item for item in found}
    first: dict[str, Any] = next((q for item in items for q in item.get("quantities", item.get("spans", []))), {})
    if "low" in first or "uncertainty" in first:
        return dict(scorer.quantities(gold, by_id))
    if not any("quantities" in item or "spans" in item for item in items):
        return {}  # gold of other things, such as attributions
    if "quantities" in (items[0] if items else {}):
        return dict(scorer.spans(gold, by_id, scorer.PICK["measeval"]))
    return dict(scorer.spans(gold, by_id, scorer.PICK["recognizers-numbers"]))


def error_classes(scorer: ModuleType, items: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Sort what does not agree by what is wrong with it: missing, spurious, bound, unit, concept."""
    classes: dict[str, list[str]] = collections.defaultdict(list)
    for item, prediction in zip(items, found, strict=True):
        left = list(prediction["found"])
        for q in item.get("quantities", []):
            if "low" not in q:
                return {}
            match = next(
                (p for p in left if scorer.close(p["low"], q["low"]) and scorer.close(p["high"], q["high"])),
                None,
            )
            gold = f"{q['low']}-{q['high']} {q.get('change')} {q.get('normalized_unit')} {q.get('concepts')}"
            if match is None:
                classes["missing"].append(f"{gold} :: {item['text']}")
                continue
            left.remove(match)
            ours = f"{match['change']} {match['unit']} {match['concepts']}"
            _compare(scorer, classes, q, match, f"{gold} / {ours} :: {item['text']}")
        for p in left:
            classes["spurious"].append(f"{p['low']}-{p['high']} {p['unit']} :: {item['text']}")
    return classes


def _compare(scorer: ModuleType, classes: dict[str, list[str]], q: Found, p: Found, note: str) -> None:
    if scorer.canonical(q.get("normalized_unit") or q.get("unit")) != scorer.canonical(p["unit"]):
        classes["unit"].append(note)
    if "change" in q and q["change"] != p["change"]:
        classes["bound"].append(note)
    gold, ours = scorer.words(q.get("concepts")), scorer.words(p["concepts"])
    if "concepts" in q and not (gold & ours or (not gold and not ours)):
        classes["concept"].append(note)


def peers() -> dict[str, Callable[[list[str]], list[list[Found]]]]:
    """Readers of the peers that are installed."""
    readers: dict[str, Callable[[list[str]], list[list[Found]]]] = {}
    try:
        quantulum = importlib.import_module("quantulum3.parser")
        readers["quantulum3"] = lambda texts: [
            [
            {"low": q.value - (q.uncertainty or 0), "high": q.value + (q.uncertainty or 0), "change": "=",
             "unit": q.unit.name, "concepts": [], "start": q.span[0], "end": q.span[1]}
            for q in quantulum.parse(text)
            ]
            for text in texts
        ]  # fmt: skip
    except ImportError:
        print("quantulum3 is not installed: left out", file=sys.stderr)
    try:
        cqe = importlib.import_module("CQE.CQE").CQE()
        readers["CQE"] = lambda texts: [[_cqe(q) for q in cqe.parse(text)] for text in texts]
    except ImportError:
        print("CQE is not installed: left out", file=sys.stderr)
    return readers


def _cqe(q: Any) -> Found:
    value, lows = q.value, q.value
    low = getattr(value, "lower", None) if getattr(value, "lower", None) is not None else value.value
    high = getattr(lows, "upper", None) if getattr(lows, "upper", None) is not None else low
    concept = q.referred_concepts.get_nouns() if q.referred_concepts else []
    return {"low": low, "high": high, "change": q.change.change if q.change else "=", "unit": q.unit.norm_unit,
            "concepts": [str(word) for group in concept for word in group], "start": None, "end": None}  # fmt: skip


def main() -> None:
    """Run from the command line."""
    args = _arguments()
    if not args.file.is_file():
        sys.exit(f"{args.file} is not there: the evaluation data is not part of the project")
    items = [json.loads(line) for line in args.file.open(encoding="utf-8")]
    ours = {"newsledger": read_group}
    readers = {**ours, **(peers() if args.peers else {})}
    scorer = _scorer()
    if scorer is None:
        print(f"no scorer in {SCORER}: speed and predictions only", file=sys.stderr)
    for name, reader in readers.items():
        reader([items[0]["text"]])  # load tables and models outside the clock
        found = predict(items, reader)
        _report(name, args, scorer, items, found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--predictions", type=Path, help="write what the scorer reads")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors of each class")
    parser.add_argument("--only", help="print errors of this class only")
    parser.add_argument("--peers", action="store_true", help="measure the installed peers too")
    return parser.parse_args()


def _report(
    name: str,
    args: argparse.Namespace,
    scorer: ModuleType | None,
    items: list[dict[str, Any]],
    found: list[dict[str, Any]],
) -> None:
    cpu = sum(item["cpu"] for item in found)
    speed = {
        "items": len(items),
        "cpu": round(cpu, 3),
        "per_cpu_second": round(len(items) / cpu, 1) if cpu else None,
    }
    scores = score(scorer, items, found) if scorer else {}
    classes = error_classes(scorer, items, found) if scorer else {}
    if args.predictions and name == "newsledger":
        lines = [json.dumps({"peer": name}), *(json.dumps(item) for item in found)]
        args.predictions.write_text("\n".join(lines) + "\n", "utf-8")
    if args.json:
        counts = {key: len(value) for key, value in classes.items()}
        print(json.dumps({"peer": name, "speed": speed, "scores": scores, "errors": counts}))
        return
    print(f"{name}: {speed}")
    for level, row in scores.items():
        print(f"  {level:16} P {row.get('P', float('nan')):5} R {row['R']:5} F1 {row.get('F1', float('nan')):5}")
    for key, notes in classes.items():
        print(f"  errors, {key}: {len(notes)}")
        for note in notes[: args.errors] if args.only in (None, key) else []:
            print(f"    {note}")


if __name__ == "__main__":
    main()
