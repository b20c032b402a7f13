"""One page that is crowded, so far as pages may be, is built like any other: it stops no publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import duckdb

from benchmarks.synthetic import MANY, OUTLETS, Page, read
from extract.types import Rows
from load.build import build
from load.config import WarehouseConfig
from load.extraction import Extraction
from load.ledger import MergeCounts
from load.publish import publish


def long_page(numbers: int, length: int) -> Extraction:
    """Make a page of so many numbers, whose text goes on for so long."""
    page = read(Page(0, OUTLETS[0], 0), quantities=numbers, vocabulary=MANY)
    text = page.article.text
    return replace(page, article=replace(page.article, text=text + " and so on." * ((length - len(text)) // 11)))


def page_of_one_sentence(numbers: int) -> Extraction:
    """Make a page whose numbers all stand in one sentence."""
    page = read(Page(1, OUTLETS[1], 0), quantities=numbers, vocabulary=MANY)
    end = len(page.article.text)
    whole = tuple(replace(one, sentence_start=0, sentence_end=end) for one in page.rows.quantities)
    return replace(page, rows=Rows(whole, page.rows.attributions, page.rows.dates, page.rows.mentions))


def test_a_page_of_thousands_of_sentences_and_one_of_one_sentence_are_built(
    config: WarehouseConfig, load: Callable[..., MergeCounts], now: datetime
) -> None:
    load([long_page(600, 900_000), page_of_one_sentence(200), read(Page(2, OUTLETS[2], 0), quantities=3)])
    build(config, now=now)
    publish(config, now)
    with duckdb.connect(str(config.published), read_only=True) as con:
        counts = con.execute("select count(*) from claims group by url order by 1").fetchall()
    assert counts == [(3,), (200,), (600,)]
