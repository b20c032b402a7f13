"""What Prefect costs an ingest that finds nothing new: without a server, and with one running.

    python -m benchmarks.prefect [--rounds 3] [--json]

Runs the command ``newsledger ingest`` against the sample newsroom on loopback: as a plain command, and with a Prefect
server of its own (temporary home). Both do the same stages; Prefect's own cost is the time to import it, and with a
server the difference between the two besides. Rounds alternate, and medians are reported.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.engine import QUIET, answers
from sample.server import Newsroom, serve_newsroom, source_toml

SETTINGS = 'data_dir = "data"\n[fetch]\nmin_host_interval_s = 0.0\nbackoff_base_s = 0.1\n'
START_TIMEOUT_S = 120.0
BARS_S = {"own cost without a server": 12.0, "own cost with a server": 3.0}


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Return seconds by what was timed."""
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as newsroom:
        environment = _environment(folder, newsroom)
        _ingest(environment)
        with _server(folder, environment) as api_url:
            served = environment | {"PREFECT_API_URL": api_url}
            _ingest(served)
            times = [(_ingest(environment), _ingest(served)) for _ in range(rounds)]
    plain_s = statistics.median(plain for plain, _ in times)
    served_s = statistics.median(with_server for _, with_server in times)
    import_s = statistics.median(_import_seconds(environment) for _ in range(rounds))
    return {
        "command without a server": plain_s,
        "command with a server": served_s,
        "import of Prefect": import_s,
        "own cost without a server": import_s,
        "own cost with a server": import_s + max(served_s - plain_s, 0.0),
    }


def _environment(folder: Path, newsroom: Newsroom) -> dict[str, str]:
    file = folder / "newsledger.toml"
    file.write_text(SETTINGS + "\n".join(source_toml(source) for source in newsroom.sources), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NEWSLEDGER_"))}
    return kept | QUIET | {"NEWSLEDGER_CONFIG": str(file), "PREFECT_HOME": str(folder / "prefect")}


def _ingest(environment: Mapping[str, str]) -> float:
    return _run(["-c", "from flows.cli import main; main()", "ingest", "--json"], environment)


def _import_seconds(environment: Mapping[str, str]) -> float:
    return _run(["-c", "from prefect import flow, task"], environment) - _run(["-c", ""], environment)


def _run(arguments: list[str], environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.perf_counter() - started


@contextmanager
def _server(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    api_url = f"http://127.0.0.1:{port}/api"
    deadline = time.monotonic() + START_TIMEOUT_S
    try:
        while not answers(api_url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "server.log").read_text(errors="replace"))
            time.sleep(0.2)
        yield api_url
    finally:
        process.terminate()
        process.wait(30)


def main() -> None:
    """Print the table, and with ``--json`` one object of figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure(Path(folder), options.rounds)
    for name, spent in seconds.items():
        bar = f"   (bar: {BARS_S[name]:.0f} s)" if name in BARS_S else ""
        print(f"{name:<28}{spent:6.2f} s{bar}")
    if options.json:
        print(json.dumps({f"{name.replace(' ', '_')}_s": round(spent, 3) for name, spent in seconds.items()}))


if __name__ == "__main__":
    main()
