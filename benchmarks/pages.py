"""Measure article extraction on folders of real pages with gold, beside other extractors on the same pages.

Usage::

    python -m benchmarks.pages PART_DIR [--peers trafilatura trafilatura-fast ...] [--predictions OUT.jsonl]
                               [--worst 20] [--json] [--limit N]

``PART_DIR`` holds ``gold.jsonl`` (one object a page: ``id``, ``url`` and the gold) and ``pages/<id>.html.gz``.
Without it every set under ``../shared/data/pages`` is measured. All extractors read the same bytes from memory, page by
page in turn, one thread; milliseconds are CPU time and compare within one run only.

Scores: text by 4-grams of ``\\w+`` tokens with counts, precision and recall of each page, means over
pages, F1 of the means
(the measure of the scrapinghub article-extraction benchmark); sets with ``with``/``without`` strings by the share of
strings right; title equal after case folding and dropping all but letters and digits; published on the
same day; authors
by F1 of the sets of names.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import md5
from pathlib import Path
from statistics import mean, median
from typing import Any

DEFAULT_ROOT = Path(__file__).parents[1].parent / "shared" / "data" / "pages"
SHINGLE = 4
# Publisher rules, countries' clocks and the like are loaded by the first page that needs them.
ONE_PAGE = (
    b"""<html lang="fr"><meta property="article:published_time" content="2024-11-23T10:00:00Z"><h1>Un titre</h1>"""
)
Gold = dict[str, Any]


@dataclass
class Prediction:
    """What one extractor read from one page; ``ms`` is CPU time, ``kb`` the size of the page."""

    id: str
    text: str = ""
    title: str | None = None
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    ms: float = 0.0
    error: str | None = None
    kb: float = 0.0


Extractor = Callable[[bytes, str | None], Prediction]


def ours() -> Extractor:
    """Return this project's extractor."""
    from extract.strip import extract_article, local_time
    from extract.strip.classifier import load_classifier
    from extract.strip.language import guess_language
    from extract.strip.timestamps import Evidence, parse_stamp

    # What is loaded once a process is loaded before the clock runs, as the peers' imports are.
    guess_language("The weights of the language model are loaded by this first sentence.")
    parse_stamp("23 févr. 2024", Evidence("fr"))
    load_classifier()

    def run(html: bytes, url: str | None) -> Prediction:
        article = extract_article(html, url=url)
        at = article.published_at
        published = local_time(at, article.published_zone).isoformat() if at else None
        return Prediction("", article.text, article.headline, published, list(article.authors))

    return run


def trafilatura(fast: bool) -> Extractor:
    """Return trafilatura, with or without its fallback extractors."""
    from trafilatura import bare_extraction

    def run(html: bytes, url: str | None) -> Prediction:
        document = bare_extraction(html, url=url, fast=fast, with_metadata=True, include_comments=False)
        if document is None:
            return Prediction("")
        authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
        return Prediction("", document.text or "", document.title, document.date, authors)

    return run


def readability() -> Extractor:
    """Return readability-lxml (text and title only)."""
    from lxml.html import fromstring
    from readability import Document

    def run(html: bytes, url: str | None) -> Prediction:
        document = Document(html.decode("utf-8", "replace"))
        return Prediction("", fromstring(document.summary()).text_content(), document.short_title())

    return run


def htmldate() -> Extractor:
    """Return htmldate (publication day only)."""
    from htmldate import find_date

    def run(html: bytes, url: str | None) -> Prediction:
        return Prediction("", "", None, find_date(html, url=url, original_date=True))

    return run


EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "newsledger": ours,
    "trafilatura": lambda: trafilatura(fast=False),
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "readability": readability,
    "htmldate": htmldate,
}


def load_extractors(names: list[str]) -> dict[str, Extractor]:
    """Import the named extractors; let each read a page. One not installed is named on stderr and left out."""
    loaded = {}
    for name in names:
        try:
            loaded[name] = EXTRACTORS[name]()
            predict(loaded[name], {"id": "", "url": "https://example.fr/"}, ONE_PAGE)
        except ImportError as error:
            print(f"{name} is absent ({error}): install the bench extra to compare with it.", file=sys.stderr)
    return loaded


def read_pages(part: Path, limit: int | None) -> Iterator[tuple[Gold, bytes]]:
    """Yield each page's gold and bytes."""
    lines = (part / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for line in lines[:limit]:
        gold = json.loads(line)
        with gzip.open(part / "pages" / f"{gold['id']}.html.gz") as file:
            yield gold, file.read()


def is_for_training(part: Path, gold: Gold) -> bool:
    """Say whether a page may be learned from; half of readability measures what was not trained on."""
    return part.name != "readability" or md5(gold["id"].encode(), usedforsecurity=False).digest()[-1] % 2 == 0


def predict(extractor: Extractor, gold: Gold, html: bytes) -> Prediction:
    """Run one extractor on one page and time it."""
    url = gold.get("url") or ""
    address = url if url.startswith(("http://", "https://")) else None
    started = time.process_time()
    try:
        prediction = extractor(html, address)
    except Exception as error:  # the border to code under test: a failure is a result
        prediction = Prediction("", error=f"{type(error).__name__}: {error}")
    prediction.ms = 1000 * (time.process_time() - started)
    prediction.id = gold["id"]
    prediction.kb = len(html) / 1024
    return prediction


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """Count the 4-grams of a text's tokens; a shorter text is one gram."""
    tokens = re.findall(r"\w+", text or "")
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))


def text_scores(gold: str, predicted: str | None) -> tuple[float | None, float | None]:
    """Return precision and recall of a page's text; None where the side that it divides by is empty."""
    true, found = shingles(gold), shingles(predicted)
    if not true and not found:
        return None, None
    common = sum((true & found).values())
    precision = common / sum(found.values()) if found else None
    recall = common / sum(true.values()) if true else None
    return precision, recall


def is_by_strings(gold: Gold) -> bool:
    """Say whether a page's gold is strings to hold and not to hold, without the whole text."""
    return "with" in gold and not gold.get("text")


def fold(text: str | None) -> str:
    """Fold a text for comparing: case and all but letters, digits and underscores dropped."""
    return re.sub(r"\W+", "", (text or "").casefold())


@dataclass
class SetTotals:
    """The running results of one extractor over one set."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    strings: Counter[str] = field(default_factory=Counter)
    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    authors: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    kb: float = 0.0
    errors: int = 0
    empty: int = 0

    def add(self, gold: Gold, found: Prediction) -> None:
        """Score one page."""
        self.ms.append(found.ms)
        self.kb += found.kb
        self.errors += bool(found.error)
        self.empty += not found.text.strip()
        self._add_text(gold, found)
        if gold.get("title"):
            self.titles.append(fold(gold["title"]) == fold(found.title))
        if gold.get("published"):
            self.dates.append(str(gold["published"])[:10] == str(found.published or "")[:10])
        if gold.get("authors"):
            true, named = set(map(fold, gold["authors"])), set(map(fold, found.authors)) - {""}
            self.authors.append(2 * len(true & named) / (len(true) + len(named)))

    def _add_text(self, gold: Gold, found: Prediction) -> None:
        if is_by_strings(gold):
            for kind in ("with", "without"):
                for string in gold[kind]:
                    self.strings[kind + ("+" if string in found.text else "-")] += 1
        elif "text" in gold:
            precision, recall = text_scores(gold["text"], found.text)
            self.precisions.extend([] if precision is None else [precision])
            self.recalls.extend([] if recall is None else [recall])

    def summary(self) -> dict[str, float]:
        """Return the figures of the set by name."""
        precision, recall = self._precision_recall()
        both = precision + recall
        figures: dict[str, float] = {"n": len(self.ms), "errors": self.errors, "empty": self.empty}
        figures |= {"P": precision, "R": recall, "F1": 2 * precision * recall / both if both else 0.0}
        for name, values in (("title", self.titles), ("date", self.dates), ("authors", self.authors)):
            if values:
                figures[name] = mean(values)
        ordered = sorted(self.ms)
        figures |= {
            "ms_median": median(ordered),
            "ms_mean": mean(ordered),
            "ms_p95": ordered[int(0.95 * len(ordered))],
        }
        return figures | {"us_per_kb": 1000 * sum(ordered) / self.kb}

    def _precision_recall(self) -> tuple[float, float]:
        if self.strings:
            right, missed, wrong = (self.strings[key] for key in ("with+", "with-", "without+"))
            return right / max(1, right + wrong), right / max(1, right + missed)
        return (mean(self.precisions) if self.precisions else 0.0), (mean(self.recalls) if self.recalls else 0.0)


def page_loss(gold: Gold, found: Prediction) -> float:
    """Return how far one page's text is from its gold, 0 to 1."""
    if is_by_strings(gold):
        wrong = sum(string not in found.text for string in gold["with"]) + sum(
            string in found.text for string in gold["without"]
        )
        return wrong / max(1, len(gold["with"]) + len(gold["without"]))
    precision, recall = text_scores(gold.get("text", ""), found.text)
    if not precision or not recall:
        return 0.0 if precision is recall is None else 1.0
    return 1 - 2 * precision * recall / (precision + recall)


def show_worst(pairs: list[tuple[Gold, Prediction]], count: int) -> None:
    """Print the pages that lose most, as a diff of lines from gold (-) to prediction (+)."""
    ranked = sorted(pairs, key=lambda pair: -page_loss(*pair))[:count]
    for gold, found in ranked:
        print(f"\n=== {gold['id']}  loss {page_loss(gold, found):.3f}  {gold.get('url')}")
        if is_by_strings(gold):
            print("\n".join(f"- {string}" for string in gold["with"] if string not in found.text))
            print("\n".join(f"+ {string}" for string in gold["without"] if string in found.text))
            continue
        wanted, read = (
            [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
            for text in (gold.get("text"), found.text)
        )
        for line in difflib.unified_diff(wanted, read, lineterm="", n=0):
            if line[:2] not in ("--", "++", "@@"):
                print(line[:300])


COLUMNS = (
    "n",
    "errors",
    "empty",
    "P",
    "R",
    "F1",
    "title",
    "date",
    "authors",
    "ms_median",
    "ms_mean",
    "ms_p95",
    "us_per_kb",
)


def show_table(part: str, results: dict[str, dict[str, float]]) -> None:
    """Print one set's figures, an extractor a line."""
    print(f"\n{part:20}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, figures in results.items():
        cells = (figures.get(column, "") for column in COLUMNS)
        print(f"{name:20}" + "".join(f"{cell:10.3f}" if isinstance(cell, float) else f"{cell:>10}" for cell in cells))


def measure(
    part: Path, extractors: dict[str, Extractor], limit: int | None
) -> tuple[dict[str, SetTotals], list[tuple[Gold, Prediction]]]:
    """Run all extractors over one set, page by page; return their totals and the first one's predictions."""
    totals = {name: SetTotals() for name in extractors}
    first = next(iter(extractors))
    pairs = []
    for gold, html in read_pages(part, limit):
        for name, extractor in extractors.items():
            found = predict(extractor, gold, html)
            totals[name].add(gold, found)
            if name == first:
                pairs.append((gold, found))
    return totals, pairs


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure article extraction on real pages with gold.")
    parser.add_argument("parts", nargs="*", type=Path, help="folders with gold.jsonl and pages/ (default: all sets)")
    parser.add_argument("--peers", nargs="*", default=[], choices=[name for name in EXTRACTORS if name != "newsledger"])
    parser.add_argument("--predictions", type=Path, help="write our predictions there, one JSON object a page")
    parser.add_argument("--worst", type=int, default=0, help="show that many pages with the greatest loss, as diffs")
    parser.add_argument("--limit", type=int, help="read only the first pages of each set")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args(arguments)


def _write(predictions: list[Prediction], file: Path) -> None:
    lines = (json.dumps(asdict(found), ensure_ascii=False) for found in predictions)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; return the exit code."""
    options = _options(arguments)
    parts = options.parts or sorted(path.parent for path in DEFAULT_ROOT.glob("*/gold.jsonl"))
    missing = [part for part in parts if not (part / "gold.jsonl").is_file()]
    if missing or not parts:
        print(
            f"No pages to measure: {', '.join(map(str, missing)) or DEFAULT_ROOT} has no gold.jsonl. Name a folder.",
            file=sys.stderr,
        )
        return 2
    extractors = load_extractors(["newsledger", *options.peers])
    results = {}
    predictions: list[Prediction] = []
    for part in parts:
        totals, pairs = measure(part, extractors, options.limit)
        results[part.name] = {name: totals.summary() for name, totals in totals.items()}
        predictions.extend(found for _, found in pairs)
        if not options.json:
            show_table(part.name, results[part.name])
        if options.worst:
            show_worst(pairs, options.worst)
    if options.json:
        print(json.dumps(results, indent=1))
    if options.predictions:
        _write(predictions, options.predictions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
