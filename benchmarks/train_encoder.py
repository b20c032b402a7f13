"""What a small encoder would add to the trees that choose a number's slots, on articles that neither has seen.

``python -m benchmarks.train_encoder MODEL [--folds 3] [--only 0,1] [--epochs 4]``. MODEL is a folder with a BERT
(``benchmarks.encoder`` says which). Every article is in one fold, as in ``benchmarks.train_slots``; of the articles of
our own writing only the trees learn. Prints that benchmark's figures for the trees, for the encoder, and for the
trees' scores with a share of the encoder's log-probabilities (``SHARES``), on all real articles tried and on each set.

One core takes some 11 minutes a fold. Needs torch, tokenizers and safetensors, which are no part of the project.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from benchmarks.annotated import Example, articles, read_article
from benchmarks.encoder import Encoder, input_of, log_probabilities, run_frozen, train
from benchmarks.slot_scores import Scores, handicap, report, without
from benchmarks.train_slots import SEED, cross_validate, folds_of, parts, show
from extract.read.english.slots.choose import SLOTS

# How much of the encoder's log-probability is added to the trees' score: the best, by slot, of one fold in three, with
# trees that learned to rank; those of today learn the chance of being right, and their shares are to be found anew.
SHARES = {"thing": 0.25, "subject": 0.25, "place": 0.2, "as_of": 0.15, "speaker": 0.0}
Found = Mapping[int, Mapping[str, Scores]]


def right(example: Example) -> dict[str, list[bool]]:
    """Which candidates of each slot are right; an empty answer that is only fair counts where nothing else does."""
    return {slot: [0 < worth == max(found) for worth in found] for slot, found in example.worth.items()}


def try_encoder(
    examples: Sequence[Example],
    texts: Mapping[str, str],
    folds: Sequence[int],
    only: Sequence[int],
    folder: Path,
    epochs: int,
) -> Found:
    """The log-probabilities of the real examples of some folds, by an encoder that has not seen their articles."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()  # what a package of the model may have switched on
    inside = parts(examples)["real"]
    inputs = {k: input_of(texts[examples[k].article], examples[k], tokenizer) for k in inside}
    run_frozen(list(inputs.values()), Encoder(folder))
    found: dict[int, Mapping[str, Scores]] = {}
    for f in only:
        taught = [k for k in inside if folds[k] != f]
        tested = [k for k in inside if folds[k] == f]
        model = Encoder(folder)
        train(model, [inputs[k] for k in taught], [right(examples[k]) for k in taught], epochs, SEED)
        found |= dict(zip(tested, log_probabilities(model, [inputs[k] for k in tested]), strict=True))
        print(f"fold {f}: learned from {len(taught)} numbers, tried on {len(tested)}", flush=True)
    return found


def compare(
    title: str, examples: Sequence[Example], inside: Sequence[int], score: Callable[[str, int], Scores]
) -> None:
    """Print the figures of one way to score, on all that was tried and on each set; none has its best handicap."""
    tried = [examples[k] for k in inside]
    found = {slot: [score(slot, k) for k in inside] for slot in SLOTS}
    for slot, scores in found.items():
        less = handicap(tried, slot, scores)
        found[slot] = [without(s, less) for s in scores]
    for part, numbers in parts(tried).items():
        some = {slot: [scores[k] for k in numbers] for slot, scores in found.items()}
        show(f"{title}, {part}:", report([tried[k] for k in numbers], some))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=lambda text: [int(part) for part in text.split(",")], help="folds, as 0,1")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    examples: list[Example] = []
    texts: dict[str, str] = {}
    for article in articles():
        texts[article.name] = article.text
        examples += read_article(article)
    if not examples:
        raise SystemExit("No annotated articles found: ../shared/data/rows/claims and ../shared/data/pages are needed.")
    folds = folds_of(examples, args.folds)
    trees = cross_validate(examples, folds)[0]
    only = args.only or range(args.folds)
    encoder = try_encoder(examples, texts, folds, only, args.model, args.epochs)
    inside = sorted(encoder)
    compare("trees", examples, inside, lambda slot, k: np.asarray(trees[slot][k]))
    compare("encoder", examples, inside, lambda slot, k: encoder[k][slot].astype(float))
    compare("both", examples, inside, lambda slot, k: np.asarray(trees[slot][k]) + SHARES[slot] * encoder[k][slot])


if __name__ == "__main__":
    main()
