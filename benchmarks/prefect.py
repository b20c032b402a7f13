"""What Prefect costs an ingest that finds nothing new, and one of many new pages: without a server, and with one.

    python -m benchmarks.prefect [--rounds 3] [--articles 0] [--json]

Runs the command ``newsledger ingest`` against the sample newsroom on loopback: as a plain command, and with a Prefect
server of its own (temporary home). Both do the same stages; Prefect's own cost is the time to import it, and with a
server the difference between the two besides. Rounds alternate, and medians are reported.

With ``--articles`` so many generated articles are ingested into an empty folder instead, once each way and in turn;
the cost is the difference as a share of the time without a server, in wall time and in processor time of the command
and its
readers (the server's own processor time is not in it).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median

from flows.server import QUIET, answers
from sample.generator import generate_articles
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
    plain_s = median(plain for plain, _ in times)
    served_s = median(with_server for _, with_server in times)
    import_s = median(_import_seconds(environment) for _ in range(rounds))
    return {
        "command without a server": plain_s,
        "command with a server": served_s,
        "import of Prefect": import_s,
        "own cost without a server": import_s,
        "own cost with a server": import_s + max(served_s - plain_s, 0.0),
    }


def measure_new(folder: Path, rounds: int, articles: int) -> dict[str, float]:
    """Return what a server adds to an ingest of so many new pages, in seconds and as a share."""
    written = generate_articles(articles, first_day=date(2024, 11, 1), last_day=date(2024, 11, 24))
    with serve_newsroom(articles=written, crawl_delay=0.0, misbehave=False) as newsroom:
        newsroom.advance()
        environment = _environment(folder, newsroom)
        with _server(folder, environment) as api_url:
            served = environment | {"PREFECT_API_URL": api_url}
            spent = [[_ingest_anew(folder, way) for way in (environment, served)] for _ in range(rounds)]
    plain, with_server = ([median(pair[way][of] for pair in spent) for of in (0, 1)] for way in (0, 1))
    return {
        "wall without a server": plain[0],
        "wall with a server": with_server[0],
        "processor without a server": plain[1],
        "processor with a server": with_server[1],
        "share of wall time": with_server[0] / plain[0] - 1,
        "share of processor time": with_server[1] / plain[1] - 1,
    }


def _ingest_anew(folder: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    """Ingest into an empty data folder; return seconds of wall and of processor time."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = _ingest(environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.articles:
            figures = measure_new(folder, options.rounds, options.articles)
        else:
            figures = measure(folder, options.rounds)
    for label, figure in figures.items():
        print(f"{label:<28}{_shown(label, figure)}")
    if options.json:
        print(json.dumps({label.replace(" ", "_"): round(figure, 3) for label, figure in figures.items()}))


def _shown(label: str, figure: float) -> str:
    if label.startswith("share"):
        return f"{figure:8.1%}" + ("   (bar: 10%)" if label == "share of wall time" else "")
    return f"{figure:7.2f} s" + (f"   (bar: {BARS_S[label]:.0f} s)" if label in BARS_S else "")


if __name__ == "__main__":
    main()
