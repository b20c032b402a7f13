"""What several tests of the warehouse need."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from load.config import WarehouseConfig
from load.connection import writer
from load.extraction import Extraction
from load.ledger import Batch, MergeCounts
from load.merge import merge_extractions, merge_fetches

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def config_in(folder: Path) -> WarehouseConfig:
    """Settings of a warehouse that lies in a folder with all that is published of it."""
    return WarehouseConfig(
        path=folder / "warehouse.duckdb",
        published=folder / "public" / "newsledger.duckdb",
        parquet=folder / "public" / "parquet",
        lock_wait_s=20,
    )


def copy_of(config: WarehouseConfig, folder: Path) -> WarehouseConfig:
    """Copy a warehouse of ``config_in`` to another folder, so that what several tests begin with is built once."""
    shutil.copytree(config.path.parent, folder, symlinks=True)
    return config_in(folder)


def load_all(config: WarehouseConfig, extractions: Iterable[Extraction], size: int = 20) -> MergeCounts:
    """Load extractions by batches, each with its fetches, as a run does."""
    todo = list(extractions)
    counts = MergeCounts()
    with writer(config, owner="test") as con:
        for i in range(0, len(todo), size):
            part = todo[i : i + size]
            merge_fetches(con, [e.fetch for e in part], Batch(f"fetch-{i}", "fetch", NOW))
            counts += merge_extractions(con, part, Batch(f"extract-{i}", "extract", NOW))
    return counts
