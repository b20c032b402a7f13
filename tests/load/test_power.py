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

# Files of ours that others read or that a user wrote: settings, the key of the server, what is replaced in one step.
REPLACED = """
from pathlib import Path
from flows.commands import source_files
from flows.server import own_key
from load.files import replace_file
replace_file(Path("seen.json"), b"new")
source_files.append(Path("newsledger.toml"), '[[sources]]\\nname = "news"\\nfeeds = ["https://news.example/rss"]\\n')
own_key(Path("data"))
"""
needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")


@needs_cc
@pytest.mark.parametrize("names", ["kept", "lost"])
def test_a_power_cut_leaves_a_replaced_file_whole(tmp_path: Path, names: str):
    folder = tmp_path / "watched" / "folder"
    folder.mkdir(parents=True)
    (folder / "newsledger.toml").write_text("[run]\nworkers = 1\n")
    (folder / "seen.json").write_text("old")
    disk = Disk(folder.parent, tmp_path / "synced")
    disk.sync(folder)
    environment = dict(os.environ) | disk.environment(build(tmp_path))
    subprocess.run([sys.executable, "-c", REPLACED], cwd=folder, env=environment, check=True)
    disk.cut(folder, names=names)
    assert (folder / "seen.json").read_text() == "new"
    settings = (folder / "newsledger.toml").read_text()
    assert "workers" in settings
    assert 'name = "news"' in settings
    keys = list(folder.rglob("api.key"))
    assert [len(key.read_text()) > 40 for key in keys] == ([True] if names == "kept" else [])


@needs_cc
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
