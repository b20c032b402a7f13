"""Train the block classifier of ``extract/strip`` on pages with gold text, and score it on publishers it has not seen.

Usage::

    python -m benchmarks.train_blocks [SET_DIR ...] [--folds 5] [--write]

Sets are folders as ``benchmarks/pages.py`` reads them (default: aeb, fundus, wcxb, segments and half of readability
under ``../shared``). A block is positive when most of its 4-grams are in the gold text. All parts (word weights, first
forest, second forest) are learned from pages of other hosts than those they are then applied to, also inside the
training set, so that the second forest sees the first one's scores as they are on new pages. ``--write`` trains on
everything and writes the weights as text to ``extract/strip/weights``.

Needs scikit-learn (the dev extra); the product does not. On a busy machine run it with ``OMP_NUM_THREADS=1``: threads
that wait for each other take several times as long.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.pages import DEFAULT_ROOT, Gold, fold, is_for_training, read_pages, shingles, text_scores
from extract.forest import MAX_LEAVES
from extract.strip.article import body_hints
from extract.strip.body import likely_body
from extract.strip.candidates import candidate_blocks
from extract.strip.classifier import CONTEXT_FEATURES, context_features, sigmoid
from extract.strip.decode import decode_page
from extract.strip.features import FEATURES, Hints, Lexicon, block_features, hint_words, text_words
from extract.strip.metadata import read_headline, read_structured
from extract.strip.other_articles import without_other_articles
from extract.strip.page import parse_page
from extract.strip.seen import settle
from extract.strip.segment import TextBlock, segment
from extract.strip.urls import host_of, site_label

TRAINING_SETS = ("aeb", "fundus", "wcxb", "segments", "readability")
WEIGHTS = Path(__file__).parents[1] / "extract" / "strip" / "weights"
MIN_HOSTS = 5
TREES = 90
# Most blocks of a page are not body, and alike; a part of them teaches as much in less time.
NEGATIVES_KEPT = 0.5
Array = NDArray[Any]


@dataclass
class Example:
    """A page: its blocks, which of them are body (1, 0, or -1 for unknown), and how much each counts."""

    part: str
    gold: Gold
    host: str
    blocks: list[TextBlock]
    hints: Hints
    labels: Array
    weights: Array
    is_trained: bool = True
    fold: int = 0


@dataclass
class Model:
    """The learned parts, as scikit-learn has them."""

    lexicon: Lexicon
    alone: Any
    in_context: Any = None
    extra: dict[str, Any] = field(default_factory=dict)


def load_examples(parts: Sequence[Path]) -> list[Example]:
    """Read, segment and label the pages of all sets."""
    examples = []
    for part in parts:
        for gold, html in read_pages(part, None):
            url = gold.get("url") if str(gold.get("url")).startswith("http") else None
            page = parse_page(decode_page(html), url)
            settle(page.tree)
            every = segment(page.body) if page.body is not None else []
            data = read_structured(page)
            told = read_headline(page, data, [block.text for block in every])
            hints = body_hints(page, data, told[0] if told else "")
            blocks = candidate_blocks(without_other_articles(every, hints.headline), hints.headline)
            if not blocks:
                continue
            labels = (
                string_labels(gold, blocks)
                if "with" in gold and not gold.get("text")
                else text_labels(gold["text"], blocks)
            )
            weights = block_weights(blocks, labels)
            host = site_label(host_of(url)) if url else gold["id"].split("-")[0]
            name, is_trained = part.name, is_for_training(part, gold)
            examples.append(Example(name, gold, host, blocks, hints, labels, weights, is_trained))
    return examples


def text_labels(text: str, blocks: list[TextBlock]) -> Array:
    """Label blocks by their 4-grams' share in the gold text; each gram of the gold is used up once."""
    left = shingles(text)
    lines = {fold(line) for line in text.splitlines()}
    labels = []
    for block in blocks:
        grams = shingles(block.text)
        common = grams & left
        short = len(block.text.split()) < 5 and " " in block.text
        if short or not grams:
            labels.append(1 if fold(block.text) in lines else 0)
            continue
        share = sum(common.values()) / sum(grams.values())
        labels.append(int(share >= 0.5))
        if share >= 0.5:
            left -= common
    return np.array(labels)


def string_labels(gold: Gold, blocks: list[TextBlock]) -> Array:
    """Label the blocks that hold one of the strings a text must have or must not have; the rest is unknown."""
    labels = np.full(len(blocks), -1)
    for index, block in enumerate(blocks):
        if any(string in block.text for string in gold["with"]):
            labels[index] = 1
        elif any(string in block.text for string in gold["without"]):
            labels[index] = 0
    return labels


def block_weights(blocks: list[TextBlock], labels: Array) -> Array:
    """Weigh blocks by their share of the body, as the score does; unknown ones do not count."""
    sizes = np.array([len(shingles(block.text)) or 1 for block in blocks], dtype=float)
    body = sizes[labels == 1].sum() or sizes.mean()
    weights = 60 * np.minimum(sizes, 0.3 * body + 5) / (body + 60) + 0.15
    return np.where(labels < 0, 0.0, weights)


def assign_folds(examples: list[Example], count: int) -> None:
    """Give each host one fold, so that no publisher is on both sides."""
    hosts = sorted({example.host for example in examples})
    order = np.random.default_rng(7).permutation(len(hosts))
    folds = {host: int(order[index]) % count for index, host in enumerate(hosts)}
    for example in examples:
        example.fold = folds[example.host]


@dataclass
class WordTable:
    """The words of all blocks, counted once: one row a block, one column a word, and which host has which word."""

    words: list[str]
    counts: csr_matrix
    by_host: csr_matrix
    hosts: list[str]

    def learn(self, rows: Array, hosts: set[str], labels: Array, weights: Array, strength: float) -> dict[str, float]:
        """Learn by logistic regression, from some rows, a weight for each word that enough of the hosts have."""
        of_hosts = np.array([host in hosts for host in self.hosts])
        known = np.flatnonzero(np.asarray(self.by_host[of_hosts].sum(axis=0)).ravel() >= MIN_HOSTS)
        matrix = self.counts[rows][:, known]
        model = LogisticRegression(C=strength, max_iter=60).fit(matrix, labels, sample_weight=weights)
        pairs = zip(known, model.coef_[0], strict=True)
        return {self.words[at]: round(float(value), 3) for at, value in pairs if abs(value) >= 0.02}


def count_words(
    examples: list[Example], words_of: Callable[[list[TextBlock]], Iterable[list[str]]], scale: bool
) -> WordTable:
    """Count the words of all blocks; ``scale`` divides by the root of a block's number of words."""
    known: dict[str, int] = {}
    hosts = sorted({example.host for example in examples})
    has = {host: set[int]() for host in hosts}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for example in examples:
        for words in words_of(example.blocks):
            found = Counter(known.setdefault(word, len(known)) for word in words)
            columns.extend(found)
            data.extend(value / (len(words) ** 0.5 if scale else 1) for value in found.values())
            starts.append(len(columns))
            has[example.host].update(found)
    counts = csr_matrix((data, columns, starts), shape=(len(starts) - 1, len(known)))
    owned = [sorted(has[host]) for host in hosts]
    ends = np.cumsum([0, *map(len, owned)])
    flat = [word for words in owned for word in words]
    by_host = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(hosts), len(known)))
    return WordTable(list(known), counts, by_host, hosts)


def path_words(blocks: list[TextBlock]) -> list[list[str]]:
    """Return the markup words of each block's boxes, a word once for each box that has it."""
    return [[word for box in block.box.ancestry() for word in hint_words(box)] for block in blocks]


class LexiconLearner:
    """Learns both word lists from any part of the examples."""

    def __init__(self, examples: list[Example]):
        self.paths = count_words(examples, path_words, scale=False)
        self.texts = count_words(examples, lambda blocks: text_words([block.text for block in blocks]), scale=True)
        ends = np.cumsum([0] + [len(example.blocks) for example in examples])
        self.rows = {
            id(example): np.arange(at, end) for example, at, end in zip(examples, ends, ends[1:], strict=False)
        }

    def learn(self, examples: list[Example]) -> Lexicon:
        """Learn from some of the examples."""
        rows = np.concatenate([self.rows[id(example)] for example in examples])
        labels = np.concatenate([example.labels for example in examples])
        weights = np.concatenate([example.weights for example in examples])
        known = labels >= 0
        hosts = {example.host for example in examples}
        known_rows, known_labels, known_weights = rows[known], labels[known], weights[known]
        return Lexicon(
            self.paths.learn(known_rows, hosts, known_labels, known_weights, 0.03),
            self.texts.learn(known_rows, hosts, known_labels, known_weights, 0.3),
        )


def stack(examples: list[Example], matrices: list[Array]) -> tuple[Array, Array, Array]:
    """Put the known blocks of all pages under each other."""
    keep = [example.labels >= 0 for example in examples]
    rows = np.concatenate([matrix[mask] for matrix, mask in zip(matrices, keep, strict=True)])
    labels = np.concatenate([example.labels[mask] for example, mask in zip(examples, keep, strict=True)])
    weights = np.concatenate([example.weights[mask] for example, mask in zip(examples, keep, strict=True)])
    return rows, labels, weights


def learn_forest(examples: list[Example], matrices: list[Array]) -> Any:
    """Learn one forest."""
    rows, labels, weights = stack(examples, matrices)
    kept = (labels == 1) | (np.random.default_rng(5).random(len(labels)) < NEGATIVES_KEPT)
    rows, labels, weights = rows[kept], labels[kept], np.where(labels == 1, weights, weights / NEGATIVES_KEPT)[kept]
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.07,
        max_leaf_nodes=MAX_LEAVES,
        max_depth=7,
        min_samples_leaf=30,
        l2_regularization=8.0,
        max_features=0.4,
        early_stopping=False,
        random_state=3,
    )
    return model.fit(rows, labels, sample_weight=weights)


def forest_scores(model: Any, matrix: Array) -> Array:
    """Return a page's probabilities by a learned forest."""
    return sigmoid(model.decision_function(matrix).astype(np.float32))


def learn(examples: list[Example], inner: int, words: LexiconLearner) -> Model:
    """Learn all parts; what feeds a later part is always scored by parts that did not see its host."""
    matrices: list[Array] = [np.empty(0)] * len(examples)
    hosts = sorted({example.host for example in examples})
    group = {host: index % inner for index, host in enumerate(np.random.default_rng(1).permutation(hosts))}
    for part in range(inner):
        lexicon = words.learn([example for example in examples if group[example.host] != part])
        for index, example in enumerate(examples):
            if group[example.host] == part:
                matrices[index] = block_features(example.blocks, lexicon, example.hints)
    contexts: list[Array] = [np.empty(0)] * len(examples)
    for part in range(inner):
        seen = [index for index, example in enumerate(examples) if group[example.host] != part]
        forest = learn_forest([examples[i] for i in seen], [matrices[i] for i in seen])
        for index, example in enumerate(examples):
            if group[example.host] == part:
                contexts[index] = context_features(
                    matrices[index], forest_scores(forest, matrices[index]), example.blocks
                )
    return Model(words.learn(examples), learn_forest(examples, matrices), learn_forest(examples, contexts))


def apply(model: Model, example: Example) -> Array:
    """Return the probabilities of a page's blocks."""
    rows = block_features(example.blocks, model.lexicon, example.hints)
    return forest_scores(model.in_context, context_features(rows, forest_scores(model.alone, rows), example.blocks))


def cross_validate(examples: list[Example], folds: int, inner: int) -> list[Array]:
    """Return each page's probabilities by a model that saw no page of its host."""
    assign_folds(examples, folds)
    scores: list[Array] = [np.empty(0)] * len(examples)
    words = LexiconLearner(examples)
    for held in range(folds):
        started = time.time()
        model = learn([e for e in examples if e.fold != held and e.is_trained], inner, words)
        for index, example in enumerate(examples):
            if example.fold == held:
                scores[index] = apply(model, example)
        print(f"fold {held}: {time.time() - started:.0f} s", file=sys.stderr)
    return scores


def report(examples: list[Example], scores: list[Array]) -> None:
    """Print precision, recall and F1 of each set."""
    cells = []
    for part, is_trained in dict.fromkeys((example.part, example.is_trained) for example in examples):
        pairs = [(e, s) for e, s in zip(examples, scores, strict=True) if (e.part, e.is_trained) == (part, is_trained)]
        precision, recall = part_scores(pairs)
        name = part if is_trained else f"{part} (not trained on)"
        both = 2 * precision * recall / (precision + recall)
        cells.append(f"{name} {precision:.4f} {recall:.4f} {both:.4f}")
    print("  |  ".join(cells))


def part_scores(pairs: list[tuple[Example, Array]]) -> tuple[float, float]:
    """Return precision and recall of one set."""
    texts = [
        (e.gold, "\n\n".join(block.text for block in likely_body(e.blocks, scores.tolist()))) for e, scores in pairs
    ]
    if "with" in texts[0][0] and not texts[0][0].get("text"):
        right = sum(string in text for gold, text in texts for string in gold["with"])
        wrong = sum(string in text for gold, text in texts for string in gold["without"])
        wanted = sum(len(gold["with"]) for gold, _ in texts)
        return right / max(1, right + wrong), right / max(1, wanted)
    found = [text_scores(gold["text"], text) for gold, text in texts]
    return mean(p for p, _ in found if p is not None), mean(r for _, r in found if r is not None)


def write_forest(model: Any, names: Sequence[str], path: Path) -> None:
    """Write a forest as text: for each split its feature, threshold and the leaves of its left branch."""
    lines = [f"base {float(model._baseline_prediction[0, 0]):.5f}"]
    for (predictor,) in model._predictors:
        splits: list[tuple[str, float, int, int]] = []
        leaves: list[float] = []
        _walk(predictor.nodes, 0, names, splits, leaves)
        lines.append("tree")
        lines.extend(f"split {name} {threshold:.6g} {first} {last}" for name, threshold, first, last in splits)
        lines.extend(f"leaf {value:.5f}" for value in leaves)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _walk(
    nodes: Any, at: int, names: Sequence[str], splits: list[tuple[str, float, int, int]], leaves: list[float]
) -> None:
    node = nodes[at]
    if node["is_leaf"]:
        leaves.append(float(node["value"]))
        return
    place = len(splits)
    splits.append((names[node["feature_idx"]], float(node["num_threshold"]), 0, 0))
    first = len(leaves)
    _walk(nodes, node["left"], names, splits, leaves)
    splits[place] = (*splits[place][:2], first, len(leaves) - 1)
    _walk(nodes, node["right"], names, splits, leaves)


def write_words(words: dict[str, float], path: Path) -> None:
    """Write word weights, one a line."""
    path.write_text("".join(f"{word}\t{weight}\n" for word, weight in sorted(words.items())), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Cross-validate, and train on everything when asked to; return the exit code."""
    parser = argparse.ArgumentParser(description="Train the block classifier of extract/strip.")
    parser.add_argument("parts", nargs="*", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="0 skips cross-validation")
    parser.add_argument("--inner", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="train on all pages and write the weights")
    options = parser.parse_args(arguments)
    parts = options.parts or [DEFAULT_ROOT / name for name in TRAINING_SETS]
    examples = load_examples(parts)
    print(f"{len(examples)} pages of {len({e.host for e in examples})} hosts", file=sys.stderr)
    if options.folds:
        report(examples, cross_validate(examples, options.folds, options.inner))
    if options.write:
        examples = [example for example in examples if example.is_trained]
        model = learn(examples, options.inner, LexiconLearner(examples))
        WEIGHTS.mkdir(exist_ok=True)
        write_words(dict(model.lexicon.hints), WEIGHTS / "hints.tsv")
        write_words(dict(model.lexicon.texts), WEIGHTS / "texts.tsv")
        write_forest(model.alone, FEATURES, WEIGHTS / "alone.txt")
        write_forest(model.in_context, CONTEXT_FEATURES, WEIGHTS / "in_context.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
