"""A Dask cluster on loopback: a scheduler and worker processes of one thread each, for tests and benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

START_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Cluster:
    """The address of the scheduler, and the worker processes."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]
    scheduler: subprocess.Popen[bytes]

    @property
    def pids(self) -> tuple[int, ...]:
        """All processes of the cluster."""
        return (self.scheduler.pid, *(worker.pid for worker in self.workers))


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a scheduler and workers, wait until they know each other, and end them when done."""
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1")
    with ExitStack() as stack:
        scheduler = stack.enter_context(_process(folder, "scheduler", *here, "--port", "0", "--scheduler-file", file))
        _wait(file.exists)
        address = _address(file)
        arguments = (address, *here, "--nthreads", "1", "--no-nanny", "--local-directory", folder)
        started = tuple(stack.enter_context(_process(folder, "worker", *arguments)) for _ in range(workers))
        if workers:
            _wait_for_workers(address, workers)
        yield Cluster(address, started, scheduler)


@contextmanager
def _process(folder: Path, kind: str, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, arguments), "--no-dashboard"]
    with (folder / f"{kind}.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _address(file: Path) -> str:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except ValueError:  # it is still being written
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=START_TIMEOUT_S)


def _wait(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_done():
        if time.monotonic() > deadline:
            raise TimeoutError("the Dask scheduler did not start")
        time.sleep(0.05)
