"""What reading on Prefect workers costs beside reading here: the same ingest by both, on a real server of loopback.

    python -m benchmarks.workers [--articles 300] [--share 100] [--workers 2] [--json]

Processor seconds are of the ingest and of the workers with their runs; Prefect's server is left out, as one serves all.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import psutil
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness

from flows.declared import prefect_file
from flows.deploy import deploy
from flows.engine import prepare_environment, run_flow
from flows.pipeline import ingest
from flows.server import Server
from flows.settings import Settings, load_settings
from load.digest import digest
from sample.generator import generate_articles, write_warc

# The places of pages in the archive come from the file names that a run draws.
PLACES = frozenset({"warc_file", "warc_offset", "warc_length"})


@contextmanager
def worker(settings: Settings, server: Server, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``newsledger worker`` as a process that looks for work every second, and end it."""
    environment = os.environ | {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_HOME": str(settings.data_dir / name)}
    command = [sys.executable, "-m", "flows", "worker", "--server", server.api_url, "--name", name]
    process = subprocess.Popen([*command, "--config", str(settings.file)], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def landed(settings: Settings) -> dict[str, str]:
    """Return the digests of all tables of the private file."""
    with duckdb.connect(str(settings.warehouse.path), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        return digest(con, without=PLACES)


def _settings(folder: Path, warc: Path, engine: str, share: int) -> Settings:
    folder.mkdir()
    file = folder / "newsledger.toml"
    file.write_text(
        f'[run]\nworkers = 1\nengine = "{engine}"\npool_pages = {share}\n'
        f'[[sources]]\nname = "generated"\nwarcs = ["{warc}"]\n',
        encoding="utf-8",
    )
    return load_settings(file)


def measure(settings: Settings, server: Server, workers: int) -> dict[str, Any]:
    """Ingest with so many workers, and return the figures."""
    began, own = time.perf_counter(), psutil.Process()
    before = sum(own.cpu_times()[:2])
    with ExitStack() as stack:
        started = [stack.enter_context(worker(settings, server, f"worker-{at}")) for at in range(workers)]
        report = run_flow(ingest, server, config=settings.file)
        # Of ended children, too: a worker waits for its runs.
        theirs = sum(sum(psutil.Process(one.pid).cpu_times()[:4]) for one in started)
    return {
        "pages": report.extracted.pages,
        "failed": len(report.failed),
        "wall_s": round(time.perf_counter() - began, 1),
        "processor_s": round(sum(own.cpu_times()[:2]) - before + theirs, 1),
    }


def main() -> None:
    """Print the figures of both, and whether both gave the same rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--share", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    prepare_environment()
    with tempfile.TemporaryDirectory() as name, prefect_test_harness(server_startup_timeout=120):
        root, server = Path(name), Server(PREFECT_API_URL.value())
        warc = root / "pages.warc.gz"
        write_warc(generate_articles(arguments.articles, seed=11), warc)
        local = _settings(root / "local", warc, "local", arguments.share)
        pooled = _settings(root / "pooled", warc, "prefect", arguments.share)
        deploy(server, prefect_file(), pooled)
        # The first run of a process loads the models; its time would be the local one's.
        measure(_settings(root / "warm", warc, "local", arguments.share), server, 0)
        result = {"local": measure(local, server, 0), "workers": measure(pooled, server, arguments.workers)}
        result["same_rows"] = landed(local) == landed(pooled)  # type: ignore[assignment]
    print(json.dumps(result, indent=None if arguments.json else 2))


if __name__ == "__main__":
    main()
