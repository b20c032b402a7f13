"""``newsledger warehouse``: moving a warehouse between a file and a lake."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flows import console
from load.copy import copy_warehouse, place


def copy(source: str, target: str, data_path: str | None) -> None:
    """Copy the rows that were loaded and say how many."""
    with tempfile.TemporaryDirectory(prefix="newsledger-copy-") as work:
        counts = copy_warehouse(place(source, None, Path(work)), place(target, data_path, Path(work) / "target"))
    console.print_table(("table", "rows"), [(name, rows) for name, rows in counts.items() if rows])
    console.say("Copied. Name it in [warehouse] of the settings and run: newsledger build")
