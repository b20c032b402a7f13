"""The models: dbt's unit tests (rows in, rows out), and that each test of the data can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from load.build import project_dir, run_dbt
from load.config import WarehouseConfig


def test_rows_in_rows_out(built: WarehouseConfig) -> None:
    results = run_dbt(built, ["test", "--select", "resource_type:unit_test"])
    failed = {r.node.name: r.message for r in results if str(r.status) != "pass"}
    assert not failed
    assert len(results) >= 9


def test_every_column_of_every_mart_is_described() -> None:
    for path in project_dir().glob("models/*/*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            assert model["description"]
            assert model["data_tests"], model["name"]
            assert all(len(column["description"]) > 5 for column in model["columns"]), model["name"]


def test_every_model_has_its_yaml() -> None:
    models = {p.stem for p in project_dir().glob("models/*/*.sql")}
    assert models == {p.stem for p in project_dir().glob("models/*/*.yml") if not p.stem.startswith("_")}


@pytest.mark.parametrize("path", sorted(project_dir().glob("models/**/*.sql")), ids=lambda p: p.stem)
def test_models_stay_readable(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 150, f"{path.stem} has {lines} lines: split it"
