"""Reports on a small made-up warehouse, some of whose articles mean harm, and on an empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.synthetic import OUTLETS, Page, pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.ledger import Batch
from load.merge import Extraction, merge_extractions, merge_fetches
from load.publish import publish
from report import render

NOW = datetime(2025, 2, 1, tzinfo=UTC)
ATTACK = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u2028{{ 7*7 }}"
ARABIC = "تقرير عن الميناء " * 20


def hostile() -> Extraction:
    """Make an article whose headline, outlet, URL, speaker and quotes try to run."""
    page = read(Page(5000, OUTLETS[0], 2), quantities=2)
    article, rows = page.article, page.rows
    text = article.text + " " + ATTACK
    quantities = tuple(replace(q, sentence_end=len(text), thing=ATTACK) for q in rows.quantities)
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
        rows=replace(rows, quantities=quantities, attributions=attributions),
    )


def right_to_left() -> Extraction:
    page = read(Page(5001, OUTLETS[1], 2), quantities=2)
    return replace(page, article=replace(page.article, headline=ARABIC, publisher=ARABIC.strip()))


def published(folder: Path, extractions: list[Extraction]) -> WarehouseConfig:
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    with writer(config, owner="test") as con:
        merge_fetches(con, [e.fetch for e in extractions], Batch("f", "fetch", NOW))
        merge_extractions(con, extractions, Batch("e", "extract", NOW))
    build(config, now=NOW)
    publish(config, NOW)
    return config


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehouseConfig:
    made = [read(page, quantities=4) for page in pages(40, days=6)]
    revised = [read(Page(0, OUTLETS[2], 0, revision=i), quantities=4) for i in range(2)]
    return published(tmp_path_factory.mktemp("full"), [*made, *revised, hostile(), right_to_left()])


@pytest.fixture(scope="session")
def site(warehouse: WarehouseConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    render(warehouse, out)
    return out


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("empty-site")
    render(published(tmp_path_factory.mktemp("empty"), []), out)
    return out
