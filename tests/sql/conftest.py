"""A warehouse whose models are built once for all tests of the models."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.synthetic import pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import writer
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches

NOW = datetime(2025, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> WarehouseConfig:
    folder = tmp_path_factory.mktemp("built")
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")
    todo = [read(page, quantities=4) for page in pages(120, days=10)]
    with writer(config, owner="test") as con:
        merge_fetches(con, [e.fetch for e in todo], Batch("f", "fetch", NOW))
        merge_extractions(con, todo, Batch("e", "extract", NOW))
    build(config, now=NOW)
    return config
