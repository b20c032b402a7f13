"""Train the ranking of headlines in ``extract/strip`` on pages with gold titles; score it on unseen publishers.

Usage::

    python -m benchmarks.train_headline [SET_DIR ...] [--folds 8] [--write]

Sets are folders as ``benchmarks/pages.py`` reads them (default: fundus, segments, wcxb, and half of readability,
under ``../shared``). The weights are those of a conditional logistic regression: of each page's candidates the ones
that are the gold title have most of the probability. Of readability only the half that ``is_for_training`` names is
learned from, so that the other half measures what was not trained on. ``--write`` trains on everything and writes
``extract/strip/weights/headline.tsv``.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.pages import DEFAULT_ROOT, Gold, fold, is_for_training, read_pages
from extract.strip.decode import decode_page
from extract.strip.headline import FEATURES, agreed, candidates, feature_rows
from extract.strip.metadata import read_structured, telling_of
from extract.strip.page import parse_page
from extract.strip.seen import settle
from extract.strip.segment import segment
from extract.strip.urls import host_of, site_label

TRAINING_SETS = ("fundus", "segments", "wcxb", "readability")
WEIGHTS = Path(__file__).parents[1] / "extract" / "strip" / "weights" / "headline.tsv"
# News pages are what this is for; they are fewest.
SET_WEIGHTS = {"fundus": 2.0, "readability": 2.0}
RIDGE = 0.5
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A page: its set and publisher, a row of features for each candidate, and which candidates are the gold title.

    ``agreed`` is the candidate that needs no ranking, if one does not.
    """

    part: str
    host: str
    is_trained: bool
    rows: Array
    right: Array
    agreed: int | None = None


def load_examples(parts: Sequence[Path]) -> list[Example]:
    """Read the candidates of all pages with a gold title."""
    pages = ((part, gold, html) for part in parts for gold, html in read_pages(part, None))
    return [read_example(*page) for page in pages if page[1].get("title")]


def read_example(part: Path, gold: Gold, html: bytes) -> Example:
    """Read one page's candidates."""
    url = gold.get("url") if str(gold.get("url")).startswith("http") else None
    page = parse_page(decode_page(html), url)
    settle(page.tree)
    shown = [block.text for block in segment(page.body)] if page.body is not None else []
    telling = telling_of(page, read_structured(page), shown)
    found = candidates(telling)
    rows = [[row.get(name, 0.0) for name in FEATURES] for row in feature_rows(telling, found)]
    right = [float(fold(item.text) == fold(gold["title"])) for item in found.values()]
    host = site_label(host_of(url)) if url else gold["id"].split("-")[0]
    best = agreed(telling, found)
    place = next((at for at, item in enumerate(found.values()) if item is best), None)
    return Example(part.name, host, is_for_training(part, gold), np.array(rows), np.array(right), place)


def learn(examples: Sequence[Example]) -> Array:
    """Return the weights that make the gold titles likeliest among the candidates of pages that need the ranking."""
    pages = [page for page in examples if page.is_trained and page.agreed is None and page.right.any()]
    rows = np.concatenate([page.rows for page in pages])
    right = np.concatenate([page.right for page in pages])
    counts = [len(page.right) for page in pages]
    starts = np.cumsum([0, *counts[:-1]])
    of_page = np.repeat(np.arange(len(pages)), counts)
    importance = np.array([SET_WEIGHTS.get(page.part, 1.0) for page in pages])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[of_page])
        total = np.add.reduceat(odds, starts)
        gold = np.add.reduceat(odds * right, starts)
        pull = (odds / total[of_page] - odds * right / gold[of_page]) * importance[of_page]
        value = -(importance * np.log(gold / total)).sum() + RIDGE * weights @ weights
        return float(value), rows.T @ pull + 2 * RIDGE * weights

    found: Array = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def is_right(example: Example, weights: Array) -> bool:
    """Say whether the candidate agreed on, else the first of those with the most weight, is the gold title."""
    if not len(example.right):
        return False
    chosen = example.agreed if example.agreed is not None else int(np.argmax(example.rows @ weights))
    return bool(example.right[chosen])


def cross_validate(examples: Sequence[Example], folds: int) -> dict[str, list[bool]]:
    """Return for each set which titles are right by weights that saw no page of that publisher."""
    part_of = {example.host: sha256(b"fold" + example.host.encode()).digest()[0] % folds for example in examples}
    results: defaultdict[str, list[bool]] = defaultdict(list)
    for held in range(folds):
        weights = learn([example for example in examples if part_of[example.host] != held])
        for example in examples:
            if part_of[example.host] == held:
                name = example.part if example.is_trained else f"{example.part}, never trained on"
                results[name].append(is_right(example, weights))
    return results


def main(arguments: list[str] | None = None) -> int:
    """Cross-validate, and train on everything when asked to; return the exit code."""
    parser = argparse.ArgumentParser(description="Train the ranking of headlines of extract/strip.")
    parser.add_argument("parts", nargs="*", type=Path)
    parser.add_argument("--folds", type=int, default=8, help="0 skips cross-validation")
    parser.add_argument("--write", action="store_true", help="train on all pages and write the weights")
    options = parser.parse_args(arguments)
    examples = load_examples(options.parts or [DEFAULT_ROOT / name for name in TRAINING_SETS])
    print(f"{len(examples)} pages of {len({example.host for example in examples})} publishers", file=sys.stderr)
    if options.folds:
        for name, right in sorted(cross_validate(examples, options.folds).items()):
            print(f"{name:40} {len(right):5} {mean(right):.3f}")
    if options.write:
        pairs = zip(FEATURES, learn(examples), strict=True)
        WEIGHTS.write_text("".join(f"{name}\t{weight:.2f}\n" for name, weight in pairs), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
