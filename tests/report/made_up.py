"""Made-up articles that mean harm or are awkward to show, and a published warehouse of any articles."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.synthetic import OUTLETS, Page, pages, read
from extract.types import Rows
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish

NOW = datetime(2025, 2, 1, tzinfo=UTC)
ATTACK = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u2028{{ 7*7 }}"
# What a spreadsheet would take for a formula.
FORMULA = "=HYPERLINK(A1)"
# An outlet in a language without a reader.
UNREAD = "La Digue"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein" * 3
ARABIC = "تقرير عن الميناء " * 20


def hostile() -> Extraction:
    """Make an article whose headline, outlet, URL, speaker and quotes try to run."""
    page = read(Page(5000, OUTLETS[0], 2), quantities=2)
    article, rows = page.article, page.rows
    text = article.text + " " + ATTACK
    # The first keeps its words, so that it is of the measure of `carried`.
    first, *others = (replace(q, sentence_end=len(text)) for q in rows.quantities)
    quantities = (first, *(replace(q, thing=ATTACK, place=ATTACK) for q in others))
    mentions = tuple(replace(m, name=ATTACK) for m in rows.mentions)
    attributions = tuple(replace(a, source_name=ATTACK) for a in rows.attributions)
    return replace(
        page,
        article=replace(
            article,
            text=text,
            blocks=(replace(article.blocks[0], end=len(text)),),
            headline=ATTACK,
            publisher=ATTACK,
            section=ATTACK,
            authors=(ATTACK,),
            canonical_url="javascript:document.title='owned'",
        ),
        rows=replace(rows, quantities=quantities, attributions=attributions, mentions=mentions),
    )


def carried() -> Extraction:
    """Make another outlet's article of the same words, so that the first claim that means harm has a measure's page."""
    return read(Page(5003, OUTLETS[3], 2, copy_of=5000), quantities=2)


def naming_others(page: Extraction) -> Rows:
    """Give the page's rows with an organisation and a person in place of the first two that they name."""
    first, second, *others = page.rows.mentions
    named = (replace(first, kind="organisation", name="Harbour Trust"), replace(second, kind="person", name="Ida Moor"))
    return replace(page.rows, mentions=(*named, *others))


def right_to_left() -> Extraction:
    page = read(Page(5001, OUTLETS[1], 2), quantities=2)
    return replace(
        page, article=replace(page.article, headline=ARABIC, publisher=ARABIC.strip()), rows=naming_others(page)
    )


def awkward() -> Extraction:
    """Make an article whose names are long, whose outlet a spreadsheet would run, and whose values lie far apart."""
    page = read(Page(5002, OUTLETS[2], 3), quantities=3)
    quantities = tuple(
        replace(q, bound="between", high=(q.low or 0) * 1000, unit="metre", currency=None) for q in page.rows.quantities
    )
    article = replace(page.article, headline=LONG, publisher=FORMULA, authors=(LONG,))
    return replace(page, article=article, rows=replace(naming_others(page), quantities=quantities))


def unread() -> Extraction:
    """Make an article in a language that nobody reads."""
    page = read(Page(5004, OUTLETS[1], 4))
    rows = replace(page.rows, quantities=(), attributions=(), dates=(), mentions=(), skipped="no reader for fr")
    return replace(page, article=replace(page.article, language="fr", publisher=UNREAD), rows=rows)


def published(folder: Path, extractions: list[Extraction]) -> WarehouseConfig:
    folder.mkdir(exist_ok=True)
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    with writer(config, owner="test") as con:
        merge_fetches(con, [e.fetch for e in extractions], Batch("f", "fetch", NOW))
        merge_extractions(con, extractions, Batch("e", "extract", NOW))
    build(config, now=NOW)
    publish(config, NOW)
    return config


def publish_made_up(folder: Path, _: ExitStack) -> WarehouseConfig:
    """Publish a small warehouse: six days, a changed article, and all that means harm, is awkward or is not read."""
    made = [read(page, quantities=4) for page in pages(40, days=6)]
    revised = [read(Page(0, OUTLETS[2], 0, revision=i), quantities=4) for i in range(2)]
    return published(folder, [*made, *revised, hostile(), carried(), right_to_left(), awkward(), unread()])
