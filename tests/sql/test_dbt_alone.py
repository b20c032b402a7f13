"""dbt by itself, in the project's folder and with its profile: it tests all days, and repairs what is ruined."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from load.dbt import project_dir

NO_UNIT_TESTS = ("--exclude", "resource_type:unit_test")


def dbt(record: Path, folder: Path, *words: str) -> int:
    """Run dbt as a user does; what it makes besides goes to a folder of the test."""
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", *words, "--quiet"]
    command += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    environment = os.environ | {"DBT_WAREHOUSE_FILE": str(record)}
    return subprocess.run(command, cwd=project_dir(), env=environment, check=False, capture_output=True).returncode


def claims(record: Path, ruin: str = "") -> int:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{record}' as warehouse")
        if ruin:
            connection.execute(f"delete from warehouse.claims where {ruin}")
        return connection.execute("select count(*) from warehouse.claims").fetchone()[0]


@pytest.mark.slow
def test_dbt_alone_sees_a_ruined_table_and_repairs_it(built, tmp_path):
    record = shutil.copyfile(built.path, tmp_path / "warehouse.duckdb")
    whole = claims(record)
    assert claims(record, ruin="news_date = (select min(news_date) from warehouse.claims)") < whole
    assert dbt(record, tmp_path, "test", *NO_UNIT_TESTS) == 1
    assert dbt(record, tmp_path, "build", *NO_UNIT_TESTS) == 0
    assert claims(record) == whole
