"""What `newsledger serve` costs while nothing is due: memory and processor time of all its parts, and time to be ready.

    python -m benchmarks.idle [--minutes 10] [--json]

Ready is: the page answers and the first scheduled run stands on it. Linux only (reads ``/proc``).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import requests

from flows.server import QUIET, server_at

READY_BAR_S = 20.0
START_TIMEOUT_S = 180.0
LOOK_EVERY_S = 10.0
SCHEDULE = """
deployments:
  - name: ingest
    entrypoint: flows.pipeline.ingest
    tags: [newsledger, scheduled]
    work_pool: {name: newsledger}
    schedules: [{slug: yearly, cron: "0 0 1 1 *", timezone: UTC}]
"""


def measure(folder: Path, minutes: float) -> dict[str, float]:
    """Start ``serve``, leave it alone, and return the figures."""
    (folder / "newsledger.toml").write_text('data_dir = "data"\n')
    (folder / "prefect.yaml").write_text(SCHEDULE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NEWSLEDGER_"))}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve", "--port", str(port)]
    began = time.monotonic()
    with (folder / "serve.log").open("wb") as log:
        serve = subprocess.Popen(command, cwd=folder, env=kept | QUIET, stdout=log, stderr=log)
    try:
        _wait_until_ready(serve, f"http://127.0.0.1:{port}/api", folder / "serve.log")
        return {"ready_s": time.monotonic() - began} | _watch(serve.pid, minutes)
    finally:
        serve.send_signal(signal.SIGINT)
        serve.wait(60)


def _wait_until_ready(serve: subprocess.Popen[bytes], api: str, log: Path) -> None:
    planned = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and serve.poll() is None:
        with suppress(requests.RequestException):
            is_told = "Page and API" in log.read_text()
            # With the key that this serve has drawn.
            server = server_at(api, log.parent / "data")
            if is_told and server.ask(server.session(), "/flow_runs/filter", planned):
                return
        time.sleep(0.2)
    raise RuntimeError(log.read_text())


def _watch(root: int, minutes: float) -> dict[str, float]:
    ticks = os.sysconf("SC_CLK_TCK")
    before, peak, began = _processor_ticks(root), 0.0, time.monotonic()
    while time.monotonic() - began < minutes * 60:
        time.sleep(LOOK_EVERY_S)
        peak = max(peak, sum(_memory_mb(pid) for pid in _family(root)))
    spent = (_processor_ticks(root) - before) / ticks
    seconds = time.monotonic() - began
    return {"minutes": seconds / 60, "processor_s": spent, "share_of_a_core": spent / seconds, "memory_mb": peak}


def _family(root: int) -> list[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = [root]
    for pid in family:
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _processor_ticks(root: int) -> int:
    total = 0
    for pid in _family(root):
        with suppress(OSError):
            # User and system time, of itself and of children that have ended (proc(5)).
            total += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return total


def _memory_mb(pid: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        # Its own share of pages that several processes have in common.
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def main() -> None:
    """Print the figures, and with ``--json`` one object of them as the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-idle-") as folder:
        figures = measure(Path(folder), options.minutes)
    print(f"ready after {figures['ready_s']:.1f} s   (bar: {READY_BAR_S:.0f} s)")
    print(f"idle for {figures['minutes']:.1f} minutes: {figures['processor_s']:.1f} s of processor time", end=" ")
    print(f"({figures['share_of_a_core']:.1%} of a core), {figures['memory_mb']:.0f} MB")
    if options.json:
        print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
