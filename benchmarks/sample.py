"""Score what is read out of the sample newsroom's articles against their gold rows.

``python -m benchmarks.sample [--json] [--errors N] [--only SLUG]``. A row is right when its span overlaps
the gold row's and the column in question agrees; each line of the table adds one column to the match.
Columns that are often NULL (subject, place, as of, attribution) are scored over the pairs that match by
value: precision over the pairs where the reader states one, recall over those where the gold does. Where the
gold lists several fair answers each of them is right, and none where that is fair too.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.matching import Score, maximum_matching
from extract import Rows, read_rows
from extract.types import Attribution, Quantity
from sample.content import SampleArticle, load_articles, load_gold
from sample.gold_types import Gold, GoldAttribution, GoldQuantity

Spans = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Report:
    """Scores by measure, and the missed and wrong rows as (table, kind, article, row, sentence)."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    seconds: float = 0.0
    articles: int = 0


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Do two half-open spans share a character?"""
    return a[0] < b[1] and b[0] < a[1]


def intersection_over_union(a: Spans, b: Spans) -> float:
    """The Jaccard index of the characters that two sets of spans cover."""
    first = {i for start, end in a for i in range(start, end)}
    second = {i for start, end in b for i in range(start, end)}
    return len(first & second) / len(first | second) if first | second else 0.0


def share_a_word(a: str | None, b: str | None) -> bool:
    """Do two phrases share a word, or are both absent?"""
    if a is None or b is None:
        return a is b
    return bool(set(re.findall(r"\w+", a.lower())) & set(re.findall(r"\w+", b.lower())))


def fair_word(fair: Sequence[str | None], given: str | None) -> bool:
    """Does a phrase share a word with a fair answer, or is it absent where that is fair?"""
    return any(share_a_word(answer, given) for answer in fair)


def same_number(a: float | None, b: float | None) -> bool:
    """Are two values equal up to rounding in the fourth digit, or both absent?"""
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=2e-3, abs_tol=1e-9)


def _same_value(gold: GoldQuantity, row: Quantity) -> bool:
    spans = overlap((gold.start, gold.end), (row.start, row.end))
    return spans and same_number(gold.low, row.low) and same_number(gold.high, row.high)


def _source_span(row: GoldAttribution | Attribution) -> tuple[int, int] | None:
    if row.source_start is None or row.source_end is None:
        return None
    return row.source_start, row.source_end


def _same_source(gold: GoldAttribution, row: Attribution) -> bool:
    a, b = _source_span(gold), _source_span(row)
    if a is None or b is None:
        return a is b
    return any(overlap(span, b) for span in (a, *gold.other_sources))


def _same_cue(gold: GoldAttribution, row: Attribution) -> bool:
    return overlap((gold.cue_start, gold.cue_end), (row.cue_start, row.cue_end))


def _same_content(gold: GoldAttribution, row: Attribution) -> bool:
    return intersection_over_union(gold.content_spans, row.content_spans) >= 0.5


def score_quantities(report: Report, gold: Gold, rows: Rows) -> list[tuple[int, int]]:
    """Score one article's quantities; gives the pairs that match by span and value."""
    measures: dict[str, Callable[[Any, Any], bool]] = {
        "span": lambda g, r: overlap((g.start, g.end), (r.start, r.end)),
        "value": _same_value,
        "value+bound": lambda g, r: _same_value(g, r) and g.bound == r.bound,
        "value+unit": lambda g, r: _same_value(g, r) and g.unit == r.unit,
        "value+unit+bound": lambda g, r: _same_value(g, r) and (g.unit, g.bound) == (r.unit, r.bound),
        "value+thing": lambda g, r: _same_value(g, r) and fair_word(g.thing, r.thing),
        "value+aspect": lambda g, r: _same_value(g, r) and g.aspect == r.aspect,
    }
    for name, fits in measures.items():
        pairs = maximum_matching(gold.quantities, rows.quantities, fits)
        report.scores[f"quantities {name}"].add(len(gold.quantities), len(rows.quantities), len(pairs))
    pairs = maximum_matching(gold.quantities, rows.quantities, _same_value)
    for g, r in pairs:
        _score_columns(report, gold, rows, gold.quantities[g], rows.quantities[r])
    return pairs


def _score_columns(report: Report, gold: Gold, rows: Rows, g: GoldQuantity, r: Quantity) -> None:
    as_of = (r.as_of_start, r.as_of_end) if r.as_of_start else None
    said = {row.attribution_id: row for row in rows.attributions}
    mine = gold.attributions[g.attribution] if g.attribution is not None else None
    theirs = said.get(r.attribution_id) if r.attribution_id else None
    columns: dict[str, tuple[Any, Any, bool]] = {
        "subject": column(g.subject, r.subject, fair_word(g.subject, r.subject)),
        "place": column(g.place, r.place, fair_word(g.place, r.place)),
        "per": (g.per, r.per, share_a_word(g.per, r.per)),
        "direction": (g.direction, r.direction, g.direction == r.direction),
        "change_role": (g.change_role, r.change_role, g.change_role == r.change_role),
        "as_of": column(g.as_of, as_of, as_of in g.as_of),
        "attribution": (mine, theirs, bool(mine and theirs and _same_speaker(mine, theirs))),
        "verification": (g.verification, r.verification, g.verification == r.verification),
    }
    for name, (wanted, given, same) in columns.items():
        right = wanted is not None and given is not None and same
        report.scores[f"quantities {name} (of value pairs)"].add(wanted is not None, given is not None, right)


def column(fair: Sequence[Any], given: Any, same: bool) -> tuple[Any, Any, bool]:
    """What the gold wants, what the reader gives, and whether they are the same.

    Where leaving it out is fair, nothing is wanted of a reader that gives nothing or something else.
    """
    stated = next((answer for answer in fair if answer is not None), None)
    wanted = None if None in fair and (given is None or not same) else stated
    return wanted, given, same


def _same_speaker(gold: GoldAttribution, row: Attribution) -> bool:
    return _same_cue(gold, row) or (_source_span(gold) is not None and _same_source(gold, row))


def score_attributions(report: Report, gold: Gold, rows: Rows) -> list[tuple[int, int]]:
    """Score one article's attributions; gives the pairs whose cues overlap."""
    measures: dict[str, Callable[[Any, Any], bool]] = {
        "cue": _same_cue,
        "cue+source": lambda g, r: _same_cue(g, r) and _same_source(g, r),
        "cue+source_kind": lambda g, r: _same_cue(g, r) and g.source_kind == r.source_kind,
        "cue+polarity": lambda g, r: _same_cue(g, r) and g.polarity == r.polarity,
        "cue+content": lambda g, r: _same_cue(g, r) and _same_content(g, r),
        "cue+source+content": lambda g, r: _same_cue(g, r) and _same_source(g, r) and _same_content(g, r),
    }
    for name, fits in measures.items():
        pairs = maximum_matching(gold.attributions, rows.attributions, fits)
        report.scores[f"attributions {name}"].add(len(gold.attributions), len(rows.attributions), len(pairs))
    return maximum_matching(gold.attributions, rows.attributions, _same_cue)


def score_dates(report: Report, gold: Gold, rows: Rows) -> list[tuple[int, int]]:
    """Score one article's dates; gives the pairs that overlap and resolve to the same days."""

    def days(g: Any, r: Any) -> bool:
        same = (g.resolved_start, g.resolved_end) == (r.resolved_start, r.resolved_end)
        return overlap((g.start, g.end), (r.start, r.end)) and same

    measures: dict[str, Callable[[Any, Any], bool]] = {
        "span": lambda g, r: overlap((g.start, g.end), (r.start, r.end)),
        "exact span": lambda g, r: (g.start, g.end) == (r.start, r.end),
        "days": days,
        "days+granularity": lambda g, r: days(g, r) and g.granularity == r.granularity,
    }
    for name, fits in measures.items():
        pairs = maximum_matching(gold.dates, rows.dates, fits)
        report.scores[f"dates {name}"].add(len(gold.dates), len(rows.dates), len(pairs))
    return maximum_matching(gold.dates, rows.dates, days)


def score_mentions(report: Report, gold: Gold, rows: Rows) -> list[tuple[int, int]]:
    """Score one article's mentions; gives the pairs that overlap and have the same kind."""

    def kind(g: Any, r: Any) -> bool:
        return overlap((g.start, g.end), (r.start, r.end)) and g.kind == r.kind

    measures: dict[str, Callable[[Any, Any], bool]] = {
        "span": lambda g, r: overlap((g.start, g.end), (r.start, r.end)),
        "span+kind": kind,
        "exact span+kind": lambda g, r: (g.start, g.end, g.kind) == (r.start, r.end, r.kind),
        "span+kind+name": lambda g, r: kind(g, r) and g.name == r.name,
    }
    for name, fits in measures.items():
        pairs = maximum_matching(gold.mentions, rows.mentions, fits)
        report.scores[f"mentions {name}"].add(len(gold.mentions), len(rows.mentions), len(pairs))
    pairs = maximum_matching(gold.mentions, rows.mentions, kind)
    for g, r in pairs:
        wanted, given = gold.mentions[g].country, rows.mentions[r].country
        report.scores["mentions country (of kind pairs)"].add(
            wanted is not None, given is not None, wanted is not None and wanted == given
        )
    return pairs


_TABLES = {
    "quantities": score_quantities,
    "attributions": score_attributions,
    "dates": score_dates,
    "mentions": score_mentions,
}


def measure(articles: Sequence[SampleArticle]) -> Report:
    """Read and score each article that has gold (the English ones)."""
    report = Report()
    for article in articles:
        started = time.process_time()
        rows = read_rows(article.text, published_at=article.published_at, language=article.language)
        report.seconds += time.process_time() - started
        gold = load_gold(article.slug)
        for table, score in _TABLES.items():
            pairs = score(report, gold, rows)
            _note_errors(report, article, table, pairs, getattr(gold, table), getattr(rows, table))
        report.articles += 1
    return report


def _note_errors(
    report: Report, article: SampleArticle, table: str, pairs: list[tuple[int, int]], gold: Any, rows: Any
) -> None:
    found, right = {g for g, _ in pairs}, {r for _, r in pairs}
    for kind, every, done in (("missed", gold, found), ("wrong", rows, right)):
        for index, row in enumerate(every):
            if index in done:
                continue
            start, end = (row.cue_start, row.cue_end) if table == "attributions" else (row.start, row.end)
            said = f"{article.text[start:end]!r}{_value(row)}"
            report.errors.append((table, kind, article.slug, said, _around(article.text, start, end)))


def _value(row: Any) -> str:
    if hasattr(row, "low"):
        return f" {row.low}..{row.high} {row.unit or ''}"
    if hasattr(row, "resolved_start"):
        return f" {row.resolved_start}..{row.resolved_end}"
    return f" {row.kind} {row.name}" if hasattr(row, "kind") else ""


def _around(text: str, start: int, end: int) -> str:
    low, high = max(text.rfind("\n", 0, start) + 1, start - 90), end + 60
    return text[low:high].split("\n\n")[0]


def print_report(report: Report, errors: int) -> None:
    """Print the table for people, and up to ``errors`` missed and wrong rows of each kind a table."""
    print(f"{'measure':<50}{'gold':>6}{'read':>6}{'P':>7}{'R':>7}{'F1':>7}")
    for name, score in report.scores.items():
        figures = f"{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}"
        print(f"{name:<50}{score.gold:>6}{score.predicted:>6}{figures}")
    print(f"{report.articles} articles read in {report.seconds:.1f} CPU seconds")
    shown: dict[tuple[str, str], int] = defaultdict(int)
    for table, kind, slug, said, sentence in report.errors:
        shown[table, kind] += 1
        if shown[table, kind] <= errors:
            print(f"{table} {kind} [{slug}] {said}\n    {sentence}")


def as_figures(report: Report) -> dict[str, Any]:
    """The report as one JSON-ready object."""
    scores = {
        name: {
            "gold": score.gold,
            "read": score.predicted,
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
        }
        for name, score in report.scores.items()
    }
    return {"articles": report.articles, "cpu_seconds": round(report.seconds, 2), "scores": scores}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sample", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N errors a kind and table")
    parser.add_argument("--only", metavar="SLUG", help="one article")
    options = parser.parse_args(arguments)
    english = [
        article
        for article in load_articles()
        if article.language.startswith("en") and options.only in (None, article.slug)
    ]
    if not english:
        parser.error(f"no English article is called {options.only!r}")
    report = measure(english)
    print_report(report, options.errors)
    if options.json:
        print(json.dumps(as_figures(report)))


if __name__ == "__main__":
    main()
