"""Fit the weights by which the owner of a number is found, from the newsroom and the stories of our own.

    python -m benchmarks.train_owners [--write]

The names of their figures tell whose they are: ``vance-raised-month`` is Tobias Vance's, ``flood-dead``
nobody's. Each number is a choice among its candidates and nobody; the weights are those of a multinomial logit. Printed
is how often the likeliest candidate is right on stories that were left out, and on those of another writer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.train_measures import (
    CAMPAIGNS,
    NEWSROOM,
    STORIES,
    Bools,
    Floats,
    Marked,
    figure_of,
    fill,
    newsroom,
    write_weights,
)
from load.connection import private
from load.lock import writer_lock
from load.measures.claim import Article, Name, Number
from load.measures.kinds import clause_of, kind_of
from load.measures.owners import weighed
from load.measures.reading import articles_of_days

WEIGHTS = Path(__file__).parents[1] / "load" / "measures" / "owners.toml"
FOLDS = 5
# How strongly the weights are held to zero.
PULL = 1.0
# Figures whose names say nothing of whose they are.
UNSAID = frozenset(("lead", "margin"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A number's candidates with their features, which of them is right, and its story."""

    rows: dict[str, dict[str, float]]
    right: str
    story: str


def owner_of(figure: str, names: Sequence[Name], surnames: frozenset[str]) -> str | None:
    """Return whose a figure is by its name, empty for nobody's; None where the article does not tell."""
    words = set(figure.split("-"))
    best: tuple[int, int, int, str] | None = None
    often = Counter(name.key for name in names)
    for name in names:
        parts = name.key.split(":", 1)[1].split()
        shared = len(words & set(parts))
        if name.kind != "place" and shared and (name.kind != "person" or parts[-1] in words):
            best = max(best or (0, 0, 0, ""), (shared, often[name.key], len(parts), name.key))
    if best:
        return best[3]
    return None if words & (surnames | UNSAID) else ""


def choices(articles: list[Marked]) -> list[Choice]:
    """Return the marked numbers whose owner is known to be among their candidates."""
    by_url = {article.url: article for article in articles}
    with tempfile.TemporaryDirectory() as folder:
        config = fill(Path(folder), articles)
        with writer_lock(config, owner="benchmark"), private(config) as con:
            days = [day for (day,) in con.execute("select distinct news_date from claim_profiles").fetchall()]
            found = articles_of_days(con, days)
            urls = dict(con.execute("select version_id, url from articles").fetchall())
            surfaces = dict(con.execute("select quantity_id, surface from quantities").fetchall())
    surnames = frozenset(
        name.key.split(" ")[-1] for article, _ in found for name in article.names if name.kind == "person"
    )
    made = []
    for article, numbers in found:
        for number in numbers:
            marked = by_url[urls[number.version_id]]
            figure = figure_of(marked, number.start, article.text, surfaces[number.claim_id])
            right = owner_of(figure, article.names, surnames) if figure else None
            rows = _rows(article, number) if right is not None else {}
            if right in rows:
                made.append(Choice(rows, right or "", marked.story))
    return made


def _rows(article: Article, number: Number) -> dict[str, dict[str, float]]:
    clause = clause_of(article.text, number)
    return weighed(number, article, clause, kind_of(number, article.text, clause))


def fit(made: Sequence[Choice], names: Sequence[str]) -> Floats:
    """Return a weight for each feature."""
    tables = [(_matrix(choice, names), list(choice.rows).index(choice.right)) for choice in made]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = PULL * float(weights @ weights) / 2, PULL * weights
        for matrix, right in tables:
            scores = matrix @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= float(np.log(shares[right] + 1e-12))
            slope = slope + matrix.T @ shares - matrix[right]
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x)


def _matrix(choice: Choice, names: Sequence[str]) -> Floats:
    return np.array([[row.get(name, 0.0) for name in names] for row in choice.rows.values()])


def right_of(made: Sequence[Choice], names: Sequence[str], weights: Floats) -> Bools:
    """Tell for which numbers the likeliest candidate is the right one."""
    return np.array([list(c.rows)[int((_matrix(c, names) @ weights).argmax())] == c.right for c in made])


def main() -> None:
    """Fit, print and, with ``--write``, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    made = choices(newsroom(NEWSROOM, STORIES))
    names = sorted({name for choice in made for row in choice.rows.values() for name in row})
    stories = sorted({choice.story for choice in made})
    right = Counter[bool]()
    for fold in range(FOLDS):
        out = set(stories[fold::FOLDS])
        kept = [choice for choice in made if choice.story not in out]
        tested = [choice for choice in made if choice.story in out]
        right.update(right_of(tested, names, fit(kept, names)).tolist())
    print(f"{len(made)} numbers; the likeliest owner is right in {right[True] / right.total():.3f} of stories left out")
    weights = fit(made, names)
    others = right_of(choices(newsroom(CAMPAIGNS)), names, weights)
    print(f"of {len(others)} numbers of another writer's stories: {others.mean():.3f}")
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(names, weights, strict=True)]
    print("\n".join(lines))
    if args.write:
        write_weights(WEIGHTS, lines)


if __name__ == "__main__":
    main()
