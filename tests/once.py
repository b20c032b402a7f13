"""What several test processes need and takes long to make: the first that needs it makes it for all."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the whole run; of several processes each has its own in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path, ExitStack], Any]
) -> Iterator[tuple[Path, Any]]:
    """Give the folder that ``make`` has filled, in this process or another, and what it returned.

    Nobody may change what is in the folder. What ``make`` enters on the stack, such as a server, runs until the last
    process is done with it, and who comes after that makes it again.
    """
    base = folder_of_run(factory)
    folder, returned, making = base / name, base / f"{name}.returned", FileLock(base / f"{name}.lock")
    # Several fixtures of one process may use it at once, each with this lock.
    using = FileLock(base / f"{name}.used.{os.getpid()}", is_singleton=True)
    with ExitStack() as stack:
        with making:
            is_ours = not returned.exists()
            if is_ours:
                # A process that was killed may have left half of it.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                returned.write_bytes(pickle.dumps(make(folder, stack)))
            value = pickle.loads(returned.read_bytes())
            using.acquire()
        try:
            yield folder, value
        finally:
            using.release()
            if is_ours:
                with making:
                    for other in base.glob(f"{name}.used.*"):
                        with FileLock(other, is_singleton=True):
                            pass
                    returned.unlink()
