"""A copy of the small made-up warehouse, whose models are built, for all tests of the models."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from once import made_once

from load.config import WarehouseConfig

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
from made_up import publish_made_up


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarehouseConfig]:
    folder = tmp_path_factory.mktemp("built")
    with made_once(tmp_path_factory, "made-up", publish_made_up) as (_, config):
        path = shutil.copyfile(config.path, folder / "warehouse.duckdb")
        yield WarehouseConfig(path=path, published=folder / "newsledger.duckdb")
