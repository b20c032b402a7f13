"""Train the choosers of a number's slots on annotated articles, and score them on articles they have not seen.

``python -m benchmarks.train_slots [--folds 5] [--curve] [--write]``. Every article is in one fold; what a fold's
articles are scored with was learned without them, also where the subject's chooser is told what the thing's chose.
Precision is right of what is given, recall right of what the text states, ``core`` thing, subject, day and speaker all
right. ``--curve`` trains on an eighth, a quarter and a half of the articles too; ``--write`` trains on everything and
writes the weights as text to ``extract/read/english/slots/weights``.

Needs LightGBM (the dev extra); the product does not.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.annotated import Example, articles, read_article
from benchmarks.slot_scores import Scores, calibration, f1, handicap, is_right, picks, reliability, report, without
from benchmarks.train_network import fit_networks
from extract.network import Networks, write_networks
from extract.read.english.slots.choose import FEATURES, SLOTS, WITH_NETWORKS, blended, phrases_of, stacked

WEIGHTS = Path(__file__).parents[1] / "extract" / "read" / "english" / "slots" / "weights"
TREES = 250
PARAMETERS: dict[str, Any] = {
    "num_leaves": 16,
    "learning_rate": 0.08,
    "min_data_in_leaf": 20,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "max_bin": 63,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}
SEED = 1
# What a number in an article of our own writing counts for: in folds by article it helps the thing and the place and
# harms the subject (docs/slots.md).
OWN_WEIGHT = {"thing": 1.0, "subject": 0.0, "place": 0.5, "as_of": 1.0, "speaker": 0.5, "antecedent": 1.0}
# Articles whose bearers are as far from their numbers as in real ones help the subject too.
FAR_BEARERS = tuple(f"own/{name}" for name in "fronts politics business local world short kinds web".split())
FAR_WEIGHT = 0.5
# Where days stand in these, the days of real articles are not better chosen (docs/slots.md).
NO_DAYS = "own/web"
# Articles of our own that are as messy as real ones count as much.
MESSY = "own/reports3"
# Slots that learn from some examples twice, the second time with names that nobody knows: else the place's chooser
# trusts the gazetteer alone.
TAUGHT_UNKNOWN = frozenset({"place"})
UNKNOWN = 0.25
KIND_OF_NAME = ("kind", "person", "organisation", "place")
# Where an empty answer is fair, what it counts for beside a right one: places are seldom wanted and often told.
FAIR = {"place": 0.15}
FLOOR = 1e-3  # of the second derivative, so that no step is endless
Loss = Callable[[Scores, lightgbm.Dataset], tuple[Scores, Scores]]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned for a slot."""

    trees: lightgbm.Booster
    networks: Networks | None

    def predict(self, rows: Any) -> Scores:
        """The score of each candidate, as the reader gives it."""
        trees = np.asarray(self.trees.predict(rows))
        return trees if self.networks is None else blended(trees, self.networks.scores(rows)).astype(np.float64)


def fit(examples: Sequence[Example], slot: str, rows: Sequence[Any], inside: Iterable[int]) -> Model:
    """Learn to choose among a slot's candidates from those of the examples ``inside`` that teach it."""
    taught = [k for k in inside if weight(examples[k], slot)]
    draw = random.Random(SEED)
    copied = [k for k in taught if slot in TAUGHT_UNKNOWN and draw.random() < UNKNOWN]
    tables = [*(rows[k] for k in taught), *(unknown(rows[k]) for k in copied)]
    taught += copied
    right = [np.array([0.0, FAIR.get(slot, 1.0), 1.0])[examples[k].worth[slot]] for k in taught]
    weights = np.array([weight(examples[k], slot) for k in taught])
    loss = softmax([len(table) for table in tables], np.concatenate(right), weights)
    data = lightgbm.Dataset(np.concatenate(tables), np.concatenate(right))
    trees = lightgbm.train({**PARAMETERS, "seed": SEED, "objective": loss}, data, TREES)

    def slope_of(batch: Sequence[int]) -> Callable[[Scores], Scores]:
        of_batch = softmax([len(tables[k]) for k in batch], np.concatenate([right[k] for k in batch]), weights[batch])
        return lambda scores: of_batch(scores.astype(np.float64), data)[0] / len(batch)

    return Model(trees, fit_networks(tables, slope_of, SEED) if slot in WITH_NETWORKS else None)


def softmax(sizes: Sequence[int], right: Any, weights: Any) -> Loss:
    """The loss whose scores are the logarithms of chances: that the choice falls on any of the right candidates.

    A number's candidates lie together, ``sizes`` of them each; of a number without a right one nothing is learned.
    ``right`` is 0 for a wrong candidate and else what the choice of it counts for.
    """
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(sizes)), sizes)
    weight_of = weights[of]

    def derivatives(scores: Scores, _: lightgbm.Dataset) -> tuple[Scores, Scores]:
        odds = np.exp(scores - np.maximum.reduceat(scores, firsts)[of])
        chance = odds / np.add.reduceat(odds, firsts)[of]
        all_right = np.add.reduceat(odds * right, firsts)[of]
        among_right = np.where(all_right > 0, odds * right / np.maximum(all_right, 1e-12), chance)
        return weight_of * (chance - among_right), weight_of * np.maximum(chance * (1 - chance), FLOOR)

    return derivatives


def unknown(table: Any) -> Any:
    """Features as they would be if no list knew the names among the candidates."""
    table = table.copy()
    table[:, [FEATURES["place"].index(name) for name in KIND_OF_NAME]] = 0
    return table


def weight(example: Example, slot: str) -> float:
    """How much a slot learns from an example: real articles count full."""
    if example.article.startswith(MESSY):
        return 1.0
    if slot == "as_of" and example.article.startswith(NO_DAYS):
        return 0.0
    if slot == "subject" and example.article.startswith(FAR_BEARERS):
        return FAR_WEIGHT
    return OWN_WEIGHT[slot] if example.article.startswith("own/") else 1.0


def folds_of(examples: Sequence[Example], count: int, seed: int = SEED) -> list[int]:
    """The fold of each example: all of an article in one."""
    names = sorted({e.article for e in examples})
    random.Random(seed).shuffle(names)
    place = {name: k % count for k, name in enumerate(names)}
    return [place[e.article] for e in examples]


def held_out(examples: Sequence[Example], slot: str, rows: Sequence[Any], folds: Sequence[int]) -> list[Scores]:
    """The scores of every example's candidates by a model that has not seen its article."""
    scores: list[Any] = [None] * len(examples)
    for f in sorted(set(folds)):
        model = fit(examples, slot, rows, [k for k, fold in enumerate(folds) if fold != f])
        for k, fold in enumerate(folds):
            if fold == f:
                scores[k] = model.predict(rows[k])
    return scores


def cross_validate(
    examples: Sequence[Example], folds: Sequence[int]
) -> tuple[dict[str, list[Scores]], dict[str, float]]:
    """Held-out scores of all slots, the subject's with the thing's held-out scores, and each slot's handicap.

    One number a slot is chosen on all folds together; against over two thousand claims that flatters nothing.
    """
    found: dict[str, list[Scores]] = {}
    steps: dict[str, float] = {}
    inside = real(examples)
    for slot in SLOTS:
        scores = held_out(examples, slot, slot_rows(examples, slot, found.get("thing")), folds)
        steps[slot] = handicap([examples[k] for k in inside], slot, [scores[k] for k in inside])
        found[slot] = [without(s, steps[slot]) for s in scores]
    return found, steps


def cross_validate_antecedents(examples: Sequence[Example], folds: int) -> tuple[list[Example], list[Scores], float]:
    """The numbers whose right subject is a pronoun, the held-out scores of whom it stands for, and none's handicap."""
    some = [e for e in examples if "antecedent" in e.scored]
    scores = held_out(some, "antecedent", [e.scored["antecedent"].rows for e in some], folds_of(some, folds))
    inside = real(some)
    step = handicap([some[k] for k in inside], "antecedent", [scores[k] for k in inside])
    return some, [without(s, step) for s in scores], step


def slot_rows(examples: Sequence[Example], slot: str, things: Sequence[Scores] | None) -> list[Any]:
    """Each example's table of features; the subject's with what the thing's chooser says."""
    rows = [e.scored[slot].rows[:, : len(FEATURES[slot])] for e in examples]
    if slot != "subject":
        return rows
    assert things is not None
    return [
        np.concatenate([r[:, : len(FEATURES["thing"])], stacked(phrases_of(e.scored["thing"]), t)], axis=1)
        for e, r, t in zip(examples, rows, things, strict=True)
    ]


def real(examples: Sequence[Example]) -> list[int]:
    """The examples that are not of our own writing."""
    return [k for k, e in enumerate(examples) if not e.article.startswith("own/")]


def as_text(model: Model, names: Sequence[str]) -> Iterator[str]:
    """The lines of a forest as ``extract.forest`` reads them."""
    yield "base 0"
    for tree in model.trees.dump_model()["tree_info"]:
        yield "tree"
        leaves: list[float] = []
        splits: list[str] = []

        def walk(node: dict[str, Any], leaves: list[float], splits: list[str]) -> None:
            if "leaf_value" in node:
                leaves.append(node["leaf_value"])
                return
            first = len(leaves)
            walk(node["left_child"], leaves, splits)
            splits.append(f"split {names[node['split_feature']]} {node['threshold']:.6g} {first} {len(leaves) - 1}")
            walk(node["right_child"], leaves, splits)

        walk(tree["tree_structure"], leaves, splits)
        yield from splits
        yield from (f"leaf {value:.4g}" for value in leaves)


def write(examples: Sequence[Example], slot: str, rows: Sequence[Any], scores: Sequence[Scores], step: float) -> None:
    """Train a slot on all examples and write its weights; ``scores`` are the held-out ones."""
    WEIGHTS.mkdir(exist_ok=True)
    inside = real(examples)
    model = fit(examples, slot, rows, range(len(examples)))
    slope, intercept = calibration([examples[k] for k in inside], slot, [scores[k] for k in inside])
    head = [f"slope {slope:.4f}", f"intercept {intercept:.4f}", f"handicap {step:.2f}"]
    lines = [*head, *as_text(model, FEATURES[slot])]
    (WEIGHTS / f"{slot}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if model.networks:
        lines = list(write_networks(model.networks, FEATURES[slot]))
        (WEIGHTS / f"{slot}.networks.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def part_of(example: Example) -> str:
    """The set that an example is of: whole claims, other pages, texts of the sets of rows, or our own writing."""
    if example.article.startswith("own/"):
        return "own"
    if "before" not in example.claim:
        return "claims set"
    return "reports" if example.article.startswith("rows/") else "pages"


def parts(examples: Sequence[Example]) -> dict[str, list[int]]:
    """The examples of each set, and of all that are real."""
    found: dict[str, list[int]] = {"real": real(examples)}
    for k, e in enumerate(examples):
        found.setdefault(part_of(e), []).append(k)
    return found


def show(title: str, result: dict[str, float]) -> None:
    """Print one line of figures."""
    print(title, " ".join(f"{name} {value:.1f}" for name, value in result.items()), flush=True)


def show_antecedents(examples: Sequence[Example], scores: Sequence[Scores]) -> None:
    """Print how often it is right whom a pronoun stands for, a line each set."""
    for part, at in parts(examples).items():
        there, told = [examples[k] for k in at], picks([scores[k] for k in at])
        right = 100 * sum(is_right(e, "antecedent", pick) for e, pick in zip(there, told, strict=True)) / len(at)
        show(f"{part}, antecedents of {len(at)} pronouns", {"right": right, "F1": 100 * f1(there, "antecedent", told)})


def show_folds(examples: Sequence[Example], found: Mapping[str, Sequence[Scores]]) -> None:
    """Print the figures of each set, and how well the confidences of the real articles tell the chance."""
    for part, inside in parts(examples).items():
        show(part, report([examples[k] for k in inside], {s: [v[k] for k in inside] for s, v in found.items()}))
    inside = parts(examples)["real"]
    for slot in SLOTS:
        some, scores = [examples[k] for k in inside], [found[slot][k] for k in inside]
        for band, count, chance, right in reliability(some, slot, scores, calibration(some, slot, scores)):
            print(f"{slot} confidence {band}: {count} choices, mean {chance:.2f}, right {right:.2f}")


def show_curve(examples: Sequence[Example], folds: int) -> None:
    """Print what is reached with an eighth, a quarter and half of the articles."""
    names = sorted({e.article for e in examples})
    random.Random(SEED).shuffle(names)
    for share in (8, 4, 2):
        kept = set(names[::share])
        some = [e for e in examples if e.article in kept]
        learned, at = cross_validate(some, folds_of(some, folds))[0], real(some)
        told = {slot: [by_number[k] for k in at] for slot, by_number in learned.items()}
        show(f"one article of {share}, real ones", report([some[k] for k in at], told))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    examples = [example for article in articles() for example in read_article(article)]
    if not examples:
        raise SystemExit("No annotated articles found: ../shared/data/rows/claims and ../shared/data/pages are needed.")
    print(f"{len(examples)} numbers of {len({e.article for e in examples})} articles")
    found, steps = cross_validate(examples, folds_of(examples, args.folds))
    show_folds(examples, found)
    if args.curve:
        show_curve(examples, args.folds)
    some, named, step = cross_validate_antecedents(examples, args.folds)
    show_antecedents(some, named)
    if args.write:
        for slot in SLOTS:
            write(examples, slot, slot_rows(examples, slot, found["thing"]), found[slot], steps[slot])
        write(some, "antecedent", [e.scored["antecedent"].rows for e in some], named, step)


if __name__ == "__main__":
    main()
