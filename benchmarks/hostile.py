"""Every hostile scenario once, in one process: outcomes, deadlines, peak memory.

    python -m benchmarks.hostile [--json]

The server runs in a process of its own, so the memory is the fetcher's; those whose TLS is wrong are small and
run beside it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import requests.adapters
import trustme

from extract.fetch import Fetcher, FetchPolicy
from extract.types import Source

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "extract"))
DEADLINE_S = 3.0


def serve(ports: Any, done: Any) -> None:
    """Run the server until told."""
    from hostile_server import HostileServer

    with HostileServer() as server:
        ports.put(server.port)
        done.wait()


def measure() -> dict[str, Any]:
    """Fetch every scenario with default limits of size and a short deadline."""
    from hostile_server import SCENARIOS
    from tls_server import tls_scenarios

    context = multiprocessing.get_context("spawn")
    ports, done = context.Queue(), context.Event()
    process = context.Process(target=serve, args=(ports, done), daemon=True)
    process.start()
    base = f"http://127.0.0.1:{ports.get(timeout=60)}"
    wrong, late = [], []
    policy = FetchPolicy(
        min_host_interval_s=0, backoff_base_s=0, max_retry_after_s=1, transfer_deadline_s=DEADLINE_S, read_timeout_s=2
    )
    with tempfile.TemporaryDirectory() as state, Fetcher(policy, Path(state)) as fetcher:
        for name, scenario in SCENARIOS.items():
            # A 429 before this one keeps the host to itself for a second; that is no part of the transfer.
            time.sleep(0.01)
            fetch = fetcher.fetch(f"{base}/{name}", source=Source("hostile", allow_private=True)).fetch
            if fetch.outcome not in scenario.outcomes:
                wrong.append(f"{name}: {fetch.outcome}: {fetch.detail}")
            if (fetch.elapsed_ms or 0) > DEADLINE_S * 1000 + 500:
                late.append(name)
        wrong += _wrong_over_tls(fetcher, Path(state))
    done.set()
    process.join(5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "scenarios": len(SCENARIOS) + len(tls_scenarios(trustme.CA())),
        "wrong_outcome": wrong,
        "past_deadline": late,
        "peak_mb": peak,
    }


def _wrong_over_tls(fetcher: Fetcher, folder: Path) -> list[str]:
    """Try the servers whose TLS is wrong, with an authority of our own as the only trusted one."""
    from tls_server import HOST, serving, tls_scenarios, write_authority

    authority = trustme.CA()
    wrong = []
    with patch.object(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(write_authority(authority, folder))):
        for name, (serve, outcome) in tls_scenarios(authority).items():
            with serving(serve) as port:
                fetch = fetcher.fetch(f"https://{HOST}:{port}/", source=Source("tls", allow_private=True)).fetch
            if fetch.outcome != outcome:
                wrong.append(f"TLS {name}: {fetch.outcome}: {fetch.detail}")
    return wrong


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure()
    for name, value in figures.items():
        print(f"{name:16} {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
