"""The power cut of ``benchmarks.power``: what a program synced is there after it, what it did not is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.power import Disk, build

PROGRAM = """
import os, pathlib
def write(name, text, synced):
    with open(name, "a") as file:
        file.write(text)
        file.flush()
        if synced:
            os.fsync(file.fileno())
write("synced", "whole", True)
write("old", ", and more", False)
write("never", "gone", False)
write("draft", "new", True)
os.replace("draft", "renamed")
write("early", "first", True)
write("early", ", then", False)
os.remove("removed")
"""


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("kept", {"synced": "whole", "old": "old", "never": "", "renamed": "new", "early": "first"}),
        ("lost", {"old": "old", "renamed": "before", "removed": "still"}),
    ],
)
def test_a_power_cut_leaves_what_was_synced(tmp_path: Path, names: str, left: dict[str, str]):
    watched = tmp_path / "watched"
    folder = watched / "folder"
    folder.mkdir(parents=True)
    for name, text in (("old", "old"), ("renamed", "before"), ("removed", "still")):
        (folder / name).write_text(text)
    disk = Disk(watched, tmp_path / "synced")
    disk.sync(folder)
    environment = dict(os.environ) | disk.environment(build(tmp_path))
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, env=environment, check=True)
    assert disk.cut(folder, names=names)
    assert {path.name: path.read_text() for path in folder.iterdir()} == left
