"""Killed with -9 and run again, the whole pipeline leaves the warehouse of an uninterrupted run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.crash import STEPS, Course


@pytest.mark.slow
def test_killed_while_loading_building_and_publishing(tmp_path: Path) -> None:
    course = Course(tmp_path, 6)
    expected = course.trial("uninterrupted")
    assert expected.ended == 0
    steps = ("fetch.before_ledger", "build.before_models", "publish.between_renames")
    assert set(steps) <= set(STEPS)
    found = course.trial("killed", steps=steps)
    assert found.kills == len(steps)
    assert found.differs(expected) == []
    assert found.problems == ()
