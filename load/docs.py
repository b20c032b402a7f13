"""The models' documentation: dbt's page with every table, column, test and dependency, as one file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from load.config import WarehouseConfig
from load.connection import plain_errors, private
from load.dbt import run_dbt
from load.errors import WarehouseError
from load.files import temporary
from load.lock import writer_lock


def write_docs(config: WarehouseConfig, out: Path, *, on_wait: Callable[[str], None] | None = None) -> None:
    """Write the documentation of this warehouse's models to a file that needs no network and no server.

    Raises BuildFailed if dbt cannot run, and WarehouseError if the file cannot be written.
    """
    with writer_lock(config, owner="docs", on_wait=on_wait), plain_errors(config):
        with private(config):
            pass  # migrates a new or older file, which dbt would not do
        run_dbt(config, ["docs", "generate", "--static"])
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(config.build_dir / "target" / "static_index.html", temporary(out))
            os.replace(temporary(out), out)
        except OSError as error:
            raise WarehouseError(
                f"{out} cannot be written: {error.strerror or error}.", hint="Name another file with --out."
            ) from error
