"""Killed at a named step and run again, the warehouse is the one of an uninterrupted run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.crash import STEPS, trial


@pytest.mark.slow
def test_killed_at_steps_of_each_stage(tmp_path: Path) -> None:
    expected = trial(tmp_path, "uninterrupted", 30)
    for step in ("extract.before_commit", "build.after_models", "publish.between_renames"):
        assert step in STEPS
        found = trial(tmp_path, step, 30, step=step)
        assert found["kills"] == 1
        assert found["ended"] == 0
        assert found["digest"] == expected["digest"]
        assert found["problems"] == []
