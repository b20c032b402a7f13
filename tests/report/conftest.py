"""Reports on a small made-up warehouse, some of whose articles mean harm, and on an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up import awkward, carried, hostile, published, right_to_left

from benchmarks.synthetic import OUTLETS, Page, pages, read
from load.config import WarehouseConfig
from report import render


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehouseConfig:
    made = [read(page, quantities=4) for page in pages(40, days=6)]
    revised = [read(Page(0, OUTLETS[2], 0, revision=i), quantities=4) for i in range(2)]
    return published(
        tmp_path_factory.mktemp("full"), [*made, *revised, hostile(), carried(), right_to_left(), awkward()]
    )


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
