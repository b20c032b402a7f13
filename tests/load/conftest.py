"""A warehouse in a fresh folder, and ways to fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest
from warehouse_helpers import NOW, config_in, load_all

from load.config import WarehouseConfig
from load.extraction import Extraction
from load.ledger import MergeCounts


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def config(tmp_path: Path) -> WarehouseConfig:
    return config_in(tmp_path)


@pytest.fixture
def load(config: WarehouseConfig) -> Callable[..., MergeCounts]:
    def loader(extractions: Iterable[Extraction], size: int = 20) -> MergeCounts:
        return load_all(config, extractions, size)

    return loader
