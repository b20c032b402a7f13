"""Settings of all tests, and the command line in this process."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from flows import cli

# Machines differ: no test fails for being slow.
settings.register_profile("newsledger", deadline=None)
settings.load_profile("newsledger")

# Each of these makes what files after them need too (tests/once.py); they begin together, one in each process.
MAKERS = ("test_assistant.py", "test_alerts.py")
# Of these files each has a few tests that build warehouses; those of the other folder are many and short.
SHORT = "extract"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what others wait for, and the short tests last: they fill the time of the process done first."""
    items.sort(key=lambda item: (item.path.name not in MAKERS, SHORT in item.path.parts))


@dataclass(frozen=True)
class Said:
    """What a command printed, and the code it left with."""

    code: int
    out: str
    err: str


@pytest.fixture
def newsledger(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command of ``newsledger`` in this process, in a folder."""

    def run(folder: Path, *arguments: str) -> Said:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["newsledger", *arguments])
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        os.chdir(folder)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
