"""Fit the weights by which claims of one measure are found, from a newsroom of our own, marked by hand.

    python -m benchmarks.train_measures [--write]

``annotations/newsroom.md`` has articles of sixteen outlets; ``[34](flood-dead)`` marks a number and the figure that it
states, one name wherever it is stated. The articles go through every stage; each pair of claims in one unit is right
when both are of one figure. A logistic regression starts from the weights that a person set (``[start]`` in
``weights.toml``) and moves them as far as the pairs ask for (``PULL``); what speaks for a pair stays above zero, what
speaks against it below. The bias is then set for the pairs that are compared, those that share a key, so that a
score is the logarithm of their odds. Printed are average precision on stories that were left out, and the weights.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

import extract
from extract.identity import stable_id
from extract.types import Fetch
from load.config import WarehouseConfig
from load.connection import private, writer
from load.extraction import Extraction
from load.ledger import Batch
from load.lock import writer_lock
from load.measures.blocks import block_keys
from load.measures.claim import Profile
from load.measures.reading import from_json
from load.measures.score import features
from load.measures.table import Profiles
from load.measures.update import update_measures
from load.measures.words import terms
from load.merge import merge_extractions, merge_fetches
from load.transaction import transaction

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ANNOTATIONS = Path(__file__).parent / "annotations"
NEWSROOM = ANNOTATIONS / "newsroom.md"
# More stories, told so that words help little: for owners only. Those of another writer, on campaigns, are for testing.
STORIES = ANNOTATIONS / "stories.md"
CAMPAIGNS = ANNOTATIONS / "campaigns.md"
WEIGHTS = Path(__file__).parents[1] / "load" / "measures" / "weights.toml"
MARK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
ARTICLE = re.compile(r"(?m)^## (.*?), (\d{4}-\d\d-\d\d): (.*)\n((?:(?!#).*\n?)*)")
# Files of our own articles, and in how many of them a word must stand to be listed as common in news.
OWN = ("own", "outlets", "fronts", "politics", "business")
REPORTED = 3
# How strongly the weights are held to those that a person set.
PULL = 300.0
# One in how many pairs that share no key is learned from.
SAMPLE = 30
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article of the newsroom: where each marked number starts, and the figure that it states."""

    story: str
    url: str
    outlet: str
    day: str
    headline: str
    text: str
    figures: tuple[tuple[int, str, str], ...]


def newsroom(*paths: Path) -> list[Marked]:
    """Read the marked articles of files, by default of ``NEWSROOM``."""
    found = []
    stories = "\n".join(path.read_text(encoding="utf-8") for path in paths or (NEWSROOM,))
    for story in re.split(r"(?m)^# story: ", stories)[1:]:
        for outlet, day, headline, body in ARTICLE.findall(story):
            text, figures = _unmarked(body.strip())
            slug = re.sub(r"\W+", "-", headline.lower()).strip("-")
            url = f"https://www.{outlet.lower().replace(' ', '-')}.example/{slug}.html"
            found.append(Marked(story.split("\n", 1)[0], url, outlet, day, headline, text, figures))
    return found


def _unmarked(body: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    text, at, figures = "", 0, []
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        figures.append((len(text), mark[1], mark[2]))
        text += mark[1]
        at = mark.end()
    return text + body[at:], tuple(figures)


def reported_words() -> list[str]:
    """Count in how many of our own articles each word stands, as lines of ``reported.tsv``; ``*`` is all articles."""
    texts = [f"{article.headline}\n{article.text}" for article in newsroom()]
    for name in OWN:
        lines = (ANNOTATIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [str(json.loads(line)["text"]) for line in lines]
    counts = Counter(word for text in texts for word in set(terms(text)))
    kept = {"*": len(texts)} | {word: n for word, n in sorted(counts.items()) if n >= REPORTED}
    return [f"{word}\t{n}" for word, n in kept.items()]


def fill(folder: Path, articles: list[Marked]) -> WarehouseConfig:
    """Read the articles from pages of their outlets into a warehouse, and find its measures."""
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    read = [_read(article) for article in articles]
    with writer(config, owner="benchmark") as con:
        merge_fetches(con, [extraction.fetch for extraction in read], Batch("fetch", "fetch", NOW))
        merge_extractions(con, read, Batch("extract", "extract", NOW))
        with transaction(con):
            update_measures(con)
    return config


def _read(article: Marked) -> Extraction:
    fetch = Fetch(
        fetch_id=stable_id("fetch", article.url, NOW),
        source=article.outlet,
        url=article.url,
        fetched_at=NOW,
        outcome="ok",
        final_url=article.url,
        status=200,
    )
    page = extract.extract_article(_page(article).encode(), url=article.url, fetched_at=NOW, source=article.outlet)
    rows = extract.read_rows(
        page.text, published_at=page.reading_day, language=page.language, version_id=page.version_id
    )
    return Extraction(fetch, replace(page, publisher=article.outlet), rows)


def _page(article: Marked) -> str:
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in article.text.split("\n"))
    headline = html.escape(article.headline)
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title><link rel="canonical" href="{article.url}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{headline}">'
        f'<meta property="article:published_time" content="{article.day}T14:00:00+00:00"></head><body><main><article>'
        f"<h1>{headline}</h1>{paragraphs}</article></main></body></html>"
    )


def read_profiles(config: WarehouseConfig, articles: list[Marked]) -> tuple[list[Profile], list[str | None], list[str]]:
    """Return the claims of the newsroom, what figure each states (None: one of its own), and its story."""
    with writer_lock(config, owner="benchmark"), private(config) as con:
        rows = con.execute(
            "select p.profile, a.url, a.text, q.surface from claim_profiles as p"
            " inner join quantities as q on q.quantity_id = p.claim_id"
            " inner join articles as a on a.version_id = p.version_id"
            " order by p.news_date, p.version_id, p.start, p.claim"
        ).fetchall()
    by_url = {article.url: article for article in articles}
    profiles = [from_json(row[0]) for row in rows]
    figures = [
        figure_of(by_url[url], profile.start, text, surface)
        for profile, (_, url, text, surface) in zip(profiles, rows, strict=True)
    ]
    return profiles, figures, [by_url[row[1]].story for row in rows]


def figure_of(article: Marked, start: int, text: str, surface: str) -> str | None:
    """Return the figure of the mark that stands where a claim stands, by the characters before it."""
    for at, number, figure in article.figures:
        context = article.text[max(0, at - 25) : at].split("\n")[-1] + number
        place = text.find(context)
        ends = place + len(context)
        if place >= 0 and start < ends and start + len(surface) > ends - len(number):
            return figure or None
    return None


def fit(x: Floats, y: Bools, each: Floats, start: Floats, signs: Floats) -> Floats:
    """Return bias and weights; ``start`` has both, ``signs`` is -1 or 1 for each weight, ``each`` weighs the pairs."""
    x = np.hstack([np.ones((len(x), 1)), x])
    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in signs)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = x @ weights
        moved = weights - start
        moved[0] = 0
        value = (each * (np.logaddexp(0, z) - y * z)).sum() + PULL * (moved**2).sum() / 2
        return float(value), x.T @ (each * (1 / (1 + np.exp(-z)) - y)) + PULL * moved

    return np.asarray(minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}).x)


def average_precision(right: Bools, scores: Floats) -> float:
    """Return the mean precision at each right pair, the highest score first."""
    hits = right[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def bias_for(right: Bools, scores: Floats) -> float:
    """Return what to add to scores so that as many pairs are expected to be right as are."""
    return float(brentq(lambda bias: (1 / (1 + np.exp(-scores - bias))).sum() - right.sum(), -20, 20))


def candidates(profiles: list[Profile]) -> list[tuple[int, int]]:
    """List the pairs that share a key."""
    by_key = defaultdict(list)
    for place, profile in enumerate(profiles):
        for key in block_keys(profile):
            by_key[key].append(place)
    return sorted({(b, a) for places in by_key.values() for a, b in combinations(places, 2)})


def write_weights(path: Path, lines: Iterable[str]) -> None:
    """Write lines as a file's last table, ``[weights]``; what stands before it stays."""
    head = path.read_text(encoding="utf-8").split("[weights]\n")[0]
    path.write_text(head + "[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _of_one_figure(
    figures: Sequence[str | None], a: NDArray[Any], b: NDArray[Any]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which pairs state one figure, and what each pair counts: a figure that many state has very many pairs."""
    right = np.array([figures[i] is not None and figures[i] == figures[j] for i, j in zip(a, b, strict=True)])
    count = Counter(figures[i] for i in a[right])
    return right, np.array([count[figures[i]] ** -0.5 if r else 1.0 for i, r in zip(a, right, strict=True)])


def _pairs(
    table: Profiles, profiles: list[Profile], figures: Sequence[str | None]
) -> tuple[NDArray[Any], NDArray[Any], Bools, Floats, Bools]:
    """Return the pairs of one unit to learn from: which are compared, what each counts, and which are right.

    Of the pairs that are neither, a sample of one in ``SAMPLE`` stands for all of them.
    """
    earlier, later = np.triu_indices(len(profiles), 1)
    same_unit = table.unit[earlier] == table.unit[later]
    a, b = later[same_unit], earlier[same_unit]
    shared = np.zeros((len(profiles), len(profiles)), dtype=bool)
    shared[tuple(np.array(candidates(profiles)).T)] = True
    right, each = _of_one_figure(figures, a, b)
    compared = shared[a, b]
    sampled = np.random.default_rng(1).random(len(a)) < 1 / SAMPLE
    kept = right | compared | sampled
    each = np.where(right | compared, each, SAMPLE)
    return a[kept], b[kept], compared[kept], each[kept], right[kept]


def _tests(story: NDArray[Any], a: NDArray[Any], b: NDArray[Any]) -> Iterator[NDArray[np.bool_]]:
    """Yield, story by story, which of the pairs have a claim of it."""
    for name in sorted(set(story.tolist())):
        yield (story[a] == name) | (story[b] == name)


def main() -> None:
    """Fit, print and, with ``--write``, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--words", action="store_true", help="count the words of our own articles anew; no more")
    args = parser.parse_args()
    if args.words:
        WEIGHTS.with_name("reported.tsv").write_text("\n".join(reported_words()) + "\n", encoding="utf-8")
        return
    articles = newsroom()
    with tempfile.TemporaryDirectory() as folder:
        profiles, figures, stories = read_profiles(fill(Path(folder), articles), articles)
    table = Profiles(profiles)
    a, b, compared, each, right = _pairs(table, profiles, figures)
    found = features(table, a, b)
    start = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["start"]
    names = [name for name in start if name != "bias"]
    x = np.stack([found[name] for name in names], axis=1)
    first = np.array([start["bias"], *(start[name] for name in names)])
    signs = np.sign(first[1:])
    left_out = np.full(len(a), -np.inf)
    for test in _tests(np.array(stories), a, b):
        weights = fit(x[~test], right[~test], each[~test], first, signs)
        left_out[test] = np.maximum(left_out[test], x[test] @ weights[1:] + weights[0])
    weights = fit(x, right, each, first, signs)
    scores = x @ weights[1:] + weights[0]
    weights[0] += bias_for(right[compared], scores[compared])
    print(
        f"{len(articles)} articles, {len(profiles)} claims, {right.sum()} of {len(right)} pairs of one figure,"
        f" {(right & compared).sum()} of them compared; average precision on stories left out"
        f" {average_precision(right, left_out):.3f}, with the weights to start from"
        f" {average_precision(right, x @ first[1:]):.3f}"
    )
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(["bias", *names], weights, strict=True)]
    print("\n".join(lines))
    if args.write:
        write_weights(WEIGHTS, lines)


if __name__ == "__main__":
    main()
