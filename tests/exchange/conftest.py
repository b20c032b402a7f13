"""A small made-up warehouse, some of whose articles mean harm, that claims are handed on from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.synthetic import OUTLETS, Page, pages, read
from load.config import WarehouseConfig

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
from made_up import awkward, hostile, published, right_to_left


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehouseConfig:
    made = [read(page, quantities=4) for page in pages(40, days=6)]
    revised = [read(Page(0, OUTLETS[2], 0, revision=i), quantities=4) for i in range(2)]
    return published(tmp_path_factory.mktemp("handed"), [*made, *revised, hostile(), right_to_left(), awkward()])
