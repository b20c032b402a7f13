"""What docs/operations.md promises: commands started together all finish, and systemd takes the unit."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.settings import load_settings
from load.connection import writer

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.slow
def test_four_commands_started_at_once_all_finish(ran, tmp_path):
    file = shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True) / "newsledger.toml"
    commands = (["ingest"], ["maintain"], ["backfill", "--stage", "extract"], ["build"])
    program = [sys.executable, "-m", "flows"]
    started = [
        subprocess.Popen([*program, *words, "-c", str(file)], stderr=subprocess.PIPE, text=True) for words in commands
    ]
    ended = [(process.communicate(timeout=240)[1], process.returncode) for process in started]
    assert [code for _, code in ended] == [0, 0, 0, 0], ended
    with writer(load_settings(file).warehouse, owner="test") as connection:
        states = connection.execute("select kind, state from runs order by started_at desc limit 4").fetchall()
    assert sorted(states) == [(words[0], "finished") for words in sorted(commands)]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_unit(tmp_path):
    unit = (DEPLOY / "newsledger.service").read_text()
    assert "/opt/newsledger/.venv/bin/newsledger" in unit
    (tmp_path / "newsledger.service").write_text(unit.replace("/opt/newsledger/.venv/bin/newsledger", sys.executable))
    command = ["systemd-analyze", "verify", tmp_path / "newsledger.service"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
