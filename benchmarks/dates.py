"""Measure the date reader on gold rows: quality by kind of value, articles a CPU second, and the peers beside it.

``python -m benchmarks.dates FILE.jsonl [--predictions OUT.jsonl] [--json] [--errors N]``. A line of the file
has ``id``, ``text``, ``dct`` (or ``reference``) and ``timexes``, ``dates`` or ``spans``. Pairs are counted as a
maximum one-to-one matching of overlapping spans; ``days`` leaves out gold that a date column cannot hold.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.types import DateMention

DEFAULT = Path(__file__).parents[1].parent / "shared" / "data" / "rows" / "gum" / "dev.jsonl"
STRETCH_ENDS = re.compile(r"\b(?:to|through|ended|ending)\s+(?:(?:on|in|the)\s+)*", re.IGNORECASE)
CALENDAR = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
PEERS = ("dateparser", "recognizers_date_time", "htmldate")
Span = tuple[int, int, str]


def _as_timex(found: DateMention) -> dict[str, Any]:
    """Return a date as TimeML has it, where a stretch ("the nine months to September") is marked by its end alone."""
    start, value = found.start, found.value
    if found.rule == "stretch" and value is not None and (ends := STRETCH_ENDS.search(found.surface)):
        start, value = start + ends.end(), value.rpartition("/")[2]
    return {"start": start, "end": found.end, "value": value}


def anchor(item: dict[str, Any]) -> datetime | None:
    """Return the publication time of a gold item."""
    raw = item.get("dct") or item.get("reference")
    return datetime.fromisoformat(raw[:10]).replace(tzinfo=UTC) if raw else None


def gold(item: dict[str, Any]) -> list[Span]:
    """Return a gold item's dates as (start, end, value)."""
    if "spans" in item:
        return [
            (s["start"], s["end"], s["values"][0].get("timex") or "") for s in item["spans"] if s["start"] is not None
        ]
    return [
        (t["start"], t["end"], t.get("value") or t.get("when") or "")
        for t in item.get("timexes", item.get("dates", []))
    ]


def predict(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read the dates of each item, with the wall and CPU seconds that it took."""
    find_dates(Document("On Friday 3 May 2024 and last week."), datetime(2024, 5, 4, tzinfo=UTC))
    rows = []
    for item in items:
        wall, cpu = time.perf_counter(), time.process_time()
        found = find_dates(Document(item["text"]), anchor(item))
        seconds, used = time.perf_counter() - wall, time.process_time() - cpu
        spans = [_as_timex(d) for d in found]
        rows.append({"id": item["id"], "seconds": seconds, "cpu": used, "found": spans})
    return rows


def overlaps(a: Span, b: Span) -> bool:
    """Tell whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def days_only(wanted: list[Span], found: list[Span]) -> tuple[list[Span], list[Span]]:
    """Leave what a date column can hold; found dates on other gold are neither right nor wrong."""
    kept = [g for g in wanted if CALENDAR.match(g[2])]
    neutral = [g for g in wanted if not CALENDAR.match(g[2])]
    return kept, [
        f
        for f in found
        if any(overlaps(f, g) for g in kept) or (CALENDAR.match(f[2]) and not any(overlaps(f, g) for g in neutral))
    ]


def pairs(wanted: list[Span], found: list[Span], same: Any) -> int:
    """Count a maximum matching of gold and found spans that are the same in some respect."""
    owner: dict[int, int] = {}

    def grow(i: int, seen: set[int]) -> bool:
        for j, candidate in enumerate(found):
            if j not in seen and same(wanted[i], candidate):
                seen.add(j)
                if j not in owner or grow(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    return sum(grow(i, set()) for i in range(len(wanted)))


MEASURES = {
    "relaxed": overlaps,
    "strict": lambda g, f: g[:2] == f[:2],
    "value": lambda g, f: overlaps(g, f) and g[2] == f[2],
}


def score(items: list[dict[str, Any]], rows: list[dict[str, Any]], *, days: bool) -> dict[str, float]:
    """Return F1 x 100 by measure."""
    right: Counter[str] = Counter()
    for item, row in zip(items, rows, strict=True):
        wanted, found = gold(item), [(f["start"], f["end"], f["value"] or "") for f in row["found"]]
        if days:
            wanted, found = days_only(wanted, found)
        right["all"] += len(wanted) + len(found)
        for name, same in MEASURES.items():
            right[name] += pairs(wanted, found, same)
    return {name: round(200 * right[name] / max(right["all"], 1), 1) for name in MEASURES}


def errors(items: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """Describe every missed, wrong and surplus date of the ``days`` view."""
    return [line for item, row in zip(items, rows, strict=True) for line in _errors_of(item, row)]


def _errors_of(item: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    text, written = item["text"].replace("\n", " "), (item.get("dct") or "")[:10]
    all_found = [(f["start"], f["end"], f["value"] or "") for f in row["found"]]
    wanted, found = days_only(gold(item), all_found)
    for g in wanted:
        hit = next((f for f in found if overlaps(g, f)), None)
        if hit != g:
            got = f"{text[hit[0] : hit[1]]!r} {hit[2]}" if hit else "-"
            kind = "missed" if hit is None else "value" if hit[2] != g[2] else "span"
            yield f"{kind:8}{written} {_shown(text, g)} {g[2]} <> {got}"
    for f in found:
        if not any(overlaps(f, g) for g in wanted):
            yield f"surplus {written} {_shown(text, f)} {f[2]}"


def _shown(text: str, span: Span) -> str:
    start, end, _ = span
    return f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 40]}"


def peers(items: list[dict[str, Any]]) -> list[str]:
    """Say how the peers do that are installed, and which are absent."""
    lines = [f"{name}: absent" for name in PEERS if importlib.util.find_spec(name) is None]
    if importlib.util.find_spec("dateparser"):
        lines.append(f"dateparser.search (first {min(5, len(items))} items): {_dateparser(items[:5])}")
    return lines


def _dateparser(items: list[dict[str, Any]]) -> dict[str, float]:
    from dateparser.search import search_dates

    rows = []
    for item in items:
        base = anchor(item)
        settings = {"RELATIVE_BASE": base.replace(tzinfo=None)} if base else {}
        found, at = [], 0
        for surface, when in search_dates(item["text"], languages=["en"], settings=settings) or []:
            start = item["text"].find(surface, at)
            if start >= 0:
                at = start + len(surface)
                found.append({"start": start, "end": at, "value": when.date().isoformat()})
        rows.append({"found": found})
    return score(items, rows, days=True)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peers", action="store_true", help="run the peers that are installed, too (slow)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors")
    args = parser.parse_args()
    if not args.file.exists():
        parser.exit(2, f"no gold at {args.file}: name a .jsonl file of the layout that the module describes\n")
    items = [json.loads(line) for line in args.file.open(encoding="utf-8")]
    rows = predict(items)
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = errors(items, rows)
    report = {
        "items": len(items),
        "items_per_cpu_second": round(len(items) / sum(row["cpu"] for row in rows), 1),
        "days": score(items, rows, days=True),
        "all": score(items, rows, days=False),
        "errors": dict(Counter(line.split()[0] for line in found)),
        "peers": peers(items) if args.peers else [],
    }
    print(json.dumps(report) if args.json else "\n".join(f"{key}: {value}" for key, value in report.items()))
    print("\n".join(found[: args.errors]), end="\n" if args.errors else "")


if __name__ == "__main__":
    main()
