"""A small made-up warehouse, some of whose articles mean harm, that claims are handed on from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from once import made_once

from load.config import WarehouseConfig

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
from made_up import publish_made_up


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarehouseConfig]:
    with made_once(tmp_path_factory, "made-up", publish_made_up) as (_, config):
        yield config
