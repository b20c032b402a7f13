"""Reports on a small made-up warehouse, some of whose articles mean harm, and on an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up import publish_made_up, published
from once import made_once

from load.config import WarehouseConfig
from report import render


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarehouseConfig]:
    with made_once(tmp_path_factory, "made-up", publish_made_up) as (_, config):
        yield config


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
