"""Generated articles: the same for a seed, different between seeds, varied in structure, true to their figures."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import mean

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from sample.figures import StatedFigure
from sample.generator import generate_articles, generate_with_truth, write_warc
from sample.pages import pages

NAMES = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*|\d[\d,.]*")


def skeletons(texts: list[str]) -> set[str]:
    return {NAMES.sub("#", sentence) for text in texts for sentence in re.split(r"(?<=[.?!”]) ", text)}


def test_same_seed_same_bytes_and_different_seed_different_text() -> None:
    first, again, other = (list(pages(generate_articles(40, seed=seed))) for seed in (1, 1, 2))
    assert first == again
    assert not {body for _, body, _ in first} & {body for _, body, _ in other}


def test_structure_grows_with_the_count() -> None:
    texts = [article.text for article in generate_articles(800)]
    few, many = len(skeletons(texts[:100])), len(skeletons(texts))
    assert many > 3 * few
    assert few > 800


def test_lengths_and_quantities() -> None:
    made = list(generate_with_truth(400))
    words = [article.word_count for article, _ in made]
    assert min(words) >= 240
    assert max(words) <= 700
    assert 8 <= mean(len(stated) for _, stated in made) <= 15


def test_every_stated_figure_stands_in_its_sentence_and_article() -> None:
    for article, stated in generate_with_truth(300, seed=3):
        for figure in stated:
            assert figure.surface.lower() in figure.sentence.lower()
            assert figure.sentence in article.text
            assert figure.low <= figure.high
            assert (figure.low < figure.high) == (figure.bound == "between")


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(0, 400))
def test_any_seed_count_and_span(seed: int, count: int, span: int) -> None:
    first = date(2023, 2, 1)
    last = date.fromordinal(first.toordinal() + span)
    articles = list(generate_articles(count, seed=seed, first_day=first, last_day=last))
    assert len(articles) == count
    assert all(first <= article.published_at.date() <= last for article in articles if not article.syndicates)
    assert len({(article.outlet, article.slug) for article in articles}) == count


def test_coverage_disagrees_is_carried_and_is_revised() -> None:
    made = list(generate_with_truth(1200))
    assert any(article.syndicates for article, _ in made)
    assert any(article.revision_of for article, _ in made)
    lows: dict[tuple[str, str], set[float]] = {}
    for article, stated in made:
        event = article.slug.removesuffix("-revised").split("-wire-")[0].rsplit("-", 2)[1]
        for figure in stated:
            lows.setdefault((event, figure.name), set()).add(figure.low)
    assert sum(len(values) > 1 for values in lows.values()) > len(lows) / 2
    assert len(Counter(article.section for article, _ in made)) >= 8


def test_it_streams() -> None:
    first = next(iter(generate_articles(10_000_000)))
    assert first.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"first_day": date(2024, 2, 1), "last_day": date(2024, 1, 1)}, "before first_day"),
        ({"outlets": ("lumiere-du-soir",)}, "lumiere-du-soir"),
    ],
)
def test_bad_input_is_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        generate_articles(1, **options)  # type: ignore[arg-type]


def test_a_warc_holds_every_page(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    assert write_warc(generate_articles(30), path) == 30
    with path.open("rb") as stream:
        held = [(record.headers["WARC-Target-URI"], record.reader.read()) for record in ArchiveIterator(stream)]
    assert held == [(url, body) for url, body, _ in pages(generate_articles(30))]


def test_units_are_written_as_the_warehouse_writes_them() -> None:
    stated: list[StatedFigure] = [figure for _, figures in islice(generate_with_truth(300), 300) for figure in figures]
    units = {figure.unit for figure in stated}
    assert {"ratio", "euro", "US dollar", "kilometre per hour", "square kilometre", None} <= units
    assert all(figure.thing for figure in stated if figure.unit is None)
