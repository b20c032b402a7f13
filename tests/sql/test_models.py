"""The models: dbt's unit tests (rows in, rows out), and that each test of the data can fail."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path

import duckdb
import jinja2
import pytest
import yaml

from load.dbt import project_dir, run_dbt
from load.config import WarehouseConfig


def test_rows_in_rows_out(built: WarehouseConfig) -> None:
    results = run_dbt(built, ["test", "--select", "resource_type:unit_test"])
    failed = {r.node.name: r.message for r in results if str(r.status) != "pass"}
    assert not failed
    assert len(results) >= 9


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("[Twelve] died on [Monday].", "[14] died on [12 March].", True),
        ("[Twelve] died.", "[Twelve] were hurt.", False),
        ("Of [9] sheep [three] died.", "Of [10] sheep [four] DIED.", True),
        ("Of [9] sheep [three] died.", "Of [10] sheep three died.", False),
        ("A Boeing 737 hit [two].", "A Boeing 747 hit [three].", False),
        ("They were [five].", "They were [six], it said.", False),
    ],
)
def test_a_sentence_is_the_same_around_what_is_marked(before: str, after: str, is_same: bool) -> None:
    macro = jinja2.Template((project_dir() / "macros" / "sentence_around.sql").read_text("utf-8")).module
    pieces = f"select {macro.sentence_around('$sentence', '($marks::integer[][])')}"
    with duckdb.connect() as con:
        found = [con.execute(pieces, marked(text)).fetchone() for text in (before, after)]
    assert (found[0] == found[1]) is is_same


def marked(text: str) -> dict[str, object]:
    """The text without its brackets, and where they stood."""
    pieces = re.split(r"[\[\]]", text)
    stops = list(accumulate(map(len, pieces)))
    return {"sentence": "".join(pieces), "marks": [list(pair) for pair in zip(stops[::2], stops[1::2], strict=False)]}


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
